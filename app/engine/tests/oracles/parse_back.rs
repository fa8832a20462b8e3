//! Oracle 5: what our commands print, read back by jc (test-time only), compared with the state it was printed from.

mod linux;
mod windows;

use std::fmt::Display;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use engine::net;
use engine::physical::{self, Act};
use engine::shell::{self, Session, ShellKind};
use engine::world::device::System;
use engine::world::{DeviceId, PortIndex, PortRef, World};
use serde_json::{Value, json};

use crate::sites;
use crate::system::{self, Verdict};

/// One command with its parser in jc.
pub struct Check {
    pub line: &'static str,
    pub parser: &'static str,
    pub shell: ShellKind,
    /// Says what must be the same.
    pub compare: fn(&mut World, DeviceId, &Value, &mut Facts),
}

/// What was compared, for one reading.
#[derive(Default)]
pub struct Facts {
    pub equal: u32,
    pub wrong: Vec<String>,
}

/// A command that was run, with the world as it was then.
struct Sample {
    check: &'static Check,
    scene: &'static str,
    world: World,
    device: DeviceId,
    text: String,
}

pub fn run() -> Verdict {
    let python = system::which("python3");
    let library = library();
    let (Some(_), Some(library)) = (python, library) else {
        let what = "python3 with jc 1.26.1 not found: run src/tests/oracle-tools.sh";
        return if system::is_root() { Verdict::Differs(what.to_owned()) } else { Verdict::Skipped(what.to_owned()) };
    };
    let samples = samples();
    let parsed = match parse(&library, &samples) {
        Ok(parsed) => parsed,
        Err(error) => return Verdict::Differs(error),
    };
    let (mut equal, mut wrong) = (0, 0);
    for (mut sample, parsed) in samples.into_iter().zip(parsed) {
        let mut facts = Facts::default();
        match &parsed {
            Value::Object(failed) if failed.contains_key("failed") => facts.wrong.push(format!("jc: {}", parsed["failed"])),
            parsed => (sample.check.compare)(&mut sample.world, sample.device, parsed, &mut facts),
        }
        if facts.equal == 0 && facts.wrong.is_empty() {
            facts.wrong.push("nothing was compared".to_owned());
        }
        equal += facts.equal;
        wrong += facts.wrong.len();
        if !facts.wrong.is_empty() {
            let name = &sample.world.device(sample.device).name;
            println!("{} on {name}, {}: {}", sample.check.line, sample.scene, facts.wrong.join("; "));
            println!("{}", sample.text);
        }
    }
    let checks = linux::CHECKS.len() + windows::CHECKS.len();
    let summary = format!("{checks} commands, {equal} values equal, {wrong} not");
    if wrong == 0 && equal > 0 { Verdict::Agrees(summary) } else { Verdict::Differs(summary) }
}

/// The folder into which `src/tests/oracle-tools.sh` has installed jc, or one in `ORACLE_JC`.
fn library() -> Option<PathBuf> {
    let named = std::env::var("ORACLE_JC").ok().map(PathBuf::from);
    let target =
        std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../target").to_owned());
    let usual = PathBuf::from(target).join("jc-1.26.1");
    named.into_iter().chain([usual]).find(|folder| folder.join("jc").is_dir())
}

/// Every command on every machine that has its shell, in a few scenes.
fn samples() -> Vec<Sample> {
    let (_, site) = sites::all().into_iter().next().expect("a site");
    let healthy = sites::build(&site, 1).world;
    let there = |check: &&Check| {
        let first = check.line.split(' ').next().unwrap_or_default();
        shell::commands(check.shell).iter().any(|name| name.eq_ignore_ascii_case(first))
    };
    for check in linux::CHECKS.iter().chain(windows::CHECKS).filter(|check| !there(check)) {
        println!("{:?} has no such command: {}", check.shell, check.line);
    }
    let mut samples = Vec::new();
    for (scene, change) in SCENES {
        let mut world = healthy.clone();
        change(&mut world);
        for device in world.device_ids() {
            let checks: &'static [Check] = match world.device(device).system {
                System::Windows(_) => windows::CHECKS,
                System::Linux(_) => linux::CHECKS,
                _ => continue,
            };
            samples.extend(checks.iter().filter(there).filter_map(|check| sample(&world, scene, device, check)));
        }
    }
    samples
}

fn sample(world: &World, scene: &'static str, device: DeviceId, check: &'static Check) -> Option<Sample> {
    let mut world = world.clone();
    let mut session = Session::open(&world, device, check.shell)?;
    session.elevated = true;
    let text = shell::run(&mut world, &mut session, check.line).text;
    // jc has no place for "no such name"; there is nothing to read then.
    let unresolved = ["name resolution", "Name or service not known"].iter().any(|words| text.contains(words));
    (!unresolved).then_some(Sample { check, scene, world, device, text })
}

/// A name and what is done to the healthy world.
type Scene = (&'static str, fn(&mut World));

const SCENES: &[Scene] =
    &[("healthy", |_| {}), ("every cable of a computer out", unplug), ("an hour later, leases renewed", renew)];

fn unplug(world: &mut World) {
    let computers = world.devices.iter().filter(|device| matches!(device.system, System::Windows(_) | System::Linux(_)));
    let ports: Vec<PortRef> = computers.map(|device| PortRef { device: device.id, port: PortIndex(0) }).collect();
    for port in ports {
        // A machine without a cable in its first port, such as one on Wi-Fi, stays as it is.
        let _ = physical::act(world, &Act::Unplug(port));
    }
}

fn renew(world: &mut World) {
    world.wait(engine::time::Span::hours(1));
    for device in world.device_ids() {
        for interface in 0..world.device(device).stack.interfaces.len() {
            net::dhcp::renew(world, device, engine::world::InterfaceIndex(u8::try_from(interface).unwrap_or(0)));
        }
    }
}

impl Facts {
    /// Notes whether a value that jc has read is the state's; `null` and absent are the empty text.
    pub fn same(&mut self, what: &str, parsed: &Value, state: impl Display) {
        let parsed = match parsed {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let state = state.to_string();
        if parsed == state {
            self.equal += 1;
        } else {
            self.wrong.push(format!("{what}: printed {parsed:?}, state {state:?}"));
        }
    }

    /// The same for lists, in order.
    pub fn list(&mut self, what: &str, parsed: &Value, state: &[String]) {
        self.same(what, parsed, json!(state));
    }
}

/// Reads one job a line, writes one result a line.
const READER: &str = r#"
import json, sys
sys.path.insert(0, sys.argv[1])
import jc
for line in sys.stdin:
    job = json.loads(line)
    try:
        result = jc.parse(job["parser"], job["text"], quiet=True)
    except Exception as error:
        result = {"failed": str(error)}
    print(json.dumps(result))
"#;

fn parse(library: &PathBuf, samples: &[Sample]) -> Result<Vec<Value>, String> {
    let mut child = Command::new("python3")
        .args(["-c", READER])
        .arg(library)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // jc reads dates in the zone it runs in.
        .env("TZ", "UTC")
        .spawn()
        .map_err(|error| format!("python3: {error}"))?;
    let job = |sample: &Sample| json!({ "parser": sample.check.parser, "text": sample.text }).to_string() + "\n";
    let jobs: String = samples.iter().map(job).collect();
    let mut input = child.stdin.take().ok_or("no standard input")?;
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut input, jobs.as_bytes()));
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    writer.join().map_err(|_| "the writer stopped")?.map_err(|error| error.to_string())?;
    let lines = String::from_utf8_lossy(&output.stdout);
    let parsed: Vec<Value> =
        lines.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    if parsed.len() == samples.len() {
        Ok(parsed)
    } else {
        Err(format!("{} of {} were read: {}", parsed.len(), samples.len(), String::from_utf8_lossy(&output.stderr)))
    }
}
