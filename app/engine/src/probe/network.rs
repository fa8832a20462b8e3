//! Probes of the network.

use std::net::Ipv4Addr;

use crate::net::event::What;
use crate::net::{self, Echo, EchoOutcome, arp, link, route, switching};
use crate::world::{DeviceId, InterfaceIndex, PortRef, World};

/// Echo requests that are sent before a host counts as not there; a bad cable loses some of them.
const TRIES: u8 = 4;

pub fn reach(world: &mut World, from: DeviceId, to: Ipv4Addr) -> bool {
    (0..TRIES).any(|_| matches!(net::ping(world, from, to, Echo::default()), EchoOutcome::Reply { .. }))
}
pub fn resolve(_world: &mut World, _from: DeviceId, _name: &str) -> bool {
    false
}
pub fn port(_world: &mut World, _from: DeviceId, _host: &str, _port: u16) -> bool {
    false
}
pub fn web(_world: &mut World, _from: DeviceId, _url: &str) -> bool {
    false
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

pub fn wifi(_world: &mut World, _device: DeviceId, _ssid: &str) -> bool {
    false
}
