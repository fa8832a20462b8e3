//! Practice: which items make a study quiz, and in which order a learner sees their options.

mod day;
mod due;
mod limit;
mod pool;
mod preset;

use rand::seq::SliceRandom;
use rand::{Rng as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::content::blueprint::Blueprint;
use crate::content::item::Item;
use crate::ids::{CaseId, ItemId, ObjectiveId};

pub use day::question_of_day;
pub use limit::{FEWEST_MINUTES, MOST_MINUTES, Timing};
pub use pool::{FEWEST_LAST, Known, MOST_LAST, Pool, Rules, USUAL_LAST};
pub use preset::{LONGEST_PRESET_NAME, MOST_PRESETS, PresetName};

/// The longest study quiz: the length of the longest real exam of the blueprints.
pub const MOST_QUESTIONS: u16 = 90;

/// An item that could be asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub item: ItemId,
    /// The number of its domain.
    pub domain: u8,
    pub case: Option<CaseId>,
    pub seen: Option<Seen>,
}

/// How a learner met an item last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub correct: bool,
    /// Microseconds since 1970, UTC.
    pub at: i64,
}

/// The objectives that a choice of domains and objectives means.
///
/// Nothing chosen means all. Objectives narrow their own domain; a domain without a chosen objective counts as a whole.
#[must_use]
pub fn chosen_objectives(blueprint: &Blueprint, domains: &[u8], objectives: &[ObjectiveId]) -> Vec<ObjectiveId> {
    let everything = domains.is_empty() && objectives.is_empty();
    let mut chosen = Vec::new();
    for domain in &blueprint.domains {
        let narrowed: Vec<_> = domain.objectives.iter().map(|o| &o.id).filter(|id| objectives.contains(id)).collect();
        if !narrowed.is_empty() {
            chosen.extend(narrowed.into_iter().cloned());
        } else if everything || domains.contains(&domain.number) {
            chosen.extend(domain.objectives.iter().map(|objective| objective.id.clone()));
        }
    }
    chosen
}

/// Draws at most `count` different items, spread over the domains by their weights.
///
/// Within a domain unseen items come first, then those seen longest ago; equals are in an order that the seed decides. Where a
/// domain has too few, the others fill up. The parts of one case count for the domain of their first, are drawn together and stand
/// one after the other in the order of their ids; a case that does not fit into what is left is passed over. The same arguments
/// give the same quiz.
#[must_use]
pub fn draw(blueprint: &Blueprint, candidates: &[Candidate], count: u16, seed: u64) -> Vec<ItemId> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let units = units(candidates);
    let mut queues: Vec<(u32, Vec<&Unit<'_>>)> = Vec::new();
    for domain in &blueprint.domains {
        let mut queue: Vec<_> = units.iter().filter(|unit| unit.domain() == Some(domain.number)).collect();
        if queue.is_empty() {
            continue;
        }
        queue.shuffle(&mut rng);
        queue.sort_by_key(|unit| unit.seen_at());
        queues.push((u32::from(domain.weight), queue));
    }
    let sizes: Vec<(u32, u32)> =
        queues.iter().map(|(weight, queue)| (*weight, queue.iter().map(|unit| unit.size()).sum())).collect();
    let shares = apportion(u32::from(count), &sizes);
    let mut drawn: Vec<&Unit<'_>> = Vec::new();
    let mut left = 0;
    for ((_, queue), share) in queues.iter_mut().zip(shares) {
        left = take(queue, share + left, &mut drawn);
    }
    // What a case left over goes to whoever has something that fits.
    for (_, queue) in &mut queues {
        left = take(queue, left, &mut drawn);
    }
    drawn.shuffle(&mut rng);
    drawn.into_iter().flat_map(|unit| unit.0.iter().map(|candidate| candidate.item.clone())).collect()
}

/// What is drawn as a whole: an item, or the parts of a case in the order of their ids.
struct Unit<'c>(Vec<&'c Candidate>);

impl Unit<'_> {
    fn domain(&self) -> Option<u8> {
        self.0.first().map(|first| first.domain)
    }

    /// That of the part seen longest ago; `None` if one is unseen.
    fn seen_at(&self) -> Option<i64> {
        self.0.iter().map(|part| part.seen.map(|seen| seen.at)).min().flatten()
    }

    fn size(&self) -> u32 {
        size(&self.0)
    }
}

/// In the order of the candidates.
fn units(candidates: &[Candidate]) -> Vec<Unit<'_>> {
    let mut units: Vec<Unit<'_>> = Vec::new();
    for candidate in candidates {
        let same_case = |unit: &&mut Unit<'_>| unit.0.first().is_some_and(|first| first.case == candidate.case);
        match units.iter_mut().find(same_case).filter(|_| candidate.case.is_some()) {
            Some(unit) => unit.0.push(candidate),
            None => units.push(Unit(vec![candidate])),
        }
    }
    for unit in &mut units {
        unit.0.sort_by(|a, b| a.item.cmp(&b.item));
    }
    units
}

/// Takes units from the front of a queue into so many seats; what does not fit stays. Returns the seats left over.
fn take<'u, 'c>(queue: &mut Vec<&'u Unit<'c>>, mut seats: u32, drawn: &mut Vec<&'u Unit<'c>>) -> u32 {
    queue.retain(|unit| {
        let fits = unit.size() <= seats;
        if fits {
            seats -= unit.size();
            drawn.push(unit);
        }
        !fits
    });
    seats
}

/// Places in the file, in the order in which this learner sees them.
#[must_use]
pub fn option_order(options: u8, ordered: bool, seed: u64, position: u16) -> Vec<u8> {
    let mut order: Vec<u8> = (0..options).collect();
    if !ordered {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(u64::from(position));
        order.shuffle(&mut rng);
    }
    order
}

/// The seed of the values of the item at this position, from 1, of an attempt with this seed.
///
/// Streams of the attempt's generator: 0 draws the items, 1 to 65,535 order the options, the ones from here on give values. So
/// the order of options in stored attempts stays what it was.
#[must_use]
pub fn instance_seed(seed: u64, position: u16) -> u64 {
    const FIRST_STREAM: u64 = 1 << 16;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(FIRST_STREAM + u64::from(position));
    rng.next_u64()
}

/// The seed of what an item becomes for a learner at this position, from 1: the parts of a case all have that of the case.
#[must_use]
pub fn item_seed(item: &Item, seed: u64, position: u16) -> u64 {
    /// Far beyond the streams of positions.
    const CASES: u64 = 1 << 63;
    let Some(case) = &item.case else { return instance_seed(seed, position) };
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(CASES | engine::hash::fnv1a(case.as_str().as_bytes()));
    rng.next_u64()
}

/// Shares `seats` out by weight, none more than its capacity: one at a time to whoever is furthest below its due
/// (the Sainte-Laguë method: the largest `weight / (2 * seats so far + 1)` is next).
fn apportion(seats: u32, parties: &[(u32, u32)]) -> Vec<u32> {
    let mut shares = vec![0_u32; parties.len()];
    for _ in 0..seats {
        let next = (0..parties.len()).filter(|&i| shares[i] < parties[i].1).max_by(|&a, &b| {
            let claim = |i: usize, other: usize| u64::from(parties[i].0) * u64::from(2 * shares[other] + 1);
            // Equal claims: the earlier domain first, so that the result does not depend on anything else.
            claim(a, b).cmp(&claim(b, a)).then(b.cmp(&a))
        });
        let Some(next) = next else { break };
        shares[next] += 1;
    }
    shares
}

fn size<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    use crate::testing::blueprint;

    fn bank(sizes: &[u32]) -> Vec<Candidate> {
        let mut bank = Vec::new();
        for (size, domain) in sizes.iter().zip(1_u8..) {
            bank.extend((0..*size).map(|n| Candidate { item: format!("d{domain}-{n}").into(), domain, case: None, seen: None }));
        }
        bank
    }

    fn share(drawn: &[ItemId], domain: u8) -> usize {
        drawn.iter().filter(|id| id.as_str().starts_with(&format!("d{domain}-"))).count()
    }

    #[test]
    fn a_quiz_follows_the_weights_and_repeats_nothing() {
        let exam = blueprint(&[50, 30, 20]);
        for seed in 0..200 {
            let drawn = draw(&exam, &bank(&[40, 40, 40]), 10, seed);
            assert_eq!([share(&drawn, 1), share(&drawn, 2), share(&drawn, 3)], [5, 3, 2], "seed {seed}");
            assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 10);
        }
    }

    #[test]
    fn a_small_domain_is_filled_up_from_the_others() {
        let drawn = draw(&blueprint(&[50, 50]), &bank(&[2, 40]), 10, 7);
        assert_eq!([share(&drawn, 1), share(&drawn, 2)], [2, 8]);
        assert_eq!(draw(&blueprint(&[50, 50]), &bank(&[2, 3]), 10, 7).len(), 5);
    }

    #[test]
    fn the_parts_of_a_case_are_drawn_together_and_stand_in_their_order() {
        let mut bank = bank(&[20, 20]);
        for at in [3, 7, 25] {
            bank[at].case = Some("c".into());
        }
        let parts = [3, 7, 25].map(|at: usize| bank[at].item.clone());
        let (mut with, mut without) = (0, 0);
        for seed in 0..200 {
            let drawn = draw(&blueprint(&[50, 50]), &bank, 10, seed);
            assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 10, "seed {seed}");
            if let Some(at) = drawn.iter().position(|item| *item == parts[0]) {
                with += 1;
                assert_eq!(drawn[at..at + 3], parts, "seed {seed}");
            } else {
                without += 1;
                assert!(drawn.iter().all(|item| !parts.contains(item)), "seed {seed}");
            }
        }
        assert!(with > 20 && without > 20, "{with} with the case, {without} without");
        // Two seats are not enough for three parts, and are filled with others.
        let drawn = draw(&blueprint(&[50, 50]), &bank, 2, 3);
        assert!(drawn.len() == 2 && drawn.iter().all(|item| !parts.contains(item)), "{drawn:?}");
    }

    #[test]
    fn of_a_case_only_the_parts_that_are_candidates_are_drawn() {
        let mut bank = bank(&[3]);
        for candidate in &mut bank {
            candidate.case = Some("c".into());
        }
        bank.remove(1);
        assert_eq!(draw(&blueprint(&[100]), &bank, 9, 1), ["d1-0", "d1-2"].map(ItemId::from));
    }

    #[test]
    fn the_seed_decides_and_nothing_else() {
        let (exam, bank) = (blueprint(&[100]), bank(&[40]));
        assert_eq!(draw(&exam, &bank, 10, 1), draw(&exam, &bank, 10, 1));
        assert_ne!(draw(&exam, &bank, 10, 1), draw(&exam, &bank, 10, 2));
    }

    #[test]
    fn unseen_items_come_before_seen_ones_and_old_before_new() {
        let mut bank = bank(&[4]);
        bank[0].seen = Some(Seen { correct: true, at: 300 });
        bank[1].seen = Some(Seen { correct: false, at: 100 });
        bank[2].seen = Some(Seen { correct: true, at: 200 });
        let exam = blueprint(&[100]);
        let drawn = |count| draw(&exam, &bank, count, 5).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(drawn(2), ["d1-1", "d1-3"].map(ItemId::from).into());
        assert_eq!(drawn(3), ["d1-1", "d1-2", "d1-3"].map(ItemId::from).into());
    }

    #[test]
    fn objectives_narrow_their_own_domain_only() {
        let exam = blueprint(&[50, 50]);
        let ids = |list: &[&str]| list.iter().map(|id| ObjectiveId::from(*id)).collect::<Vec<_>>();
        assert_eq!(chosen_objectives(&exam, &[], &[]), ids(&["1.1", "1.2", "2.1", "2.2"]));
        assert_eq!(chosen_objectives(&exam, &[2], &[]), ids(&["2.1", "2.2"]));
        assert_eq!(chosen_objectives(&exam, &[1, 2], &ids(&["1.2"])), ids(&["1.2", "2.1", "2.2"]));
        assert_eq!(chosen_objectives(&exam, &[], &ids(&["2.2"])), ids(&["2.2"]));
        assert_eq!(chosen_objectives(&exam, &[9], &[]), ids(&[]));
    }

    #[test]
    fn each_question_has_values_of_its_own_and_keeps_them() {
        let seeds: BTreeSet<_> = (0..20).flat_map(|seed| (1..=50).map(move |position| instance_seed(seed, position))).collect();
        assert_eq!(seeds.len(), 1_000);
        // Stored attempts depend on these: a change would show learners other numbers than the ones they answered.
        assert_eq!(
            [instance_seed(1, 1), instance_seed(1, 2), instance_seed(u64::MAX, 90)],
            [5_605_290_927_451_376_259, 11_506_824_936_518_122_524, 2_106_261_821_588_948_962]
        );
        assert_eq!(option_order(6, false, 1, 1), [1, 5, 2, 3, 0, 4]);
    }

    #[test]
    fn the_parts_of_a_case_have_one_seed_wherever_they_stand() {
        let text = "id = \"net-x\"\nobjective = \"1.1\"\ntype = \"typed\"\nlevel = \"apply\"\ndifficulty = \"easy\"\nstem = \"Type it.\"\n\
                    checked = 2026-11-22\nkeywords = [\"a\"]\n[answer]\nform = \"word\"\naccepted = [\"b\"]\n";
        let item = |text: &str| crate::content::item::parse(&"network-plus".into(), text).value.unwrap();
        let (plain, part) = (item(text), item(&format!("case = \"net-case\"\n{text}")));
        let other = item(&format!("case = \"net-other\"\n{text}"));
        assert_eq!(item_seed(&plain, 3, 7), instance_seed(3, 7));
        assert_eq!(item_seed(&part, 3, 7), item_seed(&part, 3, 8));
        let seeds = [item_seed(&part, 3, 7), item_seed(&part, 4, 7), item_seed(&other, 3, 7), instance_seed(3, 7)];
        assert_eq!(BTreeSet::from(seeds).len(), 4);
    }

    #[test]
    fn options_are_shuffled_by_seed_and_position_unless_ordered() {
        assert_eq!(option_order(4, true, 1, 1), [0, 1, 2, 3]);
        let orders: BTreeSet<_> = (1..=40).map(|position| option_order(4, false, 9, position)).collect();
        assert!(orders.len() > 10, "{orders:?}");
        for order in orders {
            assert_eq!(order.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([0, 1, 2, 3]));
        }
    }
}
