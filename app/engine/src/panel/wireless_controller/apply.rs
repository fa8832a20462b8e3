//! What is done to radios and networks; every access point of the company takes it.

use super::super::{Operation, Refused};
use super::radio_name;
use crate::net::wifi;
use crate::sorted::Set;
use crate::world::port::VlanId;
use crate::world::wifi::{AccessPoint, Band, Network, Security};
use crate::world::{DeviceId, World};

pub(super) const SECURITY: &[&str] = &["open", "wpa2", "wpa3", "enterprise"];
pub(super) const BANDS: &[&str] = &["2.4", "5", "both"];
/// What regulators allow indoor access points, in dBm, and the least that devices can be set to.
const POWER: std::ops::RangeInclusive<i8> = 1..=23;
/// WPA passphrases have at least eight characters (IEEE 802.11).
const SHORTEST_KEY: usize = 8;

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if super::view(world, device).is_none() {
        return Err(Refused("This device has no wireless networks.".to_owned()));
    }
    let said = match operation.verb.as_str() {
        "set-channel" | "set-power" | "set-radio" => on_radio(world, operation),
        "set-security" | "set-key" | "set-bands" | "delete-network" => on_network(world, operation),
        "add-network" => add(world, operation),
        "rate-limit" => rate_limit(world, operation),
        _ => operation.unknown(),
    }?;
    for station in world.device_ids() {
        wifi::settle(world, station);
    }
    Ok(said)
}

fn own(world: &mut World) -> impl Iterator<Item = &mut AccessPoint> {
    world.devices.iter_mut().filter_map(crate::world::Device::access_point_mut).filter(|access_point| !access_point.rogue)
}

/// The channels of a band that regulators allow nearly everywhere.
fn allowed(band: Band, channel: u8) -> bool {
    match band {
        Band::Ghz2 => (1..=13).contains(&channel),
        Band::Ghz5 => {
            (36..=64).contains(&channel) && channel.is_multiple_of(4)
                || (100..=140).contains(&channel) && channel.is_multiple_of(4)
        }
        Band::Ghz6 => (1..=93).contains(&channel) && channel % 4 == 1,
    }
}

fn on_radio(world: &mut World, operation: &Operation) -> Result<String, Refused> {
    let wanted = operation.target.trim();
    let place = wifi::own_access_points(world).find_map(|(device, access_point)| {
        let at = access_point.radios.iter().position(|radio| radio_name(world, device, radio) == wanted)?;
        Some((device, at))
    });
    let radio = place.and_then(|(device, at)| world.device_mut(device).access_point_mut()?.radios.get_mut(at));
    let Some(radio) = radio else { return Err(Refused(format!("There is no radio “{wanted}”."))) };
    match operation.verb.as_str() {
        "set-channel" => {
            let channel = operation.value("channel").trim().parse().ok().filter(|channel| allowed(radio.band, *channel));
            radio.channel = channel.ok_or_else(|| Refused("This channel is not in the radio's band.".to_owned()))?;
            Ok(format!("{wanted}: channel {}.", radio.channel))
        }
        "set-power" => {
            let dbm = operation.value("dbm").trim().parse().ok().filter(|dbm| POWER.contains(dbm));
            radio.dbm =
                dbm.ok_or_else(|| Refused(format!("The power must be from {} to {} dBm.", POWER.start(), POWER.end())))?;
            Ok(format!("{wanted}: {} dBm.", radio.dbm))
        }
        _ => {
            radio.enabled = operation.value("enabled") == "yes";
            Ok(format!("{wanted} is {}.", if radio.enabled { "on" } else { "off" }))
        }
    }
}

fn security(operation: &Operation) -> Result<Security, Refused> {
    Ok(match operation.value("security") {
        "open" => Security::Open,
        "wpa2" => Security::Wpa2Personal,
        "wpa3" => Security::Wpa3Personal,
        "enterprise" => Security::Wpa2Enterprise,
        other => return Err(Refused(format!("“{other}” is no kind of security."))),
    })
}

fn bands(operation: &Operation) -> Result<Set<Band>, Refused> {
    Ok(match operation.value("bands") {
        "2.4" => Set::from([Band::Ghz2]),
        "5" => Set::from([Band::Ghz5]),
        "" | "both" => Set::from([Band::Ghz2, Band::Ghz5]),
        other => return Err(Refused(format!("“{other}” is no band."))),
    })
}

fn key(operation: &Operation) -> Result<u32, Refused> {
    let typed = operation.value("key");
    if typed.chars().count() < SHORTEST_KEY {
        return Err(Refused(format!("The key must have at least {SHORTEST_KEY} characters.")));
    }
    Ok(wifi::key_number(typed))
}

fn personal(security: Security) -> bool {
    matches!(security, Security::Wpa2Personal | Security::Wpa3Personal)
}

fn on_network(world: &mut World, operation: &Operation) -> Result<String, Refused> {
    let ssid = operation.target.trim().to_owned();
    let current = own(world).flat_map(|found| &found.networks).find(|network| network.ssid == ssid).cloned();
    let Some(mut next) = current else { return Err(Refused(format!("There is no network “{ssid}”."))) };
    match operation.verb.as_str() {
        "set-security" => {
            let had_key = personal(next.security);
            next.security = security(operation)?;
            if personal(next.security) && (!had_key || !operation.value("key").is_empty()) {
                next.key = key(operation)?;
            }
        }
        "set-key" => next.key = key(operation)?,
        "set-bands" => next.bands = bands(operation)?,
        _ => {
            for access_point in own(world) {
                access_point.networks.retain(|network| network.ssid != ssid);
            }
            return Ok(format!("{ssid} is deleted."));
        }
    }
    for network in own(world).flat_map(|found| &mut found.networks).filter(|network| network.ssid == ssid) {
        (network.security, network.key, network.bands) = (next.security, next.key, next.bands.clone());
    }
    Ok(format!("{ssid} is changed."))
}

fn add(world: &mut World, operation: &Operation) -> Result<String, Refused> {
    /// IEEE 802.11: a name has 1 to 32 octets.
    const LONGEST_NAME: usize = 32;
    let ssid = operation.value("ssid").trim();
    if ssid.is_empty() || ssid.len() > LONGEST_NAME {
        return Err(Refused("The name must have 1 to 32 characters.".to_owned()));
    }
    if own(world).flat_map(|found| &found.networks).any(|network| network.ssid == ssid) {
        return Err(Refused(format!("There is a network “{ssid}” already.")));
    }
    let security = security(operation)?;
    let vlan = operation.value("vlan").trim().parse().ok().filter(|vlan| (1..=4094).contains(vlan));
    let Some(vlan) = vlan else { return Err(Refused("The VLAN must be from 1 to 4094.".to_owned())) };
    let network = Network {
        ssid: ssid.to_owned(),
        security,
        key: if personal(security) { key(operation)? } else { 0 },
        vlan: VlanId(vlan),
        bands: bands(operation)?,
        ..Network::default()
    };
    for access_point in own(world) {
        access_point.networks.push(network.clone());
    }
    Ok(format!("{ssid} is on the air."))
}

fn rate_limit(world: &mut World, operation: &Operation) -> Result<String, Refused> {
    let found = world.find(operation.target.trim()).and_then(|device| world.device_mut(device).access_point_mut());
    let Some(access_point) = found.filter(|access_point| !access_point.rogue) else {
        return Err(Refused(format!("There is no access point “{}”.", operation.target)));
    };
    access_point.rate_limit = operation.value("enabled") == "yes";
    Ok(if access_point.rate_limit { "Clients are limited." } else { "Clients are not limited." }.to_owned())
}
