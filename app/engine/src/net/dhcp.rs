//! DHCP: client, server, relay, leases in time (RFC 2131), and addresses a host gives itself (RFC 3927).
//!
//! Broadcasts cross switches as any frame does, so VLANs, spanning tree and snooping decide who hears whom; what a relay sends on
//! and what a client renews is routed as any datagram is.

mod exchange;
mod link_local;
mod server;

use std::net::Ipv4Addr;

use crate::time::{Span, Time, Timer};
use crate::world::interface::{Address, Attach, Interface, Lease, Origin};
use crate::world::windows::{Event, EventLevel, EventLog};
use crate::world::{DeviceId, InterfaceIndex, PortRef, World};

pub use exchange::{Offer, offers};
pub use server::{free, scope_for, serves};

/// What asking for a lease came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    Leased,
    /// Nobody answered; the client may hold a link-local address now.
    NoAnswer,
    /// The address is not DHCP's.
    NotDhcp,
    MediaDisconnected,
}

/// What a client asks again after no answer: Windows does so every five minutes.
const RETRY: Span = Span::minutes(5);
/// RFC 2131, section 4.4.5: while renewing it asks again after half of what is left, but not more often than every minute.
const LEAST: Span = Span::seconds(60);

/// DISCOVER–OFFER–REQUEST–ACK, or REQUEST–ACK when a lease is held. Advances no clock.
pub fn renew(world: &mut World, device: DeviceId, interface: InterfaceIndex) -> Renewal {
    let Some(found) = client(world, device, interface) else { return Renewal::NotDhcp };
    if !has_link(world, device, found.attach) {
        return Renewal::MediaDisconnected;
    }
    let lease = found.dhcp.lease.clone().filter(|lease| lease.expires > world.now);
    match lease {
        Some(lease) => request(world, device, interface, &lease, Reach::Both),
        None => discover(world, device, interface),
    }
}

/// Gives the lease back. Without a lease there is nothing to give: [`Renewal::NotDhcp`].
pub fn release(world: &mut World, device: DeviceId, interface: InterfaceIndex) -> Renewal {
    let Some(found) = client(world, device, interface) else { return Renewal::NotDhcp };
    if !has_link(world, device, found.attach) {
        return Renewal::MediaDisconnected;
    }
    let Some(lease) = found.dhcp.lease.clone() else { return Renewal::NotDhcp };
    exchange::release(world, device, interface, &lease);
    lose(world, device, interface);
    world.timers.cancel(&Timer::DhcpClient(device, interface));
    Renewal::Leased
}

/// A cable was put in, a radio has joined, a machine has started: the client checks its lease where it has one (RFC 2131,
/// section 3.2) and asks for one where it has not.
pub fn link_up(world: &mut World, device: DeviceId, interface: InterfaceIndex) {
    let Some(found) = client(world, device, interface) else { return };
    if !has_link(world, device, found.attach) {
        return;
    }
    match found.dhcp.lease.clone().filter(|lease| lease.expires > world.now) {
        Some(lease) => _ = request(world, device, interface, &lease, Reach::Broadcast),
        None => _ = discover(world, device, interface),
    }
}

/// T1, T2, the end of the lease, or another try.
pub fn client_timer(world: &mut World, device: DeviceId, interface: InterfaceIndex) {
    let Some(found) = client(world, device, interface) else { return };
    let (attach, lease) = (found.attach, found.dhcp.lease.clone());
    let linked = has_link(world, device, attach);
    let Some(lease) = lease else {
        if linked {
            discover(world, device, interface);
        } else {
            again(world, device, interface, RETRY);
        }
        return;
    };
    let now = world.now;
    if now >= lease.expires {
        lose(world, device, interface);
        if linked {
            discover(world, device, interface);
        } else {
            again(world, device, interface, RETRY);
        }
        return;
    }
    let result = match (linked, now >= rebinds(&lease)) {
        (false, _) => Renewal::MediaDisconnected,
        (true, true) => request(world, device, interface, &lease, Reach::Broadcast),
        (true, false) => request(world, device, interface, &lease, Reach::Server),
    };
    if result != Renewal::Leased && client(world, device, interface).is_some_and(|found| found.dhcp.lease.is_some()) {
        let limit = if now >= rebinds(&lease) { lease.expires } else { rebinds(&lease) };
        again(world, device, interface, Span((limit - now).0 / 2).max(LEAST).min(limit - now));
    }
}

/// The address that a card gives itself where nobody else has it.
#[must_use]
pub fn link_local(mac: crate::world::mac::Mac) -> Ipv4Addr {
    link_local::candidate(mac, 0)
}

/// T1: half of the lease.
#[must_use]
pub fn renews(lease: &Lease) -> Time {
    lease.obtained + Span((lease.expires - lease.obtained).0 / 2)
}

/// T2: seven eighths of the lease.
#[must_use]
pub fn rebinds(lease: &Lease) -> Time {
    lease.obtained + Span((lease.expires - lease.obtained).0 / 8 * 7)
}

/// Whom a client asks that holds a lease.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The server of the lease (RENEWING).
    Server,
    /// Everybody (REBINDING, INIT-REBOOT).
    Broadcast,
    /// One after the other, as somebody does who asks by hand.
    Both,
}

/// The interface, where DHCP gives it its address.
fn client(world: &World, device: DeviceId, interface: InterfaceIndex) -> Option<&Interface> {
    let found = world.devices.get(usize::from(device.0))?.stack.interfaces.get(usize::from(interface.0))?;
    (found.enabled && found.dhcp.enabled && crate::machine::is_up(world, device)).then_some(found)
}

fn client_mut(world: &mut World, device: DeviceId, interface: InterfaceIndex) -> Option<&mut Interface> {
    world.devices.get_mut(usize::from(device.0))?.stack.interfaces.get_mut(usize::from(interface.0))
}

fn has_link(world: &World, device: DeviceId, attach: Attach) -> bool {
    match attach {
        Attach::Port(port) | Attach::Sub(port, _) => crate::net::link::of(world, PortRef { device, port }).is_some(),
        Attach::Vlan(_) | Attach::Loopback => true,
    }
}

fn request(world: &mut World, device: DeviceId, interface: InterfaceIndex, lease: &Lease, reach: Reach) -> Renewal {
    let mut answer = exchange::Reply::Silence;
    if reach != Reach::Broadcast {
        answer = exchange::ask_server(world, device, interface, lease);
    }
    if answer == exchange::Reply::Silence && reach != Reach::Server {
        answer = exchange::ask_everybody(world, device, interface, lease.address);
    }
    match answer {
        exchange::Reply::Ack(lease) => bind(world, device, interface, lease),
        exchange::Reply::Nak(server) => {
            note_nak(world, device, interface, lease, server);
            lose(world, device, interface);
            discover(world, device, interface)
        }
        exchange::Reply::Silence => {
            note_silence(world, device, interface);
            Renewal::NoAnswer
        }
    }
}

/// Addresses that were declined before a client gives up: each is marked at its server, so the next one is another.
const DECLINES: u32 = 8;

fn discover(world: &mut World, device: DeviceId, interface: InterfaceIndex) -> Renewal {
    for _ in 0..DECLINES {
        let Some(lease) = exchange::discover(world, device, interface) else { break };
        // RFC 2131, section 4.4.1: the client asks on the link whether somebody has the address already.
        if crate::net::arp::probe(world, device, interface, lease.address).is_some() {
            exchange::decline(world, &lease);
            continue;
        }
        return bind(world, device, interface, lease);
    }
    if let Some(found) = client_mut(world, device, interface) {
        found.dhcp.attempts = found.dhcp.attempts.saturating_add(1);
    }
    note_silence(world, device, interface);
    link_local::take(world, device, interface);
    again(world, device, interface, RETRY);
    Renewal::NoAnswer
}

/// Takes an address into use.
fn bind(world: &mut World, device: DeviceId, interface: InterfaceIndex, lease: Lease) -> Renewal {
    let wait = renews(&lease) - world.now;
    if let Some(found) = client_mut(world, device, interface) {
        found.addresses = vec![Address { ip: lease.address, prefix: lease.prefix }];
        found.origin = Origin::Dhcp;
        found.dhcp.attempts = 0;
        found.dhcp.lease = Some(lease);
    }
    again(world, device, interface, wait);
    Renewal::Leased
}

/// Stops using the address.
fn lose(world: &mut World, device: DeviceId, interface: InterfaceIndex) {
    if let Some(found) = client_mut(world, device, interface) {
        found.addresses.clear();
        found.origin = Origin::Dhcp;
        found.dhcp.lease = None;
    }
}

fn again(world: &mut World, device: DeviceId, interface: InterfaceIndex, after: Span) {
    let timer = Timer::DhcpClient(device, interface);
    world.timers.cancel(&timer);
    world.timers.set(world.now + after, timer);
}

/// Event 1001: no server answered.
fn note_silence(world: &mut World, device: DeviceId, interface: InterfaceIndex) {
    let Some(card) = card(world, device, interface) else { return };
    let text = format!(
        "Your computer was not assigned an address from the network (by the DHCP Server) for the Network Card with network address \
         {card}. The following error occurred: 0x79. Your computer will continue to try and obtain an address on its own from the \
         network address (DHCP) server."
    );
    note(world, device, 1001, EventLevel::Error, text);
}

/// Event 1002: a server refused the address.
fn note_nak(world: &mut World, device: DeviceId, interface: InterfaceIndex, lease: &Lease, server: Ipv4Addr) {
    let Some(card) = card(world, device, interface) else { return };
    let text = format!(
        "The IP address lease {} for the Network Card with network address {card} has been denied by the DHCP server {server} (The \
         DHCP Server sent a DHCPNACK message).",
        lease.address
    );
    note(world, device, 1002, EventLevel::Error, text);
}

/// `0x00155D012345`.
fn card(world: &World, device: DeviceId, interface: InterfaceIndex) -> Option<String> {
    let mac = world.devices.get(usize::from(device.0))?.stack.interfaces.get(usize::from(interface.0))?.mac;
    Some(format!("0x{}", mac.hyphens_upper().replace('-', "")))
}

fn note(world: &mut World, device: DeviceId, id: u32, level: EventLevel, text: String) {
    let at = world.now;
    if let Some(windows) = world.device_mut(device).windows_mut() {
        let source = "Microsoft-Windows-Dhcp-Client".to_owned();
        windows.events.push(Event { at, log: EventLog::System, source: source.into(), id, level, text: text.into() });
    }
}

#[cfg(test)]
mod tests;
