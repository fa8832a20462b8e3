//! The end of a ticket: one verdict, from the log alone, and everything that may be told then.

use app::error::{AppError, Conflict};
use app::tickets::api::{Asked, QueueFilter, Tickets as _};
use engine::ticket::Action;
use engine::ticket::run::Run;
use engine::ticket::verdict::judge;
use futures::future::join_all;
use sqlx::PgPool;

use super::{Bench, conflict};

#[sqlx::test]
async fn the_author_s_own_way_gets_full_marks(db: PgPool) {
    let bench = Bench::open(db).await;
    assert_eq!(bench.learner.caller.debrief(bench.ticket).await.unwrap_err(), conflict(Conflict::TicketOpen));
    bench.solve().await;
    let debrief = bench.learner.caller.debrief(bench.ticket).await.unwrap();
    assert!(debrief.verdict.pass && debrief.verdict.score == debrief.verdict.max, "{:#?}", debrief.verdict.parts);
    assert_eq!(debrief.entries.len(), debrief.reference.len());
    assert_eq!(debrief.mood.len(), debrief.entries.len());
    assert_eq!((debrief.objectives.len(), debrief.seed), (1, 7));
    assert_eq!(bench.learner.caller.bench(bench.ticket).await.unwrap_err(), conflict(Conflict::TicketClosed));
    let queue = bench.learner.caller.queue(QueueFilter::default()).await.unwrap();
    assert_eq!((queue.open.len(), queue.closed.len(), queue.offers[0].closed, queue.offers[0].passed), (0, 1, 1, true));
}

#[sqlx::test]
async fn hints_cost_what_they_said(db: PgPool) {
    let bench = Bench::open(db).await;
    let price = bench.learner.caller.hint_offer(bench.ticket).await.unwrap().unwrap().cost;
    bench.step(Asked::Hint).await.unwrap();
    bench.solve().await;
    let verdict = bench.learner.caller.debrief(bench.ticket).await.unwrap().verdict;
    assert_eq!(verdict.max - verdict.score, price);
    assert!(verdict.parts.iter().any(|part| part.name == "Hints"), "{:?}", verdict.parts);
}

#[sqlx::test]
async fn sixteen_resolutions_at_once_close_it_once(db: PgPool) {
    let bench = Bench::open(db).await;
    let resolve =
        || bench.request(Asked::Line("resolve cause=\"a\" change=\"b\" verification=\"c\" prevention=\"d\"".to_owned()));
    let answers = join_all((0..16).map(|_| bench.learner.caller.step(resolve()))).await;
    let closed = answers.iter().filter(|answer| answer.is_ok()).count();
    let refused = answers.iter().filter(|answer| **answer == Err(conflict(Conflict::TicketClosed))).count();
    assert_eq!((closed, refused), (1, 15));
    let site = &bench.learner.site;
    assert_eq!(site.count("select count(*) from tickets where closed_at is not null and passed = false").await, 1);
}

#[sqlx::test]
async fn the_verdict_is_what_the_stored_log_earns(db: PgPool) {
    let bench = Bench::open(db).await;
    bench.solve().await;
    let verdict = bench.learner.caller.debrief(bench.ticket).await.unwrap().verdict;
    let playable = bench.learner.site.server.catalog.scenario(&super::SCENARIO.into()).unwrap().clone();
    let given = engine::ticket::scenario::prepare(&playable.scenario, &playable.site, 7).unwrap();
    let mut run = Run::start(&given);
    let log = sqlx::query_scalar::<_, serde_json::Value>("select content from ticket_steps order by step");
    for content in log.fetch_all(&bench.learner.site.server.db).await.unwrap() {
        let action: Action = serde_json::from_value(content["Act"].clone()).unwrap();
        run.act(action, &given.needs);
    }
    assert_eq!(judge(&playable.scenario, &given, &run), verdict);
}

#[sqlx::test]
async fn a_resolution_whose_verdict_was_lost_is_judged_at_the_next_look(db: PgPool) {
    let bench = Bench::open(db).await;
    bench.solve().await;
    // As after a crash between the two writes.
    let site = &bench.learner.site;
    site.execute("update tickets set closed_at = null, score = null, max_score = null, passed = null, verdict = null").await;
    assert_eq!(bench.learner.caller.bench(bench.ticket).await.unwrap_err(), conflict(Conflict::TicketClosed));
    assert!(bench.learner.caller.debrief(bench.ticket).await.unwrap().verdict.pass);
}

#[sqlx::test]
async fn a_closed_ticket_can_be_continued_otherwise(db: PgPool) {
    let bench = Bench::open(db).await;
    let open = bench.learner.caller.fork(bench.ticket, 3).await.unwrap_err();
    assert_eq!(open, conflict(Conflict::TicketOpen));
    bench.solve().await;
    let other = bench.learner.caller.fork(bench.ticket, 5).await.unwrap();
    let view = bench.learner.caller.bench(other).await.unwrap();
    let debrief = bench.learner.caller.debrief(bench.ticket).await.unwrap();
    assert_eq!(view.entries.len(), 5);
    assert_eq!(view.entries[4].shown, debrief.entries[4].shown);
    let all = bench.learner.caller.fork(bench.ticket, 9999).await.unwrap();
    let view = bench.learner.caller.bench(all).await.unwrap();
    assert_eq!(view.entries.len(), debrief.entries.len() - 1, "all but the resolution");
}

#[sqlx::test]
async fn the_recording_holds_the_start_and_every_action(db: PgPool) {
    let bench = Bench::open(db).await;
    let early = bench.learner.caller.recording(bench.ticket).await.unwrap_err();
    assert_eq!(early, conflict(Conflict::TicketOpen));
    bench.solve().await;
    let recording = bench.learner.caller.recording(bench.ticket).await.unwrap();
    let debrief = bench.learner.caller.debrief(bench.ticket).await.unwrap();
    assert_eq!(recording.actions.len(), debrief.entries.len());
    assert_eq!(recording.lines, debrief.entries.iter().map(|entry| entry.line.clone()).collect::<Vec<_>>());
    bench.learner.site.execute("update tickets set engine_version = 0").await;
    let old = bench.learner.caller.recording(bench.ticket).await.unwrap_err();
    assert_eq!(old, AppError::Conflict(Conflict::OtherEngine));
}
