//! What a learner may report, and when.

use app::error::{AppError, Conflict};
use app::exams::api::{ExamRequest, Exams as _};
use app::practice::api::Practice as _;
use app::reports::api::{Filed, NewReport, Reports as _};
use domain::exams::{Length, Mode};
use domain::ids::AttemptId;
use domain::reports::{Kind, LONGEST_NOTE, MOST_AN_HOUR};
use sqlx::PgPool;
use uuid::Uuid;

use super::{bank, report, site, told};
use crate::support::bank::asked;
use crate::support::learner::Learner;
use crate::support::site::fields;

const STORED: &str = "select count(*) from item_reports";

#[sqlx::test]
async fn a_told_question_is_reported_with_its_version_and_the_same_words_count_once(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    let attempt = told(&ada, 2).await;
    let item = site.server.catalog.item(&asked(&ada.ask(attempt, 2).await)).unwrap().clone();
    let said = NewReport { note: "  The second one too.\r\nSee the manual. ".to_owned(), ..report(attempt, 2, Kind::Several) };
    let filed = Filed { attempt, position: 2, is_exam: false, before: false };
    assert_eq!(ada.caller.report(said.clone()).await, Ok(filed));
    assert_eq!(filed.path(), format!("/practice/{attempt}/2?reported=new"));
    let row = "select concat_ws('|', name, attempt_id, position, item_id, item_version, kind, note, outcome)
               from item_reports join accounts using (account_id)";
    let note = "The second one too.\nSee the manual.";
    assert_eq!(site.texts(row).await, [format!("ada|{attempt}|2|{}|{}|several|{note}", item.id, item.version)]);

    let other_note = NewReport { note: "Once more.".to_owned(), ..said };
    assert_eq!(ada.caller.report(other_note).await, Ok(Filed { before: true, ..filed }));
    assert_eq!(site.texts(row).await.len(), 1);
    assert!(site.texts(row).await[0].ends_with(note), "what was said first stays");
    assert_eq!(ada.caller.report(report(attempt, 2, Kind::Layout)).await, Ok(filed), "another kind is another report");
}

#[sqlx::test]
async fn another_learner_and_another_version_are_other_reports(db: PgPool) {
    let site = site(db).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    for learner in [&ada, &bob] {
        let attempt = told(learner, 48).await;
        for position in 1..=MOST_AN_HOUR {
            assert!(!learner.caller.report(report(attempt, position, Kind::Key)).await.unwrap().before);
        }
    }
    assert_eq!(site.count(STORED).await, 2 * i64::from(MOST_AN_HOUR));

    let mut mended = bank();
    for item in mended.ids() {
        mended.edit(&item, "Keep ", "Always keep ");
    }
    let mut later = Learner { site: site.clone().with_bank(&mended).await.later(3601), caller: ada.caller.clone() };
    later.caller.server = later.site.server.clone();
    let attempt = told(&later, 48).await;
    for position in 1..=MOST_AN_HOUR {
        assert!(!later.caller.report(report(attempt, position, Kind::Key)).await.unwrap().before, "it is another text");
    }
}

#[sqlx::test]
async fn nothing_can_be_reported_before_its_answer_is_told(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    let attempt = ada.begin(3).await;
    ada.answer_next(attempt, 1, |_| true).await;
    for kind in Kind::ALL {
        let refused = ada.caller.report(report(attempt, 2, kind)).await;
        assert_eq!(refused, Err(AppError::Conflict(Conflict::NotTold)));
    }
    assert_eq!(site.count(STORED).await, 0);
    ada.caller.report(report(attempt, 1, Kind::Key)).await.unwrap();
    ada.caller.finish(attempt).await.unwrap();
    // Over is over: what was not answered is told as well.
    ada.caller.report(report(attempt, 2, Kind::Key)).await.unwrap();
}

#[sqlx::test]
async fn a_running_exam_takes_no_reports_whatever_is_answered(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    let request = ExamRequest { exam: "alpha".into(), length: Length::Short, mode: Mode::Practice, simulations: false };
    let attempt = ada.caller.begin_exam(request).await.unwrap();
    let running = Err(AppError::Conflict(Conflict::ExamRunning));
    assert_eq!(ada.caller.report(report(attempt, 1, Kind::Key)).await, running);
    site.execute(
        "update attempt_items set chosen = '{0}', points = 1, points_of = 1, correct = true, answered_at = firstline_now()
         where position = 1",
    )
    .await;
    assert_eq!(ada.caller.report(report(attempt, 1, Kind::Key)).await, running);
    ada.caller.pause(attempt).await.unwrap();
    assert_eq!(ada.caller.report(report(attempt, 1, Kind::Key)).await, running, "a clock that stands still is no end");
    assert_eq!(site.count(STORED).await, 0);
    ada.caller.finish_exam(attempt).await.unwrap();
    let filed = ada.caller.report(report(attempt, 1, Kind::Key)).await.unwrap();
    assert_eq!((filed.is_exam, filed.path()), (true, format!("/exams/{attempt}/1?reported=new")));
}

#[sqlx::test]
async fn only_questions_of_ones_own_attempts_are_there(db: PgPool) {
    let site = site(db).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    let attempt = told(&ada, 3).await;
    for (attempt, position) in [(attempt, 1), (AttemptId(Uuid::now_v7()), 1)] {
        assert_eq!(bob.caller.report(report(attempt, position, Kind::Key)).await, Err(AppError::NotFound));
    }
    for position in [0, 4, u16::MAX] {
        assert_eq!(ada.caller.report(report(attempt, position, Kind::Key)).await, Err(AppError::NotFound), "{position}");
    }
    let nobody = site.visitor().caller().await;
    assert_eq!(nobody.report(report(attempt, 1, Kind::Key)).await, Err(AppError::SignInNeeded));
    assert_eq!(site.count(STORED).await, 0);
}

#[sqlx::test]
async fn a_member_of_the_same_organisation_cannot_report_from_the_attempts_of_another(db: PgPool) {
    let site = site(db).await;
    let grace = site.administrator("grace").await;
    let ada = Learner::of(&super::ada(&site).await).await;
    let attempt = told(&ada, 3).await;
    assert_eq!(grace.caller().await.report(report(attempt, 1, Kind::Key)).await, Err(AppError::NotFound));
}

#[sqlx::test]
async fn a_long_note_comes_back_to_its_field_and_is_not_cut(db: PgPool) {
    let site = site(db).await;
    let ada = Learner::at(&site, "ada").await;
    let attempt = told(&ada, 1).await;
    let note = "x".repeat(usize::from(LONGEST_NOTE) + 1);
    let refused = ada.caller.report(NewReport { note, ..report(attempt, 1, Kind::Key) }).await;
    assert_eq!(fields(&refused)["report[note]"], "Shorten your note to 500 characters.");
    assert_eq!(site.count(STORED).await, 0);
    let note = "é".repeat(LONGEST_NOTE.into());
    ada.caller.report(NewReport { note, ..report(attempt, 1, Kind::Key) }).await.unwrap();
}

#[sqlx::test]
async fn a_flood_is_stopped_for_an_hour_and_nobody_elses(db: PgPool) {
    let site = site(db).await;
    let (ada, bob) = (Learner::at(&site, "ada").await, Learner::at(&site, "bob").await);
    let attempt = told(&ada, 48).await;
    for position in 1..=MOST_AN_HOUR {
        ada.caller.report(report(attempt, position, Kind::Unclear)).await.unwrap();
    }
    let one_more = report(attempt, MOST_AN_HOUR + 1, Kind::Unclear);
    let refused = ada.caller.report(one_more.clone()).await;
    assert!(
        matches!(refused, Err(AppError::TooMany { retry_after_seconds }) if (3500..=3600).contains(&retry_after_seconds)),
        "{refused:?}"
    );
    assert_eq!(site.count(STORED).await, i64::from(MOST_AN_HOUR), "a refused report leaves nothing behind");
    assert!(ada.caller.report(report(attempt, 1, Kind::Unclear)).await.unwrap().before, "said before is no new report");
    let of_bob = told(&bob, 1).await;
    bob.caller.report(report(of_bob, 1, Kind::Unclear)).await.unwrap();
    let mut later = ada.caller.clone();
    later.server = site.later(3601).server;
    later.report(one_more).await.unwrap();
}
