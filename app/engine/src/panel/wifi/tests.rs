//! The list of networks as its user sees it.

use super::super::{Operation, PanelKind, Refused, apply, view};
use crate::fault::trial::clinic;
use crate::net::wifi::passphrase;
use crate::world::World;

fn operate(world: &mut World, verb: &str, target: &str, values: &[(&str, &str)]) -> Result<String, Refused> {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let device = world.find("LT-01").unwrap();
    apply(world, device, PanelKind::Wifi, &Operation { verb: verb.to_owned(), target: target.to_owned(), values })
}

fn fact(world: &World, name: &str) -> String {
    let view = view(world, world.find("LT-01").unwrap(), PanelKind::Wifi).unwrap();
    view.facts.into_iter().find(|(label, _)| label == name).map(|(_, value)| value).unwrap_or_default()
}

#[test]
fn a_connected_laptop_shows_its_link() {
    let world = clinic();
    assert_eq!(fact(&world, "State"), "Connected");
    assert_eq!((fact(&world, "Network").as_str(), fact(&world, "Band").as_str()), ("clinic-staff", "5 GHz"));
    assert_eq!(fact(&world, "Signal"), "88 % (-56 dBm)");
    assert_eq!(fact(&world, "Link speed"), "585 Mbps");
    assert!(view(&world, world.find("PC-01").unwrap(), PanelKind::Wifi).is_none());
}

#[test]
fn connecting_asks_for_the_key_once() {
    let mut world = clinic();
    operate(&mut world, "forget", "clinic-staff", &[]).unwrap();
    assert_eq!(operate(&mut world, "connect", "clinic-staff", &[]), Err(Refused("Enter the network security key.".to_owned())));
    let wrong = operate(&mut world, "connect", "clinic-staff", &[("key", "guess-guess")]);
    assert_eq!(wrong, Err(Refused("The network security key isn't correct. Please try again.".to_owned())));
    let key = passphrase("clinic-staff");
    assert_eq!(operate(&mut world, "connect", "clinic-staff", &[("key", &key)]).as_deref(), Ok("Connected to clinic-staff."));
    operate(&mut world, "disconnect", "", &[]).unwrap();
    assert_eq!(fact(&world, "State"), "Disconnected");
    assert_eq!(operate(&mut world, "connect", "clinic-staff", &[]).as_deref(), Ok("Connected to clinic-staff."));
}

#[test]
fn the_setting_cannot_win_over_the_switch_on_the_case() {
    let mut world = clinic();
    operate(&mut world, "turn-off", "", &[]).unwrap();
    operate(&mut world, "hardware-switch", "", &[]).unwrap();
    assert!(operate(&mut world, "turn-on", "", &[]).is_err());
    operate(&mut world, "hardware-switch", "", &[]).unwrap();
    operate(&mut world, "turn-on", "", &[]).unwrap();
    assert_eq!(fact(&world, "State"), "Connected");
    for (verb, target) in [("forget", "nowhere"), ("set-band", ""), ("set-roaming", ""), ("accept-portal", ""), ("dance", "")] {
        assert!(operate(&mut world, verb, target, &[]).is_err(), "{verb}");
    }
}
