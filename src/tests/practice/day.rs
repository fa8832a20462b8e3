//! The question of the day: one a day, the same for everyone, a quiz like any other.

use std::collections::BTreeSet;

use app::error::AppError;
use app::practice::api::Practice as _;
use app::progress::api::{DayState, Progress as _};
use domain::ids::ItemId;
use domain::scoring::Score;
use sqlx::PgPool;

use super::{NOTHING, site};
use crate::support::bank::{Bank, asked, exam};
use crate::support::browser::Browser;
use crate::support::learner::{Learner, request};
use crate::support::site::Site;

const DAY: u64 = 24 * 60 * 60;

/// Seconds from now to the noon after the next midnight, so that no test runs across a midnight.
async fn to_noon(site: &Site) -> u64 {
    let seconds = "select extract(epoch from date_trunc('day', now(), 'UTC') + interval '36 hours' - now())::bigint";
    site.count(seconds).await.unsigned_abs()
}

/// The same learner some time later.
fn at(learner: &Learner, seconds: u64) -> Learner {
    let site = learner.site.later(seconds);
    let mut caller = learner.caller.clone();
    caller.server = site.server.clone();
    Learner { site, caller }
}

async fn state(learner: &Learner) -> DayState {
    learner.caller.standing().await.unwrap().day.unwrap().state
}

/// Begins it; the item that it asks.
async fn item(learner: &Learner) -> ItemId {
    let attempt = learner.caller.begin_day(exam()).await.unwrap();
    let question = learner.ask(attempt, 1).await;
    assert_eq!(question.questions, 1);
    asked(&question)
}

#[sqlx::test]
async fn everyone_gets_the_same_item_until_midnight_and_then_another(db: PgPool) {
    let site = site(db).await;
    let noon = to_noon(&site).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    let today = item(&at(&ada, noon)).await;
    assert_eq!(item(&at(&bob, noon)).await, today);
    // A minute on either side of midnight: seconds are rounded, and time goes on while the test runs.
    assert_eq!(item(&at(&ada, noon + DAY / 2 - 60)).await, today);
    let tomorrow = item(&at(&ada, noon + DAY / 2 + 60)).await;
    assert_ne!(tomorrow, today);
    assert_eq!(item(&at(&bob, noon + DAY)).await, tomorrow);
}

#[sqlx::test]
async fn no_item_comes_again_before_the_bank_is_through(db: PgPool) {
    let site = site(db).await;
    let noon = to_noon(&site).await;
    let ada = Learner::at(&site, "ada").await;
    let mut items = Vec::new();
    for day in 0..25 {
        items.push(item(&at(&ada, noon + day * DAY)).await);
    }
    assert_eq!(items[..24].iter().collect::<BTreeSet<_>>().len(), 24);
    assert_eq!(items[24], items[0]);
}

#[sqlx::test]
async fn it_is_begun_once_and_shown_with_its_result_for_the_day(db: PgPool) {
    let site = site(db).await;
    let noon = to_noon(&site).await;
    let ada = Learner::at(&site, "ada").await;
    assert_eq!(ada.caller.standing().await.unwrap().day, None, "no exam is chosen yet");
    let ada = at(&ada, noon);
    ada.practise(request(1), |_| true).await;
    assert_eq!(state(&ada).await, DayState::New, "a quiz of one question is not yet the one of the day");

    let calls = (0..8).map(|_| ada.caller.begin_day(exam()));
    let begun = futures::future::join_all(calls).await;
    let attempt = begun[0].clone().unwrap();
    assert!(begun.iter().all(|other| *other == Ok(attempt)), "{begun:?}");
    assert_eq!(state(&ada).await, DayState::Begun { attempt });
    let question = ada.ask(attempt, 1).await;
    ada.answer(&question, ada.wrong(&question)).await.unwrap();
    let done = DayState::Done { attempt, score: Some(Score { points: 0, of: 1 }) };
    assert_eq!(state(&ada).await, done);
    assert_eq!(ada.caller.begin_day(exam()).await, Ok(attempt), "a second try is no other attempt");
    assert_eq!(state(&at(&ada, noon + DAY)).await, DayState::New);
}

#[sqlx::test]
async fn ended_without_an_answer_it_is_done_without_a_score(db: PgPool) {
    let site = site(db).await;
    let ada = at(&Learner::at(&site, "ada").await, to_noon(&site).await);
    let attempt = ada.caller.begin_day(exam()).await.unwrap();
    ada.caller.finish(attempt).await.unwrap();
    assert_eq!(state(&ada).await, DayState::Done { attempt, score: None });
}

#[sqlx::test]
async fn it_belongs_to_the_exam_of_the_latest_attempt(db: PgPool) {
    let site = Site::new(db).with_bank(&Bank::small().exam("beta", &[(100, &[6])]).exam("empty", &[(100, &[0])])).await;
    let ada = at(&Learner::at(&site, "ada").await, to_noon(&site).await);
    let of = async |ada: &Learner| ada.caller.standing().await.unwrap().day.unwrap();
    ada.begin(3).await;
    assert_eq!((of(&ada).await.exam, of(&ada).await.exam_name), (exam(), "Exam alpha".to_owned()));
    let attempt = ada.caller.begin_day("beta".into()).await.unwrap();
    assert_eq!((of(&ada).await.exam.as_str(), of(&ada).await.state), ("beta", DayState::Begun { attempt }));
    assert_eq!(ada.caller.begin_day("empty".into()).await, Err(NOTHING));
    assert_eq!(ada.caller.begin_day("none".into()).await, Err(AppError::NotFound));
}

#[sqlx::test]
async fn the_home_page_leads_to_it_by_a_plain_form_and_back_to_its_verdict(db: PgPool) {
    let site = site(db).await;
    let visitor = site.member("ada").await;
    let learner = Learner::of(&visitor).await;
    let mut ada = Browser::new(&site);
    ada.cookie = Some(format!("sid={}", visitor.cookie.unwrap()));
    assert!(!ada.get("/").await.has("Question of the day"));
    learner.practise(request(2), |_| true).await;
    let home = ada.get("/").await;
    assert!(home.has("Question of the day") && home.has("Answer today's question"), "{}", home.body);
    let begun = ada.post("/api/practice/begin-day", &home.form("/api/practice/begin-day")).await;
    let path = begun.location().unwrap().to_owned();
    assert!(ada.get(&path).await.has("Question 1 of 1"));
    assert!(ada.get("/").await.has("It waits for your answer."));
    learner.answer_next(path.split('/').nth(2).unwrap().parse().unwrap(), 1, |_| true).await;
    let home = ada.get("/").await;
    assert!(home.has("you have answered today's question right.") && home.has(&format!("href=\"{path}\"")), "{}", home.body);
    assert!(ada.get(&path).await.has("Right."));
}
