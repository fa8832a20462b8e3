//! What stands in the fields of one question, and how it becomes a change.

use web_sys::{FormData, HtmlFormElement};

use domain::exams::Confidence;
use domain::ids::{AttemptId, IdempotencyKey, WriterId};

use crate::exams::api::{Answered, Change, SittingQuestion};
use crate::practice::api::{Given, Task};
use crate::practice::quiz::ask::given;

pub const MARKED: &str = "answer[marked]";
pub const CONFIDENCE: &str = "answer[confidence]";
pub const STRUCK: &str = "answer[struck][]";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub given: Given,
    pub marked: bool,
    pub confidence: Option<Confidence>,
    pub struck: Vec<u8>,
}

impl Written {
    /// Read from the form itself: the browser may have restored what was in it before the page woke up.
    pub fn read(form: &HtmlFormElement) -> Self {
        let Ok(data) = FormData::new_with_form(form) else { return Self::default() };
        Self {
            given: given(form),
            marked: data.has(MARKED),
            confidence: data.get(CONFIDENCE).as_string().and_then(|word| word.parse().ok()),
            struck: data.get_all(STRUCK).iter().filter_map(|value| value.as_string()?.parse().ok()).collect(),
        }
    }

    pub fn in_question(question: &SittingQuestion) -> Self {
        Self {
            given: question.given.clone(),
            marked: question.marked,
            confidence: question.confidence,
            struck: question.struck.clone(),
        }
    }

    pub fn of(change: &Change) -> Self {
        Self {
            given: Given { choices: change.choices.clone(), text: change.text.clone() },
            marked: change.marked,
            confidence: change.confidence,
            struck: change.struck.clone(),
        }
    }

    pub fn write(&self, question: &mut SittingQuestion) {
        question.given = self.given.clone();
        question.marked = self.marked;
        question.confidence = self.confidence;
        question.struck.clone_from(&self.struck);
        // What was done in a simulation is no matter of fields.
        if question.simulation.is_none() {
            question.progress = progress(&question.prompt.task, &self.given);
        }
    }

    pub fn into_change(
        self,
        attempt: AttemptId,
        position: u16,
        (key, sequence, writer): (IdempotencyKey, u32, WriterId),
    ) -> Change {
        Change {
            attempt,
            position,
            choices: self.given.choices,
            text: self.given.text,
            marked: self.marked,
            confidence: self.confidence,
            struck: self.struck,
            key,
            sequence,
            writer,
        }
    }
}

/// As far as the page can tell until the server has said so.
fn progress(task: &Task, given: &Given) -> Answered {
    let chosen = given.choices.iter().filter(|choice| **choice > 0).count();
    let wanted = match task {
        Task::Choice { choose, .. } => usize::from(*choose),
        Task::Ordering { steps } => steps.len(),
        Task::Matching { terms, .. } => terms.len(),
        Task::Simulation => return Answered::No,
        Task::Typed(_) => return if given.text.trim().is_empty() { Answered::No } else { Answered::Whole },
    };
    match chosen {
        0 => Answered::No,
        some if some == wanted => Answered::Whole,
        _ => Answered::Partly,
    }
}
