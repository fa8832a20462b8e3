//! Each fault of the group: seen, mended by the right way, and still there after a wrong one.

use crate::fault::trial::{Trial, clinic};
use crate::panel::PanelKind;
use crate::probe::Probe;
use crate::world::DeviceId;

const PC: &str = "PC-02";

fn program(device: DeviceId, name: &str) -> Probe {
    Probe::Program { device, name: name.to_owned() }
}

fn condition(device: DeviceId, what: &str) -> Probe {
    Probe::Condition { device, what: what.to_owned() }
}

#[test]
fn s1_a_repair_brings_the_library_back() {
    let mut trial = Trial::at("S1", PC);
    let probe = program(trial.target.device, "Ledger");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::Programs, "repair", "Ledger", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn s2_the_add_in_is_switched_off() {
    let mut trial = Trial::at("S2", PC);
    let probe = program(trial.target.device, "Outlook");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::Programs, "open-safe", "Outlook", &[]);
    trial.panel(PC, PanelKind::Programs, "repair", "Outlook", &[]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::Programs, "disable-add-in", "Outlook/Invoice Scanner", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn s3_the_handle_is_closed_at_the_server() {
    let mut trial = Trial::at("S3", "SRV-1");
    let probe = condition(trial.target.device, "open-files");
    trial.breaks(&probe);
    let path = trial.world.device(trial.target.device).roles.open_files[0].path.clone();
    trial.panel("SRV-1", PanelKind::FileServer, "close-file", &path, &[]);
    trial.is_fixed(&probe);
}

#[test]
fn s4_the_data_of_the_site_is_cleared() {
    let mut trial = Trial::at("S4", PC);
    let site = trial.target.name.clone();
    let probe = Probe::Web { from: trial.target.device, url: format!("http://{site}/") };
    trial.breaks(&probe);
    let url = format!("http://{site}/");
    assert_eq!(trial.panel(PC, PanelKind::Browser, "open", "", &[("url", &url)]), "The page stays blank.");
    assert_ne!(trial.panel(PC, PanelKind::Browser, "open", "", &[("url", &url), ("private", "yes")]), "The page stays blank.");
    trial.panel(PC, PanelKind::Browser, "clear-site-data", "", &[("site", "other.example")]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::Browser, "clear-site-data", "", &[("site", &site)]);
    trial.is_fixed(&probe);
}

#[test]
fn s5_the_date_is_put_right() {
    let mut trial = Trial::at("S5", PC);
    let probe = program(trial.target.device, "Ledger");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::Programs, "repair", "Ledger", &[]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::DateTime, "sync", "", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn s6_the_plug_in_that_fits_is_installed() {
    let mut trial = Trial::at("S6", PC);
    let probe = program(trial.target.device, "Excel/Report Builder");
    trial.breaks(&probe);
    trial.panel(PC, PanelKind::Programs, "enable-add-in", "Excel/Report Builder", &[]);
    assert!(trial.present());
    trial.panel(PC, PanelKind::Programs, "install-add-in", "Excel/Report Builder", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn s7_the_folder_is_opened_and_administrators_are_no_fix() {
    let mut trial = Trial::at("S7", PC);
    let device = trial.target.device;
    let probe = program(device, "Ledger");
    trial.breaks(&probe);
    let windows = trial.world.device_mut(device).windows_mut().unwrap();
    windows.token_groups.insert("Administrators".to_owned());
    assert!(probe.passes(&trial.world) && trial.present(), "a workaround");
    trial.world.device_mut(device).windows_mut().unwrap().token_groups.remove("Administrators");
    let folder = trial.target.name.clone();
    trial.panel(PC, PanelKind::Files, "set-permission", &folder, &[("who", "Users"), ("right", "modify")]);
    trial.is_fixed(&probe);
}

#[test]
fn s8_the_unwanted_program_goes_before_the_default_is_set() {
    let mut trial = Trial::new("S8", clinic(), |_, _| true);
    let name = trial.world.device(trial.target.device).name.clone();
    let probe = condition(trial.target.device, "default-browser");
    trial.breaks(&probe);
    trial.panel(&name, PanelKind::Browser, "set-default", "", &[("program", "Microsoft Edge")]);
    assert!(trial.present() && !probe.passes(&trial.world), "it takes over again");
    trial.panel(&name, PanelKind::Programs, "uninstall", "Quick Search Helper", &[]);
    trial.panel(&name, PanelKind::Browser, "set-default", "", &[("program", "Microsoft Edge")]);
    trial.is_fixed(&probe);
    assert!(Probe::Clean { device: trial.target.device }.passes(&trial.world));
}
