//! Form assembly: which items one attempt asks, drawn to the blueprint.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::Length;
use crate::content::blueprint::Blueprint;
use crate::ids::{CaseId, ItemId, ObjectiveId};

/// An item that could be asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub item: ItemId,
    /// The number of its domain.
    pub domain: u8,
    pub objective: ObjectiveId,
    /// Comes before the questions, as performance-based questions do in the real exams.
    pub simulation: bool,
    /// Parts of one case are asked together or not at all.
    pub case: Option<CaseId>,
    /// When the learner met it last, in microseconds since 1970, UTC; `None`: never.
    pub seen: Option<i64>,
    /// Items that may not stand on a form with this one; they name this one in turn.
    pub enemies: BTreeSet<ItemId>,
}

/// What one attempt asks, in order.
pub type Form = Vec<ItemId>;

/// The bank has no form of this length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TooSmall {
    /// The domain that lacks questions.
    pub domain: u8,
    pub wanted: u16,
    pub found: u16,
}

impl fmt::Display for TooSmall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "domain {} has {} questions that can stand together, and this form needs {}",
            self.domain, self.found, self.wanted
        )
    }
}

/// One simulation for this many questions: five in a full form of 90. The real number is not published; most reports of
/// candidates say three to six.
const QUESTIONS_PER_SIMULATION: u16 = 18;

/// Other orders to try where enemies have used up a domain.
const TRIES: u64 = 20;

/// Draws a form. The same arguments give the same form.
///
/// Each domain has its share of the questions to within one (largest remainders). Simulations come first, then the questions
/// shuffled, the parts of a case one after the other in the order of their ids. In a domain unseen items come before seen ones,
/// those seen longest ago before others, and the objectives take turns.
///
/// # Errors
/// [`TooSmall`] if a domain cannot fill its share.
pub fn assemble(blueprint: &Blueprint, candidates: &[Candidate], length: Length, seed: u64) -> Result<Form, TooSmall> {
    let mut result = draw(blueprint, candidates, length, seed, 0);
    for stream in 1..TRIES {
        if result.is_ok() {
            break;
        }
        result = draw(blueprint, candidates, length, seed, stream);
    }
    result
}

fn draw(blueprint: &Blueprint, candidates: &[Candidate], length: Length, seed: u64, stream: u64) -> Result<Form, TooSmall> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    let questions = length.questions(blueprint);
    let weights: Vec<u32> = blueprint.domains.iter().map(|domain| u32::from(domain.weight)).collect();
    let quotas: BTreeMap<u8, u16> =
        blueprint.domains.iter().map(|domain| domain.number).zip(largest_remainders(questions, &weights)).collect();
    let units = units(candidates, &mut rng);
    let mut form = Picked { left: quotas.clone(), ..Picked::default() };
    let simulations = usize::from((questions / QUESTIONS_PER_SIMULATION).max(1));
    for unit in units.iter().filter(|unit| unit.simulation) {
        if form.items.len() < simulations {
            form.take(unit);
        }
    }
    let first = form.items.len();
    for (domain, wanted) in quotas {
        fill(&mut form, domain, &units);
        if form.left[&domain] > 0 {
            return Err(TooSmall { domain, wanted, found: wanted - form.left[&domain] });
        }
    }
    let (simulations, mut rest) = form.into_order(first);
    rest.shuffle(&mut rng);
    Ok(simulations.into_iter().chain(rest).flatten().collect())
}

/// What is drawn together: one item, or the parts of a case in the order of their ids, each of which counts for its own domain.
struct Unit<'c> {
    parts: Vec<&'c Candidate>,
    simulation: bool,
    /// `None` before any time: unseen first. A case has been seen when one of its parts has.
    seen: Option<i64>,
}

/// In the order in which they are to be drawn: equals in an order that the seed decides.
fn units<'c>(candidates: &'c [Candidate], rng: &mut ChaCha8Rng) -> Vec<Unit<'c>> {
    let mut groups: BTreeMap<&CaseId, Vec<&Candidate>> = BTreeMap::new();
    let mut all: Vec<Vec<&Candidate>> = Vec::new();
    for candidate in candidates {
        match &candidate.case {
            Some(case) => groups.entry(case).or_default().push(candidate),
            None => all.push(vec![candidate]),
        }
    }
    all.extend(groups.into_values());
    let mut units: Vec<Unit<'c>> = all.into_iter().map(Unit::of).collect();
    units.shuffle(rng);
    units.sort_by_key(|unit| unit.seen);
    units
}

impl<'c> Unit<'c> {
    fn of(mut parts: Vec<&'c Candidate>) -> Self {
        parts.sort_by_key(|part| &part.item);
        let seen = parts.iter().filter_map(|part| part.seen).max();
        Self { simulation: parts.iter().any(|part| part.simulation), seen, parts }
    }

    fn in_domain(&self, domain: u8) -> impl Iterator<Item = &&'c Candidate> {
        self.parts.iter().filter(move |part| part.domain == domain)
    }
}

#[derive(Default)]
struct Picked<'c> {
    items: Vec<Vec<&'c Candidate>>,
    ids: BTreeSet<&'c ItemId>,
    /// By domain.
    left: BTreeMap<u8, u16>,
    by_objective: BTreeMap<&'c ObjectiveId, u16>,
}

impl<'c> Picked<'c> {
    fn fits(&self, unit: &Unit<'c>) -> bool {
        let has_room = |part: &&Candidate| {
            self.left.get(&part.domain).is_some_and(|left| unit.in_domain(part.domain).count() <= usize::from(*left))
        };
        let apart =
            |part: &&Candidate| !self.ids.contains(&part.item) && part.enemies.iter().all(|enemy| !self.ids.contains(enemy));
        unit.parts.iter().all(has_room) && unit.parts.iter().all(apart)
    }

    fn take(&mut self, unit: &Unit<'c>) {
        if !self.fits(unit) {
            return;
        }
        for part in &unit.parts {
            self.left.entry(part.domain).and_modify(|left| *left -= 1);
            *self.by_objective.entry(&part.objective).or_default() += 1;
        }
        self.ids.extend(unit.parts.iter().map(|part| &part.item));
        self.items.push(unit.parts.clone());
    }

    /// The first so many units, and the others.
    fn into_order(self, first: usize) -> (Vec<Form>, Vec<Form>) {
        let mut items = self.items.into_iter().map(|parts| parts.into_iter().map(|part| part.item.clone()).collect());
        (items.by_ref().take(first).collect(), items.collect())
    }
}

/// Fills the share of a domain from its questions.
fn fill<'c>(form: &mut Picked<'c>, domain: u8, units: &[Unit<'c>]) {
    let is_of_domain = |unit: &&Unit<'c>| !unit.simulation && unit.in_domain(domain).next().is_some();
    let mut waiting: Vec<&Unit<'c>> = units.iter().filter(is_of_domain).collect();
    while form.left[&domain] > 0 {
        let turn = |unit: &Unit<'c>| {
            let asked = |part: &&Candidate| form.by_objective.get(&part.objective).copied().unwrap_or_default();
            unit.in_domain(domain).map(asked).min()
        };
        // The first of equals: the order of the units decides the rest.
        let next = (0..waiting.len()).min_by_key(|&at| (waiting[at].seen.is_some(), turn(waiting[at])));
        let Some(next) = next else { return };
        // What does not fit now never will: the room shrinks and the enemies stay.
        form.take(waiting.remove(next));
    }
}

/// Shares `seats` out by weight so that nobody is a whole seat away from the due share: the whole parts first, then one each by
/// the largest remainder (Hamilton's method). Equal remainders: the earlier party.
fn largest_remainders(seats: u16, weights: &[u32]) -> Vec<u16> {
    let total = weights.iter().sum::<u32>().max(1);
    let due: Vec<(u32, u32)> =
        weights.iter().map(|weight| (u32::from(seats) * weight / total, u32::from(seats) * weight % total)).collect();
    let given: u32 = due.iter().map(|(whole, _)| whole).sum();
    let mut by_remainder: Vec<usize> = (0..due.len()).collect();
    by_remainder.sort_by_key(|&party| std::cmp::Reverse(due[party].1));
    let extra = by_remainder.into_iter().take((u32::from(seats) - given) as usize).collect::<BTreeSet<_>>();
    let share = |(party, (whole, _)): (usize, &(u32, u32))| whole + u32::from(extra.contains(&party));
    due.iter().enumerate().map(share).map(|share| u16::try_from(share).unwrap_or(u16::MAX)).collect()
}

#[cfg(test)]
mod tests;
