use crate::fault::groups::hardware::tests::{hands, power, replace, start};
use crate::fault::trial::Trial;
use crate::panel::PanelKind;
use crate::physical::{Act, PowerAct};
use crate::probe::Probe;
use crate::shell::{Session, ShellKind, run};
use crate::time::Span;

fn starts(trial: &Trial) -> Probe {
    Probe::Starts { device: trial.target.device }
}

#[test]
fn b1_the_stick_is_taken_out_and_the_order_set() {
    let mut trial = Trial::at("B1", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    let device = trial.target.device;
    hands(&mut trial, &Act::RemoveStick(device));
    assert!(trial.present() && probe.passes(&trial.world), "without the stick it starts: a workaround");
    trial.panel("PC-01", PanelKind::Firmware, "boot-order", "", &[("order", "disk, usb, network")]);
    trial.world.wait(Span::minutes(5));
    trial.is_fixed(&probe);
}

#[test]
fn b2_the_disk_is_reseated() {
    let mut trial = Trial::at("B2", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    let device = trial.target.device;
    power(&mut trial, PowerAct::ButtonHold);
    hands(&mut trial, &Act::Reseat(device, "disk".to_owned(), 0));
    start(&mut trial);
    trial.is_fixed(&probe);
}

#[test]
fn b3_the_disk_is_replaced_and_the_image_installed() {
    let mut trial = Trial::at("B3", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    let device = trial.target.device;
    power(&mut trial, PowerAct::ButtonHold);
    hands(&mut trial, &Act::Reseat(device, "disk".to_owned(), 0));
    assert!(trial.present(), "seating a dead disk does not help");
    replace(&mut trial, "disk", 0);
    start(&mut trial);
    trial.panel("PC-01", PanelKind::Firmware, "image", "", &[]);
    trial.world.wait(Span::minutes(5));
    trial.is_fixed(&probe);
}

#[test]
fn b4_the_boot_store_is_written_anew() {
    let mut trial = Trial::at("B4", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    let said = trial.panel("PC-01", PanelKind::Firmware, "startup-repair", "", &[]);
    assert!(said.contains("couldn't repair") && trial.present());
    let mut session = Session::open(&trial.world, trial.target.device, ShellKind::Cmd).unwrap();
    assert!(session.recovery);
    let said = run(&mut trial.world, &mut session, "bcdboot C:\\Windows").text;
    assert!(!trial.present(), "{said}");
    power(&mut trial, PowerAct::Restart);
    trial.world.wait(Span::minutes(5));
    trial.is_fixed(&probe);
}

#[test]
fn b5_the_key_of_the_directory_unlocks() {
    let mut trial = Trial::anywhere("B5");
    let probe = starts(&trial);
    trial.breaks(&probe);
    let name = trial.world.device(trial.target.device).name.clone();
    let key = trial.world.devices.iter().find_map(|device| device.roles.directory.as_ref()?.recovery_keys.get(&name).cloned());
    let wrong = crate::panel::Operation {
        verb: "enter-key".to_owned(),
        target: String::new(),
        values: [("key".to_owned(), "111111".to_owned())].into(),
    };
    assert!(crate::panel::apply(&mut trial.world, trial.target.device, PanelKind::Firmware, &wrong).is_err());
    trial.panel(&name, PanelKind::Firmware, "enter-key", "", &[("key", &key.unwrap())]);
    trial.world.wait(Span::minutes(5));
    trial.is_fixed(&probe);
}

#[test]
fn b6_the_update_is_taken_off() {
    let mut trial = Trial::at("B6", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    power(&mut trial, PowerAct::Restart);
    trial.world.wait(Span::minutes(5));
    assert!(trial.present(), "starting again does not help");
    trial.panel("PC-01", PanelKind::Firmware, "uninstall-update", "", &[]);
    trial.world.wait(Span::minutes(5));
    trial.is_fixed(&probe);
}

#[test]
fn b7_the_shell_is_set_back() {
    let mut trial = Trial::at("B7", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    assert!(crate::physical::look(&trial.world, trial.target.device).contains("black, with a mouse pointer"));
    let mut session = Session::open(&trial.world, trial.target.device, ShellKind::Cmd).unwrap();
    session.elevated = true;
    let line =
        "reg add \"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\" /v Shell /t REG_SZ /d explorer.exe /f";
    let said = run(&mut trial.world, &mut session, line).text;
    assert!(!trial.present(), "{said}");
    trial.is_fixed(&probe);
}

#[test]
fn b9_the_module_is_reseated() {
    let mut trial = Trial::at("B9", "PC-01");
    let probe = starts(&trial);
    trial.breaks(&probe);
    assert!(crate::physical::look(&trial.world, trial.target.device).contains("3 beeps"));
    let device = trial.target.device;
    power(&mut trial, PowerAct::ButtonHold);
    for at in 0..2 {
        hands(&mut trial, &Act::Reseat(device, "ram".to_owned(), at));
    }
    start(&mut trial);
    trial.is_fixed(&probe);
}

/// A number with a leading zero is none of Microsoft's.
#[test]
fn b6_names_an_update_that_nobody_can_look_up() {
    for seed in 0..20 {
        let mut trial = Trial::anywhere("B6");
        trial.world = trial.healthy.clone();
        (trial.fault.inject)(&mut trial.world, &trial.target, &mut crate::chance::Chance::new(seed, "fault"));
        let updates = &trial.world.device(trial.target.device).windows().unwrap().updates;
        for update in updates.installed.iter().chain(&updates.waiting) {
            assert!(update.kb.starts_with("KB0") && update.kb.len() == 9, "{}", update.kb);
        }
    }
}
