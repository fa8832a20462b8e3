//! What each action ruled out: the same actions are done in worlds where another candidate is the fault.

use serde::{Deserialize, Serialize};

use super::{FULL, Facts, Part, finding, number};
use crate::chance::Chance;
use crate::fault::{self, Fault, Target};
use crate::sorted::Set;
use crate::ticket::cause::titles_of;
use crate::ticket::run::{Given, Run};
use crate::ticket::scenario::{Rubric, Scenario, candidate_targets};
use crate::world::World;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// From 1.
    pub action: u32,
    /// Ids of candidates under which its output would have been another.
    pub excludes: Vec<String>,
}

/// A world where this candidate is the fault instead of the true ones, and the requester has the same trouble; the target that
/// was chosen comes with it. `None` where the candidate cannot show the symptom here.
#[must_use]
pub fn rival(fault: &'static Fault, given: &Given) -> Option<(World, Target)> {
    // Beyond a few places the answer does not change, and each costs a world.
    const TARGETS_TRIED: usize = 6;
    candidate_targets(fault, given).into_iter().take(TARGETS_TRIED).find_map(|target| {
        let mut world = given.twin.clone();
        let mut chance = Chance::new(0, fault.id);
        for herring in given.injected.iter().filter(|one| one.herring) {
            (herring.fault.inject)(&mut world, &herring.target, &mut chance);
            (herring.fault.traces)(&mut world, &herring.target);
        }
        (fault.inject)(&mut world, &target, &mut chance);
        (fault.traces)(&mut world, &target);
        given.needs.iter().any(|probe| !probe.passes(&world)).then_some((world, target))
    })
}

/// Evidence gathered before the first change beyond making safe, or before a misunderstanding was explained; action by action.
#[must_use]
pub fn of(scenario: &Scenario, given: &Given, run: &Run) -> Vec<Evidence> {
    let change = super::first_change(given, run);
    let explained = super::outcome::explained(given, run);
    let before = change.into_iter().chain(explained).min().unwrap_or(run.log.len());
    let mut excludes = vec![Vec::new(); before];
    for id in scenario.candidates.iter().filter(|id| given.is_rival(id)) {
        let Some((world, _)) = fault::find(id).and_then(|fault| rival(fault, given)) else { continue };
        let mut other = Run::on(world);
        for (at, entry) in run.log.iter().take(before).enumerate() {
            let seen = other.act(entry.action.clone(), &given.needs);
            if seen.output != entry.output {
                excludes[at].push(id.clone());
            }
        }
    }
    let found = excludes.into_iter().enumerate().filter(|(_, ids)| !ids.is_empty());
    found.map(|(at, excludes)| Evidence { action: number(at), excludes }).collect()
}

fn rivals<'s>(scenario: &'s Scenario, given: &Given) -> Vec<&'s String> {
    scenario.candidates.iter().filter(|id| given.is_rival(id)).collect()
}

/// Whether at least half of what could be broken was ruled out: who explains before that is guessing.
#[must_use]
pub fn tells_enough(scenario: &Scenario, given: &Given, evidence: &[Evidence]) -> bool {
    let rivals = rivals(scenario, given);
    let excluded = rivals.iter().filter(|id| evidence.iter().any(|one| one.excludes.contains(*id))).count();
    excluded * 2 >= rivals.len() && excluded > 0
}

/// The share of other candidates that were ruled out before anything was changed or handed over.
pub(super) fn part(scenario: &Scenario, facts: &Facts<'_>, evidence: &[Evidence], rubric: &Rubric) -> Part {
    let others = rivals(scenario, facts.given);
    let mut findings = Vec::new();
    let mut excluded = Set::new();
    for one in evidence {
        let new: Vec<_> = one.excludes.iter().filter(|id| !excluded.contains(*id)).cloned().collect();
        excluded.extend(new.iter().cloned());
        if !new.is_empty() {
            findings.push(finding(format!("Ruled out: {}.", titles_of(&new)), vec![one.action]));
        }
    }
    let left: Vec<_> = others.iter().filter(|id| !excluded.contains(**id)).map(|id| (*id).clone()).collect();
    if !left.is_empty() {
        let before = if facts.given.misunderstanding.is_some() { "you explained it" } else { "the first change" };
        findings.push(finding(format!("Never ruled out before {before}: {}.", titles_of(&left)), Vec::new()));
    }
    let share = (others.len() - left.len()) * usize::from(FULL) / others.len().max(1);
    super::part("Narrowing down", rubric.evidence, u16::try_from(share).unwrap_or(FULL), findings)
}
