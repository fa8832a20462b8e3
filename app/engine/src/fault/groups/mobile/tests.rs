//! Each fault of phones, its right fix, and what only looks like one.

use crate::fault::trial::{Trial, keep_their_word};
use crate::panel::{Operation, PanelKind, Refused, apply};
use crate::probe::Probe;
use crate::ticket::protected::{self, Weakened};
use crate::time::Span;

/// In the clinic, whose directory M6 needs.
fn trial(id: &str) -> (Trial, Probe, String) {
    let what = match id {
        "M5" => "phone mail",
        "M7" => "phone apps",
        _ => "phone safe",
    };
    let trial = Trial::anywhere(id);
    let (device, owner) = (trial.target.device, trial.target.name.clone());
    let probe = match trial.target.person {
        Some(person) if id == "M6" => Probe::SignIn { device, person },
        _ => Probe::Condition { device, what: what.to_owned() },
    };
    trial.breaks(&probe);
    (trial, probe, owner)
}

fn manage(trial: &mut Trial, verb: &str, target: &str) -> String {
    trial.panel("PC-04", PanelKind::MobileDevices, verb, target, &[])
}

fn refused(trial: &mut Trial, verb: &str, target: &str) -> String {
    let operation = Operation { verb: verb.to_owned(), target: target.to_owned(), ..Operation::default() };
    let device = trial.id("PC-04");
    let Refused(why) = apply(&mut trial.world, device, PanelKind::MobileDevices, &operation).unwrap_err();
    why
}

fn weakened(trial: &Trial) -> Vec<Weakened> {
    protected::weakened(&protected::of(&trial.healthy), &protected::of(&trial.world))
}

#[test]
fn phones_keep_the_word_of_the_group_everywhere() {
    assert!(["M5", "M6", "M7", "M10", "M11"].iter().all(|id| keep_their_word("M").contains(id)));
}

#[test]
fn m5_an_update_and_a_check_in() {
    let (mut trial, probe, owner) = trial("M5");
    manage(&mut trial, "sync", &owner);
    assert!(trial.present(), "it is as old as before");
    manage(&mut trial, "update", &owner);
    assert!(trial.present(), "the console does not know yet");
    assert_eq!(manage(&mut trial, "sync", &owner), "It checked in: compliant.");
    trial.is_fixed(&probe);
    assert_eq!(weakened(&trial), []);
}

#[test]
fn m5_another_rule_lets_the_phone_in_and_is_damage() {
    let (mut trial, probe, owner) = trial("M5");
    trial.panel("PC-04", PanelKind::MobileDevices, "set-required", "", &[("version", "10")]);
    manage(&mut trial, "sync", &owner);
    assert!(probe.passes(&trial.world) && trial.present());
    assert_eq!(weakened(&trial), [Weakened("Oldest system of phones that is allowed".to_owned())]);
}

#[test]
fn m6_unlocked_it_locks_again_until_the_phone_knows() {
    let (mut trial, probe, owner) = trial("M6");
    let phone = crate::machine::phones::of(&trial.world, &owner).unwrap().name.clone();
    trial.panel("SRV-1", PanelKind::Directory, "unlock", &owner, &[]);
    assert!(probe.passes(&trial.world) && trial.present());
    trial.world.wait(Span::minutes(12));
    assert!(!probe.passes(&trial.world), "locked again");
    let events = &trial.world.device(trial.id("SRV-1")).windows().unwrap().events;
    let lock = events.iter().rev().find(|event| event.id == 4740).unwrap();
    assert!(lock.text.ends_with(&format!("Caller Computer Name:\t{phone}")), "{}", lock.text);
    manage(&mut trial, "enter-password", &owner);
    trial.panel("SRV-1", PanelKind::Directory, "unlock", &owner, &[]);
    trial.world.wait(Span::minutes(30));
    trial.is_fixed(&probe);
}

#[test]
fn m7_pictures_move_and_are_not_lost() {
    let (mut trial, probe, owner) = trial("M7");
    assert!(refused(&mut trial, "update", &owner).contains("are free"));
    manage(&mut trial, "move-pictures", &owner);
    trial.is_fixed(&probe);
    assert_eq!(weakened(&trial), []);
    let (mut reset, _, owner) = self::trial("M7");
    manage(&mut reset, "wipe", &owner);
    assert_eq!(weakened(&reset), [Weakened(format!("Data on the phone of {owner}"))]);
}

#[test]
fn m7_a_full_cloud_drive_takes_no_pictures() {
    let (mut trial, _, owner) = trial("M7");
    trial.world.tenant.as_mut().unwrap().users.get_mut(&owner).unwrap().quota = 5000;
    assert!(refused(&mut trial, "move-pictures", &owner).starts_with("The cloud drive has room for"));
    assert!(trial.present());
}

#[test]
fn m10_locked_is_not_enough_and_wiped_is_no_damage() {
    let (mut trial, probe, owner) = trial("M10");
    assert_eq!(refused(&mut trial, "enter-password", &owner), "Its owner does not have it.");
    manage(&mut trial, "lock", &owner);
    assert!(trial.present());
    manage(&mut trial, "wipe", &owner);
    trial.is_fixed(&probe);
    assert_eq!(weakened(&trial), []);
    assert!(refused(&mut trial, "sync", &owner).starts_with("There is no phone in use"));
    let person = trial.target.person.unwrap();
    assert!(!Probe::Cloud { person, service: "Business".to_owned() }.passes(&trial.world), "the second factor was on it");
}

#[test]
fn m11_an_administrator_is_not_uninstalled() {
    let (mut trial, probe, owner) = trial("M11");
    let app = format!("{owner}: Battery Doctor Free");
    assert!(refused(&mut trial, "uninstall", &app).contains("cannot be uninstalled"));
    assert!(refused(&mut trial, "uninstall", &format!("{owner}: Chess")).contains("There is no app"));
    manage(&mut trial, "remove-administrator", &app);
    manage(&mut trial, "uninstall", &app);
    trial.is_fixed(&probe);
}
