//! Reports over HTTP: the plain form where the answer is told, the call of the scripts, and the page of administrators.

use app::reports::api::{Filed, Reports as _};
use domain::reports::Kind;
use http::StatusCode;
use sqlx::PgPool;

use super::{ada, report, site, told};
use crate::support::browser::{Answer, Browser};
use crate::support::learner::Learner;

const REPORT: &str = "/api/reports/report";

/// The form on a page as it stands, with a reason and a note.
fn filled(page: &Answer, kind: &str, note: &str) -> Vec<(String, String)> {
    let mut fields = page.form(REPORT);
    fields.push(("report[kind]".to_owned(), kind.to_owned()));
    fields.push(("report[note]".to_owned(), note.to_owned()));
    fields
}

#[sqlx::test]
async fn a_plain_form_comes_back_to_the_question_and_says_what_became_of_it(db: PgPool) {
    let site = site(db).await;
    let visitor = site.member("ada").await;
    let learner = Learner::of(&visitor).await;
    let mut ada = Browser::of(&visitor);
    let open = learner.begin(2).await;
    assert!(!ada.get(&format!("/practice/{open}/1")).await.has("Report a fault"), "nothing is told yet");
    let attempt = told(&learner, 2).await;
    let path = format!("/practice/{attempt}/1");
    let page = ada.get(&path).await;
    assert!(page.has("Report a fault") && page.has("value=\"several\""), "{}", page.body);

    let sent = ada.post(REPORT, &filled(&page, "several", "Both fit.")).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, Some(format!("{path}?reported=new").as_str())));
    let thanked = ada.get(sent.location().unwrap()).await;
    assert!(thanked.has("Thank you. Your report is stored") && thanked.has("role=\"status\""), "{}", thanked.body);
    assert!(thanked.has("class=\"told\""), "it is the same question");
    let again = ada.post(REPORT, &filled(&page, "several", "")).await;
    assert!(ada.get(again.location().unwrap()).await.has("You have reported this before."));

    let refused = ada.post(REPORT, &filled(&page, "key", &"x".repeat(501))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("Shorten your note to 500 characters.") && refused.has("class=\"told\""), "{}", refused.body);
    let unknown = ada.post(REPORT, &filled(&page, "boring", "")).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert_eq!(site.count("select count(*) from item_reports").await, 1);
}

#[sqlx::test]
async fn scripts_are_told_in_place(db: PgPool) {
    let site = site(db).await;
    let visitor = site.member("ada").await;
    let learner = Learner::of(&visitor).await;
    let mut ada = Browser::of(&visitor);
    let attempt = told(&learner, 1).await;
    let send = filled(&ada.get(&format!("/practice/{attempt}/1")).await, "layout", "");
    let expected = Filed { attempt, position: 1, is_exam: false, before: false };
    let answer = ada.call(REPORT, &send).await;
    assert_eq!((answer.status, answer.json::<Filed>()), (StatusCode::OK, expected));
    assert_eq!(ada.call(REPORT, &send).await.json::<Filed>(), Filed { before: true, ..expected });
}

#[sqlx::test]
async fn an_administrator_finds_the_page_and_closes_a_report_with_one_click(db: PgPool) {
    let site = site(db).await;
    let (visitor, learner) = (site.administrator("grace").await, Learner::of(&ada(&site).await).await);
    let mut grace = Browser::of(&visitor);
    assert!(grace.get("/account").await.has("href=\"/reports\""));
    assert!(grace.get("/reports").await.has("No reports yet"));
    let attempt = told(&learner, 1).await;
    let note = "<b>bold</b> & \"quoted\"".to_owned();
    learner.caller.report(app::reports::api::NewReport { note, ..report(attempt, 1, Kind::Key) }).await.unwrap();

    let page = grace.get("/reports").await;
    for part in ["1 report is open.", "The key is wrong", "&lt;b&gt;bold&lt;/b&gt; &amp; ", "Exam alpha", "As it is now", "ada"] {
        assert!(page.has(part), "{part}: {}", page.body);
    }
    let mut close = page.form("/api/reports/close");
    close.push(("outcome".to_owned(), "mended".to_owned()));
    let closed = grace.post("/api/reports/close", &close).await;
    assert_eq!(closed.location(), Some("/reports?page=1&done=mended"));
    let page = grace.get(closed.location().unwrap()).await;
    assert!(page.has("closed as mended") && page.has("No report is open.") && page.has("Open again"), "{}", page.body);
    let reopened = grace.post("/api/reports/reopen", &page.form("/api/reports/reopen")).await;
    assert!(grace.get(reopened.location().unwrap()).await.has("1 report is open."));
}

#[sqlx::test]
async fn the_page_is_not_for_learners(db: PgPool) {
    let site = site(db).await;
    let mut bob = Browser::signed_in(&site, "bob").await;
    assert!(!bob.get("/account").await.has("href=\"/reports\""));
    let page = bob.get("/reports").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.has("This page is not for your role"), "{}", page.body);
}
