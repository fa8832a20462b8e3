//! Every page and every server function, from the router's own lists: what visitors get, and what strangers get (T8).
//!
//! A page or a function that is added without a row here fails these tests.

use app::exams::api::ExamRequest;
use app::practice::api::Practice as _;
use app::tickets::api::{Asked, StepRequest, TicketRequest, Tickets as _};
use axum::http::StatusCode;
use domain::exams::{Length, Mode};
use domain::ids::{AttemptId, PresetId, TicketId, WriterId};
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;
use sqlx::PgPool;
use uuid::Uuid;

use crate::support::bank::Bank;
use crate::support::browser::{Answer, Browser};
use crate::support::company::SCENARIO;
use crate::support::learner::{Learner, answer_fields, new_key, request};
use crate::support::site::{PASSWORD, Site};
use crate::support::taker::{Taker, change, change_fields, exam_request};

/// Pages that anyone may see, and why.
const OPEN_PAGES: [(&str, &str); 7] = [
    ("/", "says what this is"),
    ("/sign-in", "leads in"),
    ("/sign-up", "leads in, where the site lets people"),
    ("/reset/{secret}", "for those who cannot sign in"),
    ("/about", "licences"),
    ("/components", "the design system, without data"),
    ("/offline", "kept on the device"),
];

/// Server functions that need no session, and why.
const OPEN_FUNCTIONS: [(&str, &str); 4] = [
    ("/api/accounts/sign-in", "makes one"),
    ("/api/accounts/sign-up", "makes one"),
    ("/api/accounts/reset-password", "has the link's secret instead"),
    ("/api/accounts/sign-out", "being out already is fine"),
];

/// Whose things a request names.
#[derive(Clone, Copy)]
struct Named {
    attempt: AttemptId,
    ticket: TicketId,
    session: Uuid,
    preset: PresetId,
}

impl Named {
    fn nothing() -> Self {
        Self {
            attempt: AttemptId(Uuid::now_v7()),
            ticket: TicketId(Uuid::now_v7()),
            session: Uuid::now_v7(),
            preset: PresetId(Uuid::now_v7()),
        }
    }
}

type Fields = Vec<(String, String)>;

/// How a function is called.
enum Call {
    Form(Fields),
    Json(serde_json::Value),
}

impl Call {
    async fn by(&self, browser: &mut Browser, function: &str) -> Answer {
        match self {
            Self::Form(fields) => browser.call(function, fields).await,
            Self::Json(content) => browser.call_json(function, content).await,
        }
    }
}

/// What a function is called with, well formed; and whether that names things by id.
fn arguments(function: &str, named: Named) -> (Call, bool) {
    let (attempt, ticket) = (("attempt", named.attempt.to_string()), ("ticket", named.ticket.to_string()));
    let fields = |pairs: &[(&str, String)]| Call::Form(pairs.iter().map(|(n, v)| ((*n).to_owned(), v.clone())).collect());
    let text = str::to_owned;
    match function.strip_prefix("/api/").unwrap() {
        "accounts/sign-in" | "accounts/sign-up" => (fields(&[("name", text("ada")), ("password", text(PASSWORD))]), false),
        "accounts/sign-out" | "accounts/end-other-sessions" | "accounts/set-shortcuts" => (fields(&[]), false),
        "accounts/change-password" => (fields(&[("current", text(PASSWORD)), ("new", text(PASSWORD))]), false),
        "accounts/reset-password" => (fields(&[("secret", "0".repeat(64)), ("new", text(PASSWORD))]), false),
        "accounts/set-time-allowance" => (fields(&[("percent", text("125"))]), false),
        "accounts/end-session" => (fields(&[("id", named.session.to_string())]), true),
        "practice/begin" => (fields(&[("request[exam]", text("alpha")), ("request[count]", text("3"))]), false),
        "practice/save-preset" => {
            let request = [("request[exam]", "alpha"), ("request[count]", "3"), ("name", "Mine")];
            (fields(&request.map(|(name, value)| (name, text(value)))), false)
        }
        "practice/begin-preset" | "practice/delete-preset" => (fields(&[("preset", named.preset.to_string())]), true),
        "practice/begin-day" => (fields(&[("exam", text("alpha"))]), false),
        "practice/begin-missed" | "practice/finish" | "exams/pause" | "exams/resume" | "exams/finish" => {
            (fields(&[attempt]), true)
        }
        "practice/question" => (fields(&[attempt, ("position", text("1"))]), true),
        "practice/mark" => (fields(&[attempt, ("position", text("1")), ("marked", text("true"))]), true),
        "practice/answer" => {
            let (attempt, key) = (named.attempt, new_key());
            let answer =
                app::practice::api::Answer { attempt, position: 1, choices: vec![1], text: String::new(), key, sequence: 1 };
            (Call::Form(answer_fields(&answer)), true)
        }
        "exams/begin" => {
            let request = [("request[exam]", "timed"), ("request[length]", "short"), ("request[mode]", "practice")];
            (fields(&request.map(|(name, value)| (name, text(value)))), false)
        }
        "exams/sit-here" => (fields(&[attempt, ("writer", Uuid::now_v7().to_string())]), true),
        "exams/save" => (Call::Form(change_fields("change", &change(named.attempt, WriterId(Uuid::now_v7())))), true),
        "exams/save-and-go" => {
            let mut fields = change_fields("answer", &change(named.attempt, WriterId(Uuid::now_v7())));
            fields.push((text("to"), text("2")));
            (Call::Form(fields), true)
        }
        "reports/report" => (
            fields(&[
                ("report[attempt]", named.attempt.to_string()),
                ("report[position]", text("1")),
                ("report[kind]", text("key")),
            ]),
            true,
        ),
        // For administrators alone: what is asked of them is in `tests/reports`.
        "reports/close" => {
            let report = Uuid::now_v7().to_string();
            (fields(&[("report", report), ("outcome", text("mended")), ("page", text("1"))]), false)
        }
        "reports/reopen" => (fields(&[("report", Uuid::now_v7().to_string()), ("page", text("1"))]), false),
        "tickets/take" => (fields(&[("request[scenario]", text(SCENARIO))]), false),
        "tickets/take-over" => (fields(&[ticket, ("writer", Uuid::now_v7().to_string())]), true),
        "tickets/work-at" => (fields(&[ticket, ("device", text("0"))]), true),
        "tickets/hint-offer" | "tickets/recording" => (fields(&[ticket]), true),
        "tickets/fork" => (fields(&[ticket, ("actions", text("0"))]), true),
        "tickets/step" => {
            let (ticket, writer) = (named.ticket, WriterId(Uuid::now_v7()));
            let request = StepRequest { ticket, writer, key: new_key(), step: Asked::Line("wait 1m".to_owned()) };
            (Call::Json(serde_json::json!({ "request": request })), true)
        }
        other => panic!("{other} is new: say here how it is called"),
    }
}

/// Every page as the router has it, such as `/practice/{attempt}`.
fn pages() -> Vec<String> {
    let pages: Vec<_> = generate_route_list(app::App).iter().map(|page| page.path().to_owned()).collect();
    assert!(pages.len() >= 13, "{pages:?}");
    pages
}

fn functions() -> Vec<&'static str> {
    let functions: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
    assert!(functions.len() >= 14, "{functions:?}");
    functions
}

fn filled(page: &str, named: Named) -> String {
    let path = page
        .replace("{attempt}", &named.attempt.to_string())
        .replace("{ticket}", &named.ticket.to_string())
        .replace("{position}", "1")
        .replace("{secret}", "none");
    assert!(!path.contains('{'), "{page} has a new parameter: say here what stands for it");
    path
}

fn is_open(list: &[(&str, &str)], path: &str) -> bool {
    list.iter().any(|(open, _)| *open == path)
}

async fn site(db: PgPool) -> Site {
    Site::new(db).with_bank(&Bank::small().with_clinic().with_timed()).await
}

#[sqlx::test]
async fn visitors_are_led_to_sign_in_from_every_page_but_the_open_ones(db: PgPool) {
    let mut visitor = Browser::new(&site(db).await);
    for page in pages() {
        let path = filled(&page, Named::nothing());
        let answer = visitor.get(&path).await;
        if is_open(&OPEN_PAGES, &page) {
            assert_eq!(answer.status, StatusCode::OK, "{page}");
        } else {
            let expected = format!("/sign-in?next={}", path.replace('/', "%2F"));
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, Some(expected.as_str())), "{page}");
            assert_eq!(answer.body, "", "{page}");
        }
    }
    for (page, _) in OPEN_PAGES {
        assert!(pages().iter().any(|known| known == page), "{page} is gone: take it off the list");
    }
}

#[sqlx::test]
async fn visitors_can_call_nothing_but_the_open_functions(db: PgPool) {
    let site = site(db).await;
    Learner::at(&site, "ada").await;
    for function in functions() {
        let mut visitor = Browser::new(&site);
        let (call, _) = arguments(function, Named::nothing());
        let answer = call.by(&mut visitor, function).await;
        if is_open(&OPEN_FUNCTIONS, function) {
            assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{function}");
        } else {
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{function}");
            assert_eq!(answer.error(), app::error::AppError::SignInNeeded, "{function}");
            let Call::Form(fields) = call else { continue };
            let form = visitor.post(function, &fields).await;
            assert!(
                form.status == StatusCode::UNAUTHORIZED || form.status == StatusCode::SEE_OTHER,
                "{function}: {}",
                form.status
            );
            assert!(form.location().is_none_or(|path| path.starts_with("/sign-in")), "{function}");
        }
    }
}

/// The cookie of a session that has ended opens no door either.
#[sqlx::test]
async fn an_ended_session_is_none(db: PgPool) {
    let site = site(db).await;
    let mut ada = Browser::signed_in(&site, "ada").await;
    let stolen = ada.cookie.clone();
    ada.call("/api/accounts/sign-out", &[("", "")]).await;
    ada.cookie = stolen;
    for function in functions().into_iter().filter(|function| !is_open(&OPEN_FUNCTIONS, function)) {
        let (call, _) = arguments(function, Named::nothing());
        assert_eq!(call.by(&mut ada, function).await.status, StatusCode::UNAUTHORIZED, "{function}");
    }
    assert_eq!(ada.get("/account").await.location(), Some("/sign-in?next=%2Faccount"));
}

#[sqlx::test]
async fn to_strangers_the_things_of_others_are_not_there(db: PgPool) {
    let site = site(db).await;
    let visitor = site.member("ada").await;
    let ada = Learner::of(&visitor).await;
    let session = visitor.session().await.unwrap().id.0;
    let (open, finished) = (ada.begin(3).await, ada.begin(3).await);
    ada.answer_next(finished, 3, |_| false).await;
    let timed = ExamRequest { exam: "timed".into(), ..exam_request(Length::Short, Mode::Practice) };
    let exam = Taker::of(&ada, timed).await.attempt;
    let ticket = ada.caller.take(TicketRequest::default()).await.unwrap();
    ada.caller.save_preset("Mine".to_owned(), request(3)).await.unwrap();
    let preset = ada.caller.builder(None).await.unwrap().presets[0].id;
    let stored = async || {
        let rows = "select concat(a, i) from attempts a join attempt_items i using (org_id, attempt_id)
                    union all select s::text from sessions s union all select r::text from responses r
                    union all select t::text from tickets t union all select p::text from ticket_steps p
                    union all select k::text from presets k order by 1";
        site.texts(rows).await
    };
    let mut bob = Browser::signed_in(&site, "bob").await;
    let before = stored().await;
    let mut tried = 0;
    for attempt in [open, finished, exam] {
        let (foreign, missing) = (Named { attempt, ticket, session, preset }, Named::nothing());
        for function in functions().into_iter().filter(|function| arguments(function, foreign).1) {
            let theirs = arguments(function, foreign).0.by(&mut bob, function).await;
            let none = arguments(function, missing).0.by(&mut bob, function).await;
            assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{function}");
            assert_same(&theirs, foreign, &none, missing, function);
            tried += 1;
        }
        for page in pages().into_iter().filter(|page| page.contains("{attempt}") || page.contains("{ticket}")) {
            let theirs = bob.get(&filled(&page, foreign)).await;
            let none = bob.get(&filled(&page, missing)).await;
            assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{page}");
            assert_same(&theirs, foreign, &none, missing, &page);
            tried += 1;
        }
    }
    assert!(tried >= 3 * (20 + 8), "{tried}");
    assert_eq!(stored().await, before, "a stranger has changed something");
}

/// The same answer, but for the id that was asked for and what is new each time.
fn assert_same(one: &Answer, of_one: Named, other: &Answer, of_other: Named, what: &str) {
    let plain = |answer: &Answer, named: Named| {
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or("none").to_owned();
        let request = answer.header("x-request-id").to_owned();
        let text = format!("{} {:?} {}", answer.status, answer.headers, answer.body);
        let text = text
            .replace(&named.attempt.to_string(), "ATTEMPT")
            .replace(&named.ticket.to_string(), "TICKET")
            .replace(&named.session.to_string(), "SESSION")
            .replace(&named.preset.to_string(), "PRESET");
        text.replace(&nonce, "NONCE").replace(&request, "REQUEST")
    };
    assert_eq!(plain(one, of_one), plain(other, of_other), "{what}");
}
