//! Everything that a learner can do, once, by one of two ways.

use app::tickets::api::{Asked, StepRequest};
use domain::ids::ItemId;
use firstline::accounts::operator::reset_link;
use http::StatusCode;

use super::exam;
use super::watch::Watch;
use crate::support::bank::asked_in;
use crate::support::browser::Answer;
use crate::support::company::SCENARIO;
use crate::support::learner::new_key;
use crate::support::site::{OTHER_PASSWORD, PASSWORD};

const NEW_PASSWORD: &str = "nine brass kettles sing";
/// What a learner writes about a question: for administrators, not for the log.
const NOTE: &str = "the third option is odd";
const NOTHING: [(&str, &str); 0] = [];

/// How a browser sends what a person does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Forms,
    Scripts,
}

pub async fn whole(watch: &mut Watch, way: Way) {
    for password in [PASSWORD, OTHER_PASSWORD, NEW_PASSWORD] {
        watch.keep_secret(password);
    }
    watch.keep_secret(NOTE);
    visit(watch).await;
    let sign_up = [("from", "/sign-up"), ("name", "ada"), ("password", "too short")];
    watch.send(way, "/api/accounts/sign-up", &sign_up, None).await;
    let sign_up = [("from", "/sign-up"), ("name", "ada"), ("password", PASSWORD)];
    watch.send(way, "/api/accounts/sign-up", &sign_up, None).await;
    look_around(watch).await;
    let request = [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", "12")];
    let begun = watch.send(way, "/api/practice/begin", &request, None).await;
    let attempt = attempt_of(&begun);
    for position in 1..=8 {
        question(watch, way, &attempt, position).await;
    }
    look_around(watch).await;
    finish(watch, way, &attempt).await;
    look_around(watch).await;
    let again = watch.send(way, "/api/practice/begin-missed", &[("attempt", attempt.as_str())], None).await;
    question(watch, way, &attempt_of(&again), 1).await;
    let begun = watch.send(way, "/api/practice/begin-day", &[("from", "/"), ("exam", "alpha")], None).await;
    let day = match begun.location() {
        Some(path) => path.split('/').nth(2).unwrap().to_owned(),
        None => begun.json(),
    };
    watch.get("/", None).await;
    question(watch, way, &day, 1).await;
    watch.get("/", None).await;
    let parts = [("from", "/practice"), ("request[exam]", "parts"), ("request[count]", "5")];
    let begun = watch.send(way, "/api/practice/begin", &parts, None).await;
    for position in 1..=5 {
        question(watch, way, &attempt_of(&begun), position).await;
    }
    let shown = [("from", "/practice"), ("request[exam]", "shown"), ("request[count]", "3")];
    let begun = watch.send(way, "/api/practice/begin", &shown, None).await;
    for position in 1..=3 {
        question(watch, way, &attempt_of(&begun), position).await;
    }
    presets(watch, way).await;
    exam::whole(watch, way).await;
    reports(watch, way).await;
    ticket(watch, way).await;
    account(watch, way).await;
}

/// A ticket from the queue to the debrief, and another try.
async fn ticket(watch: &mut Watch, way: Way) {
    let begun = watch.send(way, "/api/tickets/take", &[("from", "/tickets"), ("request[scenario]", SCENARIO)], None).await;
    let ticket = attempt_of(&begun);
    let writer = uuid::Uuid::now_v7();
    watch.get("/tickets", None).await;
    let at = ("ticket", ticket.as_str());
    watch.send(way, "/api/tickets/take-over", &[at, ("writer", &writer.to_string())], None).await;
    watch.get(&format!("/tickets/{ticket}"), None).await;
    watch.send(way, "/api/tickets/work-at", &[at, ("device", "0")], None).await;
    watch.send(way, "/api/tickets/hint-offer", &[at], None).await;
    let id: domain::ids::TicketId = ticket.parse().unwrap();
    for line in ["sh {device} cmd ipconfig", "dance", "resolve cause=\"a\" change=\"b\" verification=\"c\" prevention=\"d\""] {
        let step = Asked::Line(line.to_owned());
        let request = StepRequest { ticket: id, writer: domain::ids::WriterId(writer), key: new_key(), step };
        watch.send_json("/api/tickets/step", &serde_json::json!({ "request": request })).await;
    }
    assert!(watch.get(&format!("/tickets/{ticket}/debrief"), None).await.status.is_success());
    watch.send(way, "/api/tickets/recording", &[at], None).await;
    watch.send(way, "/api/tickets/fork", &[("from", "/tickets"), at, ("actions", "1")], None).await;
    watch.get("/tickets", None).await;
}

/// Settings of the builder that are kept, begun and deleted.
async fn presets(watch: &mut Watch, way: Way) {
    let keep = [("from", "/practice"), ("request[exam]", "alpha"), ("request[count]", "5"), ("name", "Mine")];
    watch.send(way, "/api/practice/save-preset", &keep, None).await;
    let page = watch.get("/practice", None).await;
    let preset = page.form("/api/practice/begin-preset").into_iter().find(|(name, _)| name == "preset").unwrap().1;
    let named = [("from", "/practice"), ("preset", preset.as_str())];
    let begun = watch.send(way, "/api/practice/begin-preset", &named, None).await;
    question(watch, way, &attempt_of(&begun), 1).await;
    watch.send(way, "/api/practice/delete-preset", &named, None).await;
}

/// What is for administrators alone.
async fn reports(watch: &mut Watch, way: Way) {
    for page in ["/reports", "/coverage"] {
        assert_eq!(watch.get(page, None).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    let report = uuid::Uuid::now_v7().to_string();
    let at = [("from", "/account"), ("report", report.as_str()), ("page", "1"), ("outcome", "mended")];
    for function in ["/api/reports/close", "/api/reports/reopen"] {
        assert_eq!(watch.send(way, function, &at, None).await.status, StatusCode::FORBIDDEN, "{function}");
    }
}

/// Pages for everyone.
async fn visit(watch: &mut Watch) {
    for path in ["/", "/sign-in", "/sign-up", "/about", "/components", "/offline", "/nowhere", "/reset/0123"] {
        watch.get(path, None).await;
    }
}

/// Pages that show no question.
async fn look_around(watch: &mut Watch) {
    for path in ["/", "/practice", "/practice?exam=alpha&domain=2", "/history", "/account", "/about", "/components", "/offline"] {
        watch.get(path, None).await;
    }
}

pub fn attempt_of(begun: &Answer) -> String {
    match begun.location() {
        Some(path) => path.rsplit('/').next().unwrap().to_owned(),
        None => begun.json(),
    }
}

/// One question from every side, before its answer and after it.
async fn question(watch: &mut Watch, way: Way, attempt: &str, position: u16) {
    let (place, path) = (position.to_string(), format!("/practice/{attempt}/{position}"));
    let at = [("attempt", attempt), ("position", place.as_str())];
    let first_open = watch.get(&format!("/practice/{attempt}"), None).await;
    let page = watch.get(&path, None).await;
    let item = asked_in(&page.body);
    assert_eq!(item, asked_in(&first_open.body));
    if item.as_str() != "parts-typed" {
        assert_options_look_alike(&page, &item);
    }
    watch.send(way, "/api/practice/question", &at, None).await;
    for marked in ["true", "false"] {
        let mark = [("from", path.as_str()), at[0], at[1], ("marked", marked)];
        watch.send(way, "/api/practice/mark", &mark, None).await;
    }
    let fields = page.form("/api/practice/answer");
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    // Refused, so nothing is told yet.
    let refused = watch.send(way, "/api/practice/answer", &fields, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    fields.extend(some_answer(&page, &item).iter().map(|value| match item.as_str() {
        "parts-typed" => ("answer[text]", *value),
        _ => ("answer[choices][]", *value),
    }));
    let report = [("from", path.as_str()), ("report[attempt]", attempt), ("report[position]", place.as_str())];
    let report = report.into_iter().chain([("report[kind]", "unclear"), ("report[note]", NOTE)]).collect::<Vec<_>>();
    let early = watch.send(way, "/api/reports/report", &report, None).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    let told = (way == Way::Scripts).then_some(&item);
    watch.send(way, "/api/practice/answer", &fields, told).await;
    watch.get(&path, Some(&item)).await;
    watch.send(way, "/api/reports/report", &report, None).await;
    watch.send(way, "/api/practice/question", &at, told).await;
    watch.send(way, "/api/practice/answer", &fields, told).await;
}

/// The fewest values that are taken as an answer.
fn some_answer(page: &Answer, item: &ItemId) -> &'static [&'static str] {
    match item.as_str() {
        "parts-order" => &["2", "1", "4", "3"],
        "parts-match" | "parts-place" => &["1", "1", "2", "3"],
        "parts-typed" => &["something"],
        _ if page.has("Choose 2 answers.") => &["1", "2"],
        _ => &["1"],
    }
}

/// Without texts and numbers, every option before the answer is the same HTML.
pub fn assert_options_look_alike(page: &Answer, item: &ItemId) {
    let form = page.body.split("quiz-options").nth(1).unwrap().split("</ul>").next().unwrap();
    let plain = |option: &str| -> String {
        let option = option.split("</li>").next().unwrap().replace(&format!("-{item}"), "");
        option.chars().filter(|c| !c.is_ascii_digit()).collect()
    };
    let options: Vec<_> = form.split("<li").skip(1).map(plain).collect();
    assert!(options.len() >= 4, "{form}");
    assert!(options.iter().all(|option| *option == options[0]), "an option differs: {options:?}");
}

/// Four questions are still open: over is over, so their pages tell everything.
async fn finish(watch: &mut Watch, way: Way, attempt: &str) {
    let result = format!("/practice/{attempt}/result");
    watch.get(&result, None).await;
    watch.send(way, "/api/practice/finish", &[("attempt", attempt)], None).await;
    let page = watch.get(&result, None).await;
    assert!(page.has("Your mark"), "{}", page.body);
    watch.get(&format!("/practice/{attempt}"), None).await;
    for position in [1, 12] {
        let path = format!("/practice/{attempt}/{position}");
        let item = asked_in(&watch.browser.get(&path).await.body);
        watch.get(&path, Some(&item)).await;
    }
}

async fn account(watch: &mut Watch, way: Way) {
    watch.site.visitor().sign_in("ada", PASSWORD).await.unwrap();
    let page = watch.get("/account", None).await;
    let session = page.form("/api/accounts/end-session");
    let session: Vec<(&str, &str)> = session.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    watch.send(way, "/api/accounts/end-session", &session, None).await;
    watch.send(way, "/api/accounts/end-other-sessions", &[("from", "/account")], None).await;
    watch.send(way, "/api/accounts/set-shortcuts", &[("from", "/account")], None).await;
    watch.send(way, "/api/accounts/set-time-allowance", &[("from", "/account"), ("percent", "150")], None).await;
    for (current, new) in [(OTHER_PASSWORD, NEW_PASSWORD), (PASSWORD, "too short"), (PASSWORD, OTHER_PASSWORD)] {
        let change = [("from", "/account"), ("current", current), ("new", new)];
        watch.send(way, "/api/accounts/change-password", &change, None).await;
    }
    watch.send(way, "/api/accounts/sign-out", &NOTHING, None).await;
    reset(watch, way).await;
    for password in [OTHER_PASSWORD, NEW_PASSWORD] {
        let sign_in = [("from", "/sign-in"), ("name", "ada"), ("password", password)];
        watch.send(way, "/api/accounts/sign-in", &sign_in, None).await;
    }
    assert!(watch.get("/account", None).await.has("This device"));
}

/// The secret of the link stands in the form of its own page and nowhere else.
async fn reset(watch: &mut Watch, way: Way) {
    let path = reset_link(&watch.site.server.db, "ada").await.unwrap();
    let secret = path.rsplit('/').next().unwrap().to_owned();
    watch.keep_secret(&secret);
    watch.search.link = Some(secret.clone());
    watch.get(&path, None).await;
    let refused = [("from", path.as_str()), ("secret", secret.as_str()), ("new", "too short")];
    watch.send(way, "/api/accounts/reset-password", &refused, None).await;
    watch.search.link = None;
    let send = [("from", "/sign-in"), ("secret", secret.as_str()), ("new", NEW_PASSWORD)];
    let done = watch.send(way, "/api/accounts/reset-password", &send, None).await;
    assert!(done.status.is_success() || done.location() == Some("/sign-in?done=reset"), "{}", done.status);
    let spent = watch.send(way, "/api/accounts/reset-password", &send, None).await;
    assert_eq!(spent.status, StatusCode::CONFLICT);
}
