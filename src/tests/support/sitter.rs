//! A learner who takes an exam, by the calls that pages and server functions make.

use app::error::AppError;
use app::exams::api::{Change, ExamRequest, Exams as _, Saved, SittingView};
use app::practice::api::{Prompt, Task};
use domain::exams::{Length, Mode};
use domain::ids::{AttemptId, WriterId};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use super::bank::Bank;
use super::learner::{Learner, new_key};
use super::site::Site;

/// A short form of this exam.
pub fn short(exam: &str, mode: Mode) -> ExamRequest {
    ExamRequest { exam: exam.into(), length: Length::Short, mode }
}

/// One page of someone's exam. What it asks comes from `Bank::with_timed`.
pub struct Sitter {
    pub learner: Learner,
    pub attempt: AttemptId,
    pub writer: WriterId,
    pub sequence: u32,
}

impl Sitter {
    /// Someone who has just begun a short form on a site of their own, and sits at it.
    pub async fn at_new_site(db: PgPool, mode: Mode) -> Self {
        let site = Site::new(db).with_bank(&Bank::default().with_timed()).await;
        Self::of(Learner::at(&site, "ada").await, mode).await
    }

    pub async fn of(learner: Learner, mode: Mode) -> Self {
        Self::begin(&learner, short("timed", mode)).await
    }

    pub async fn begin(learner: &Learner, request: ExamRequest) -> Self {
        let learner = Learner { site: learner.site.clone(), caller: learner.caller.clone() };
        let attempt = learner.caller.begin_exam(request).await.unwrap();
        let sitter = Self { learner, attempt, writer: WriterId(Uuid::new_v4()), sequence: 1 };
        sitter.sit().await.unwrap();
        sitter
    }

    pub async fn sit(&self) -> Result<SittingView, AppError> {
        self.learner.caller.sit_here(self.attempt, self.writer).await
    }

    /// The next change of this page.
    pub fn change(&mut self, position: u16, choices: &[u8]) -> Change {
        self.sequence += 1;
        Change {
            attempt: self.attempt,
            position,
            choices: choices.into(),
            text: String::new(),
            marked: false,
            confidence: None,
            struck: vec![],
            key: new_key(),
            sequence: self.sequence,
            writer: self.writer,
        }
    }

    pub async fn save(&mut self, position: u16, choices: &[u8]) -> Result<Saved, AppError> {
        let change = self.change(position, choices);
        self.learner.caller.save(change).await
    }

    /// Answers all twenty questions, right where `knows` says so of the position.
    pub async fn answer_all(&mut self, knows: impl Fn(u16) -> bool) {
        for question in self.sit().await.unwrap().questions {
            let choices = self.choices(&question.prompt, knows(question.position));
            self.save(question.position, &choices).await.unwrap();
        }
    }

    /// The places of the keys, or as many places of other options.
    pub fn choices(&self, prompt: &Prompt, right: bool) -> Vec<u8> {
        let item = self.learner.site.server.catalog.item(&super::bank::asked_in(&prompt.stem.plain_text())).unwrap();
        let Task::Choice { options, choose } = &prompt.task else { panic!("no choice: {prompt:?}") };
        let is_key = |text: &_| item.options().iter().any(|option| option.key && option.text == *text);
        let places = (1..).zip(options).filter(|(_, text)| is_key(text) == right).map(|(place, _)| place);
        places.take((*choose).into()).collect()
    }

    /// From now on every statement is at this time: an SQL expression, which may name this attempt's `deadline`.
    pub async fn stop_time_at(&self, expression: &str) {
        let db = &self.learner.site.server.db;
        let deadline: String = sqlx::query_scalar("select deadline_at::text from attempts where attempt_id = $1")
            .bind(self.attempt.0)
            .fetch_one(db)
            .await
            .unwrap();
        let time = expression.replace("deadline", &format!("'{deadline}'::timestamptz"));
        let function = format!(
            "create or replace function firstline_now() returns timestamptz language sql stable parallel safe return {time}"
        );
        sqlx::query(AssertSqlSafe(function)).execute(db).await.unwrap();
    }
}
