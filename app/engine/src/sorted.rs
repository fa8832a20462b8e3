//! Maps and sets in key order, and sorting, made to compile small.
//!
//! The module for browsers holds one copy of a container for every type in it. A sorted vector needs a fifth of the code of a
//! B-tree, and a map of three large values no node with room for eleven. Inserting moves what follows, which is cheaper than a tree
//! below some thousand entries; nothing in a company of this size has more.

mod map;
mod set;

pub use map::Map;
pub use set::Set;

use std::cmp::Ordering;

/// Sorts as `slice::sort_by` does: equal items keep their order.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = {
        let items: &[T] = items;
        order(items.len(), &mut |a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        })
    };
    arrange(order, &mut |a, b| items.swap(a, b));
}

/// Sorts by what `key` gives; equal items keep their order.
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by the items' own order; equal items keep theirs.
pub fn sort<T: Ord>(items: &mut [T]) {
    by(items, T::cmp);
}

/// Which item comes first, second and so on: a merge sort of positions, the same code for all types.
fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut width = 1;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for run in order.chunks(width * 2) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some((a, after_a)), Some((b, after_b))) = (left.split_first(), right.split_first()) {
                if compare(*a, *b) == Ordering::Greater {
                    merged.push(*b);
                    right = after_b;
                } else {
                    merged.push(*a);
                    left = after_a;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        width *= 2;
    }
    order
}

/// Brings items to their places by exchanging two at a time.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        // A cycle of places, each taking its item from the next one.
        while let Some(from) = order.get_mut(at).map(|from| std::mem::replace(from, at)) {
            if from == start || from == at {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests;
