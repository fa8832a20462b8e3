//! The company's radios as an administrator handles them.

use super::super::{Operation, PanelKind, Refused, apply, view};
use crate::fault::trial::clinic;
use crate::world::World;

fn operate(world: &mut World, verb: &str, target: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let device = world.find("AP-1").unwrap();
    apply(world, device, PanelKind::WirelessController, &Operation { verb: verb.to_owned(), target: target.to_owned(), values })
}

fn rows(world: &World, title: &str) -> Vec<Vec<String>> {
    let view = view(world, world.find("AP-1").unwrap(), PanelKind::WirelessController).unwrap();
    view.tables.into_iter().find(|table| table.title == title).unwrap().rows
}

#[test]
fn radios_networks_and_clients_are_shown() {
    let world = clinic();
    assert_eq!(rows(&world, "Radios")[1], ["AP-1 5 GHz", "On", "36", "80 MHz", "17 dBm", "1", "0"]);
    assert_eq!(rows(&world, "Networks")[0][..4], ["clinic-staff", "WPA2-Personal", "10", "2.4 GHz, 5 GHz"]);
    assert_eq!(rows(&world, "Clients")[0][1..6], ["LT-01", "AP-1", "clinic-staff", "5 GHz", "-56 dBm"]);
    assert!(view(&world, world.find("PC-01").unwrap(), PanelKind::WirelessController).is_none());
}

#[test]
fn a_change_reaches_the_stations() {
    let mut world = clinic();
    operate(&mut world, "set-radio", "AP-1 5 GHz", &[("enabled", "no")]).unwrap();
    assert_eq!(rows(&world, "Clients")[0][4], "2.4 GHz");
    operate(&mut world, "set-key", "clinic-staff", &[("key", "something-new")]).unwrap();
    assert!(rows(&world, "Clients").is_empty(), "the old key opens nothing");
}

#[test]
fn what_cannot_be_is_refused() {
    let mut world = clinic();
    for (verb, target, values) in [
        ("set-channel", "AP-1 2.4 GHz", vec![("channel", "36")]),
        ("set-channel", "AP-9 2.4 GHz", vec![("channel", "1")]),
        ("set-power", "AP-1 5 GHz", vec![("dbm", "40")]),
        ("set-key", "clinic-staff", vec![("key", "short")]),
        ("set-security", "clinic-staff", vec![("security", "wep")]),
        ("set-bands", "clinic-staff", vec![("bands", "7")]),
        ("add-network", "", vec![("ssid", "clinic-staff"), ("security", "open"), ("vlan", "10")]),
        ("add-network", "", vec![("ssid", ""), ("security", "open"), ("vlan", "10")]),
        ("add-network", "", vec![("ssid", "new"), ("security", "open"), ("vlan", "0")]),
        ("delete-network", "nowhere", vec![]),
        ("rate-limit", "PC-01", vec![]),
        ("dance", "", vec![]),
    ] {
        assert!(operate(&mut world, verb, target, &values).is_err(), "{verb} {target} {values:?}");
    }
}
