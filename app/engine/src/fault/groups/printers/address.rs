//! P4: the printer has another address than its port.

use std::net::Ipv4Addr;

use super::{paths, target};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::print::paper::addresses;
use crate::world::interface::{Interface, Origin};
use crate::world::mac::Mac;
use crate::world::server::{DhcpServer, Scope, ServerLease};
use crate::world::windows::PrinterPort;
use crate::world::{DeviceId, World};

pub const P4: Fault = Fault {
    id: "P4",
    title: "The printer lost its reserved address, and the ports still have it",
    layer: Layer::NetworkService,
    component: "printer port",
    tier: Tier::T2,
    targets,
    inject,
    traces: no_traces,
    present,
    repair,
};

/// Printers that take a reserved address and are printed to by it.
fn targets(world: &World) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for (device, queue, printer) in paths(world) {
        let by_dhcp = interface(world, printer).is_some_and(|interface| interface.origin == Origin::Dhcp);
        let reserved = interface(world, printer).is_some_and(|interface| reservation(world, interface.mac).is_some());
        if by_dhcp && reserved && queue.default && found.iter().all(|known| known.other != Some(printer)) {
            found.push(target(world, device, &queue.name, printer));
        }
    }
    found
}

fn interface(world: &World, printer: DeviceId) -> Option<&Interface> {
    world.device(printer).stack.interfaces.first()
}

fn reservation(world: &World, mac: Mac) -> Option<(DeviceId, Ipv4Addr)> {
    world.devices.iter().find_map(|device| {
        let scopes = &device.roles.dhcp.as_ref()?.scopes;
        scopes.iter().find_map(|scope| scope.reservations.get(&mac)).map(|address| (device.id, *address))
    })
}

fn scope_mut(dhcp: &mut DhcpServer, mac: Mac) -> Option<&mut Scope> {
    dhcp.scopes.iter_mut().find(|scope| scope.reservations.contains_key(&mac))
}

/// Somebody tidied up the reservations; the printer took the next free address at its next lease.
fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(printer) = target.other else { return };
    let Some((mac, old)) = interface(world, printer).and_then(|found| Some((found.mac, found.addresses.first()?.ip))) else {
        return;
    };
    let Some((server, _)) = reservation(world, mac) else { return };
    let name = world.device(printer).name.clone();
    let skip = chance.between(3, 30);
    let Some(scope) = world.device_mut(server).roles.dhcp.as_mut().and_then(|dhcp| scope_mut(dhcp, mac)) else { return };
    scope.reservations.remove(&mac);
    let kept = scope.leases.remove(&old);
    let (first, last) = (u32::from(scope.first).saturating_add(skip), u32::from(scope.last));
    let free = (first..=last).map(Ipv4Addr::from).find(|address| {
        let excluded = scope.excluded.iter().any(|(from, to)| from <= address && address <= to);
        !excluded && !scope.leases.contains_key(address) && !scope.reservations.values().any(|other| other == address)
    });
    let Some(new) = free else { return };
    let expires = kept.map_or_else(Default::default, |lease: ServerLease| lease.expires);
    scope.leases.insert(new, ServerLease { mac, host: name, expires });
    if let Some(found) = world.device_mut(printer).stack.interfaces.first_mut() {
        for address in &mut found.addresses {
            address.ip = new;
        }
        if let Some(lease) = &mut found.dhcp.lease {
            lease.address = new;
        }
    }
}

/// The port must lead to the printer, and the printer must keep its address.
fn present(world: &World, target: &Target) -> bool {
    let Some(printer) = target.other else { return false };
    let own = addresses(world.device(printer));
    let ports_right = paths_to(world, target, &own);
    let kept = interface(world, printer).is_some_and(|found| {
        found.origin == Origin::Manual || reservation(world, found.mac).is_some_and(|(_, address)| own.contains(&address))
    });
    !(ports_right && kept)
}

fn paths_to(world: &World, target: &Target, own: &[Ipv4Addr]) -> bool {
    let Some(queue) = super::queue(world, target.device, &target.name) else { return false };
    let keeper = super::keeper(world, target.device, queue);
    let port = match &queue.port {
        PrinterPort::Share(_, share) => world
            .device(keeper)
            .windows()
            .and_then(|windows| windows.printers.iter().find(|other| other.share.eq_ignore_ascii_case(share)))
            .map(|other| &other.port),
        port => Some(port),
    };
    matches!(port, Some(PrinterPort::Ip(address)) if own.contains(address))
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    let Some(printer) = target.other else { return };
    let Some(mac) = interface(healthy, printer).map(|found| found.mac) else { return };
    let Some((server, _)) = reservation(healthy, mac) else { return };
    let well = healthy.device(server).roles.dhcp.as_ref();
    let well = well.and_then(|dhcp| dhcp.scopes.iter().find(|scope| scope.reservations.contains_key(&mac)));
    let sick = world.device_mut(server).roles.dhcp.as_mut();
    if let Some(well) = well
        && let Some(sick) = sick.and_then(|dhcp| dhcp.scopes.iter_mut().find(|scope| scope.name == well.name))
    {
        sick.reservations.clone_from(&well.reservations);
        sick.leases.clone_from(&well.leases);
    }
    if let Some((sick, well)) =
        world.device_mut(printer).stack.interfaces.first_mut().zip(healthy.device(printer).stack.interfaces.first())
    {
        sick.addresses.clone_from(&well.addresses);
        sick.dhcp.clone_from(&well.dhcp);
    }
}
