//! What belongs to somebody else is as if it were not there, and nothing is there for whoever is not signed in.

use app::error::AppError;
use app::exams::api::{ExamRequest, Exams as _};
use domain::exams::{Length, Mode};
use domain::ids::{AttemptId, WriterId};
use firstline::caller::Caller;
use sqlx::PgPool;
use uuid::Uuid;

use super::site;
use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::Site;
use crate::support::taker::{Taker, change, exam_request};

/// Every call that names an attempt.
pub async fn calls(caller: &Caller, attempt: AttemptId) -> Vec<(&'static str, Result<(), AppError>)> {
    let writer = WriterId(Uuid::new_v4());
    vec![
        ("sitting", caller.sitting(attempt).await.map(drop)),
        ("sit here", caller.sit_here(attempt, writer).await.map(drop)),
        ("save", caller.save(change(attempt, writer)).await.map(drop)),
        ("pause", caller.pause(attempt).await.map(drop)),
        ("resume", caller.resume(attempt).await.map(drop)),
        ("finish", caller.finish_exam(attempt).await),
        ("result", caller.exam_result(attempt).await.map(drop)),
        ("question", caller.exam_question(attempt, 1).await.map(drop)),
    ]
}

/// Ada's exams: one that runs, one that stands still, one that is finished.
async fn ada_has_three(learner: &Learner) -> [AttemptId; 3] {
    let finished = Taker::of(learner, exam_request(Length::Short, Mode::Exam)).await;
    finished.answer_first(20, |_| true).await;
    finished.finish().await;
    let running = Taker::of(learner, exam_request(Length::Short, Mode::Practice)).await;
    running.answer_first(2, |_| true).await;
    let beta = ExamRequest { exam: "beta".into(), ..exam_request(Length::Short, Mode::Practice) };
    let paused = Taker::of(learner, beta).await;
    paused.caller.pause(paused.attempt).await.unwrap();
    [running.attempt, paused.attempt, finished.attempt]
}

async fn assert_not_there(stranger: &Learner, attempts: [AttemptId; 3]) {
    let rows =
        "select concat(a, i) from attempts a join attempt_items i using (org_id, attempt_id) order by attempt_id, position";
    let before = stranger.site.texts(rows).await;
    for attempt in attempts.into_iter().chain([AttemptId(Uuid::now_v7()), AttemptId(Uuid::nil())]) {
        for (call, answer) in calls(&stranger.caller, attempt).await {
            assert_eq!(answer, Err(AppError::NotFound), "{call}");
        }
    }
    assert_eq!(stranger.site.texts(rows).await, before, "a stranger has changed something");
    let lobby = stranger.caller.lobby(None).await.unwrap();
    assert_eq!((lobby.open, lobby.earlier), (vec![], vec![]));
}

async fn two_exams(db: PgPool) -> Site {
    let bank = Bank::large().exam("beta", &[(100, &[20])]);
    Site::new(db).with_bank(&bank).await
}

#[sqlx::test]
async fn the_exams_of_another_organisation_are_not_there(db: PgPool) {
    let site = two_exams(db).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    assert_ne!(ada.caller.scope().unwrap().org(), bob.caller.scope().unwrap().org());
    let attempts = ada_has_three(&ada).await;
    assert_not_there(&bob, attempts).await;
}

/// The organisation is no key to its members' exams.
#[sqlx::test]
async fn the_exams_of_a_member_of_the_same_organisation_are_not_there_either(db: PgPool) {
    let site = two_exams(db).await;
    let ada = Learner::at(&site, "ada").await;
    let attempts = ada_has_three(&ada).await;
    let bob = site.colleague("bob", "ada").await;
    let bob = Learner::of(&bob).await;
    assert_eq!(bob.caller.scope().unwrap().org(), ada.caller.scope().unwrap().org());
    assert_not_there(&bob, attempts).await;
}

#[sqlx::test]
async fn whoever_is_not_signed_in_is_asked_to_do_so_by_every_call(db: PgPool) {
    let site = site(db).await;
    let ada = Taker::at(&site, "ada", exam_request(Length::Short, Mode::Exam)).await;
    let nobody = site.visitor().caller().await;
    let mut answers = calls(&nobody, ada.attempt).await;
    answers.extend(calls(&nobody, AttemptId(Uuid::now_v7())).await);
    answers.push(("lobby", nobody.lobby(None).await.map(drop)));
    answers.push(("begin", nobody.begin_exam(exam_request(Length::Short, Mode::Exam)).await.map(drop)));
    for (call, answer) in answers {
        assert_eq!(answer, Err(AppError::SignInNeeded), "{call}");
    }
}
