//! What may be taken, and what a form is from its first moment on.

use app::error::{AppError, Conflict};
use app::exams::api::{ExamRequest, Exams as _};
use app::practice::api::Practice as _;
use domain::exams::{Length, Mode};
use futures::future::join_all;
use sqlx::PgPool;

use crate::content::built_in;
use crate::support::bank::{Bank, SECRET};
use crate::support::learner::{Learner, answer};
use crate::support::site::Site;
use crate::support::sitter::{Sitter, short};

async fn ada(db: PgPool) -> Learner {
    Learner::at(&Site::new(db).with_bank(&Bank::small().with_timed()).await, "ada").await
}

#[sqlx::test]
async fn a_bank_that_is_too_small_offers_only_the_forms_it_has(db: PgPool) {
    let ada = ada(db).await;
    let lobby = ada.caller.lobby(Some("timed".into())).await.unwrap();
    let offered: Vec<_> = lobby.forms.iter().map(|form| (form.length, form.questions, form.missing.is_none())).collect();
    assert_eq!(offered, [(Length::Full, 90, false), (Length::Half, 45, false), (Length::Short, 20, true)]);
    let (missing, name) = lobby.forms[1].missing.clone().unwrap();
    assert_eq!((missing.domain, missing.found, name.as_str()), (1, 12, "Domain 1 of timed"));
    let longer = ExamRequest { length: Length::Half, ..short("timed", Mode::Exam) };
    assert_eq!(ada.caller.begin_exam(longer).await, Err(AppError::Conflict(Conflict::FormTooLong)));
    assert_eq!(ada.caller.begin_exam(short("nothing", Mode::Exam)).await, Err(AppError::NotFound));
    assert_eq!(ada.site.count("select count(*) from attempts").await, 0);
}

#[sqlx::test]
async fn every_exam_of_the_content_has_forms_of_every_length(db: PgPool) {
    let mut bank = Bank::default();
    bank.files = built_in();
    let ada = Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await;
    let exams: Vec<_> = bank.files.keys().filter_map(|path| path.strip_suffix("/exam.toml")).collect();
    assert_eq!(exams.len(), 4);
    for exam in exams {
        let lobby = ada.caller.lobby(Some(exam.into())).await.unwrap();
        assert_eq!(lobby.forms.len(), 3);
        assert!(lobby.forms.iter().all(|form| form.missing.is_none()), "{exam}: {:?}", lobby.forms);
    }
}

#[sqlx::test]
async fn windows_that_begin_at_once_begin_one_exam(db: PgPool) {
    let ada = ada(db).await;
    let begun = join_all((0..8).map(|_| ada.caller.begin_exam(short("timed", Mode::Exam)))).await;
    let first = begun[0].clone().unwrap();
    assert!(begun.iter().all(|attempt| attempt.as_ref() == Ok(&first)), "{begun:?}");
    assert_eq!(ada.site.count("select count(*) from attempts").await, 1);
    assert_eq!(ada.site.count("select count(*) from attempt_items").await, 20);
    let other = ada.caller.begin_exam(short("alpha", Mode::Exam)).await;
    assert_eq!(other, Err(AppError::Conflict(Conflict::FormTooLong)), "another exam is another matter");
}

#[sqlx::test]
async fn the_clock_starts_with_the_form_and_knows_the_allowance(db: PgPool) {
    let ada = ada(db).await;
    let limit = "select time_limit || ' ' || extract(epoch from deadline_at - started_at)::int from attempts";
    ada.caller.begin_exam(short("timed", Mode::Exam)).await.unwrap();
    assert_eq!(ada.site.texts(limit).await, ["1200 1200"]);
    ada.site.execute("delete from attempts").await;
    ada.site.execute("update accounts set time_allowance = 150").await;
    ada.caller.begin_exam(short("timed", Mode::Exam)).await.unwrap();
    assert_eq!(ada.site.texts(limit).await, ["1800 1800"]);
}

/// The page of a running exam is as silent as its answers, and so is everything that belongs to study quizzes.
#[sqlx::test]
async fn nothing_is_told_before_the_end(db: PgPool) {
    let mut ada = Sitter::at_new_site(db, Mode::Exam).await;
    ada.answer_all(|position| position % 2 == 0).await;
    let (caller, attempt) = (&ada.learner.caller, ada.attempt);
    let sitting = caller.sitting(attempt).await.unwrap();
    let text = format!("{sitting:?} {:?}", caller.lobby(None).await.unwrap());
    assert!(text.contains("asked-timed") && !text.contains(SECRET), "{text}");
    let running = AppError::Conflict(Conflict::ExamRunning);
    assert_eq!(caller.exam_result(attempt).await.err(), Some(running.clone()));
    assert_eq!(caller.exam_question(attempt, 1).await.err(), Some(running));
    assert_eq!(caller.question(attempt, Some(1)).await.err(), Some(AppError::NotFound));
    assert_eq!(caller.question(attempt, None).await.err(), Some(AppError::NotFound));
    assert_eq!(caller.mark(attempt, 1, true).await.err(), Some(AppError::NotFound));
    assert_eq!(caller.result(attempt).await.err(), Some(AppError::NotFound));
    assert_eq!(caller.finish(attempt).await.err(), Some(AppError::NotFound));
    let quiz = caller.begin(crate::support::learner::request_of("timed", 3)).await.unwrap();
    let mut sent = answer(&ada.learner.ask(quiz, 1).await, vec![1]);
    sent.attempt = attempt;
    assert_eq!(caller.answer(sent).await.err(), Some(AppError::NotFound));
    let history = caller.history(1).await.unwrap();
    let row = history.attempts.iter().find(|row| row.id == attempt).unwrap();
    assert_eq!((row.finished_at.clone(), row.mark.correct), (None, 0));
}
