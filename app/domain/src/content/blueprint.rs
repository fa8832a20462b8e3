//! What an exam covers: domains with weights, objectives with keywords.

mod parse;

use crate::ids::{ExamId, ObjectiveId};

pub use parse::parse;

/// `content/<exam>/exam.toml`, parsed.
#[derive(Clone, Debug)]
pub struct Blueprint {
    pub id: ExamId,
    /// The exam's public code, such as `220-1201`.
    pub code: String,
    pub name: String,
    /// Where the exam stands in the list of exams; those without a place come last.
    pub order: u16,
    /// The most questions on one form.
    pub max_questions: u16,
    pub minutes: u16,
    /// On the scale `scale_min..=scale_max`.
    pub passing_score: u16,
    pub scale_min: u16,
    pub scale_max: u16,
    /// How many items the finished bank is to have.
    pub target_items: u32,
    /// The same for each objective.
    pub floor_per_objective: u32,
    pub domains: Vec<Domain>,
    /// What its items also have to speak of, wherever it fits.
    pub topics: Vec<Topic>,
}

/// `[[seed_topic]]`.
#[derive(Clone, Debug)]
pub struct Topic {
    pub name: String,
    /// The name in kebab-case; what items about it have among their `tags`.
    pub tag: String,
}

#[derive(Clone, Debug)]
pub struct Domain {
    pub number: u8,
    pub name: String,
    /// Percent of the exam; the weights of an exam add up to 100.
    pub weight: u8,
    pub objectives: Vec<Objective>,
}

#[derive(Clone, Debug)]
pub struct Objective {
    pub id: ObjectiveId,
    pub title: String,
    /// The exam asks for this objective with "given a scenario".
    pub scenario: bool,
    pub keywords: Vec<String>,
}

impl Blueprint {
    #[must_use]
    pub fn objective(&self, id: &ObjectiveId) -> Option<&Objective> {
        self.domains.iter().flat_map(|domain| &domain.objectives).find(|objective| objective.id == *id)
    }

    #[must_use]
    pub fn domain_of(&self, id: &ObjectiveId) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.objectives.iter().any(|objective| objective.id == *id))
    }
}
