//! Switches and rules, seen from the panel and from the network.

use crate::net::{Connection, connect};
use crate::panel::{Operation, PanelKind, Refused, apply, view};
use crate::shell::windows::network::trial::clinic;
use crate::sorted::Map;
use crate::world::World;

fn operate(world: &mut World, verb: &str, target: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values: Map<String, String> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let operation = Operation { verb: verb.to_owned(), target: target.to_owned(), values };
    let device = world.find("PC-01").unwrap();
    apply(world, device, PanelKind::Firewall, &operation)
}

/// Whether `PC-02` gets through to port 445 of `PC-01`, which listens.
fn opens(world: &mut World) -> bool {
    let (from, to) = (world.find("PC-02").unwrap(), world.find("PC-01").unwrap());
    let address = world.device(to).stack.interfaces[0].addresses[0].ip;
    matches!(connect(world, from, address, 445), Connection::Connected { .. })
}

#[test]
fn a_rule_lets_through_and_another_does_not() {
    let mut world = clinic();
    assert!(!opens(&mut world));
    let rule = "File and Printer Sharing (SMB-In)";
    assert_eq!(operate(&mut world, "enable-rule", rule, &[]), Ok(format!("The rule “{rule}” is enabled.")));
    assert!(opens(&mut world));
    operate(&mut world, "disable-rule", rule, &[]).unwrap();
    world.devices.iter_mut().for_each(|device| device.stack.filter.states.clear());
    assert!(!opens(&mut world));
    operate(&mut world, "add-rule", "", &[("name", "Mine"), ("protocol", "TCP"), ("port", "445"), ("profiles", "Domain")])
        .unwrap();
    assert!(opens(&mut world));
    operate(&mut world, "delete-rule", "Mine", &[]).unwrap();
    world.devices.iter_mut().for_each(|device| device.stack.filter.states.clear());
    assert!(!opens(&mut world));
}

#[test]
fn a_profile_that_is_off_is_noticed() {
    let mut world = clinic();
    operate(&mut world, "turn-off", "Domain", &[]).unwrap();
    let device = world.find("PC-01").unwrap();
    let seen = view(&world, device, PanelKind::Firewall).unwrap();
    assert_eq!(seen.notices, ["The firewall is off for the domain profile."]);
    assert_eq!(seen.tables[0].rows[0], ["Domain", "off", "blocked", "yes"]);
    assert!(opens(&mut world));
    operate(&mut world, "turn-on", "domain", &[]).unwrap();
    assert!(view(&world, device, PanelKind::Firewall).unwrap().notices.is_empty());
}

#[test]
fn what_is_refused() {
    let mut world = clinic();
    for values in [
        &[("name", "")][..],
        &[("name", "x"), ("protocol", "TCP"), ("port", "99999")],
        &[("name", "x"), ("protocol", "ICMPv4"), ("port", "5")],
        &[("name", "x"), ("remote", "10.0.0.0/99")],
        &[("name", "x"), ("profiles", "Home")],
    ] {
        assert!(operate(&mut world, "add-rule", "", values).is_err(), "{values:?}");
    }
    assert_eq!(operate(&mut world, "enable-rule", "nosuch", &[]), Err(Refused("There is no rule “nosuch”.".to_owned())));
    assert!(operate(&mut world, "frobnicate", "", &[]).is_err());
    assert_eq!(view(&world, world.find("APP-1").unwrap(), PanelKind::Firewall), None);
}
