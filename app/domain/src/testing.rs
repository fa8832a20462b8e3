//! Content that tests of several rooms are made of.

use std::fmt::Write as _;

use crate::content::blueprint::{Blueprint, Domain, Objective};
use crate::content::item::{Item, parse};

/// An exam of 90 questions in 90 minutes by the weights of its domains, two objectives each.
pub fn blueprint(weights: &[u8]) -> Blueprint {
    let domains = weights.iter().zip(1_u8..).map(|(weight, number)| Domain {
        number,
        name: format!("Domain {number}"),
        weight: *weight,
        objectives: (1..=2)
            .map(|n| Objective { id: format!("{number}.{n}").into(), title: String::new(), scenario: false, keywords: vec![] })
            .collect(),
    });
    Blueprint {
        id: "test".into(),
        code: "T-1".into(),
        name: "Test".into(),
        order: 1,
        max_questions: 90,
        minutes: 90,
        passing_score: 700,
        scale_min: 100,
        scale_max: 900,
        target_items: 100,
        floor_per_objective: 3,
        domains: domains.collect(),
        topics: vec![],
    }
}

/// A single choice whose first option is the key.
pub fn item(id: &str, stem: &str, options: &[&str]) -> Item {
    let mut text = format!(
        "id = \"{id}\"\nobjective = \"1.1\"\ntype = \"single\"\nlevel = \"apply\"\ndifficulty = \"easy\"\nstem = \"{stem}\"\n\
         checked = 2026-11-22\nkeywords = [\"k\"]\n"
    );
    for (place, option) in options.iter().enumerate() {
        let _ = write!(text, "[[option]]\ntext = \"{option}\"\nkey = {}\n", place == 0);
    }
    let parsed = parse(&"test".into(), &text);
    assert_eq!(parsed.complaints, []);
    parsed.value.expect("it has no complaints")
}
