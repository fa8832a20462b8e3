//! T3: whatever is sent twice, at once or out of order, happens once and in order.

use app::error::AppError;
use app::exams::api::Exams as _;
use domain::exams::{Length, Mode};
use firstline::exams::finish_expired;
use futures::future::join_all;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sqlx::PgPool;

use super::{CHANGED, FINISHED, ada_sits, site};
use crate::support::learner::Learner;
use crate::support::taker::{Taker, exam_request};

const SEED: u64 = 11;

/// Twenty attempts, sixteen at once each, with the server's own look for what is over among them.
#[sqlx::test]
async fn of_sixteen_finishes_at_once_one_counts_and_all_are_told_the_same(db: PgPool) {
    let site = site(db).await;
    for round in 1..=20 {
        let name = format!("learner-{round}");
        let ada = Taker::at(&site, &name, exam_request(Length::Short, Mode::Exam)).await;
        ada.answer_first(20, |position| position % 2 == 0).await;
        site.execute("update attempts set deadline_at = started_at - interval '1 hour' where finished_at is null").await;
        let (told, looked) = futures::join!(
            join_all((0..16).map(|_| ada.caller.finish_exam(ada.attempt))),
            join_all((0..2).map(|_| finish_expired(&site.server)))
        );
        assert!(told.iter().all(|answer| *answer == Ok(())) && looked.iter().all(Result::is_ok), "{told:?} {looked:?}");
        assert_eq!(site.count("select sum(answered)::bigint from mastery").await, 20 * round);
        assert_eq!(site.count("select sum(correct)::bigint from mastery").await, 10 * round);
    }
    assert_eq!(site.count("select count(*) from item_history where answered <> 1").await, 0);
    assert_eq!(site.count("select count(*) from attempts where credit = 1000 and answered = 20 and correct = 10").await, 20);
}

#[sqlx::test]
async fn of_a_hundred_begins_there_is_one_exam_for_each_learner(db: PgPool) {
    let site = site(db).await;
    let mut learners = Vec::new();
    for number in 0..13 {
        learners.push(Learner::at(&site, &format!("learner-{number}")).await);
    }
    let begins =
        learners.iter().flat_map(|learner| (0..8).map(|_| learner.caller.begin_exam(exam_request(Length::Half, Mode::Exam))));
    let begun = join_all(begins).await;
    for of_one in begun.chunks(8) {
        assert!(of_one.iter().all(|attempt| attempt.is_ok() && *attempt == of_one[0]), "{of_one:?}");
    }
    assert_eq!(site.count("select count(*) from attempts").await, 13);
    assert_eq!(site.count("select count(*) from attempt_items").await, 13 * 45);
}

/// A thousand changes, shuffled and each sent twice, sixteen at a time: the highest of each question stays.
#[sqlx::test]
async fn the_last_of_the_clients_changes_stays_whatever_order_they_arrive_in(db: PgPool) {
    let ada = ada_sits(db).await;
    let mut chance = StdRng::seed_from_u64(SEED);
    let mut changes: Vec<_> = (1..=1000_u32)
        .map(|sequence| ada.change(chance.random_range(1..=20), vec![chance.random_range(1..=4)], sequence))
        .collect();
    let mut last = std::collections::BTreeMap::new();
    for change in &changes {
        last.insert(change.position, (change.choices.clone(), change.key));
    }
    changes.extend(changes.clone());
    changes.shuffle(&mut chance);
    let mut stored = 0;
    for some in changes.chunks(16) {
        for answer in join_all(some.iter().map(|change| ada.save(change.clone()))).await {
            assert!(answer.is_ok() || answer == Err(CHANGED), "{answer:?}");
            stored += i64::from(answer.is_ok());
        }
    }
    for question in ada.sitting().await.questions {
        assert_eq!(question.given.choices, last[&question.position].0, "question {}", question.position);
    }
    let logged = ada.site.count("select count(*) from responses").await;
    assert!((20..=stored).contains(&logged) && stored <= 2 * logged, "{logged} in the log, {stored} acknowledged");
    for (_, key) in last.values() {
        let sql = "select count(*) from responses where idempotency_key = $1";
        let count: i64 = sqlx::query_scalar(sql).bind(key.0).fetch_one(&ada.site.server.db).await.unwrap();
        assert_eq!(count, 1, "the last change is in the log");
    }
    let highest = "select count(*) from attempt_items i where sequence <> (
                       select max(client_sequence) from responses r
                       where r.org_id = i.org_id and r.attempt_id = i.attempt_id and r.position = i.position)";
    assert_eq!(ada.site.count(highest).await, 0, "the log and the answer that counts disagree");
}

#[sqlx::test]
async fn of_sixteen_equal_changes_at_once_one_is_stored_and_all_are_acknowledged(db: PgPool) {
    let ada = ada_sits(db).await;
    for position in 1..=20 {
        let change = ada.change(position, vec![1], position.into());
        let told = join_all((0..16).map(|_| ada.save(change.clone()))).await;
        let progress = told[0].as_ref().unwrap().progress;
        assert!(told.iter().all(|saved| saved.as_ref().is_ok_and(|saved| saved.progress == progress)), "{told:?}");
    }
    assert_eq!(ada.site.count("select count(*) from responses").await, 20);
}

/// An answer is in the result, or it is refused: never acknowledged and left out.
#[sqlx::test]
async fn an_answer_that_meets_the_end_is_counted_or_refused(db: PgPool) {
    let site = site(db).await;
    for round in 0..10 {
        let ada = Taker::at(&site, &format!("learner-{round}"), exam_request(Length::Short, Mode::Exam)).await;
        let questions = ada.sitting().await.questions;
        let saves = questions.iter().map(|question| ada.save(ada.answer(question, true, 1)));
        let (saved, finished) = futures::join!(join_all(saves), ada.caller.finish_exam(ada.attempt));
        assert_eq!(finished, Ok(()));
        let acknowledged = saved.iter().filter(|answer| answer.is_ok()).count();
        let refused: Vec<&AppError> = saved.iter().filter_map(|answer| answer.as_ref().err()).collect();
        assert!(refused.iter().all(|error| **error == FINISHED), "{refused:?}");
        let result = ada.caller.exam_result(ada.attempt).await.unwrap();
        assert_eq!(usize::try_from(result.total.correct).unwrap(), acknowledged);
    }
}
