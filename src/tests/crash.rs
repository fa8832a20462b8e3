//! Nothing acknowledged is ever lost: the server is killed while people answer, and Postgres is stopped under it.
//!
//! `make crash ROUNDS=20`, or `cargo test --test crash -- 20`. Uses the built binary with its own private Postgres.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/client.rs"]
mod client;
#[path = "crash/exams.rs"]
mod exams;
#[path = "support/program.rs"]
mod program;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use client::{Learner, Sent, Shown};
use exams::{Exams, SITTERS};
use program::Program;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use sqlx::{PgPool, Row};

const CLIENTS: usize = 50;
/// The last of them work on tickets, the others answer questions.
const AT_THE_BENCH: usize = 10;
/// The security reference, T1: ready within 5 s after a kill.
const READY_WITHIN: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() {
    let rounds = std::env::args().skip(1).find_map(|argument| argument.parse::<u32>().ok()).unwrap_or(5);
    let seed = std::env::var("CRASH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("crash test: {rounds} rounds, {CLIENTS} clients, {SITTERS} exams, CRASH_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);

    let mut program = Program::start().await;
    let learners = sign_up_all(&program.url).await;
    let mut exams = Exams::begin(&program).await;
    let mut acknowledged: Vec<Sent> = Vec::new();
    let mut actions = 0;
    for round in 1..=rounds {
        let (sent, shown, kept, ready) = kill_while_answering(&mut program, &learners, &mut exams, &mut chance).await;
        println!(
            "round {round}: {} answers, {} actions and {kept} changes in exams acknowledged, ready again after {:.2} s",
            sent.len(),
            shown.len(),
            ready.as_secs_f64()
        );
        assert!(!sent.is_empty() && !shown.is_empty() && kept > 0, "nobody answered, worked, or sat an exam in this round");
        actions += shown.len();
        check_tickets(&program, &shown).await;
        assert!(ready <= READY_WITHIN, "not ready within {READY_WITHIN:?}");
        acknowledged.extend(sent);
        check(&program, &acknowledged).await;
        exams.check(&program).await;
    }
    stop_postgres_under_it(&mut program, &learners[0]).await;
    check(&program, &acknowledged).await;
    exams.check(&program).await;
    exams.finish(&program).await;
    program.stop();
    println!(
        "crash test: {} answers, {actions} actions and {} changes in exams acknowledged, 0 lost, 0 doubled, no deadline moved",
        acknowledged.len(),
        exams.kept.len()
    );
    println!("{} passed, 0 failed", rounds + 1);
}

async fn sign_up_all(url: &str) -> Vec<Learner> {
    let mut learners = Vec::new();
    for number in 0..CLIENTS {
        learners.push(Learner::sign_up(url, &format!("learner-{number}")).await);
    }
    learners
}

/// Everyone answers without pause; at a random moment the server is killed, started again, and they go on a while.
async fn kill_while_answering(
    program: &mut Program,
    learners: &[Learner],
    exams: &mut Exams,
    chance: &mut StdRng,
) -> (Vec<Sent>, Vec<(Learner, Shown)>, usize, Duration) {
    let stop = Arc::new(AtomicBool::new(false));
    let saving = exams.save_until(&stop, &program.url, chance);
    let (workers, learners) = learners.split_at(AT_THE_BENCH);
    let at_the_bench: Vec<_> = workers
        .iter()
        .map(|worker| tokio::spawn(worker.clone().work_until(Arc::clone(&stop), program.url.clone(), chance.random())))
        .collect();
    let tasks: Vec<_> = learners
        .iter()
        .map(|learner| tokio::spawn(learner.clone().answer_until(Arc::clone(&stop), program.url.clone(), chance.random())))
        .collect();
    tokio::time::sleep(Duration::from_millis(chance.random_range(400..2000))).await;
    program.kill();
    let killed = Instant::now();
    program.start_again().await;
    let ready = killed.elapsed();
    tokio::time::sleep(Duration::from_millis(500)).await;
    stop.store(true, Ordering::SeqCst);
    let mut sent = Vec::new();
    for task in tasks {
        sent.extend(task.await.expect("a client failed"));
    }
    let mut shown = Vec::new();
    for (worker, task) in workers.iter().zip(at_the_bench) {
        let seen = task.await.expect("a client failed");
        shown.extend(seen.into_iter().map(|one| (worker.clone(), one)));
    }
    (sent, shown, exams.stop(saving).await, ready)
}

/// Everything that was shown at a bench is in the log once, and the bench shows it still, though the server forgot it all.
async fn check_tickets(program: &Program, shown: &[(Learner, Shown)]) {
    let db = PgPool::connect(&program.database_url()).await.expect("the private Postgres answers");
    let rows =
        sqlx::query("select ticket_id, idempotency_key, step, steps from ticket_steps join tickets using (org_id, ticket_id)");
    let mut stored = HashMap::new();
    for row in rows.fetch_all(&db).await.unwrap() {
        let (ticket, key, step, steps): (uuid::Uuid, uuid::Uuid, i32, i32) = (row.get(0), row.get(1), row.get(2), row.get(3));
        assert!(step <= steps, "{ticket}: step {step} of {steps}");
        stored.insert((ticket, key), step);
    }
    let mut now = HashMap::new();
    for (worker, seen) in shown {
        assert!(stored.contains_key(&(seen.ticket.0, seen.key.0)), "an action that was shown is lost: {seen:?}");
        let entries = match now.entry(seen.ticket) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(worker.entries(&program.url, seen.ticket).await),
        };
        let at = usize::try_from(seen.entry.number).unwrap() - 1;
        assert_eq!(entries.get(at), Some(&seen.entry), "the bench shows something else now");
    }
    db.close().await;
}

/// Every acknowledged answer to a quiz is in the database once, as it was sent, and the counts agree with it.
async fn check(program: &Program, acknowledged: &[Sent]) {
    let db = PgPool::connect(&program.database_url()).await.expect("the private Postgres answers");
    let rows = sqlx::query(
        "select attempt_id::text, position, idempotency_key::text, count(*) over (partition by attempt_id, position) as times
         from responses join attempts using (org_id, attempt_id) where kind = 'study'",
    );
    let mut stored = HashMap::new();
    for row in rows.fetch_all(&db).await.unwrap() {
        let (attempt, position, times): (String, i16, i64) = (row.get(0), row.get(1), row.get(3));
        assert_eq!(times, 1, "answer doubled: {attempt} {position}");
        stored.insert((attempt, position), row.get::<String, _>(2));
    }
    let lost: Vec<_> =
        acknowledged.iter().filter(|sent| stored.get(&(sent.attempt.clone(), sent.position)) != Some(&sent.key)).collect();
    assert!(lost.is_empty(), "{} acknowledged answers lost: {:?}", lost.len(), lost.first());
    let wrong: i64 = sqlx::query_scalar(
        "select count(*) from attempts a where kind = 'study' and (answered <> (
             select count(*) from responses r where r.org_id = a.org_id and r.attempt_id = a.attempt_id)
         or answered <> (select count(chosen) from attempt_items i where i.org_id = a.org_id and i.attempt_id = a.attempt_id)
         or (finished_at is not null) <> (answered = questions))",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(wrong, 0, "attempts whose counts disagree with their answers");
    let rolled: i64 = sqlx::query_scalar(
        "select coalesce((select sum(answered) from mastery), 0)::bigint
              - (select count(*) from attempts a join responses r using (org_id, attempt_id) where a.finished_at is not null)",
    )
    .fetch_one(&db)
    .await
    .unwrap();
    assert_eq!(rolled, 0, "the rollups disagree with the finished answers");
    db.close().await;
}

/// While Postgres is away the server answers "try again" and never exits; when it is back, the server recovers by itself.
/// Postgres is kept away until a client has been refused: a quick restart may otherwise go unnoticed.
async fn stop_postgres_under_it(program: &mut Program, learner: &Learner) {
    program.take_postgres_away();
    // A request on a connection that is still open may be the last one to be answered.
    let answered = ask_until(program, learner, 503, 200).await;
    program.give_postgres_back();
    let refused = ask_until(program, learner, 200, 503).await;
    println!(
        "Postgres stopped under the server: {answered} answers before it was gone, {} retryable ones, then recovered by itself",
        refused + 1
    );
}

/// Asks until the answer has the status `wanted`, and says how often it had the status `meanwhile`, the only other one allowed.
async fn ask_until(program: &mut Program, learner: &Learner, wanted: u16, meanwhile: u16) -> usize {
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut times = 0;
    loop {
        assert!(program.is_running(), "the server left with Postgres");
        match learner.try_question(&program.url).await {
            Ok(status) if status == wanted => return times,
            Ok(status) if status == meanwhile => times += 1,
            other => panic!("{wanted} or {meanwhile} was expected, not {other:?}"),
        }
        assert!(Instant::now() < deadline, "no {wanted} within 30 s");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
