//! Items whose values a generator gives.

use super::complaints_of;

/// The options stand on lines 14, 19, 23 and 27, the reasons two or one below.
const TEMPLATE: &str = r#"id = "net-relay"
objective = "1.1"
type = "single"
level = "apply"
difficulty = "medium"
generator = "ipv4-network"
stem = "A relay has the address `{host}/{prefix}`. What is the network address of its subnet?"
remember = "Subnets of one length begin at multiples of their block, counted from zero; a relay stands in one of them."
source = "RFC 4632"
checked = 2026-11-22
keywords = ["relay / IP helper"]

[[option]]
text = "`{answer}`"
key = true
reason = "Blocks of {block} begin at multiples of {block}, and {octet} lies in the one that begins here."

[[option]]
text = "`{first-host}`"
reason = "This is the first address that a host may have, one above the start of the block."

[[option]]
text = "`{block-too-small}`"
reason = "With one more bit for the network, blocks of {half-block} would begin here."

[[option]]
text = "`{block-too-large}`"
reason = "With one bit less for the network, blocks of {double-block} would begin here."
"#;

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    assert_eq!(TEMPLATE.matches(from).count(), 1, "{from}");
    assert_eq!(complaints_of(&TEMPLATE.replace(from, to)), expected);
}

#[test]
fn a_template_is_checked_with_values() {
    check("RFC 4632", "RFC 4632", &[]);
    // P2: in every instance these two are the same.
    check("text = \"`{first-host}`\"", "text = \"`{block-too-small}`\"", &["W O5 23", "E P2 23"]);
}

#[test]
fn generators_and_names_are_known() {
    check("ipv4-network", "ipv5-network", &["E T1 6"]);
    check("and {octet} lies", "and {octets} lies", &["E T2 16"]);
    check("What is the network", "By {bloc}, what is the network", &["E T2 7"]);
}

#[test]
fn the_stem_states_what_is_given_and_not_the_answer() {
    check("/{prefix}`", "`", &["E T3 7"]);
    check("What is the network", "{first-host} is free. What is the network", &["E T3 7"]);
}

#[test]
fn keys_hold_the_answer_and_distractors_hold_slips() {
    check("text = \"`{answer}`\"", "text = \"`{first-host}`\"", &["E T4 14", "W O5 19", "E P2 19"]);
    check("text = \"`{block-too-large}`\"", "text = \"`10.1.2.3`\"", &["E T4 27"]);
}
