//! T4: the database's clock decides, to the millisecond, and no clock of a client is asked.

use app::exams::api::Exams as _;
use domain::exams::{GRACE_SECONDS, Length, Mode};
use firstline::exams::finish_expired;
use sqlx::PgPool;

use super::{FINISHED, TIME_IS_UP, ada_sits, site};
use crate::support::taker::{Taker, exam_request};

const OPEN: &str = "select count(*) from attempts where finished_at is null";

fn grace() -> i32 {
    i32::from(GRACE_SECONDS) * 1000
}

#[sqlx::test]
async fn answers_count_to_the_end_of_the_grace_period_and_no_millisecond_longer(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.site.stop_clock().await;
    let in_time = [-1_000, -1, 0, 1, grace() - 1, grace()];
    for (milliseconds, sequence) in in_time.into_iter().zip(1..) {
        ada.site.at_deadline(ada.attempt, milliseconds).await;
        let saved = ada.save(ada.change(1, vec![1], sequence)).await;
        let left = u64::try_from(-milliseconds).unwrap_or(0);
        assert_eq!(saved.map(|saved| saved.clock.milliseconds_left), Ok(left), "{milliseconds} ms after the deadline");
    }
    for milliseconds in [grace() + 1, grace() + 60_000, 86_400_000] {
        ada.site.at_deadline(ada.attempt, milliseconds).await;
        assert_eq!(ada.save(ada.change(1, vec![2], 9)).await, Err(TIME_IS_UP), "{milliseconds} ms after the deadline");
    }
    assert_eq!(ada.site.count("select count(*) from responses").await, 6);
    ada.finish().await;
    assert_eq!(ada.save(ada.change(1, vec![2], 9)).await, Err(FINISHED));
}

/// A change is refused no earlier than the exam is over for those who look for it, and the other way round.
#[sqlx::test]
async fn an_exam_is_over_when_nothing_more_is_taken(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.site.stop_clock().await;
    for milliseconds in [-1, 0, 1, grace() - 1, grace()] {
        ada.site.at_deadline(ada.attempt, milliseconds).await;
        finish_expired(&ada.site.server).await.unwrap();
        assert_eq!(ada.site.count(OPEN).await, 1, "{milliseconds}");
        assert!(ada.caller.sitting(ada.attempt).await.is_ok(), "{milliseconds}");
    }
    ada.site.at_deadline(ada.attempt, grace() + 1).await;
    assert_eq!(ada.caller.sitting(ada.attempt).await, Err(FINISHED), "whoever looks finishes it");
    assert_eq!(ada.site.count(OPEN).await, 0);
}

/// Nobody is waiting for them: the tab was closed, the power was out.
#[sqlx::test]
async fn what_is_over_is_finished_without_any_client_and_nothing_else(db: PgPool) {
    let site = site(db).await;
    let short = exam_request(Length::Short, Mode::Practice);
    let (over, other) = (Taker::at(&site, "ada", short.clone()).await, Taker::at(&site, "bob", short.clone()).await);
    let paused = Taker::at(&site, "cem", short).await;
    let longer = Taker::at(&site, "dana", exam_request(Length::Half, Mode::Exam)).await;
    over.answer_first(7, |position| position <= 5).await;
    paused.caller.pause(paused.attempt).await.unwrap();
    site.stop_clock().await;
    // Bob began last of these two: his time ends later, if only by moments.
    site.execute("update attempts a set deadline_at = deadline_at + interval '1 hour' from accounts b where b.account_id = a.account_id and b.name = 'bob'").await;
    site.at_deadline(over.attempt, grace() + 1).await;
    for _ in 0..2 {
        finish_expired(&site.server).await.unwrap();
    }
    let open = "select b.name from attempts a join accounts b using (account_id) where finished_at is null order by b.name";
    assert_eq!(site.texts(open).await, ["bob", "cem", "dana"]);
    let result = over.caller.exam_result(over.attempt).await.unwrap();
    assert!(result.time_was_up);
    assert_eq!((result.seconds_used, result.total.correct, result.total.of), (1200, 5, 20));
    assert_eq!(site.count("select sum(answered)::bigint from mastery").await, 7);
    for running in [other, longer] {
        assert!(running.save(running.change(1, vec![1], 1)).await.is_ok());
    }
}

/// A learner whose rows cannot be written keeps nobody else waiting.
#[sqlx::test]
async fn one_exam_that_cannot_be_finished_does_not_hold_up_the_others(db: PgPool) {
    let site = site(db).await;
    let ada = Taker::at(&site, "ada", exam_request(Length::Short, Mode::Exam)).await;
    let bob = Taker::at(&site, "bob", exam_request(Length::Short, Mode::Exam)).await;
    ada.answer_first(1, |_| true).await;
    site.execute("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$").await;
    site.execute("create trigger broken before insert on mastery for each row execute function refuse()").await;
    site.stop_clock().await;
    site.at_deadline(bob.attempt, grace() + 1).await;
    assert!(finish_expired(&site.server).await.is_err(), "it is said");
    assert_eq!(site.count(OPEN).await, 1, "Ada's, which ended first");
    site.execute("drop trigger broken on mastery").await;
    finish_expired(&site.server).await.unwrap();
    assert!(ada.caller.exam_result(ada.attempt).await.unwrap().total.correct == 1);
}
