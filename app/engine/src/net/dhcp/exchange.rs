//! Messages between client, relay and server.

use std::net::Ipv4Addr;

use super::server::{self, Asked, Verdict};
use crate::net::event::{Cargo, What};
use crate::net::packet::{self, Connection};
use crate::net::switching;
use crate::sorted;
use crate::world::interface::Lease;
use crate::world::mac::Mac;
use crate::world::{DeviceId, InterfaceIndex, World};

/// UDP port of servers and relays.
const PORT: u16 = 67;
/// Microseconds until a server has looked up its tables, and what a message takes longer through a relay and its routers. Only
/// their order matters: who is on the link itself answers before somebody behind a relay.
const SERVER_MICROS: u32 = 500;
const RELAY_MICROS: u32 = 2000;

/// How a server hears a client, and how its answers get back.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Path {
    server: DeviceId,
    /// The interface that puts the answer on the client's link: the server's own, or the relay's.
    last: (DeviceId, InterfaceIndex),
    /// What chooses the scope: the interface's address, which a relay writes into `giaddr`.
    heard_at: Ipv4Addr,
    /// The server's own address, option 54.
    identity: Ipv4Addr,
    relayed: bool,
    micros: u32,
}

/// One offer as it reaches a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub server: DeviceId,
    pub identity: Ipv4Addr,
    pub address: Ipv4Addr,
    pub micros: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    Ack(Lease),
    /// From the server with this address.
    Nak(Ipv4Addr),
    Silence,
}

fn mac_of(world: &World, device: DeviceId, interface: InterfaceIndex) -> Mac {
    let interfaces = &world.device(device).stack.interfaces;
    interfaces.get(usize::from(interface.0)).map(|found| found.mac).unwrap_or_default()
}

fn first_address(world: &World, device: DeviceId, interface: InterfaceIndex) -> Option<Ipv4Addr> {
    world.device(device).stack.interfaces.get(usize::from(interface.0))?.addresses.first().map(|address| address.ip)
}

/// Every server that a client's broadcast reaches, by itself or through relays, whether it answers or not.
fn paths(world: &mut World, client: DeviceId, interface: InterfaceIndex) -> Vec<Path> {
    let mut paths = Vec::new();
    for arrival in switching::broadcast(world, client, interface, false) {
        let (device, heard_on) = (arrival.device, arrival.interface);
        let Some(heard_at) = first_address(world, device, heard_on) else { continue };
        if world.device(device).roles.dhcp.is_some() {
            let path = Path {
                server: device,
                last: (device, heard_on),
                heard_at,
                identity: heard_at,
                relayed: false,
                micros: arrival.micros + SERVER_MICROS,
            };
            paths.push(path);
        }
        let helpers = world.device(device).stack.interfaces[usize::from(heard_on.0)].helpers.clone();
        for helper in helpers {
            let Some(server) = relay(world, device, helper) else { continue };
            let micros = arrival.micros + SERVER_MICROS + RELAY_MICROS;
            paths.push(Path { server, last: (device, heard_on), heard_at, identity: helper, relayed: true, micros });
        }
    }
    paths
}

/// The server that a relay's datagram reaches.
fn relay(world: &mut World, relay: DeviceId, helper: Ipv4Addr) -> Option<DeviceId> {
    match packet::udp(world, relay, helper, PORT) {
        Connection::Connected { device, .. } if world.device(device).roles.dhcp.is_some() => Some(device),
        _ => None,
    }
}

/// Whether the server's answer gets to the client: routed to the relay, then as a frame that snooping looks at.
fn returns(world: &mut World, path: &Path, client: DeviceId, interface: InterfaceIndex) -> bool {
    if path.relayed && !gets_to(world, path.server, path.last.0, path.heard_at) {
        return false;
    }
    let mac = mac_of(world, client, interface);
    let (device, last) = path.last;
    switching::unicast(world, device, last, mac, true)
        .iter()
        .any(|arrival| arrival.device == client && arrival.interface == interface)
}

/// Whether the server's datagram reaches the relay. A relay has its port open for it, whatever else its filter keeps out.
fn gets_to(world: &mut World, from: DeviceId, relay: DeviceId, giaddr: Ipv4Addr) -> bool {
    let mut log = Vec::new();
    packet::udp_logged(world, from, giaddr, PORT, &mut log);
    log.iter().any(|event| {
        event.device == relay
            && matches!(event.what, What::Received(_))
            && matches!(event.frame.cargo, Cargo::Ip(packet) if packet.flow.to == giaddr)
    })
}

/// The offers that reach a client on DISCOVER, the quickest first. Servers keep nothing of it.
pub fn offers(world: &mut World, client: DeviceId, interface: InterfaceIndex) -> Vec<Offer> {
    offered(world, client, interface).into_iter().map(|(_, offer)| offer).collect()
}

fn offered(world: &mut World, client: DeviceId, interface: InterfaceIndex) -> Vec<(Path, Offer)> {
    let mac = mac_of(world, client, interface);
    let mut found = Vec::new();
    for path in paths(world, client, interface) {
        let Some(address) = server::offer(world, path.server, path.heard_at, mac) else { continue };
        if returns(world, &path, client, interface) {
            found.push((path, Offer { server: path.server, identity: path.identity, address, micros: path.micros }));
        }
    }
    sorted::by_key(&mut found, |(_, offer)| offer.micros);
    found
}

/// DISCOVER–OFFER–REQUEST–ACK with the server whose offer comes first, as clients do.
pub(super) fn discover(world: &mut World, client: DeviceId, interface: InterfaceIndex) -> Option<Lease> {
    let (path, offer) = offered(world, client, interface).into_iter().next()?;
    match acknowledge(world, client, interface, &path, offer.address) {
        Reply::Ack(lease) => Some(lease),
        Reply::Nak(_) | Reply::Silence => None,
    }
}

fn acknowledge(world: &mut World, client: DeviceId, interface: InterfaceIndex, path: &Path, address: Ipv4Addr) -> Reply {
    let asked = Asked {
        heard_at: path.heard_at,
        mac: mac_of(world, client, interface),
        host: world.device(client).name.clone(),
        address,
    };
    match server::acknowledge(world, path.server, &asked, path.identity) {
        Verdict::Ack(lease) => Reply::Ack(lease),
        Verdict::Nak => Reply::Nak(path.identity),
        Verdict::Silence => Reply::Silence,
    }
}

/// REQUEST to everybody for an address one had: the first server that has a scope for the network decides.
pub(super) fn ask_everybody(world: &mut World, client: DeviceId, interface: InterfaceIndex, address: Ipv4Addr) -> Reply {
    let mut paths = paths(world, client, interface);
    sorted::by_key(&mut paths, |path| path.micros);
    for path in paths {
        if !returns(world, &path, client, interface) {
            continue;
        }
        match acknowledge(world, client, interface, &path, address) {
            Reply::Silence => {}
            reply => return reply,
        }
    }
    Reply::Silence
}

/// REQUEST straight to the server of the lease, routed as any datagram.
pub(super) fn ask_server(world: &mut World, client: DeviceId, interface: InterfaceIndex, lease: &Lease) -> Reply {
    let Connection::Connected { device, .. } = packet::udp(world, client, lease.server, PORT) else { return Reply::Silence };
    if !passes_snooping(world, device, client, interface) {
        return Reply::Silence;
    }
    let asked = Asked {
        heard_at: lease.address,
        mac: mac_of(world, client, interface),
        host: world.device(client).name.clone(),
        address: lease.address,
    };
    match server::acknowledge(world, device, &asked, lease.server) {
        Verdict::Ack(lease) => Reply::Ack(lease),
        Verdict::Nak => Reply::Nak(lease.server),
        Verdict::Silence => Reply::Silence,
    }
}

/// Snooping looks at answers to single clients too: what comes from a server on the client's own link must come through a trusted
/// port. Routed answers come from the router, which is looked at where it relays.
fn passes_snooping(world: &mut World, server: DeviceId, client: DeviceId, interface: InterfaceIndex) -> bool {
    let mac = mac_of(world, client, interface);
    let heard = switching::broadcast(world, client, interface, false).into_iter().find(|arrival| arrival.device == server);
    heard.is_none_or(|heard| {
        switching::unicast(world, server, heard.interface, mac, true).iter().any(|arrival| arrival.device == client)
    })
}

/// RELEASE, without an answer: the server frees the address where the datagram gets there.
pub(super) fn release(world: &mut World, client: DeviceId, interface: InterfaceIndex, lease: &Lease) {
    let mac = mac_of(world, client, interface);
    if let Connection::Connected { device, .. } = packet::udp(world, client, lease.server, PORT) {
        server::give_back(world, device, lease.address, mac);
    }
}

/// DECLINE: told to everybody, kept by the server whose lease it was.
pub(super) fn decline(world: &mut World, lease: &Lease) {
    let servers: Vec<_> = world.device_ids().filter(|device| world.device(*device).roles.dhcp.is_some()).collect();
    for device in servers {
        let own = |address: &crate::world::interface::Address| address.ip == lease.server;
        if world.device(device).stack.interfaces.iter().flat_map(|interface| &interface.addresses).any(own) {
            server::mark_bad(world, device, lease.address);
        }
    }
}
