//! The end of an exam and what it comes to.

use app::error::{AppError, Conflict};
use app::exams::api::Exams as _;
use app::practice::api::Practice as _;
use domain::exams::Mode;
use domain::scoring::Score;
use futures::future::join_all;
use sqlx::PgPool;

use crate::support::sitter::Sitter;

/// T3: sixteen at once, twenty times over: one end, and everything is counted once.
#[sqlx::test]
async fn it_finishes_exactly_once(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    for round in 1..=20 {
        ada.answer_all(|position| position <= 10).await;
        let ends = join_all((0..16).map(|_| ada.learner.caller.finish_exam(ada.attempt))).await;
        assert!(ends.iter().all(Result::is_ok), "{ends:?}");
        let counted = "select concat_ws(' ', sum(answered), count(distinct objective_id)) from mastery";
        assert_eq!(ada.learner.site.texts(counted).await, [format!("{} 6", 20 * round)]);
        let once =
            "select count(*) from attempts where finished_at is not null and answered = 20 and correct = 10 and credit = 1000";
        assert_eq!(ada.learner.site.count(once).await, round);
        let finished = Some(AppError::Conflict(Conflict::ExamFinished));
        assert_eq!(ada.save(1, &[1]).await.err(), finished);
        ada = Sitter::of(ada.learner, Mode::Exam).await;
    }
}

#[sqlx::test]
async fn the_result_says_what_it_came_to(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Practice).await;
    ada.answer_all(|position| position != 7).await;
    ada.save(9, &[]).await.unwrap();
    ada.learner.caller.finish_exam(ada.attempt).await.unwrap();
    let result = ada.learner.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.total.correct, result.total.of, result.credit.hundredths), (18, 20, 1800));
    // 100 + 800 * 18 / 20; the standard error is sqrt(18 * 2 / 19) = 1.376 questions of 40 points each.
    assert_eq!((result.estimate.scaled, result.estimate.low, result.estimate.high), (820, 765, 875));
    assert!(result.passed && !result.time_was_up && result.pass_mark == 700);
    assert_eq!((result.new.of, result.repeats.of, result.earlier.len()), (20, 0, 0));
    let rights: Vec<_> = result.questions.iter().map(|row| row.score.map(Score::is_right)).collect();
    assert_eq!((rights[6], rights[8], rights.iter().filter(|right| **right == Some(true)).count()), (Some(false), None, 18));
    let by_domain: Vec<_> = result.domains.iter().map(|domain| domain.mark.of).collect();
    assert_eq!(by_domain, [10, 6, 4], "drawn to the weights 50, 30 and 20");
    let next: Vec<_> = result.next.iter().map(|next| next.gain_hundredths).collect();
    assert!(next.is_sorted_by(|a, b| a >= b) && !next.is_empty(), "{next:?}");
    let told = ada.learner.caller.exam_question(ada.attempt, 7).await.unwrap().verdict.unwrap();
    assert!(!told.score.unwrap().is_right() && told.reveal.remember.plain_text().contains("hush-timed"));
    let open = ada.learner.caller.exam_question(ada.attempt, 9).await.unwrap().verdict.unwrap();
    assert_eq!(open.score, None, "over is over: what was left open is told too");
}

/// The second form takes what was not seen, and says of the rest that it was.
#[sqlx::test]
async fn repeats_are_told_apart_and_attempts_compared(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Practice).await;
    ada.answer_all(|_| false).await;
    ada.learner.caller.finish_exam(ada.attempt).await.unwrap();
    let first = ada.attempt;
    let mut ada = Sitter::of(ada.learner, Mode::Practice).await;
    ada.answer_all(|_| true).await;
    ada.learner.caller.finish_exam(ada.attempt).await.unwrap();
    let result = ada.learner.caller.exam_result(ada.attempt).await.unwrap();
    assert_eq!((result.new.of, result.repeats.of), (6, 14), "26 items, 20 of them seen");
    assert_eq!((result.estimate.scaled, result.earlier.len()), (900, 1));
    assert_eq!((result.earlier[0].attempt, result.earlier[0].estimate.scaled), (first, 100));
    let missed = ada.learner.caller.begin_missed(first).await.unwrap();
    assert_eq!(ada.learner.ask(missed, 1).await.questions, 20, "practise what was missed");
}
