//! Plays a script and prints what came of each line.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use domain::content::tickets::Library;
use engine::ticket::run::{Given, Run};
use engine::ticket::scenario::fill;
use engine::ticket::script::{self, Names};
use engine::ticket::verdict::{self, Verdict};
use engine::ticket::{Action, Scenario};
use serde::Serialize;

use super::Instead;

/// What to play.
#[derive(Clone, Debug)]
pub struct Exec {
    pub scenario: String,
    pub seed: u64,
    pub instead: Instead,
    /// `-` is standard input; none is no action at all.
    pub script: Option<PathBuf>,
    pub json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    action: &'a str,
    output: String,
    time_ms: u64,
    hash: String,
}

#[derive(Serialize)]
struct Last<'a> {
    verdict: &'a Verdict,
    debrief: String,
}

/// # Errors
/// An unknown scenario or fault, a script that cannot be read: every line of it is named, and nothing is played.
pub fn exec(library: &Library, what: &Exec, out: &mut impl Write) -> io::Result<()> {
    let (scenario, site) = super::find(library, &what.scenario)?;
    let given = super::given(scenario, site, what.seed, &what.instead)?;
    let lines = read_script(what, &given)?;
    let mut run = Run::start(&given);
    for (text, action) in lines {
        let entry = run.act(action, &given.needs);
        let (output, time_ms) = (entry.output.text(), entry.took.0);
        let line = Line { action: &text, output, time_ms, hash: format!("{:016x}", run.hash()) };
        if what.json {
            serde_json::to_writer(&mut *out, &line)?;
            writeln!(out)?;
        } else {
            writeln!(out, "> {}\n{}", line.action, line.output.trim_end())?;
        }
    }
    finish(&scenario.value, &given, &run, what.json, out)
}

/// # Errors
/// An unknown scenario.
pub fn solution(library: &Library, id: &str, seed: u64, out: &mut impl Write) -> io::Result<()> {
    let (scenario, site) = super::find(library, id)?;
    let given = super::given(scenario, site, seed, &super::Instead::Nothing)?;
    let filled = fill(&scenario.value.solution, &given.names);
    for line in filled.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn read_script(what: &Exec, given: &Given) -> io::Result<Vec<(String, Action)>> {
    let mut text = String::new();
    match &what.script {
        None => {}
        Some(path) if path.as_os_str() == "-" => _ = io::stdin().lock().read_to_string(&mut text)?,
        Some(path) => {
            text = std::fs::read_to_string(path).map_err(|error| io::Error::other(format!("{}: {error}", path.display())))?;
        }
    }
    let names = Names { world: &given.start, people: &given.people };
    let mut actions = Vec::new();
    let mut bad = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = fill(line.trim(), &given.names);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match script::action(&line, &names) {
            Ok(action) => actions.push((line, action)),
            Err(message) => bad.push(format!("line {}: {message}", at + 1)),
        }
    }
    if bad.is_empty() {
        Ok(actions)
    } else {
        Err(io::Error::other(format!("the script cannot be read:\n  {}", bad.join("\n  "))))
    }
}

fn finish(scenario: &Scenario, given: &Given, run: &Run, json: bool, out: &mut impl Write) -> io::Result<()> {
    let verdict = verdict::judge(scenario, given, run);
    if json {
        serde_json::to_writer(&mut *out, &Last { verdict: &verdict, debrief: scenario.debrief(given) })?;
        return writeln!(out);
    }
    write_verdict(&verdict, out)?;
    writeln!(out, "\n{}", scenario.debrief(given))
}

/// The verdict for people: each part with what it rests on.
pub fn write_verdict(verdict: &Verdict, out: &mut impl Write) -> io::Result<()> {
    let end = match (verdict.root_cause_fixed, verdict.workaround, verdict.escalated_rightly) {
        (true, ..) if verdict.nothing_broken => "Nothing was broken, and the requester knows it now.",
        (true, ..) => "The cause is gone.",
        (_, true, _) => "A workaround: it works, and the cause is still there.",
        (_, _, Some(true)) => "Handed over as it should be.",
        _ if verdict.nothing_broken => "Nothing was broken.",
        _ => "The cause is still there.",
    };
    writeln!(
        out,
        "\n{end} {} of {} points: {}.",
        verdict.score,
        verdict.max,
        if verdict.pass { "passed" } else { "not passed" }
    )?;
    for part in &verdict.parts {
        writeln!(out, "  {:22} {:>3} of {:>3}", part.name, part.points, part.max)?;
        for finding in &part.findings {
            let actions: Vec<_> = finding.actions.iter().map(|action| format!("#{action}")).collect();
            writeln!(out, "      {} {}", finding.text, actions.join(" "))?;
        }
    }
    writeln!(out, "  virtual time           {} min {:02} s", verdict.time.as_seconds() / 60, verdict.time.as_seconds() % 60)
}
