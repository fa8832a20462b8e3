//! What each action ruled out: the same actions are done in worlds where another candidate is the fault.

use serde::{Deserialize, Serialize};

use super::number;
use crate::chance::Chance;
use crate::fault::{self, Fault, Target};
use crate::ticket::run::{Given, Run};
use crate::ticket::scenario::{Scenario, candidate_target};
use crate::world::World;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// From 1.
    pub action: u32,
    /// Ids of candidates under which its output would have been another.
    pub excludes: Vec<String>,
}

/// A world where this candidate is the fault instead of the true one, and the requester has the same trouble; the target that
/// was chosen comes with it. `None` where the candidate cannot show the symptom here.
#[must_use]
pub fn rival(fault: &'static Fault, given: &Given) -> Option<(World, Target)> {
    // Beyond a few places the answer does not change, and each costs a world.
    const TARGETS_TRIED: usize = 6;
    candidate_target(fault, given).into_iter().take(TARGETS_TRIED).find_map(|target| {
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

/// Evidence gathered before the first change, action by action.
#[must_use]
pub fn of(scenario: &Scenario, given: &Given, run: &Run) -> Vec<Evidence> {
    let before = run.log.iter().position(|entry| entry.changed).unwrap_or(run.log.len());
    let truth = given.truth().fault.id;
    let mut excludes = vec![Vec::new(); before];
    for id in scenario.candidates.iter().filter(|id| *id != truth) {
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
