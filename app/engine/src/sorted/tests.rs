use std::collections::{BTreeMap, BTreeSet};

use super::{Map, Set, by_key, sort};
use crate::chance::Chance;

/// Small numbers, so that many are equal.
fn numbers(count: usize) -> Vec<u32> {
    let mut chance = Chance::new(7, "sorted");
    (0..count).map(|_| chance.below(20)).collect()
}

#[test]
fn sorting_is_stable_and_the_standard_librarys() {
    for count in 0..70 {
        let items: Vec<(u32, usize)> = numbers(count).into_iter().enumerate().map(|(at, number)| (number, at)).collect();
        let (mut ours, mut theirs) = (items.clone(), items);
        by_key(&mut ours, |(number, _)| *number);
        theirs.sort_by_key(|(number, _)| *number);
        assert_eq!(ours, theirs);
        ours.reverse();
        sort(&mut ours);
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
    }
}

#[test]
fn a_map_does_what_a_tree_does() {
    let (mut ours, mut theirs) = (Map::new(), BTreeMap::new());
    for (at, number) in numbers(300).into_iter().enumerate() {
        match at % 4 {
            0 => assert_eq!(ours.remove(&number), theirs.remove(&number)),
            1 => assert_eq!(ours.entry(number).or_insert(at), theirs.entry(number).or_insert(at)),
            _ => assert_eq!(ours.insert(number, at), theirs.insert(number, at)),
        }
        assert!(ours.iter().eq(&theirs));
        assert!(ours.range(3..=number.max(3)).eq(theirs.range(3..=number.max(3))));
        assert_eq!(ours.get(&number), theirs.get(&number));
    }
    let (ours, theirs) = (postcard::to_allocvec(&ours).unwrap(), postcard::to_allocvec(&theirs).unwrap());
    assert_eq!(ours, theirs, "the bytes of stored states do not depend on the container");
    assert!(postcard::from_bytes::<Map<u32, usize>>(&ours).is_ok());
}

#[test]
fn a_set_does_what_a_tree_does() {
    let (mut ours, mut theirs) = (Set::new(), BTreeSet::new());
    for (at, number) in numbers(300).into_iter().enumerate() {
        if at % 3 == 0 {
            assert_eq!(ours.remove(&number), theirs.remove(&number));
        } else {
            assert_eq!(ours.insert(number), theirs.insert(number));
        }
        assert!(ours.iter().eq(&theirs));
        assert_eq!(ours.contains(&number), theirs.contains(&number));
    }
    assert_eq!(postcard::to_allocvec(&ours).unwrap(), postcard::to_allocvec(&theirs).unwrap());
}

#[test]
fn bytes_out_of_order_still_make_a_set_and_a_map() {
    let bytes = postcard::to_allocvec(&vec![3_u8, 1, 3, 2]).unwrap();
    assert_eq!(postcard::from_bytes::<Set<u8>>(&bytes).unwrap(), Set::from([1, 2, 3]));
    let bytes = postcard::to_allocvec(&vec![(3_u8, 1_u8), (1, 2), (3, 4)]).unwrap();
    assert_eq!(postcard::from_bytes::<Map<u8, u8>>(&bytes).unwrap(), Map::from([(1, 2), (3, 4)]));
}
