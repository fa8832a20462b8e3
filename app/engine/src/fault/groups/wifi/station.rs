//! F1, F2, F6, F7 and F8: one station.

use super::stations;
use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases;
use crate::net::wifi;
use crate::sorted;
use crate::world::wifi::{Band, Security};
use crate::world::windows::{CertificateStore, EventLevel};
use crate::world::{DeviceId, PlaceId, PortRef, World};

const SOFTWARE: &str = "setting";
const HARDWARE: &str = "switch on the case";
const AIRPLANE: &str = "airplane mode";

/// Windows computers that work by radio: each way to be off.
pub fn radios(world: &World) -> Vec<Target> {
    let joined = stations::joined(world).into_iter().filter(|(station, _)| stations::is_windows(world, station.device));
    joined.flat_map(|(station, _)| [SOFTWARE, HARDWARE, AIRPLANE].map(|way| stations::target(world, station, way))).collect()
}

pub fn switch_off(world: &mut World, target: &Target, _: &mut Chance) {
    let station = stations::of(target);
    if target.name == AIRPLANE
        && let Some(windows) = world.device_mut(target.device).windows_mut()
    {
        windows.settings.airplane_mode = true;
    }
    if let Some(client) = wifi::client_mut(world, station) {
        client.joined = None;
        match target.name.as_str() {
            SOFTWARE => client.software_on = false,
            HARDWARE => client.hardware_on = false,
            _ => {}
        }
    }
}

pub fn is_off(world: &World, target: &Target) -> bool {
    wifi::client(world, stations::of(target)).is_some_and(|client| !wifi::radio_on(world, target.device, client))
}

/// The radio, the place and the switches of the settings.
pub fn repair(world: &mut World, target: &Target, healthy: &World) {
    stations::restore(world, stations::of(target), healthy);
    let before = healthy.device(target.device);
    let device = world.device_mut(target.device);
    device.place = before.place;
    if let (Some(windows), Some(before)) = (device.windows_mut(), before.windows()) {
        windows.settings.airplane_mode = before.settings.airplane_mode;
    }
}

/// Stations on networks with a key.
pub fn keyed(world: &World) -> Vec<Target> {
    let with_key = |ssid: &str| {
        let mut networks = wifi::own_access_points(world).flat_map(|(_, found)| &found.networks);
        networks
            .any(|network| network.ssid == ssid && matches!(network.security, Security::Wpa2Personal | Security::Wpa3Personal))
    };
    let joined = stations::joined(world)
        .into_iter()
        .filter(|(station, joined)| stations::is_windows(world, station.device) && with_key(&joined.ssid));
    joined.map(|(station, joined)| stations::target(world, station, &joined.ssid)).collect()
}

/// Everybody was told and typed the new one, but for this computer. The knowledge base has it.
pub fn change_key(world: &mut World, target: &Target, _: &mut Chance) {
    let ssid = &target.name;
    let (old, new) = (wifi::passphrase(ssid), wifi::passphrase(&format!("{ssid}, changed")));
    let number = wifi::key_number(&new);
    for article in &mut world.knowledge {
        article.text = article.text.replace(&old, &new);
    }
    for device in &mut world.devices {
        let networks =
            device.access_point_mut().filter(|found| !found.rogue).map(|found| found.networks.as_mut_slice()).unwrap_or_default();
        for network in networks.iter_mut().filter(|network| network.ssid == *ssid) {
            network.key = number;
        }
        let own = device.id == target.device;
        for client in device.ports.iter_mut().filter_map(|port| port.wifi.as_mut()) {
            if own {
                client.joined.take_if(|joined| joined.ssid == *ssid);
                continue;
            }
            for profile in client.profiles.iter_mut().filter(|profile| profile.ssid == *ssid) {
                profile.key = number;
            }
        }
    }
}

pub fn key_traces(world: &mut World, target: &Target) {
    let text = format!(
        "WLAN AutoConfig service failed to connect to a wireless network.\n\nNetwork SSID: {}\nFailure Reason: The network security key \
         is not correct.",
        target.name
    );
    leases::event(world, target.device, "Microsoft-Windows-WLAN-AutoConfig", 8002, EventLevel::Error, text);
}

/// No profile that gets it in; forgetting the network alone is no cure.
pub fn key_is_old(world: &World, target: &Target) -> bool {
    let Some(client) = wifi::client(world, stations::of(target)) else { return false };
    let networks =
        || wifi::own_access_points(world).flat_map(|(_, found)| &found.networks).filter(|network| network.ssid == target.name);
    let right = client.profiles.iter().filter(|profile| profile.ssid == target.name);
    networks().next().is_some() && !right.into_iter().any(|profile| networks().any(|network| network.key == profile.key))
}

pub fn repair_key(world: &mut World, _: &Target, healthy: &World) {
    world.knowledge.clone_from(&healthy.knowledge);
    stations::restore_access_points(world, healthy);
    for device in healthy.device_ids() {
        for port in wifi::radios(healthy, device) {
            stations::restore(world, PortRef { device, port }, healthy);
        }
    }
}

/// dBm: a signal at which people notice, and one at which they do not.
const WEAK: i8 = -77;
const GOOD: i8 = -68;

/// Stations that have a place to walk to where another access point of their network is much better.
pub fn walkers(world: &World) -> Vec<Target> {
    let walking = stations::joined(world).into_iter().filter(|(station, _)| stations::is_windows(world, station.device));
    walking
        .filter(|(station, _)| far_place(world, *station).is_some())
        .map(|(station, joined)| stations::target(world, station, &joined.ssid))
        .collect()
}

/// Where the present access point is just heard and another one well.
fn far_place(world: &World, station: PortRef) -> Option<PlaceId> {
    let joined = wifi::client(world, station)?.joined.clone()?;
    let own = world
        .device(joined.access_point)
        .access_point()?
        .radios
        .iter()
        .find(|radio| radio.band == joined.band && radio.enabled)?;
    let places = (0..world.places.len()).filter_map(|at| u16::try_from(at).ok().map(PlaceId));
    places.into_iter().find(|place| {
        let here = wifi::signal_at(world, joined.access_point, own, *place);
        let better = wifi::own_access_points(world).any(|(other, found)| {
            other != joined.access_point
                && found.networks.iter().any(|network| network.ssid == joined.ssid)
                && found.radios.iter().any(|radio| radio.enabled && wifi::signal_at(world, other, radio, *place) >= GOOD)
        });
        better && (wifi::LEAST..=WEAK).contains(&here)
    })
}

/// The driver's roaming is at its lowest, and its owner sits in the far room.
pub fn cling(world: &mut World, target: &Target, _: &mut Chance) {
    let station = stations::of(target);
    let Some(place) = far_place(world, station) else { return };
    world.device_mut(target.device).place = place;
    if let Some(client) = wifi::client_mut(world, station) {
        client.roams_below = -90;
    }
}

/// It still would not let go, and what it holds is weak.
pub fn clings(world: &World, target: &Target) -> bool {
    let station = stations::of(target);
    let Some(client) = wifi::client(world, station).filter(|client| client.roams_below <= WEAK) else { return false };
    let Some(joined) = &client.joined else { return true };
    let radios = world.device(joined.access_point).access_point().map(|found| found.radios.as_slice()).unwrap_or_default();
    let radio = radios.iter().find(|radio| radio.band == joined.band);
    radio.is_none_or(|radio| wifi::signal(world, joined.access_point, radio, target.device) < GOOD)
}

/// Stations, with each network that has a portal and that they hear.
pub fn visitors(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for (station, joined) in stations::joined(world) {
        if !stations::is_windows(world, station.device) {
            continue;
        }
        let networks = wifi::own_access_points(world)
            .flat_map(|(_, found)| &found.networks)
            .filter(|network| network.portal.is_some() && network.security == Security::Open && network.ssid != joined.ssid);
        let mut names: Vec<_> = networks.map(|network| network.ssid.clone()).collect();
        sorted::sort(&mut names);
        names.dedup();
        let heard = wifi::scan(world, station.device, station.port);
        names.retain(|name| heard.iter().any(|visible| visible.ssid == *name));
        found.extend(names.iter().map(|name| stations::target(world, station, name)));
    }
    found
}

/// It joined as a guest, with what a guest gets; tried out in a copy, so that timers and tables stay.
pub fn stand_at_portal(world: &mut World, target: &Target, _: &mut Chance) {
    let station = stations::of(target);
    let mut copy = world.clone();
    if wifi::join(&mut copy, station.device, station.port, &target.name, None).is_err() {
        return;
    }
    stations::restore(world, station, &copy);
    if let Some(index) = wifi::interface_on(world, station) {
        leases::restore(world, (target.device, index), &copy);
    }
    restore_servers(world, &copy);
}

fn restore_servers(world: &mut World, other: &World) {
    let servers: Vec<DeviceId> =
        other.devices.iter().filter(|device| device.roles.dhcp.is_some()).map(|device| device.id).collect();
    for server in servers {
        leases::restore_server(world, server, other);
    }
}

pub fn stands_at_portal(world: &World, target: &Target) -> bool {
    wifi::held_by_portal(world, target.device).is_some()
}

pub fn repair_portal(world: &mut World, target: &Target, healthy: &World) {
    let station = stations::of(target);
    stations::restore(world, station, healthy);
    if let Some(index) = wifi::interface_on(healthy, station) {
        leases::restore(world, (target.device, index), healthy);
    }
    restore_servers(world, healthy);
}

/// Stations on networks with 802.1X.
pub fn certified(world: &World) -> Vec<Target> {
    let strict = |ssid: &str| {
        let mut networks = wifi::own_access_points(world).flat_map(|(_, found)| &found.networks);
        networks.any(|network| network.ssid == ssid && network.security == Security::Wpa2Enterprise)
    };
    let joined = stations::joined(world).into_iter();
    let joined = joined.filter(|(station, joined)| stations::is_windows(world, station.device) && strict(&joined.ssid));
    joined.map(|(station, joined)| stations::target(world, station, &joined.ssid)).collect()
}

pub fn lose_certificate(world: &mut World, target: &Target, _: &mut Chance) {
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        windows.certificates.retain(|certificate| certificate.store == CertificateStore::TrustedRoot);
    }
    if let Some(client) = wifi::client_mut(world, stations::of(target)) {
        client.joined = None;
    }
}

pub fn certificate_traces(world: &mut World, target: &Target) {
    let text = format!(
        "Wireless 802.1x authentication failed.\n\nNetwork SSID: {}\nReason: Unable to identify a user certificate for 802.1X \
         authentication.",
        target.name
    );
    leases::event(world, target.device, "Microsoft-Windows-WLAN-AutoConfig", 12013, EventLevel::Error, text);
}

pub fn lacks_certificate(world: &World, target: &Target) -> bool {
    !wifi::has_certificate(world, target.device)
}

pub fn repair_certificates(world: &mut World, target: &Target, healthy: &World) {
    stations::restore(world, stations::of(target), healthy);
    let before = healthy.device(target.device).windows().map(|windows| windows.certificates.clone()).unwrap_or_default();
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        windows.certificates = before;
    }
}

/// Bands of a radio that was made when there was only one.
pub fn is_legacy(bands: &crate::sorted::Set<Band>) -> bool {
    bands.iter().eq([Band::Ghz2].iter())
}
