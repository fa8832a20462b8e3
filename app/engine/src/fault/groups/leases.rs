//! Who holds which lease, and how a client looks that lost it: what faults of DHCP and their neighbours need.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::net::dhcp;
use crate::world::device::Kind;
use crate::world::interface::{Address, Interface, Origin};
use crate::world::server::Scope;
use crate::world::windows::{Event, EventLevel, EventLog};
use crate::world::{DeviceId, InterfaceIndex, World};

/// One interface of one computer.
pub type Client = (DeviceId, InterfaceIndex);

/// The Windows computers of people that hold a lease, with the interface.
pub fn clients(world: &World) -> Vec<Client> {
    let mut found = Vec::new();
    for device in world.devices.iter().filter(|device| matches!(device.kind, Kind::Desktop | Kind::Laptop)) {
        if device.windows().is_none() || !crate::machine::is_up(world, device.id) {
            continue;
        }
        for (at, interface) in device.stack.interfaces.iter().enumerate() {
            if interface.dhcp.enabled && interface.dhcp.lease.is_some() {
                found.push((device.id, InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX))));
            }
        }
    }
    found
}

/// Those whose lease lies in a network.
pub fn clients_in(world: &World, network: Ipv4Net) -> Vec<Client> {
    let inside = |(device, index): &Client| {
        interface(world, (*device, *index))
            .and_then(|found| found.dhcp.lease.as_ref())
            .is_some_and(|lease| network.contains(&lease.address))
    };
    clients(world).into_iter().filter(inside).collect()
}

pub fn interface(world: &World, (device, index): Client) -> Option<&Interface> {
    world.devices.get(usize::from(device.0))?.stack.interfaces.get(usize::from(index.0))
}

pub fn interface_mut(world: &mut World, (device, index): Client) -> Option<&mut Interface> {
    world.devices.get_mut(usize::from(device.0))?.stack.interfaces.get_mut(usize::from(index.0))
}

/// The scope of a server by its name.
pub fn scope<'w>(world: &'w World, server: DeviceId, name: &str) -> Option<&'w Scope> {
    world.devices.get(usize::from(server.0))?.roles.dhcp.as_ref()?.scopes.iter().find(|scope| scope.name == name)
}

pub fn scope_mut<'w>(world: &'w mut World, server: DeviceId, name: &str) -> Option<&'w mut Scope> {
    let server = world.devices.get_mut(usize::from(server.0))?.roles.dhcp.as_mut()?;
    server.scopes.iter_mut().find(|scope| scope.name == name)
}

/// Every server that is part of the company, with the names of its scopes.
pub fn scopes(world: &World) -> Vec<(DeviceId, String)> {
    let own = world.devices.iter().filter(|device| device.kind != Kind::Internet);
    let with = own.filter_map(|device| Some((device.id, device.roles.dhcp.as_ref().filter(|server| !server.rogue)?)));
    with.flat_map(|(id, server)| server.scopes.iter().map(move |scope| (id, scope.name.clone()))).collect()
}

/// The lease ran out and nobody gave a new one: the client has given itself an address, and the server's table is free of it.
pub fn lose(world: &mut World, client: Client) {
    let Some(found) = interface_mut(world, client) else { return };
    let (mac, lease) = (found.mac, found.dhcp.lease.take());
    found.addresses = vec![Address { ip: dhcp::link_local(mac), prefix: 16 }];
    found.origin = Origin::LinkLocal;
    found.dhcp.attempts = found.dhcp.attempts.saturating_add(1);
    let Some(address) = lease.map(|lease| lease.address) else { return };
    for server in world.devices.iter_mut().filter_map(|device| device.roles.dhcp.as_mut()) {
        for scope in &mut server.scopes {
            if scope.leases.get(&address).is_some_and(|lease| lease.mac == mac) {
                scope.leases.remove(&address);
            }
        }
    }
}

/// The interface as it was in the healthy twin.
pub fn restore(world: &mut World, client: Client, healthy: &World) {
    if let (Some(before), Some(found)) = (interface(healthy, client).cloned(), interface_mut(world, client)) {
        *found = before;
    }
}

/// All leases and options of a server as they were.
pub fn restore_server(world: &mut World, server: DeviceId, healthy: &World) {
    let before = healthy.devices.get(usize::from(server.0)).and_then(|device| device.roles.dhcp.clone());
    if let Some(device) = world.devices.get_mut(usize::from(server.0)) {
        device.roles.dhcp = before;
    }
}

/// The device that has an address of its own.
pub fn owner(world: &World, address: Ipv4Addr) -> Option<DeviceId> {
    let has = |device: &&crate::world::Device| {
        device.stack.interfaces.iter().flat_map(|interface| &interface.addresses).any(|own| own.ip == address)
    };
    world.devices.iter().find(has).map(|device| device.id)
}

/// An address of the network that nobody has, from above; what `skip` names is left out.
pub fn unused(world: &World, network: Ipv4Net, skip: u32) -> Option<Ipv4Addr> {
    let leased = |address: Ipv4Addr| {
        let scopes = world.devices.iter().filter_map(|device| device.roles.dhcp.as_ref()).flat_map(|server| &server.scopes);
        scopes
            .into_iter()
            .any(|scope| scope.leases.contains_key(&address) || scope.reservations.values().any(|held| *held == address))
    };
    let last = u32::from(network.broadcast()).saturating_sub(1);
    let first = u32::from(network.network()).saturating_add(1);
    // Large networks need not be searched through.
    let mut free = (first..=last).rev().take(254).map(Ipv4Addr::from).filter(|ip| owner(world, *ip).is_none() && !leased(*ip));
    free.nth(skip as usize)
}

/// Whatever was looked up before is forgotten: the fault is older than any cache.
pub fn forget_names(world: &mut World) {
    for device in &mut world.devices {
        device.stack.resolver.cache.clear();
        if let Some(server) = &mut device.roles.dns {
            server.cache.clear();
        }
    }
}

/// The caches as they were in the healthy twin.
pub fn restore_names(world: &mut World, healthy: &World) {
    for (device, before) in world.devices.iter_mut().zip(&healthy.devices) {
        device.stack.resolver.cache.clone_from(&before.stack.resolver.cache);
        if let (Some(server), Some(before)) = (&mut device.roles.dns, &before.roles.dns) {
            server.cache.clone_from(&before.cache);
        }
    }
}

/// Event 1001 of Windows' DHCP client: nobody gave it an address.
pub fn trace_no_address(world: &mut World, client: Client) {
    let Some(found) = interface(world, client) else { return };
    let card = found.mac.hyphens_upper().replace('-', "");
    let text = format!(
        "Your computer was not assigned an address from the network (by the DHCP Server) for the Network Card with network address \
         0x{card}. The following error occurred: 0x79. Your computer will continue to try and obtain an address on its own from the \
         network address (DHCP) server."
    );
    event(world, client.0, "Microsoft-Windows-Dhcp-Client", 1001, EventLevel::Error, text);
}

/// Writes into the system log of a Windows machine.
pub fn event(world: &mut World, device: DeviceId, source: &str, id: u32, level: EventLevel, text: String) {
    let at = world.now;
    if let Some(windows) = world.devices.get_mut(usize::from(device.0)).and_then(crate::world::Device::windows_mut) {
        windows.events.push(Event { at, log: EventLog::System, source: source.to_owned().into(), id, level, text: text.into() });
    }
}
