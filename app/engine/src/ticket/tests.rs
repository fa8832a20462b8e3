//! Tickets with two causes, and tickets where nothing is broken.

use super::action::Action;
use super::prove::{actions, prove};
use super::run::{Given, Run};
use super::scenario::{Scenario, prepare};
use super::verdict::{Verdict, judge};
use crate::site::Site;

const HEAD: &str = r#"
id = "printer"
title = "Printer"
site = "clinic"
track = "Printers"
kind = "printers"
difficulty = "easy"
minutes = 20
objectives = []
debrief = "What is taught."
"#;

const TAIL: &str = r#"
[requester]
persons = ["receptionist", "nurse"]
patience = 400
politeness = 100

[brief]
subject = "Printer"
text = "Nothing comes out."

[[probe]]
kind = "print"
target = "Front desk"

[rules]
notes = ["printer"]

[rubric]
root_cause = 30
service = 20
no_damage = 10
evidence = 15
theory = 5
verification = 8
communication = 7
notes = 5
pass = 70

[[wrong]]
name = "Another driver"
script = """
panel {device} printers set-driver "Front desk" driver=postscript
"""
"#;

const LOOKS: &str = r"
say {requester} greet friendly
say {requester} ask friendly symptom
say {requester} set-expectation friendly works
open {device} printers
open {device} services
open PRN-1 printer
sh {device} cmd ipconfig /all
sh {device} cmd ping 10.{a}.10.40
";

const EXPLAIN: &str = r#"
theory {layer} "{component}" {fault}
say {requester} explain friendly {topic}
say {requester} confirm friendly works
resolve cause="Nothing: the printer waits until the owner stands there" change="none" verification="shown" prevention="a note"
"#;

const SPOOLER: &str = r#"
theory {layer} "{component}" {fault}
panel {device} services set-startup Spooler startup=automatic
panel {device} services start Spooler
open {device} services
"#;

const RESERVATION: &str = r#"
theory {layer2} "{component2}" {fault2}
panel SRV-1 dhcp add-reservation Staff address=10.{a}.10.40 mac={mac:PRN-1}
do power PRN-1 hold
do power PRN-1 on
wait 2m
sh {device} cmd ping 10.{a}.10.40
"#;

const CLOSE: &str = r#"
say {requester} confirm friendly works
resolve cause="Spooler stopped, printer had lost its address" change="both" verification="a page" prevention="written down"
"#;

fn clinic() -> Site {
    toml::from_str(include_str!("../../../../content/sites/clinic.toml")).unwrap()
}

fn scenario(middle: &str, solution: &str) -> Scenario {
    toml::from_str(&format!("{HEAD}solution = '''{solution}'''\n{middle}\n{TAIL}")).unwrap()
}

fn misunderstood() -> Scenario {
    let middle = "candidates = [\"P2\", \"P3\", \"P4\", \"N1\"]\n[misunderstanding]\ntopic = \"usage\"";
    scenario(middle, &format!("{LOOKS}{EXPLAIN}"))
}

fn two_causes() -> Scenario {
    let middle = "candidates = [\"P3\", \"P4\", \"P2\", \"N1\", \"N2\"]\n[[fault]]\nid = \"P3\"\ndevice = \"{device}\"\n[[fault]]\nid = \"P4\"";
    scenario(middle, &format!("{LOOKS}{SPOOLER}{RESERVATION}{CLOSE}"))
}

fn play(scenario: &Scenario, script: &str) -> (Given, Run, Verdict) {
    let given = prepare(scenario, &clinic(), 3).unwrap();
    let actions: Vec<Action> = actions(script, &given).unwrap();
    let mut run = Run::start(&given);
    for action in actions {
        run.act(action, &given.needs);
    }
    let verdict = judge(scenario, &given, &run);
    (given, run, verdict)
}

#[test]
fn both_are_sound() {
    for seed in 0..2 {
        assert_eq!(prove(&misunderstood(), &clinic(), seed), []);
        assert_eq!(prove(&two_causes(), &clinic(), seed), []);
    }
}

#[test]
fn one_of_two_causes_is_half_the_way() {
    let (_, _, verdict) = play(&two_causes(), &format!("{LOOKS}{SPOOLER}{CLOSE}"));
    assert!(!verdict.root_cause_fixed && !verdict.pass && !verdict.service_restored);
    assert_eq!((verdict.parts[0].points, verdict.parts[0].findings.len()), (15, 2));
    let (given, _, _) = play(&two_causes(), "");
    assert_eq!((given.names["fault"].as_str(), given.names["fault2"].as_str()), ("P3", "P4"));
    assert_ne!(given.names["component"], given.names["component2"]);
}

#[test]
fn the_requester_takes_it_for_broken_until_it_is_explained() {
    let (given, run, _) = play(
        &misunderstood(),
        "say {requester} ask friendly symptom\nsay {requester} confirm friendly works\nsay {requester} explain friendly \
         files\nsay {requester} explain technical usage\nsay {requester} explain friendly usage\nsay {requester} confirm friendly works",
    );
    let told: Vec<_> = run.log.iter().map(|entry| entry.output.text()).collect();
    assert!(given.needs.iter().all(|probe| probe.passes(&given.start)));
    assert!(told[0].contains("Nothing good comes out"), "{told:#?}");
    assert!(told[1].contains("No, not yet"), "{told:#?}");
    assert!(told[2].contains("not what I mean"), "{told:#?}");
    assert!(told[5].contains("it works now"), "{told:#?}");
    assert!(run.log.iter().all(|entry| !entry.changed));
}

#[test]
fn a_change_or_a_guess_or_a_hand_over_does_not_clear_a_misunderstanding_up() {
    for (script, wanted) in [
        (format!("{LOOKS}panel {{device}} printers set-driver \"Front desk\" driver=postscript\n{EXPLAIN}"), "changed something"),
        (EXPLAIN.to_owned(), "before you had looked"),
        (format!("{LOOKS}resolve cause=\"printer\""), "was not told"),
        (format!("{LOOKS}escalate T2 evidence=4,5,6 tried=\"looked at the printer\""), "nothing to hand over"),
    ] {
        let (_, _, verdict) = play(&misunderstood(), &script);
        assert!(!verdict.pass && !verdict.root_cause_fixed, "{script}");
        assert!(verdict.parts[0].findings[0].text.contains(wanted), "{script}: {:?}", verdict.parts[0]);
    }
}

/// Pages and people know it by its title.
#[test]
fn a_theory_may_say_by_its_title_that_nothing_is_broken() {
    let line = format!("theory person understanding \"{}\"", super::cause::NOTHING_BROKEN);
    let (_, run, verdict) = play(&misunderstood(), &line);
    assert_eq!(verdict.theories[0].fits, super::verdict::Fit::Cause, "{:?}", run.log);
}

#[test]
fn what_cannot_be_a_ticket_is_refused_with_the_field() {
    let refused = |scenario: &Scenario| -> Vec<String> {
        let complaints = prepare(scenario, &clinic(), 0).unwrap_err();
        complaints.into_iter().map(|one| format!("{}: {}", one.path, one.message)).collect()
    };
    let mut one = misunderstood();
    one.fault = two_causes().fault;
    one.rules.escalate = Some("T2".to_owned());
    assert!(refused(&one).iter().any(|text| text.starts_with("fault: Where there is a [misunderstanding]")));
    assert!(refused(&one).iter().any(|text| text.starts_with("rules.escalate")));
    let mut one = misunderstood();
    one.misunderstanding.as_mut().unwrap().topic = "weather".to_owned();
    one.requester.patience = Some(1001);
    assert!(refused(&one).iter().any(|text| text.starts_with("misunderstanding.topic: There is no topic “weather”")));
    assert!(refused(&one).iter().any(|text| text.starts_with("requester.patience")));
    let mut one = two_causes();
    one.fault.push(one.fault[0].clone());
    assert!(refused(&one).iter().any(|text| text.contains("At most two faults")));
    one.fault.clear();
    assert!(refused(&one).iter().any(|text| text.contains("Write a [[fault]]")));
}

#[test]
fn impolite_people_say_so_and_lose_patience_sooner() {
    let (given, run, _) = play(&two_causes(), "say {requester} greet friendly\nsay {requester} ask plain symptom");
    assert!(run.log[0].output.text().contains("At last"));
    assert_eq!(given.start.person(given.requester).patience, 400);
    assert_eq!(run.world.person(given.requester).patience, 340);
}

fn mark<'v>(verdict: &'v Verdict, name: &str) -> &'v super::verdict::Part {
    verdict.parts.iter().find(|part| part.name == name).unwrap()
}

#[test]
fn changes_without_a_look_between_them_are_held_against_the_learner() {
    let rest = format!("{RESERVATION}{CLOSE}");
    let (_, _, careful) = play(&two_causes(), &format!("{LOOKS}{SPOOLER}{rest}"));
    assert_eq!(mark(&careful, "One change at a time").points, 5);
    let other = "panel {device} adapter set-dns Ethernet preferred=203.0.113.53\n";
    let (_, _, shotgun) = play(&two_causes(), &format!("{LOOKS}{other}{SPOOLER}{rest}"));
    let part = mark(&shotgun, "One change at a time");
    assert_eq!(part.points, 2, "{part:?}");
    assert_eq!(part.findings[0].actions, [9, 11, 12], "{part:?}");
    let (_, _, looked) = play(&two_causes(), &format!("{LOOKS}{other}sh {{device}} cmd ping 10.{{a}}.10.40\n{SPOOLER}{rest}"));
    assert_eq!(mark(&looked, "One change at a time").points, 5);
    let (_, _, nothing) = play(&two_causes(), "");
    assert_eq!(mark(&nothing, "One change at a time").points, 0);
}

/// Whoever cuts a hostile machine off first and looks then has seen as much as one who looks first.
#[test]
fn evidence_counts_after_the_machine_was_isolated() {
    let scenario: Scenario = toml::from_str(include_str!("../../../../content/scenarios/clinic-hot-when-idle.toml")).unwrap();
    let unplug = "do unplug {device}/Ethernet\n";
    let look = "open {device} task-manager\n";
    let isolated = scenario.solution.replace(unplug, "").replace(look, &format!("{unplug}{look}"));
    let isolated = isolated.replace("evidence=5,6", "evidence=6,7");
    let (given, run, verdict) = play(&scenario, &isolated);
    assert!(run.log[4].changed);
    assert_eq!(super::verdict::first_change(&given, &run), None);
    assert_eq!((verdict.score, verdict.pass), (verdict.max, true), "{:#?}", verdict.parts);
    let (given, run, _) = play(&scenario, "do power {device} hold\nopen {device} task-manager");
    assert_eq!(super::verdict::first_change(&given, &run), Some(0), "that destroys evidence");
    let mut lost = scenario.clone();
    lost.fault =
        vec![super::scenario::FaultSpec { id: "M10".to_owned(), device: Some("{device}".to_owned()), ..Default::default() }];
    let (given, run, _) = play(&lost, unplug);
    assert_eq!(super::verdict::first_change(&given, &run), Some(0), "what is hostile is not there");
    let (given, run, _) = play(&two_causes(), "do unplug {device}/Ethernet\nopen {device} printers");
    assert_eq!(super::verdict::first_change(&given, &run), Some(0), "nothing hostile is there");
}

#[test]
fn a_laptop_that_could_burn_is_switched_off_without_damage_or_loss_of_evidence() {
    let off = "do power LT-01 hold\ndo look LT-01";
    let (_, _, harm) = play(&two_causes(), off);
    assert!(!harm.damage.is_empty(), "people rely on it");
    let mut swollen = two_causes();
    swollen.fault = vec![super::scenario::FaultSpec { id: "M2".to_owned(), ..Default::default() }];
    let (given, run, verdict) = play(&swollen, off);
    assert_eq!(verdict.damage, []);
    assert!(run.log[0].changed);
    assert_eq!(super::verdict::first_change(&given, &run), None);
}

/// The screen that asks for the recovery key takes what the directory keeps, so a solution can hold it for every seed.
#[test]
fn a_recovery_key_can_be_written_into_a_script() {
    let mut locked = two_causes();
    locked.fault =
        vec![super::scenario::FaultSpec { id: "B5".to_owned(), device: Some("LT-01".to_owned()), ..Default::default() }];
    let (given, run, _) = play(&locked, "panel LT-01 firmware enter-key key={recovery-key:LT-01}");
    assert_eq!(given.names["recovery-key:LT-01"].len(), 55, "eight groups of six digits");
    assert!(run.log[0].output.text().contains("unlocked"), "{:?}", run.log);
}

#[test]
fn a_hand_over_is_compared_with_the_world() {
    let text = include_str!("../../../../content/scenarios/school-annex-unreachable.toml");
    let scenario: Scenario = toml::from_str(text).unwrap();
    let site: Site = toml::from_str(include_str!("../../../../content/sites/school.toml")).unwrap();
    let given = prepare(&scenario, &site, 1).unwrap();
    let judged = |from: &str, to: &str| {
        assert!(scenario.solution.contains(from), "{from}");
        let mut run = Run::start(&given);
        for action in actions(&scenario.solution.replace(from, to), &given).unwrap() {
            run.act(action, &given.needs);
        }
        let verdict = judge(&scenario, &given, &run);
        let part = mark(&verdict, "Root cause").clone();
        (part.points, part.findings.last().unwrap().text.clone())
    };
    assert_eq!(judged("impact=high", "impact=high").0, 30);
    for (from, to, points, wanted) in [
        ("impact=high", "impact=low", 27, "You called the impact low, and"),
        ("urgency=high", "urgency=low", 27, "You called the urgency low"),
        ("evidence=3,5,8", "evidence=1,5,8", 27, "look the same under every other cause"),
        ("evidence=3,5,8", "evidence=1", 0, "without evidence"),
        ("escalate T3", "escalate T2", 0, "belongs to T3"),
    ] {
        let (got, text) = judged(from, to);
        assert_eq!(got, points, "{to}: {text}");
        assert!(text.contains(wanted), "{to}: {text}");
    }
}
