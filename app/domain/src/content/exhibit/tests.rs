//! Exhibits on the sites that stand in `content/`.

use std::collections::BTreeMap;

use super::{Block, Exhibit, Rendered, Setup, bundle};
use crate::content::bank::{self, Bank, Mistake};
use crate::content::check::exhibits::check;
use crate::ids::ExamId;

const CLINIC: &str = include_str!("../../../../../content/sites/clinic.toml");

const EXAM: &str = r#"schema = 1
[exam]
id = "network-plus"
code = "N"
name = "N"
max_questions = 90
minutes = 90
passing_score = 720
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
title = "T"
scenario = true
keywords = ["gateway"]
"#;

const HEAD: &str = r#"objective = "1.1"
type = "typed"
level = "apply"
difficulty = "medium"
stem = "Which gateway does it have? Type it."
remember = "R"
source = "S"
checked = 2026-11-22
keywords = ["gateway"]
[answer]
form = "ipv4"
accepted = ["{gateway}"]
reason = "R"
"#;

const PLAN: &str = r#"[exhibit]
title = "{device} in the morning"
site = "clinic"
device = ["PC-01", "PC-03"]
shows = ["Default Gateway . . . . . . . . . : 10.{a}.10.1"]
hides = ["169.254."]
[[exhibit.show]]
command = "ipconfig /all"
[exhibit.values]
gateway = "gateway of {device}"
"#;

/// The item with `extra` fields, and an exhibit or none.
fn item(id: &str, extra: &str, plan: &str) -> (String, String) {
    (format!("n/items/1.1/{id}.toml"), format!("id = \"{id}\"\n{extra}{HEAD}{plan}"))
}

fn read(files: &[(String, String)]) -> (Bank, Vec<Mistake>) {
    let mut all =
        BTreeMap::from([("n/exam.toml".to_owned(), EXAM.to_owned()), ("sites/clinic.toml".to_owned(), CLINIC.to_owned())]);
    all.extend(files.iter().cloned());
    bank::read(&all)
}

/// Everything that reading and trying two seeds complains of.
fn complaints(files: &[(String, String)]) -> Vec<String> {
    let (bank, mut mistakes) = read(files);
    mistakes.extend(check(&bank, 2));
    mistakes.iter().map(|mistake| format!("{} {}", mistake.complaint.line, mistake.complaint)).collect()
}

fn setup(plan: &str) -> Setup {
    let (bank, mistakes) = read(&[item("net-x", "", plan)]);
    assert_eq!(mistakes, []);
    bank.items[0].authored.item.exhibit().unwrap().clone()
}

fn rendered(plan: &str, seed: u64) -> Rendered {
    setup(plan).render(seed).unwrap()
}

/// A plan with one text replaced; it must be there exactly once.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(PLAN.matches(from).count(), 1, "{from:?}");
    PLAN.replace(from, to)
}

fn text(exhibit: &Exhibit) -> String {
    exhibit.plain_text()
}

#[test]
fn the_seed_decides_what_is_shown_and_the_values_stand_in_it() {
    let setup = setup(PLAN);
    assert_eq!(setup.render(1), setup.render(1));
    let (mut addresses, mut devices) = (std::collections::BTreeSet::new(), std::collections::BTreeSet::new());
    for seed in 0..40 {
        let Rendered { exhibit, values } = setup.render(seed).unwrap();
        let gateway = &values["gateway"];
        assert!(text(&exhibit).contains(&format!("Default Gateway . . . . . . . . . : {gateway}\n")), "seed {seed}");
        assert!(text(&exhibit).contains(&format!("Host Name . . . . . . . . . . . . : {}\n", values["device"])), "seed {seed}");
        assert_eq!(exhibit.title, format!("{} in the morning", values["device"]));
        addresses.insert(gateway.clone());
        devices.insert(values["device"].clone());
    }
    assert!(addresses.len() > 15 && devices.len() == 2, "{addresses:?} {devices:?}");
}

#[test]
fn a_fault_shows_as_the_engine_makes_it_and_never_by_its_name() {
    let plan = "[exhibit]\ntitle = \"T\"\nsite = \"clinic\"\ndevice = [\"PC-01\"]\nshows = [\"STAFF\"]\n\
                [[exhibit.fault]]\nid = \"R1\"\ndevice = \"SW-1\"\nport = \"Gi0/1\"\n\
                [[exhibit.show]]\ndevice = \"SW-1\"\ncommand = \"show vlan brief\"\n\
                [[exhibit.show]]\ndevice = \"SW-1\"\ncommand = \"show interfaces Gi0/1 status\"\n\
                [exhibit.values]\nnow = \"vlan of SW-1/Gi0/1\"\nright = \"healthy vlan of SW-1/Gi0/1\"\n";
    let Rendered { exhibit, values } = rendered(plan, 5);
    assert_eq!(values["right"], "10");
    assert_ne!(values["now"], "10");
    let [Block::Terminal(terminal)] = &exhibit.blocks[..] else { panic!("one terminal for both lines: {exhibit:?}") };
    assert_eq!(terminal.text.matches("SW-1>").count(), 2, "{}", terminal.text);
    let told = format!("{exhibit:?}");
    for hidden in ["R1", "wrong VLAN"] {
        assert!(!told.contains(hidden), "{hidden} in {told}");
    }
}

#[test]
fn panels_maps_and_what_was_done_before_are_shown() {
    let plan = "[exhibit]\ntitle = \"T\"\nsite = \"clinic\"\ndevice = [\"PC-02\"]\nshows = [\"{device} Ethernet - SW-1 Gi0/2\", \"Staff\"]\n\
                before = \"\"\"\n# a look\nsh {device} cmd ping 10.{a}.10.1\n\"\"\"\n\
                [[exhibit.show]]\ncommand = \"arp -a\"\n\
                [[exhibit.show]]\npanel = \"dhcp\"\ndevice = \"SRV-1\"\ntable = \"Scopes\"\nrows = 1\n\
                [[exhibit.show]]\ntopology = [\"PC-02\", \"SW-1\", \"FW-1\"]\n\
                [exhibit.values]\nmac = \"after \\\"10.{a}.10.1 \\\"\"\nlinks = \"count \\\" - \\\"\"\n\
                pool = \"before \\\" | Active\\\"\"\nletter = \"= {a}\"\nport = \"port of {device}\"\n";
    let Rendered { exhibit, values } = rendered(plan, 9);
    assert_eq!(values["port"], "Gi0/2");
    assert!(values["pool"].ends_with(&format!("10.{}.10.120", values["letter"])), "{values:?}");
    let [Block::Terminal(arp), Block::Table(scopes), Block::Topology(drawn)] = &exhibit.blocks[..] else { panic!("{exhibit:?}") };
    assert!(arp.text.contains(&values["mac"]) && values["mac"].len() == 17, "{values:?} in {}", arp.text);
    assert_eq!((scopes.rows.len(), scopes.device.as_str()), (1, "SRV-1"));
    assert_eq!((drawn.devices.len(), drawn.links.len()), (3, 2));
}

#[test]
fn what_cannot_be_made_is_refused_at_its_line_with_what_to_write() {
    for (from, to, wanted) in [
        ("site = \"clinic\"", "site = \"clinik\"", "E3 there is no site `clinik`. Known: clinic"),
        ("\"PC-01\", \"PC-03\"", "\"PC-1\"", "E2 the site has no device “PC-1”. Did you mean “PC-04”?"),
        ("ipconfig /all", "ipconfig /sideways", "E2 “Default Gateway"),
        ("ipconfig /all", "wmic os", "E2 the model does not hold “cmd: wmic”"),
        ("ipconfig /all", "services.msc", "opens a window: show it as a `panel`"),
        ("hides = [\"169.254.\"]", "hides = [\"Host Name\"]", "E2 “Host Name” stands in it"),
        ("10.{a}.10.1", "10.{a}.10.99", "does not stand in it"),
        ("gateway of {device}", "gate of {device}", "there is no field “gate”: write `FIELD of DEVICE`"),
        ("gateway of {device}", "after \\\"Nothing like it\\\"", "does not stand in it"),
        ("gateway of {device}", "dhcp of SRV-1", "SRV-1 has no dhcp now"),
        ("command = \"ipconfig /all\"", "panel = \"service\"", "F2 there is no panel `service`. Did you mean “services”?"),
        ("command = \"ipconfig /all\"", "panel = \"dhcp\"", "has no panel"),
        ("command = \"ipconfig /all\"", "command = \"ipconfig\"\nshell = \"bash\"", "has no such command line"),
        ("[[exhibit.show]]", "[[exhibit.fault]]\nid = \"N99\"\n[[exhibit.show]]", "There is no fault “N99”"),
        ("[[exhibit.show]]", "[[exhibit.fault]]\nid = \"R5\"\ndevice = \"PC-01\"\n[[exhibit.show]]", "cannot be put on PC-01"),
        ("shows = [\"Default Gateway . . . . . . . . . : 10.{a}.10.1\"]\n", "", "F2 exhibit needs a field `shows`"),
    ] {
        let found = complaints(&[item("net-x", "", &changed(from, to))]);
        assert!(found.iter().any(|one| one.contains(wanted)), "{to}: {found:?}");
    }
    // Lines are those of the file: the device stands in the fourth line below the item's own sixteen.
    let found = complaints(&[item("net-x", "", &changed("\"PC-01\", \"PC-03\"", "\"PC-1\""))]);
    let head = HEAD.lines().count() + 1;
    assert!(found[0].starts_with(&format!("{} ", head + 4)), "{found:?}");
}

#[test]
fn what_is_done_before_is_refused_at_its_line() {
    let plan = changed("shows =", "before = \"\"\"\nsh PC-01 cmd dir\ndance\n\"\"\"\nshows =");
    let found = complaints(&[item("net-x", "", &plan)]);
    let line = HEAD.lines().count() + 1 + 4 + 3;
    assert!(found[0].starts_with(&format!("{line} E E2 “dance” is no kind of action")), "{found:?}");
}

#[test]
fn texts_name_the_values_that_there_are_and_stay_right_with_them() {
    let found = |from: &str, to: &str| {
        let (path, text) = item("net-x", "", PLAN);
        assert!(text.contains(from));
        complaints(&[(path, text.replace(from, to))]).join("; ")
    };
    assert!(found("{gateway}\"]", "{gatway}\"]").contains("E4 there is no value `gatway`: the exhibit gives device, gateway"));
    assert!(found("{gateway}\"]", "192.0.2.1\"]").contains("E4 no text names the value `gateway`: leave it out"));
    let mistake = "[[mistake]]\ntext = \"{gateway}\"\nreason = \"R\"\n[exhibit]";
    assert!(found("[exhibit]", mistake).contains("is accepted as right"));
    let choice = "[[option]]\ntext = \"{gateway}\"\nkey = true\n[[option]]\ntext = \"`{gateway}`\"\n";
    let (head, rest) = (HEAD.split_once("[answer]").unwrap().0, "[exhibit]");
    let text = format!("id = \"net-x\"\n{}{choice}{rest}{}", head.replace("typed", "single"), PLAN.split_once(rest).unwrap().1);
    let found = complaints(&[("n/items/1.1/net-x.toml".to_owned(), text)]).join("; ");
    assert!(found.contains("E4 two options become “10."), "{found}");
}

const CASE: &str = "id = \"net-case-a\"\ntext = \"The desk calls.\"\n";

fn case_of(parts: usize) -> Vec<(String, String)> {
    let mut files = vec![("n/cases/net-case-a.toml".to_owned(), format!("{CASE}{PLAN}"))];
    files.extend((1..=parts).map(|part| item(&format!("net-case-a-{part}"), "case = \"net-case-a\"\n", "")));
    files
}

#[test]
fn the_parts_of_a_case_share_its_text_and_exhibit() {
    let (bank, mistakes) = read(&case_of(2));
    assert_eq!(mistakes, []);
    let exhibits: Vec<_> = bank.items.iter().map(|item| item.authored.item.exhibit().unwrap().render(3).unwrap()).collect();
    assert_eq!(exhibits[0], exhibits[1]);
    assert_eq!(exhibits[0].exhibit.text.plain_text(), "The desk calls.");
    assert_eq!(complaints(&case_of(4)), [""; 0]);
}

#[test]
fn a_case_has_two_to_four_parts_of_its_own_exam_and_they_have_no_other_exhibit() {
    for parts in [0, 1, 5] {
        let found = complaints(&case_of(parts));
        assert_eq!(found[0], format!("1 E E3 {parts} items have case = \"net-case-a\": make it 2 to 4"));
    }
    let found = complaints(&[item("net-x", "generator = \"ipv4-network\"\n", PLAN)]);
    assert!(found.iter().any(|one| one.starts_with("2 E E3 its values come from a generator or from an exhibit")), "{found:?}");
    let mut files = case_of(2);
    files.push(item("net-y", "case = \"net-case-b\"\n", ""));
    files.push(item("net-z", "case = \"net-case-a\"\n", PLAN));
    let found = complaints(&files);
    assert!(found.iter().any(|one| one.contains("E3 there is no case `net-case-b`")), "{found:?}");
    assert!(found.iter().any(|one| one.contains("E3 the exhibit of a case stands in its file")), "{found:?}");
}

#[test]
fn what_was_stored_is_read_back_whatever_became_of_the_files() {
    let files = [case_of(2), vec![item("net-x", "", PLAN), item("net-plain", "", "")]].concat();
    let (bank, mistakes) = read(&files);
    assert_eq!(mistakes, []);
    for file in &bank.items {
        let item = &file.authored.item;
        let again = bundle::parse(&ExamId::from("network-plus"), &file.text).value.unwrap();
        assert_eq!((&again.id, &again.version, &again.case), (&item.id, &item.version, &item.case));
        assert_eq!(again.exhibit().map(|setup| setup.render(7)), item.exhibit().map(|setup| setup.render(7)));
    }
    // A change of the site or of the case is another version; an item without an exhibit keeps its own.
    let version = |bank: &Bank, id: &str| {
        bank.items.iter().find(|file| file.authored.item.id.as_str() == id).unwrap().authored.item.version.clone()
    };
    let mut other = files.clone();
    other[0].1 = other[0].1.replace("The desk calls.", "The desk calls again.");
    other.push(("sites/clinic.toml".to_owned(), CLINIC.replace("Front desk", "First desk")));
    let (changed, _) = read(&other);
    for id in ["net-x", "net-case-a-1"] {
        assert_ne!(version(&bank, id), version(&changed, id));
    }
    assert_eq!(version(&bank, "net-plain"), version(&changed, "net-plain"));
}
