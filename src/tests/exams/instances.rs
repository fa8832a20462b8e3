//! Exhibits and cases in exams: a question is the same one when it is asked, graded and told.

use std::collections::BTreeSet;

use app::exams::api::{ExamRequest, Exams as _};
use app::practice::api::{CasePart, Prompt, Task};
use domain::exams::{Length, Mode};
use sqlx::PgPool;

use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::Site;
use crate::support::taker::{Taker, exam_request};

/// The whole exam is three questions long, so that each form has all of them.
async fn ada(db: PgPool) -> Learner {
    let mut bank = Bank::small().with_clinic().with_exhibits();
    let exam = bank.files.get_mut("shown/exam.toml").unwrap();
    *exam = exam.replace("max_questions = 90", "max_questions = 3");
    Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await
}

#[sqlx::test]
async fn a_question_is_asked_graded_and_told_as_one(db: PgPool) {
    let learner = ada(db).await;
    let mut shown = BTreeSet::new();
    for _ in 0..4 {
        let request = ExamRequest { exam: "shown".into(), ..exam_request(Length::Short, Mode::Exam) };
        let ada = Taker::of(&learner, request).await;
        let asked = ada.sitting().await.questions;
        assert_eq!(asked, ada.sitting().await.questions, "looked at again, the same");
        let parts: Vec<_> = asked.iter().filter_map(|question| question.prompt.part).collect();
        assert_eq!(parts, [1, 2].map(|part| CasePart { part, of: 2 }), "the case stands together and is numbered");
        for question in &asked {
            assert!(question.exhibit.is_some());
            let change = ada.change(question.position, vec![right(&question.prompt)], question.position.into());
            ada.save(change).await.unwrap();
        }
        ada.finish().await;
        let result = ada.caller.exam_result(ada.attempt).await.unwrap();
        assert_eq!((result.total.correct, result.estimate.scaled), (3, 900));
        for question in asked {
            let told = ada.caller.exam_question(ada.attempt, question.position).await.unwrap();
            assert_eq!((&told.prompt, &told.exhibit), (&question.prompt, &question.exhibit));
            assert!(told.verdict.unwrap().score.unwrap().is_right());
            if question.prompt.part.is_none() {
                shown.insert(format!("{:?}", question.exhibit));
            }
        }
    }
    assert!(shown.len() >= 3, "each attempt sees values of its own: {shown:?}");
}

/// The option that no other item of the exam has: the one with the value of the exhibit. The others are numbered from 201.
fn right(prompt: &Prompt) -> u8 {
    let Task::Choice { options, .. } = &prompt.task else { panic!("no choice: {prompt:?}") };
    let is_right = |text: String| (1..4).all(|wrong| !text.contains(&format!("Part p20{wrong}-")));
    (1..).zip(options).find(|(_, text)| is_right(text.plain_text())).unwrap().0
}
