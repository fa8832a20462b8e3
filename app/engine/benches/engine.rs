//! What the engine costs, beside what it may cost: `cargo bench -p engine`. Ends with 1 on a miss.
//!
//! The goals are for one core of a small server. Just before every time is taken, a fixed piece of work that has nothing to do with
//! the engine's own code is timed ([`reference`]), and the figure is printed as a ratio to it too: on a slow or busy machine both
//! grow, in slow code only the figure does.
//!
//! Memory is what a *running ticket* adds to the process: the world as it is worked on, the healthy twin and the start that grading
//! compares it with, the log with its outputs and the open terminals. Copies of a world share what they have not changed, so many
//! copies of one world would flatter; every ticket here is built from the description by itself, and only what one ticket holds
//! itself is shared. It is taken before the first action and after a hundred.
//!
//! Growth with the company is also held by tests that count instead of measuring: `tests/rules/growth.rs`.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement that cannot go on has failed; it reads the clock"
)]
#![expect(clippy::cast_precision_loss, reason = "figures for people")]

#[path = "../tests/support/company.rs"]
mod company;
#[path = "../tests/support/module.rs"]
mod module;
#[path = "../tests/support/random_actions.rs"]
mod random_actions;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Instant;

use engine::shell::{self, Session, ShellKind};
use engine::site;
use engine::ticket::Action;
use engine::ticket::run::Run;
use engine::world::device::System;
use engine::world::{DeviceId, World};
use random_actions::{Grammar, lines};

struct Row {
    what: String,
    figure: f64,
    goal: f64,
    unit: &'static str,
    /// For times: what the reference took in the same minute, in milliseconds.
    reference: Option<f64>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, word, hosts, actions] = arguments.as_slice()
        && word == ALONE
    {
        let number = |text: &String| text.parse().expect("a number");
        println!("{}", grown(number(hosts), number(actions)));
        return ExitCode::SUCCESS;
    }
    let small = world(16);
    let large = world(256);
    let (log, log_of_large) = (log(&small, 100), log(&large, 100));
    let row = |what: &str, unit, goal, figure| Row { what: what.to_owned(), figure, goal, unit, reference: None };
    let mut rows = vec![timed("start, 16 hosts", 1.0, || start(16))];
    rows.extend(command_rows(&small));
    rows.extend([
        timed("replay of 100 actions", 20.0, || replay(&small, &log)),
        row("state, 16 hosts, encoded", "KiB", memory_goal(16), encoded(&small)),
        row("ticket begun, 16 hosts", "KiB", memory_goal(16), resident(16, 0)),
        row("ticket of 100 actions, 16 hosts", "KiB", memory_goal(16), resident(16, 100)),
        row("ticket begun, 256 hosts", "KiB", memory_goal(256), resident(256, 0)),
        row("ticket of 100 actions, 256 hosts", "KiB", memory_goal(256), resident(256, 100)),
        row("start, cost a host, 256 to 16", "×", LINEAR, start(256) / 256.0 / (start(16) / 16.0)),
        row("replay, cost a host, 256 to 16", "×", LINEAR, replay(&large, &log_of_large) / 256.0 / (replay(&small, &log) / 16.0)),
    ]);
    match gzipped() {
        Ok(figure) => rows.push(row("module, gzipped", "KB", 350.0, figure)),
        Err(error) => println!("SKIPPED: the module's size: {error}"),
    }
    print(&rows)
}

fn timed(what: &str, goal: f64, figure: impl FnOnce() -> f64) -> Row {
    let reference = reference();
    Row { what: what.to_owned(), figure: figure(), goal, unit: "ms", reference: Some(reference) }
}

/// More than this times the cost a host is no longer linear.
const LINEAR: f64 = 2.0;

/// 64 KiB and 8 KiB a host.
fn memory_goal(hosts: u32) -> f64 {
    64.0 + 8.0 * f64::from(hosts)
}

fn print(rows: &[Row]) -> ExitCode {
    println!("{:<40}{:>12}{:>12}{:>16}{:>12}", "", "figure", "goal", "reference, ms", "ratio");
    let mut missed = false;
    for Row { what, figure, goal, unit, reference } in rows {
        let miss = figure > goal;
        missed |= miss;
        let beside = reference.map_or_else(|| format!("{:>16}{:>12}", "-", "-"), |ms| format!("{ms:>16.3}{:>12.3}", figure / ms));
        println!("{what:<40}{figure:>12.3}{goal:>12.3}{beside} {unit}{}", if miss { "  MISSED" } else { "" });
    }
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// What memory and arithmetic cost on this machine now: a map of ten thousand texts is made in a fixed order that looks random,
/// written, and the bytes are summed up. Median of nine runs.
fn reference() -> f64 {
    const TEXTS: u64 = 10_000;
    /// Knuth, TAOCP volume 2, section 3.3.4: a multiplier of good spectral quality for 64 bits.
    const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
    let times = (0..9).map(|_| {
        millis(|| {
            let mut at: u64 = 1;
            let mut map = BTreeMap::new();
            for number in 0..TEXTS {
                at = at.wrapping_mul(MULTIPLIER).wrapping_add(1);
                map.insert(at, format!("text number {number}"));
            }
            let bytes = postcard::to_allocvec(&map).expect("texts are written");
            black_box(bytes.iter().fold(0_u64, |sum, byte| sum.rotate_left(5).wrapping_add(u64::from(*byte))));
        })
    });
    quantile(times.collect(), 500)
}

fn world(hosts: usize) -> World {
    site::build(&company::company(hosts), 1).unwrap_or_else(|complaints| panic!("{complaints:#?}")).world
}

fn millis(act: impl FnOnce()) -> f64 {
    let started = Instant::now();
    act();
    started.elapsed().as_secs_f64() * 1000.0
}

/// The value below which this many of 1000 lie.
fn quantile(mut values: Vec<f64>, permille: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = (values.len() * permille / 1000).min(values.len().saturating_sub(1));
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// Median of building the healthy world from its description.
fn start(hosts: usize) -> f64 {
    const TIMES: usize = 15;
    let site = company::company(hosts);
    let times = (0..TIMES).map(|_| {
        millis(|| {
            black_box(site::build(&site, 1).is_ok());
        })
    });
    quantile(times.collect(), 500)
}

/// Every row of every shell on the first machine that has it, each many times with other words, without the bookkeeping of a run:
/// the median and the 99th of 100 of all of them, and the median of the slowest row, so that no slow command hides among quick ones.
fn command_rows(world: &World) -> Vec<Row> {
    const TIMES: u32 = 40;
    let reference = Some(reference());
    let mut chance = engine::chance::Chance::new(1, "bench commands");
    let (mut all, mut worst) = (Vec::new(), (0.0, String::new()));
    for kind in [ShellKind::Cmd, ShellKind::PowerShell, ShellKind::Bash, ShellKind::Ios] {
        let owner = device(world, kind);
        let Some(device) = owner else { continue };
        for row in lines::all(kind).iter().filter(|row| lines::has(kind, row)) {
            let mut times = Vec::new();
            for _ in 0..TIMES {
                let mut copy = world.clone();
                let Some(mut session) = Session::open(&copy, device, kind) else { continue };
                session.elevated = true;
                // The slowest line of a row counts for it: most of its lines only lead there.
                let lines = lines::written(world, device, row, &mut chance).into_iter().map(|line| {
                    millis(|| {
                        black_box(shell::run(&mut copy, &mut session, &line));
                    })
                });
                let lines: Vec<f64> = lines.collect();
                times.push(lines.iter().copied().fold(0.0, f64::max));
                all.extend(lines);
            }
            let median = quantile(times, 500);
            if median > worst.0 {
                worst = (median, (*row).to_owned());
            }
        }
    }
    println!("the slowest row of commands: {}", worst.1);
    let row = |what, figure| Row { what, figure, goal: 1.0, unit: "ms", reference };
    vec![
        row("command, median".to_owned(), quantile(all.clone(), 500)),
        row("command, 99th of 100".to_owned(), quantile(all, 990)),
        row("command, the slowest row".to_owned(), worst.0),
    ]
}

fn device(world: &World, kind: ShellKind) -> Option<DeviceId> {
    let has = |system: &System| match kind {
        ShellKind::Cmd | ShellKind::PowerShell => matches!(system, System::Windows(_)),
        ShellKind::Bash => matches!(system, System::Linux(_)),
        ShellKind::Ios => matches!(system, System::Ios(_)),
    };
    world.devices.iter().find(|device| has(&device.system)).map(|device| device.id)
}

fn log(world: &World, actions: usize) -> Vec<Action> {
    let mut run = Run::on(world.clone());
    let mut grammar = Grammar::new(1);
    (0..actions)
        .map(|_| {
            let action = grammar.next(&run.world);
            run.act(action.clone(), &[]);
            action
        })
        .collect()
}

fn replay(world: &World, log: &[Action]) -> f64 {
    const TIMES: usize = 9;
    let times = (0..TIMES).map(|_| {
        let mut run = Run::on(world.clone());
        millis(|| {
            for action in log {
                run.act(action.clone(), &[]);
            }
            black_box(run.hash());
        })
    });
    quantile(times.collect(), 500)
}

fn encoded(world: &World) -> f64 {
    postcard::to_allocvec(world).expect("a world is written").len() as f64 / 1024.0
}

/// The first argument of a process that only measures memory.
const ALONE: &str = "--resident";

/// KiB of a running ticket, in a process of its own: what this one has freed so far would be used again and not count.
fn resident(hosts: usize, actions: usize) -> f64 {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args([ALONE, &hosts.to_string(), &actions.to_string()]).output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a figure")
}

/// KiB that a running ticket adds to this process, over many that are built one by one.
fn grown(hosts: usize, actions: usize) -> f64 {
    /// So many that pages and the allocator's own stock hardly count.
    const HOSTS: usize = 6000;
    /// Of x86-64 and of most others.
    const PAGE_KIB: u64 = 4;
    let pages = || -> u64 {
        let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
        statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("a number of pages")
    };
    let tickets = HOSTS.div_ceil(hosts);
    let site = company::company(hosts);
    let log = log(&world(hosts), actions);
    let ticket = || {
        let twin = site::build(&site, 1).expect("a company is built").world;
        let start = twin.clone();
        let mut run = Run::on(start.clone());
        for action in &log {
            run.act(action.clone(), &[]);
        }
        (twin, start, run)
    };
    // What was freed until here is taken up by these.
    let first: Vec<_> = (0..tickets.div_ceil(8)).map(|_| ticket()).collect();
    let before = pages();
    let running: Vec<_> = (0..tickets).map(|_| ticket()).collect();
    let grown = pages().saturating_sub(before) * PAGE_KIB;
    black_box((&first, &running));
    grown as f64 / tickets as f64
}

/// Kilobytes of the module as a server sends it. The program and its glue are one answer each; only the program is long.
fn gzipped() -> Result<f64, String> {
    let module = module::compile()?;
    println!("module: {}, {} in {}", module.wasm.display(), module.glue.display(), module.folder.display());
    module.gzipped().map(|kilobytes| kilobytes as f64)
}
