//! Rules that compare items with each other.

use std::fmt::Write as _;

use super::{CLEAN, mistakes_of};

const KEY_LETTERS: &str = "ABCD";

/// Items that share no wording: `keys` says at which place each has its key, and `long_keys` of them have the longest key.
fn items(keys: &str, long_keys: usize) -> Vec<(String, String)> {
    keys.chars()
        .enumerate()
        .map(|(at, letter)| {
            let name = format!("item-{at:03}");
            (name.clone(), item(at, &name, KEY_LETTERS.find(letter).unwrap(), at < long_keys))
        })
        .collect()
}

/// Every word carries the item's number, so that no two items have one in common beyond the frame.
fn item(at: usize, name: &str, key: usize, long_key: bool) -> String {
    let words = |tag: char, count: usize| (0..count).map(|n| format!("{tag}{n}x{at}")).collect::<Vec<_>>().join(" ");
    let mut text = format!(
        "id = \"{name}\"\nobjective = \"1.1\"\ntype = \"single\"\nlevel = \"apply\"\ndifficulty = \"easy\"\n\
         stem = \"{} relay?\"\nremember = \"{}\"\nsource = \"s\"\nchecked = 2026-11-22\nkeywords = [\"relay / IP helper\"]\n",
        words('s', 14),
        words('r', 6)
    );
    for place in 0..4 {
        let tag = char::from(b'k' + u8::try_from(place).unwrap());
        let longer = if place == key && long_key { "yy" } else { "" };
        let key = if place == key { "key = true\n" } else { "" };
        let _ = write!(
            text,
            "[[option]]\ntext = \"{}{longer}\"\n{key}reason = \"{}\"\n",
            words(tag, 2),
            words(tag.to_ascii_uppercase(), 10)
        );
    }
    text
}

#[track_caller]
fn rules_broken(items: &[(String, String)]) -> Vec<String> {
    let mistakes = mistakes_of(items);
    mistakes
        .into_iter()
        .map(|mistake| format!("{}:{} {}", mistake.file, mistake.complaint.line, mistake.complaint.rule))
        .collect()
}

#[test]
fn a_balanced_bank_has_no_complaint() {
    assert_eq!(rules_broken(&items(&"ABCD".repeat(6), 7)), [""; 0]);
}

#[test]
fn o6_the_key_is_the_longest_in_more_than_three_of_ten() {
    assert_eq!(rules_broken(&items(&"ABCD".repeat(6), 8)), ["test/exam.toml:1 O6"]);
    // Below 20 items a habit cannot be told from chance.
    assert_eq!(rules_broken(&items(&"ABCD".repeat(4), 16)), [""; 0]);
}

#[test]
fn o7_key_positions() {
    assert_eq!(rules_broken(&items("ABABABABACACACADADADAD", 0)), ["test/exam.toml:1 O7"]);
    // 100 items: 31 at A, 19 at D.
    let full_block = "ABCD".repeat(19) + &"ABC".repeat(6) + "AAAAAA";
    let broken = rules_broken(&items(&full_block, 0));
    assert_eq!(broken, ["test/exam.toml:1 O7", "test/exam.toml:1 O7", "test/items/1.1/item-099.toml:12 O7"]);
    // 40 at A would pass below 100, and the rest after the last full hundred is not judged.
    assert_eq!(rules_broken(&items(&("ABCD".repeat(25) + "AABAAB"), 0)), [""; 0]);
}

#[test]
fn o7_runs_in_id_order() {
    assert_eq!(rules_broken(&items("AAAAAB", 0)), [""; 0]);
    assert_eq!(rules_broken(&items("AAAAAA", 0)), ["test/items/1.1/item-005.toml:12 O7"]);
}

#[test]
fn s3_more_than_three_percent_of_negatives() {
    let mut bank = items(&"ABCD".repeat(6), 0);
    for (_, text) in bank.iter_mut().take(1) {
        *text = text.replace(" relay?", " relay is NOT here?");
    }
    assert_eq!(rules_broken(&bank), ["test/exam.toml:1 S3"]);
}

#[test]
fn c4_and_d1_two_items_with_the_same_words() {
    let other = CLEAN.replace("net-relay", "net-relay-2");
    let twins = [("net-relay".to_owned(), CLEAN.to_owned()), ("net-relay-2".to_owned(), other)];
    assert_eq!(rules_broken(&twins), ["test/items/1.1/net-relay-2.toml:6 C4", "test/items/1.1/net-relay-2.toml:6 D1"]);
}

#[test]
fn c4_twelve_words_in_a_reason() {
    let mut bank = items("AB", 0);
    let shared = "one two three four five six seven eight nine ten eleven twelve";
    for (_, text) in &mut bank {
        *text = text.replacen("reason = \"", &format!("reason = \"{shared} "), 1);
    }
    assert_eq!(rules_broken(&bank).len(), 1, "{:?}", rules_broken(&bank));
    assert!(rules_broken(&bank)[0].ends_with("C4"));
    for (_, text) in &mut bank {
        *text = text.replacen(" twelve ", " ", 1);
    }
    assert_eq!(rules_broken(&bank), [""; 0]);
}

#[test]
fn c5_a_stem_that_holds_another_key() {
    let mut bank = items("AB", 0);
    bank[0].1 = bank[0].1.replace("k0x0 k1x0", "a helper on the gateway");
    bank[1].1 = bank[1].1.replace(" relay?", " relay as a helper on the gateway?");
    let broken = rules_broken(&bank);
    assert!(broken.contains(&"test/items/1.1/item-001.toml:6 C5".to_owned()), "{broken:?}");
}

#[test]
fn f5_an_id_that_is_taken_and_items_without_an_exam() {
    let twice = [("net-relay".to_owned(), CLEAN.to_owned()), ("z".to_owned(), CLEAN.to_owned())];
    assert_eq!(rules_broken(&twice), ["test/items/1.1/z.toml:1 F5"]);
    let files = std::collections::BTreeMap::from([("lost/items/1.1/net-relay.toml".to_owned(), CLEAN.to_owned())]);
    let (bank, mistakes) = crate::content::bank::read(&files);
    assert!(bank.items.is_empty());
    assert_eq!(mistakes.iter().map(|mistake| mistake.complaint.rule).collect::<Vec<_>>(), ["F5"]);
}

#[test]
fn f4_the_prefix_of_a_built_in_exam() {
    let exam = super::EXAM.replace("id = \"test\"", "id = \"network-plus\"");
    let files = std::collections::BTreeMap::from([
        ("network-plus/exam.toml".to_owned(), exam),
        ("network-plus/items/1.1/relay.toml".to_owned(), CLEAN.replace("net-relay", "relay")),
    ]);
    let (bank, _) = crate::content::bank::read(&files);
    let mistakes = super::check(&bank, None);
    assert_eq!(mistakes.iter().map(|mistake| mistake.complaint.rule).collect::<Vec<_>>(), ["F4"]);
}
