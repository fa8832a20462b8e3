//! D1, D5 and D8: the pool, one client, one reservation.

use std::net::Ipv4Addr;

use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases::{self, Client};
use crate::net::dhcp;
use crate::time::Span;
use crate::world::device::Kind;
use crate::world::interface::{Address, Origin};
use crate::world::mac::Mac;
use crate::world::server::ServerLease;
use crate::world::windows::EventLevel;
use crate::world::{InterfaceIndex, PortIndex, World};

/// A client and the scope of its lease.
fn with_scope(world: &World, client: Client) -> Option<Target> {
    let lease = leases::interface(world, client)?.dhcp.lease.as_ref()?;
    let (server, name) = leases::scopes(world).into_iter().find(|(server, name)| {
        leases::scope(world, *server, name).is_some_and(|scope| scope.leases.contains_key(&lease.address))
    })?;
    Some(Target {
        device: client.0,
        port: Some(PortIndex(client.1.0)),
        other: Some(server),
        name,
        person: world.device(client.0).user,
    })
}

/// The interface of a target; its position stands in `port`.
fn client(target: &Target) -> Client {
    (target.device, InterfaceIndex(target.port.unwrap_or_default().0))
}

pub fn targets(world: &World) -> Vec<Target> {
    leases::clients(world).into_iter().filter_map(|client| with_scope(world, client)).collect()
}

/// Devices that came, took a lease of eight days and went again hold every address.
pub fn exhaust(world: &mut World, target: &Target, chance: &mut Chance) {
    leases::lose(world, client(target));
    let now = world.now;
    let Some(scope) = target.other.and_then(|server| leases::scope_mut(world, server, &target.name)) else { return };
    // Windows' default, meant for networks of desks, not for phones that pass by.
    scope.lease = Span::days(8);
    for address in (u32::from(scope.first)..=u32::from(scope.last)).map(Ipv4Addr::from) {
        let held = scope.leases.contains_key(&address) || scope.reservations.values().any(|reserved| *reserved == address);
        if held || scope.excluded.iter().any(|(from, to)| (*from..=*to).contains(&address)) {
            continue;
        }
        let number = chance.below(1 << 24).to_le_bytes();
        // Locally administered, as phones make them up for each network.
        let mac = Mac([0x02, 0xf0, address.octets()[3], number[0], number[1], number[2]]);
        let hours = u64::from(chance.between(30, 190));
        scope.leases.insert(
            address,
            ServerLease { mac, host: format!("phone-{:02x}{:02x}", number[0], number[1]), expires: now + Span::hours(hours) },
        );
    }
}

pub fn exhausted_traces(world: &mut World, target: &Target) {
    leases::trace_no_address(world, client(target));
    let Some(server) = target.other else { return };
    let Some(network) = leases::scope(world, server, &target.name).map(|scope| scope.network.network()) else { return };
    let text = format!("Scope, {network}, is 100 percent full with only 0 IP addresses remaining.");
    leases::event(world, server, "Microsoft-Windows-DHCP-Server", 1020, EventLevel::Warning, text);
}

/// Until there is room again: one lease deleted for one client is no cure.
pub fn is_exhausted(world: &World, target: &Target) -> bool {
    let scope = target.other.and_then(|server| leases::scope(world, server, &target.name));
    scope.is_some_and(|scope| scope.enabled && dhcp::free(scope, world.now) == 0)
}

pub fn repair(world: &mut World, target: &Target, healthy: &World) {
    leases::restore(world, client(target), healthy);
    if let Some(server) = target.other {
        leases::restore_server(world, server, healthy);
    }
}

pub fn single_clients(world: &World) -> Vec<Target> {
    let of = |client: Client| Target {
        port: Some(PortIndex(client.1.0)),
        person: world.device(client.0).user,
        ..Target::device(client.0)
    };
    leases::clients(world).into_iter().map(of).collect()
}

/// What the other branch uses: an address, its router and its name server (RFC 1918, 172.16/12).
pub fn set_static(world: &mut World, target: &Target, chance: &mut Chance) {
    let host = u8::try_from(chance.between(40, 220)).unwrap_or(40);
    let site = u8::try_from(chance.between(1, 90)).unwrap_or(1);
    let address = |last: u8| Ipv4Addr::new(172, 20, site, last);
    let Some(found) = leases::interface_mut(world, client(target)) else { return };
    found.dhcp.enabled = false;
    found.dhcp.lease = None;
    found.origin = Origin::Manual;
    found.addresses = vec![Address { ip: address(host), prefix: 24 }];
    found.manual_gateway = Some(address(1));
    found.manual_dns = vec![address(5)];
}

/// A fixed address that fits is still one that nobody at the server knows of.
pub fn is_static(world: &World, target: &Target) -> bool {
    leases::interface(world, client(target)).is_some_and(|found| !found.dhcp.enabled)
}

pub fn repair_client(world: &mut World, target: &Target, healthy: &World) {
    leases::restore(world, client(target), healthy);
}

/// Printers with a reservation that they use.
pub fn reserved_printers(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for printer in world.devices.iter().filter(|device| device.kind == Kind::Printer) {
        let Some(interface) = printer.stack.interfaces.first().filter(|interface| interface.dhcp.enabled) else { continue };
        for (server, name) in leases::scopes(world) {
            let reserved = leases::scope(world, server, &name).and_then(|scope| scope.reservations.get(&interface.mac));
            if reserved.is_some() && interface.addresses.first().map(|address| address.ip) == reserved.copied() {
                found.push(Target { other: Some(server), name, port: Some(PortIndex(0)), ..Target::device(printer.id) });
            }
        }
    }
    found
}

/// The reservation is gone, and at the next lease the printer got the next free address.
pub fn drop_reservation(world: &mut World, target: &Target, _: &mut Chance) {
    let Some(mac) = leases::interface(world, client(target)).map(|found| found.mac) else { return };
    let now = world.now;
    let Some(scope) = target.other.and_then(|server| leases::scope_mut(world, server, &target.name)) else { return };
    scope.reservations.remove(&mac);
    scope.leases.retain(|_, lease| lease.mac != mac);
    let taken =
        |address: &Ipv4Addr| scope.leases.contains_key(address) || scope.reservations.values().any(|held| held == address);
    let next = (u32::from(scope.first)..=u32::from(scope.last)).map(Ipv4Addr::from).find(|address| !taken(address));
    let (Some(next), expires) = (next, now + scope.lease) else { return };
    let host = world.device(target.device).name.clone();
    if let Some(scope) = target.other.and_then(|server| leases::scope_mut(world, server, &target.name)) {
        scope.leases.insert(next, ServerLease { mac, host, expires });
    }
    if let Some(found) = leases::interface_mut(world, client(target)) {
        found.addresses = found.addresses.iter().map(|address| Address { ip: next, ..*address }).collect();
        if let Some(lease) = &mut found.dhcp.lease {
            (lease.address, lease.obtained, lease.expires) = (next, now, expires);
        }
    }
}

/// No reservation, and no fixed address outside of what the server gives out either.
pub fn is_not_reserved(world: &World, target: &Target) -> bool {
    let Some(found) = leases::interface(world, client(target)) else { return false };
    let Some(scope) = target.other.and_then(|server| leases::scope(world, server, &target.name)) else { return false };
    let given_out = |address: Ipv4Addr| {
        (scope.first..=scope.last).contains(&address) && !scope.excluded.iter().any(|(from, to)| (*from..=*to).contains(&address))
    };
    let kept_apart = !found.dhcp.enabled && found.addresses.iter().all(|address| !given_out(address.ip));
    !scope.reservations.contains_key(&found.mac) && !kept_apart
}

pub fn repair_reservation(world: &mut World, target: &Target, healthy: &World) {
    repair(world, target, healthy);
}
