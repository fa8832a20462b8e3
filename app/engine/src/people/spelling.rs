//! Words as people type them: capitals, hyphens and slips of the keyboard do not matter.

/// From this length on a word may have one slip, and two from [`TWO_SLIPS`] on; in shorter ones a slip makes another word.
const ONE_SLIP: usize = 5;
const TWO_SLIPS: usize = 9;

/// Spelt right, though one letter away from a word that is looked for.
const OTHER_WORDS: &[&str] = &[
    "point",
    "points",
    "pointed",
    "charge",
    "charged",
    "charger",
    "chargers",
    "charging",
    "printed",
    "charges",
    "chance",
    "chances",
    "pages",
    "lately",
    "scream",
    "world",
    "whole",
    "sheep",
    "prime",
    "pint",
    "prince",
    "places",
    "place",
    "plan",
    "mouse",
    "house",
    "paler",
    "cards",
    "sign",
    "fill",
    "still",
    "minute",
    "sites",
    "state",
    "lists",
    "later",
    "letter",
    "weather",
    "wholesale",
    "folded",
    "folks",
    "waiter",
];

/// The words of a sentence in lower case. `Wi-Fi` is `wifi`, `doesn't` is `doesnt`.
pub fn words(sentence: &str) -> Vec<String> {
    let kept: String =
        sentence.chars().filter(|c| !matches!(c, '\'' | '’' | '-')).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    kept.to_lowercase().split_whitespace().map(str::to_owned).collect()
}

/// How many words of a phrase stand in the sentence, one after the other: all of them, or 0. A word that ends in `*` is the
/// beginning of a word.
pub fn holds(words: &[String], phrase: &str) -> usize {
    let phrase: Vec<_> = phrase.split(' ').collect();
    let here = |start: &[String]| start.iter().zip(&phrase).all(|(word, wanted)| is(word, wanted));
    if words.windows(phrase.len()).any(here) { phrase.len() } else { 0 }
}

/// Whether the word is the wanted one, or was meant to be.
pub fn is(word: &str, wanted: &str) -> bool {
    let (wanted, beginning) = wanted.strip_suffix('*').map_or((wanted, false), |stem| (stem, true));
    if word == wanted || beginning && word.starts_with(wanted) {
        return true;
    }
    let letters = wanted.chars().count();
    if letters < ONE_SLIP || word.chars().next() != wanted.chars().next() || OTHER_WORDS.contains(&word) {
        return false;
    }
    let allowed = if letters < TWO_SLIPS { 1 } else { 2 };
    let typed: Vec<char> = word.chars().collect();
    let meant: Vec<char> = wanted.chars().collect();
    // Of a beginning, as many letters are compared as it has, one more or one less.
    let lengths = if beginning { letters.saturating_sub(1)..=letters + 1 } else { typed.len()..=typed.len() };
    lengths.filter_map(|length| typed.get(..length)).any(|start| slips(start, &meant) <= allowed)
}

/// The least number of letters left out, put in, mistaken or swapped with their neighbour.
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let mistaken = above.get(j).copied().unwrap_or(0) + usize::from(letter != other);
            let left_out = above.get(j + 1).copied().unwrap_or(0) + 1;
            let put_in = row.get(j).copied().unwrap_or(0) + 1;
            let mut least = mistaken.min(left_out).min(put_in);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(other) && b.get(j - 1) == Some(letter);
            if let Some(cost) = before.get(j.wrapping_sub(1)).filter(|_| swapped) {
                least = least.min(cost + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_forgiven_in_long_words_alone() {
        for (typed, wanted) in [
            ("printer", "printer"),
            ("pritner", "printer"),
            ("prnter", "printer"),
            ("printers", "print*"),
            ("pritners", "print*"),
            ("pasword", "password*"),
            ("collegue", "colleague*"),
            ("colleauges", "colleague*"),
            ("restrat", "restart*"),
            ("cabel", "cable*"),
        ] {
            assert!(is(typed, wanted), "{typed} is {wanted}");
        }
        for (typed, wanted) in [
            ("main", "mail*"),
            ("right", "light*"),
            ("point", "print*"),
            ("charger", "change*"),
            ("", "light*"),
            ("table", "cable"),
        ] {
            assert!(!is(typed, wanted), "{typed} is not {wanted}");
        }
    }

    #[test]
    fn phrases_stand_together() {
        let words = words("Doesn't the Wi-Fi work, since WHEN?");
        assert_eq!(words, ["doesnt", "the", "wifi", "work", "since", "when"]);
        assert_eq!(holds(&words, "since when"), 2);
        assert_eq!(holds(&words, "when since"), 0);
        assert_eq!(holds(&[], "since"), 0);
    }
}
