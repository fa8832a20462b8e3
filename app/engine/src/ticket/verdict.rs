//! Judges a run: from the end state against the healthy twin, and from the log. No list of expected commands.
//!
//! *Root cause fixed* ⇔ the fault's own predicate is false. *Service restored* ⇔ what the requester needs works. The second
//! without the first is a *workaround*. *Damage* ⇔ something people rely on worked at the start and fails now, or a protection
//! got weaker. *Narrowing down*: would an action have looked different had another candidate been the fault?

mod conduct;
mod damage;
pub mod evidence;
mod notes;

use serde::{Deserialize, Serialize};

pub use damage::Damage;
pub use evidence::Evidence;

use super::action::{Action, Escalation, Theory};
use super::run::{Given, Run};
use super::scenario::{Rubric, Scenario};
use crate::time::Span;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub root_cause_fixed: bool,
    pub service_restored: bool,
    /// It works again, and the cause is still there.
    pub workaround: bool,
    /// Handed over to the right tier with evidence; `None` when it was not handed over.
    pub escalated_rightly: Option<bool>,
    pub damage: Vec<Damage>,
    pub evidence: Vec<Evidence>,
    pub theories: Vec<StatedTheory>,
    pub parts: Vec<Part>,
    pub score: u16,
    pub max: u16,
    pub pass: bool,
    /// Virtual time from the start to the end.
    pub time: Span,
}

/// One part of the score with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    pub points: u16,
    pub max: u16,
    pub findings: Vec<Finding>,
}

/// A sentence, and the numbers of the actions that show it (from 1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    pub text: String,
    pub actions: Vec<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedTheory {
    pub action: u32,
    pub theory: Theory,
    /// Names the cause, the component, or the layer at least.
    pub fits: Fit,
    /// Stated before anything was changed.
    pub in_time: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fit {
    Not,
    Layer,
    Component,
    Cause,
}

/// The parts of a mark are given as permille of what the rubric holds for them.
type Permille = u16;
const FULL: Permille = 1000;

fn finding(text: impl Into<String>, actions: Vec<u32>) -> Finding {
    Finding { text: text.into(), actions }
}

/// The number of an action as people count.
fn number(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// What is known about a run before marks are given.
struct Facts<'r> {
    given: &'r Given,
    run: &'r Run,
    fixed: bool,
    restored: bool,
    escalation: Option<(u32, &'r Escalation)>,
    escalated_rightly: Option<bool>,
    first_change: Option<usize>,
    last_change: Option<usize>,
}

impl Facts<'_> {
    /// Something was brought to a good end: mended, or handed over as it should be.
    fn achieved(&self) -> bool {
        self.fixed || self.restored || self.escalated_rightly == Some(true)
    }
}

/// The verdict on a run as it stands; an unfinished one does not pass.
#[must_use]
pub fn judge(scenario: &Scenario, given: &Given, run: &Run) -> Verdict {
    let evidence = evidence::of(scenario, given, run);
    let facts = facts(given, run, &evidence);
    let damage = damage::of(given, run);
    let theories = theories(&facts);
    let rubric = &scenario.rubric;
    let parts = vec![
        root_cause(&facts, rubric),
        service(&facts, rubric),
        no_damage(&facts, &damage, rubric),
        narrowing(scenario, &facts, &evidence, rubric),
        theory(&theories, &facts, rubric),
        verification(&facts, rubric),
        conduct::part(&facts, rubric),
        notes::part(&facts, rubric),
    ];
    let score = parts.iter().map(|part| part.points).sum();
    let max = rubric.max();
    let enough = u32::from(score) * 100 >= u32::from(rubric.pass) * u32::from(max);
    let ended_well = facts.fixed || facts.escalated_rightly == Some(true);
    Verdict {
        root_cause_fixed: facts.fixed,
        service_restored: facts.restored,
        workaround: facts.restored && !facts.fixed,
        escalated_rightly: facts.escalated_rightly,
        pass: enough && ended_well && damage.is_empty() && run.is_closed(),
        damage,
        evidence,
        theories,
        parts,
        score,
        max,
        time: run.world.now - given.start.now,
    }
}

fn facts<'r>(given: &'r Given, run: &'r Run, evidence: &[Evidence]) -> Facts<'r> {
    let truth = given.truth();
    let escalation = run.log.iter().enumerate().find_map(|(at, entry)| match &entry.action {
        Action::Escalate(form) => Some((number(at), form)),
        _ => None,
    });
    let shown = |form: &Escalation| form.evidence.iter().any(|named| evidence.iter().any(|one| one.action == *named));
    let escalated_rightly = escalation.map(|(_, form)| {
        let tier = given.rules.escalate;
        tier == Some(form.to) && shown(form) && !form.tried.trim().is_empty()
    });
    Facts {
        given,
        run,
        fixed: !(truth.fault.present)(&run.world, &truth.target),
        restored: given.needs.iter().all(|probe| probe.passes(&run.world)),
        escalation,
        escalated_rightly,
        first_change: run.log.iter().position(|entry| entry.changed),
        last_change: run.log.iter().rposition(|entry| entry.changed),
    }
}

fn part(name: &str, max: u16, share: Permille, findings: Vec<Finding>) -> Part {
    let points = u16::try_from(u32::from(max) * u32::from(share.min(FULL)) / u32::from(FULL)).unwrap_or(max);
    Part { name: name.to_owned(), points, max, findings }
}

fn last_action(facts: &Facts<'_>) -> Vec<u32> {
    facts.last_change.map(|at| vec![number(at)]).unwrap_or_default()
}

fn root_cause(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let title = facts.given.truth().fault.title;
    let (share, text, actions) = match (facts.fixed, facts.escalation, facts.escalated_rightly) {
        (true, ..) => (FULL, format!("The cause is gone: {title}."), last_action(facts)),
        (false, Some((action, _)), Some(true)) => {
            (FULL, format!("Handed over as it should be. The cause: {title}."), vec![action])
        }
        (false, Some((action, form)), _) => (0, wrong_escalation(facts, form), vec![action]),
        (false, None, _) => (0, format!("The cause is still there: {title}."), Vec::new()),
    };
    part("Root cause", rubric.root_cause, share, vec![finding(text, actions)])
}

fn wrong_escalation(facts: &Facts<'_>, form: &Escalation) -> String {
    match facts.given.rules.escalate {
        None => "This could be solved here, with the rights and the means at hand: no hand-over was needed.".to_owned(),
        Some(tier) if tier != form.to => format!("This belongs to {tier:?}, not to {:?}.", form.to),
        Some(_) => "The right team, but without evidence that leads them anywhere, or without what was tried.".to_owned(),
    }
}

fn service(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let handed_over = facts.escalated_rightly == Some(true);
    let text = match (facts.restored, facts.fixed) {
        (true, true) => "What the requester needs works again.",
        (true, false) => "What the requester needs works again, but as a workaround: the cause is still there.",
        (false, _) if handed_over => "It does not work yet; the team it was handed to will see to that.",
        (false, _) => "What the requester needs still does not work.",
    };
    let share = if facts.restored || handed_over { FULL } else { 0 };
    part("Service", rubric.service, share, vec![finding(text, last_action(facts))])
}

fn no_damage(facts: &Facts<'_>, damage: &[Damage], rubric: &Rubric) -> Part {
    let mut findings: Vec<_> = damage.iter().map(|one| finding(one.sentence(), one.actions.clone())).collect();
    if findings.is_empty() {
        findings.push(finding("Nothing that worked was broken, and no protection was weakened.", Vec::new()));
    }
    let share = if damage.is_empty() && facts.achieved() { FULL } else { 0 };
    part("No damage", rubric.no_damage, share, findings)
}

/// The share of other candidates that were ruled out before anything was changed or handed over.
fn narrowing(scenario: &Scenario, facts: &Facts<'_>, evidence: &[Evidence], rubric: &Rubric) -> Part {
    let truth = facts.given.truth().fault.id;
    let others: Vec<_> = scenario.candidates.iter().filter(|id| *id != truth).collect();
    let mut findings = Vec::new();
    let mut excluded = crate::sorted::Set::new();
    for one in evidence {
        let new: Vec<_> = one.excludes.iter().filter(|id| !excluded.contains(*id)).cloned().collect();
        excluded.extend(new.iter().cloned());
        if !new.is_empty() {
            findings.push(finding(format!("Ruled out: {}.", titles(&new)), vec![one.action]));
        }
    }
    let left: Vec<_> = others.iter().filter(|id| !excluded.contains(**id)).map(|id| (*id).clone()).collect();
    if !left.is_empty() {
        findings.push(finding(format!("Never ruled out before the first change: {}.", titles(&left)), Vec::new()));
    }
    let share = (others.len() - left.len()) * usize::from(FULL) / others.len().max(1);
    part("Narrowing down", rubric.evidence, u16::try_from(share).unwrap_or(FULL), findings)
}

fn titles(ids: &[String]) -> String {
    let title = |id: &String| crate::fault::find(id).map_or_else(|| id.clone(), |fault| fault.title.to_owned());
    ids.iter().map(title).collect::<Vec<_>>().join("; ")
}

fn theories(facts: &Facts<'_>) -> Vec<StatedTheory> {
    let truth = facts.given.truth().fault;
    let fit = |theory: &Theory| {
        if theory.cause == truth.id {
            Fit::Cause
        } else if theory.component.eq_ignore_ascii_case(truth.component) {
            Fit::Component
        } else if theory.layer == truth.layer {
            Fit::Layer
        } else {
            Fit::Not
        }
    };
    let stated = facts.run.log.iter().enumerate().filter_map(|(at, entry)| match &entry.action {
        Action::Theory(theory) => Some((at, theory)),
        _ => None,
    });
    stated
        .map(|(at, theory)| StatedTheory {
            action: number(at),
            theory: theory.clone(),
            fits: fit(theory),
            in_time: facts.first_change.is_none_or(|first| at < first),
        })
        .collect()
}

fn theory(stated: &[StatedTheory], facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let truth = facts.given.truth().fault;
    let Some(last) = stated.last() else {
        let text = "No theory was stated, so it cannot be seen what was being tested.";
        return part("Theory", rubric.theory, 0, vec![finding(text, Vec::new())]);
    };
    let (share, text) = match last.fits {
        Fit::Cause => (FULL, "Your theory names the cause.".to_owned()),
        Fit::Component => (600, format!("Your theory names the right part ({}), not the cause.", truth.component)),
        Fit::Layer => (300, "Your theory looks at the right layer, not at the right part.".to_owned()),
        Fit::Not => (0, format!("Your theory does not fit: the cause was in the {}.", truth.component)),
    };
    let mut findings = vec![finding(text, vec![last.action])];
    let late = stated.iter().all(|one| !one.in_time);
    if late {
        findings.push(finding("It was stated only after the first change.", vec![last.action]));
    }
    part("Theory", rubric.theory, if late { share / 2 } else { share }, findings)
}

/// After the last change: one's own look, and the requester's word.
fn verification(facts: &Facts<'_>, rubric: &Rubric) -> Part {
    use crate::people::Intent;
    if facts.escalated_rightly == Some(true) {
        let told = facts
            .run
            .log
            .iter()
            .position(|entry| matches!(&entry.action, Action::Say(said) if said.intent == Intent::SetExpectation));
        let (share, text) = match told {
            Some(_) => (FULL, "The requester knows who has it now and what comes next."),
            None => (500, "The requester was not told who has it now and what comes next."),
        };
        return part("Verification", rubric.verification, share, vec![finding(text, told.map(number).into_iter().collect())]);
    }
    let Some(last) = facts.last_change else {
        return part(
            "Verification",
            rubric.verification,
            0,
            vec![finding("Nothing was changed, so there was nothing to verify.", Vec::new())],
        );
    };
    let after = || facts.run.log.iter().enumerate().skip(last + 1);
    let looks = |action: &Action| {
        matches!(action, Action::Shell { .. } | Action::Open { .. } | Action::Panel { .. } | Action::Physical(_))
    };
    let look = after().find(|(_, entry)| looks(&entry.action)).map(|(at, _)| at);
    let asked =
        after().find(|(_, entry)| matches!(&entry.action, Action::Say(said) if said.intent == Intent::Confirm)).map(|(at, _)| at);
    let mut findings = Vec::new();
    match look {
        Some(at) => findings.push(finding("You looked for yourself after the last change.", vec![number(at)])),
        None => findings.push(finding("After the last change you did not look for yourself.", vec![number(last)])),
    }
    match asked {
        Some(at) => findings.push(finding("You asked the requester whether it works.", vec![number(at)])),
        None => findings.push(finding("You did not ask the requester whether it works.", Vec::new())),
    }
    let share = 500 * (u16::from(look.is_some()) + u16::from(asked.is_some()));
    part("Verification", rubric.verification, if facts.achieved() { share } else { 0 }, findings)
}
