//! An item and its exam as the rules see them: texts as words, counted once.

use std::collections::{BTreeMap, BTreeSet};

use super::super::bank::Mistake;
use super::super::blueprint::Objective;
use super::super::complaint::Complaint;
use super::super::item::{Interaction, Item, Places};
use super::text::{content_roots, question, words};
use super::{ExamFile, ItemFile};

/// A blueprint and what its items have in common.
pub struct Exam<'b> {
    pub file: &'b ExamFile,
    /// Words of titles and keywords as they are written there, for abbreviations.
    pub vocabulary: BTreeSet<String>,
    /// How many items it has.
    pub items: usize,
    /// In how many stems each root occurs.
    stems_with: BTreeMap<String, usize>,
}

pub struct Subject<'b> {
    pub exam: &'b Exam<'b>,
    pub file: &'b str,
    pub item: &'b Item,
    pub places: &'b Places,
    pub objective: Option<&'b Objective>,
    pub stem: String,
    /// The sentence of the stem that asks.
    pub question: String,
    /// Of single and multiple choice.
    pub options: Vec<PartText>,
    /// Of the other kinds: steps; pairs, then extras; the answer, then mistakes.
    others: Vec<PartText>,
    pub remember: String,
}

pub struct PartText {
    pub key: bool,
    pub text: String,
    pub text_without_code: String,
    pub words: Vec<String>,
    /// Words that carry the sense, as roots.
    pub roots: BTreeSet<String>,
    pub reason: String,
    pub reason_without_code: String,
    /// Of the text; of a pair that of its term.
    pub text_line: u32,
    pub reason_line: u32,
}

impl<'b> Exam<'b> {
    pub fn new(file: &'b ExamFile, items: impl Iterator<Item = &'b ItemFile>) -> Self {
        let objectives = || file.blueprint.domains.iter().flat_map(|domain| &domain.objectives);
        let texts = objectives().flat_map(|objective| objective.keywords.iter().chain([&objective.title]));
        let vocabulary = texts.flat_map(|text| raw_words(text)).map(str::to_owned).collect();
        let mut stems_with = BTreeMap::new();
        let mut count = 0;
        for item in items {
            count += 1;
            let roots: BTreeSet<_> = content_roots(&item.authored.item.stem.plain_text()).into_iter().collect();
            for root in roots {
                *stems_with.entry(root).or_default() += 1;
            }
        }
        Self { file, vocabulary, items: count, stems_with }
    }

    pub fn stems_with(&self, root: &str) -> usize {
        self.stems_with.get(root).copied().unwrap_or_default()
    }

    /// A complaint about the bank as a whole stands at its blueprint.
    pub fn mistake(&self, complaint: Complaint) -> Mistake {
        Mistake { file: self.file.file.clone(), complaint }
    }
}

impl<'b> Subject<'b> {
    pub fn new(exam: &'b Exam<'b>, file: &'b ItemFile) -> Self {
        let item = &file.authored.item;
        let places = &file.authored.places;
        let parts = item.interaction.parts().into_iter().zip(&places.parts).map(|(part, places)| PartText {
            key: part.key,
            words: words(&part.text),
            roots: content_roots(&part.text).into_iter().collect(),
            text: part.text,
            text_without_code: part.text_without_code,
            reason: part.reason.plain_text(),
            reason_without_code: part.reason.plain_text_without_code(),
            text_line: places.text,
            reason_line: places.reason,
        });
        let is_choice = matches!(item.interaction, Interaction::Choice(_));
        let (options, others) = parts.partition(|_| is_choice);
        let stem = item.stem.plain_text();
        Self {
            exam,
            file: &file.file,
            item,
            places,
            objective: exam.file.blueprint.objective(&item.objective),
            question: question(&stem).to_owned(),
            stem,
            options,
            others,
            remember: item.remember.plain_text(),
        }
    }

    /// Whatever the item consists of.
    pub fn parts(&self) -> impl Iterator<Item = &PartText> {
        self.options.iter().chain(&self.others)
    }

    pub fn keys(&self) -> impl Iterator<Item = &PartText> {
        self.options.iter().filter(|option| option.key)
    }

    pub fn distractors(&self) -> impl Iterator<Item = &PartText> {
        self.options.iter().filter(|option| !option.key)
    }

    /// Where the options or other parts begin, for what concerns them together.
    pub fn parts_line(&self) -> u32 {
        self.parts().next().map_or(1, |option| option.text_line)
    }

    /// Whether a key is longer than every other option, counted in characters.
    pub fn key_is_longest(&self) -> bool {
        let length = |option: &PartText| option.text.chars().count();
        let longest = self.options.iter().max_by_key(|option| length(option));
        longest.is_some_and(|longest| {
            longest.key && self.options.iter().filter(|option| length(option) == length(longest)).count() == 1
        })
    }

    pub fn mistake(&self, complaint: Complaint) -> Mistake {
        Mistake { file: self.file.to_owned(), complaint }
    }
}

/// Words with their capitals. A plural `s` after capitals (`APs`) is dropped.
pub fn raw_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        word.strip_suffix('s').filter(|rest| rest.chars().all(|c| c.is_ascii_uppercase()) && rest.len() > 1).unwrap_or(word)
    })
}
