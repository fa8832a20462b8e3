//! The files of `content/` as they are, and then mangled.

use std::collections::BTreeMap;

use domain::content::item::Date;
use domain::content::{bank, blueprint, check, item};
use domain::ids::{ExamId, ObjectiveId};

use super::built_in;

/// No date: `firstline content check` compares those, and a test must not fail because a day has passed.
#[test]
fn the_bank_has_no_errors() {
    let (bank, mut mistakes) = bank::read(&built_in());
    mistakes.extend(check::check(&bank, None));
    mistakes.extend(check::exhibits::check(&bank, check::exhibits::SEEDS));
    let errors: Vec<_> = mistakes.iter().filter(|mistake| mistake.is_error()).map(ToString::to_string).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let items = bank.items.len();
    assert!(items >= 140, "{items} items");
}

#[test]
fn every_domain_of_every_exam_is_covered() {
    let (bank, _) = bank::read(&built_in());
    let exams: Vec<_> = bank.exams.iter().map(|exam| exam.blueprint.id.as_str()).collect();
    assert_eq!(exams, ["a-plus-core-1", "a-plus-core-2", "network-plus", "it-support-foundations"]);
    for exam in &bank.exams {
        for domain in &exam.blueprint.domains {
            let in_domain = |id: &ObjectiveId| domain.objectives.iter().any(|objective| objective.id == *id);
            let covered = bank.items_of(&exam.blueprint.id).any(|item| in_domain(&item.authored.item.objective));
            assert!(covered, "{} has no item in domain {}", exam.blueprint.id, domain.number);
        }
    }
}

/// Letters cut, doubled, overwritten and moved: whatever a slip of the hand or a broken disk makes of a file, reading and checking
/// it complains and never panics. `make fuzz` does more rounds, from another seed if `FUZZ_SEED` names one.
#[test]
fn mangled_files_never_panic() {
    let sources: Vec<_> = built_in().into_iter().collect();
    let setting = |name: &str| std::env::var(name).ok().and_then(|value| value.parse().ok());
    let (seed, rounds) = (setting("FUZZ_SEED").unwrap_or(20_261_122), setting("FUZZ_ROUNDS").unwrap_or(1_000));
    println!("FUZZ_SEED={seed} FUZZ_ROUNDS={rounds}");
    let mut random = SplitMix(seed);
    for round in 0..rounds {
        let (path, source) = &sources[random.below(sources.len())];
        let text = mangle(source, &mut random);
        let _ = blueprint::parse(&text);
        let _ = item::parse(&ExamId::from("network-plus"), &text);
        if round % 100 == 0 {
            let (exam, _) = path.split_once('/').unwrap();
            let of_exam = sources.iter().filter(|(file, _)| file.starts_with(exam)).cloned();
            let files: BTreeMap<_, _> = of_exam.chain([(path.clone(), text)]).collect();
            let (bank, _) = bank::read(&files);
            let _ = check::check(&bank, Some(Date { year: 2026, month: 11, day: 22 }));
        }
    }
}

fn mangle(source: &str, random: &mut SplitMix) -> String {
    const SALT: &[&str] = &[
        "\"",
        "\"\"\"",
        "[[",
        "]]",
        "[",
        "=",
        "\n",
        "\\",
        "\\u0000",
        "\u{feff}",
        "<b>",
        "```",
        "|---|",
        "- - - - -",
        "*_*_*_*_",
        "1e999",
        "9999999999999999999",
        "0x",
        "2026-99-99",
        "____",
        "é",
        "\u{202e}",
        "\0",
        "\r",
        "{a.b.c = [[[[[[[[",
        "#",
    ];
    let mut text: Vec<char> = source.chars().collect();
    for _ in 0..=random.below(6) {
        let at = random.below(text.len() + 1);
        let length = random.below(40).min(text.len() - at);
        match random.below(4) {
            0 => drop(text.drain(at..at + length)),
            1 => drop(text.splice(at..at, SALT[random.below(SALT.len())].chars())),
            2 => {
                let piece = text[at..at + length].to_vec();
                let to = random.below(text.len() + 1);
                drop(text.splice(to..to, piece));
            }
            _ => text.truncate(text.len() - length),
        }
    }
    text.into_iter().collect()
}

/// Sebastiano Vigna's `SplitMix64`: the same mangling every time.
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap()
    }
}
