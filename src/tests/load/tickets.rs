//! A hundred people work on a hundred tickets at once, each with a pause between two actions; every action is written durably
//! before it is answered.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::tickets::api::{Asked, StepRequest, TicketRequest, Tickets as _};
use domain::ids::{IdempotencyKey, ScenarioId, TicketId, WriterId};
use domain::tickets::Mode;
use engine::ticket::scenario::{fill, prepare};
use firstline::caller::Caller;
use uuid::Uuid;

use super::site::Site;
use super::{at_most, commits, heading, quantile};

const TICKETS: usize = 100;
/// Somebody who types fast.
const PAUSE: Duration = Duration::from_millis(500);
const SEED: u64 = 3;
const GOAL_MILLIS: f64 = 10.0;
const GOAL_KIB: f64 = 200.0;

/// Whether all goals are met.
pub async fn measure(site: &Site) -> bool {
    let mut workers = Vec::new();
    for number in 0..TICKETS {
        workers.push(Worker::take(site, number).await);
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
    report(&times, &commits(site, times.len()).await, each)
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

fn report(times: &[Duration], reference: &[Duration], each: f64) -> bool {
    heading("tickets, 100 at once");
    let row = |what, percent| at_most(what, quantile(times, percent), GOAL_MILLIS, quantile(reference, percent), "ms");
    let met = [row("an action, 99th of 100", 99), row("an action, median", 50)];
    let missed = if each > GOAL_KIB { "  MISSED" } else { "" };
    println!("{:<40}{each:>10.1}{GOAL_KIB:>10.2}{:>12}{:>8} KiB{missed}", "memory of an open ticket", "", "");
    println!("{} actions", times.len());
    met[0] && each <= GOAL_KIB
}

fn resident_kib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("Linux says how much memory is resident");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).expect("a number")
}
