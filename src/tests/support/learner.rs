//! A learner who practises, by the calls that pages and server functions make.

use app::error::AppError;
use app::practice::api::{Answer, Practice as _, PracticeRequest, QuestionView, USUAL_MINUTES};
use domain::ids::{AttemptId, IdempotencyKey, ItemId};
use domain::practice::{Pool, Timing, USUAL_LAST};
use firstline::caller::Caller;
use uuid::Uuid;

use super::bank::{asked, exam, right, wrong};
use super::site::{Site, Visitor};

pub struct Learner {
    pub site: Site,
    pub caller: Caller,
}

impl Learner {
    /// Someone who has just signed up.
    pub async fn at(site: &Site, name: &str) -> Self {
        Self::of(&site.member(name).await).await
    }

    pub async fn of(visitor: &Visitor) -> Self {
        Self { site: visitor.site.clone(), caller: visitor.caller().await }
    }

    /// A quiz over the whole exam.
    pub async fn begin(&self, count: u16) -> AttemptId {
        self.caller.begin(request(count)).await.unwrap()
    }

    pub async fn ask(&self, attempt: AttemptId, position: u16) -> QuestionView {
        self.caller.question(attempt, Some(position)).await.unwrap()
    }

    /// The question of a new quiz over this item of `Bank::with_parts`.
    pub async fn ask_part(&self, item: &str) -> QuestionView {
        let attempt = self.caller.begin(PracticeRequest { exam: "parts".into(), ..request(5) }).await.unwrap();
        for position in 1..=5 {
            let question = self.ask(attempt, position).await;
            if asked(&question).as_str() == item {
                return question;
            }
        }
        panic!("{item} was not asked");
    }

    pub async fn answer(&self, question: &QuestionView, choices: Vec<u8>) -> Result<QuestionView, AppError> {
        self.caller.answer(answer(question, choices)).await
    }

    pub fn right(&self, question: &QuestionView) -> Vec<u8> {
        right(&self.site.server.catalog, &question.prompt)
    }

    pub fn wrong(&self, question: &QuestionView) -> Vec<u8> {
        wrong(&self.site.server.catalog, &question.prompt)
    }

    /// Answers the first `count` open questions, right where the item is one to know.
    pub async fn answer_next(&self, attempt: AttemptId, count: usize, knows: impl Fn(&ItemId) -> bool) {
        for _ in 0..count {
            let question = self.caller.question(attempt, None).await.unwrap();
            let choices = if knows(&asked(&question)) { self.right(&question) } else { self.wrong(&question) };
            let answered = self.answer(&question, choices).await.unwrap();
            assert_eq!(answered.verdict.unwrap().score.unwrap().is_right(), knows(&asked(&question)));
        }
    }

    /// A quiz from beginning to end.
    pub async fn practise(&self, request: PracticeRequest, knows: impl Fn(&ItemId) -> bool) -> AttemptId {
        let attempt = self.caller.begin(request).await.unwrap();
        let questions = self.ask(attempt, 1).await.questions;
        self.answer_next(attempt, questions.into(), knows).await;
        attempt
    }
}

/// A quiz over the whole exam of `Bank::small`.
pub fn request(count: u16) -> PracticeRequest {
    PracticeRequest {
        exam: exam(),
        domains: vec![],
        objectives: vec![],
        count,
        pool: Pool::All,
        last: USUAL_LAST,
        kinds: vec![],
        timing: Timing::None,
        minutes: USUAL_MINUTES,
    }
}

pub fn answer(question: &QuestionView, choices: Vec<u8>) -> Answer {
    let QuestionView { attempt, position, key, sequence, .. } = *question;
    Answer { attempt, position, choices, text: String::new(), key, sequence }
}

/// As a form or a script of the page sends it.
pub fn answer_fields(answer: &Answer) -> Vec<(String, String)> {
    let mut fields = vec![
        ("answer[attempt]".to_owned(), answer.attempt.to_string()),
        ("answer[position]".to_owned(), answer.position.to_string()),
        ("answer[key]".to_owned(), answer.key.to_string()),
        ("answer[sequence]".to_owned(), answer.sequence.to_string()),
    ];
    fields.push(("answer[text]".to_owned(), answer.text.clone()));
    fields.extend(answer.choices.iter().map(|choice| ("answer[choices][]".to_owned(), choice.to_string())));
    fields
}

pub fn new_key() -> IdempotencyKey {
    IdempotencyKey(Uuid::new_v4())
}
