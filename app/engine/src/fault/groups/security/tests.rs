//! Each fault of the group, its right act, and what only looks like one.

use crate::fault::trial::{Trial, clinic_with};
use crate::panel::PanelKind;
use crate::physical::{Act, act};
use crate::probe::Probe;
use crate::world::{PortIndex, PortRef};

fn pull_the_cable(trial: &mut Trial) {
    let port = PortRef { device: trial.target.device, port: PortIndex(0) };
    act(&mut trial.world, &Act::Unplug(port)).unwrap();
}

#[test]
fn hostile_programs_are_contained_without_power_off() {
    for id in ["X1", "X5", "X6", "X9"] {
        let mut trial = Trial::at(id, "PC-01");
        trial.breaks(&Probe::Clean { device: trial.target.device });
        trial.world.device_mut(trial.target.device).power.plugged = false;
        assert!(trial.present(), "{id}: power off destroys evidence");
        trial.world.device_mut(trial.target.device).power.plugged = true;
        pull_the_cable(&mut trial);
        assert!(!trial.present(), "{id}: off the network and powered");
        let mut disabled = Trial::at(id, "PC-01");
        disabled.world.device_mut(disabled.target.device).stack.interfaces[0].enabled = false;
        assert!(!disabled.present(), "{id}: the adapter is disabled");
    }
}

#[test]
fn x1_ending_the_process_brings_no_file_back() {
    let mut trial = Trial::at("X1", "PC-01");
    let windows = trial.world.device_mut(trial.target.device).windows_mut().unwrap();
    assert!(windows.files.0.keys().any(|path| path.ends_with("READ_TO_RESTORE.txt")));
    windows.processes.retain(|process| process.name != "wupdsvc32.exe");
    assert!(trial.present());
}

#[test]
fn x5_switching_protection_on_leaves_the_program() {
    let mut trial = Trial::at("X5", "PC-01");
    let defender = &mut trial.world.device_mut(trial.target.device).windows_mut().unwrap().defender;
    defender.real_time = true;
    defender.exclusions.clear();
    assert!(trial.present());
}

#[test]
fn x2_needs_a_new_password_and_no_session() {
    let mut trial = Trial::anywhere("X2");
    let probe = Probe::Private { person: trial.target.person.unwrap() };
    trial.breaks(&probe);
    (trial.fault.traces)(&mut trial.world, &trial.target);
    let name = trial.target.name.clone();
    trial.panel("PC-04", PanelKind::Tenant, "revoke-sessions", &name, &[]);
    assert!(trial.present(), "whoever knows the password comes back");
    let sessions = &trial.world.tenant.as_ref().unwrap().users[&name].sessions;
    assert_eq!(sessions, &["Elsewhere · browser"]);
    trial.panel("PC-04", PanelKind::Tenant, "reset-password", &name, &[("password", "Harbour-42-x")]);
    assert!(trial.present(), "the open session goes on");
    trial.panel("PC-04", PanelKind::Tenant, "revoke-sessions", &name, &[]);
    trial.is_fixed(&probe);
}

#[test]
fn x3_needs_the_rule_gone_too() {
    let mut trial = Trial::anywhere("X3");
    let probe = Probe::Private { person: trial.target.person.unwrap() };
    trial.breaks(&probe);
    let name = trial.target.name.clone();
    trial.panel("PC-04", PanelKind::Tenant, "reset-password", &name, &[("password", "Harbour-42-x")]);
    trial.panel("PC-04", PanelKind::Tenant, "revoke-sessions", &name, &[]);
    assert!(trial.present());
    trial.panel("PC-04", PanelKind::Tenant, "remove-forwarding", &name, &[]);
    let computer = trial.world.device(trial.target.device).name.clone();
    trial.panel(&computer, PanelKind::Mail, "remove-rule", ".", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn x4_needs_both_gone() {
    let mut trial = Trial::at("X4", "PC-01");
    let probe = Probe::Clean { device: trial.target.device };
    trial.breaks(&probe);
    trial.panel("PC-01", PanelKind::Browser, "block-notifications", "prize-alerts.example", &[]);
    assert!(trial.present() && !probe.passes(&trial.world));
    trial.panel("PC-01", PanelKind::Browser, "remove-extension", "Coupon Finder", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn x7_the_stick_is_taken_out() {
    let mut trial = Trial::at("X7", "PC-01");
    let probe = Probe::Clean { device: trial.target.device };
    trial.breaks(&probe);
    assert!(crate::physical::look(&trial.world, trial.target.device).contains("without a label"));
    let drives = |trial: &Trial| {
        let view = crate::panel::view(&trial.world, trial.target.device, PanelKind::Files).unwrap();
        crate::panel::as_text(&view)
    };
    assert!(drives(&trial).contains("Salaries and bonuses.xlsx.exe"));
    pull_the_cable(&mut trial);
    assert!(trial.present(), "off the network it can still run what is on it");
    act(&mut trial.world, &Act::RemoveStick(trial.target.device)).unwrap();
    assert!(!drives(&trial).contains("Salaries"), "the drive is gone with it");
    trial.is_fixed(&probe);
}

#[test]
fn x11_a_date_has_passed() {
    let site = "\n[[device]]\nname = \"WEB-1\"\nkind = \"linux-server\"\nplace = \"Comms cupboard\"\n[[device.web]]\nhost = \"portal.clinic.example\"\ntitle = \"Portal\"\ntls = true\nowner = \"nginx.service\"\n";
    let mut trial = Trial::new("X11", clinic_with(site), |_, _| true);
    let said = trial.panel("SRV-1", PanelKind::Certificates, "reissue", "portal.clinic.example", &[]);
    assert_eq!(said, "A new certificate for portal.clinic.example is installed on WEB-1.");
    assert!(!trial.present());
}
