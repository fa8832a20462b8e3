//! The sites and scenarios of `content/`: sites build, what their people rely on works, scenarios are sound.
//!
//! `SCENARIO=id SEEDS=20 cargo test -p engine --test sites scenarios` proves one scenario while it is being written.

#![expect(clippy::expect_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed; tests read files")]

#[path = "support/scenarios.rs"]
mod scenarios;
#[path = "support/sites.rs"]
mod sites;

use std::collections::BTreeSet;

use engine::ticket::Scenario;
use engine::ticket::prove::prove;
use engine::ticket::scenario::{KINDS, Kind, fill, prepare};
use engine::ticket::script::{self, Names, parse, write};

#[test]
fn every_site_builds_for_every_seed() {
    for (name, site) in sites::all() {
        for seed in 0..20 {
            let built = sites::build(&site, seed);
            let again = sites::build(&site, seed);
            assert_eq!(engine::hash::of(&built.world), engine::hash::of(&again.world), "{name}, seed {seed}");
        }
    }
}

#[test]
fn a_healthy_site_passes_all_its_probes() {
    let mut misses = Vec::new();
    for (name, site) in sites::all() {
        for seed in 0..3 {
            let built = sites::build(&site, seed);
            let failing = built.probes.iter().filter(|probe| !probe.passes(&built.world));
            misses.extend(failing.map(|probe| format!("{name}, seed {seed}: {probe:?}")));
        }
    }
    assert!(misses.is_empty(), "{} miss:\n{}", misses.len(), misses.join("\n"));
}

#[test]
fn actions_are_written_as_they_are_read() {
    for (scenario, site) in scenarios::all(&sites::all()) {
        let given = prepare(&scenario, &site, 1).expect("a scenario that is sound");
        let names = Names { world: &given.start, people: &given.people };
        let scripts = std::iter::once(&scenario.solution).chain(scenario.wrong.iter().map(|wrong| &wrong.script));
        for script in scripts {
            let actions = parse(&fill(script, &given.names), &names).expect("a script that can be read");
            for action in actions {
                let line = write(&action, &names);
                assert_eq!(script::action(&line, &names), Ok(action), "{}: {line}", scenario.id);
            }
        }
    }
}

#[test]
fn scenarios_cover_what_a_service_desk_meets() {
    let all = scenarios::all(&sites::all());
    if std::env::var("SCENARIO").is_ok() {
        return;
    }
    let count = |wanted: &dyn Fn(&Scenario) -> bool| all.iter().filter(|(scenario, _)| wanted(scenario)).count();
    let causes = |scenario: &Scenario| scenario.fault.iter().filter(|fault| !fault.herring).count();
    assert!(all.len() >= 32);
    for (kind, word, _) in KINDS {
        assert!(count(&|scenario| scenario.kind == *kind) >= 2, "{word}");
    }
    let groups: BTreeSet<_> = engine::fault::all().map(engine::fault::Fault::group).collect();
    for group in groups {
        let of_group = |scenario: &Scenario| scenario.fault.iter().any(|fault| !fault.herring && fault.id.starts_with(group));
        assert!(count(&of_group) >= 1, "{group}");
    }
    assert!(count(&|scenario| scenario.rules.escalate.is_some()) >= 6, "hand over");
    assert!(count(&|scenario| scenario.kind == Kind::SecurityIncidents) >= 5, "security incidents");
    assert!(count(&|scenario| scenario.misunderstanding.is_some()) >= 3, "misunderstandings");
    assert!(count(&|scenario| causes(scenario) >= 2) >= 3, "two causes");
    let difficult = |scenario: &Scenario| scenario.requester.patience.is_some() || scenario.requester.politeness.is_some();
    assert!(count(&difficult) >= 3, "difficult requesters");
}

#[test]
fn scenarios_are_sound() {
    let seeds = std::env::var("SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(2);
    let mut misses = Vec::new();
    for (scenario, site) in scenarios::all(&sites::all()) {
        for seed in 0..seeds {
            let complaints = prove(&scenario, &site, seed);
            misses.extend(complaints.iter().map(|one| format!("{}, seed {seed}: {}: {}", scenario.id, one.path, one.message)));
        }
    }
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}
