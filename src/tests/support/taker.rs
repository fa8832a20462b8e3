//! Someone who takes an exam, by the calls that its page makes.

use app::error::AppError;
use app::exams::api::{Change, ExamRequest, Exams as _, Saved, SittingQuestion, SittingView};
use domain::exams::{Length, Mode};
use domain::ids::{AttemptId, WriterId};
use firstline::caller::Caller;
use uuid::Uuid;

use super::bank::{exam, right, wrong};
use super::learner::{Learner, new_key};
use super::site::Site;

pub struct Taker {
    pub site: Site,
    pub caller: Caller,
    pub attempt: AttemptId,
    pub writer: WriterId,
}

impl Taker {
    /// Someone who has just signed up, at the first question.
    pub async fn at(site: &Site, name: &str, request: ExamRequest) -> Self {
        Self::of(&Learner::at(site, name).await, request).await
    }

    pub async fn of(learner: &Learner, request: ExamRequest) -> Self {
        let (site, caller) = (learner.site.clone(), learner.caller.clone());
        let attempt = caller.begin_exam(request).await.unwrap();
        let writer = WriterId(Uuid::new_v4());
        caller.sit_here(attempt, writer).await.unwrap();
        Self { site, caller, attempt, writer }
    }

    pub async fn sitting(&self) -> SittingView {
        self.caller.sitting(self.attempt).await.unwrap()
    }

    pub async fn question(&self, position: u16) -> SittingQuestion {
        self.sitting().await.questions.remove(usize::from(position) - 1)
    }

    pub fn change(&self, position: u16, choices: Vec<u8>, sequence: u32) -> Change {
        Change { position, choices, sequence, ..change(self.attempt, self.writer) }
    }

    pub async fn save(&self, change: Change) -> Result<Saved, AppError> {
        self.caller.save(change).await
    }

    /// A change with all its answers right or wrong.
    pub fn answer(&self, question: &SittingQuestion, knows: bool, sequence: u32) -> Change {
        let catalog = &self.site.server.catalog;
        let choices = if knows { right(catalog, &question.prompt) } else { wrong(catalog, &question.prompt) };
        self.change(question.position, choices, sequence)
    }

    /// Answers so many questions from the first on.
    pub async fn answer_first(&self, count: usize, knows: impl Fn(u16) -> bool) {
        let sitting = self.sitting().await;
        for (question, sequence) in sitting.questions.iter().take(count).zip(sitting.sequence..) {
            self.save(self.answer(question, knows(question.position), sequence)).await.unwrap();
        }
    }

    pub async fn finish(&self) {
        self.caller.finish_exam(self.attempt).await.unwrap();
    }
}

/// The first change of a page: the first option of the first question.
pub fn change(attempt: AttemptId, writer: WriterId) -> Change {
    Change {
        attempt,
        position: 1,
        choices: vec![1],
        text: String::new(),
        marked: false,
        confidence: None,
        struck: vec![],
        key: new_key(),
        sequence: 1,
        writer,
    }
}

/// The exam of `Bank::large`.
pub fn exam_request(length: Length, mode: Mode) -> ExamRequest {
    ExamRequest { exam: exam(), length, mode, simulations: false }
}

/// As a form or a script of the page sends it; `name` is that of the argument.
pub fn change_fields(name: &str, change: &Change) -> Vec<(String, String)> {
    let field = |part: &str, value: String| (format!("{name}{part}"), value);
    let mut fields = vec![
        field("[attempt]", change.attempt.to_string()),
        field("[position]", change.position.to_string()),
        field("[text]", change.text.clone()),
        field("[marked]", change.marked.to_string()),
        field("[key]", change.key.to_string()),
        field("[sequence]", change.sequence.to_string()),
        field("[writer]", change.writer.to_string()),
    ];
    fields.extend(change.choices.iter().map(|choice| field("[choices][]", choice.to_string())));
    fields.extend(change.struck.iter().map(|place| field("[struck][]", place.to_string())));
    fields.extend(change.confidence.map(|word| field("[confidence]", word.as_str().to_owned())));
    fields
}
