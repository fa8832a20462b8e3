//! The database's clock decides: deadlines, the grace of answers in flight, pauses. Time stands still in most of these, so that
//! each boundary is exact (T4).

use app::error::{AppError, Conflict};
use app::exams::api::Exams as _;
use domain::exams::Mode;
use firstline::exams::finish_expired;
use sqlx::PgPool;

use crate::support::sitter::Sitter;

const OPEN: &str = "select count(*) from attempts where finished_at is null";

#[sqlx::test]
async fn answers_count_to_the_end_of_the_grace_period_and_not_after(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    let instants = [
        ("deadline - interval '1 millisecond'", true),
        ("deadline", true),
        ("deadline + interval '1 millisecond'", true),
        ("deadline + interval '4999 milliseconds'", true),
        ("deadline + interval '5 seconds'", true),
        ("deadline + interval '5001 milliseconds'", false),
    ];
    for (position, (time, accepted)) in (1..).zip(instants) {
        ada.stop_time_at(time).await;
        finish_expired(&ada.learner.site.server.db).await.unwrap();
        assert_eq!(ada.learner.site.count(OPEN).await == 1, accepted, "finished without a client at {time}");
        assert_eq!(ada.save(position, &[1]).await.is_ok(), accepted, "saved at {time}");
    }
    assert_eq!(ada.save(1, &[2]).await.err(), Some(AppError::Conflict(Conflict::ExamFinished)));
    let result = ada.learner.caller.exam_result(ada.attempt).await.unwrap();
    assert!(result.time_was_up);
    assert_eq!((result.seconds_used, result.questions.iter().filter(|row| row.score.is_some()).count()), (1200, 5));
}

/// Before the server has looked, whoever comes is told, and the exam is finished.
#[sqlx::test]
async fn an_exam_whose_time_is_up_is_finished_by_whoever_comes(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Practice).await;
    ada.save(1, &[1]).await.unwrap();
    ada.stop_time_at("deadline + interval '5001 milliseconds'").await;
    assert_eq!(ada.save(2, &[1]).await.err(), Some(AppError::Conflict(Conflict::ExamTimeIsUp)));
    let finished = Some(AppError::Conflict(Conflict::ExamFinished));
    assert_eq!(ada.learner.caller.pause(ada.attempt).await.err(), finished);
    assert_eq!(ada.learner.site.count(OPEN).await, 0);
    assert_eq!(ada.sit().await.err(), finished);
}

#[sqlx::test]
async fn the_deadline_moves_by_the_pause(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Practice).await;
    ada.stop_time_at("deadline - interval '600 seconds'").await;
    let clock = ada.learner.caller.pause(ada.attempt).await.unwrap();
    assert_eq!((clock.paused, clock.milliseconds_left), (true, 600_000));
    ada.stop_time_at("deadline + interval '7 days'").await;
    finish_expired(&ada.learner.site.server.db).await.unwrap();
    assert_eq!(ada.learner.site.count(OPEN).await, 1, "a clock that stands still does not run out");
    let sitting = ada.sit().await.unwrap();
    assert_eq!((sitting.clock.milliseconds_left, sitting.questions.len()), (600_000, 0), "nothing to think about meanwhile");
    assert_eq!(ada.save(1, &[1]).await.err(), Some(AppError::Conflict(Conflict::ExamPaused)));
    let clock = ada.learner.caller.resume(ada.attempt).await.unwrap();
    assert_eq!((clock.paused, clock.milliseconds_left), (false, 600_000));
    ada.save(1, &[1]).await.unwrap();
}

#[sqlx::test]
async fn exam_mode_has_no_pause(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    assert_eq!(ada.learner.caller.pause(ada.attempt).await.err(), Some(AppError::Conflict(Conflict::NoPause)));
    assert!(!ada.learner.caller.resume(ada.attempt).await.unwrap().paused, "nothing to resume, nothing changed");
    ada.save(1, &[1]).await.unwrap();
}
