//! What only shows when many items are seen together.

use std::collections::{BTreeMap, BTreeSet};

use super::super::bank::Mistake;
use super::super::complaint::Complaint;
use super::super::item::ItemKind;
use super::stem::is_negative;
use super::subject::{Exam, Subject};
use super::text::{contains_run, words};

/// C4, own choice: so many words in a row are no accident.
const SHARED_RUN_WORDS: usize = 12;
/// C5, own choice: a shorter key is met in many stems by accident.
const GIVEAWAY_WORDS: usize = 4;
/// S3, own choice.
const MOST_NEGATIVE_PERCENT: usize = 3;
/// O6, own choice: chance is 25 % with four options.
const KEY_LONGEST_PERCENT: usize = 30;
/// O6, O7, own choice: fewer items say nothing about a habit.
const FEWEST_FOR_A_HABIT: usize = 20;
/// O7, own choice: over every full hundred, and below that.
const FULL_BLOCK: usize = 100;
const POSITION_PERCENT_OF_BLOCK: std::ops::RangeInclusive<usize> = 20..=30;
const MOST_POSITION_PERCENT: usize = 40;
const LONGEST_RUN: usize = 5;
/// D1, own choice: shared words over all words of two items.
const DUPLICATE_PERCENT: usize = 80;

/// C4: everything is written for this bank and once only. Code is left out: a command prints the same everywhere.
pub fn c4_no_shared_wording(subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let mut texts = Vec::new();
    for (at, subject) in subjects.iter().enumerate() {
        texts.extend(authored_texts(subject).into_iter().map(|(text, line)| (at, line, words(&text))));
    }
    let mut runs: Vec<(&[String], usize, u32)> =
        texts.iter().flat_map(|(at, line, words)| words.windows(SHARED_RUN_WORDS).map(|run| (run, *at, *line))).collect();
    runs.sort();
    let mut reported = BTreeSet::new();
    let mut mistakes = Vec::new();
    for pair in runs.windows(2) {
        let [(run, first, _), (other_run, second, line)] = pair else { continue };
        if run != other_run || first == second || !reported.insert((*first, *second)) {
            continue;
        }
        let (Some(one), Some(other)) = (subjects.get(*first), subjects.get(*second)) else { continue };
        let message = format!("\"{}\" also stands in {}: write it anew", run.join(" "), one.item.id);
        mistakes.push(other.mistake(Complaint::error("C4", *line, message)));
    }
    mistakes
}

/// C5: nobody should find the answer to one item in the stem of another.
pub fn c5_no_item_gives_away_another(_: &Exam<'_>, subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let stems: Vec<_> = subjects.iter().map(|subject| words(&subject.stem)).collect();
    let mut mistakes = Vec::new();
    for other in subjects {
        for key in other.keys().filter(|key| key.words.len() >= GIVEAWAY_WORDS) {
            for (subject, stem) in subjects.iter().zip(&stems) {
                if !std::ptr::eq(subject, other) && contains_run(stem, &key.words) {
                    let message = format!("the stem holds the key of {} word for word: \"{}\"", other.item.id, key.text);
                    mistakes.push(subject.mistake(Complaint::warning("C5", subject.places.stem, message)));
                }
            }
        }
    }
    mistakes
}

/// S3 over the exam: questions for the exception stay rare.
pub fn s3_few_negatives(exam: &Exam<'_>, subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let negative = subjects.iter().filter(|subject| is_negative(subject)).count();
    if subjects.len() < FEWEST_FOR_A_HABIT || negative * 100 <= subjects.len() * MOST_NEGATIVE_PERCENT {
        return Vec::new();
    }
    let message =
        format!("{negative} of {} stems ask with NOT, EXCEPT or LEAST: keep that to {MOST_NEGATIVE_PERCENT} %", subjects.len());
    vec![exam.mistake(Complaint::warning("S3", 1, message))]
}

/// O6 over the exam: the long answer must not be a good guess.
pub fn o6_key_is_seldom_the_longest(exam: &Exam<'_>, subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let longest: Vec<_> = subjects.iter().filter(|subject| subject.key_is_longest()).collect();
    if subjects.len() < FEWEST_FOR_A_HABIT || longest.len() * 100 <= subjects.len() * KEY_LONGEST_PERCENT {
        return Vec::new();
    }
    let ids: Vec<_> = longest.iter().map(|subject| subject.item.id.as_str()).collect();
    let message = format!(
        "the key is the longest option in {} of {} items, more than {KEY_LONGEST_PERCENT} %: shorten it in some of {}",
        longest.len(),
        subjects.len(),
        ids.join(", ")
    );
    vec![exam.mistake(Complaint::error("O6", 1, message))]
}

/// O7 over the exam: A to D are the key about equally often.
pub fn o7_key_positions_are_balanced(exam: &Exam<'_>, subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let positions: Vec<_> = key_positions(subjects).into_iter().map(|(position, _)| position).collect();
    let mut mistakes = Vec::new();
    for (at, block) in positions.chunks_exact(FULL_BLOCK).enumerate() {
        for (letter, percent) in share_of_positions(block) {
            if !POSITION_PERCENT_OF_BLOCK.contains(&percent) {
                let first = at * FULL_BLOCK + 1;
                let message = format!(
                    "of the items with one key, {first} to {} in id order, {percent} % have it at {letter}: make it {} to {} %",
                    first + FULL_BLOCK - 1,
                    POSITION_PERCENT_OF_BLOCK.start(),
                    POSITION_PERCENT_OF_BLOCK.end()
                );
                mistakes.push(exam.mistake(Complaint::error("O7", 1, message)));
            }
        }
    }
    if (FEWEST_FOR_A_HABIT..FULL_BLOCK).contains(&positions.len()) {
        for (letter, percent) in share_of_positions(&positions) {
            if percent > MOST_POSITION_PERCENT {
                let message = format!(
                    "{percent} % of the items with one key have it at {letter}: make it {MOST_POSITION_PERCENT} % at most"
                );
                mistakes.push(exam.mistake(Complaint::error("O7", 1, message)));
            }
        }
    }
    mistakes
}

/// O7 again: no more than five keys at the same place one after another, in id order.
pub fn o7_no_long_run_of_one_position(_: &Exam<'_>, subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let positions = key_positions(subjects);
    let mut mistakes = Vec::new();
    for run in positions.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.len() > LONGEST_RUN) {
        let Some((_, subject)) = run.get(LONGEST_RUN) else { continue };
        let message =
            format!("the key stands at the same place in {} items in a row, in id order: move it in this one", run.len());
        mistakes.push(subject.mistake(Complaint::error("O7", subject.parts_line(), message)));
    }
    mistakes
}

/// D1: two items with nearly the same words are one item. Compares stems and parts.
pub fn d1_no_duplicates(subjects: &[Subject<'_>]) -> Vec<Mistake> {
    let sets = ranked_word_sets(subjects);
    let mut mistakes = Vec::new();
    // Two sets this similar share a word among their rarest ones (prefix filtering), so few pairs need comparing.
    let mut sets_with: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, set) in sets.iter().enumerate() {
        let rarest = set.len() - (set.len() * DUPLICATE_PERCENT).div_ceil(100) + usize::from(!set.is_empty());
        let rarest: Vec<usize> = set.iter().take(rarest).copied().collect();
        let candidates: BTreeSet<usize> = rarest.iter().filter_map(|word| sets_with.get(word)).flatten().copied().collect();
        for other in candidates {
            let Some((subject, twin, other_set)) =
                subjects.get(at).zip(subjects.get(other)).zip(sets.get(other)).map(|((a, b), c)| (a, b, c))
            else {
                continue;
            };
            let shared = set.intersection(other_set).count();
            let all = set.len() + other_set.len() - shared;
            if shared * 100 >= all * DUPLICATE_PERCENT {
                let message = format!("this is nearly the same item as {}: write another, or remove one", twin.item.id);
                mistakes.push(subject.mistake(Complaint::error("D1", subject.places.stem, message)));
            }
        }
        for word in rarest {
            sets_with.entry(word).or_default().push(at);
        }
    }
    mistakes
}

/// The words of each item as numbers, rarest in the bank first.
fn ranked_word_sets(subjects: &[Subject<'_>]) -> Vec<BTreeSet<usize>> {
    let texts = |subject: &Subject<'_>| -> BTreeSet<String> {
        let parts = subject.parts().flat_map(|part| part.words.iter().cloned());
        parts.chain(words(&subject.stem)).collect()
    };
    let sets: Vec<_> = subjects.iter().map(texts).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in sets.iter().flatten() {
        *counts.entry(word).or_default() += 1;
    }
    let mut by_rarity: Vec<_> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    by_rarity.sort_unstable();
    let ranks: BTreeMap<&str, usize> = by_rarity.into_iter().enumerate().map(|(rank, (_, word))| (word, rank)).collect();
    sets.iter().map(|set| set.iter().filter_map(|word| ranks.get(word.as_str()).copied()).collect()).collect()
}

fn authored_texts(subject: &Subject<'_>) -> Vec<(String, u32)> {
    let parts = subject.parts().flat_map(|part| {
        [(part.text_without_code.clone(), part.text_line), (part.reason_without_code.clone(), part.reason_line)]
    });
    let stem = (subject.item.stem.plain_text_without_code(), subject.places.stem);
    let remember = (subject.item.remember.plain_text_without_code(), subject.places.remember);
    parts.chain([stem, remember]).collect()
}

/// The place of the only key, from 0, of the items that have one, in id order.
fn key_positions<'s, 'b>(subjects: &'s [Subject<'b>]) -> Vec<(usize, &'s Subject<'b>)> {
    let singles = subjects.iter().filter(|subject| subject.item.kind == ItemKind::Single);
    singles.filter_map(|subject| Some((subject.options.iter().position(|option| option.key)?, subject))).collect()
}

/// A to D with their percentages.
fn share_of_positions(positions: &[usize]) -> impl Iterator<Item = (char, usize)> {
    ('A'..='D').enumerate().map(|(at, letter)| {
        let count = positions.iter().filter(|position| **position == at).count();
        (letter, count * 100 / positions.len().max(1))
    })
}
