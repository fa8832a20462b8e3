//! Each fault of the group: seen, mended by the right way, and still there after a wrong one.

use crate::fault::trial::Trial;
use crate::panel::PanelKind;
use crate::physical::{Act, act};
use crate::probe::Probe;
use crate::shell::{Session, ShellKind, run};
use crate::time::Span;
use crate::world::DeviceId;

const PC: &str = "PC-02";

fn condition(device: DeviceId, what: &str) -> Probe {
    Probe::Condition { device, what: what.to_owned() }
}

/// Types lines into an elevated command prompt.
fn typed(trial: &mut Trial, lines: &[&str]) -> String {
    let mut session = Session::open(&trial.world, trial.target.device, ShellKind::Cmd).unwrap();
    session.elevated = true;
    lines.iter().map(|line| run(&mut trial.world, &mut session, line).text).collect()
}

#[test]
fn w1_sfc_repairs_damaged_files() {
    let mut trial = Trial::at("W1", PC);
    let probe = condition(trial.target.device, "start-menu");
    trial.breaks(&probe);
    let seen = typed(&mut trial, &["sfc /verifyonly", "dism /online /cleanup-image /scanhealth"]);
    assert!(
        seen.contains("Windows Resource Protection found integrity violations.")
            && seen.contains("No component store corruption")
    );
    assert!(trial.present());
    typed(&mut trial, &["sfc /scannow"]);
    trial.is_fixed(&probe);
}

#[test]
fn w2_needs_the_store_first() {
    let mut trial = Trial::at("W2", PC);
    let probe = condition(trial.target.device, "start-menu");
    trial.breaks(&probe);
    let seen = typed(&mut trial, &["sfc /scannow", "sfc /scannow", "dism /online /cleanup-image /checkhealth"]);
    assert!(seen.contains("was unable to fix some of them") && seen.contains("The component store is repairable."), "{seen}");
    assert!(trial.present());
    typed(&mut trial, &["dism /online /cleanup-image /restorehealth"]);
    assert!(trial.present(), "the files are still damaged");
    typed(&mut trial, &["sfc /scannow"]);
    trial.is_fixed(&probe);
}

#[test]
fn w3_rolling_the_driver_back_ends_it() {
    let mut trial = Trial::at("W3", PC);
    let probe = Probe::Stable { device: trial.target.device };
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::Updates, "pause", "", &[]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::DeviceManager, "roll-back", "Integrated Graphics", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn w4_the_dead_drive_goes() {
    let mut trial = Trial::at("W4", PC);
    let probe = condition(trial.target.device, "sign-in-time");
    trial.breaks(&probe);
    // An elevated prompt has drives of its own: the person's are seen from an ordinary one.
    let mut session = Session::open(&trial.world, trial.target.device, ShellKind::Cmd).unwrap();
    run(&mut trial.world, &mut session, "net use S: /delete /y");
    trial.is_fixed(&probe);
}

#[test]
fn w5_the_key_is_put_back() {
    let mut trial = Trial::at("W5", PC);
    let probe = condition(trial.target.device, "profile");
    trial.breaks(&probe);
    let list = r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList";
    let seen = typed(&mut trial, &[&format!("reg query \"{list}\"")]);
    let key = seen.lines().find(|line| line.contains(".bak")).unwrap().trim().trim_end_matches(".bak").to_owned();
    typed(&mut trial, &[&format!("reg delete \"{key}\" /f"), &format!("reg copy \"{key}.bak\" \"{key}\" /s /f")]);
    assert!(trial.present(), "the marked key is still there");
    typed(&mut trial, &[&format!("reg delete \"{key}.bak\" /f")]);
    trial.is_fixed(&probe);
}

#[test]
fn w6_the_service_comes_back_and_a_clock_set_by_hand_is_no_fix() {
    let mut trial = Trial::new("W6", crate::fault::trial::clinic(), |_, target| target.name == "service");
    let name = trial.world.device(trial.target.device).name.clone();
    let probe = Probe::Clock { device: trial.target.device };
    trial.breaks(&probe);
    let wrong = typed(&mut trial, &["w32tm /resync"]);
    assert_eq!(wrong, "The following error occurred: The service has not been started. (0x80070426)\n");
    let now = trial.world.now.shifted(i64::from(trial.world.zone_minutes) * 60_000).civil();
    let by_hand = format!("{}-{}-{} {}:{}", now.year, now.month, now.day, now.hour, now.minute);
    trial.panel(&name, PanelKind::DateTime, "set-clock", "", &[("time", &by_hand)]);
    assert!(trial.present() && probe.passes(&trial.world), "a workaround");
    trial.panel(&name, PanelKind::Services, "set-startup", "W32Time", &[("startup", "automatic")]);
    trial.panel(&name, PanelKind::Services, "start", "W32Time", &[]);
    typed(&mut trial, &["w32tm /resync"]);
    trial.is_fixed(&probe);
}

#[test]
fn w6_the_zone_is_set() {
    let mut trial = Trial::new("W6", crate::fault::trial::clinic(), |_, target| target.name == "zone");
    let name = trial.world.device(trial.target.device).name.clone();
    let probe = Probe::Clock { device: trial.target.device };
    trial.breaks(&probe);
    typed(&mut trial, &["w32tm /resync"]);
    assert!(trial.present(), "the time in UTC was never wrong");
    let zone = trial.world.zone_minutes.to_string();
    trial.panel(&name, PanelKind::DateTime, "set-zone", "", &[("zone", &zone)]);
    trial.is_fixed(&probe);
}

#[test]
fn w7_a_new_battery_and_the_right_time() {
    let mut trial = Trial::at("W7", PC);
    let device = trial.target.device;
    let probe = Probe::Clock { device };
    trial.breaks(&probe);
    typed(&mut trial, &["w32tm /resync"]);
    assert!(trial.present(), "it is wrong again after the next power cut");
    typed(&mut trial, &["shutdown /s /t 0"]);
    act(&mut trial.world, &Act::Power(device, crate::physical::PowerAct::Unplug)).unwrap();
    act(&mut trial.world, &Act::Replace(device, "cmos battery".to_owned(), 0)).unwrap();
    act(&mut trial.world, &Act::Power(device, crate::physical::PowerAct::Plug)).unwrap();
    act(&mut trial.world, &Act::Power(device, crate::physical::PowerAct::ButtonOn)).unwrap();
    trial.world.wait(Span::minutes(5));
    typed(&mut trial, &["w32tm /resync"]);
    trial.is_fixed(&probe);
}

#[test]
fn w8_another_controller_has_room() {
    let mut trial = Trial::at("W8", PC);
    let device = trial.target.device;
    let probe = Probe::Peripheral { device, name: trial.target.name.clone() };
    assert!(!probe.passes(&trial.world));
    act(&mut trial.world, &Act::MovePeripheral(device, trial.target.name.clone(), 1)).unwrap();
    trial.is_fixed(&probe);
}

#[test]
fn w9_search_is_enabled_and_started() {
    let mut trial = Trial::at("W9", PC);
    let probe = condition(trial.target.device, "search");
    trial.breaks(&probe);
    let refused = typed(&mut trial, &["sc start WSearch"]);
    assert!(refused.starts_with("[SC] StartService FAILED 1058:"), "{refused}");
    typed(&mut trial, &["sc config WSearch start= delayed-auto", "net start WSearch"]);
    trial.is_fixed(&probe);
}

#[test]
fn w10_w11_w12_settings_go_back() {
    let mut trial = Trial::at("W10", PC);
    let probe = condition(trial.target.device, "page-file");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::SystemSettings, "set", "", &[("page-file", "yes")]);
    trial.is_fixed(&probe);

    let mut trial = Trial::at("W11", PC);
    let probe = condition(trial.target.device, "active-hours");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::Updates, "pause", "", &[]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::Updates, "set-active-hours", "", &[("from", "6"), ("to", "23")]);
    trial.is_fixed(&probe);

    let mut trial = Trial::at("W12", PC);
    let probe = condition(trial.target.device, "second-screen");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::DisplaySettings, "set-mode", "", &[("mode", "extend")]);
    trial.is_fixed(&probe);
}
