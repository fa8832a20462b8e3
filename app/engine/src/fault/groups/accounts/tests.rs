//! Each fault of the group, its right fix, and what only looks like one.

use crate::fault::trial::{Trial, clinic};
use crate::machine::sign_in;
use crate::panel::PanelKind;
use crate::probe::Probe;
use crate::shell::{Session, ShellKind, run};
use crate::time::Span;
use crate::world::files::Right;
use crate::world::{DeviceId, PersonId, World};

fn person(trial: &Trial) -> PersonId {
    trial.target.person.unwrap()
}

fn account(trial: &Trial) -> String {
    super::account(&trial.world, trial.target.person)
}

fn sign_in_probe(trial: &Trial) -> Probe {
    Probe::SignIn { device: trial.world.person(person(trial)).device.unwrap(), person: person(trial) }
}

fn type_in(trial: &mut Trial, device: DeviceId, user: &str, kind: ShellKind, line: &str) -> String {
    let mut session = Session { elevated: true, user: user.to_owned(), ..Session::open(&trial.world, device, kind).unwrap() };
    run(&mut trial.world, &mut session, line).text
}

/// What whoever is signed in there types into an ordinary prompt: drives and stored passwords are theirs.
fn person_types(trial: &mut Trial, device: DeviceId, line: &str) -> String {
    let mut session = Session::open(&trial.world, device, ShellKind::Cmd).unwrap();
    run(&mut trial.world, &mut session, line).text
}

fn share_probe(trial: &Trial, path: &str) -> Probe {
    Probe::Share { device: trial.target.device, person: person(trial), path: path.to_owned(), right: Right::Modify }
}

#[test]
fn a_healthy_clinic_has_a_place_for_every_fault() {
    let world = clinic();
    // A10 and A11 are about Linux machines with people on them: the clinic has none.
    for fault in super::FAULTS.iter().filter(|fault| !["A10", "A11"].contains(&fault.id)) {
        assert!(!(fault.targets)(&world).is_empty(), "{}", fault.id);
    }
}

#[test]
fn a1_caps_lock_and_layout() {
    for way in ["caps-lock", "layout"] {
        let mut trial = Trial::new("A1", clinic(), |_, target| target.name == way);
        let probe = sign_in_probe(&trial);
        trial.breaks(&probe);
        let name = account(&trial);
        trial.panel(
            "SRV-1",
            PanelKind::Directory,
            "reset-password",
            &name,
            &[("password", "Harbour-42-x"), ("must-change", "no")],
        );
        assert!(trial.present() && !probe.passes(&trial.world), "{way}: a new password is typed wrong too");
        let (device, layout) = (trial.world.device(trial.target.device).name.clone(), "English (United States)");
        if way == "layout" {
            trial.panel(&device, PanelKind::SystemSettings, "set-layout", "", &[("layout", layout)]);
        } else {
            trial.panel(&device, PanelKind::SystemSettings, "set", "", &[("caps-lock", "no")]);
        }
        trial.is_fixed(&probe);
    }
}

#[test]
fn a2_a_stale_credential_locks_the_account_again() {
    let mut trial = Trial::anywhere("A2");
    let probe = sign_in_probe(&trial);
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("SRV-1", PanelKind::Directory, "unlock", &name, &[]);
    assert!(probe.passes(&trial.world), "unlocked, it works for a while");
    assert!(trial.present());
    trial.world.wait(Span::minutes(12));
    assert!(!probe.passes(&trial.world), "locked again");
    let source = trial.world.device(trial.target.device).name.clone();
    let events = &trial.world.device(trial.id("SRV-1")).windows().unwrap().events;
    let lock = events.iter().rev().find(|event| event.id == 4740).unwrap();
    assert!(lock.text.ends_with(&format!("Caller Computer Name:\t{source}")), "{}", lock.text);

    let device = trial.target.device;
    let listed = person_types(&mut trial, device, "cmdkey /list");
    assert!(
        listed.contains(&format!("    Target: Domain:target=SRV-1\n    Type: Domain Password\n    User: {name}\n")),
        "{listed}"
    );
    let said = person_types(&mut trial, device, "cmdkey /delete:SRV-1");
    assert_eq!(said, "\nCMDKEY: Credential deleted successfully.\n");
    trial.panel("SRV-1", PanelKind::Directory, "unlock", &name, &[]);
    trial.world.wait(Span::minutes(30));
    trial.is_fixed(&probe);
}

#[test]
fn a2_a_task_with_the_old_password_is_another_source() {
    let mut trial = Trial::new("A2", crate::fault::trial::clinic(), |_, target| target.name == "Weekly export");
    let probe = sign_in_probe(&trial);
    trial.breaks(&probe);
    let name = account(&trial);
    let (device, machine) = (trial.target.device, trial.world.device(trial.target.device).name.clone());
    let listed = person_types(&mut trial, device, "cmdkey /list");
    assert!(!listed.contains("SRV-1"), "it is not in Credential Manager: {listed}");
    let listed = person_types(&mut trial, device, "schtasks /query");
    assert!(listed.contains("Weekly export"), "{listed}");
    trial.panel(&machine, PanelKind::TaskScheduler, "set-password", "Weekly export", &[("password", "Guess-1234")]);
    assert!(trial.present(), "another wrong password");
    trial.panel(&machine, PanelKind::TaskScheduler, "delete", "Weekly export", &[]);
    trial.panel("SRV-1", PanelKind::Directory, "unlock", &name, &[]);
    trial.world.wait(Span::minutes(30));
    trial.is_fixed(&probe);
}

#[test]
fn a3_an_expired_password() {
    let mut trial = Trial::anywhere("A3");
    let probe = sign_in_probe(&trial);
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("SRV-1", PanelKind::Directory, "set-expiry", &name, &[("never-expires", "yes")]);
    assert!(probe.passes(&trial.world) && trial.present(), "a flag hides it");
    trial.panel("SRV-1", PanelKind::Directory, "set-expiry", &name, &[("never-expires", "no")]);
    trial.panel("SRV-1", PanelKind::Directory, "reset-password", &name, &[("password", "Harbour-42-x")]);
    trial.is_fixed(&probe);
}

#[test]
fn a4_the_share_limits_the_folder() {
    let mut trial = Trial::new("A4", clinic(), |_, target| target.name == "team");
    let probe = share_probe(&trial, "\\\\SRV-1\\team");
    trial.breaks(&probe);
    let everyone = [("who", "Everyone"), ("right", "full")];
    let name = account(&trial);
    let seen = trial.panel("SRV-1", PanelKind::FileServer, "effective-access", "team", &[("who", &name)]);
    assert_eq!(seen, format!("Effective access of {name} to team: Read (limited by the share)"));
    trial.panel("SRV-1", PanelKind::FileServer, "set-share-permission", "team", &everyone);
    assert!(probe.passes(&trial.world) && trial.present(), "Everyone works and is no repair");
    trial.panel("SRV-1", PanelKind::FileServer, "remove-share-permission", "team", &[("who", "Everyone")]);
    trial.panel("SRV-1", PanelKind::FileServer, "set-share-permission", "team", &[("who", "Staff"), ("right", "modify")]);
    trial.is_fixed(&probe);
}

#[test]
fn a5_a_group_counts_from_the_next_sign_in() {
    let mut trial = Trial::new("A5", clinic(), |_, target| target.name == "Staff");
    let probe = share_probe(&trial, "\\\\SRV-1\\team");
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("SRV-1", PanelKind::Directory, "add-to-group", &name, &[("group", "Staff")]);
    assert!(trial.present() && !probe.passes(&trial.world), "the session does not know yet");
    let (device, who) = (trial.target.device, person(&trial));
    sign_in::sign_out(&mut trial.world, device);
    sign_in::person_signs_in(&mut trial.world, device, who);
    trial.is_fixed(&probe);

    let mut direct = Trial::new("A5", clinic(), |_, target| target.name == "Staff");
    for verb in ["set-share-permission", "set-folder-permission"] {
        direct.panel("SRV-1", PanelKind::FileServer, verb, "team", &[("who", &name), ("right", "modify")]);
    }
    assert!(probe.passes(&direct.world) && direct.present(), "a right for one person opens the folder and is no repair");
}

#[test]
fn a6_a_former_group() {
    let mut trial = Trial::new("A6", clinic(), |_, target| target.name == "Billing");
    let probe = Probe::NoShare { device: trial.target.device, person: person(&trial), path: "\\\\SRV-1\\billing".to_owned() };
    trial.breaks(&probe);
    let name = account(&trial);
    let controller = trial.id("SRV-1");
    let line = format!("Remove-ADGroupMember -Identity Billing -Members {name}");
    assert_eq!(type_in(&mut trial, controller, "support", ShellKind::PowerShell, &line), "");
    let (device, who) = (trial.target.device, person(&trial));
    sign_in::sign_out(&mut trial.world, device);
    sign_in::person_signs_in(&mut trial.world, device, who);
    trial.is_fixed(&probe);
}

#[test]
fn a7_a_broken_trust() {
    let mut trial = Trial::anywhere("A7");
    let probe = sign_in_probe(&trial);
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("SRV-1", PanelKind::Directory, "reset-password", &name, &[("password", "Harbour-42-x"), ("must-change", "no")]);
    assert!(trial.present() && !probe.passes(&trial.world));
    let device = trial.target.device;
    assert_eq!(type_in(&mut trial, device, "support", ShellKind::PowerShell, "Test-ComputerSecureChannel"), "False\n");
    assert_eq!(type_in(&mut trial, device, "support", ShellKind::PowerShell, "Test-ComputerSecureChannel -Repair"), "True\n");
    trial.is_fixed(&probe);
}

#[test]
fn a8_two_identities_on_one_server() {
    let mut trial = Trial::anywhere("A8");
    let probe = share_probe(&trial, "\\\\SRV-1\\team");
    trial.breaks(&probe);
    let device = trial.target.device;
    let letter = trial.world.device(device).windows().unwrap().mapped_drives[0].letter;
    person_types(&mut trial, device, &format!("net use {letter}: /delete /y"));
    trial.is_fixed(&probe);
}

#[test]
fn a9_a_computer_in_the_wrong_unit() {
    let mut trial = Trial::anywhere("A9");
    let device = trial.target.device;
    let probe = Probe::Condition { device, what: format!("policy {}", trial.target.name) };
    trial.breaks(&probe);
    let (name, computer) = (account(&trial), trial.world.device(device).name.clone());
    type_in(&mut trial, device, &name, ShellKind::Cmd, "gpupdate /force");
    assert!(trial.present() && !probe.passes(&trial.world), "fetching again is not enough");
    trial.panel("SRV-1", PanelKind::Directory, "move", &computer, &[("unit", "Computers")]);
    assert!(trial.present(), "nor is moving, before it has fetched");
    type_in(&mut trial, device, &name, ShellKind::Cmd, "gpupdate /force");
    trial.is_fixed(&probe);
}

#[test]
fn a12_a_phone_that_is_gone() {
    let mut trial = Trial::anywhere("A12");
    let probe = Probe::Cloud { person: person(&trial), service: "Business".to_owned() };
    trial.breaks(&probe);
    let name = account(&trial);
    trial.panel("PC-04", PanelKind::Tenant, "set-mfa", "", &[("required", "no")]);
    assert!(probe.passes(&trial.world) && trial.present(), "without the requirement it works and is no repair");
    trial.panel("PC-04", PanelKind::Tenant, "set-mfa", "", &[("required", "yes")]);
    trial.panel("PC-04", PanelKind::Tenant, "require-registration", &name, &[]);
    trial.is_fixed(&probe);
}

fn joined(world: &World) -> DeviceId {
    world.find("PC-01").unwrap()
}

#[test]
fn without_a_controller_a_machine_remembers_who_signed_in() {
    use crate::world::accounts::SignIn;
    let mut world = clinic();
    let (device, server) = (joined(&world), world.find("SRV-1").unwrap());
    let owner = world.device(device).user.unwrap();
    assert_eq!(sign_in::person_signs_in(&mut world, device, owner), SignIn::Accepted);
    for port in &mut world.device_mut(server).ports {
        port.enabled = false;
    }
    assert_eq!(sign_in::controller(&mut world, device), None);
    assert_eq!(sign_in::person_signs_in(&mut world, device, owner), SignIn::Accepted);
    assert_eq!(sign_in::sign_in(&mut world, device, "nobody", 1), SignIn::NoLogonServer);
    assert_eq!(sign_in::check(&mut world, device, ".\\support", 1900), SignIn::Accepted, "a local account needs nobody");
}
