//! A clock that stands still, where the mode allows it.

use app::error::{AppError, Conflict};
use app::exams::api::{Clock, Exams as _};
use domain::exams::{Length, Mode};
use sqlx::PgPool;

use super::{FINISHED, PAUSED, ada_sits, site};
use crate::support::taker::{Taker, exam_request};

const TWENTY_MINUTES: u64 = 1_200_000;
const DEADLINE: &str = "select extract(epoch from deadline_at - started_at)::text from attempts";

/// Ada at the first moment of her exam, with the database's clock stopped.
async fn stopped(db: PgPool) -> Taker {
    let ada = ada_sits(db).await;
    ada.site.stop_clock().await;
    ada.site.at_deadline(ada.attempt, -1_200_000).await;
    ada
}

fn clock(milliseconds_left: u64, paused: bool) -> Clock {
    Clock { limit_seconds: 1200, milliseconds_left, paused }
}

#[sqlx::test]
async fn the_deadline_moves_by_as_long_as_the_clock_stood_still(db: PgPool) {
    let ada = stopped(db).await;
    ada.site.pass(100).await;
    assert_eq!(ada.caller.pause(ada.attempt).await, Ok(clock(TWENTY_MINUTES - 100_000, true)));
    // Three days: far beyond the deadline as it was.
    ada.site.pass(3 * 86_400).await;
    assert_eq!(ada.caller.pause(ada.attempt).await, Ok(clock(TWENTY_MINUTES - 100_000, true)), "the first pause stays");
    assert_eq!(ada.caller.lobby(None).await.unwrap().open[0].clock, clock(TWENTY_MINUTES - 100_000, true));
    assert_eq!(ada.caller.resume(ada.attempt).await, Ok(clock(TWENTY_MINUTES - 100_000, false)));
    assert_eq!(ada.site.texts(DEADLINE).await, [format!("{}.000000", 1200 + 3 * 86_400)]);
    ada.site.pass(60).await;
    assert_eq!(
        ada.caller.resume(ada.attempt).await,
        Ok(clock(TWENTY_MINUTES - 160_000, false)),
        "a clock that runs gains nothing"
    );
    assert_eq!(ada.sitting().await.clock, clock(TWENTY_MINUTES - 160_000, false));
}

#[sqlx::test]
async fn a_paused_exam_shows_no_question_and_takes_no_answer(db: PgPool) {
    let ada = ada_sits(db).await;
    let before = ada.sitting().await;
    let kept = ada.change(1, vec![1], 1);
    ada.save(kept.clone()).await.unwrap();
    ada.caller.pause(ada.attempt).await.unwrap();
    let paused = ada.sitting().await;
    assert!(paused.clock.paused && paused.questions.is_empty());
    assert!(ada.caller.sit_here(ada.attempt, ada.writer).await.unwrap().questions.is_empty());
    assert_eq!(ada.save(ada.change(2, vec![1], 2)).await, Err(PAUSED));
    assert!(ada.save(kept).await.is_ok(), "what is stored already is said to be");
    assert_eq!(ada.site.count("select count(*) from responses").await, 1);
    ada.caller.resume(ada.attempt).await.unwrap();
    let after = ada.sitting().await;
    assert_eq!(after.questions.len(), before.questions.len());
    assert!(ada.save(ada.change(2, vec![1], 2)).await.is_ok());
}

#[sqlx::test]
async fn in_exam_mode_the_clock_cannot_be_stopped(db: PgPool) {
    let ada = Taker::at(&site(db).await, "ada", exam_request(Length::Short, Mode::Exam)).await;
    assert_eq!(ada.caller.pause(ada.attempt).await, Err(AppError::Conflict(Conflict::NoPause)));
    let clock = ada.caller.resume(ada.attempt).await.unwrap();
    assert!(!clock.paused && clock.milliseconds_left <= TWENTY_MINUTES);
    assert_eq!(ada.site.count("select count(*) from attempts where paused_at is not null").await, 0);
}

/// No second is gained: what is left at the pause is left afterwards, to the last millisecond.
#[sqlx::test]
async fn a_pause_at_the_last_moment_saves_only_that_moment(db: PgPool) {
    let ada = stopped(db).await;
    ada.site.at_deadline(ada.attempt, -1).await;
    assert_eq!(ada.caller.pause(ada.attempt).await, Ok(clock(1, true)));
    ada.site.pass(3600).await;
    firstline::exams::finish_expired(&ada.site.server).await.unwrap();
    assert_eq!(ada.caller.resume(ada.attempt).await, Ok(clock(1, false)));
    ada.site.at_deadline(ada.attempt, 1).await;
    assert_eq!(ada.caller.pause(ada.attempt).await, Ok(clock(0, false)), "the time is up: there is nothing to stop");
    ada.site.at_deadline(ada.attempt, 5_001).await;
    assert_eq!(ada.caller.pause(ada.attempt).await, Err(FINISHED));
    assert_eq!(ada.caller.resume(ada.attempt).await, Err(FINISHED));
}

#[sqlx::test]
async fn a_paused_exam_is_finished_as_it_stood(db: PgPool) {
    let ada = stopped(db).await;
    ada.answer_first(5, |_| true).await;
    ada.site.pass(300).await;
    ada.caller.pause(ada.attempt).await.unwrap();
    ada.site.pass(86_400).await;
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.seconds_used, result.time_was_up, result.total.correct), (300, false, 5));
    assert_eq!(ada.caller.resume(ada.attempt).await, Err(FINISHED));
    assert_eq!(ada.site.texts("select coalesce(paused_at::text, 'none') from attempts").await, ["none"]);
}
