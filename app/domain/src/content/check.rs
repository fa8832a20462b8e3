//! The rules for items and banks. `content/README.md` lists them for authors; each function here is one row of its table.
//!
//! Thresholds marked "own choice" are Firstline's; the others follow item-writing guidelines (Haladyna, Downing and Rodriguez
//! 2002; the NBME item-writing guide 2020). Rules read text and cannot judge facts: a bank without complaints still needs readers.

mod bank;
mod content;
mod coverage;
pub mod exhibits;
mod explanation;
mod options;
mod parts;
mod pictures;
mod stem;
mod subject;
mod template;
pub(in crate::content) mod text;
mod waivers;
mod wording;

#[cfg(test)]
mod tests;

pub use coverage::missing;

use super::bank::{Bank, ExamFile, ItemFile, Mistake};
use super::complaint::Complaint;
use super::item::{Date, Source};
use subject::{Exam, Subject};

/// How many instances of a template the rules read; the tests of the generators read many more values.
const INSTANCES: u64 = 20;

type ItemRule = fn(&Subject<'_>) -> Vec<Complaint>;

const ITEM_RULES: &[ItemRule] = &[
    content::c1_objective_exists,
    content::c2_keyword_is_used,
    content::c6_source_is_named,
    content::c8_no_stereotypes,
    content::f4_prefix_of_the_exam,
    content::f6_file_is_called_after_the_item,
    stem::s1_asks_something,
    stem::s2_is_short,
    stem::s3_negative_in_capitals,
    stem::s4_no_double_negative,
    stem::s5_superlative_in_capitals,
    stem::s7_gap_at_the_end,
    stem::s8_known_abbreviations,
    stem::s9_says_how_many,
    options::o1_three_to_six,
    options::o2_number_of_keys,
    options::o3_no_all_of_the_above,
    options::o5_none_contains_another,
    options::o6_lengths_are_close,
    options::o8_numbers_in_order,
    options::o15_no_shared_lead_in,
    parts::p1_number_of_parts,
    parts::p2_parts_differ,
    parts::p3_no_match_by_elimination,
    parts::p4_answers_can_be_read,
    parts::p5_stem_does_not_hold_the_answer,
    parts::p6_matches_fit_a_menu,
    pictures::p7_places_are_on_the_picture,
    pictures::p8_picture_is_described,
    wording::o4_one_grammar,
    wording::o9_absolute_and_vague_words,
    wording::o10_no_clang,
    wording::o11_no_convergence,
    wording::o14_no_lone_opposites,
    explanation::x1_every_part_has_a_reason,
    explanation::o12_distractors_name_the_mistake,
    explanation::x2_no_letters_or_places,
    explanation::x3_length_and_remember_line,
];

type ExamRule = fn(&Exam<'_>, &[Subject<'_>]) -> Vec<Mistake>;

const EXAM_RULES: &[ExamRule] = &[
    bank::c5_no_item_gives_away_another,
    bank::s3_few_negatives,
    bank::o6_key_is_seldom_the_longest,
    bank::o7_key_positions_are_balanced,
    bank::o7_no_long_run_of_one_position,
    coverage::k_bank_is_whole,
];

type BankRule = fn(&[Subject<'_>]) -> Vec<Mistake>;

const BANK_RULES: &[BankRule] = &[bank::c4_no_shared_wording, bank::d1_no_duplicates];

/// Applies every rule to a bank that has been read. `today` is compared with `checked` and `review_by`; `None` compares neither,
/// so that a program which ran yesterday does not refuse its own content today.
#[must_use]
pub fn check(bank: &Bank, today: Option<Date>) -> Vec<Mistake> {
    let authored = bank;
    // Where many items are compared, one instance stands for its template.
    let bank = &Bank { items: bank.items.iter().map(|item| item.instance(0)).collect(), ..bank.clone() };
    let exams: Vec<_> = bank.exams.iter().map(|exam| Exam::new(exam, bank.items_of(&exam.blueprint.id))).collect();
    let subjects_by_exam: Vec<(&Exam<'_>, Vec<Subject<'_>>)> =
        exams.iter().map(|exam| (exam, subjects(exam, bank.items_of(&exam.file.blueprint.id)))).collect();

    let mut mistakes = Vec::new();
    for (exam, subjects) in &subjects_by_exam {
        for subject in subjects {
            let dates = today.map(|today| content::c6_dates_hold(subject, today)).unwrap_or_default();
            let complaints = ITEM_RULES.iter().flat_map(|rule| rule(subject)).chain(dates);
            mistakes.extend(complaints.map(|complaint| subject.mistake(complaint)));
        }
        mistakes.extend(EXAM_RULES.iter().flat_map(|rule| rule(exam, subjects)));
    }
    let all: Vec<_> = subjects_by_exam.into_iter().flat_map(|(_, subjects)| subjects).collect();
    mistakes.extend(BANK_RULES.iter().flat_map(|rule| rule(&all)));
    mistakes.extend(authored.items.iter().flat_map(|item| template_mistakes(&exams, item)));
    let mut mistakes = waivers::apply(&bank.items, mistakes);
    mistakes.sort();
    mistakes
}

/// What is wrong with a template as it stands, and with further instances of it; each rule complains once in a line.
fn template_mistakes(exams: &[Exam<'_>], template: &ItemFile) -> Vec<Mistake> {
    let exam = exams.iter().find(|exam| exam.file.blueprint.id == template.authored.item.exam);
    // Exhibits have a room of their own, with as many seeds as their caller can wait for.
    let is_template = matches!(template.authored.item.values, Some(Source::Generator(_)));
    let Some(exam) = exam.filter(|_| is_template) else { return Vec::new() };
    let mut complaints = template::complaints(template);
    let first = template.instance(0);
    let known = Subject::new(exam, &first);
    let known: Vec<Complaint> = ITEM_RULES.iter().flat_map(|rule| rule(&known)).collect();
    for seed in 1..INSTANCES {
        let instance = template.instance(seed);
        let subject = Subject::new(exam, &instance);
        for complaint in ITEM_RULES.iter().flat_map(|rule| rule(&subject)) {
            let is_same = |other: &Complaint| (other.rule, other.line) == (complaint.rule, complaint.line);
            if !known.iter().chain(&complaints).any(is_same) {
                complaints.push(complaint);
            }
        }
    }
    complaints.into_iter().map(|complaint| Mistake { file: template.file.clone(), complaint }).collect()
}

fn subjects<'b>(exam: &'b Exam<'b>, items: impl Iterator<Item = &'b ItemFile>) -> Vec<Subject<'b>> {
    items.map(|item| Subject::new(exam, item)).collect()
}
