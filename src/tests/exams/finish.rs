//! The end of an exam, and the rollups that are written with it.

use app::error::AppError;
use app::exams::api::{Answered, Exams as _};
use app::practice::api::Practice as _;
use domain::scoring::Score;
use sqlx::PgPool;

use super::{FINISHED, ada_sits};
use crate::support::taker::Taker;

/// `answered correct first_answered first_correct`, summed.
async fn mastery(ada: &Taker) -> String {
    let sql = "select concat_ws(' ', sum(answered), sum(correct), sum(first_answered), sum(first_correct)) from mastery";
    ada.site.texts(sql).await.remove(0)
}

const ATTEMPT: &str = "select concat_ws(' ', answered, correct, credit) from attempts where kind = 'exam'";

#[sqlx::test]
async fn the_end_counts_what_was_answered_and_writes_the_rollups_with_it(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.answer_first(12, |position| position % 3 == 0).await;
    assert_eq!((mastery(&ada).await.as_str(), ada.site.texts(ATTEMPT).await.remove(0).as_str()), ("", "0 0"));
    ada.finish().await;
    assert_eq!((mastery(&ada).await.as_str(), ada.site.texts(ATTEMPT).await.remove(0).as_str()), ("12 4 12 4", "12 4 400"));
    assert_eq!(ada.site.count("select count(*) from item_history where answered = 1").await, 12);
    let row = ada.caller.history(1).await.unwrap().attempts.remove(0);
    assert_eq!((row.mark.correct, row.mark.of, row.questions), (4, 12, 20));
}

/// Only the change that counts is in the rollups, however often somebody changed their mind.
#[sqlx::test]
async fn an_answer_that_was_changed_or_taken_back_counts_as_it_stands_at_the_end(db: PgPool) {
    let ada = ada_sits(db).await;
    let questions = ada.sitting().await.questions;
    let (first, second) = (&questions[0], &questions[1]);
    for change in [
        ada.answer(first, true, 1),
        ada.answer(first, false, 2),
        ada.answer(first, true, 3),
        ada.answer(second, true, 4),
        ada.change(second.position, vec![], 5),
    ] {
        ada.save(change).await.unwrap();
    }
    assert_eq!(ada.question(2).await.progress, Answered::No);
    ada.finish().await;
    assert_eq!((mastery(&ada).await.as_str(), ada.site.texts(ATTEMPT).await.remove(0).as_str()), ("1 1 1 1", "1 1 100"));
}

/// Never a result without its rollups, never rollups without their result.
#[sqlx::test]
async fn when_a_rollup_fails_the_exam_runs_on(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.answer_first(3, |_| true).await;
    for (broken, mended) in [
        ("alter table mastery add constraint broken check (false) not valid", "alter table mastery drop constraint broken"),
        (
            "alter table item_history add constraint broken check (false) not valid",
            "alter table item_history drop constraint broken",
        ),
    ] {
        ada.site.execute(broken).await;
        assert!(matches!(ada.caller.finish_exam(ada.attempt).await, Err(AppError::Internal { .. })), "{broken}");
        assert_eq!(ada.site.texts(ATTEMPT).await, ["0 0"], "{broken}");
        assert_eq!(ada.sitting().await.questions.len(), 20);
        ada.site.execute(mended).await;
    }
    assert_eq!(ada.site.count("select count(*) from item_history").await, 0);
    ada.finish().await;
    assert_eq!(mastery(&ada).await, "3 3 3 3");
}

#[sqlx::test]
async fn an_exam_without_any_answer_has_a_result_and_no_rollup(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.finish().await;
    let result = ada.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.total.correct, result.total.of, result.estimate.scaled, result.passed), (0, 20, 100, false));
    assert_eq!(ada.site.count("select count(*) from mastery").await, 0);
}

#[sqlx::test]
async fn after_the_end_nothing_more_is_stored_and_everything_is_told(db: PgPool) {
    let ada = ada_sits(db).await;
    ada.answer_first(2, |position| position == 1).await;
    ada.finish().await;
    let finished_at = ada.caller.exam_result(ada.attempt).await.unwrap().finished_at;
    assert_eq!(ada.save(ada.change(3, vec![1], 9)).await, Err(FINISHED));
    assert_eq!(ada.caller.sitting(ada.attempt).await, Err(FINISHED));
    assert_eq!(ada.caller.sit_here(ada.attempt, ada.writer).await, Err(FINISHED));
    assert_eq!(ada.caller.pause(ada.attempt).await, Err(FINISHED));
    ada.site.execute("update attempts set finished_at = finished_at - interval '1 hour'").await;
    ada.finish().await;
    assert_ne!(ada.caller.exam_result(ada.attempt).await.unwrap().finished_at, finished_at, "the time was written anew");
    assert_eq!(mastery(&ada).await, "2 1 2 1");
    for (position, right) in [(1, Some(true)), (2, Some(false)), (3, None)] {
        let verdict = ada.caller.exam_question(ada.attempt, position).await.unwrap().verdict.unwrap();
        assert_eq!((verdict.score.map(Score::is_right), verdict.next), (right, None), "{position}");
    }
    for position in [0, 21, u16::MAX] {
        assert_eq!(ada.caller.exam_question(ada.attempt, position).await, Err(AppError::NotFound), "{position}");
    }
}
