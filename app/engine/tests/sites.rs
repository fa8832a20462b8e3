//! The sites of `content/` build, and what their people rely on works.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test that cannot go on has failed; tests read files")]
use engine::site::{self, Site};

fn sites() -> Vec<(String, Site)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/sites");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        found.push((
            path.display().to_string(),
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        ));
    }
    assert!(!found.is_empty());
    found
}

#[test]
fn every_site_builds_for_every_seed() {
    for (file, site) in sites() {
        for seed in 0..20 {
            let built = site::build(&site, seed).unwrap_or_else(|complaints| panic!("{file}: {complaints:#?}"));
            let again = site::build(&site, seed).unwrap();
            assert_eq!(engine::hash::of(&built.world), engine::hash::of(&again.world), "{file}, seed {seed}");
        }
    }
}

#[test]
fn a_healthy_site_passes_all_its_probes() {
    for (file, site) in sites() {
        for seed in 0..5 {
            let built = site::build(&site, seed).unwrap();
            let failing: Vec<_> =
                built.probes.iter().filter(|probe| !probe.passes(&built.world)).map(|probe| format!("\n  {probe:?}")).collect();
            assert!(
                failing.is_empty(),
                "{file}, seed {seed}: {} fail of {}: {}",
                failing.len(),
                built.probes.len(),
                failing.concat()
            );
        }
    }
}
