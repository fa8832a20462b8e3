//! An assessment: the server draws, nothing is taken back, nothing is hinted at, and the time runs out by the database's clock.

use app::error::Conflict;
use app::tickets::api::{Asked, QueueFilter, Tickets as _};
use engine::fault;
use sqlx::PgPool;

use super::{Bench, SCENARIO, conflict};
use crate::support::learner::Learner;

#[sqlx::test]
async fn nobody_chooses_the_numbers(db: PgPool) {
    let bench = Bench::assessment(db).await;
    // One in a million would be 7 by chance.
    assert_ne!(bench.learner.site.count("select seed from tickets").await, 7);
}

#[sqlx::test]
async fn nothing_is_taken_back_and_nothing_is_hinted_at(db: PgPool) {
    let bench = Bench::assessment(db).await;
    let reply = bench.line("wait 1m").await;
    assert!(!reply.progress.hints);
    for asked in [Asked::Rewind { to: 0 }, Asked::Hint] {
        assert_eq!(bench.step(asked).await.unwrap_err(), conflict(Conflict::NotInAssessment));
    }
    assert_eq!(bench.learner.caller.hint_offer(bench.ticket).await.unwrap_err(), conflict(Conflict::NotInAssessment));
    assert_eq!(bench.stored().await, 1);
}

#[sqlx::test]
async fn when_the_time_is_up_it_is_closed_as_it_stands(db: PgPool) {
    let bench = Bench::assessment(db).await;
    let left = bench.line("wait 1m").await.progress.seconds_left.unwrap();
    assert!((23 * 60..=24 * 60).contains(&left), "twice the 12 minutes of the scenario: {left} s");
    let visitor = bench.learner.site.later(u64::from(left) + 60);
    let mut caller = bench.learner.caller.clone();
    caller.server = visitor.server;
    let late = caller.step(bench.request(Asked::Line("wait 1m".to_owned()))).await.unwrap_err();
    assert_eq!(late, conflict(Conflict::TimeIsUp));
    assert_eq!(bench.stored().await, 1);
    let debrief = caller.debrief(bench.ticket).await.unwrap();
    assert!(!debrief.verdict.pass && debrief.entries.len() == 1);
}

#[sqlx::test]
async fn more_time_is_given_to_who_needs_it(db: PgPool) {
    let learner = Learner::at(&super::site(db).await, "ada").await;
    learner.site.execute("update accounts set time_allowance = 150").await;
    let request =
        app::tickets::api::TicketRequest { scenario: Some(SCENARIO.into()), mode: domain::tickets::Mode::Assessment, seed: None };
    let bench = Bench::take(learner, request).await;
    let left = bench.line("wait 1m").await.progress.seconds_left.unwrap();
    assert!((35 * 60..=36 * 60).contains(&left), "{left} s");
}

/// Everything that is sent before the verdict: the queue, the bench, each reply of the whole solution but its end.
#[sqlx::test]
async fn nothing_that_is_sent_before_the_verdict_names_the_fault_the_rubric_or_the_seed(db: PgPool) {
    let mut bench = Bench::assessment(db).await;
    // A number that stands for nothing else.
    bench.learner.site.execute("update tickets set seed = 918273645546372").await;
    bench.learner.caller.server.benches = std::sync::Arc::default();
    let caller = &bench.learner.caller;
    let mut sent = vec![serde_json::to_string(&caller.queue(QueueFilter::default()).await.unwrap()).unwrap()];
    sent.push(serde_json::to_string(&bench.take_over().await.unwrap()).unwrap());
    let playable = bench.learner.site.server.catalog.scenario(&SCENARIO.into()).unwrap().clone();
    for line in playable.scenario.solution.lines().filter(|line| !line.is_empty() && !line.starts_with("resolve")) {
        sent.push(serde_json::to_string(&bench.line(line).await).unwrap());
    }
    for device in bench.learner.caller.bench(bench.ticket).await.unwrap().devices {
        sent.push(serde_json::to_string(&caller.work_at(bench.ticket, device.id).await.unwrap()).unwrap());
    }
    let rubric = ["root_cause", "no_damage", "candidates", "solution", "rubric"];
    for text in sent {
        let ids = fault::all().map(|fault| fault.id);
        // Hyphens and colons hold a hardware address together, whose bytes look like ids.
        let words: Vec<_> = text.split(|c: char| !c.is_ascii_alphanumeric() && !"_-:".contains(c)).collect();
        for hidden in ids.chain(["918273645546372"]).chain(rubric) {
            assert!(!words.contains(&hidden), "{hidden} in {text}");
        }
    }
}
