//! Probes of the network.

use std::net::Ipv4Addr;

use crate::net::dns::{self, Resolution};
use crate::net::packet::{self, Connection};
use crate::net::web::{self as pages, WebOutcome};
use crate::net::wifi as air;
use crate::world::{DeviceId, PortRef, World};

/// Mb/s below which people call a radio slow: what 802.11n still carries at −74 dBm.
const USABLE_MBPS: u32 = 30;

pub fn reach(_world: &mut World, _from: DeviceId, _to: Ipv4Addr) -> bool {
    false
}

pub fn resolve(world: &mut World, from: DeviceId, name: &str) -> bool {
    matches!(dns::resolve(world, from, name), Resolution::Address(_))
}

pub fn port(world: &mut World, from: DeviceId, host: &str, port: u16) -> bool {
    match dns::resolve(world, from, host) {
        Resolution::Address(address) => matches!(packet::connect(world, from, address, port), Connection::Connected { .. }),
        Resolution::NotFound | Resolution::Failed => false,
    }
}

/// The page opens, and it is the site that was asked for, wherever the name led.
pub fn web(world: &mut World, from: DeviceId, url: &str) -> bool {
    matches!(pages::open(world, from, url), WebOutcome::Page { status: 200, .. })
}

pub fn throughput(_world: &mut World, _from: DeviceId, _to: Ipv4Addr, _mbps: u32) -> bool {
    false
}
pub fn addressing(_world: &mut World, _device: DeviceId) -> bool {
    false
}
/// Joined to the company's own access point, let through, with an address of its network, and fast enough to work.
pub fn wifi(world: &mut World, device: DeviceId, ssid: &str) -> bool {
    air::settle(world, device);
    let radios = air::radios(world, device).into_iter().map(|port| PortRef { device, port });
    let on_it = |station: &PortRef| {
        let joined = air::client(world, *station).and_then(|client| client.joined.as_ref());
        let own = air::uplink(world, *station).and_then(|(found, _)| world.device(found).access_point()).is_some_and(|found| !found.rogue);
        let address = air::interface_on(world, *station)
            .and_then(|index| world.device(device).stack.interfaces.get(usize::from(index.0)))
            .is_some_and(|interface| interface.addresses.iter().any(|address| !address.ip.is_link_local()));
        joined.is_some_and(|joined| joined.ssid == ssid) && own && address && air::throughput(world, *station) >= USABLE_MBPS
    };
    radios.collect::<Vec<_>>().iter().any(on_it) && air::held_by_portal(world, device).is_none()
}
