//! Changes one at a time: who changes two things before looking again cannot know which of them helped.
//!
//! Several changes may be one mend: a line of a file and the restart that reads it. So changes without a look between them are
//! held against the learner only where one of them could have been left out: the same actions are done without it, and the end
//! is the same.

use super::outcome::unearned;
use super::{FULL, Facts, Finding, Part, Permille, finding, number};
use crate::panel::PanelKind;
use crate::people::Intent;
use crate::physical::Act;
use crate::shell::ShellKind;
use crate::ticket::action::Action;
use crate::ticket::run::{Entry, Given, Run, Shown};
use crate::ticket::scenario::Rubric;
use crate::world::{DeviceId, World};

/// What each bundle of changes costs.
const BUNDLE: Permille = 500;

/// A change: one action, or those of one visit to a panel or to the configuration of a network device.
type Step = Vec<usize>;

pub fn part(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let (share, findings) = judged(facts);
    super::part("One change at a time", rubric.changes, share, findings)
}

fn judged(facts: &Facts<'_>) -> (Permille, Vec<Finding>) {
    if facts.first_change.is_none() {
        let text = if facts.safe.is_empty() { "You changed nothing." } else { "You made it safe, and changed nothing else." };
        let nothing = finding(text, facts.safe.iter().map(|at| number(*at)).collect());
        return if facts.achieved() { (FULL, vec![nothing]) } else { (0, vec![nothing, unearned()]) };
    }
    let end = outcome(facts.given, &facts.run.world);
    let mut share = FULL;
    let mut findings = Vec::new();
    for steps in bundles(facts).into_iter().filter(|steps| steps.len() > 1) {
        if steps.iter().any(|step| outcome(facts.given, &without(facts, step)) == end) {
            share = share.saturating_sub(BUNDLE);
            let actions = steps.iter().flatten().map(|at| number(*at)).collect();
            findings
                .push(finding("Several changes without a look between them: it cannot be seen which of them helped.", actions));
        }
    }
    if findings.is_empty() {
        findings.push(finding("You changed one thing at a time and looked what came of it.", Vec::new()));
    }
    (share, findings)
}

/// Changes between two looks, in order.
fn bundles(facts: &Facts<'_>) -> Vec<Vec<Step>> {
    let mut bundles: Vec<Vec<Step>> = vec![Vec::new()];
    let mut last = None;
    for (at, entry) in facts.run.log.iter().enumerate() {
        if entry.changed && !facts.safe.contains(&at) {
            let place = place(&entry.action);
            let joins = belongs(&entry.action, place, last);
            let Some(steps) = bundles.last_mut() else { continue };
            match steps.last_mut().filter(|_| joins) {
                Some(step) => step.push(at),
                None => steps.push(vec![at]),
            }
            last = place;
        } else if looks(entry) {
            bundles.push(Vec::new());
        }
    }
    bundles
}

/// Where a change is made: one visit there is one change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Configuration(DeviceId),
    Panel(DeviceId, PanelKind),
}

fn place(action: &Action) -> Option<Place> {
    match action {
        Action::Shell { device, shell: ShellKind::Ios, .. } => Some(Place::Configuration(*device)),
        Action::Panel { device, panel, .. } => Some(Place::Panel(*device, *panel)),
        _ => None,
    }
}

/// Whether it goes on with the change before it: at the same place, or by switching off and on, which makes it take effect.
fn belongs(action: &Action, place: Option<Place>, last: Option<Place>) -> bool {
    place.is_some() && place == last || matches!(action, Action::Physical(Act::Power(..)))
}

/// Something was read or tried: by the learner, or by the person who was asked.
fn looks(entry: &Entry) -> bool {
    match &entry.action {
        // Lines of a configuration mode answer nothing.
        Action::Shell { .. } => !entry.output.text().trim().is_empty(),
        Action::Open { .. } | Action::Panel { .. } | Action::Physical(_) => !matches!(entry.output.shown(), Shown::Refused(_)),
        Action::Say(said) => matches!(said.intent, Intent::Ask | Intent::Confirm | Intent::Instruct),
        _ => false,
    }
}

/// The world at the end of the same run without these actions.
fn without(facts: &Facts<'_>, left_out: &[usize]) -> World {
    let mut run = Run::start(facts.given);
    for (at, entry) in facts.run.log.iter().enumerate() {
        if !left_out.contains(&at) {
            run.act(entry.action.clone(), &facts.given.needs);
        }
    }
    run.world
}

/// What counts of an end: which causes are there, and which needs are met.
fn outcome(given: &Given, world: &World) -> Vec<bool> {
    let causes = given.causes().map(|cause| (cause.fault.present)(world, &cause.target));
    causes.chain(given.needs.iter().map(|probe| probe.passes(world))).collect()
}
