//! Practice: which items make a study quiz, and in which order a learner sees their options.

mod day;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::content::blueprint::Blueprint;
use crate::ids::{ItemId, ObjectiveId};

pub use day::question_of_day;

/// The longest study quiz: the length of the longest real exam of the blueprints.
pub const MOST_QUESTIONS: u16 = 90;

/// What to draw from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pool {
    /// Unseen items first, then the ones seen longest ago.
    #[default]
    All,
    Unseen,
    /// Items whose latest answer was wrong.
    Missed,
}

/// An item that could be asked.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub item: ItemId,
    /// The number of its domain.
    pub domain: u8,
    pub seen: Option<Seen>,
}

/// How a learner met an item last.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    pub correct: bool,
    /// Microseconds since 1970, UTC.
    pub at: i64,
}

impl Pool {
    #[must_use]
    pub fn admits(self, seen: Option<Seen>) -> bool {
        match self {
            Self::All => true,
            Self::Unseen => seen.is_none(),
            Self::Missed => seen.is_some_and(|seen| !seen.correct),
        }
    }
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
/// domain has too few, the others fill up. The same arguments give the same quiz.
#[must_use]
pub fn draw(blueprint: &Blueprint, candidates: &[Candidate], pool: Pool, count: u16, seed: u64) -> Vec<ItemId> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut queues: Vec<(u32, Vec<&Candidate>)> = Vec::new();
    for domain in &blueprint.domains {
        let mut queue: Vec<_> = candidates.iter().filter(|c| c.domain == domain.number && pool.admits(c.seen)).collect();
        if queue.is_empty() {
            continue;
        }
        queue.shuffle(&mut rng);
        queue.sort_by_key(|candidate| candidate.seen.map(|seen| seen.at));
        queues.push((u32::from(domain.weight), queue));
    }
    let sizes: Vec<(u32, u32)> = queues.iter().map(|(weight, queue)| (*weight, size(queue))).collect();
    let shares = apportion(u32::from(count), &sizes);
    let mut drawn: Vec<ItemId> = Vec::new();
    for ((_, queue), share) in queues.iter().zip(shares) {
        drawn.extend(queue.iter().take(share as usize).map(|candidate| candidate.item.clone()));
    }
    drawn.shuffle(&mut rng);
    drawn
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
            bank.extend((0..*size).map(|n| Candidate { item: format!("d{domain}-{n}").into(), domain, seen: None }));
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
            let drawn = draw(&exam, &bank(&[40, 40, 40]), Pool::All, 10, seed);
            assert_eq!([share(&drawn, 1), share(&drawn, 2), share(&drawn, 3)], [5, 3, 2], "seed {seed}");
            assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 10);
        }
    }

    #[test]
    fn a_small_domain_is_filled_up_from_the_others() {
        let drawn = draw(&blueprint(&[50, 50]), &bank(&[2, 40]), Pool::All, 10, 7);
        assert_eq!([share(&drawn, 1), share(&drawn, 2)], [2, 8]);
        assert_eq!(draw(&blueprint(&[50, 50]), &bank(&[2, 3]), Pool::All, 10, 7).len(), 5);
    }

    #[test]
    fn the_seed_decides_and_nothing_else() {
        let (exam, bank) = (blueprint(&[100]), bank(&[40]));
        assert_eq!(draw(&exam, &bank, Pool::All, 10, 1), draw(&exam, &bank, Pool::All, 10, 1));
        assert_ne!(draw(&exam, &bank, Pool::All, 10, 1), draw(&exam, &bank, Pool::All, 10, 2));
    }

    #[test]
    fn unseen_items_come_before_seen_ones_and_old_before_new() {
        let mut bank = bank(&[4]);
        bank[0].seen = Some(Seen { correct: true, at: 300 });
        bank[1].seen = Some(Seen { correct: false, at: 100 });
        bank[2].seen = Some(Seen { correct: true, at: 200 });
        let exam = blueprint(&[100]);
        let drawn = |pool, count| draw(&exam, &bank, pool, count, 5).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(drawn(Pool::All, 2), ["d1-1", "d1-3"].map(ItemId::from).into());
        assert_eq!(drawn(Pool::All, 3), ["d1-1", "d1-2", "d1-3"].map(ItemId::from).into());
        assert_eq!(drawn(Pool::Unseen, 4), ["d1-3"].map(ItemId::from).into());
        assert_eq!(drawn(Pool::Missed, 4), ["d1-1"].map(ItemId::from).into());
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
    fn options_are_shuffled_by_seed_and_position_unless_ordered() {
        assert_eq!(option_order(4, true, 1, 1), [0, 1, 2, 3]);
        let orders: BTreeSet<_> = (1..=40).map(|position| option_order(4, false, 9, position)).collect();
        assert!(orders.len() > 10, "{orders:?}");
        for order in orders {
            assert_eq!(order.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([0, 1, 2, 3]));
        }
    }
}
