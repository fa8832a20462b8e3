//! The server: which scope, which address, and who has it.

use std::net::Ipv4Addr;

use crate::time::{Span, Time};
use crate::world::interface::Lease;
use crate::world::mac::Mac;
use crate::world::server::{DhcpServer, Scope, ServerLease};
use crate::world::windows::{Event, EventLevel, EventLog};
use crate::world::{DeviceId, World};

/// Whether it answers at all: the service runs, and a member of a directory is authorised in it.
#[must_use]
pub fn serves(world: &World, device: DeviceId) -> bool {
    let found = world.device(device);
    let member = found.windows().is_some_and(|windows| windows.joined.is_some());
    found
        .roles
        .dhcp
        .as_ref()
        .is_some_and(|server| crate::machine::runs(world, device, &server.owner) && (server.authorised || !member))
}

/// The scope for clients that are heard at an address: the interface's own, or the relay's (`giaddr`).
#[must_use]
pub fn scope_for(server: &DhcpServer, heard_at: Ipv4Addr) -> Option<&Scope> {
    server.scopes.iter().find(|scope| scope.enabled && scope.network.contains(&heard_at))
}

fn scope_mut(server: &mut DhcpServer, heard_at: Ipv4Addr) -> Option<&mut Scope> {
    server.scopes.iter_mut().find(|scope| scope.enabled && scope.network.contains(&heard_at))
}

/// Whether an address of the scope may be given to this station.
fn allowed(scope: &Scope, address: Ipv4Addr, mac: Mac, now: Time) -> bool {
    if let Some(reserved) = scope.reservations.get(&mac) {
        return *reserved == address;
    }
    in_pool(scope, address)
        && !scope.reservations.values().any(|reserved| *reserved == address)
        && scope.leases.get(&address).is_none_or(|lease| lease.mac == mac || lease.expires <= now)
}

fn in_pool(scope: &Scope, address: Ipv4Addr) -> bool {
    scope.first <= address && address <= scope.last && !scope.excluded.iter().any(|(from, to)| *from <= address && address <= *to)
}

/// Addresses of the pool that are free now and not reserved.
#[must_use]
pub fn free(scope: &Scope, now: Time) -> u32 {
    let stations = (u32::from(scope.first)..=u32::from(scope.last)).map(Ipv4Addr::from);
    let free = stations.filter(|address| {
        in_pool(scope, *address)
            && !scope.reservations.values().any(|reserved| reserved == address)
            && scope.leases.get(address).is_none_or(|lease| lease.expires <= now)
    });
    u32::try_from(free.count()).unwrap_or(u32::MAX)
}

/// The address for a station: its reservation, the one it has or had, the lowest that nobody had, the lowest that has run out.
pub(super) fn choose(scope: &Scope, mac: Mac, now: Time) -> Option<Ipv4Addr> {
    if let Some(reserved) = scope.reservations.get(&mac) {
        return Some(*reserved);
    }
    let held = scope.leases.iter().find(|(address, lease)| lease.mac == mac && allowed(scope, **address, mac, now));
    if let Some((address, _)) = held {
        return Some(*address);
    }
    let pool = || (u32::from(scope.first)..=u32::from(scope.last)).map(Ipv4Addr::from);
    let new = pool().find(|address| !scope.leases.contains_key(address) && allowed(scope, *address, mac, now));
    new.or_else(|| pool().find(|address| allowed(scope, *address, mac, now)))
}

/// What a server offers a station heard at an address; `None` is silence. An empty pool is noted in the server's log.
pub(super) fn offer(world: &mut World, device: DeviceId, heard_at: Ipv4Addr, mac: Mac) -> Option<Ipv4Addr> {
    if !serves(world, device) {
        return None;
    }
    let now = world.now;
    let scope = scope_for(world.device(device).roles.dhcp.as_ref()?, heard_at)?;
    let (address, name) = (choose(scope, mac, now), scope.name.clone());
    if address.is_none() {
        note_empty(world, device, &name);
    }
    address
}

/// What a server says to a request.
pub(super) enum Verdict {
    Ack(Lease),
    Nak,
    /// It has no scope for the network, or does not serve.
    Silence,
}

/// Answers a REQUEST for an address. `identity` is the server's own address as the client will keep it.
pub(super) fn acknowledge(world: &mut World, device: DeviceId, asked: &Asked, identity: Ipv4Addr) -> Verdict {
    if !serves(world, device) {
        return Verdict::Silence;
    }
    let now = world.now;
    let Some(server) = &mut world.device_mut(device).roles.dhcp else { return Verdict::Silence };
    let Some(scope) = scope_mut(server, asked.heard_at) else { return Verdict::Silence };
    if !scope.network.contains(&asked.address) || !allowed(scope, asked.address, asked.mac, now) {
        return Verdict::Nak;
    }
    let expires = now + scope.lease;
    scope.leases.retain(|address, lease| lease.mac != asked.mac || *address == asked.address);
    scope.leases.insert(asked.address, ServerLease { mac: asked.mac, host: asked.host.clone(), expires });
    Verdict::Ack(Lease {
        address: asked.address,
        prefix: scope.network.prefix_len(),
        server: identity,
        router: scope.router,
        dns: scope.dns.clone(),
        domain: scope.domain.clone(),
        obtained: now,
        expires,
    })
}

/// A client's request as the server sees it.
pub(super) struct Asked {
    pub heard_at: Ipv4Addr,
    pub mac: Mac,
    pub host: String,
    pub address: Ipv4Addr,
}

/// The lease of a station is free again.
pub(super) fn give_back(world: &mut World, device: DeviceId, address: Ipv4Addr, mac: Mac) {
    if let Some(server) = &mut world.device_mut(device).roles.dhcp {
        for scope in &mut server.scopes {
            if scope.leases.get(&address).is_some_and(|lease| lease.mac == mac) {
                scope.leases.remove(&address);
            }
        }
    }
}

/// A client found the address in use: nobody gets it for the length of a lease. Windows lists it as `BAD_ADDRESS`.
pub(super) fn mark_bad(world: &mut World, device: DeviceId, address: Ipv4Addr) {
    let now = world.now;
    if let Some(server) = &mut world.device_mut(device).roles.dhcp {
        for scope in server.scopes.iter_mut().filter(|scope| scope.network.contains(&address)) {
            let expires = now + scope.lease;
            scope.leases.insert(address, ServerLease { mac: Mac::default(), host: "BAD_ADDRESS".to_owned(), expires });
        }
    }
}

/// Event 1063 of Windows' server, at most once an hour.
fn note_empty(world: &mut World, device: DeviceId, scope: &str) {
    let now = world.now;
    let text = format!("There are no IP addresses available for lease in the scope or superscope \"{scope}\".");
    if let Some(windows) = world.device_mut(device).windows_mut() {
        let said = windows.events.iter().any(|event| event.id == 1063 && event.text == text && now - event.at < Span::hours(1));
        if !said {
            let source = "Microsoft-Windows-DHCP-Server".to_owned();
            windows.events.push(Event {
                at: now,
                log: EventLog::System,
                source: source.into(),
                id: 1063,
                level: EventLevel::Warning,
                text: text.into(),
            });
        }
    }
}
