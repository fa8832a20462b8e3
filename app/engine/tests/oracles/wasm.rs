//! The compiled WebAssembly in Node against native code: the same log, the same hash after every action.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use engine::site::Site;
use engine::ticket::scenario::prepare;
use engine::ticket::{Action, prove};
use engine::worker::{Answer, Request, Start, Worker};
use engine::world::World;

use crate::module::{self, Module};
use crate::random_actions::Grammar;
use crate::scenarios;
use crate::sites;
use crate::system::{self, Verdict};

/// Actions for each site; the second is the share of them, in percent, that the model must have taken.
const ACTIONS: u64 = 10_000;
const ACCEPTED_PERCENT: u64 = 70;

struct Log {
    bytes: Vec<u8>,
    /// At the start and after every action.
    hashes: Vec<u64>,
    actions: Vec<Action>,
    accepted: u64,
}

pub fn run() -> Verdict {
    if system::which("node").is_none() {
        return Verdict::Skipped("there is no Node to run the WebAssembly in".to_owned());
    }
    let module = match module::compile() {
        Ok(module) => module,
        Err(error) => return Verdict::Differs(format!("not built: {error}")),
    };
    let count = system::number("ORACLE_ACTIONS", ACTIONS);
    let sites = sites::all();
    let module = &module;
    let results: Vec<Result<String, String>> = std::thread::scope(|scope| {
        let play = |name: &str, site| site_in_both(module, name, &sites::build(site, 1).world, count);
        let workers: Vec<_> = sites.iter().map(|(name, site)| scope.spawn(move || play(name, site))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a panic".to_owned()))).collect()
    });
    let golden = golden_logs(module, &sites);
    let size = module.gzipped().map(|kilobytes| format!("{kilobytes} KB gzipped"));
    let results: Vec<_> = results.into_iter().chain([golden, size]).collect();
    let good = results.iter().all(Result::is_ok);
    let summary = results.into_iter().map(|result| result.unwrap_or_else(|wrong| wrong)).collect::<Vec<_>>().join("; ");
    if good { Verdict::Agrees(summary) } else { Verdict::Differs(summary) }
}

/// The solutions of all scenarios.
fn golden_logs(module: &Module, sites: &[(String, Site)]) -> Result<String, String> {
    let scenarios = scenarios::all(sites);
    let mut count = 0;
    for (scenario, site) in &scenarios {
        let given = prepare(scenario, site, 1).map_err(|complaints| format!("{}: {complaints:?}", scenario.id))?;
        let solution = prove::actions(&scenario.solution, &given).map_err(|bad| format!("{}: {bad:?}", scenario.id))?;
        count += solution.len();
        let mut solution = solution.into_iter();
        let log = native(&Start { world: given.start, needs: given.needs }, |_| solution.next());
        in_both(module, &scenario.id, &log)?;
    }
    Ok(format!("{} golden logs of {count} actions, equal", scenarios.len()))
}

/// One line of figures; wrong where hashes differ or too few actions were taken.
fn site_in_both(module: &Module, name: &str, world: &World, count: u64) -> Result<String, String> {
    let mut grammar = Grammar::new(system::number("ORACLE_SEED", 1));
    let mut left = count;
    let log = native(&Start { world: world.clone(), needs: Vec::new() }, |world| {
        left = left.checked_sub(1)?;
        Some(grammar.next(world))
    });
    let percent = log.accepted * 100 / count.max(1);
    let states: BTreeSet<_> = log.hashes.iter().collect();
    let figures = format!("{name}: {count} actions, {percent} % accepted, {} states", states.len());
    in_both(module, name, &log)?;
    if percent >= ACCEPTED_PERCENT { Ok(format!("{figures}, equal")) } else { Err(figures) }
}

fn in_both(module: &Module, name: &str, log: &Log) -> Result<(), String> {
    let hashes = in_node(module, name, log).map_err(|error| format!("{name}: {error}"))?;
    if let Some(at) = log.hashes.iter().zip(&hashes).position(|(native, wasm)| native != wasm) {
        let action = at.checked_sub(1).and_then(|at| log.actions.get(at));
        return Err(format!("{name}: NOT equal after action {at}: {action:?}"));
    }
    if log.hashes.len() == hashes.len() { Ok(()) } else { Err(format!("{name}: {} hashes", hashes.len())) }
}

/// Plays the actions that `next` gives until it gives none.
fn native(start: &Start, mut next: impl FnMut(&World) -> Option<Action>) -> Log {
    let bytes = postcard::to_allocvec(start).expect("a start is written");
    let mut worker = Worker::start(&bytes).expect("a start is read");
    let mut log = Log { bytes: Vec::new(), hashes: vec![worker.hash()], actions: Vec::new(), accepted: 0 };
    log.push(&bytes);
    while let Some(action) = next(&worker.run().world) {
        let request = Request::Act(action.clone());
        log.push(&postcard::to_allocvec(&request).expect("a request is written"));
        let Answer::Done(reply) = worker.answer(request) else { unreachable!("an action is answered by what it came to") };
        log.accepted += u64::from(reply.accepted);
        log.hashes.push(worker.hash());
        log.actions.push(action);
    }
    log
}

impl Log {
    fn push(&mut self, part: &[u8]) {
        self.bytes.extend(u32::try_from(part.len()).expect("a short part").to_le_bytes());
        self.bytes.extend(part);
    }
}

fn in_node(module: &Module, name: &str, log: &Log) -> Result<Vec<u64>, String> {
    let file = module.folder.join(format!("{name}.log"));
    fs::write(&file, &log.bytes).map_err(|error| error.to_string())?;
    let driver = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/wasm.mjs");
    let output =
        Command::new("node").arg(driver).args([&module.glue, &module.wasm, &file]).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("node: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line.parse().map_err(|_| format!("not a hash: {line}"))).collect()
}
