//! Association: who can join what, how strong the signal is.
//!
//! A station's [`WifiClient::joined`] is what it believes; [`uplink`] says whether that still holds.

mod join;
mod signal;

use crate::sorted;
use crate::world::mac::Mac;
use crate::world::wifi::{AccessPoint, Band, Network, Radio, Security, WifiClient};
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, VlanId, World};

pub use join::{HOLDS as LEAST, JoinError, accept_portal, can_associate, forget, has_certificate, join, leave, settle};
pub use signal::{OVEN_CHANNEL, contenders, oven_near, rate, shares_channel, signal, signal_at, throughput};

/// One network that a station can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible {
    /// Empty where the network does not tell its name.
    pub ssid: String,
    pub access_point: DeviceId,
    pub bssid: Mac,
    pub band: Band,
    pub channel: u8,
    pub security: Security,
    pub dbm: i8,
}

/// One network on one radio of one access point, as the air carries it.
pub(crate) struct OnAir<'w> {
    pub access_point: DeviceId,
    pub radio: &'w Radio,
    pub network: &'w Network,
    pub bssid: Mac,
    pub dbm: i8,
}

/// dBm below which a radio hears no beacon.
const HEARS: i8 = -88;

/// What a station's radio receives, strongest first; nothing where it is switched off.
#[must_use]
pub fn scan(world: &World, device: DeviceId, port: PortIndex) -> Vec<Visible> {
    let station = PortRef { device, port };
    let Some(client) = client(world, station).filter(|client| radio_on(world, device, client)) else { return Vec::new() };
    let mut seen: Vec<_> = on_air(world, station)
        .into_iter()
        .filter(|heard| client.bands.contains(&heard.radio.band))
        .map(|heard| Visible {
            ssid: if heard.network.hidden { String::new() } else { heard.network.ssid.clone() },
            access_point: heard.access_point,
            bssid: heard.bssid,
            band: heard.radio.band,
            channel: heard.radio.channel,
            security: heard.network.security,
            dbm: heard.dbm,
        })
        .collect();
    sorted::by_key(&mut seen, |visible| (std::cmp::Reverse(visible.dbm), visible.bssid, visible.ssid.clone()));
    seen
}

/// Everything that can be heard where the station stands, on any band.
pub(crate) fn on_air(world: &World, station: PortRef) -> Vec<OnAir<'_>> {
    let mut heard = Vec::new();
    for device in world.device_ids().filter(|device| crate::machine::is_up(world, *device)) {
        let Some(access_point) = world.device(device).access_point() else { continue };
        for radio in access_point.radios.iter().filter(|radio| radio.enabled) {
            let dbm = signal(world, device, radio, station.device);
            if dbm < HEARS {
                continue;
            }
            for (at, network) in access_point.networks.iter().enumerate() {
                if network.bands.contains(&radio.band) {
                    heard.push(OnAir { access_point: device, radio, network, bssid: nth_bssid(radio.bssid, at), dbm });
                }
            }
        }
    }
    heard
}

/// The BSSID of a radio's network: counted up from the radio's own in the last octet.
fn nth_bssid(first: Mac, at: usize) -> Mac {
    let mut bssid = first;
    bssid.0[5] = first.0[5].wrapping_add(u8::try_from(at).unwrap_or_default());
    bssid
}

/// The radio of a port, where the port is one.
#[must_use]
pub fn client(world: &World, port: PortRef) -> Option<&WifiClient> {
    world.devices.get(usize::from(port.device.0))?.ports.get(usize::from(port.port.0))?.wifi.as_deref()
}

pub(crate) fn client_mut(world: &mut World, port: PortRef) -> Option<&mut WifiClient> {
    world.devices.get_mut(usize::from(port.device.0))?.ports.get_mut(usize::from(port.port.0))?.wifi.as_deref_mut()
}

/// The radios of a device.
#[must_use]
pub fn radios(world: &World, device: DeviceId) -> Vec<PortIndex> {
    let ports = world.devices.get(usize::from(device.0)).map(|device| device.ports.as_slice()).unwrap_or_default();
    let with_radio = ports.iter().enumerate().filter(|(_, port)| port.wifi.is_some());
    with_radio.filter_map(|(at, _)| u8::try_from(at).ok().map(PortIndex)).collect()
}

/// On by the switch on the case, by the setting, and not in airplane mode.
#[must_use]
pub fn radio_on(world: &World, device: DeviceId, client: &WifiClient) -> bool {
    let airplane = world.device(device).windows().is_some_and(|windows| windows.settings.airplane_mode);
    client.hardware_on && client.software_on && !airplane
}

/// The network a station is joined to, as long as that holds: both radios on, still offered there, in range, right key.
pub(crate) fn association(world: &World, station: PortRef) -> Option<OnAir<'_>> {
    let client = client(world, station)?;
    let joined = client.joined.as_ref()?;
    let here = on_air(world, station).into_iter().find(|heard| {
        heard.access_point == joined.access_point && heard.radio.band == joined.band && heard.network.ssid == joined.ssid
    })?;
    let profile = client.profiles.iter().find(|profile| join::fits(profile, here.network))?;
    (here.dbm >= join::HOLDS && join::associates(world, station, &here, profile.key).is_ok()).then_some(here)
}

/// Where a station's frames come out: the access point it is joined to, as long as that still holds, and the VLAN of the network.
/// `port` is the station's radio; anything else has no uplink.
#[must_use]
pub fn uplink(world: &World, port: PortRef) -> Option<(DeviceId, VlanId)> {
    association(world, port).map(|here| (here.access_point, here.network.vlan))
}

/// The radios that are joined to an access point now.
#[must_use]
pub fn stations(world: &World, access_point: DeviceId) -> Vec<PortRef> {
    let all = world.device_ids().flat_map(|device| radios(world, device).into_iter().map(move |port| PortRef { device, port }));
    all.filter(|station| uplink(world, *station).is_some_and(|(joined, _)| joined == access_point)).collect()
}

/// The radio over which a portal holds a device back: joined to a network with a portal whose page was not accepted.
#[must_use]
pub fn held_by_portal(world: &World, device: DeviceId) -> Option<PortRef> {
    let stations = radios(world, device).into_iter().map(|port| PortRef { device, port });
    stations.into_iter().find(|station| {
        let mac = world.device(device).ports.get(usize::from(station.port.0)).map(|port| port.mac).unwrap_or_default();
        association(world, *station)
            .is_some_and(|here| here.network.portal.as_ref().is_some_and(|accepted| !accepted.contains(&mac)))
    })
}

/// The interface that stands on a port.
#[must_use]
pub fn interface_on(world: &World, port: PortRef) -> Option<InterfaceIndex> {
    let stack = &world.devices.get(usize::from(port.device.0))?.stack;
    let on =
        |interface: &crate::world::interface::Interface| interface.attach == crate::world::interface::Attach::Port(port.port);
    stack.interfaces.iter().position(on).and_then(|at| u8::try_from(at).ok()).map(InterfaceIndex)
}

/// The number that stands for a key as somebody types it.
#[must_use]
pub fn key_number(typed: &str) -> u32 {
    u32::try_from(crate::hash::fnv1a(typed.as_bytes()) >> 40).unwrap_or_default()
}

/// A passphrase as somebody makes one up for a network: two words and a number, the same again for the same seed.
#[must_use]
pub fn passphrase(seed: &str) -> String {
    const WORDS: [&str; 16] = [
        "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heron", "ivory", "juniper", "kestrel", "lagoon", "maple",
        "nectar", "orchid", "pebble",
    ];
    let hash = crate::hash::fnv1a(seed.as_bytes());
    let word = |shift: u32| WORDS.get(usize::from((hash >> shift).to_le_bytes()[0] & 15)).copied().unwrap_or_default();
    format!("{}-{}-{:04}", word(8), word(24), (hash >> 40) % 10_000)
}

/// Access points of the company: all that are in its inventory.
pub(crate) fn own_access_points(world: &World) -> impl Iterator<Item = (DeviceId, &AccessPoint)> {
    let all = world.devices.iter().filter_map(|device| Some((device.id, device.access_point()?)));
    all.filter(|(_, access_point)| !access_point.rogue)
}

#[cfg(test)]
mod tests;
