//! Judges a run: from the end state against the healthy twin, and from the log. No list of expected commands.
//!
//! *Root cause fixed* ⇔ the fault's own predicate is false, of each where there are two; where nothing is broken, the
//! requester was told so after evidence and nothing was changed. *Service restored* ⇔ what the requester needs works. The second
//! without the first is a *workaround*. *Damage* ⇔ something people rely on worked at the start and fails now, or a protection
//! got weaker. *Narrowing down*: would an action have looked different had another candidate been the fault?

mod changes;
mod conduct;
mod damage;
mod escalation;
pub mod evidence;
mod notes;
mod outcome;
mod safety;
mod theory;
mod verification;

use serde::{Deserialize, Serialize};

pub use damage::Damage;
pub use evidence::Evidence;
pub use outcome::explained;
pub use safety::first_change;
pub use theory::{Fit, StatedTheory};

use super::action::{Action, Escalation};
use super::run::{Given, Run};
use super::scenario::Scenario;
use crate::time::Span;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// It was a misunderstanding.
    pub nothing_broken: bool,
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
    /// For each cause, in order: the action after which it was gone for good, where it is gone.
    mended: Vec<Option<usize>>,
    /// The action that cleared a misunderstanding up.
    explained: Option<usize>,
    fixed: bool,
    restored: bool,
    escalation: Option<(u32, &'r Escalation)>,
    escalated_rightly: Option<bool>,
    /// Actions that only made something safe.
    safe: Vec<usize>,
    /// Beyond making safe.
    first_change: Option<usize>,
    last_change: Option<usize>,
}

impl Facts<'_> {
    /// Something was brought to a good end: mended, explained, or handed over as it should be.
    fn achieved(&self) -> bool {
        self.fixed || self.restored || self.escalated_rightly == Some(true)
    }
}

/// The verdict on a run as it stands; an unfinished one does not pass.
#[must_use]
pub fn judge(scenario: &Scenario, given: &Given, run: &Run) -> Verdict {
    let evidence = evidence::of(scenario, given, run);
    let facts = facts(scenario, given, run, &evidence);
    let damage = damage::of(given, run);
    let theories = theory::stated(&facts);
    let rubric = &scenario.rubric;
    let parts = vec![
        outcome::root_cause(scenario, &facts, &evidence),
        outcome::service(&facts, rubric),
        outcome::no_damage(&facts, &damage, rubric),
        evidence::part(scenario, &facts, &evidence, rubric),
        theory::part(&theories, &facts, rubric),
        changes::part(&facts, rubric),
        verification::part(&facts, &evidence, rubric),
        conduct::part(&facts, rubric),
        notes::part(&facts, rubric),
    ];
    let score = parts.iter().map(|part| part.points).sum();
    let max = rubric.max();
    let enough = u32::from(score) * 100 >= u32::from(rubric.pass) * u32::from(max);
    let ended_well = facts.fixed || facts.escalated_rightly == Some(true);
    Verdict {
        nothing_broken: given.misunderstanding.is_some(),
        root_cause_fixed: facts.fixed,
        service_restored: facts.restored,
        workaround: facts.restored && !facts.fixed && given.misunderstanding.is_none(),
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

fn facts<'r>(scenario: &Scenario, given: &'r Given, run: &'r Run, evidence: &[Evidence]) -> Facts<'r> {
    let escalation = run.log.iter().enumerate().find_map(|(at, entry)| match &entry.action {
        Action::Escalate(form) => Some((number(at), form)),
        _ => None,
    });
    let escalated_rightly = escalation.map(|(_, form)| escalation::is_right(given, form, evidence));
    let safe = safety::acts(given, run);
    let first_change = safety::first_beyond(&safe, run);
    let explained = outcome::explained(given, run);
    let fixed = if given.misunderstanding.is_some() {
        let known = evidence::tells_enough(scenario, given, evidence);
        explained.is_some() && known && first_change.is_none() && escalation.is_none()
    } else {
        given.causes().all(|cause| !(cause.fault.present)(&run.world, &cause.target))
    };
    let content = run.world.person(given.requester).misunderstands.is_none();
    Facts {
        given,
        run,
        mended: outcome::mended(given, run),
        explained,
        fixed,
        restored: content && given.needs.iter().all(|probe| probe.passes(&run.world)),
        escalation,
        escalated_rightly,
        safe,
        first_change,
        last_change: run.log.iter().rposition(|entry| entry.changed),
    }
}

fn part(name: &str, max: u16, share: Permille, findings: Vec<Finding>) -> Part {
    let points = u16::try_from(u32::from(max) * u32::from(share.min(FULL)) / u32::from(FULL)).unwrap_or(max);
    Part { name: name.to_owned(), points, max, findings }
}
