//! What tickets cost the server, beside what they may cost: `make bench`. Ends with 1 on a miss.
//!
//! A hundred people work on a hundred tickets at once, each with a pause between two actions; every action is written durably
//! before it is answered. Beside it, in the same minute, a row is written and committed as often, so that a slow disk is told
//! apart from slow code.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

#[expect(dead_code, reason = "shared with the integration tests, which use all of it")]
#[path = "support/bank.rs"]
mod bank;
#[expect(dead_code, reason = "shared with the integration tests, which use all of it")]
#[path = "support/site.rs"]
mod site;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::tickets::api::{Asked, StepRequest, TicketRequest, Tickets as _};
use domain::ids::{IdempotencyKey, ScenarioId, TicketId, WriterId};
use domain::tickets::Mode;
use engine::ticket::scenario::{fill, prepare};
use firstline::caller::Caller;
use firstline::content::{Catalog, store_scenarios, store_versions};
use site::Site;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

const TICKETS: usize = 100;
/// Somebody who types fast.
const PAUSE: Duration = Duration::from_millis(500);
const SEED: u64 = 3;
const GOAL_MILLIS: f64 = 10.0;
const GOAL_KIB: f64 = 200.0;

#[tokio::main]
async fn main() -> ExitCode {
    let url = std::env::var("DATABASE_URL").expect("run it with src/tests/with-postgres.sh");
    let db = PgPoolOptions::new().max_connections(20).connect(&url).await.unwrap();
    sqlx::migrate!().run(&db).await.unwrap();
    let (catalog, _) = Catalog::load(None).unwrap_or_else(|error| panic!("{error}"));
    let mut site = Site::new(db);
    store_versions(&site.server.db, &catalog).await.unwrap();
    store_scenarios(&site.server.db, &catalog).await.unwrap();
    site.server.catalog = Arc::new(catalog);

    let mut workers = Vec::new();
    for number in 0..TICKETS {
        workers.push(Worker::take(&site, number).await);
    }
    let before = resident_kib();
    for worker in &workers {
        worker.caller.take_over(worker.ticket, worker.writer).await.unwrap();
    }
    let tasks: Vec<_> = workers.into_iter().map(|worker| tokio::spawn(worker.work())).collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.expect("a worker failed"));
    }
    let each = (resident_kib() - before) / TICKETS as f64;
    report(&times, &commits(&site, times.len()).await, each)
}

struct Worker {
    caller: Caller,
    ticket: TicketId,
    writer: WriterId,
    lines: Vec<String>,
}

impl Worker {
    /// The scenarios in turn, each with the author's own way but for its end.
    async fn take(site: &Site, number: usize) -> Self {
        let caller = site.member(&format!("worker-{number}")).await.caller().await;
        let all: Vec<(ScenarioId, _)> = site.server.catalog.scenarios().map(|(id, one)| (id.clone(), Arc::clone(one))).collect();
        let (id, playable) = all[number % all.len()].clone();
        let given = prepare(&playable.scenario, &playable.site, SEED).unwrap();
        let solution = fill(&playable.scenario.solution, &given.names);
        let ends = |line: &&str| line.starts_with("resolve") || line.starts_with("escalate") || line.is_empty();
        let lines = solution.lines().map(str::trim).filter(|line| !ends(line)).map(str::to_owned).collect();
        let request = TicketRequest { scenario: Some(id), mode: Mode::Practice, seed: Some(SEED) };
        let ticket = caller.take(request).await.unwrap();
        Self { caller, ticket, writer: WriterId(Uuid::new_v4()), lines }
    }

    async fn work(self) -> Vec<Duration> {
        // Not all in the same moment.
        tokio::time::sleep(PAUSE.mul_f64(f64::from(self.ticket.0.as_bytes()[15]) / 256.0)).await;
        let mut times = Vec::new();
        for line in self.lines {
            let (key, step) = (IdempotencyKey(Uuid::new_v4()), Asked::Line(line));
            let request = StepRequest { ticket: self.ticket, writer: self.writer, key, step };
            let started = Instant::now();
            self.caller.step(request).await.unwrap();
            times.push(started.elapsed());
            tokio::time::sleep(PAUSE).await;
        }
        times
    }
}

/// What the machine takes for one durable row, as often.
async fn commits(site: &Site, times: usize) -> Vec<Duration> {
    sqlx::query("create table if not exists load_reference (n uuid)").execute(&site.server.db).await.unwrap();
    let mut taken = Vec::new();
    for _ in 0..times {
        let started = Instant::now();
        sqlx::query("insert into load_reference values ($1)").bind(Uuid::new_v4()).execute(&site.server.db).await.unwrap();
        taken.push(started.elapsed());
    }
    taken
}

fn report(times: &[Duration], reference: &[Duration], each: f64) -> ExitCode {
    let (figure, beside) = (quantile(times, 99), quantile(reference, 99));
    println!("{:<40}{:>10}{:>10}{:>12}{:>8}", "tickets, 100 at once", "figure", "goal", "reference", "ratio");
    let row = |what: &str, figure: f64, goal: f64, beside: f64, unit: &str| {
        let missed = if figure > goal { "  MISSED" } else { "" };
        println!("{what:<40}{figure:>10.2}{goal:>10.2}{beside:>12.2}{:>8.1} {unit}{missed}", figure / beside);
    };
    row("an action, 99th of 100", figure, GOAL_MILLIS, beside, "ms");
    row("an action, median", quantile(times, 50), GOAL_MILLIS, quantile(reference, 50), "ms");
    let missed = if each > GOAL_KIB { "  MISSED" } else { "" };
    println!("{:<40}{each:>10.1}{GOAL_KIB:>10.2}{:>12}{:>8} KiB{missed}", "memory of an open ticket", "", "");
    println!("{} actions", times.len());
    if figure > GOAL_MILLIS || each > GOAL_KIB { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// In milliseconds.
fn quantile(times: &[Duration], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}

fn resident_kib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("Linux says how much memory is resident");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}
