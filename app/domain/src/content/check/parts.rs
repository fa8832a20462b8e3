//! P: steps, pairs and typed answers.

use super::super::complaint::Complaint;
use super::super::item::{Interaction, ItemKind, Matching, Typed};
use super::subject::Subject;
use crate::scoring::{is_accepted, means_the_same};
use crate::typed::TypedForm;

/// P1, own choice: two steps are a coin toss, and more than seven are no longer held in mind at once (Miller 1956).
const STEPS: std::ops::RangeInclusive<usize> = 3..=7;
/// P1, own choice: what fits on a phone without scrolling between a term and its match.
const PAIRS: std::ops::RangeInclusive<usize> = 3..=6;
/// P1, own choice: as many as a plug has pins (RJ45).
const TARGETS: std::ops::RangeInclusive<usize> = 3..=8;
const MOST_EXTRAS: usize = 3;
/// P6, own choice: what the menu of a phone shows in one line or two.
const LONGEST_MATCH_CHARACTERS: usize = 60;
/// P6, own choice: a label stands beside its place on a picture, in half of the picture's width.
const LONGEST_LABEL_CHARACTERS: usize = 20;

/// P1: enough to arrange, and no more than one can overlook.
pub fn p1_number_of_parts(subject: &Subject<'_>) -> Vec<Complaint> {
    let (count, range, what) = match &subject.item.interaction {
        Interaction::Ordering(steps) => (steps.len(), STEPS, "steps"),
        Interaction::Matching(matching) if matching.extras.len() > MOST_EXTRAS => {
            (matching.extras.len(), 0..=MOST_EXTRAS, "extra matches")
        }
        Interaction::Matching(matching) if subject.item.kind == ItemKind::Placing => (matching.pairs.len(), TARGETS, "targets"),
        Interaction::Matching(matching) => (matching.pairs.len(), PAIRS, "pairs"),
        _ => return Vec::new(),
    };
    if range.contains(&count) {
        return Vec::new();
    }
    let message = format!("there are {count} {what}: have {} to {}", range.start(), range.end());
    vec![Complaint::error("P1", subject.parts_line(), message)]
}

/// P2: of two options, steps or terms with the same words nobody could tell which is meant; an extra that fits a term is none.
pub fn p2_parts_differ(subject: &Subject<'_>) -> Vec<Complaint> {
    let texts: Vec<String> = match &subject.item.interaction {
        Interaction::Ordering(steps) => steps.iter().map(|step| step.text.plain_text()).collect(),
        Interaction::Matching(matching) => matching.pairs.iter().map(|pair| pair.term.plain_text()).collect(),
        Interaction::Choice(choice) => choice.options.iter().map(|option| option.text.plain_text()).collect(),
        Interaction::Typed(_) | Interaction::Simulation(_) => return Vec::new(),
    };
    let twice = |texts: &[String], at: usize| texts.iter().take(at).any(|text| texts.get(at) == Some(text));
    let mut at_fault: Vec<usize> = (0..texts.len()).filter(|at| twice(&texts, *at)).collect();
    if let Interaction::Matching(matching) = &subject.item.interaction {
        let fits = matching.pairs.iter().map(|pair| pair.fits.plain_text());
        let matches: Vec<String> = fits.chain(matching.extras.iter().map(|extra| extra.text.plain_text())).collect();
        at_fault.extend((matching.pairs.len()..matches.len()).filter(|at| twice(&matches, *at)));
    }
    let lines = at_fault.into_iter().filter_map(|at| subject.parts().nth(at)).map(|part| part.text_line);
    lines.map(|line| Complaint::error("P2", line, "the same words stand above already: make each one differ")).collect()
}

/// P3: with one match for each term and none left over, the last term needs no knowledge.
pub fn p3_no_match_by_elimination(subject: &Subject<'_>) -> Vec<Complaint> {
    let Interaction::Matching(Matching { pairs, extras }) = &subject.item.interaction else { return Vec::new() };
    let repeated = subject.item.interaction.shuffled() < pairs.len() + extras.len();
    if repeated || !extras.is_empty() {
        return Vec::new();
    }
    let message = "every match fits exactly one term, so the last is found by elimination: add an [[extra]]";
    vec![Complaint::warning("P3", subject.parts_line(), message)]
}

/// P4: what cannot be read could never be typed, and a mistake must not be scored as right.
pub fn p4_answers_can_be_read(subject: &Subject<'_>) -> Vec<Complaint> {
    let Interaction::Typed(typed) = &subject.item.interaction else { return Vec::new() };
    let mut complaints = Vec::new();
    let mut complain = |line, message: String| complaints.push(Complaint::error("P4", line, message));
    for (at, text) in typed.accepted.iter().enumerate() {
        if typed.form.read(text).is_err() {
            complain(subject.parts_line(), format!("`{text}` cannot be read in this form"));
        } else if typed.accepted.iter().take(at).any(|other| means_the_same(typed, text, other)) {
            complain(subject.parts_line(), format!("`{text}` means the same as an answer before it: leave it out"));
        }
    }
    for (mistake, part) in typed.mistakes.iter().zip(subject.parts().skip(1)) {
        if typed.form.read(&mistake.text).is_err() {
            complain(part.text_line, format!("`{}` cannot be read in this form", mistake.text));
        } else if is_accepted(typed, &mistake.text) {
            complain(part.text_line, format!("`{}` is accepted as right", mistake.text));
        }
    }
    complaints
}

/// P5: nobody should be able to copy the answer. Numbers and prefixes are met in many stems by accident.
pub fn p5_stem_does_not_hold_the_answer(subject: &Subject<'_>) -> Vec<Complaint> {
    let Interaction::Typed(Typed { form, accepted, .. }) = &subject.item.interaction else { return Vec::new() };
    if matches!(form, TypedForm::Number { .. } | TypedForm::Prefix) {
        return Vec::new();
    }
    let stem = subject.stem.to_lowercase();
    let found = accepted.iter().find(|text| holds_word(&stem, &text.to_lowercase()));
    let Some(text) = found else { return Vec::new() };
    vec![Complaint::warning("P5", subject.places.stem, format!("the stem holds the answer `{text}`: paraphrase it"))]
}

/// P6: matches are chosen from a menu, which shows one line of plain text; labels are shown on the picture too.
pub fn p6_matches_fit_a_menu(subject: &Subject<'_>) -> Vec<Complaint> {
    let Interaction::Matching(matching) = &subject.item.interaction else { return Vec::new() };
    let (longest, what) = match subject.item.kind {
        ItemKind::Placing => (LONGEST_LABEL_CHARACTERS, "a label stands on the picture"),
        _ => (LONGEST_MATCH_CHARACTERS, "a match stands in a menu"),
    };
    let fits = matching.pairs.iter().map(|pair| &pair.fits).chain(matching.extras.iter().map(|extra| &extra.text));
    let long = fits.zip(subject.parts()).filter(|(text, _)| text.plain_text().chars().count() > longest);
    long.map(|(_, part)| {
        let message = format!("{what}: cut it to {longest} characters");
        Complaint::warning("P6", part.text_line, message)
    })
    .collect()
}

/// Not as part of a longer word.
fn holds_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}
