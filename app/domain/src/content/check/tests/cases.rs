use super::{changed, complaints_of};

/// What is changed in the clean item, and every complaint that must follow.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

#[track_caller]
fn hold(cases: &[Case]) {
    for (changes, expected) in cases {
        let text = changed(changes);
        assert_eq!(complaints_of(&text), *expected, "for {changes:?}");
    }
}

const KEY: &str = "A relay on the gateway";
const ZONE: &str = "A forwarder in the zone";
const UPLINK: &str = "A second switch uplink";
const LEASES: &str = "A longer life of leases";
const QUESTION: &str = "What is MOST likely missing?";
const ZONE_REASON: &str = "Name resolution comes after addressing, even where both run on one machine.";
const ZONE_REASON_LINE: &str = "reason = \"Name resolution comes after addressing, even where both run on one machine.\"\n";
const UPLINK_REASON: &str = "Uplinks carry frames of any kind, so another one adds capacity and nothing else.";

#[test]
fn a_clean_item_has_no_complaint() {
    hold(&[(&[], &[])]);
}

#[test]
fn form() {
    hold(&[
        (&[("id = \"net-relay\"", "id = net-relay")], &["E F1 1"]),
        (&[("difficulty = \"medium\"\n", "difficulty = \"medium\"\nseverity = 3\n")], &["E F2 6"]),
        (&[("level = \"apply\"", "level = \"think\"")], &["E F2 4"]),
        (&[("checked = 2026-11-22", "checked = \"2026-11-22\"")], &["E C6 1", "E F2 9"]),
        (&[("keywords = [\"relay / IP helper\"]", "keywords = []")], &["E F2 10"]),
        (&[("section 4\"", "section 4\"\ntags = [\"Two words\"]")], &["E F4 9"]),
        (&[(QUESTION, "What is <b>missing</b>?")], &["E F3 6", "E F3 6"]),
        (&[("net-relay", "Net relay")], &["E F4 1", "W F6 1"]),
        (&[("net-relay", "net-relays")], &["W F6 1"]),
    ]);
}

#[test]
fn every_mistake_of_form_is_reported_at_once() {
    let text = changed(&[("level = \"apply\"", "level = 3"), ("key = true", "key = \"yes\""), ("source", "sauce")]);
    assert_eq!(complaints_of(&text), ["E F2 4", "E F2 8", "E F2 14"]);
}

#[test]
fn content() {
    hold(&[
        (&[("objective = \"1.1\"", "objective = \"9.9\"")], &["W F6 1", "E C1 2"]),
        (&[("keywords = [\"relay / IP helper\"]", "keywords = [\"relais\"]")], &["W C2 10", "W C2 10"]),
        (&[("keywords = [\"relay / IP helper\"]", "keywords = [\"scope\"]")], &["W C2 10"]),
        (&[("source = \"RFC 2131 section 4\"\n", "")], &["E C6 1"]),
        (&[("source = \"RFC 2131 section 4\"", "source = \" \"")], &["E C6 8"]),
        (&[("checked = 2026-11-22\n", "")], &["E C6 1"]),
        (&[("checked = 2026-11-22", "checked = 2026-11-23")], &["E C6 9"]),
        (&[("checked = 2026-11-22", "checked = 2025-11-22\nreview_by = 2026-11-21")], &["E C6 10"]),
        (&[("checked = 2026-11-22", "checked = 2025-11-22\nreview_by = 2026-11-22")], &[]),
        (&[("Desks in the annex get", "The elderly clerks get")], &["W C8 6"]),
    ]);
}

#[test]
fn stem() {
    hold(&[
        (&[(QUESTION, "Name the missing part.")], &["W S1 6"]),
        (&[("level = \"apply\"", "level = \"recall\""), ("Desks in", LONG_STORY)], &["W S2 6"]),
        (&[(QUESTION, "Which of these is not missing?")], &["E S3 6"]),
        (&[(QUESTION, "Which of these is NOT missing, and NOT there?")], &["W S3 6"]),
        (&[(QUESTION, "Which part explains why they do not get any?")], &[]),
        (&[(QUESTION, "Which of these is NOT missing?"), (ZONE, "A zone that is not there")], &["E S4 18"]),
        (&[(QUESTION, "What is most likely missing?")], &["W S5 6"]),
        (&[(QUESTION, "What should they do first?")], &["W S5 6"]),
        (&[(QUESTION, "The missing ____ must be set up. What is it?")], &["W S7 6"]),
        (&[(QUESTION, "The part that is missing is ____.")], &[]),
        (&[(UPLINK, "A second ZXQ uplink")], &["W S8 22"]),
        (&[("Desks in", "Desks with ZXQ (zero-x queueing) in"), (UPLINK, "A second `ZXW` uplink")], &[]),
        (&[(QUESTION, "What is missing? Choose two.")], &["E S9 6"]),
    ]);
}

const LONG_STORY: &str =
    "Since Monday morning, when the new carpets were at last in place and all the movers had gone home, desks in rooms in";

#[test]
fn options_by_number_and_kind() {
    hold(&[
        (&[(LEASES_OPTION, "")], &["W O1 13"]),
        (&[(LEASES_OPTION, ""), (UPLINK_OPTION, "")], &["W X3 7", "E O1 13"]),
        (&[("key = true\n", "")], &["E O2 3"]),
        (
            &[(
                ZONE_REASON,
                "Name resolution comes after addressing, even where both run on one machine.\"\nkey = true\ntags = \"",
            )],
            &["E O2 3", "E F2 21"],
        ),
        (&[("type = \"single\"", "type = \"multiple\"")], &["E O2 3", "E S9 6", "W O1 13"]),
        (&[(LEASES, "All of the above")], &["E O3 26", "W O9 26"]),
        (&[(LEASES, "Both A and B")], &["E O3 26"]),
    ]);
}

const LEASES_OPTION: &str = "\n[[option]]\ntext = \"A longer life of leases\"\nreason = \"Long leases save traffic, and a client still has to reach the server once.\"\n";
const UPLINK_OPTION: &str = "\n[[option]]\ntext = \"A second switch uplink\"\nreason = \"Uplinks carry frames of any kind, so another one adds capacity and nothing else.\"\n";

#[test]
fn options_by_shape() {
    hold(&[
        (&[(UPLINK, "A relay on the gateway again")], &["W O5 22"]),
        (&[(UPLINK, "A second uplink from the switch to the core, with fibre")], &["W O6 22"]),
        (&[(KEY, "Port 67"), (ZONE, "Port 53"), (UPLINK, "Port 80"), (LEASES, "Port 25")], &["W O8 13"]),
        (&[(KEY, "Port 25"), (ZONE, "Port 53"), (UPLINK, "Port 67"), (LEASES, "Port 80")], &["W O8 13"]),
        (
            &[
                (KEY, "Port 25"),
                (ZONE, "Port 53"),
                (UPLINK, "Port 67"),
                (LEASES, "Port 80"),
                ("type = \"single\"", "type = \"single\"\nordered = true"),
            ],
            &[],
        ),
        (&[(KEY, "10-20 m"), (ZONE, "15-30 m"), (UPLINK, "40-50 m"), (LEASES, "60-70 m")], &["W O5 18"]),
        (
            &[(KEY, "It has a relay"), (ZONE, "It has a zone"), (UPLINK, "It has a trunk"), (LEASES, "It has a bridge")],
            &["W O15 13"],
        ),
    ]);
}

#[test]
fn options_by_wording() {
    hold(&[
        (&[(UPLINK, "Installing an uplink")], &["W O4 22"]),
        (&[(ZONE, "Add a zone"), (UPLINK, "Add an uplink"), (LEASES, "Extend the life"), (KEY, "The relay there")], &["W O4 13"]),
        (&[(UPLINK, "A second switch uplink.")], &["W O4 22"]),
        (&[(UPLINK, "a second switch uplink")], &["W O4 22"]),
        (&[(QUESTION, "The network lacks a ____.")], &["W O4 6"]),
        (&[(UPLINK, "A link that always works")], &["W O9 22"]),
        (&[(KEY, "A relay that is often used")], &["W O9 13"]),
        (&[("Desks in the annex", "Desks behind the gateway"), (LEASES, "A longer life of scopes")], &["W O10 13"]),
        (&[("Desks in the annex", "Desks behind the gateway")], &[]),
        (&[(KEY, "A longer switch zone"), (LEASES, "A longer life")], &["W O11 13"]),
        (&[(KEY, "A faster uplink"), (UPLINK, "A slower uplink")], &["W O14 22"]),
        (&[(KEY, "A faster uplink"), (UPLINK, "A slower uplink"), (ZONE, "A faster zone"), (LEASES, "A slower zone")], &[]),
    ]);
}

#[test]
fn explanations() {
    hold(&[
        (&[(ZONE_REASON, "")], &["E X1 19"]),
        (&[(ZONE_REASON_LINE, "")], &["E X1 17"]),
        (&[(ZONE_REASON, "This is not what desks lack here.")], &["E O12 19"]),
        (&[(ZONE_REASON, "Name resolution comes after addressing, as option C tells in more words.")], &["E X2 19"]),
        (&[(ZONE_REASON, "Name resolution comes after addressing, as the first option tells in words.")], &["E X2 19"]),
        (&[("remember = \"DHCP broadcasts stop at a router: each subnet needs a relay.\"\n", "")], &["W X3 1"]),
        (
            &[
                (ZONE_REASON, "Name resolution comes after addressing, even on one machine."),
                (UPLINK_REASON, "Uplinks carry frames of any kind, and nothing else."),
                (
                    "Long leases save traffic, and a client still has to reach the server once.",
                    "Leases save traffic, once a client has reached it.",
                ),
                (
                    "Discover messages are broadcasts, which a router drops; a relay passes them on as unicast.",
                    "It passes messages on.",
                ),
                ("DHCP broadcasts stop at a router: each subnet needs a relay.", "Each subnet needs a relay."),
            ],
            &["W X3 7"],
        ),
    ]);
}

#[test]
fn waivers() {
    const ASKS_NOTHING: (&str, &str) = (QUESTION, "Name the missing part.");
    let with = |changes: &[(&str, &str)], waiver: &str| complaints_of(&(changed(changes) + waiver));
    assert_eq!(with(&[ASKS_NOTHING], "[[waiver]]\nrule = \"S1\"\nreason = \"An order, as at work.\"\n"), [""; 0]);
    assert_eq!(with(&[ASKS_NOTHING], "[[waiver]]\nrule = \"S1\"\n"), ["W S1 6", "E F2 28"]);
    assert_eq!(with(&[], "[[waiver]]\nrule = \"S1\"\nreason = \"An order.\"\n"), ["W V1 29"]);
    assert_eq!(with(&[], "[[waiver]]\nrule = \"S99\"\nreason = \"No such rule.\"\n"), ["W V1 29"]);
    assert_eq!(
        with(&[(LEASES, "All of the above")], "[[waiver]]\nrule = \"O3\"\nreason = \"An E rule.\"\n"),
        ["E O3 26", "W O9 26", "W V1 29"]
    );
}
