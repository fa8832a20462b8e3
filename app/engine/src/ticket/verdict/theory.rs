//! What the learner believed, and when.

use serde::{Deserialize, Serialize};

use super::{FULL, Facts, Part, Permille, finding, number};
use crate::ticket::action::{Action, Theory};
use crate::ticket::run::Truth;
use crate::ticket::scenario::Rubric;

/// What a theory is worth that names the right component, or the right layer alone.
const COMPONENT: Permille = 600;
const LAYER: Permille = 300;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedTheory {
    pub action: u32,
    pub theory: Theory,
    /// Names the cause, the component, or the layer at least; of the nearest where there are two causes.
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

fn fit(theory: &Theory, truth: &Truth) -> Fit {
    if theory.cause == truth.cause {
        Fit::Cause
    } else if theory.component.eq_ignore_ascii_case(truth.component) {
        Fit::Component
    } else if theory.layer == truth.layer {
        Fit::Layer
    } else {
        Fit::Not
    }
}

/// Every theory in the order in which it was stated.
pub fn stated(facts: &Facts<'_>) -> Vec<StatedTheory> {
    let truths = facts.given.truths();
    let first_act = facts.first_change.or(facts.explained);
    let stated = facts.run.log.iter().enumerate().filter_map(|(at, entry)| match &entry.action {
        Action::Theory(theory) => Some((at, theory)),
        _ => None,
    });
    stated
        .map(|(at, theory)| StatedTheory {
            action: number(at),
            theory: theory.clone(),
            fits: truths.iter().map(|truth| fit(theory, truth)).max().unwrap_or(Fit::Not),
            in_time: first_act.is_none_or(|first| at < first),
        })
        .collect()
}

/// The last theory counts, since they may be revised; where there are two causes, the last two.
fn counted<'t>(stated: &'t [StatedTheory], truths: &[Truth]) -> &'t [StatedTheory] {
    stated.get(stated.len().saturating_sub(truths.len())..).unwrap_or_default()
}

pub fn part(stated: &[StatedTheory], facts: &Facts<'_>, rubric: &Rubric) -> Part {
    let truths = facts.given.truths();
    let last = counted(stated, &truths);
    if last.is_empty() {
        let text = "No theory was stated, so it cannot be seen what was being tested.";
        return super::part("Theory", rubric.theory, 0, vec![finding(text, Vec::new())]);
    }
    let mut shares = 0;
    let mut findings = Vec::new();
    for truth in &truths {
        let best = last.iter().max_by_key(|one| fit(&one.theory, truth));
        let fits = best.map_or(Fit::Not, |one| fit(&one.theory, truth));
        let (share, text) = match fits {
            Fit::Cause if truths.len() > 1 => (FULL, format!("You named one of the two causes, in the {}.", truth.component)),
            Fit::Cause => (FULL, "Your theory names the cause.".to_owned()),
            Fit::Component => (COMPONENT, format!("Your theory names the right part ({}), not the cause.", truth.component)),
            Fit::Layer => (LAYER, "Your theory looks at the right layer, not at the right part.".to_owned()),
            Fit::Not => (0, format!("Your theory does not fit: the cause was in the {}.", truth.component)),
        };
        shares += u32::from(share);
        findings.push(finding(text, best.map(|one| one.action).into_iter().collect()));
    }
    let late = stated.iter().all(|one| !one.in_time);
    if late {
        findings.push(finding("It was stated only after the first change.", last.iter().map(|one| one.action).collect()));
        shares /= 2;
    }
    let share = shares / u32::try_from(truths.len().max(1)).unwrap_or(1);
    super::part("Theory", rubric.theory, Permille::try_from(share).unwrap_or(FULL), findings)
}
