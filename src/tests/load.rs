//! What durable writes cost the server, beside what they may cost: `make bench`. Ends with 1 on a miss.
//!
//! Beside each figure, in the same minute, the machine does such work without the server, so that a slow disk is told apart from
//! slow code.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on has failed")]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

#[expect(dead_code, reason = "shared with the integration tests, which use all of it")]
#[path = "support/bank.rs"]
mod bank;
#[path = "load/exams.rs"]
mod exams;
#[expect(dead_code, reason = "shared with the integration tests, which use all of it")]
#[path = "support/site.rs"]
mod site;
#[path = "load/tickets.rs"]
mod tickets;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use firstline::content::{Catalog, store_scenarios, store_versions};
use site::Site;
use sqlx::postgres::PgPoolOptions;
use uuid::Uuid;

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
    let met = [tickets::measure(&site).await, exams::measure(&site, &url).await];
    if met == [true, true] { ExitCode::SUCCESS } else { ExitCode::FAILURE }
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

fn heading(what: &str) {
    println!("{what:<40}{:>10}{:>10}{:>12}{:>8}", "figure", "goal", "reference", "ratio");
}

/// Prints a figure that is to be no higher than its goal; whether it is.
fn at_most(what: &str, figure: f64, goal: f64, reference: f64, unit: &str) -> bool {
    line(what, (figure, goal, reference), unit, figure <= goal)
}

/// Prints a figure that is to be no lower than its goal; whether it is.
fn at_least(what: &str, figure: f64, goal: f64, reference: f64, unit: &str) -> bool {
    line(what, (figure, goal, reference), unit, figure >= goal)
}

fn line(what: &str, (figure, goal, reference): (f64, f64, f64), unit: &str, met: bool) -> bool {
    let missed = if met { "" } else { "  MISSED" };
    println!("{what:<40}{figure:>10.2}{goal:>10.2}{reference:>12.2}{:>8.2} {unit}{missed}", figure / reference);
    met
}

/// In milliseconds.
fn quantile(times: &[Duration], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    let at = (times.len() * percent / 100).min(times.len().saturating_sub(1));
    times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
}
