//! Each rule broken once, in the smallest way, and the line where its complaint must stand.

mod cases;
mod many_items;
mod parts;
mod template;

use std::collections::BTreeMap;

use super::super::bank::{self, Mistake};
use super::super::item::Date;
use super::check;

const TODAY: Date = Date { year: 2026, month: 11, day: 22 };

const EXAM: &str = r#"schema = 1
[exam]
id = "test"
code = "T-1"
name = "Test"
max_questions = 90
minutes = 90
passing_score = 700
scale_min = 100
scale_max = 900
[coverage]
target_items = 10
floor_per_objective = 1
[[domain]]
number = 1
name = "Networks"
weight = 100
[[domain.objective]]
id = "1.1"
title = "Set up DHCP"
scenario = true
keywords = ["relay / IP helper", "scope"]
"#;

/// An item without a fault; the cases change a line each. The numbers on the right are lines.
const CLEAN: &str = r#"id = "net-relay"
objective = "1.1"
type = "single"
level = "apply"
difficulty = "medium"
stem = "Desks in the annex get no lease, while the server lists free addresses. What is MOST likely missing?"
remember = "DHCP broadcasts stop at a router: each subnet needs a relay."
source = "RFC 2131 section 4"
checked = 2026-11-22
keywords = ["relay / IP helper"]

[[option]]
text = "A relay on the gateway"
key = true
reason = "Discover messages are broadcasts, which a router drops; a relay passes them on as unicast."

[[option]]
text = "A forwarder in the zone"
reason = "Name resolution comes after addressing, even where both run on one machine."

[[option]]
text = "A second switch uplink"
reason = "Uplinks carry frames of any kind, so another one adds capacity and nothing else."

[[option]]
text = "A longer life of leases"
reason = "Long leases save traffic, and a client still has to reach the server once."
"#;

/// The clean item with texts replaced; each must be there exactly once.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(CLEAN.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in\n{text}");
        text.replace(from, to)
    })
}

/// What is wrong with items of the test exam, given by file name and text.
fn mistakes_of(items: &[(String, String)]) -> Vec<Mistake> {
    let mut files = BTreeMap::from([("test/exam.toml".to_owned(), EXAM.to_owned())]);
    files.extend(items.iter().map(|(name, text)| (format!("test/items/1.1/{name}.toml"), text.clone())));
    let (bank, mut mistakes) = bank::read(&files);
    mistakes.extend(check(&bank, Some(TODAY)));
    mistakes.sort();
    mistakes
}

/// `E O12 18` for each complaint about one item.
fn complaints_of(item: &str) -> Vec<String> {
    let mistakes = mistakes_of(&[("net-relay".to_owned(), item.to_owned())]);
    let short = |mistake: Mistake| {
        let complaint = mistake.complaint;
        format!("{} {} {}", complaint.level, complaint.rule, complaint.line)
    };
    mistakes.into_iter().map(short).collect()
}
