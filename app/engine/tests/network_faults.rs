//! The faults of the wired network and of routing in every site of `content/`.

#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed; tests read files")]

#[path = "support/sites.rs"]
mod sites;

use std::collections::BTreeMap;

use engine::chance::Chance;
use engine::fault;
use engine::hash;

/// Seeds tried for each place: faults have up to three forms.
const FORMS: u64 = 4;

#[test]
fn they_come_and_go_without_a_trace() {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, site) in sites::all() {
        let healthy = sites::build(&site, 3).world;
        let sound = hash::of(&healthy);
        for fault in fault::all().filter(|fault| ["N", "R"].contains(&fault.group())) {
            for target in (fault.targets)(&healthy) {
                *places.entry(fault.id).or_default() += 1;
                assert!(!(fault.present)(&healthy, &target), "{name}: {} is there before: {target:?}", fault.id);
                for seed in 0..FORMS {
                    let mut world = healthy.clone();
                    (fault.inject)(&mut world, &target, &mut Chance::new(seed, fault.id));
                    assert!((fault.present)(&world, &target), "{name}: {} is not there after: {target:?}", fault.id);
                    (fault.repair)(&mut world, &target, &healthy);
                    assert_eq!(hash::of(&world), sound, "{name}: {} leaves something: {target:?}", fault.id);
                }
            }
        }
    }
    println!("{places:?}");
}
