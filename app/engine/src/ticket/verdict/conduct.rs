//! How people were treated: rules over what was said, none over style.

use super::{FULL, Facts, Finding, Part, Permille, finding, number};
use crate::people::{Intent, Tone, Utterance, consent_for};
use crate::ticket::action::Action;
use crate::ticket::scenario::Rubric;
use crate::world::person::Skill;

/// What breaking a rule costs, in permille of this part.
const BLAME: Permille = 500;
const JARGON: Permille = 250;
const HASTE: Permille = 250;
const IDENTITY: Permille = 500;
const APPROVAL: Permille = 500;
const CONSENT: Permille = 300;
const EXPECTATION: Permille = 200;

fn judged(facts: &Facts<'_>) -> (Permille, Vec<Finding>) {
    let said: Vec<(u32, &Utterance)> = facts
        .run
        .log
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| match &entry.action {
            Action::Say(utterance) => Some((number(at), utterance)),
            _ => None,
        })
        .collect();
    if said.is_empty() {
        return (0, vec![finding("You spoke with nobody.", Vec::new())]);
    }
    let mut share = FULL;
    let mut findings = Vec::new();
    let mut broken = |cost: Permille, text: &str, actions: Vec<u32>| {
        share = share.saturating_sub(cost);
        findings.push(finding(text, actions));
    };
    let with =
        |wanted: &dyn Fn(&Utterance) -> bool| said.iter().filter(|(_, one)| wanted(one)).map(|(at, _)| *at).collect::<Vec<_>>();
    let blaming = with(&|one| one.tone == Tone::Blaming);
    if !blaming.is_empty() {
        broken(BLAME, "You blamed somebody: nobody tells you the next mistake then.", blaming);
    }
    let jargon = with(&|one| {
        one.tone == Tone::Technical && facts.run.world.people.get(usize::from(one.to.0)).is_some_and(|p| p.skill == Skill::Novice)
    });
    if !jargon.is_empty() {
        broken(JARGON, "You used technical words with somebody who does not know them.", jargon);
    }
    let haste = with(&|one| one.tone == Tone::Impatient);
    if !haste.is_empty() {
        broken(HASTE, "You sounded impatient.", haste);
    }
    if with(&|one| matches!(one.intent, Intent::SetExpectation | Intent::Confirm)).is_empty() {
        broken(EXPECTATION, "You neither said what to expect nor asked whether it works.", Vec::new());
    }
    required(facts, &said, &mut broken);
    if findings.is_empty() {
        findings.push(finding("Courteous and clear.", Vec::new()));
    }
    (share, findings)
}

/// What this ticket asks for beyond courtesy.
fn required(facts: &Facts<'_>, said: &[(u32, &Utterance)], broken: &mut impl FnMut(Permille, &str, Vec<u32>)) {
    let rules = &facts.given.rules;
    let first_change = facts.first_change.map_or(u32::MAX, number);
    let before = |wanted: &dyn Fn(&Utterance) -> bool| said.iter().any(|(at, one)| *at < first_change && wanted(one));
    if rules.verify_identity && !before(&|one| one.intent == Intent::VerifyIdentity) {
        broken(IDENTITY, "You did not check who you were talking to before you changed anything.", Vec::new());
    }
    if let Some(person) = rules.approval
        && !before(&|one| one.to == person && one.intent == Intent::AskApproval)
    {
        broken(APPROVAL, "This needed somebody's approval first.", Vec::new());
    }
    for consent in &rules.consent {
        if !before(&|one| one.intent == Intent::AskConsent && consent_for(one.topic) == *consent) {
            broken(CONSENT, "You did not ask before you touched their work.", Vec::new());
        }
    }
}

pub fn part(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let (share, findings) = judged(facts);
    super::part("Communication", rubric.communication, share, findings)
}
