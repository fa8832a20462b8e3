//! Probes of the network.

use std::net::Ipv4Addr;

use crate::net::dns::{self, Resolution};
use crate::net::event::What;
use crate::net::packet::{self, Connection};
use crate::net::web::{self as pages, WebOutcome};
use crate::net::wifi as air;
use crate::net::{self, Echo, EchoOutcome, arp, link, route, switching};
use crate::world::{DeviceId, InterfaceIndex, PortRef, World};

/// Mb/s below which people call a radio slow: what 802.11n still carries at −74 dBm.
const USABLE_MBPS: u32 = 30;

/// Echo requests that are sent before a host counts as not there; a bad cable loses some of them.
const TRIES: u8 = 4;

pub fn reach(world: &mut World, from: DeviceId, to: Ipv4Addr) -> bool {
    (0..TRIES).any(|_| matches!(net::ping(world, from, to, Echo::default()), EchoOutcome::Reply { .. }))
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

/// Every link on the way there is fast enough and sound, and big packets come through whole.
pub fn throughput(world: &mut World, from: DeviceId, to: Ipv4Addr, mbps: u32) -> bool {
    // Tables learn first, so that the logged walk goes the straight way only.
    if net::packet::carries_bulk(world, from, to) != Some(true) {
        return false;
    }
    let mut log = Vec::new();
    let answered = matches!(net::ping_logged(world, from, to, Echo::default(), &mut log), EchoOutcome::Reply { .. });
    let used = log.iter().filter(|event| event.what == What::Sent).filter_map(|event| {
        let port = event.port?;
        link::of(world, PortRef { device: event.device, port })
    });
    let mut sound = used.map(|link| link.speed >= mbps && !link.mismatch && !link.noisy);
    answered && sound.all(|sound| sound)
}

/// Every address of the device is used by nobody else, none is self-given, and no foreign DHCP server can be heard.
pub fn addressing(world: &mut World, device: DeviceId) -> bool {
    let interfaces: Vec<_> = world.device(device).stack.interfaces.iter().map(|found| found.addresses.clone()).collect();
    let mut addressed = false;
    for (at, addresses) in interfaces.into_iter().enumerate() {
        let interface = InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX));
        if !route::usable(world, device, interface) {
            continue;
        }
        addressed |= !addresses.is_empty();
        if addresses
            .iter()
            .any(|address| address.ip.is_link_local() || arp::probe(world, device, interface, address.ip).is_some())
            || foreign_server(world, device, interface)
        {
            return false;
        }
    }
    addressed
}

/// A DHCP server that nobody here set up hears the broadcasts of this interface, and its answers get back.
fn foreign_server(world: &mut World, device: DeviceId, interface: InterfaceIndex) -> bool {
    let heard = switching::broadcast(world, device, interface, false);
    heard.into_iter().any(|arrival| {
        let rogue = world.device(arrival.device).roles.dhcp.as_ref().is_some_and(|server| server.rogue);
        rogue
            && switching::broadcast(world, arrival.device, arrival.interface, true)
                .iter()
                .any(|back| back.device == device && back.interface == interface)
    })
}

/// Joined to the company's own access point, let through, with an address of its network, and fast enough to work.
pub fn wifi(world: &mut World, device: DeviceId, ssid: &str) -> bool {
    air::settle(world, device);
    let radios = air::radios(world, device).into_iter().map(|port| PortRef { device, port });
    let on_it = |station: &PortRef| {
        let joined = air::client(world, *station).and_then(|client| client.joined.as_ref());
        let own = air::uplink(world, *station)
            .and_then(|(found, _)| world.device(found).access_point())
            .is_some_and(|found| !found.rogue);
        let address = air::interface_on(world, *station)
            .and_then(|index| world.device(device).stack.interfaces.get(usize::from(index.0)))
            .is_some_and(|interface| interface.addresses.iter().any(|address| !address.ip.is_link_local()));
        joined.is_some_and(|joined| joined.ssid == ssid) && own && address && air::throughput(world, *station) >= USABLE_MBPS
    };
    radios.collect::<Vec<_>>().iter().any(on_it) && air::held_by_portal(world, device).is_none()
}
