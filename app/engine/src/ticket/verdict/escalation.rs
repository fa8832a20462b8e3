//! Handing over: to whom, with what evidence, and whether impact and urgency are as the world has them.

use super::{Evidence, FULL, Facts, Finding, Permille, finding};
use crate::fault::Tier;
use crate::people::affected;
use crate::ticket::action::{Escalation, Level};
use crate::ticket::run::Given;
use crate::ticket::scenario::Scenario;

/// What a wrong impact, a wrong urgency, or evidence that shows nothing costs of the mark.
const IMPACT: Permille = 100;
const URGENCY: Permille = 100;
const IDLE_EVIDENCE: Permille = 100;

/// The right tier, with evidence that tells the cause from others, and with what was tried.
pub fn is_right(given: &Given, form: &Escalation, evidence: &[Evidence]) -> bool {
    let shown = form.evidence.iter().any(|named| shows(evidence, *named));
    given.rules.escalate == Some(form.to) && shown && !form.tried.trim().is_empty()
}

fn shows(evidence: &[Evidence], action: u32) -> bool {
    evidence.iter().any(|one| one.action == action)
}

/// The mark for the root cause of a ticket that was handed over.
pub fn judged(
    scenario: &Scenario,
    facts: &Facts<'_>,
    form: &Escalation,
    action: u32,
    evidence: &[Evidence],
) -> (Permille, Vec<Finding>) {
    if facts.escalated_rightly != Some(true) {
        return (0, vec![finding(wrong(facts, form), vec![action])]);
    }
    let causes: Vec<_> = facts.given.causes().map(|cause| cause.fault.title).collect();
    let mut share = FULL;
    let mut findings = vec![finding(format!("Handed over as it should be. The cause: {}.", causes.join("; ")), vec![action])];
    let mut lose = |cost: Permille, text: String, actions: Vec<u32>| {
        share = share.saturating_sub(cost);
        findings.push(finding(text, actions));
    };
    let (hit, of) = affected(&facts.run.world, facts.given.requester, &facts.given.needs);
    let impact = impact(facts.given, hit, of);
    if !impact.contains(&form.impact) {
        let told =
            if hit == 1 { "one person has this trouble".to_owned() } else { format!("{hit} of {of} people have this trouble") };
        lose(IMPACT, format!("You called the impact {}, and {told}.", level(form.impact)), vec![action]);
    }
    let urgency = urgency(scenario, facts.given, hit);
    if !urgency.contains(&form.urgency) {
        let wanted: Vec<_> = urgency.iter().map(|one| level(*one)).collect();
        let text =
            format!("You called the urgency {}; from what people need it is {}.", level(form.urgency), wanted.join(" or "));
        lose(URGENCY, text, vec![action]);
    }
    let idle: Vec<_> = form.evidence.iter().filter(|named| !shows(evidence, **named)).copied().collect();
    if !idle.is_empty() {
        lose(IDLE_EVIDENCE, "You named as evidence what would look the same under every other cause.".to_owned(), idle);
    }
    (share, findings)
}

fn wrong(facts: &Facts<'_>, form: &Escalation) -> String {
    match facts.given.rules.escalate {
        None => "This could be solved here, with the rights and the means at hand: no hand-over was needed.".to_owned(),
        Some(tier) if tier != form.to => format!("This belongs to {tier:?}, not to {:?}.", form.to),
        Some(_) => "The right team, but without evidence that leads them anywhere, or without what was tried.".to_owned(),
    }
}

/// The impacts that fit: how many people meet the trouble. What is hostile endangers more people than it has hit.
fn impact(given: &Given, hit: usize, of: usize) -> &'static [Level] {
    let hostile = given.rules.escalate == Some(Tier::Security);
    match hit {
        _ if hit * 2 >= of && hit > 1 => &[Level::High],
        0 | 1 if !hostile => &[Level::Low, Level::Medium],
        _ => &[Level::Medium, Level::High],
    }
}

/// The urgencies that fit: what the author says of the brief, else whether people stand waiting, and how many there are.
fn urgency(scenario: &Scenario, given: &Given, hit: usize) -> Vec<Level> {
    if let Some(stated) = scenario.brief.urgency {
        return vec![stated];
    }
    let hostile = given.rules.escalate == Some(Tier::Security);
    let person = given.start.person(given.requester);
    let hour = crate::people::local_hour(&given.start);
    let busy = person.busy.iter().any(|(from, to)| (*from..*to).contains(&hour));
    if hostile {
        vec![Level::High]
    } else if busy || hit > 1 {
        vec![Level::Medium, Level::High]
    } else {
        vec![Level::Low, Level::Medium]
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Medium => "medium",
        Level::High => "high",
    }
}
