//! The end of a quiz, and the rollups that are written with it.

use app::error::AppError;
use app::practice::api::Practice as _;
use futures::future::join_all;
use sqlx::PgPool;

use super::{FINISHED, ada};
use crate::support::learner::{Learner, request};

const OPEN_ATTEMPTS: &str = "select count(*) from attempts where finished_at is null";

/// `answered correct first_answered first_correct`, summed.
async fn mastery(ada: &Learner) -> String {
    let sql = "select concat_ws(' ', sum(answered), sum(correct), sum(first_answered), sum(first_correct)) from mastery";
    ada.site.texts(sql).await.remove(0)
}

#[sqlx::test]
async fn the_last_answer_finishes_and_writes_the_rollups_with_it(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    ada.answer_next(attempt, 2, |_| true).await;
    assert_eq!(ada.site.count(OPEN_ATTEMPTS).await, 1);
    assert_eq!(ada.site.count("select count(*) from mastery").await, 0);
    let last = ada.caller.question(attempt, None).await.unwrap();
    let told = ada.answer(&last, ada.wrong(&last)).await.unwrap();
    assert_eq!(told.verdict.unwrap().next, None);
    assert_eq!(ada.site.count(OPEN_ATTEMPTS).await, 0);
    assert_eq!(mastery(&ada).await, "3 2 3 2");
    assert_eq!(ada.site.count("select count(*) from item_history where answered = 1").await, 3);
    assert_eq!(ada.site.count("select count(*) from item_history where not last_correct").await, 1);
    let same_moment = "select count(*) from attempts join attempt_items using (org_id, attempt_id)
                       join mastery m using (org_id, account_id) where answered_at = finished_at and updated_at = finished_at
                       and position = 3 and m.objective_id = attempt_items.objective_id";
    assert_eq!(ada.site.count(same_moment).await, 1);
}

/// Never a mark without its answer, never an answer without its mark.
#[sqlx::test]
async fn when_a_rollup_fails_the_last_answer_is_not_stored_either(db: PgPool) {
    let ada = ada(db).await;
    for table in ["mastery", "item_history"] {
        let attempt = ada.begin(2).await;
        ada.answer_next(attempt, 1, |_| true).await;
        let last = ada.caller.question(attempt, None).await.unwrap();
        let before = ada.site.count("select count(*) from responses").await;
        let (broken, mended) = match table {
            "mastery" => (
                "alter table mastery add constraint broken check (false) not valid",
                "alter table mastery drop constraint broken",
            ),
            _ => (
                "alter table item_history add constraint broken check (false) not valid",
                "alter table item_history drop constraint broken",
            ),
        };
        ada.site.execute(broken).await;
        let failed = ada.answer(&last, ada.right(&last)).await;
        assert_eq!(failed, Err(AppError::Internal { request_id: "request-1".to_owned() }), "{table}");
        assert!(matches!(ada.caller.finish(attempt).await, Err(AppError::Internal { .. })), "{table}");
        assert_eq!(ada.site.count("select count(*) from responses").await, before, "{table}");
        let question = ada.caller.question(attempt, None).await.unwrap();
        assert_eq!((question.position, question.answered, question.verdict), (last.position, 1, None), "{table}");
        ada.site.execute(mended).await;
        assert!(ada.answer(&last, ada.right(&last)).await.is_ok(), "{table}: sent again with the same key");
        assert_eq!(ada.caller.result(attempt).await.unwrap().total.correct, 2, "{table}");
    }
    assert_eq!(ada.site.count("select sum(answered)::bigint from mastery").await, 4);
}

#[sqlx::test]
async fn a_quiz_ended_early_counts_what_was_answered(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(10).await;
    ada.answer_next(attempt, 4, |item| item.as_str().ends_with('2')).await;
    ada.caller.finish(attempt).await.unwrap();
    let result = ada.caller.result(attempt).await.unwrap();
    assert_eq!((result.total.of, result.questions.len()), (4, 10));
    assert_eq!(result.questions.iter().filter(|row| row.score.is_none()).count(), 6);
    assert_eq!(u32::from(result.missed), 10 - result.total.correct);
    assert_eq!(ada.site.count("select count(*) from item_history").await, 4);
}

#[sqlx::test]
async fn a_quiz_ended_before_any_answer_leaves_no_rollup(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(5).await;
    ada.caller.finish(attempt).await.unwrap();
    let result = ada.caller.result(attempt).await.unwrap();
    assert_eq!((result.total.of, result.missed), (0, 5));
    assert_eq!(ada.site.count("select count(*) from mastery").await, 0);
}

#[sqlx::test]
async fn finishing_again_changes_nothing(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    ada.answer_next(attempt, 2, |_| true).await;
    for done in join_all((0..8).map(|_| ada.caller.finish(attempt))).await {
        assert_eq!(done, Ok(()));
    }
    let finished_at = ada.caller.result(attempt).await.unwrap().finished_at;
    ada.site.execute("update attempts set finished_at = finished_at - interval '1 hour'").await;
    ada.caller.finish(attempt).await.unwrap();
    assert_ne!(ada.caller.result(attempt).await.unwrap().finished_at, finished_at, "the time was written anew");
    assert_eq!(mastery(&ada).await, "2 2 2 2");
}

#[sqlx::test]
async fn after_the_end_nothing_more_is_stored_and_everything_is_told(db: PgPool) {
    let ada = ada(db).await;
    let attempt = ada.begin(3).await;
    let open = ada.ask(attempt, 3).await;
    ada.answer_next(attempt, 1, |_| true).await;
    ada.caller.finish(attempt).await.unwrap();
    assert_eq!(ada.answer(&open, ada.right(&open)).await, Err(FINISHED));
    assert_eq!(ada.caller.question(attempt, None).await, Err(FINISHED));
    let verdict = ada.ask(attempt, 3).await.verdict.unwrap();
    assert_eq!((verdict.score, verdict.next), (None, None));
    assert!(ada.ask(attempt, 1).await.verdict.unwrap().score.unwrap().is_right());
    assert_eq!(ada.site.count("select count(*) from responses").await, 1);
    assert_eq!(mastery(&ada).await, "1 1 1 1");
}

/// Both hold the same items; each item may be new only once.
#[sqlx::test]
async fn two_quizzes_that_end_at_once_count_each_item_as_new_once(db: PgPool) {
    let ada = ada(db).await;
    let (one, two) = (ada.begin(24).await, ada.begin(24).await);
    for attempt in [one, two] {
        ada.answer_next(attempt, 23, |_| true).await;
    }
    let ended = join_all([one, two].map(|attempt| ada.caller.finish(attempt))).await;
    assert_eq!(ended, [Ok(()), Ok(())]);
    let items = ada.site.count("select count(*) from item_history").await;
    assert!(items >= 23, "{items}");
    assert_eq!(mastery(&ada).await, format!("46 46 {items} {items}"));
}

#[sqlx::test]
async fn a_repeat_counts_as_an_answer_and_not_as_a_first_one(db: PgPool) {
    let ada = ada(db).await;
    ada.practise(request(24), |_| false).await;
    ada.practise(request(24), |_| true).await;
    assert_eq!(mastery(&ada).await, "48 24 24 0");
    assert_eq!(ada.site.count("select count(*) from item_history where answered = 2 and last_correct").await, 24);
}
