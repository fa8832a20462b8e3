//! Five hundred people begin an exam at once and answer it, each answer written durably before it is acknowledged. Then eight of
//! them answer without a pause, beside `pgbench`, which writes such answers with nothing of the server in between.

use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use app::exams::api::{Change, ExamRequest, Exams as _, SittingView};
use app::practice::api::Task;
use domain::exams::{Length, Mode};
use domain::ids::{IdempotencyKey, WriterId};
use firstline::caller::Caller;
use rand::{RngExt, SeedableRng, rngs::StdRng};
use tokio::sync::Barrier;
use uuid::Uuid;

use super::site::Site;
use super::{at_least, at_most, commits, heading, quantile};

/// The security reference, T5: the shape of a published load test of Moodle (Universidad de la República), for CI's size.
const TAKERS: usize = 500;
const QUESTIONS: usize = 16;
/// Seconds to think about a question.
const THINK: std::ops::Range<f64> = 30.0..90.0;
/// So many times shorter is the time to think here, and so many times denser the load.
const FASTER: f64 = 20.0;
const GOAL_SAVE_MILLIS: f64 = 100.0;
const GOAL_START_MILLIS: f64 = 2000.0;

const WRITERS: usize = 8;
/// Of `pgbench`, which writes as often before the server does as after it.
const GOAL_SHARE: f64 = 0.5;
const WRITING: Duration = Duration::from_secs(10);

/// What an answer writes: a line of the log, and the answer that counts.
const TABLES: [&str; 3] = [
    "create table load_items (attempt int, position int, given smallint[], chosen smallint[], sequence int not null default 0,
                              answered_at timestamptz, primary key (attempt, position))",
    "create table load_responses (attempt int, key uuid default gen_random_uuid(), position int, chosen smallint[],
                                  received_at timestamptz not null default now(), primary key (attempt, key),
                                  foreign key (attempt, position) references load_items)",
    "insert into load_items (attempt, position) select a, p from generate_series(0, 7) a, generate_series(1, 20) p",
];
const ANSWER: &str = "\\set attempt :client_id
\\set position random(1, 20)
with logged as (
    insert into load_responses (attempt, position, chosen) values (:attempt, :position, '{1}') returning attempt)
update load_items i set given = '{2}', chosen = '{1}', sequence = i.sequence + 1, answered_at = now()
from logged where i.attempt = logged.attempt and i.position = :position;
";

/// Whether all goals are met.
pub async fn measure(site: &Site, url: &str) -> bool {
    let (mut callers, barrier) = (Vec::new(), Arc::new(Barrier::new(TAKERS)));
    for number in 0..TAKERS {
        callers.push(site.member(&format!("taker-{number}")).await.caller().await);
    }
    let seeded = callers.into_iter().zip(1_u64..);
    let tasks: Vec<_> = seeded.map(|(caller, seed)| tokio::spawn(take(caller, Arc::clone(&barrier), seed))).collect();
    let (mut takers, mut starts, mut saves) = (Vec::new(), Vec::new(), Vec::new());
    for task in tasks {
        let (taker, start, times) = task.await.expect("a taker failed");
        takers.push(taker);
        starts.push(start);
        saves.extend(times);
    }
    let reference = commits(site, saves.len().min(1000)).await;
    let before = pgbench(site, url, true).await;
    let ours = answers_per_second(takers.into_iter().take(WRITERS).collect()).await;
    let theirs = f64::midpoint(before, pgbench(site, url, false).await);
    heading(&format!("exams, {TAKERS} at once"));
    let durable = |percent| quantile(&reference, percent);
    let met = [
        at_most("a beginning, 99th of 100", quantile(&starts, 99), GOAL_START_MILLIS, durable(99), "ms"),
        at_most("an answer, 99th of 100", quantile(&saves, 99), GOAL_SAVE_MILLIS, durable(99), "ms"),
        at_most("an answer, median", quantile(&saves, 50), GOAL_SAVE_MILLIS, durable(50), "ms"),
        at_least("answers a second, 8 writers", ours, GOAL_SHARE * theirs, theirs, "beside pgbench"),
    ];
    println!("{} answers; thinking took a {FASTER}th of {} to {} s", saves.len(), THINK.start, THINK.end);
    met.iter().all(|met| *met)
}

struct Taker {
    caller: Caller,
    sitting: SittingView,
    writer: WriterId,
    sequence: u32,
    chance: StdRng,
}

/// An exam from its beginning, which is the same moment for all, to its last answer.
async fn take(caller: Caller, barrier: Arc<Barrier>, seed: u64) -> (Taker, Duration, Vec<Duration>) {
    barrier.wait().await;
    let started = Instant::now();
    let request = ExamRequest { exam: "network-plus".into(), length: Length::Short, mode: Mode::Exam, simulations: false };
    let attempt = caller.begin_exam(request).await.unwrap();
    let writer = WriterId(Uuid::new_v4());
    let sitting = caller.sit_here(attempt, writer).await.unwrap();
    let start = started.elapsed();
    let mut taker = Taker { caller, sitting, writer, sequence: 0, chance: StdRng::seed_from_u64(seed) };
    let mut times = Vec::new();
    for place in 0..QUESTIONS {
        let think = taker.chance.random_range(THINK) / FASTER;
        tokio::time::sleep(Duration::from_secs_f64(think)).await;
        times.push(taker.answer(place).await);
    }
    (taker, start, times)
}

impl Taker {
    async fn answer(&mut self, place: usize) -> Duration {
        let question = &self.sitting.questions[place];
        let places = |count: usize| (1..=u8::MAX).take(count).collect();
        let (choices, text) = match &question.prompt.task {
            Task::Choice { choose, .. } => (places((*choose).into()), ""),
            Task::Ordering { steps } => (places(steps.len()), ""),
            Task::Matching { terms, .. } => (vec![1; terms.len()], ""),
            Task::Typed(_) => (vec![], "something"),
            Task::Simulation => (vec![], ""),
        };
        self.sequence += 1;
        let change = Change {
            attempt: self.sitting.attempt,
            position: question.position,
            choices,
            text: text.to_owned(),
            marked: false,
            confidence: None,
            struck: vec![],
            key: IdempotencyKey(Uuid::new_v4()),
            sequence: self.sequence,
            writer: self.writer,
        };
        let started = Instant::now();
        self.caller.save(change).await.unwrap();
        started.elapsed()
    }
}

async fn answers_per_second(takers: Vec<Taker>) -> f64 {
    let begun = Instant::now();
    let tasks = takers.into_iter().map(|mut taker| {
        tokio::spawn(async move {
            let mut answers = 0_u32;
            while begun.elapsed() < WRITING {
                let place = taker.chance.random_range(0..taker.sitting.questions.len());
                taker.answer(place).await;
                answers += 1;
            }
            answers
        })
    });
    let mut answers = 0;
    for task in tasks.collect::<Vec<_>>() {
        answers += task.await.expect("a writer failed");
    }
    f64::from(answers) / begun.elapsed().as_secs_f64()
}

/// Transactions a second of as many clients, for half the time.
async fn pgbench(site: &Site, url: &str, first: bool) -> f64 {
    for statement in TABLES.iter().filter(|_| first) {
        sqlx::query(*statement).execute(&site.server.db).await.unwrap();
    }
    let script = std::env::temp_dir().join(format!("firstline-pgbench-{}.sql", std::process::id()));
    std::fs::write(&script, ANSWER).expect("the temporary folder can be written");
    let (clients, seconds) = (WRITERS.to_string(), (WRITING / 2).as_secs().to_string());
    let mut command = Command::new("pgbench");
    command.args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--client", &clients, "--time", &seconds, "--file"]);
    let output = command.arg(&script).arg(url).output().expect("pgbench comes with Postgres");
    std::fs::remove_file(&script).expect("it was written");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let speed = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    speed.unwrap_or_else(|| panic!("no speed in {text}"))
}
