//! Each fault of Wi-Fi: what it breaks, what mends it, what does not.

use crate::fault::trial::{Trial, clinic, clinic_with, keep_their_word};
use crate::net::wifi;
use crate::panel::PanelKind;
use crate::physical::{Act, act};
use crate::probe::Probe;
use crate::sorted::Set;
use crate::world::World;
use crate::world::wifi::{Band, WifiClient};

fn staff(world: &World) -> Probe {
    Probe::Wifi { device: world.find("LT-01").unwrap(), ssid: "clinic-staff".to_owned() }
}

fn radio(world: &mut World) -> &mut WifiClient {
    let device = world.find("LT-01").unwrap();
    world.device_mut(device).ports.iter_mut().find_map(|port| port.wifi.as_mut()).unwrap()
}

/// The clinic with two more access points: one at the far end of the floor, one in the reception.
fn three() -> World {
    let access_point = |name: &str, place: &str, channel: u8, five: u8, port: u8| {
        format!(
            r#"
[[device]]
name = "{name}"
kind = "access-point"
place = "{place}"
radio = [{{ band = "2.4", channel = {channel} }}, {{ band = "5", channel = {five} }}]
[[device.network]]
ssid = "clinic-staff"
security = "wpa2"
vlan = 10
[[device.port]]
name = "LAN"
trunk = [10, 30]
native = 10
[[link]]
from = "{name}/LAN"
to = "SW-1/Gi0/{port}"
"#
        )
    };
    let far = "[[place]]\nname = \"Annexe\"\ninside = \"Harbour Street 4\"\nx = 53\ny = 8\n";
    let more = format!("{far}{}{}", access_point("AP-2", "Annexe", 1, 52, 10), access_point("AP-3", "Reception", 11, 100, 11));
    clinic_with(&more)
}

#[test]
fn every_fault_keeps_its_word() {
    let placed = keep_their_word("F");
    for id in ["F1", "F2", "F4", "F7", "F9", "F10"] {
        assert!(placed.contains(id), "{id}: {placed:?}");
    }
}

#[test]
fn f1_needs_the_radio_on() {
    for (way, verb) in [("setting", "turn-on"), ("switch on the case", "hardware-switch"), ("airplane mode", "airplane-mode")] {
        let mut trial = Trial::new("F1", clinic(), |_, target| target.name == way);
        let probe = staff(&trial.world);
        trial.breaks(&probe);
        trial.panel("LT-01", PanelKind::Wifi, verb, "", &[]);
        trial.is_fixed(&probe);
    }
}

#[test]
fn f2_needs_the_new_key_typed() {
    let mut trial = Trial::anywhere("F2");
    let probe = staff(&trial.world);
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::Wifi, "forget", "clinic-staff", &[]);
    assert!(trial.present(), "forgetting alone connects nobody");
    let article = trial.world.knowledge.iter().find(|article| article.title == "Wi-Fi key of clinic-staff").unwrap();
    let key = article.text.rsplit(' ').next().unwrap().trim_end_matches('.').to_owned();
    trial.panel("LT-01", PanelKind::Wifi, "connect", "clinic-staff", &[("key", &key)]);
    trial.is_fixed(&probe);
}

#[test]
fn f3_needs_a_network_for_old_devices() {
    let mut healthy = clinic();
    let legacy = radio(&mut healthy);
    legacy.bands = Set::from([Band::Ghz2]);
    legacy.wpa3 = false;
    legacy.joined = None;
    let device = healthy.find("LT-01").unwrap();
    wifi::settle(&mut healthy, device);
    let mut trial = Trial::new("F3", healthy, |_, _| true);
    trial.breaks(&staff(&trial.world));
    let values = [("ssid", "clinic-devices"), ("security", "wpa2"), ("key", "quiet-copper-77"), ("vlan", "10"), ("bands", "2.4")];
    trial.panel("AP-1", PanelKind::WirelessController, "add-network", "", &values);
    assert!(!trial.present());
    trial.panel("LT-01", PanelKind::Wifi, "connect", "clinic-devices", &[("key", "quiet-copper-77")]);
    assert!(Probe::Wifi { device, ssid: "clinic-devices".to_owned() }.passes(&trial.world));
}

#[test]
fn f4_needs_another_band_or_channel() {
    let fixes = [
        ("LT-01", PanelKind::Wifi, "set-band", "", ("band", "5 GHz")),
        ("AP-1", PanelKind::WirelessController, "set-channel", "AP-1 2.4 GHz", ("channel", "1")),
    ];
    for (device, kind, verb, target, value) in fixes {
        let mut trial = Trial::anywhere("F4");
        let probe = staff(&trial.world);
        trial.breaks(&probe);
        trial.panel("AP-1", PanelKind::WirelessController, "set-power", "AP-1 2.4 GHz", &[("dbm", "23")]);
        assert!(trial.present() && !probe.passes(&trial.world), "more power does not drown an oven");
        trial.panel(device, kind, verb, target, &[value]);
        trial.is_fixed(&probe);
    }
}

#[test]
fn f5_needs_a_plan_of_channels() {
    let mut healthy = three();
    // All three in one room, as in an open office.
    let place = healthy.device(healthy.find("AP-1").unwrap()).place;
    for name in ["AP-2", "AP-3"] {
        let device = healthy.find(name).unwrap();
        healthy.device_mut(device).place = place;
    }
    let device = healthy.find("LT-01").unwrap();
    wifi::settle(&mut healthy, device);
    let mut trial = Trial::new("F5", healthy, |_, _| true);
    let probe = staff(&trial.world);
    trial.breaks(&probe);
    for (name, channel) in [("AP-1", "1"), ("AP-2", "6"), ("AP-3", "11")] {
        trial.panel(name, PanelKind::WirelessController, "set-channel", &format!("{name} 2.4 GHz"), &[("channel", channel)]);
    }
    trial.is_fixed(&probe);
}

#[test]
fn f6_needs_a_radio_that_lets_go() {
    let mut trial = Trial::new("F6", three(), |_, _| true);
    let probe = staff(&trial.world);
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::Wifi, "set-roaming", "", &[("level", "medium")]);
    trial.is_fixed(&probe);
}

#[test]
fn f7_needs_the_page_accepted() {
    let mut trial = Trial::anywhere("F7");
    let probe = Probe::Web { from: trial.id("LT-01"), url: "https://news.example/".to_owned() };
    trial.breaks(&probe);
    trial.panel("LT-01", PanelKind::Wifi, "accept-portal", "", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn f8_needs_the_certificate() {
    let text =
        include_str!("../../../../../../content/sites/clinic.toml").replace("security = \"wpa2\"", "security = \"enterprise\"");
    let site: crate::site::Site = toml::from_str(&text).unwrap();
    let healthy = crate::site::build(&site, 7).unwrap().world;
    let mut trial = Trial::new("F8", healthy, |_, _| true);
    let probe = staff(&trial.world);
    trial.breaks(&probe);
    let device = trial.id("LT-01");
    let own = trial.healthy.device(device).windows().unwrap().certificates.clone();
    trial.world.device_mut(device).windows_mut().unwrap().certificates = own;
    trial.panel("LT-01", PanelKind::Wifi, "connect", "clinic-staff", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn f9_needs_the_twin_forgotten() {
    let mut trial = Trial::anywhere("F9");
    let probe = staff(&trial.world);
    trial.breaks(&probe);
    let seen = crate::panel::view(&trial.world, trial.id("AP-1"), PanelKind::WirelessController).unwrap();
    let foreign = seen.tables.iter().find(|table| table.title == "Foreign access points").unwrap();
    assert_eq!(foreign.rows[0][1], "clinic-staff");
    let twin = trial.id("UNKNOWN-AP");
    let mut gone = trial.world.clone();
    act(&mut gone, &Act::TakeAway(twin)).unwrap();
    assert!((trial.fault.present)(&gone, &trial.target), "the open profile would fall for the next one");
    trial.panel("LT-01", PanelKind::Wifi, "forget", "clinic-staff", &[]);
    let key = wifi::passphrase("clinic-staff");
    trial.panel("LT-01", PanelKind::Wifi, "connect", "clinic-staff", &[("key", &key)]);
    trial.is_fixed(&probe);
}

#[test]
fn f10_needs_a_limit() {
    let mut trial = Trial::anywhere("F10");
    let probe = staff(&trial.world);
    trial.breaks(&probe);
    trial.panel("AP-1", PanelKind::WirelessController, "rate-limit", "AP-1", &[("enabled", "yes")]);
    trial.is_fixed(&probe);
}
