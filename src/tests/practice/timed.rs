//! Drills with a time limit: the database's clock decides, and a quiz that is over is ended whoever looks.

use app::accounts::api::Accounts as _;
use app::error::{AppError, Conflict};
use app::practice::api::{Practice as _, PracticeRequest};
use domain::accounts::TimeAllowance;
use domain::exams::GRACE_SECONDS;
use domain::ids::AttemptId;
use domain::practice::Timing;
use firstline::exams::finish_expired;
use http::StatusCode;
use sqlx::PgPool;

use super::{FINISHED, OPEN, ada, site};
use crate::support::browser::Browser;
use crate::support::learner::{Learner, answer, request};
use crate::support::site::fields;

const TIME_IS_UP: AppError = AppError::Conflict(Conflict::ExamTimeIsUp);
const STILL_OPEN: &str = "select count(*) from attempts where finished_at is null";

fn timed(count: u16, timing: Timing, minutes: u16) -> PracticeRequest {
    PracticeRequest { timing, minutes, ..request(count) }
}

fn grace() -> i32 {
    i32::from(GRACE_SECONDS) * 1000
}

async fn limit(learner: &Learner, attempt: AttemptId) -> Option<i32> {
    let sql = "select case when deadline_at = started_at + make_interval(secs => time_limit) then time_limit end
               from attempts where attempt_id = $1";
    sqlx::query_scalar(sql).bind(attempt.0).fetch_one(&learner.site.server.db).await.unwrap()
}

#[sqlx::test]
async fn a_limit_is_none_the_exams_pace_or_minutes_with_the_allowance(db: PgPool) {
    let ada = ada(db).await;
    // The exam has a minute for each question; the bank 24 questions.
    for (allowance, expected) in
        [(TimeAllowance::Standard, [600, 1440, 60, 10_800]), (TimeAllowance::HalfMore, [900, 2160, 90, 16_200])]
    {
        ada.caller.set_time_allowance(allowance).await.unwrap();
        let requests = [
            timed(10, Timing::Pace, 30),
            timed(90, Timing::Pace, 30),
            timed(5, Timing::Minutes, 1),
            timed(5, Timing::Minutes, 180),
        ];
        for (request, seconds) in requests.into_iter().zip(expected) {
            let attempt = ada.caller.begin(request).await.unwrap();
            assert_eq!(limit(&ada, attempt).await, Some(seconds));
        }
    }
    let without = ada.begin(5).await;
    assert_eq!(limit(&ada, without).await, None);
    assert_eq!(ada.ask(without, 1).await.time_left, None);
    for minutes in [0, 181, u16::MAX] {
        let refused = ada.caller.begin(timed(5, Timing::Minutes, minutes)).await;
        assert_eq!(fields(&refused)["request[minutes]"], "Choose between 1 and 180 minutes.");
    }
}

#[sqlx::test]
async fn answers_count_to_the_end_of_the_grace_period_and_no_millisecond_longer(db: PgPool) {
    let ada = ada(db).await;
    ada.site.stop_clock().await;
    let attempt = ada.caller.begin(timed(5, Timing::Minutes, 5)).await.unwrap();
    assert_eq!(ada.ask(attempt, 1).await.time_left.map(|left| left.seconds), Some(300));
    let questions = [ada.ask(attempt, 1).await, ada.ask(attempt, 2).await, ada.ask(attempt, 3).await];
    for (question, milliseconds) in questions.iter().zip([-1, grace()]) {
        ada.site.at_deadline(attempt, milliseconds).await;
        assert!(ada.answer(question, ada.right(question)).await.is_ok(), "{milliseconds}");
    }
    assert_eq!(ada.ask(attempt, 3).await.time_left.map(|left| left.seconds), Some(0));
    ada.site.at_deadline(attempt, grace() + 1).await;
    let late = answer(&questions[2], ada.right(&questions[2]));
    assert_eq!(ada.caller.answer(late.clone()).await, Err(TIME_IS_UP));
    assert_eq!(ada.site.count(STILL_OPEN).await, 0, "whoever is late finishes it");
    assert_eq!(ada.caller.answer(late).await, Err(FINISHED));
    assert!(ada.answer(&questions[0], vec![1]).await.unwrap().verdict.is_some(), "what was stored is told again");
    let result = ada.caller.result(attempt).await.unwrap();
    assert_eq!((result.total.correct, result.total.of, result.missed), (2, 2, 3));
    assert_eq!(ada.site.count("select sum(answered)::bigint from mastery").await, 2);
    assert_eq!(ada.site.count("select count(*) from responses").await, 2);
}

#[sqlx::test]
async fn whoever_looks_at_a_drill_that_is_over_finishes_it(db: PgPool) {
    let ada = ada(db).await;
    ada.site.stop_clock().await;
    for position in [None, Some(2)] {
        let attempt = ada.caller.begin(timed(3, Timing::Pace, 30)).await.unwrap();
        ada.site.at_deadline(attempt, grace()).await;
        assert!(ada.caller.question(attempt, position).await.unwrap().verdict.is_none());
        assert_eq!(ada.caller.result(attempt).await, Err(OPEN));
        ada.site.at_deadline(attempt, grace() + 1).await;
        match (position, ada.caller.question(attempt, position).await) {
            (None, asked) => assert_eq!(asked, Err(FINISHED)),
            (_, asked) => assert_eq!(asked.unwrap().verdict.unwrap().score, None, "told, as not answered"),
        }
        assert_eq!(ada.caller.result(attempt).await.unwrap().total.of, 0);
    }
}

/// Nobody is waiting for it: the tab was closed.
#[sqlx::test]
async fn what_is_over_is_finished_without_any_client_and_nothing_else(db: PgPool) {
    let site = site(db).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    site.stop_clock().await;
    let over = ada.caller.begin(timed(5, Timing::Minutes, 5)).await.unwrap();
    ada.answer_next(over, 2, |_| true).await;
    let longer = bob.caller.begin(timed(5, Timing::Minutes, 6)).await.unwrap();
    let without = bob.begin(5).await;
    site.at_deadline(over, grace()).await;
    finish_expired(&site.server).await.unwrap();
    assert_eq!(site.count(STILL_OPEN).await, 3);
    site.at_deadline(over, grace() + 1).await;
    for _ in 0..2 {
        finish_expired(&site.server).await.unwrap();
    }
    assert_eq!(site.count(STILL_OPEN).await, 2);
    let result = ada.caller.result(over).await.unwrap();
    assert_eq!((result.total.correct, result.total.of, result.missed), (2, 2, 3));
    assert_eq!(site.count("select sum(answered)::bigint from mastery").await, 2);
    for open in [longer, without] {
        bob.answer_next(open, 1, |_| true).await;
    }
}

#[sqlx::test]
async fn the_page_says_how_long_it_goes_on_and_leads_to_the_result(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    site.stop_clock().await;
    site.execute("update stopped_clock set at = '2026-11-25T13:55:20Z'").await;
    let send = [
        ("from", "/practice"),
        ("request[exam]", "alpha"),
        ("request[count]", "3"),
        ("request[timing]", "Minutes"),
        ("request[minutes]", "10"),
    ];
    let path = ada.post("/api/practice/begin", &send).await.location().unwrap().to_owned();
    site.pass(30).await;
    let page = ada.get(&path).await;
    assert!(page.has("Exam alpha. Ends at 14:05 UTC, 9 minutes left"), "{}", page.body);
    site.pass(600).await;
    let mut form = page.form("/api/practice/answer");
    form.push(("answer[choices][]".to_owned(), "1".to_owned()));
    let late = ada.post("/api/practice/answer", &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.has("The time is up.") && late.has("You did not answer this one."), "{}", late.body);
    let result = format!("{path}/result");
    assert_eq!(ada.get(&path).await.location(), Some(result.as_str()));
    assert_eq!(ada.get(&result).await.status, StatusCode::OK);
}
