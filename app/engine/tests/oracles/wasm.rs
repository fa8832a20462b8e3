//! The compiled WebAssembly in Node against native code: the same log, the same hash after every action.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::ticket::Action;
use engine::worker::Worker;

use crate::random_actions::Grammar;
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
    let module = match compile() {
        Ok(module) => module,
        Err(error) => return Verdict::Differs(format!("not built: {error}")),
    };
    let count = system::number("ORACLE_ACTIONS", ACTIONS);
    let mut lines = Vec::new();
    let mut good = true;
    for (name, site) in sites::all() {
        let world = sites::build(&site, 1).world;
        let log = native(&world, count);
        let hashes = match in_node(&module, &log) {
            Ok(hashes) => hashes,
            Err(error) => return Verdict::Differs(format!("{name}: {error}")),
        };
        let first = log.hashes.iter().zip(&hashes).position(|(native, wasm)| native != wasm);
        let same = first.is_none() && log.hashes.len() == hashes.len();
        if let Some(at) = first {
            println!("{name}: differs first after action {at}: {:?}", at.checked_sub(1).and_then(|at| log.actions.get(at)));
        }
        let percent = log.accepted * 100 / count.max(1);
        good &= same && percent >= ACCEPTED_PERCENT;
        let distinct: std::collections::BTreeSet<_> = log.hashes.iter().collect();
        lines.push(format!(
            "{name}: {count} actions, {percent} % accepted, {} states, {}",
            distinct.len(),
            if same { "equal" } else { "NOT equal" }
        ));
    }
    let summary = lines.join("; ");
    if good { Verdict::Agrees(summary) } else { Verdict::Differs(summary) }
}

fn native(world: &engine::world::World, count: u64) -> Log {
    let mut grammar = Grammar::new(system::number("ORACLE_SEED", 1));
    let start = postcard::to_allocvec(world).expect("a world is written");
    let mut worker = Worker::start(&start).expect("a world is read");
    let mut log = Log { bytes: Vec::new(), hashes: vec![worker.hash()], actions: Vec::new(), accepted: 0 };
    log.push(&start);
    for _ in 0..count {
        let action = grammar.next(worker.world());
        log.accepted += u64::from(worker.act(action.clone()).accepted);
        log.push(&postcard::to_allocvec(&action).expect("an action is written"));
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

struct Module {
    glue: PathBuf,
    wasm: PathBuf,
    folder: PathBuf,
}

/// The engine as browsers get it: the same profile, the same bundler.
fn compile() -> Result<Module, String> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| root.join("target"), PathBuf::from);
    let cargo = |arguments: &[&str]| {
        let status =
            Command::new("cargo").args(arguments).current_dir(root).status().map_err(|error| format!("cargo: {error}"))?;
        if status.success() { Ok(()) } else { Err(format!("cargo {}: {status}", arguments.join(" "))) }
    };
    let module = ["--features", "worker", "--target", "wasm32-unknown-unknown", "--profile", "wasm-release"];
    cargo(&[&["rustc", "--quiet", "--package", "engine", "--lib", "--crate-type", "cdylib"], &module[..]].concat())?;
    cargo(&["build", "--quiet", "--package", "bundle"])?;
    let folder = target.join("engine-oracle");
    let wasm = target.join("wasm32-unknown-unknown/wasm-release/engine.wasm");
    let site = folder.join("site");
    let status = Command::new(target.join("debug/bundle"))
        .arg(&wasm)
        .arg(&site)
        .current_dir(root)
        .output()
        .map_err(|error| format!("bundle: {error}"))?;
    if !status.status.success() {
        return Err(format!("bundle: {}", String::from_utf8_lossy(&status.stderr)));
    }
    // The bundler keeps the module before it gives it a name for browsers.
    let kept = fs::read_dir(folder.join("site.cache")).map_err(|error| error.to_string())?.flatten().map(|entry| entry.path());
    let glue =
        kept.into_iter().find(|file| file.to_string_lossy().ends_with("-plain.js")).ok_or("the bundler left no JavaScript")?;
    let named = folder.join("glue.mjs");
    fs::copy(&glue, &named).map_err(|error| error.to_string())?;
    Ok(Module { glue: named, wasm: glue.with_extension("wasm"), folder })
}

fn in_node(module: &Module, log: &Log) -> Result<Vec<u64>, String> {
    let file = module.folder.join("log");
    fs::write(&file, &log.bytes).map_err(|error| error.to_string())?;
    let driver = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracles/wasm.mjs");
    let output =
        Command::new("node").arg(driver).args([&module.glue, &module.wasm, &file]).output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(format!("node: {}", String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line.parse().map_err(|_| format!("not a hash: {line}"))).collect()
}
