//! Whether it was made sure of in the end: one's own look, and the requester's word.

use super::{Evidence, FULL, Facts, Part, Permille, finding, number};
use crate::people::Intent;
use crate::ticket::action::Action;
use crate::ticket::scenario::Rubric;

const NAME: &str = "Verification";
const HALF: Permille = FULL / 2;

pub fn part(facts: &Facts<'_>, evidence: &[Evidence], rubric: &Rubric) -> Part {
    if facts.escalated_rightly == Some(true) {
        return handed_over(facts, rubric);
    }
    // Where nothing is broken, one looks before one explains, and asks after it.
    let (look, asked_after) = match (facts.given.misunderstanding, facts.explained, facts.last_change) {
        (Some(_), Some(at), None) => (evidence.last().map(|one| one.action), at),
        (_, _, Some(last)) => (look_after(facts, last).map(number), last),
        _ => {
            let text = "Nothing was changed, so there was nothing to verify.";
            return super::part(NAME, rubric.verification, 0, vec![finding(text, Vec::new())]);
        }
    };
    let asked = spoke_after(facts, asked_after, Intent::Confirm).map(number);
    let looked = finding("You looked for yourself whether it works.", look.into_iter().collect());
    let not_looked = finding("After the last change you did not look for yourself.", vec![number(asked_after)]);
    let findings = vec![
        if look.is_some() { looked } else { not_looked },
        match asked {
            Some(at) => finding("You asked the requester whether it works.", vec![at]),
            None => finding("You did not ask the requester whether it works.", Vec::new()),
        },
    ];
    let share = HALF * (u16::from(look.is_some()) + u16::from(asked.is_some()));
    super::part(NAME, rubric.verification, if facts.achieved() { share } else { 0 }, findings)
}

fn handed_over(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let told = facts
        .run
        .log
        .iter()
        .position(|entry| matches!(&entry.action, Action::Say(said) if said.intent == Intent::SetExpectation));
    let (share, text) = match told {
        Some(_) => (FULL, "The requester knows who has it now and what comes next."),
        None => (HALF, "The requester was not told who has it now and what comes next."),
    };
    super::part(NAME, rubric.verification, share, vec![finding(text, told.map(number).into_iter().collect())])
}

fn look_after(facts: &Facts<'_>, last: usize) -> Option<usize> {
    let looks = |action: &Action| {
        matches!(action, Action::Shell { .. } | Action::Open { .. } | Action::Panel { .. } | Action::Physical(_))
    };
    let mut after = facts.run.log.iter().enumerate().skip(last + 1);
    after.find(|(_, entry)| looks(&entry.action)).map(|(at, _)| at)
}

fn spoke_after(facts: &Facts<'_>, last: usize, intent: Intent) -> Option<usize> {
    let mut after = facts.run.log.iter().enumerate().skip(last + 1);
    after.find(|(_, entry)| matches!(&entry.action, Action::Say(said) if said.intent == intent)).map(|(at, _)| at)
}
