//! An item with its key. It never leaves the server: there is deliberately no `Serialize` here, so no wire type can hold one.

mod instance;
mod interaction;
mod parse;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::{CaseId, ExamId, ItemId, ItemVersion, ObjectiveId};

pub use super::exhibit::bundle::parse;
use super::exhibit::{Exhibit, Plan, Setup};
pub use instance::Source;
pub(in crate::content) use instance::names;
pub use interaction::{Choice, Interaction, ItemOption, Matching, Mistake, Pair, Part, Simulation, Typed};
pub use parse::{parse_authored, version_of};

use super::picture::Picture;
use super::prose::Prose;

/// One question with its key and the reasons, as its author wrote it; with `values`, a template of many such questions.
#[derive(Clone, Debug)]
pub struct Item {
    pub id: ItemId,
    pub version: ItemVersion,
    pub exam: ExamId,
    pub objective: ObjectiveId,
    pub kind: ItemKind,
    pub level: Level,
    pub difficulty: Difficulty,
    /// Items of one case are drawn together, and share its exhibit and its seed.
    pub case: Option<CaseId>,
    /// What its exhibit became for a learner; `None` until an instance is made.
    pub shown: Option<Arc<Exhibit>>,
    pub stem: Prose,
    pub picture: Option<Picture>,
    /// Of the sort that `kind` names.
    pub interaction: Interaction,
    pub remember: Prose,
    pub source: String,
    pub checked: Date,
    pub review_by: Option<Date>,
    pub keywords: Vec<String>,
    pub tags: Vec<String>,
    /// Where the words in braces come from; see [`Item::instance`].
    pub values: Option<Source>,
}

/// An item with what only its checker needs: where things stand in the file, and what the author asks to accept.
#[derive(Clone, Debug)]
pub struct Authored {
    pub item: Item,
    /// Its own exhibit, as written.
    pub plan: Option<Plan>,
    pub places: Places,
    pub waivers: Vec<Waiver>,
}

/// Lines of the file, from 1. A field that is not there has the line where its table begins.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub id: u32,
    pub case: u32,
    pub objective: u32,
    pub kind: u32,
    pub values: u32,
    pub stem: u32,
    /// Of its description; the stem's where there is none.
    pub picture: u32,
    pub remember: u32,
    pub source: u32,
    pub checked: u32,
    pub review_by: u32,
    pub keywords: u32,
    /// In the order of [`Interaction::parts`].
    pub parts: Vec<PartPlaces>,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct PartPlaces {
    pub text: u32,
    pub reason: u32,
}

/// `[[waiver]]`: one W rule that this item may break.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub line: u32,
    pub rule: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// One key.
    Single,
    /// Two or more keys; the stem says how many.
    Multiple,
    /// Steps to put in order.
    Ordering,
    /// A match to find for each term.
    Matching,
    /// The same on a picture: a label to find for each of its numbered places.
    Placing,
    /// A short answer to type.
    Typed,
    /// A company to put right; in exams only.
    Simulation,
}

impl ItemKind {
    /// Every kind with its word in `type = "…"`.
    pub const ALL: [(&'static str, Self); 7] = [
        ("single", Self::Single),
        ("multiple", Self::Multiple),
        ("ordering", Self::Ordering),
        ("matching", Self::Matching),
        ("placing", Self::Placing),
        ("typed", Self::Typed),
        ("simulation", Self::Simulation),
    ];
}

impl Item {
    /// What its exhibit is made from; none in an instance, which has it made.
    #[must_use]
    pub fn exhibit(&self) -> Option<&Setup> {
        match &self.values {
            Some(Source::Exhibit(setup)) => Some(setup),
            _ => None,
        }
    }

    /// Those of single and multiple choice, in the order of the file; none for other kinds.
    #[must_use]
    pub fn options(&self) -> &[ItemOption] {
        match &self.interaction {
            Interaction::Choice(choice) => &choice.options,
            _ => &[],
        }
    }
}

/// Cognitive level, after Bloom: `CompTIA`'s verbs map onto these four.
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
