//! Who sees reports and closes them, and what the command line prints.

use app::error::AppError;
use app::reports::api::{NewReport, ReportRow, Reports as _};
use domain::ids::ReportId;
use domain::reports::{Kind, Outcome, Standing};
use firstline::caller::Caller;
use firstline::reports::open;
use sqlx::PgPool;
use uuid::Uuid;

use super::{ada, bank, report, site, told};
use crate::support::bank::asked;
use crate::support::browser::Browser;
use crate::support::learner::Learner;
use crate::support::log::Log;
use crate::support::site::{PASSWORD, Site};
use crate::support::{Folder, firstline, succeed};

async fn rows(grace: &Caller) -> Vec<ReportRow> {
    grace.reports(1).await.unwrap().reports
}

async fn signed_in(site: &Site, name: &str) -> Caller {
    let mut visitor = site.visitor();
    visitor.sign_in(name, PASSWORD).await.unwrap();
    visitor.caller().await
}

/// By position of one attempt, from 1.
async fn reported(site: &Site, kinds: &[Kind]) -> Learner {
    let ada = Learner::of(&ada(site).await).await;
    let attempt = told(&ada, u16::try_from(kinds.len()).unwrap()).await;
    for (position, kind) in (1..).zip(kinds) {
        ada.caller.report(report(attempt, position, *kind)).await.unwrap();
    }
    ada
}

#[sqlx::test]
async fn an_administrator_sees_open_reports_first_and_closes_them_and_takes_it_back(db: PgPool) {
    let site = site(db).await;
    let grace = site.administrator("grace").await.caller().await;
    assert_eq!(grace.reports(1).await.unwrap().reports, []);
    reported(&site, &[Kind::Key, Kind::Unclear, Kind::Layout]).await;
    let view = grace.reports(1).await.unwrap();
    assert_eq!((view.open, view.page, view.pages), (3, 1, 1));
    let kinds = |rows: &[ReportRow]| rows.iter().map(|row| row.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&view.reports), [Kind::Layout, Kind::Unclear, Kind::Key]);
    let row = &view.reports[0];
    assert_eq!((row.by.as_str(), row.exam_name.as_str(), row.standing), ("ada", "Exam alpha", Standing::Present));
    assert!(site.server.catalog.item(&row.item).unwrap().version.as_str().starts_with(&row.version) && row.version.len() == 12);

    grace.close_report(row.id, Outcome::Mended).await.unwrap();
    let closed = rows(&grace).await;
    assert_eq!(kinds(&closed), [Kind::Unclear, Kind::Key, Kind::Layout]);
    let how = closed[2].closed.clone().unwrap();
    assert_eq!((how.outcome, how.by.as_deref()), (Outcome::Mended, Some("grace")));
    assert_eq!(grace.reports(1).await.unwrap().open, 2);
    grace.close_report(row.id, Outcome::NoFault).await.unwrap();
    assert_eq!(rows(&grace).await[2].closed.clone().unwrap().outcome, Outcome::NoFault);

    grace.reopen_report(row.id).await.unwrap();
    assert_eq!(rows(&grace).await, view.reports, "as if it had never been closed");
}

#[sqlx::test]
async fn a_report_says_whether_the_bank_still_holds_its_version(db: PgPool) {
    let site = site(db).await;
    let mut grace = site.administrator("grace").await.caller().await;
    reported(&site, &[Kind::Key, Kind::Unclear, Kind::Layout]).await;
    let before = rows(&grace).await;
    let mut now = bank();
    now.edit(&before[0].item, "Keep ", "Always keep ");
    now.remove(&before[1].item);
    grace.server = site.clone().with_bank(&now).await.server;
    let standings: Vec<_> = rows(&grace).await.iter().map(|row| row.standing).collect();
    assert_eq!(standings, [Standing::Changed, Standing::Gone, Standing::Present]);
    let open = open::load(&site.server.db, &grace.server.catalog).await.unwrap();
    assert_eq!(open.iter().filter(|report| report.standing == Standing::Present).count(), 1);
}

#[sqlx::test]
async fn other_roles_are_refused_and_other_organisations_see_nothing(db: PgPool) {
    let site = site(db).await;
    let grace = site.administrator("grace").await.caller().await;
    let ada = reported(&site, &[Kind::Key]).await;
    let id = rows(&grace).await[0].id;
    let calls = async |caller: &Caller, id: ReportId| {
        (caller.close_report(id, Outcome::NoFault).await, caller.reopen_report(id).await, caller.reports(1).await)
    };
    let forbidden = (Err(AppError::Forbidden), Err(AppError::Forbidden), Err(AppError::Forbidden));
    assert_eq!(calls(&ada.caller, id).await, forbidden);
    for role in [
        "update memberships set role = 'lead' from accounts a where a.account_id = memberships.account_id and a.name = 'ada'",
        "update memberships set role = 'report_reader' from accounts a where a.account_id = memberships.account_id and a.name = 'ada'",
    ] {
        site.execute(role).await;
        assert_eq!(calls(&signed_in(&site, "ada").await, id).await, forbidden, "{role}");
    }
    let nobody = (Err(AppError::SignInNeeded), Err(AppError::SignInNeeded), Err(AppError::SignInNeeded));
    assert_eq!(calls(&site.visitor().caller().await, id).await, nobody);

    site.member("eve").await;
    site.execute(
        "update memberships set role = 'admin' from accounts a where a.account_id = memberships.account_id and a.name = 'eve'",
    )
    .await;
    let eve = signed_in(&site, "eve").await;
    for id in [id, ReportId(Uuid::now_v7())] {
        let (closed, reopened, list) = calls(&eve, id).await;
        assert_eq!((closed, reopened), (Err(AppError::NotFound), Err(AppError::NotFound)));
        assert_eq!((list.clone().unwrap().reports, list.unwrap().open), (vec![], 0));
    }
    assert_eq!(rows(&grace).await[0].closed, None, "a stranger has changed something");
}

#[sqlx::test]
async fn a_long_list_comes_in_pages_with_the_same_number_of_statements(db: PgPool) {
    let (log, _guard) = Log::catch();
    let site = site(db).await;
    let visitor = site.administrator("grace").await;
    let mut browser = Browser::new(&site);
    browser.cookie = Some(format!("sid={}", visitor.cookie.clone().unwrap()));
    let ada = reported(&site, &[Kind::Key]).await;
    let counted = async |browser: &mut Browser| {
        log.take();
        assert!(browser.get("/reports").await.status.is_success());
        log.take().matches(" sqlx::query: ").count()
    };
    let few = counted(&mut browser).await;
    let attempt = told(&ada, 25).await;
    for position in 1..=25 {
        ada.caller.report(report(attempt, position, Kind::Unclear)).await.unwrap();
    }
    assert_eq!(counted(&mut browser).await, few);
    assert!((3..=5).contains(&few), "{few} statements");
    let grace = visitor.caller().await;
    let (first, second) = (grace.reports(1).await.unwrap(), grace.reports(2).await.unwrap());
    assert_eq!((first.reports.len(), second.reports.len(), first.pages, first.open), (20, 6, 2, 26));
    assert_eq!(grace.reports(9).await.unwrap(), second);
    assert!(browser.get("/reports?page=2").await.has("Page 2 of 2"));
}

#[sqlx::test]
async fn the_command_line_prints_what_is_open_of_all_organisations(db: PgPool) {
    let site = site(db).await;
    let grace = site.administrator("grace").await.caller().await;
    let ada = reported(&site, &[Kind::Key, Kind::Unclear]).await;
    let bob = Learner::at(&site, "bob").await;
    let attempt = told(&bob, 1).await;
    let note = "Line one\nline two".to_owned();
    bob.caller.report(NewReport { note, ..report(attempt, 1, Kind::Outdated) }).await.unwrap();
    grace.close_report(rows(&grace).await[0].id, Outcome::NoFault).await.unwrap();

    let reports = open::load(&site.server.db, &site.server.catalog).await.unwrap();
    assert_eq!(reports.len(), 2);
    let print = |json: bool| {
        let mut out = Vec::new();
        open::print(&reports, json, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let item = asked(&bob.ask(attempt, 1).await);
    let text = print(false);
    for part in [
        item.as_str(),
        "A fact is out of date",
        "The key is wrong",
        "As it is now",
        "    | Line one\n    | line two\n",
        "2 open reports",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains("Hard to understand"), "closed reports are done with:\n{text}");
    let json: serde_json::Value = serde_json::from_str(&print(true)).unwrap();
    let of_bob = json.as_array().unwrap().iter().find(|one| one["kind"] == "outdated").unwrap();
    assert_eq!((&of_bob["item"], &of_bob["standing"]), (&item.as_str().into(), &"present".into()));
    assert!(!text.contains("ada,") && ada.caller.session.is_some());
}

#[test]
fn the_program_says_that_nothing_is_reported() {
    let data = Folder::new();
    assert_eq!(succeed(firstline(data.path()).args(["content", "reports"])).trim(), "No report is open.");
    assert_eq!(succeed(firstline(data.path()).args(["content", "reports", "--json"])).trim(), "[]");
}
