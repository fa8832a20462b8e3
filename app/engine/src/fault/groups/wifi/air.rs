//! F3, F4, F5 and F10: what everybody on an access point shares.

use super::station::is_legacy;
use super::stations;
use crate::chance::Chance;
use crate::fault::Target;
use crate::net::wifi;
use crate::sorted::{self, Set};
use crate::world::mac::Mac;
use crate::world::wifi::{Band, Joined, Network, Security};
use crate::world::{DeviceId, PlaceId, PortRef, World};

/// Joined stations with a radio for 2.4 GHz only.
pub fn legacy(world: &World) -> Vec<Target> {
    let old = stations::joined(world)
        .into_iter()
        .filter(|(station, _)| wifi::client(world, *station).is_some_and(|client| is_legacy(&client.bands)));
    old.map(|(station, joined)| stations::target(world, station, &joined.ssid)).collect()
}

/// The network went to 5 GHz, for speed.
pub fn modernise(world: &mut World, target: &Target, _: &mut Chance) {
    let access_points = world.devices.iter_mut().filter_map(crate::world::Device::access_point_mut).filter(|found| !found.rogue);
    for network in access_points.flat_map(|found| &mut found.networks).filter(|network| network.ssid == target.name) {
        network.bands = Set::from([Band::Ghz5]);
    }
    if let Some(client) = wifi::client_mut(world, stations::of(target)) {
        client.joined = None;
    }
}

/// No network with a key is heard that its band and its WPA can do.
pub fn legacy_is_left_out(world: &World, target: &Target) -> bool {
    let secured = |network: &&Network| network.security != Security::Open;
    let names: Set<_> = wifi::own_access_points(world)
        .flat_map(|(_, found)| &found.networks)
        .filter(secured)
        .map(|network| &network.ssid)
        .collect();
    !names.into_iter().any(|ssid| wifi::can_associate(world, stations::of(target), ssid).is_ok())
}

pub fn repair_networks(world: &mut World, target: &Target, healthy: &World) {
    stations::restore_access_points(world, healthy);
    stations::restore(world, stations::of(target), healthy);
}

/// Stations whose access point offers their network on 2.4 GHz too.
pub fn near_kitchen(world: &World) -> Vec<Target> {
    let both = stations::joined(world)
        .into_iter()
        .filter(|(station, joined)| stations::is_windows(world, station.device) && on_2_4(world, *station, joined).is_some());
    both.map(|(station, joined)| stations::target(world, station, &joined.ssid)).collect()
}

/// The same network on the access point's other radio, where an oven is felt: channel 4 and above.
fn on_2_4(world: &World, station: PortRef, joined: &Joined) -> Option<Joined> {
    let heard = wifi::on_air(world, station).into_iter().find(|heard| {
        heard.access_point == joined.access_point && heard.network.ssid == joined.ssid && heard.radio.band == Band::Ghz2
    })?;
    (heard.radio.channel >= wifi::OVEN_CHANNEL).then(|| Joined { bssid: heard.bssid, band: Band::Ghz2, ..joined.clone() })
}

fn place_of(world: &World, device: DeviceId) -> PlaceId {
    world.device(device).place
}

/// The oven runs next to a computer whose driver prefers 2.4 GHz.
pub fn cook(world: &mut World, target: &Target, _: &mut Chance) {
    let station = stations::of(target);
    let place = place_of(world, target.device);
    let joined = wifi::client(world, station).and_then(|client| client.joined.clone());
    let next = joined.and_then(|joined| on_2_4(world, station, &joined));
    if let Some(client) = wifi::client_mut(world, station) {
        client.bands = Set::from([Band::Ghz2]);
        client.joined = next;
    }
    if let Some(place) = world.places.get_mut(usize::from(place.0)) {
        place.interference_2_4 = true;
    }
}

/// The oven is there, and the computer on the band and the channels that it disturbs.
pub fn is_disturbed(world: &World, target: &Target) -> bool {
    let station = stations::of(target);
    let Some(client) = wifi::client(world, station) else { return false };
    let hit = match &client.joined {
        Some(joined) => {
            let radios =
                world.device(joined.access_point).access_point().map(|found| found.radios.as_slice()).unwrap_or_default();
            joined.band == Band::Ghz2
                && radios.iter().any(|radio| radio.band == Band::Ghz2 && radio.channel >= wifi::OVEN_CHANNEL)
        }
        None => is_legacy(&client.bands),
    };
    hit && wifi::oven_near(world, place_of(world, target.device))
}

pub fn repair_kitchen(world: &mut World, target: &Target, healthy: &World) {
    stations::restore(world, stations::of(target), healthy);
    let place = usize::from(place_of(healthy, target.device).0);
    if let (Some(place), Some(before)) = (world.places.get_mut(place), healthy.places.get(place)) {
        place.interference_2_4 = before.interference_2_4;
    }
}

/// Fewer access points than this still leave enough air for each.
const CROWD: u32 = 3;

/// Stations on 2.4 GHz, or that can go there, among several access points.
pub fn crowdable(world: &World) -> Vec<Target> {
    let enough = |station: &PortRef| {
        let mut loud: Vec<_> = wifi::on_air(world, *station)
            .into_iter()
            .filter(|heard| heard.radio.band == Band::Ghz2)
            .map(|heard| heard.access_point)
            .collect();
        sorted::sort(&mut loud);
        loud.dedup();
        u32::try_from(loud.len()).unwrap_or_default() >= CROWD
    };
    if all_on_one_channel(world) {
        return Vec::new();
    }
    let near = near_kitchen(world).into_iter().filter(|target| enough(&stations::of(target)));
    near.collect()
}

/// Every access point came with channel 6 and was left so; the computer's driver prefers 2.4 GHz.
pub fn crowd(world: &mut World, target: &Target, _: &mut Chance) {
    let station = stations::of(target);
    let joined = wifi::client(world, station).and_then(|client| client.joined.clone());
    let next = joined.and_then(|joined| on_2_4(world, station, &joined));
    if let Some(client) = wifi::client_mut(world, station) {
        client.bands = Set::from([Band::Ghz2]);
        client.joined = next;
    }
    let access_points = world.devices.iter_mut().filter_map(crate::world::Device::access_point_mut).filter(|found| !found.rogue);
    for radio in access_points.flat_map(|found| &mut found.radios).filter(|radio| radio.band == Band::Ghz2) {
        radio.channel = 6;
    }
}

fn all_on_one_channel(world: &World) -> bool {
    let radios = wifi::own_access_points(world).flat_map(|(_, found)| &found.radios);
    let mut channels: Vec<_> =
        radios.filter(|radio| radio.band == Band::Ghz2 && radio.enabled).map(|radio| radio.channel).collect();
    let many = channels.len() >= CROWD as usize;
    sorted::sort(&mut channels);
    channels.dedup();
    many && channels.len() == 1
}

/// The plan is at fault, whichever band the computer uses.
pub fn is_crowded(world: &World, _: &Target) -> bool {
    all_on_one_channel(world)
}

pub fn repair_channels(world: &mut World, target: &Target, healthy: &World) {
    stations::restore_access_points(world, healthy);
    stations::restore(world, stations::of(target), healthy);
}

/// Access points with stations; the station of a requester stands in `device`, the access point in `other`.
pub fn limitable(world: &World) -> Vec<Target> {
    let joined = stations::joined(world).into_iter().filter(|(station, _)| stations::is_windows(world, station.device));
    joined
        .filter(|(_, joined)| world.device(joined.access_point).access_point().is_some_and(|found| !found.rate_limit))
        .map(|(station, joined)| Target { other: Some(joined.access_point), ..stations::target(world, station, &joined.ssid) })
        .collect()
}

/// A visitor's telephone loads its backup.
pub fn saturate(world: &mut World, target: &Target, chance: &mut Chance) {
    let number = chance.below(1 << 24).to_le_bytes();
    let mac = Mac([0x02, 0xf0, 0x11, number[0], number[1], number[2]]);
    if let Some(found) = target.other.and_then(|device| world.device_mut(device).access_point_mut()) {
        found.saturated_by = Some(mac);
    }
}

pub fn is_saturated(world: &World, target: &Target) -> bool {
    let found = target.other.and_then(|device| world.device(device).access_point());
    found.is_some_and(|found| found.saturated_by.is_some() && !found.rate_limit)
}

pub fn repair_limit(world: &mut World, target: &Target, healthy: &World) {
    let Some(device) = target.other else { return };
    let before = healthy.device(device).access_point().and_then(|found| found.saturated_by);
    if let Some(found) = world.device_mut(device).access_point_mut() {
        found.saturated_by = before;
    }
}
