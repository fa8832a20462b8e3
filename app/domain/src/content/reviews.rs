//! The record of independent readers: who answered an item without seeing its key, and who compared its facts.
//!
//! Rules read text and cannot judge facts, so every item passes two checks by somebody who did not write it. The record holds for
//! one text: a change makes it stale, and the item wants reading again.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::bank::{Bank, Mistake};
use super::complaint::{Complaint, Severity};
use crate::ids::ItemId;

/// `<exam>/reviews.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    #[serde(default)]
    review: Vec<Review>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    pub id: ItemId,
    /// SHA-256 of the item's file, in hexadecimal.
    pub text: String,
    pub blind: Blind,
    pub facts: Facts,
    /// The text was changed after the blind answer, by what the reader found.
    #[serde(default)]
    pub reworded: bool,
    /// Who read it; not its author.
    pub reader: String,
    pub date: toml::value::Datetime,
}

/// The answer that was given without the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blind {
    Agrees,
    /// The item was rewritten then.
    Differed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facts {
    Right,
    Corrected,
}

/// What the record of a bank comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Items whose present text was read.
    pub reviewed: usize,
    pub reworded: usize,
    pub corrected: usize,
}

/// Compares each item's text with the record. `hash` gives the SHA-256 of a text in hexadecimal; `unread` is how much an item
/// without a review of its present text weighs.
pub fn check(
    files: &BTreeMap<String, String>,
    bank: &Bank,
    hash: impl Fn(&str) -> String,
    unread: Severity,
) -> (Counts, Vec<Mistake>) {
    let (mut reviews, mut mistakes) = read(files);
    let mut counts = Counts::default();
    for item in &bank.items {
        let review = reviews.remove(&item.authored.item.id);
        let text = files.get(&item.file).map(|text| hash(text)).unwrap_or_default();
        match review {
            Some((_, review)) if review.text == text => {
                counts.reviewed += 1;
                counts.reworded += usize::from(review.reworded);
                counts.corrected += usize::from(review.facts == Facts::Corrected);
            }
            found => {
                let file = item.file.clone();
                let line = item.authored.places.id;
                mistakes.push(Mistake { file, complaint: unreviewed(line, found.is_some(), &text, unread) });
            }
        }
    }
    mistakes.extend(reviews.into_values().map(|(file, review)| {
        let message = format!("there is no item `{}`: take its review out", review.id);
        Mistake { file, complaint: Complaint::warning("R2", 1, message) }
    }));
    (counts, mistakes)
}

fn unreviewed(line: u32, stale: bool, text: &str, level: Severity) -> Complaint {
    let message = if stale {
        format!("the item has changed since it was read: have it read again and record text = \"{text}\" in reviews.toml")
    } else {
        format!("nobody but its author has read it: record a review with text = \"{text}\" in reviews.toml of its exam")
    };
    Complaint { line, rule: "R1", level, message }
}

/// By item, with the file that holds it.
fn read(files: &BTreeMap<String, String>) -> (BTreeMap<ItemId, (String, Review)>, Vec<Mistake>) {
    let (mut reviews, mut mistakes) = (BTreeMap::new(), Vec::new());
    for (path, text) in files {
        if path.strip_suffix("/reviews.toml").is_none_or(|folder| folder.contains('/')) {
            continue;
        }
        match toml::from_str::<Record>(text) {
            Ok(record) => reviews.extend(record.review.into_iter().map(|one| (one.id.clone(), (path.clone(), one)))),
            Err(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
                mistakes.push(Mistake { file: path.clone(), complaint: Complaint::error("F1", line, error.message()) });
            }
        }
    }
    (reviews, mistakes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::bank;

    const EXAM: &str = include_str!("../../../../content/network-plus/exam.toml");
    const ITEM: &str = include_str!("../../../../content/network-plus/items/1.4/net-four-rules-of-a-mail-host.toml");
    const PATH: &str = "network-plus/items/1.4/net-four-rules-of-a-mail-host.toml";

    /// Any function that tells texts apart.
    fn hash(text: &str) -> String {
        text.len().to_string()
    }

    fn checked(record: Option<String>) -> (Counts, Vec<Mistake>) {
        let mut files: BTreeMap<_, _> =
            [("network-plus/exam.toml", EXAM), (PATH, ITEM)].map(|(path, text)| (path.to_owned(), text.to_owned())).into();
        files.extend(record.map(|text| ("network-plus/reviews.toml".to_owned(), text)));
        let (bank, _) = bank::read(&files);
        check(&files, &bank, hash, Severity::Error)
    }

    fn record(id: &str, text: &str) -> String {
        format!(
            "[[review]]\nid = \"{id}\"\ntext = \"{text}\"\nblind = \"agrees\"\nfacts = \"corrected\"\nreworded = true\nreader = \"second\"\ndate = 2026-11-25\n"
        )
    }

    #[test]
    fn an_item_that_was_read_as_it_stands_is_counted() {
        let (counts, mistakes) = checked(Some(record("net-four-rules-of-a-mail-host", &hash(ITEM))));
        assert_eq!(mistakes, []);
        assert_eq!(counts, Counts { reviewed: 1, reworded: 1, corrected: 1 });
    }

    #[test]
    fn an_item_that_nobody_has_read_or_that_has_changed_is_named_with_what_to_record() {
        for (record, words) in
            [(None, "nobody but its author"), (Some(record("net-four-rules-of-a-mail-host", "0")), "has changed")]
        {
            let (counts, mistakes) = checked(record);
            assert_eq!(counts.reviewed, 0);
            let [mistake] = mistakes.as_slice() else { panic!("{mistakes:?}") };
            assert!(mistake.is_error() && mistake.file == PATH, "{mistake}");
            assert!(mistake.complaint.message.contains(words) && mistake.complaint.message.contains(&hash(ITEM)), "{mistake}");
        }
    }

    #[test]
    fn a_record_that_cannot_be_read_or_is_of_nothing_is_named() {
        let (_, mistakes) = checked(Some(record("net-gone", "0")));
        assert!(mistakes.iter().any(|mistake| mistake.complaint.rule == "R2" && mistake.file == "network-plus/reviews.toml"));
        let (_, mistakes) = checked(Some("\n[[review]]\nid = 3\n".to_owned()));
        assert!(mistakes.iter().any(|mistake| mistake.complaint.rule == "F1" && mistake.complaint.line == 3), "{mistakes:?}");
    }
}
