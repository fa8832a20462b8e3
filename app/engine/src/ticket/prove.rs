//! Shows that a scenario is sound for a seed: solvable, not solved by accident, and told apart from its rivals.

use super::action::{Action, Escalation, Level, Resolution};
use super::run::{Given, Run};
use super::scenario::{Scenario, fill, prepare};
use super::script::{self, Names};
use super::verdict::evidence::rival;
use super::verdict::{self, Verdict};
use crate::chance::Chance;
use crate::fault::{self, Tier};
use crate::people::{Intent, Tone, Utterance};
use crate::site::Site;
use crate::site::build::Complaint;
use crate::world::person::Topic;

/// Other candidates that share the symptom; fewer make a guess too cheap.
const RIVALS: usize = 3;

/// Everything that is wrong with this scenario for this seed; nothing is good.
#[must_use]
pub fn prove(scenario: &Scenario, site: &Site, seed: u64) -> Vec<Complaint> {
    let given = match prepare(scenario, site, seed) {
        Ok(given) => given,
        Err(complaints) => return complaints,
    };
    let mut complaints = Vec::new();
    let mut complain = |path: &str, message: String| complaints.push(Complaint { path: path.to_owned(), message });
    unsolved_at_start(scenario, &given, &mut complain);
    solved_by_reference(scenario, &given, &mut complain);
    not_by_wrong_ways(scenario, &given, &mut complain);
    candidates(scenario, &given, &mut complain);
    complaints
}

fn unsolved_at_start(scenario: &Scenario, given: &Given, complain: &mut impl FnMut(&str, String)) {
    if given.misunderstanding.is_some() {
        if let Some(at) = given.needs.iter().position(|probe| !probe.passes(&given.start)) {
            complain(&format!("probe[{at}]"), "This does not work at the start, so it is no misunderstanding.".to_owned());
        }
        return;
    }
    let specs = scenario.fault.iter().enumerate().zip(&given.injected).filter(|(_, one)| !one.herring);
    for ((at, _), cause) in specs {
        let path = format!("fault[{at}]");
        if !(cause.fault.present)(&given.start, &cause.target) {
            complain(&path, "The fault is not there at the start.".to_owned());
        }
        if (cause.fault.present)(&given.twin, &cause.target) {
            complain(&path, "The fault is there in the healthy site already.".to_owned());
        }
        let mut alone = given.twin.clone();
        (cause.fault.inject)(&mut alone, &cause.target, &mut Chance::new(0, cause.fault.id));
        if given.needs.iter().all(|probe| probe.passes(&alone)) {
            let message = "What the requester needs works although this is wrong: write herring = true, or probe what it breaks.";
            complain(&path, message.to_owned());
        }
    }
    if given.needs.iter().all(|probe| probe.passes(&given.start)) {
        complain("probe", "Everything the requester needs works at the start: probe what this fault breaks.".to_owned());
    }
}

/// The actions of a script of this scenario.
///
/// # Errors
/// Every line that cannot be read.
pub fn actions(text: &str, given: &Given) -> Result<Vec<Action>, Vec<script::BadLine>> {
    script::parse(&fill(text, &given.names), &Names { world: &given.start, people: &given.people })
}

/// Plays a script from the start; a run that nobody closed is closed with empty notes where `close` says so.
fn play(given: &Given, actions: Vec<Action>, close: bool) -> Run {
    let mut run = Run::start(given);
    for action in actions {
        run.act(action, &given.needs);
    }
    if close && !run.is_closed() {
        run.act(Action::Resolve(empty_resolution()), &given.needs);
    }
    run
}

fn empty_resolution() -> Resolution {
    Resolution { cause: String::new(), change: String::new(), verification: String::new(), prevention: String::new() }
}

fn bad_lines(path: &str, bad: Vec<script::BadLine>, complain: &mut impl FnMut(&str, String)) {
    for line in bad {
        complain(path, format!("line {}: {}", line.line, line.message));
    }
}

fn solved_by_reference(scenario: &Scenario, given: &Given, complain: &mut impl FnMut(&str, String)) {
    let actions = match actions(&scenario.solution, given) {
        Ok(actions) => actions,
        Err(bad) => return bad_lines("solution", bad, complain),
    };
    let run = play(given, actions, false);
    for entry in run.log.iter().filter(|entry| matches!(entry.output.shown(), super::run::Shown::Refused(_))) {
        complain("solution", format!("{:?} was refused: {}", entry.action, entry.output.text()));
    }
    let verdict = verdict::judge(scenario, given, &run);
    if !verdict.pass || verdict.score != verdict.max {
        complain("solution", format!("It gets {} of {}: {}", verdict.score, verdict.max, lost(&verdict)));
    }
}

/// Where points were lost, for the author.
fn lost(verdict: &Verdict) -> String {
    let parts = verdict.parts.iter().filter(|part| part.points < part.max);
    let told: Vec<_> = parts
        .map(|part| {
            let findings: Vec<_> = part.findings.iter().map(|finding| finding.text.as_str()).collect();
            format!("{} {}/{} ({})", part.name, part.points, part.max, findings.join(" "))
        })
        .collect();
    if told.is_empty() { "it is not closed, or it does damage".to_owned() } else { told.join("; ") }
}

fn not_by_wrong_ways(scenario: &Scenario, given: &Given, complain: &mut impl FnMut(&str, String)) {
    let mut check = |path: String, name: &str, run: &Run| {
        let verdict = verdict::judge(scenario, given, run);
        if verdict.pass {
            complain(&path, format!("“{name}” passes with {} of {}.", verdict.score, verdict.max));
        }
    };
    for (at, wrong) in scenario.wrong.iter().enumerate() {
        if let Ok(actions) = actions(&wrong.script, given) {
            check(format!("wrong[{at}]"), &wrong.name, &play(given, actions, true));
        }
    }
    check("rubric".to_owned(), "Doing nothing", &play(given, Vec::new(), false));
    check("rubric".to_owned(), "Resolving at once", &play(given, Vec::new(), true));
    for to in [Tier::T2, Tier::T3, Tier::Security, Tier::Vendor, Tier::Facilities, Tier::Manager] {
        let form = Escalation { to, evidence: Vec::new(), tried: String::new(), impact: Level::Medium, urgency: Level::Medium };
        check("rubric".to_owned(), "Handing over blindly", &play(given, vec![Action::Escalate(form)], false));
    }
    if let Some(topic) = given.misunderstanding {
        let say = |intent, topic| {
            Action::Say(Utterance { to: given.requester, intent, tone: Tone::Friendly, topic, words: String::new() })
        };
        let guess = vec![say(Intent::Explain, topic), say(Intent::Confirm, Topic::Works)];
        check("rubric".to_owned(), "Explaining without a look", &play(given, guess, true));
    }
    for (at, wrong) in scenario.wrong.iter().enumerate() {
        if let Err(bad) = actions(&wrong.script, given) {
            bad_lines(&format!("wrong[{at}].script"), bad, complain);
        }
    }
    if scenario.wrong.is_empty() {
        complain("wrong", "Write at least one [[wrong]] fix that must not pass.".to_owned());
    }
}

fn candidates(scenario: &Scenario, given: &Given, complain: &mut impl FnMut(&str, String)) {
    for cause in given.causes().filter(|cause| !scenario.candidates.iter().any(|id| id == cause.fault.id)) {
        complain("candidates", format!("The true fault {} must be among them.", cause.fault.id));
    }
    if scenario.candidates.iter().filter(|id| given.is_rival(id)).count() < RIVALS + usize::from(given.misunderstanding.is_some())
    {
        let message = match given.misunderstanding {
            None => format!("Name at least {RIVALS} faults beside the true one that could show this symptom."),
            Some(_) => format!("Name at least {} faults that would make the requester say the same.", RIVALS + 1),
        };
        complain("candidates", message);
    }
    let looks = [scenario.evidence.as_str(), scenario.solution.as_str()].join("\n");
    let looks = match actions(&looks, given) {
        Ok(looks) => looks,
        Err(bad) => return bad_lines("evidence", bad, complain),
    };
    let before_change: Vec<_> = {
        let run = play(given, looks.clone(), false);
        let end = verdict::first_change(given, &run).into_iter().chain(verdict::explained(given, &run)).min();
        looks.into_iter().take(end.unwrap_or(run.log.len())).collect()
    };
    let seen = play(given, before_change.clone(), false);
    for (at, id) in scenario.candidates.iter().enumerate().filter(|(_, id)| given.is_rival(id)) {
        let path = format!("candidates[{at}]");
        let Some(fault) = fault::find(id) else {
            complain(&path, format!("There is no fault “{id}”: `firstline tickets faults` lists them."));
            continue;
        };
        let Some((world, _)) = rival(fault, given) else {
            complain(&path, format!("{id} ({}) does not give the requester this trouble in this site.", fault.title));
            continue;
        };
        let mut other = Run::on(world);
        for action in &before_change {
            other.act(action.clone(), &given.needs);
        }
        if other.log.iter().zip(&seen.log).all(|(there, here)| there.output == here.output) {
            complain(
                &path,
                format!(
                    "Nothing in evidence and solution tells {id} ({}) from what is true here: add a look that does.",
                    fault.title
                ),
            );
        }
    }
}
