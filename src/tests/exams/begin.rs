//! The form that is drawn, and that there is one.

use app::accounts::api::Accounts as _;
use app::error::{AppError, Conflict};
use app::exams::api::{ExamRequest, Exams as _};
use domain::accounts::TimeAllowance;
use domain::exams::{Length, Mode, TooSmall};
use futures::future::join_all;
use sqlx::PgPool;

use super::ada;
use crate::content::built_in;
use crate::support::bank::Bank;
use crate::support::learner::Learner;
use crate::support::site::Site;
use crate::support::taker::{Taker, exam_request};

const ATTEMPTS: &str = "select count(*) from attempts";

#[sqlx::test]
async fn the_form_and_its_clock_are_stored_as_the_blueprint_wants_them(db: PgPool) {
    let ada = ada(db).await;
    for (length, questions, seconds, shares) in
        [(Length::Short, 20, 1200, "10 6 4"), (Length::Half, 45, 2700, "23 13 9"), (Length::Full, 90, 5400, "45 27 18")]
    {
        let attempt = ada.caller.begin_exam(exam_request(length, Mode::Exam)).await.unwrap();
        let facts =
            "select concat_ws(' ', kind, length, mode, questions, time_limit, extract(epoch from deadline_at - started_at)::int,
                                      scale_min, scale_max, pass_mark, answered, correct, credit, paused_at, writer, finished_at)
                     from attempts where finished_at is null";
        let expected = format!("exam {} exam {questions} {seconds} {seconds} 100 900 700 0 0", length.as_str());
        assert_eq!(ada.site.texts(facts).await, [expected]);
        let drawn = "select concat_ws(' ', count(*) filter (where objective_id like '1.%'), count(*) filter (where objective_id like '2.%'),
                                      count(*) filter (where objective_id like '3.%'))
                     from attempt_items join attempts using (org_id, attempt_id) where finished_at is null";
        assert_eq!(ada.site.texts(drawn).await, [shares]);
        let sitting = ada.caller.sitting(attempt).await.unwrap();
        let positions: Vec<u16> = sitting.questions.iter().map(|question| question.position).collect();
        assert_eq!(positions, (1..=questions).collect::<Vec<_>>());
        ada.caller.finish_exam(attempt).await.unwrap();
    }
}

/// The learner's allowance when the exam begins; one that is chosen during it moves nothing.
#[sqlx::test]
async fn more_time_is_in_the_deadline(db: PgPool) {
    let ada = ada(db).await;
    ada.caller.set_time_allowance(TimeAllowance::HalfMore).await.unwrap();
    ada.caller.begin_exam(exam_request(Length::Short, Mode::Exam)).await.unwrap();
    let limits = "select concat_ws(' ', time_limit, extract(epoch from deadline_at - started_at)::int) from attempts";
    assert_eq!(ada.site.texts(limits).await, ["1800 1800"]);
    ada.caller.set_time_allowance(TimeAllowance::Double).await.unwrap();
    assert_eq!(ada.site.texts(limits).await, ["1800 1800"]);
}

#[sqlx::test]
async fn one_attempt_of_an_exam_is_open_at_a_time(db: PgPool) {
    let bank = Bank::large().exam("beta", &[(100, &[20])]);
    let ada = Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await;
    let first = ada.caller.begin_exam(exam_request(Length::Short, Mode::Practice)).await.unwrap();
    let again = ada.caller.begin_exam(exam_request(Length::Full, Mode::Exam)).await;
    assert_eq!(again, Ok(first), "another length or mode makes no other attempt");
    let beta = ExamRequest { exam: "beta".into(), ..exam_request(Length::Short, Mode::Exam) };
    let other = ada.caller.begin_exam(beta).await.unwrap();
    assert_ne!(other, first);
    let open: Vec<_> = ada.caller.lobby(None).await.unwrap().open.iter().map(|open| open.attempt).collect();
    assert_eq!(open, [other, first], "the latest first");
    ada.caller.finish_exam(first).await.unwrap();
    assert_ne!(ada.caller.begin_exam(exam_request(Length::Short, Mode::Practice)).await.unwrap(), first);
}

#[sqlx::test]
async fn of_eight_begins_at_once_one_exam_comes(db: PgPool) {
    let ada = ada(db).await;
    let begun = join_all((0..8).map(|_| ada.caller.begin_exam(exam_request(Length::Full, Mode::Exam)))).await;
    let first = begun[0].clone().unwrap();
    assert!(begun.iter().all(|attempt| *attempt == Ok(first)), "{begun:?}");
    assert_eq!(ada.site.count(ATTEMPTS).await, 1);
    assert_eq!(ada.site.count("select count(*) from attempt_items").await, 90);
}

#[sqlx::test]
async fn a_bank_offers_the_forms_that_it_can_fill(db: PgPool) {
    // 24, 16 and 12 items: enough for 23, 13 and 9, and not for 45, 27 and 18.
    let bank = Bank::default().exam("alpha", &[(50, &[12, 12]), (30, &[8, 8]), (20, &[6, 6])]);
    let ada = Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await;
    let offers = ada.caller.lobby(None).await.unwrap().forms;
    let offers: Vec<_> = offers.into_iter().map(|offer| (offer.length, offer.missing)).collect();
    let missing = (TooSmall { domain: 1, wanted: 45, found: 24 }, "Domain 1 of alpha".to_owned());
    assert_eq!(offers, [(Length::Full, Some(missing)), (Length::Half, None), (Length::Short, None)]);
    let refused = ada.caller.begin_exam(exam_request(Length::Full, Mode::Practice)).await;
    assert_eq!(refused, Err(AppError::Conflict(Conflict::FormTooLong)));
    assert_eq!(ada.site.count(ATTEMPTS).await, 0);
    let half = Taker::of(&ada, exam_request(Length::Half, Mode::Practice)).await;
    assert_eq!(half.sitting().await.questions.len(), 45);
}

#[sqlx::test]
async fn there_is_no_exam_of_an_unknown_blueprint(db: PgPool) {
    let ada = ada(db).await;
    let unknown = ExamRequest { exam: "beta".into(), ..exam_request(Length::Short, Mode::Exam) };
    assert_eq!(ada.caller.begin_exam(unknown).await, Err(AppError::NotFound));
    assert_eq!(ada.site.count(ATTEMPTS).await, 0);
}

/// What the learner has met comes last, and is named a repeat where it comes.
#[sqlx::test]
async fn unseen_questions_come_first_and_repeats_are_named(db: PgPool) {
    let bank = Bank::default().exam("alpha", &[(100, &[15, 15])]);
    let ada = Learner::at(&Site::new(db).with_bank(&bank).await, "ada").await;
    for (repeats, text) in [(0, "nothing was met before"), (10, "10 of 30 were left"), (20, "all were met")] {
        let taker = Taker::of(&ada, exam_request(Length::Short, Mode::Practice)).await;
        let open = "select count(*) from attempt_items join attempts using (org_id, attempt_id)
                    where finished_at is null and is_repeat";
        assert_eq!(ada.site.count(open).await, repeats, "{text}");
        taker.answer_first(20, |_| true).await;
        taker.finish().await;
    }
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
