//! What belongs to somebody else is as if it were not there, and nothing is there for whoever is not signed in.

use app::error::AppError;
use app::practice::api::{Answer, Practice as _};
use app::progress::api::Progress as _;
use domain::ids::{AttemptId, PresetId};
use firstline::caller::Caller;
use sqlx::PgPool;
use uuid::Uuid;

use super::site;
use crate::support::learner::{Learner, new_key, request};

/// Every call that names an attempt.
async fn calls(caller: &Caller, attempt: AttemptId) -> Vec<(&'static str, Result<(), AppError>)> {
    let answer = Answer { attempt, position: 1, choices: vec![1], text: String::new(), key: new_key(), sequence: 1 };
    vec![
        ("question", caller.question(attempt, None).await.map(drop)),
        ("question at", caller.question(attempt, Some(1)).await.map(drop)),
        ("answer", caller.answer(answer).await.map(drop)),
        ("mark", caller.mark(attempt, 1, true).await.map(drop)),
        ("finish", caller.finish(attempt).await),
        ("result", caller.result(attempt).await.map(drop)),
        ("begin missed", caller.begin_missed(attempt).await.map(drop)),
    ]
}

#[sqlx::test]
async fn the_attempts_of_somebody_else_are_not_there(db: PgPool) {
    let site = site(db).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    let (open, finished) = (ada.begin(3).await, ada.practise(request(3), |_| false).await);
    ada.answer_next(open, 1, |_| true).await;
    let rows =
        "select concat(a, i) from attempts a join attempt_items i using (org_id, attempt_id) order by attempt_id, position";
    let before = site.texts(rows).await;
    for attempt in [open, finished, AttemptId(Uuid::now_v7()), AttemptId(Uuid::nil())] {
        for (call, answer) in calls(&bob.caller, attempt).await {
            assert_eq!(answer, Err(AppError::NotFound), "{call}");
        }
    }
    assert_eq!(site.texts(rows).await, before);
    assert_eq!(bob.caller.history(1).await.unwrap().attempts, []);
    assert_eq!(bob.caller.builder(None).await.unwrap().open, None);
}

/// The organisation is no key to its members' attempts.
#[sqlx::test]
async fn the_attempts_of_a_member_of_the_same_organisation_are_not_there_either(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    let attempt = ada.practise(request(3), |_| false).await;
    let bob = site.colleague("bob", "ada").await;
    let bob = Learner::of(&bob).await;
    assert_eq!(bob.caller.scope().unwrap().org(), ada.caller.scope().unwrap().org());
    for (call, answer) in calls(&bob.caller, attempt).await {
        assert_eq!(answer, Err(AppError::NotFound), "{call}");
    }
    assert_eq!(bob.caller.standing().await.unwrap().exams, []);
}

#[sqlx::test]
async fn whoever_is_not_signed_in_is_asked_to_do_so_by_every_call(db: PgPool) {
    let site = site(db).await;
    let attempt = Learner::at(&site, "ada").await.begin(3).await;
    let nobody = site.visitor().caller().await;
    let mut answers = calls(&nobody, attempt).await;
    answers.extend(calls(&nobody, AttemptId(Uuid::now_v7())).await);
    answers.push(("builder", nobody.builder(None).await.map(drop)));
    answers.push(("begin", nobody.begin(request(0)).await.map(drop)));
    let preset = PresetId(Uuid::now_v7());
    answers.push(("save preset", nobody.save_preset(String::new(), request(0)).await));
    answers.push(("begin preset", nobody.begin_preset(preset).await.map(drop)));
    answers.push(("delete preset", nobody.delete_preset(preset).await));
    answers.push(("begin day", nobody.begin_day("alpha".into()).await.map(drop)));
    answers.push(("history", nobody.history(1).await.map(drop)));
    answers.push(("standing", nobody.standing().await.map(drop)));
    for (call, answer) in answers {
        assert_eq!(answer, Err(AppError::SignInNeeded), "{call}");
    }
}
