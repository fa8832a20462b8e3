//! `firstline tickets …` as authors and programs use it.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::*;

/// A scenario that these tests play: the requester's machine has a wrong default gateway.
const SCENARIO: &str = "clinic-no-internet";

fn tickets(arguments: &[&str]) -> Command {
    let data = Folder::new();
    let mut command = firstline(data.path());
    command.arg("tickets").args(arguments);
    command
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&succeed(&mut tickets(arguments))).unwrap()
}

/// The lines of `exec … --json`, with `script` on standard input.
fn exec(arguments: &[&str], script: &str) -> Vec<Value> {
    let mut child = tickets(&["exec", SCENARIO, "--seed", "1", "--json", "--script", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn scenarios_and_faults_are_listed() {
    let scenarios = json(&["list", "--json"]);
    assert!(scenarios.as_array().unwrap().iter().any(|one| one["id"] == SCENARIO));
    let faults = json(&["faults", "--json"]);
    let faults = faults.as_array().unwrap();
    assert!(faults.iter().any(|one| one["id"] == "N8" && one["group"] == "N"));
    for list in ["list", "faults"] {
        assert!(succeed(&mut tickets(&[list])).lines().count() > 10);
    }
}

#[test]
fn a_script_gives_a_line_for_each_action_and_the_verdict_last() {
    let lines = exec(&[], "sh {device} cmd ipconfig /all\n# nothing\n\nwait 1m\n");
    assert_eq!(lines.len(), 3);
    assert!(lines[0]["output"].as_str().unwrap().contains("Windows IP Configuration"), "{}", lines[0]);
    assert!(lines[0]["action"].as_str().unwrap().starts_with("sh "));
    assert_eq!(lines[1]["time_ms"], 60_000);
    assert_ne!(lines[0]["hash"], lines[1]["hash"]);
    let verdict = &lines[2]["verdict"];
    for field in ["root_cause_fixed", "service_restored", "workaround", "damage", "score", "max", "pass"] {
        assert!(!verdict[field].is_null(), "{field}");
    }
    assert_eq!(verdict["root_cause_fixed"], false);
    assert_eq!(verdict["pass"], false);
    // The same seed and actions give the same state.
    assert_eq!(exec(&[], "sh {device} cmd ipconfig /all\nwait 1m\n")[1]["hash"], lines[1]["hash"]);
}

#[test]
fn another_fault_or_none_can_be_put_in() {
    let healthy = exec(&["--healthy"], "");
    assert_eq!(healthy[0]["verdict"]["service_restored"], true);
    let unplugged = exec(&["--fault", "N1"], "sh {device} cmd ipconfig\n");
    assert!(unplugged[0]["output"].as_str().unwrap().contains("Media disconnected"), "{}", unplugged[0]);
    let message = fail(&mut tickets(&["exec", SCENARIO, "--seed", "1", "--fault", "N99"]));
    assert!(message.contains("There is no fault “N99”"), "{message}");
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_is_played() {
    let message = fail(&mut tickets(&["play", "clinic-no-internett"]));
    assert!(message.contains("There is no scenario") && message.contains(SCENARIO), "{message}");
    let folder = Folder::new();
    let script = folder.join("script.txt");
    fs::write(&script, "wait 1m\nsh PC-99 cmd dir\ndance\n").unwrap();
    let message = fail(tickets(&["exec", SCENARIO, "--seed", "1", "--script"]).arg(&script));
    assert!(message.contains("line 2: There is no device “PC-99”") && message.contains("line 3:"), "{message}");
}

#[test]
fn a_site_is_exported_as_data() {
    let export = json(&["export", SCENARIO, "--seed", "3", "--json"]);
    for field in ["devices", "links", "vlans", "routes", "services"] {
        assert!(!export[field].as_array().unwrap().is_empty(), "{field}");
    }
    assert!(export["faults"].is_null(), "nothing hidden is told unless it is asked for");
    let mut addressed = export["devices"].as_array().unwrap().iter().flat_map(|device| device["interfaces"].as_array().unwrap());
    let first = addressed.find_map(|interface| interface["addresses"].as_array()?.first()).unwrap();
    assert!(first["mask"].as_str().unwrap().starts_with("255."), "{first}");
    let told = json(&["export", SCENARIO, "--seed", "3", "--faults", "--json"]);
    assert_eq!(told["faults"][0]["id"], "N8");
}

#[test]
fn a_ticket_can_be_played_in_a_terminal() {
    let mut child = tickets(&["play", SCENARIO, "--seed", "2"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let typed = "help\ndevices\npeople\ncandidates\npanels PC-01\noffers PC-01 services\ncommands PC-01\nsh PC-01 cmd\nhostname\nexit\nlog\nnonsense\nquit\n";
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    for expected in
        ["No Internet on my computer", "Receptionist", "C:\\", "PC-01\n", "is no kind of action", "The cause is still there."]
    {
        assert!(text.contains(expected), "{expected} is missing in:\n{text}");
    }
}

/// Bad content is refused with file, line and what to write instead.
#[test]
fn broken_sites_and_scenarios_are_refused_with_file_and_line() {
    let good = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/content/sites/clinic.toml")).unwrap();
    let broken = |name: &str, from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        let folder = Folder::new();
        fs::create_dir_all(folder.join("sites")).unwrap();
        fs::write(folder.join("sites/clinic.toml"), good.replacen(from, to, 1)).unwrap();
        let message = fail(tickets(&["exec", SCENARIO, "--seed", "1"]).env("FIRSTLINE_CONTENT", folder.path()));
        let line = good.lines().position(|line| line.contains(from.lines().next().unwrap())).unwrap() + 1;
        (name.to_owned(), message, line)
    };
    let cases = [
        (broken("unknown field", "zone_minutes = 60", "zone_minuets = 60"), "unknown field `zone_minuets`"),
        (broken("unknown device", "from = \"PC-01/Ethernet\"", "from = \"PC-77/Ethernet\""), "There is no device “PC-77”"),
        (broken("impossible address", "address = \"198.51.100.2/30\"", "address = \"198.51.100.3/30\""), "broadcast address"),
        (broken("no address", "address = \"203.0.113.53/25\"", "address = \"203.0.113.353/25\""), "Write one such as"),
        (broken("unknown VLAN", "trunk = [10, 30]", "trunk = [10, 31]"), "There is no VLAN 31"),
    ];
    for ((name, message, line), expected) in cases {
        assert!(message.contains(expected), "{name}: {message}");
        assert!(message.contains("content/sites/clinic.toml:"), "{name}: {message}");
        let complaint = message.lines().find(|line| line.contains(expected)).unwrap();
        let told: usize =
            complaint.split("clinic.toml:").nth(1).and_then(|rest| rest.split(':').next()).unwrap().parse().unwrap();
        assert!(told.abs_diff(line) <= 1, "{name}: line {told} is told, line {line} is wrong: {message}");
    }
}

#[test]
fn a_fault_that_does_not_fit_is_refused() {
    let good = fs::read_to_string(format!("{}/content/scenarios/{SCENARIO}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let folder = Folder::new();
    fs::create_dir_all(folder.join("scenarios")).unwrap();
    let broken = good.replacen("id = \"N8\"", "id = \"R8\"", 1).replacen("a-plus-core-1/5.5", "a-plus-core-1/55", 1);
    fs::write(folder.join(&format!("scenarios/{SCENARIO}.toml")), broken).unwrap();
    let message = fail(tickets(&["exec", SCENARIO, "--seed", "1"]).env("FIRSTLINE_CONTENT", folder.path()));
    assert!(message.contains("cannot be put on PC-"), "{message}");
    let message = output_of_failure(firstline(folder.path()).args(["content", "check"]).env("FIRSTLINE_CONTENT", folder.path()));
    assert!(message.contains("E T3") && message.contains("cannot be put on PC-"), "{message}");
    assert!(message.contains("E T4") && message.contains("“a-plus-core-1/55” is no objective"), "{message}");
}

fn output_of_failure(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
