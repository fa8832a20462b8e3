//! F9: an evil twin.

use std::net::Ipv4Addr;

use super::stations;
use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases;
use crate::net::wifi;
use crate::sorted::Set;
use crate::time::Span;
use crate::world::device::{Device, Kind, System};
use crate::world::hardware::Power;
use crate::world::interface::{Address, Lease, Stack};
use crate::world::mac::Mac;
use crate::world::shared::Shared;
use crate::world::wifi::{AccessPoint, Band, Joined, Network, Profile, Radio, Security};
use crate::world::{DeviceId, PlaceId, World};

/// Stations on a network of the company's that has a key.
pub fn targets(world: &World) -> Vec<Target> {
    super::station::keyed(world)
}

/// Somebody with a small access point sits nearby; the computer's user picked the name that she knew.
pub fn imitate(world: &mut World, target: &Target, chance: &mut Chance) {
    let id = DeviceId::from_index(world.devices.len());
    let number = chance.below(1 << 16).to_le_bytes();
    let bssid = Mac([0xc8, 0x3a, 0x35, 0x0b, number[0], number[1]]);
    let device = access_point(id, &target.name, bssid, world.device(target.device).place, world.now);
    world.devices.push(device);
    let station = stations::of(target);
    if let Some(client) = wifi::client_mut(world, station) {
        let profile = Profile { ssid: target.name.clone(), security: Security::Open, key: 0, automatic: true };
        client.profiles.insert(0, profile);
        client.joined = Some(Joined { ssid: target.name.clone(), access_point: id, bssid, band: Band::Ghz2 });
    }
    if let Some(index) = wifi::interface_on(world, station) {
        take_lease(world, (target.device, index));
    }
}

const GATEWAY: Ipv4Addr = Ipv4Addr::new(192, 168, 43, 1);

/// What the foreign access point gave out; it leads nowhere that the company knows of.
fn take_lease(world: &mut World, client: leases::Client) {
    let now = world.now;
    let Some(found) = leases::interface_mut(world, client) else { return };
    let address = Ipv4Addr::new(192, 168, 43, 117);
    found.addresses = vec![Address { ip: address, prefix: 24 }];
    found.dhcp.lease = Some(Lease {
        address,
        prefix: 24,
        server: GATEWAY,
        router: Some(GATEWAY),
        dns: vec![GATEWAY],
        domain: String::new(),
        obtained: now,
        expires: now + Span::hours(1),
    });
}

fn access_point(id: DeviceId, ssid: &str, bssid: Mac, place: PlaceId, now: crate::time::Time) -> Device {
    let radio = Radio { band: Band::Ghz2, channel: 11, width: 20, dbm: 20, enabled: true, bssid };
    let network = Network {
        ssid: ssid.to_owned(),
        security: Security::Open,
        vlan: crate::world::VlanId(1),
        bands: Set::from([Band::Ghz2]),
        ..Network::default()
    };
    Device {
        id,
        name: "UNKNOWN-AP".to_owned(),
        kind: Kind::AccessPoint,
        model: "Pocket access point".to_owned(),
        place,
        user: None,
        power: Power::default(),
        hardware: Shared::default(),
        ports: Vec::new(),
        switching: None,
        stack: Stack { initial_ttl: 64, ..Stack::default() },
        system: System::AccessPoint(Shared::new(AccessPoint {
            radios: vec![radio],
            networks: vec![network],
            rogue: true,
            ..AccessPoint::default()
        })),
        roles: Shared::default(),
        started: now,
    }
}

/// Joined to an access point that is not the company's, or bound to do so again: an open profile of a network that has a key.
pub fn is_fooled(world: &World, target: &Target) -> bool {
    let Some(client) = wifi::client(world, stations::of(target)) else { return false };
    let joined = client.joined.as_ref().and_then(|joined| world.device(joined.access_point).access_point());
    let open = client.profiles.iter().any(|profile| profile.ssid == target.name && profile.security == Security::Open);
    joined.is_some_and(|found| found.rogue) || open
}

pub fn repair(world: &mut World, target: &Target, healthy: &World) {
    world.devices.truncate(healthy.devices.len());
    let station = stations::of(target);
    stations::restore(world, station, healthy);
    if let Some(index) = wifi::interface_on(healthy, station) {
        leases::restore(world, (target.device, index), healthy);
    }
}
