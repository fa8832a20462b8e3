//! The next hint, from how things stand now: never about something that was done or said already, and priced before it is taken.

use super::action::Action;
use super::cause;
use super::run::{Given, Injected, Run, Truth};
use super::scenario::{Scenario, fill};
use super::script::{self, Names};
use super::verdict::evidence;
use crate::people::Intent;
use crate::probe::Probe;
use crate::sorted::{self, Set};

/// What is told, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What kind of thing it gives away, shown before it is taken.
    pub gives: &'static str,
    pub text: String,
    /// Points.
    pub cost: u16,
}

/// Shares of the ticket's points in percent. Chosen: a learner who needs every hint up to the cause does not pass any more.
const PRICE_OF_LAYER: u16 = 4;
const PRICE_OF_LOOK: u16 = 6;
const PRICE_OF_COMPONENT: u16 = 8;
const PRICE_OF_CAUSE: u16 = 15;
const PRICE_OF_FIX: u16 = 20;
const PRICE_OF_ENDING: u16 = 2;

/// The next hint; `None` when nothing is left to tell. `told` are the texts of those that were taken.
#[must_use]
pub fn next(scenario: &Scenario, given: &Given, run: &Run, told: &[String]) -> Option<Hint> {
    if run.is_closed() {
        return None;
    }
    let max = scenario.rubric.max();
    let hints = match open(given, run) {
        Some(truth) => searching(scenario, given, run, truth),
        None => ending(given, run),
    };
    let price = |percent: u16| (u32::from(max) * u32::from(percent)).div_ceil(100);
    hints.into_iter().find(|(_, text, _)| !told.contains(text)).map(|(gives, text, percent)| Hint {
        gives,
        text,
        cost: u16::try_from(price(percent)).unwrap_or(u16::MAX),
    })
}

type Draft = (&'static str, String, u16);

/// What is still to be found: the first cause that is there, or what was not explained yet.
fn open(given: &Given, run: &Run) -> Option<Truth> {
    let there = |cause: &Injected| (cause.fault.present)(&run.world, &cause.target);
    // Causes come first among the truths, in the same order.
    let at = given.causes().position(there).or_else(|| {
        let told = run.log.iter().any(|entry| explains(given, &entry.action));
        (given.misunderstanding.is_some() && !told).then(|| given.causes().count())
    });
    at.and_then(|at| given.truths().get(at).copied())
}

fn explains(given: &Given, action: &Action) -> bool {
    match action {
        Action::Say(said) => {
            said.to == given.requester && said.intent == Intent::Explain && Some(said.topic) == given.misunderstanding
        }
        _ => false,
    }
}

/// The cause is gone, or there never was one: what is left is to see to it that it works, to say so, and to write it up.
fn ending(given: &Given, run: &Run) -> Vec<Draft> {
    let works = given.needs.iter().all(|probe: &Probe| probe.passes(&run.world));
    let confirms = |action: &Action| match action {
        Action::Say(said) => said.to == given.requester && said.intent == Intent::Confirm,
        _ => false,
    };
    let asked = run.log.iter().rposition(|entry| confirms(&entry.action));
    let changed = run.log.iter().rposition(|entry| entry.changed);
    let name = run.world.people.get(usize::from(given.requester.0)).map_or("the requester", |person| person.name.as_str());
    let mut drafts = Vec::new();
    if !works {
        let text = "The cause is gone, but what was asked for does not work yet: something still holds on to how it was before \
                    (a lease, a cache, an open session, a service that has to be started again).";
        drafts.push(("what is left to do", text.to_owned(), PRICE_OF_ENDING));
    }
    if asked.is_none_or(|asked| changed.is_some_and(|changed| changed > asked)) {
        let text = format!("Nothing is wrong any more that you could mend. Ask {name} whether it works now.");
        drafts.push(("what is left to do", text, PRICE_OF_ENDING));
    }
    let text = "Write down what it was, what you did and how you know, and resolve the ticket.";
    drafts.push(("what is left to do", text.to_owned(), PRICE_OF_ENDING));
    drafts
}

fn searching(scenario: &Scenario, given: &Given, run: &Run, truth: Truth) -> Vec<Draft> {
    let stated = run.log.iter().rev().find_map(|entry| match &entry.action {
        Action::Theory(theory) => Some(theory),
        _ => None,
    });
    let layer_known = stated.is_some_and(|theory| theory.layer == truth.layer);
    let component_known = layer_known && stated.is_some_and(|theory| theory.component.eq_ignore_ascii_case(truth.component));
    let cause_known = stated.is_some_and(|theory| theory.cause == truth.cause);
    let layer = script::layer_word(truth.layer).replace('-', " ");
    let mut drafts = Vec::new();
    if !layer_known {
        drafts.push(("the layer to look at", format!("Look at this layer: {layer}."), PRICE_OF_LAYER));
    }
    if !cause_known {
        drafts.extend(looks(scenario, given, run).into_iter().map(|text| ("something to look at", text, PRICE_OF_LOOK)));
    }
    if !component_known && !cause_known {
        let text = format!("It is about this part of the system: {}.", truth.component);
        drafts.push(("the component", text, PRICE_OF_COMPONENT));
    }
    if !cause_known {
        drafts.push(("the cause", format!("The cause: {}.", cause::title_of(truth.cause)), PRICE_OF_CAUSE));
    }
    if let Some(line) = way_on(scenario, given, run) {
        drafts.push(("a step that mends it", format!("One way on: {line}"), PRICE_OF_FIX));
    }
    drafts
}

/// Looks of the author that were not taken yet and rule out a candidate that is still thinkable.
fn looks(scenario: &Scenario, given: &Given, run: &Run) -> Vec<String> {
    let names = Names { world: &given.start, people: &given.people };
    let ruled_out: Set<_> = evidence::of(scenario, given, run).into_iter().flat_map(|one| one.excludes).collect();
    let done = |action: &Action| run.log.iter().any(|entry| entry.action == *action);
    let lines = fill(&format!("{}\n{}", scenario.evidence, scenario.solution), &given.names);
    let looks = lines.lines().filter_map(|line| script::action(line.trim(), &names).ok());
    let looks: Vec<_> = looks.filter(|action| is_look(action) && !done(action)).collect();
    let mut probe = Run::start(given);
    for action in &looks {
        probe.act(action.clone(), &given.needs);
    }
    let mut worth: Vec<_> = evidence::of(scenario, given, &probe)
        .into_iter()
        .filter_map(|one| {
            let new = one.excludes.iter().filter(|id| !ruled_out.contains(*id)).count();
            let at = usize::try_from(one.action).ok()?.checked_sub(1)?;
            (new > 0).then_some((new, at))
        })
        .collect();
    sorted::by_key(&mut worth, |(new, at)| (std::cmp::Reverse(*new), *at));
    worth
        .into_iter()
        .filter_map(|(_, at)| looks.get(at))
        .map(|action| format!("Look here: {}", script::write(action, &names)))
        .collect()
}

/// Only looking and asking: nothing of the author's own way of mending it is given away by it.
fn is_look(action: &Action) -> bool {
    match action {
        Action::Shell { .. } | Action::Open { .. } | Action::Say(_) => true,
        Action::Physical(act) => matches!(act, crate::physical::Act::Look(_) | crate::physical::Act::TestCable(_)),
        _ => false,
    }
}

/// The first action of the author's solution that changes something and was not done yet.
fn way_on(scenario: &Scenario, given: &Given, run: &Run) -> Option<String> {
    let names = Names { world: &given.start, people: &given.people };
    let mut other = Run::start(given);
    for line in fill(&scenario.solution, &given.names).lines() {
        let Ok(action) = script::action(line.trim(), &names) else { continue };
        let ends = matches!(action, Action::Escalate(_)) || explains(given, &action);
        let changed = other.act(action.clone(), &given.needs).changed;
        if (changed || ends) && !run.log.iter().any(|entry| entry.action == action) {
            return Some(match action {
                Action::Escalate(form) => format!("hand it over to {}, with what you saw", script::tier_word(form.to)),
                _ => script::write(&action, &names),
            });
        }
    }
    None
}
