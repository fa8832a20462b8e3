//! The clinic's one access point and its one laptop.

use super::*;
use crate::fault::trial::clinic;
use crate::world::wifi::Band;
use crate::world::windows::CertificateStore;

fn laptop(world: &World) -> PortRef {
    let device = world.find("LT-01").unwrap();
    PortRef { device, port: radios(world, device)[0] }
}

fn radio(world: &mut World) -> &mut WifiClient {
    let station = laptop(world);
    client_mut(world, station).unwrap()
}

fn point(world: &mut World) -> &mut AccessPoint {
    let device = world.find("AP-1").unwrap();
    world.device_mut(device).access_point_mut().unwrap()
}

fn linked(world: &World) -> bool {
    uplink(world, laptop(world)).is_some()
}

fn key() -> u32 {
    key_number(&passphrase("clinic-staff"))
}

fn connect(world: &mut World, ssid: &str, key: Option<u32>) -> Result<(), JoinError> {
    let station = laptop(world);
    join(world, station.device, station.port, ssid, key)
}

#[test]
fn a_healthy_laptop_is_joined_to_the_faster_band_and_its_network_is_a_vlan() {
    let world = clinic();
    let station = laptop(&world);
    assert_eq!(uplink(&world, station), Some((world.find("AP-1").unwrap(), VlanId(10))));
    assert_eq!(client(&world, station).unwrap().joined.as_ref().unwrap().band, Band::Ghz5);
    assert_eq!(rate(&world, station), 585);
    assert_eq!(throughput(&world, station), 351);
    assert_eq!(stations(&world, world.find("AP-1").unwrap()), [station]);
}

#[test]
fn farther_is_weaker_and_a_floor_costs_more() {
    let mut world = clinic();
    let station = laptop(&world);
    let place = usize::from(world.device(station.device).place.0);
    let dbm = |world: &World| scan(world, station.device, station.port).first().map(|visible| visible.dbm);
    let near = dbm(&world).unwrap();
    world.places[place].x += 20;
    let far = dbm(&world).unwrap();
    world.places[place].floor += 1;
    let above = dbm(&world).unwrap();
    assert!(near > far && far - above >= 14, "{near} {far} {above}");
    world.places[place].x += 4000;
    assert_eq!(dbm(&world), None);
    assert!(!linked(&world));
}

#[test]
fn what_switches_a_radio_off_ends_its_link() {
    let offs: [fn(&mut World); 5] = [
        |world| radio(world).software_on = false,
        |world| radio(world).hardware_on = false,
        |world| {
            let station = laptop(world);
            world.device_mut(station.device).windows_mut().unwrap().settings.airplane_mode = true;
        },
        |world| point(world).radios.iter_mut().for_each(|radio| radio.enabled = false),
        |world| {
            let cupboard = world.find("SW-1").unwrap();
            world.device_mut(cupboard).power.plugged = false;
        },
    ];
    for (at, off) in offs.iter().enumerate() {
        let mut world = clinic();
        off(&mut world);
        assert!(!linked(&world), "{at}");
    }
}

#[test]
fn joining_says_why_not() {
    let mut world = clinic();
    assert_eq!(connect(&mut world, "elsewhere", None), Err(JoinError::NotInRange));
    assert_eq!(connect(&mut world, "clinic-staff", Some(1)), Err(JoinError::WrongKey));
    assert!(!linked(&world), "a failed try leaves it joined to nothing");
    assert_eq!(connect(&mut world, "clinic-staff", None), Ok(()), "the kept profile still has the right key");
    radio(&mut world).bands = crate::sorted::Set::from([Band::Ghz6]);
    assert_eq!(connect(&mut world, "clinic-staff", Some(key())), Err(JoinError::Band));
    radio(&mut world).bands = crate::sorted::Set::from([Band::Ghz2]);
    point(&mut world).networks[0].security = Security::Wpa3Personal;
    radio(&mut world).wpa3 = false;
    assert_eq!(connect(&mut world, "clinic-staff", Some(key())), Err(JoinError::Security));
    radio(&mut world).wpa3 = true;
    assert_eq!(connect(&mut world, "clinic-staff", Some(key())), Ok(()));
    point(&mut world).networks[0].security = Security::Wpa2Enterprise;
    let station = laptop(&world);
    world.device_mut(station.device).windows_mut().unwrap().certificates.retain(|own| own.store == CertificateStore::TrustedRoot);
    assert_eq!(connect(&mut world, "clinic-staff", None), Err(JoinError::NoCertificate));
    radio(&mut world).software_on = false;
    assert_eq!(connect(&mut world, "clinic-staff", None), Err(JoinError::RadioOff));
    let windows = world.device(station.device).windows().unwrap();
    let noted = windows.events.iter().filter(|event| event.source == "Microsoft-Windows-WLAN-AutoConfig").count();
    assert_eq!(noted, 6);
}

#[test]
fn a_changed_key_ends_the_link_and_a_forgotten_network_is_not_joined_by_itself() {
    let mut world = clinic();
    let station = laptop(&world);
    point(&mut world).networks[0].key = 1;
    assert!(!linked(&world));
    settle(&mut world, station.device);
    assert!(!linked(&world));
    point(&mut world).networks[0].key = key();
    settle(&mut world, station.device);
    assert!(linked(&world));
    assert!(forget(&mut world, station.device, station.port, "clinic-staff"));
    settle(&mut world, station.device);
    assert!(!linked(&world));
}

#[test]
fn joining_brings_an_address_of_that_network_and_a_portal_holds_guests_back() {
    let mut world = clinic();
    let station = laptop(&world);
    assert_eq!(connect(&mut world, "clinic-guest", None), Ok(()));
    let index = interface_on(&world, station).unwrap();
    let address = |world: &World| world.device(station.device).stack.interfaces[usize::from(index.0)].addresses[0].ip.octets()[2];
    assert_eq!(address(&world), 30, "the old lease was refused in the guests' network");
    assert_eq!(held_by_portal(&world, station.device), Some(station));
    let open = |world: &mut World| crate::net::web::open(world, station.device, "http://news.example/");
    assert_eq!(open(&mut world), crate::net::web::WebOutcome::Portal);
    assert!(accept_portal(&mut world, station.device));
    assert_ne!(open(&mut world), crate::net::web::WebOutcome::Portal);
    assert!(!accept_portal(&mut world, station.device));
}

#[test]
fn passphrases_are_the_same_again() {
    assert_eq!(passphrase("clinic-staff"), passphrase("clinic-staff"));
    assert_ne!(passphrase("clinic-staff"), passphrase("clinic-guest"));
    assert_ne!(key_number("a"), key_number("b"));
}
