//! The question of the day: one item of an exam, the same for everyone on the same day.

use sha2::{Digest as _, Sha256};

use crate::ids::{ExamId, ItemId};

/// The item of a day; `None`: there are no items. `day`: whole days since 1970 in UTC.
///
/// The items stand in an order that depends on nothing but their ids and the exam's, and each day takes the next of them: none
/// comes again before all the others have had their day. Whoever knows the ids could foresee it, which gives away no key. When the
/// bank grows or shrinks, the days go on from another place.
#[must_use]
pub fn question_of_day<'i>(exam: &ExamId, items: impl IntoIterator<Item = &'i ItemId>, day: u32) -> Option<&'i ItemId> {
    // A digest instead of the order of ids, in which neighbours are about the same thing.
    let place = |item: &ItemId| Sha256::digest(format!("{exam}/{item}"));
    let mut items: Vec<_> = items.into_iter().map(|item| (place(item), item)).collect();
    items.sort_unstable();
    let count = u32::try_from(items.len()).ok().filter(|count| *count > 0)?;
    items.get(usize::try_from(day % count).ok()?).map(|(_, item)| *item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn bank(count: u32) -> Vec<ItemId> {
        (0..count).map(|number| format!("item-{number:03}").into()).collect()
    }

    fn days(exam: &str, items: &[ItemId], days: std::ops::Range<u32>) -> Vec<ItemId> {
        let exam = exam.into();
        days.map(|day| question_of_day(&exam, items, day).unwrap().clone()).collect()
    }

    #[test]
    fn no_item_comes_again_before_the_bank_is_through_whenever_one_begins() {
        let items = bank(97);
        let all = days("alpha", &items, 20_000..20_500);
        for window in all.windows(97) {
            assert_eq!(window.iter().collect::<BTreeSet<_>>().len(), 97);
        }
        assert_eq!(all[0], all[97], "then it begins again");
    }

    #[test]
    fn it_is_the_same_whatever_order_the_items_are_read_in() {
        let items = bank(40);
        let backwards: Vec<_> = items.iter().rev().cloned().collect();
        assert_eq!(days("alpha", &items, 0..100), days("alpha", &backwards, 0..100));
    }

    #[test]
    fn neighbours_in_the_bank_are_no_neighbours_in_time_and_exams_have_orders_of_their_own() {
        let items = bank(100);
        let alpha = days("alpha", &items, 0..100);
        let follows = |pair: &[ItemId]| items.windows(2).any(|two| two == pair);
        assert!(alpha.windows(2).filter(|pair| follows(pair)).count() < 10, "{alpha:?}");
        assert_ne!(alpha, days("beta", &items, 0..100));
    }

    #[test]
    fn a_bank_without_items_has_no_question() {
        assert_eq!(question_of_day(&"alpha".into(), &[], 20_000), None);
        assert_eq!(days("alpha", &bank(1), 0..3).len(), 3);
    }
}
