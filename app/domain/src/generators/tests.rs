//! Each generator over 1,000 seeds, against a method that has nothing in common with its own.

mod independent;

use std::collections::BTreeSet;

use super::*;
use independent::METHODS;
use sha2::{Digest as _, Sha256};

const SEEDS: u64 = 1_000;

#[test]
fn every_answer_is_found_by_another_method() {
    assert_eq!(METHODS.map(|(id, _)| id).to_vec(), ids());
    for ((id, method), generator) in METHODS.iter().zip(all()) {
        for seed in 0..SEEDS {
            let values = generator.values(seed);
            let given = |name: &str| values.get(name).cloned().unwrap_or_else(|| panic!("{id} gives no {name}"));
            assert_eq!(method(&given), values[ANSWER], "{id}, seed {seed}: {values:?}");
        }
    }
}

#[test]
fn no_two_answers_are_the_same_and_names_are_always_there() {
    for generator in all() {
        let names = generator.names();
        let known: BTreeSet<String> = names.all().chain([ANSWER]).map(str::to_owned).collect();
        for seed in 0..SEEDS {
            let values = generator.values(seed);
            assert_eq!(values.keys().cloned().collect::<BTreeSet<_>>(), known, "{generator:?}, seed {seed}");
            let answers: BTreeSet<&String> = names.slips.iter().map(|name| &values[*name]).chain([&values[ANSWER]]).collect();
            assert_eq!(answers.len(), names.slips.len() + 1, "{generator:?}, seed {seed}: {values:?}");
        }
        assert!(names.slips.len() >= 3 && !names.given.is_empty(), "{generator:?}");
    }
}

#[test]
fn wrong_answers_look_like_right_ones() {
    // What is no digit or letter, and how long the text is, must not tell: `/26` beside `/4`, but never `192.0.2.300` or ``.
    let shape = |text: &str| {
        let marks: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii_alphanumeric() && *c != '-').collect();
        let octets = text.split('.').filter(|_| text.contains('.')).all(|octet| octet.parse::<u8>().is_ok());
        (marks, octets, text.is_empty())
    };
    for generator in all() {
        let names = generator.names();
        for seed in 0..SEEDS {
            let values = generator.values(seed);
            for slip in &names.slips {
                assert_eq!(shape(&values[*slip]), shape(&values[ANSWER]), "{generator:?}, seed {seed}: {slip} of {values:?}");
            }
        }
    }
}

#[test]
fn answers_vary_and_are_drawn_soon() {
    /// Of 1,000 seeds; a backup has four answers, with other nights and hours around them.
    const FEWEST_QUESTIONS: usize = 7;
    const MOST_DRAWS: usize = 2_000;
    for generator in all() {
        let questions: BTreeSet<Values> = (0..SEEDS).map(|seed| generator.values(seed)).collect();
        assert!(questions.len() >= FEWEST_QUESTIONS, "{generator:?} has {} questions", questions.len());
        for seed in 0..SEEDS {
            let mut chance = Chance::new(seed);
            let found = (0..MOST_DRAWS).any(|_| (generator.draw)(&mut chance).is_some_and(|drawn| drawn.answers_differ()));
            assert!(found, "{generator:?}, seed {seed}");
        }
    }
}

#[test]
fn what_a_generator_gives_for_a_seed_never_changes() {
    let digest = |generator: &Generator| {
        let texts: Vec<String> = (0..10).map(|seed| format!("{:?}", generator.values(seed))).collect();
        let first: [u8; 4] = Sha256::digest(texts.concat())[..4].try_into().unwrap();
        format!("{} {:08x}", generator.id, u32::from_be_bytes(first))
    };
    let now: Vec<String> = all().map(digest).collect();
    let kept: Vec<&str> = include_str!("tests/kept.txt").lines().collect();
    assert_eq!(now, kept, "stored attempts depend on these: give the changed generator another id");
}
