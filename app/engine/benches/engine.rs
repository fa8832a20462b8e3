//! What the engine costs, beside what it may cost: `cargo bench -p engine`. Ends with 1 on a miss.
//!
//! The goals are for one core of a small server. Every figure is printed with its goal and with a reference run, so that a slow
//! machine is told apart from slow code.

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

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use engine::shell::{self, Session, ShellKind};
use engine::site;
use engine::ticket::Action;
use engine::ticket::run::Run;
use engine::world::device::System;
use engine::world::{DeviceId, World};
use random_actions::{Grammar, lines};

struct Row {
    what: &'static str,
    figure: f64,
    goal: f64,
    unit: &'static str,
    /// On two shared virtual cores, 24 November 2026.
    reference: f64,
}

fn main() -> ExitCode {
    let small = world(16);
    let large = world(256);
    let log = log(&small, 100);
    let mut rows = vec![
        Row { what: "start, 16 hosts", figure: start(16), goal: 1.0, unit: "ms", reference: REFERENCE[0] },
        Row { what: "command, median", figure: commands(&small, 500), goal: 1.0, unit: "ms", reference: REFERENCE[1] },
        Row { what: "command, 99th of 100", figure: commands(&small, 990), goal: 1.0, unit: "ms", reference: REFERENCE[2] },
        Row { what: "replay of 100 actions", figure: replay(&small, &log), goal: 20.0, unit: "ms", reference: REFERENCE[3] },
        Row {
            what: "state, 16 hosts, encoded",
            figure: encoded(&small),
            goal: memory_goal(16),
            unit: "KiB",
            reference: REFERENCE[4],
        },
        Row {
            what: "state, 16 hosts, resident",
            figure: resident(&small),
            goal: memory_goal(16),
            unit: "KiB",
            reference: REFERENCE[5],
        },
        Row {
            what: "state, 256 hosts, resident",
            figure: resident(&large),
            goal: memory_goal(256),
            unit: "KiB",
            reference: REFERENCE[6],
        },
        Row {
            what: "start, cost a host, 256 to 16",
            figure: start(256) / 256.0 / (start(16) / 16.0),
            goal: LINEAR,
            unit: "×",
            reference: REFERENCE[7],
        },
        Row {
            what: "replay, cost a host, 256 to 16",
            figure: replay(&large, &log_of(&large)) / 256.0 / (replay(&small, &log) / 16.0),
            goal: LINEAR,
            unit: "×",
            reference: REFERENCE[8],
        },
    ];
    match gzipped() {
        Ok(figure) => rows.push(Row { what: "module, gzipped", figure, goal: 350.0, unit: "KB", reference: REFERENCE[9] }),
        Err(error) => println!("SKIPPED: the module's size: {error}"),
    }
    print(&rows)
}

/// More than this times the cost a host is no longer linear.
const LINEAR: f64 = 2.0;
/// In the order of the rows.
const REFERENCE: [f64; 10] = [0.70, 0.006, 0.088, 36.0, 94.0, 545.0, 8425.0, 8.3, 1.14, 757.0];

/// 64 KiB and 8 KiB a host.
fn memory_goal(hosts: u32) -> f64 {
    64.0 + 8.0 * f64::from(hosts)
}

fn print(rows: &[Row]) -> ExitCode {
    println!("{:<32}{:>12}{:>12}{:>12}", "", "figure", "goal", "reference");
    let mut missed = false;
    for row in rows {
        let miss = row.figure > row.goal;
        missed |= miss;
        let (figure, goal, reference) = (row.figure, row.goal, row.reference);
        println!(
            "{:<32}{figure:>12.3}{goal:>12.3}{reference:>12.3} {}{}",
            row.what,
            row.unit,
            if miss { "  MISSED" } else { "" }
        );
    }
    if missed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
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

/// Every command of every shell on the first machine that has it, each a few times, without the bookkeeping of a run.
fn commands(world: &World, permille: usize) -> f64 {
    const TIMES: u32 = 1500;
    let mut chance = engine::chance::Chance::new(1, "bench commands");
    let mut times = Vec::new();
    for kind in [ShellKind::Cmd, ShellKind::PowerShell, ShellKind::Bash, ShellKind::Ios] {
        let Some(device) = device(world, kind) else { continue };
        for _ in 0..TIMES {
            let mut copy = world.clone();
            let Some(mut session) = Session::open(&copy, device, kind) else { continue };
            for line in lines::draw(world, device, kind, &mut chance) {
                times.push(millis(|| {
                    black_box(shell::run(&mut copy, &mut session, &line));
                }));
            }
        }
    }
    quantile(times, permille)
}

fn device(world: &World, kind: ShellKind) -> Option<DeviceId> {
    let has = |system: &System| match kind {
        ShellKind::Cmd | ShellKind::PowerShell => matches!(system, System::Windows(_)),
        ShellKind::Bash => matches!(system, System::Linux(_)),
        ShellKind::Ios => matches!(system, System::Ios(_)),
    };
    world.devices.iter().find(|device| has(&device.system)).map(|device| device.id)
}

fn log_of(world: &World) -> Vec<Action> {
    log(world, 100)
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

/// What a copy adds to this process, over many copies.
fn resident(world: &World) -> f64 {
    const COPIES: usize = 60;
    /// Of x86-64 and of most others.
    const PAGE_KIB: u64 = 4;
    let pages = || -> u64 {
        let statm = std::fs::read_to_string("/proc/self/statm").expect("Linux");
        statm.split(' ').nth(1).and_then(|pages| pages.parse().ok()).expect("a number of pages")
    };
    let before = pages();
    let copies: Vec<World> = (0..COPIES).map(|_| world.clone()).collect();
    let grown = pages().saturating_sub(before) * PAGE_KIB;
    black_box(&copies);
    grown as f64 / COPIES as f64
}

/// Kilobytes of the module as a server sends it. The program and its glue are one answer each; only the program is long.
fn gzipped() -> Result<f64, String> {
    let module = module::compile()?;
    println!("module: {}, {} in {}", module.wasm.display(), module.glue.display(), module.folder.display());
    module.gzipped().map(|kilobytes| kilobytes as f64)
}
