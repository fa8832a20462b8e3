//! Each pool of the builder on a real history, and what fills an empty one.

use std::collections::BTreeSet;

use app::error::AppError;
use app::exams::api::Change;
use app::practice::api::{Practice as _, PracticeRequest};
use domain::content::item::ItemKind;
use domain::exams::{Confidence, Length, Mode};
use domain::practice::Pool;
use sqlx::PgPool;

use super::begin::items;
use super::{NOTHING, ada, site};
use crate::support::bank::Bank;
use crate::support::learner::{Learner, request};
use crate::support::site::{Site, fields};
use crate::support::taker::{Taker, exam_request};

const DAY: i32 = 24 * 60 * 60;

fn of(pool: Pool) -> PracticeRequest {
    PracticeRequest { pool, ..request(90) }
}

fn lately(last: u16) -> PracticeRequest {
    PracticeRequest { last, ..of(Pool::MissedLately) }
}

fn domain(number: u8) -> PracticeRequest {
    PracticeRequest { domains: vec![number], ..request(90) }
}

/// The items of a quiz that is begun and left open; none where the pool is empty.
async fn drawn(learner: &Learner, request: PracticeRequest) -> BTreeSet<String> {
    match learner.caller.begin(request).await {
        Ok(attempt) => items(learner, attempt).await,
        refused => {
            assert!(!fields(&refused)["request[pool]"].is_empty());
            BTreeSet::new()
        }
    }
}

fn of_domains(drawn: &BTreeSet<String>) -> [usize; 3] {
    ["alpha-1-", "alpha-2-", "alpha-3-"].map(|domain| drawn.iter().filter(|item| item.starts_with(domain)).count())
}

#[sqlx::test]
async fn missed_lately_is_wrong_or_left_open_in_the_last_finished_attempts(db: PgPool) {
    let ada = ada(db).await;
    ada.practise(domain(1), |_| false).await;
    ada.practise(domain(2), |item| item.as_str().ends_with('1')).await;
    let ended_early = ada.caller.begin(domain(3)).await.unwrap();
    ada.answer_next(ended_early, 3, |_| true).await;
    assert_eq!(of_domains(&drawn(&ada, lately(1)).await), [0, 6, 0], "an open quiz does not count");
    ada.caller.finish(ended_early).await.unwrap();
    for (last, expected) in [(1, [0, 0, 5]), (2, [0, 6, 5]), (3, [8, 6, 5]), (20, [8, 6, 5])] {
        assert_eq!(of_domains(&drawn(&ada, lately(last)).await), expected, "{last}");
    }
    // Right now, and still missed two attempts ago.
    ada.practise(domain(3), |_| true).await;
    assert_eq!(of_domains(&drawn(&ada, lately(1)).await), [0, 0, 0]);
    assert_eq!(of_domains(&drawn(&ada, lately(2)).await), [0, 0, 5]);
    for last in [0, 21] {
        let refused = ada.caller.begin(lately(last)).await;
        assert_eq!(fields(&refused)["request[last]"], "Choose between 1 and 20 attempts.");
    }
}

#[sqlx::test]
async fn flagged_is_marked_in_the_latest_attempt_that_came_to_it(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.caller.begin(domain(1)).await.unwrap();
    let mut marked = BTreeSet::new();
    for position in [2, 5] {
        let question = ada.caller.mark(attempt, position, true).await.unwrap();
        marked.insert(crate::support::bank::asked(&question).to_string());
    }
    ada.answer_next(attempt, 8, |_| true).await;
    assert_eq!(drawn(&ada, of(Pool::Flagged)).await, marked);
    // A quiz that ends before it comes to them says nothing about them.
    let unread = ada.caller.begin(of(Pool::Flagged)).await.unwrap();
    ada.caller.finish(unread).await.unwrap();
    assert_eq!(drawn(&ada, of(Pool::Flagged)).await, marked);
    ada.practise(of(Pool::Flagged), |_| false).await;
    assert!(drawn(&ada, of(Pool::Flagged)).await.is_empty(), "met again and not marked");
}

#[sqlx::test]
async fn an_exam_tells_what_was_unsure_and_what_was_slow_once_it_is_over(db: PgPool) {
    let site = Site::new(db).with_bank(&Bank::large()).await;
    let ada = Learner::at(&site, "ada").await;
    let exam = Taker::of(&ada, exam_request(Length::Short, Mode::Exam)).await;
    site.stop_clock().await;
    site.execute("update stopped_clock set at = (select started_at from attempts)").await;
    let sitting = exam.sitting().await;
    // The exam has a minute for each question, so slow begins after 90 s.
    for (question, sequence) in sitting.questions.iter().take(4).zip(1..) {
        site.pass([91, 90, 10, 10][usize::from(question.position) - 1]).await;
        let confidence = [None, Some(Confidence::Sure), Some(Confidence::Unsure), None][usize::from(question.position) - 1];
        let change = Change { confidence, marked: question.position == 4, ..exam.answer(question, true, sequence) };
        exam.save(change).await.unwrap();
    }
    let pools = [(Pool::Slow, 1), (Pool::Unsure, 3), (Pool::Flagged, 4)];
    for (pool, _) in pools {
        assert!(drawn(&ada, of(pool)).await.is_empty(), "{pool:?}: the exam is running");
    }
    exam.finish().await;
    for (pool, position) in pools {
        let item = sqlx::query_scalar("select item_id from attempt_items where attempt_id = $1 and position = $2");
        let item: String = item.bind(exam.attempt.0).bind(position).fetch_one(&site.server.db).await.unwrap();
        assert_eq!(drawn(&ada, of(pool)).await, BTreeSet::from([item]), "{pool:?}");
    }
    assert_eq!(drawn(&ada, lately(1)).await.len(), 16, "what the exam was left with");
}

#[sqlx::test]
async fn due_comes_back_after_the_days_of_its_box(db: PgPool) {
    let ada = ada(db).await;
    ada.site.stop_clock().await;
    ada.practise(domain(1), |item| item.as_str().ends_with('1')).await;
    let due = async || drawn(&ada, of(Pool::Due)).await.len();
    ada.site.pass(DAY - 1).await;
    assert_eq!(due().await, 0);
    ada.site.pass(1).await;
    assert_eq!(due().await, 6, "what was wrong, after a day");
    ada.site.pass(DAY).await;
    assert_eq!(due().await, 8, "what was right, after two");
    ada.practise(of(Pool::Due), |_| true).await;
    ada.site.pass(2 * DAY).await;
    assert_eq!(due().await, 6, "right once since");
    ada.site.pass(2 * DAY).await;
    assert_eq!(due().await, 8, "right twice");
}

#[sqlx::test]
async fn the_builder_counts_what_each_pool_would_ask_and_of_nobody_else(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    ada.practise(domain(1), |item| item.as_str().ends_with('1')).await;
    let counts = async |learner: &Learner| {
        let pools = learner.caller.builder(None).await.unwrap().pools;
        pools.into_iter().map(|choice| (choice.pool, choice.items)).collect::<Vec<_>>()
    };
    let of_ada = counts(&ada).await;
    assert_eq!(of_ada.iter().map(|(_, items)| *items).collect::<Vec<_>>(), [24, 16, 6, 6, 0, 0, 0, 0]);
    for (pool, items) in of_ada {
        assert_eq!(drawn(&ada, of(pool)).await.len(), usize::try_from(items).unwrap(), "{pool:?}");
    }
    let stranger = Learner::at(&site, "bob").await;
    let colleague = Learner::of(&site.colleague("cem", "ada").await).await;
    for other in [stranger, colleague] {
        assert_eq!(counts(&other).await.iter().map(|(_, items)| *items).collect::<Vec<_>>(), [24, 24, 0, 0, 0, 0, 0, 0]);
        assert!(drawn(&other, lately(20)).await.is_empty());
    }
}

#[sqlx::test]
async fn an_empty_pool_says_what_fills_it(db: PgPool) {
    let ada = ada(db).await;
    for (pool, words) in [
        (Pool::Missed, "wrong last time"),
        (Pool::MissedLately, "in your last 5 finished attempts"),
        (Pool::Flagged, "Mark for review"),
        (Pool::Unsure, "how sure you are"),
        (Pool::Slow, "Exams measure the time"),
        (Pool::Due, "after 1 to 16 days"),
    ] {
        let refused = ada.caller.begin(of(pool)).await;
        assert!(fields(&refused)["request[pool]"].contains(words), "{refused:?}");
    }
    ada.practise(request(24), |_| true).await;
    let refused = ada.caller.begin(of(Pool::Unseen)).await;
    assert!(fields(&refused)["request[pool]"].contains("seen all"), "{refused:?}");
    assert_eq!(ada.site.count("select count(*) from attempts").await, 1);
}

#[sqlx::test]
async fn types_narrow_a_quiz(db: PgPool) {
    let site = Site::new(db).with_bank(&Bank::small().with_parts()).await;
    let ada = Learner::at(&site, "ada").await;
    let parts = |kinds: &[ItemKind]| PracticeRequest { exam: "parts".into(), kinds: kinds.to_vec(), ..request(90) };
    let cases: [(&[ItemKind], &[&str]); 4] = [
        (&[], &["parts-match", "parts-order", "parts-place", "parts-typed", "parts-where"]),
        (&[ItemKind::Typed, ItemKind::Matching], &["parts-match", "parts-typed"]),
        (&[ItemKind::Single], &["parts-where"]),
        (&[ItemKind::Ordering, ItemKind::Multiple], &["parts-order"]),
    ];
    for (kinds, expected) in cases {
        let drawn = drawn(&ada, parts(kinds)).await;
        assert_eq!(drawn.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{kinds:?}");
    }
    assert_eq!(ada.caller.begin(parts(&[ItemKind::Multiple])).await, Err::<_, AppError>(NOTHING));
}
