//! Items that must not stand on one form, because one of them gives the other away ("enemy items" in test assembly).

use std::collections::{BTreeMap, BTreeSet};

use crate::content::item::Item;
use crate::ids::ItemId;

/// A key of fewer words stands in other questions by chance: names of tools and standards are the subject of many of them.
const WORDS_THAT_TELL: usize = 3;

/// For each item those that it may not meet: a whole key of the one stands in the stem of the other. Symmetric.
#[must_use]
pub fn enemies<'i>(items: impl Iterator<Item = &'i Item> + Clone) -> BTreeMap<ItemId, BTreeSet<ItemId>> {
    let stems: Vec<(&ItemId, String)> = items.clone().map(|item| (&item.id, words(&item.stem.plain_text()))).collect();
    let mut enemies: BTreeMap<ItemId, BTreeSet<ItemId>> = BTreeMap::new();
    for item in items {
        let keys = item.options().iter().filter(|option| option.key).map(|option| words(&option.text.plain_text()));
        for key in keys.filter(|key| key.split_whitespace().count() >= WORDS_THAT_TELL) {
            for (other, stem) in &stems {
                if **other != item.id && stem.contains(&key) {
                    enemies.entry(item.id.clone()).or_default().insert((*other).clone());
                    enemies.entry((*other).clone()).or_default().insert(item.id.clone());
                }
            }
        }
    }
    enemies
}

/// Lower-case words with one space around each, so that words are found whole.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words =
        lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '/' | '\\')).filter(|word| !word.is_empty());
    let trimmed = words.map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty());
    trimmed.fold(" ".to_owned(), |text, word| text + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::item;

    fn pairs(items: &[Item]) -> Vec<(String, String)> {
        let enemies = enemies(items.iter());
        enemies.iter().flat_map(|(a, others)| others.iter().map(move |b| (a.to_string(), b.to_string()))).collect()
    }

    #[test]
    fn a_stem_that_holds_a_whole_key_gives_it_away_both_ways() {
        let told = item("told", "What helps?", &["Clear the print queue", "Turn it off"]);
        let tells = item("tells", "You clear the print queue, and jobs come back. Why?", &["A driver", "A user"]);
        let other = item("other", "Clear the queue of what?", &["The print", "A desk"]);
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(pairs(&[told, tells, other]), [pair("tells", "told"), pair("told", "tells")]);
    }

    #[test]
    fn short_keys_and_parts_of_words_tell_nothing() {
        let short = item("short", "Which one?", &["DHCP relay", "DNS"]);
        let whole = item("whole", "Which two?", &["Set the clock back", "No"]);
        let stems = item("stems", "A DHCP relay works. You reset the clock backwards. Why?", &["X", "Y"]);
        assert_eq!(pairs(&[short, whole, stems]), []);
    }
}
