//! Steps: stored before they are shown, once each, and the same company after whatever happens in between.

use app::error::Conflict;
use app::tickets::api::{Asked, Tickets as _};
use engine::panel::PanelKind;
use engine::shell::ShellKind;
use engine::ticket::Action;
use futures::future::join_all;
use sqlx::PgPool;

use super::{Bench, conflict, text};
use crate::support::site::fields;

#[sqlx::test]
async fn a_step_is_stored_and_shows_what_came_of_it(db: PgPool) {
    let bench = Bench::open(db).await;
    let reply = bench.line("sh {device} cmd ipconfig").await;
    assert!(text(&reply).contains("Windows IP Configuration"), "{reply:?}");
    let entry = reply.entry.unwrap();
    let (before, after) = entry.prompts.unwrap();
    assert_eq!((entry.number, before == after, entry.changed), (1, true, false));
    assert!(entry.line.ends_with(" cmd ipconfig"), "{}", entry.line);
    assert_eq!((reply.progress.steps, bench.stored().await), (1, 1));
}

#[sqlx::test]
async fn a_line_that_cannot_be_read_says_what_to_write_and_stores_nothing(db: PgPool) {
    let bench = Bench::open(db).await;
    let answer = bench.step(Asked::Line("dance".to_owned())).await;
    assert!(fields(&answer)["line"].contains("no kind of action"), "{answer:?}");
    assert_eq!(bench.stored().await, 0);
}

#[sqlx::test]
async fn a_step_that_is_sent_again_counts_once(db: PgPool) {
    let bench = Bench::open(db).await;
    let request = bench.request(Asked::Line("wait 5m".to_owned()));
    let caller = &bench.learner.caller;
    let first = caller.step(request.clone()).await.unwrap();
    let again = join_all((0..8).map(|_| caller.step(request.clone()))).await;
    for reply in again {
        assert_eq!(reply.unwrap().entry, first.entry);
    }
    assert_eq!(bench.stored().await, 1);
    assert_eq!(bench.take_over().await.unwrap().progress.minutes, 5);
}

#[sqlx::test]
async fn a_server_that_starts_anew_goes_on_where_the_log_ends(db: PgPool) {
    let bench = Bench::open(db.clone()).await;
    let first = bench.line("sh {device} cmd ipconfig /all").await;
    bench.line("panel {device} adapter set-automatic Ethernet").await;
    let view = bench.learner.caller.bench(bench.ticket).await.unwrap();
    // Nothing of the old process is left in this one.
    let mut learner = bench.learner;
    learner.caller.server.benches = std::sync::Arc::default();
    let after = learner.caller.bench(bench.ticket).await.unwrap();
    assert_eq!(after, view);
    assert_eq!(after.entries[0].shown, first.entry.unwrap().shown);
}

#[sqlx::test]
async fn another_process_that_wrote_meanwhile_is_heard(db: PgPool) {
    let bench = Bench::open(db).await;
    bench.line("wait 1m").await;
    let mut other = bench.learner.caller.clone();
    other.server.benches = std::sync::Arc::default();
    other.step(bench.request(Asked::Line("wait 2m".to_owned()))).await.unwrap();
    let reply = bench.line("wait 3m").await;
    assert_eq!((reply.progress.steps, reply.progress.minutes), (3, 6));
    assert_eq!(reply.entry.unwrap().number, 3);
}

#[sqlx::test]
async fn the_window_that_took_over_is_the_one_that_writes(db: PgPool) {
    let mut bench = Bench::open(db).await;
    let old = bench.request(Asked::Line("wait 1m".to_owned()));
    bench.writer = domain::ids::WriterId(uuid::Uuid::new_v4());
    bench.take_over().await.unwrap();
    assert_eq!(bench.learner.caller.step(old).await.unwrap_err(), conflict(Conflict::TicketElsewhere));
    bench.line("wait 1m").await;
    assert_eq!(bench.stored().await, 1);
}

#[sqlx::test]
async fn in_practice_actions_are_taken_back_and_the_log_keeps_them(db: PgPool) {
    let bench = Bench::open(db).await;
    bench.line("wait 1m").await;
    let before = bench.line("sh {device} cmd ipconfig").await;
    bench.line("do unplug {device}/Ethernet").await;
    let reply = bench.step(Asked::Rewind { to: 2 }).await.unwrap();
    let entries = reply.entries.unwrap();
    assert_eq!((entries.len(), reply.progress.steps), (2, 4));
    assert_eq!(entries[1].shown, before.entry.unwrap().shown);
    let again = bench.line("sh {device} cmd ipconfig").await;
    assert!(text(&again).contains("IPv4 Address"), "the cable is in again: {}", text(&again));
    assert_eq!(bench.stored().await, 5);
}

#[sqlx::test]
async fn what_is_typed_freely_is_understood_and_said_so(db: PgPool) {
    let bench = Bench::open(db).await;
    let view = bench.learner.caller.bench(bench.ticket).await.unwrap();
    let words = "Since when does it not work?".to_owned();
    let reply = bench.step(Asked::Speak { to: view.requester, words: words.clone() }).await.unwrap();
    assert!(reply.understood.as_ref().is_some_and(|told| told.contains("since")), "{:?}", reply.understood);
    assert!(reply.entry.unwrap().line.contains(&words));
    let silence = bench.step(Asked::Speak { to: view.requester, words: "  ".to_owned() }).await;
    assert!(fields(&silence).contains_key("words"));
}

#[sqlx::test]
async fn a_device_says_what_can_be_done_at_it(db: PgPool) {
    let bench = Bench::open(db).await;
    let view = bench.learner.caller.bench(bench.ticket).await.unwrap();
    let own = view.people.iter().find(|person| person.id == view.requester).and_then(|person| person.device).unwrap();
    let place = bench.learner.caller.work_at(bench.ticket, own).await.unwrap();
    assert!(place.panels.contains(&PanelKind::Adapter) && place.panels.contains(&PanelKind::Bench), "{place:?}");
    let cmd = place.shells.iter().find(|shell| shell.kind == ShellKind::Cmd).unwrap();
    assert!(cmd.prompt.ends_with('>') && cmd.commands.iter().any(|name| name == "ipconfig"), "{cmd:?}");
    let opened = bench.step(Asked::Act(Action::Open { device: own, panel: PanelKind::Adapter })).await.unwrap();
    assert!(text(&opened).contains("Ethernet"));
    let nowhere = bench.learner.caller.work_at(bench.ticket, engine::world::DeviceId(9999)).await;
    assert_eq!(nowhere.unwrap_err(), app::error::AppError::NotFound);
}

#[sqlx::test]
async fn a_theory_is_wanted_once_something_was_changed(db: PgPool) {
    let bench = Bench::open(db).await;
    assert!(!bench.line("sh {device} cmd ipconfig").await.progress.theory_wanted);
    assert!(bench.line("panel {device} adapter set-automatic Ethernet").await.progress.theory_wanted);
    let reply = bench.line("theory {layer} \"{component}\" \"{fault}\"").await;
    assert!(!reply.progress.theory_wanted);
}

#[sqlx::test]
async fn hints_say_their_price_first_and_are_never_about_what_was_done(db: PgPool) {
    let bench = Bench::open(db).await;
    let caller = &bench.learner.caller;
    let mut told = Vec::new();
    while let Some(offer) = caller.hint_offer(bench.ticket).await.unwrap() {
        assert!(offer.cost > 0 && !offer.gives.is_empty());
        let reply = bench.step(Asked::Hint).await.unwrap();
        let (text, cost) = reply.progress.told.last().unwrap().clone();
        assert_eq!(cost, offer.cost);
        assert!(!told.contains(&text), "{text} twice");
        told.push(text);
        assert!(told.len() < 30, "{told:?}");
    }
    assert!(told.len() >= 4, "{told:?}");
    assert_eq!(bench.step(Asked::Hint).await.unwrap_err(), conflict(Conflict::NoHint));
    bench.line("panel {device} adapter set-automatic Ethernet").await;
    let after = caller.hint_offer(bench.ticket).await.unwrap().unwrap();
    assert_eq!(after.gives, "what is left to do");
}
