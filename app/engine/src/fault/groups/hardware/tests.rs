use crate::fault::trial::{Trial, clinic};
use crate::panel::PanelKind;
use crate::physical::{Act, PowerAct, act};
use crate::probe::Probe;
use crate::time::Span;
use crate::world::hardware::{DiskKind, Spare, SparePart};

pub fn condition(trial: &Trial, what: &str) -> Probe {
    Probe::Condition { device: trial.target.device, what: what.to_owned() }
}

pub fn hands(trial: &mut Trial, what: &Act) -> String {
    act(&mut trial.world, what).unwrap_or_else(|refused| panic!("{refused}"))
}

pub fn power(trial: &mut Trial, what: PowerAct) {
    let device = trial.target.device;
    hands(trial, &Act::Power(device, what));
}

pub fn replace(trial: &mut Trial, part: &str, at: u8) {
    let device = trial.target.device;
    hands(trial, &Act::Replace(device, part.to_owned(), at));
}

pub fn start(trial: &mut Trial) {
    power(trial, PowerAct::ButtonOn);
    trial.world.wait(Span::minutes(5));
}

#[test]
fn h1_the_strip_is_switched_on() {
    let mut trial = Trial::at("H1", "PC-01");
    let probe = Probe::Starts { device: trial.target.device };
    trial.breaks(&probe);
    replace(&mut trial, "psu", 0);
    assert!(trial.present(), "a new power supply does not help");
    power(&mut trial, PowerAct::StripOn);
    start(&mut trial);
    trial.is_fixed(&probe);
}

#[test]
fn h2_the_supply_is_replaced() {
    let mut trial = Trial::at("H2", "PC-01");
    let probe = Probe::Starts { device: trial.target.device };
    trial.breaks(&probe);
    power(&mut trial, PowerAct::StripOff);
    power(&mut trial, PowerAct::StripOn);
    assert!(trial.present());
    power(&mut trial, PowerAct::Unplug);
    replace(&mut trial, "psu", 0);
    power(&mut trial, PowerAct::Plug);
    start(&mut trial);
    assert!(trial.world.incidents.is_empty());
    trial.is_fixed(&probe);
}

#[test]
fn h3_the_cooler_is_mended() {
    let mut trial = Trial::at("H3", "PC-01");
    let device = trial.target.device;
    let probe = Probe::Stable { device };
    trial.breaks(&probe);
    power(&mut trial, PowerAct::ButtonOn);
    replace(&mut trial, "psu", 0);
    assert!(trial.present(), "a new power supply does not cool");
    hands(&mut trial, &Act::Clean(device, "fan".to_owned()));
    replace(&mut trial, "fan", 0);
    start(&mut trial);
    trial.is_fixed(&probe);
}

#[test]
fn h4_a_bigger_supply_carries_the_card() {
    let mut trial = Trial::at("H4", "PC-01");
    let probe = Probe::Stable { device: trial.target.device };
    trial.breaks(&probe);
    assert!(condition(&trial, "display").passes(&trial.world));
    power(&mut trial, PowerAct::ButtonOn);
    replace(&mut trial, "fan", 0);
    assert!(trial.present());
    replace(&mut trial, "psu", 0);
    start(&mut trial);
    trial.is_fixed(&probe);
}

#[test]
fn h5_the_test_names_the_module() {
    let mut trial = Trial::at("H5", "PC-01");
    let probe = Probe::Stable { device: trial.target.device };
    trial.breaks(&probe);
    let said = trial.panel("PC-01", PanelKind::Firmware, "memory-test", "", &[]);
    assert!(said.contains("slot"), "{said}");
    trial.world.wait(Span::minutes(5));
    power(&mut trial, PowerAct::ButtonOn);
    for at in 0..2 {
        replace(&mut trial, "ram", at);
    }
    start(&mut trial);
    trial.is_fixed(&probe);
}

#[test]
fn h6_a_new_disk_and_the_image() {
    let mut trial = Trial::at("H6", "PC-01");
    let probe = condition(&trial, "disk");
    trial.breaks(&probe);
    power(&mut trial, PowerAct::ButtonOn);
    replace(&mut trial, "disk", 0);
    start(&mut trial);
    assert!(!Probe::Starts { device: trial.target.device }.passes(&trial.world), "a new disk is empty");
    trial.panel("PC-01", PanelKind::Firmware, "image", "", &[]);
    trial.world.wait(Span::minutes(5));
    assert!(Probe::Starts { device: trial.target.device }.passes(&trial.world));
    trial.is_fixed(&probe);
}

#[test]
fn h7_the_failed_member_is_swapped() {
    let mut world = clinic();
    let server = world.find("SRV-1").unwrap();
    let disks = &mut world.device_mut(server).hardware.disks;
    disks.push(disks[1].clone());
    (disks[1].raid_slot, disks[2].raid_slot) = (Some(1), Some(2));
    world.shelf.push(Spare { name: "disk hdd 4000".to_owned(), part: SparePart::Disk(DiskKind::Hdd, 4000), count: 2 });
    let mut trial = Trial::new("H7", world, |_, _| true);
    let probe = condition(&trial, "raid");
    trial.breaks(&probe);
    let failed = trial.world.device(server).hardware.disks.iter().position(|disk| !disk.alive).unwrap();
    let mut wrong = trial.world.clone();
    let other = if failed == 1 { 2 } else { 1 };
    act(&mut wrong, &Act::Replace(server, "disk".to_owned(), other)).unwrap();
    assert!((trial.fault.present)(&wrong, &trial.target), "the wrong disk");
    replace(&mut trial, "disk", u8::try_from(failed).unwrap());
    assert!(trial.present(), "the rebuild takes hours");
    trial.world.wait(Span::hours(24));
    trial.is_fixed(&probe);
}

#[test]
fn h8_the_cable_goes_into_the_card() {
    let mut trial = Trial::at("H8", "PC-01");
    let probe = condition(&trial, "display");
    trial.breaks(&probe);
    let device = trial.target.device;
    replace(&mut trial, "display cable", 0);
    assert!(trial.present());
    for at in 0..2 {
        hands(&mut trial, &Act::MoveDisplay(device, at, "gpu".to_owned()));
    }
    trial.is_fixed(&probe);
}

#[test]
fn h9_stays_until_the_panel_is_replaced() {
    let trial = Trial::anywhere("H9");
    trial.breaks(&condition(&trial, "display"));
    assert!(crate::physical::look(&trial.world, trial.target.device).contains("with a torch one can make out: the desktop of"));
}

#[test]
fn h10_a_new_cable_and_the_right_mode() {
    let mut trial = Trial::at("H10", "PC-01");
    let probe = condition(&trial, "picture");
    trial.breaks(&probe);
    trial.panel("PC-01", PanelKind::DisplaySettings, "set-resolution", "Monitor 1", &[]);
    assert!(trial.present(), "the cable carries no more");
    replace(&mut trial, "display cable", 0);
    trial.panel("PC-01", PanelKind::DisplaySettings, "set-refresh", "Monitor 1", &[("hertz", "60")]);
    trial.is_fixed(&probe);
}

#[test]
fn h11_the_usual_layout_is_chosen() {
    let mut trial = Trial::at("H11", "PC-01");
    let probe = condition(&trial, "keyboard");
    trial.breaks(&probe);
    trial.panel("PC-01", PanelKind::SystemSettings, "set-layout", "", &[("layout", "English (United States)")]);
    trial.is_fixed(&probe);
}

#[test]
fn h12_a_letter_is_given() {
    let mut trial = Trial::at("H12", "PC-01");
    let probe = condition(&trial, "usb-drive");
    trial.breaks(&probe);
    let last = trial.world.device(trial.target.device).windows().unwrap().volumes.len() - 1;
    let volume = format!("Volume {last}");
    let mut wrong = trial.world.clone();
    std::mem::swap(&mut trial.world, &mut wrong);
    trial.panel("PC-01", PanelKind::DiskManagement, "format", &volume, &[("label", "NEW")]);
    assert!(trial.present(), "formatting is no fix");
    std::mem::swap(&mut trial.world, &mut wrong);
    trial.panel("PC-01", PanelKind::DiskManagement, "set-letter", &volume, &[("letter", "F")]);
    trial.is_fixed(&probe);
}

#[test]
fn h13_the_headset_is_chosen_and_allowed() {
    let mut trial = Trial::at("H13", "PC-01");
    let probe = condition(&trial, "microphone");
    trial.breaks(&probe);
    trial.panel("PC-01", PanelKind::Sound, "set-input", "", &[("device", "USB Headset")]);
    trial.panel("PC-01", PanelKind::Sound, "allow", "", &[("app", "Microsoft Teams")]);
    trial.is_fixed(&probe);
}

#[test]
fn h14_each_code_has_its_remedy() {
    const CARD: &str = "Document Scanner Card";
    let mut seen = Vec::new();
    for seed in 0..24 {
        let mut trial = Trial::at("H14", "PC-01");
        trial.world = trial.healthy.clone();
        (trial.fault.inject)(&mut trial.world, &trial.target, &mut crate::chance::Chance::new(seed, "fault"));
        let probe = condition(&trial, "devices");
        trial.breaks(&probe);
        let at = crate::machine::peripherals::find(&trial.world, trial.target.device, CARD).unwrap();
        let code = crate::machine::peripherals::code(trial.world.device(trial.target.device), at).unwrap();
        let verb = match code {
            22 => "enable",
            43 => "roll-back",
            _ => "update",
        };
        trial.panel("PC-01", PanelKind::DeviceManager, verb, CARD, &[]);
        trial.is_fixed(&probe);
        seen.push(code);
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, [10, 22, 28, 43]);
}
