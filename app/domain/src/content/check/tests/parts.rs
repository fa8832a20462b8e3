//! Rules for steps, pairs and typed answers.

use super::complaints_of;

const HEAD: &str = r#"id = "net-relay"
objective = "1.1"
level = "apply"
difficulty = "medium"
remember = "Without a relay on the gateway, the requests of clients die at the edge of their own subnet, and nobody there gets a lease."
source = "RFC 2131 section 4"
checked = 2026-11-22
keywords = ["relay / IP helper"]
"#;

/// Lines 11 to 14, 15 to 17, 18 to 20.
const ORDERING: &str = r#"type = "ordering"
stem = "A client in the annex asks for a lease through a relay. Put the messages in order, the first at the top."
[[step]]
text = "Discover"
reason = "The client knows nothing yet, so it calls out to everybody on its subnet."
[[step]]
text = "Offer"
reason = "The server answers with an address that is free in that subnet."
[[step]]
text = "Request"
reason = "The client says which of the offers it takes, so that others are free again."
"#;

const MATCHING: &str = r#"type = "matching"
stem = "Match each message to who sends it."
[[pair]]
term = "Discover"
match = "The client"
reason = "It looks for a server and knows nothing yet, so it calls out."
[[pair]]
term = "Offer"
match = "The server"
reason = "It holds the list of addresses that are free."
[[pair]]
term = "Acknowledgement"
match = "A second server"
reason = "It confirms the lease after the request of the client."
[[extra]]
match = "The switch"
reason = "A switch carries frames and says nothing about addresses by itself."
"#;

/// `[picture]` in line 11, names of places in lines 18, 23 and 28, the extra label in line 33.
const PLACING: &str = r#"type = "placing"
stem = "A client in the annex asks for a lease. Place each role on the drawing."
[picture]
title = "Two subnets"
description = "A router between two switches, with a computer on the left and a machine in a rack on the right."
svg = '''
<svg viewBox="0 0 300 200"><line x1="20" y1="50" x2="280" y2="50"/></svg>
'''
[[target]]
name = "The computer on the left"
at = [30, 50]
label = "Client"
reason = "It stands in the annex and asks for an address of its own."
[[target]]
name = "The box in the middle"
at = [150, 80]
label = "Relay"
reason = "It hears the request in one subnet and passes it on to the other."
[[target]]
name = "The machine in the rack"
at = [270, 50]
label = "Server"
reason = "It holds the list of addresses that are free."
[[extra]]
label = "Forwarder"
reason = "Names are asked for once a client has an address, not before that."
"#;

const TYPED: &str = r#"type = "typed"
stem = "Type the mask of the subnet in which the relay has 62 hosts to serve."
[answer]
form = "prefix"
accepted = ["/26"]
reason = "Six bits of hosts make 64 addresses, of which network and broadcast are not for hosts."
[[mistake]]
text = "/27"
reason = "Five bits of hosts make 32 addresses, half of what is needed in this case."
"#;

/// Each text to change must be there exactly once.
#[track_caller]
fn check(item: &str, changes: &[(&str, &str)], expected: &[&str]) {
    let text = changes.iter().fold(format!("{HEAD}{item}"), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from:?} must stand once in\n{text}");
        text.replace(from, to)
    });
    assert_eq!(complaints_of(&text), expected, "for {changes:?}");
}

#[test]
fn clean_items_of_each_kind() {
    for item in [ORDERING, MATCHING, PLACING, TYPED] {
        check(item, &[], &[]);
    }
}

#[test]
fn p1_too_few_and_too_many() {
    let step = |n: u32| format!("[[step]]\ntext = \"Step {n}\"\nreason = \"It comes at this place, and {n} says so.\"\n");
    let many: String = (1..=5).map(step).collect();
    check(&format!("{ORDERING}{many}"), &[], &["E P1 12"]);
    let first =
        "[[step]]\ntext = \"Discover\"\nreason = \"The client knows nothing yet, so it calls out to everybody on its subnet.\"\n";
    check(ORDERING, &[(first, "")], &["E P1 12"]);
    let last = "[[pair]]\nterm = \"Acknowledgement\"\nmatch = \"A second server\"\nreason = \"It confirms the lease after the request of the client.\"\n";
    check(MATCHING, &[(last, "")], &["E P1 12"]);
    let extra = |n: u32| {
        format!("[[extra]]\nmatch = \"Device {n}\"\nreason = \"The device of number {n} has no part in this at all, ever.\"\n")
    };
    let many: String = (1..=3).map(extra).collect();
    check(&format!("{MATCHING}{many}"), &[], &["E P1 12"]);
}

#[test]
fn p2_the_same_twice() {
    check(ORDERING, &[("text = \"Offer\"", "text = \"Discover\"")], &["E P2 15"]);
    check(MATCHING, &[("term = \"Offer\"", "term = \"Discover\"")], &["E P2 16"]);
    check(MATCHING, &[("match = \"The switch\"", "match = \"The server\"")], &["E P2 24"]);
}

#[test]
fn p3_the_last_by_elimination() {
    let extra =
        "[[extra]]\nmatch = \"The switch\"\nreason = \"A switch carries frames and says nothing about addresses by itself.\"\n";
    check(MATCHING, &[(extra, "")], &["W P3 12"]);
    check(MATCHING, &[(extra, ""), ("A second server", "The server")], &[]);
}

#[test]
fn p4_answers_that_cannot_be_read_or_say_the_same() {
    check(TYPED, &[("[\"/26\"]", "[\"/26\", \"255.255.255.192\"]")], &["E P4 13"]);
    check(TYPED, &[("[\"/26\"]", "[\"/26\", \"twenty-six\"]")], &["E P4 13"]);
    check(TYPED, &[("text = \"/27\"", "text = \"255.255.255.192\"")], &["E P4 16"]);
    check(TYPED, &[("text = \"/27\"", "text = \"/40\"")], &["E P4 16"]);
}

#[test]
fn p5_a_stem_to_copy_from() {
    let word = [("form = \"prefix\"", "form = \"word\""), ("[\"/26\"]", "[\"Relay\"]"), ("text = \"/27\"", "text = \"zone\"")];
    check(TYPED, &word, &["W P5 10"]);
    let part_of_a_word = [word[0], ("[\"/26\"]", "[\"lay\"]"), word[2]];
    check(TYPED, &part_of_a_word, &[]);
}

#[test]
fn p6_a_match_that_no_menu_shows() {
    check(MATCHING, &[("A second server", &format!("A second server{}", " and more".repeat(6)))], &["W P6 20"]);
}

#[test]
fn p7_places_on_a_picture() {
    let picture = PLACING.split_once("[picture]").unwrap().1.split_once("[[target]]").unwrap().0;
    check(PLACING, &[(&format!("[picture]{picture}"), "")], &["E P7 12"]);
    for beyond in ["at = [10, 50]", "at = [30, 190]", "at = [65535, 65535]"] {
        check(PLACING, &[("at = [30, 50]", beyond)], &["E P7 18"]);
    }
    check(PLACING, &[("at = [150, 80]", "at = [50, 70]")], &["E P7 23"]);
    // Their labels would cover each other.
    check(PLACING, &[("at = [150, 80]", "at = [140, 69]")], &["E P7 28"]);
    check(PLACING, &[("at = [150, 80]", "at = [140, 70]")], &[]);
    // Whatever label is the longest, it may be put at any place.
    check(PLACING, &[("label = \"Relay\"", "label = \"Relay in the middle\"")], &["E P7 23", "E P7 28"]);
}

#[test]
fn p8_a_picture_without_words() {
    let words = "A router between two switches, with a computer on the left and a machine in a rack on the right.";
    check(PLACING, &[(words, "Two subnets and what stands in them.")], &["E P8 13"]);
}

#[test]
fn rules_for_matches_hold_for_labels() {
    check(PLACING, &[("label = \"Forwarder\"", "label = \"Server\"")], &["E P2 33"]);
    check(PLACING, &[("label = \"Relay\"", "label = \"Relay between the two\"")], &["W P6 23", "E P7 23", "E P7 28"]);
    let (_, extra) = PLACING.split_once("[[extra]]").unwrap();
    check(PLACING, &[(&format!("[[extra]]{extra}"), "")], &["W P3 18"]);
    let (_, last) = PLACING.split_once("[[target]]\nname = \"The machine").unwrap();
    let last = last.split_once("[[extra]]").unwrap().0;
    check(PLACING, &[(&format!("[[target]]\nname = \"The machine{last}"), "")], &["E P1 18"]);
}

#[test]
fn options_have_places_all_or_none() {
    let option = |text: &str, more: &str| {
        format!("[[option]]\ntext = \"{text}\"\nreason = \"A reason of more than eight words stands here for {text}.\"\n{more}")
    };
    let (picture, _) = PLACING.split_once("[[target]]").unwrap();
    let picture = picture.replace("placing", "single").replace("Place each role on the drawing.", "Where does the relay belong?");
    let options = |third: &str| {
        let places = ["at = [40, 40]\nkey = true\n", "at = [40, 90]\n", third, "at = [90, 90]\n"];
        ["Gateway", "Computer", "Machine", "Uplink"].iter().zip(places).map(|(text, more)| option(text, more)).collect::<String>()
    };
    check(&format!("{picture}{}", options("at = [90, 40]\n")), &[], &[]);
    check(&format!("{picture}{}", options("")), &[], &["E P7 18"]);
}

#[test]
fn rules_that_hold_for_every_kind() {
    check(ORDERING, &[("reason = \"The server answers with an address that is free in that subnet.\"\n", "")], &["E X1 14"]);
    check(
        TYPED,
        &[("Five bits of hosts make 32 addresses, half of what is needed in this case.", "Five bits are not enough here.")],
        &["E O12 17"],
    );
    check(
        MATCHING,
        &[("It holds the list of addresses", "As the first option says, it holds the list of addresses")],
        &["E X2 18"],
    );
    check(ORDERING, &[("Put the messages in order, the first at the top.", "These are the messages.")], &["W S1 10"]);
}
