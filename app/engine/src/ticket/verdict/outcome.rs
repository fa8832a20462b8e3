//! What came of it: the cause, the service, and what was broken on the way.

use super::{Damage, Evidence, FULL, Facts, Finding, Part, escalation, finding, number, part};
use crate::people::{Intent, follows};
use crate::ticket::action::Action;
use crate::ticket::run::{Given, Run};
use crate::ticket::scenario::{Rubric, Scenario};

const NAME: &str = "Root cause";

/// The action that told the requester what they had not understood.
pub fn explained(given: &Given, run: &Run) -> Option<usize> {
    let topic = given.misunderstanding?;
    let requester = given.start.person(given.requester);
    run.log.iter().position(|entry| {
        matches!(&entry.action, Action::Say(said)
            if said.to == given.requester && said.intent == Intent::Explain && said.topic == topic && follows(requester, said))
    })
}

/// For each cause that is gone at the end: the last action before which it was still there. The run is played again for that.
pub fn mended(given: &Given, run: &Run) -> Vec<Option<usize>> {
    let causes: Vec<_> = given.causes().collect();
    let mut mended = vec![None; causes.len()];
    if causes.iter().all(|cause| (cause.fault.present)(&run.world, &cause.target)) {
        return mended;
    }
    let mut again = Run::start(given);
    let mut present = vec![true; causes.len()];
    for (at, entry) in run.log.iter().enumerate() {
        again.act(entry.action.clone(), &given.needs);
        for ((cause, there), since) in causes.iter().zip(&mut present).zip(&mut mended) {
            let now = (cause.fault.present)(&again.world, &cause.target);
            match (*there, now) {
                (true, false) => *since = Some(at),
                (false, true) => *since = None,
                _ => {}
            }
            *there = now;
        }
    }
    mended
}

pub fn root_cause(scenario: &Scenario, facts: &Facts<'_>, evidence: &[Evidence]) -> Part {
    let rubric = &scenario.rubric;
    if facts.given.misunderstanding.is_some() {
        return understanding(facts, rubric);
    }
    let causes: Vec<_> = facts.given.causes().map(|cause| cause.fault.title).collect();
    if let (false, Some((action, form))) = (facts.fixed, facts.escalation) {
        let (share, findings) = escalation::judged(scenario, facts, form, action, evidence);
        return part(NAME, rubric.root_cause, share, findings);
    }
    let gone = facts.mended.iter().flatten().count();
    let told = causes.iter().zip(&facts.mended).map(|(title, mended)| match mended {
        Some(at) => finding(format!("The cause is gone: {title}."), vec![number(*at)]),
        None => finding(format!("The cause is still there: {title}."), Vec::new()),
    });
    let findings = told.collect();
    let share = gone * usize::from(FULL) / causes.len().max(1);
    part(NAME, rubric.root_cause, u16::try_from(share).unwrap_or(FULL), findings)
}

/// Where nothing is broken, the mark is for finding that out and saying so.
fn understanding(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let (text, actions) = match (facts.explained, facts.first_change, facts.escalation) {
        (_, _, Some((action, _))) => ("Nothing is broken, so there was nothing to hand over.", vec![action]),
        (_, Some(change), _) => ("Nothing is broken, and yet you changed something.", vec![number(change)]),
        (None, ..) => ("Nothing is broken: the requester was not told what they had not understood.", Vec::new()),
        (Some(at), ..) if facts.fixed => ("You made sure that nothing is broken, and explained it.", vec![number(at)]),
        (Some(at), ..) => ("You explained it before you had looked whether something is broken.", vec![number(at)]),
    };
    part(NAME, rubric.root_cause, if facts.fixed { FULL } else { 0 }, vec![finding(text, actions)])
}

pub fn service(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let handed_over = facts.escalated_rightly == Some(true);
    let text = match (facts.restored, facts.fixed) {
        _ if facts.given.misunderstanding.is_some() => {
            if facts.restored {
                "The requester knows now how it works."
            } else {
                "The requester still takes it for broken."
            }
        }
        (true, true) => "What the requester needs works again.",
        (true, false) => "What the requester needs works again, but as a workaround: the cause is still there.",
        (false, _) if handed_over => "It does not work yet; the team it was handed to will see to that.",
        (false, _) => "What the requester needs still does not work.",
    };
    let share = if facts.restored || handed_over { FULL } else { 0 };
    let shown = facts.explained.or(facts.last_change).map(number).into_iter().collect();
    part("Service", rubric.service, share, vec![finding(text, shown)])
}

/// Why doing nothing earns nothing.
pub fn unearned() -> Finding {
    finding("These points count when the ticket comes to a good end, and it did not.", Vec::new())
}

pub fn no_damage(facts: &Facts<'_>, damage: &[Damage], rubric: &Rubric) -> Part {
    let mut findings: Vec<Finding> = damage.iter().map(|one| finding(one.sentence(), one.actions.clone())).collect();
    if findings.is_empty() {
        findings.push(finding("Nothing that worked was broken, and no protection was weakened.", Vec::new()));
    }
    if damage.is_empty() && !facts.achieved() {
        findings.push(unearned());
    }
    let share = if damage.is_empty() && facts.achieved() { FULL } else { 0 };
    part("No damage", rubric.no_damage, share, findings)
}
