//! An item with its key. It never leaves the server: there is deliberately no `Serialize` here, so no wire type can hold one.

use crate::ids::{ExamId, ItemId, ItemVersion, ObjectiveId};

use super::prose::Prose;

/// One question with its key and the reasons, as its author wrote it.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: ItemId,
    pub version: ItemVersion,
    pub exam: ExamId,
    pub objective: ObjectiveId,
    pub kind: ItemKind,
    pub level: Level,
    pub difficulty: Difficulty,
    /// Options keep the order of the file; otherwise each learner sees an order of their own.
    pub ordered: bool,
    pub stem: Prose,
    /// Three to six, in the order of the file.
    pub options: Vec<ItemOption>,
    pub remember: Prose,
    pub source: String,
    pub checked: Date,
    pub review_by: Option<Date>,
    pub keywords: Vec<String>,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct ItemOption {
    pub text: Prose,
    pub key: bool,
    /// Why this option is right or which misconception makes it tempting.
    pub reason: Prose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// One key.
    Single,
    /// Two or more keys; the stem says how many.
    Multiple,
}

/// Cognitive level, after Bloom: CompTIA's verbs map onto these four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Recall,
    Understand,
    Apply,
    Analyse,
}

/// Expected share of ready learners who answer correctly: .80–.90, .60–.80, .40–.60.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difficulty {
    Easy,
    Medium,
    Hard,
}

/// A day of the Gregorian calendar, without a time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
