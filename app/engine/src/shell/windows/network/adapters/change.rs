//! Changes to an adapter: one place for `netsh`, the cmdlets and the panel.

use std::net::Ipv4Addr;

use super::Adapter;
use crate::net::{arp, dhcp};
use crate::time::Span;
use crate::world::interface::{Address, Interface, Origin};
use crate::world::{DeviceId, InterfaceIndex, World};

fn interface(world: &mut World, device: DeviceId, index: InterfaceIndex) -> Option<&mut Interface> {
    world.device_mut(device).stack.interfaces.get_mut(usize::from(index.0))
}

/// What was learned through the adapter is forgotten with its address.
fn forget(world: &mut World, device: DeviceId, index: InterfaceIndex) {
    let stack = &mut world.device_mut(device).stack;
    stack.neighbours.retain(|(known, _), _| *known != index);
    let own: Vec<Ipv4Addr> = stack
        .interfaces
        .get(usize::from(index.0))
        .map_or(Vec::new(), |interface| interface.addresses.iter().map(|own| own.ip).collect());
    stack.conflicts.retain(|ip| !own.contains(ip));
}

/// "Obtain an IP address automatically": and asks for one at once.
pub fn set_automatic(world: &mut World, device: DeviceId, index: InterfaceIndex) {
    forget(world, device, index);
    if let Some(interface) = interface(world, device, index) {
        interface.dhcp.enabled = true;
        interface.origin = Origin::Dhcp;
        interface.addresses.clear();
        interface.manual_gateway = None;
    }
    ask(world, device, index);
}

/// Asks for a lease, where the adapter is on and has a link. Advances the clock as DORA does.
pub fn ask(world: &mut World, device: DeviceId, index: InterfaceIndex) {
    let ready = super::enabled(world, device)
        .into_iter()
        .any(|adapter: Adapter| adapter.interface == index && adapter.connected && adapter.dhcp);
    if ready {
        dhcp::renew(world, device, index);
        world.wait(Span::seconds(3));
    }
}

/// "Use the following IP address". The lease is given back.
pub fn set_manual(world: &mut World, device: DeviceId, index: InterfaceIndex, address: Address, gateway: Option<Ipv4Addr>) {
    if interface(world, device, index).is_some_and(|interface| interface.dhcp.lease.is_some()) {
        dhcp::release(world, device, index);
    }
    forget(world, device, index);
    if let Some(interface) = interface(world, device, index) {
        interface.dhcp.enabled = false;
        interface.dhcp.lease = None;
        interface.origin = Origin::Manual;
        interface.addresses = vec![address];
        interface.manual_gateway = gateway;
    }
    claim(world, device, index, address.ip);
}

/// A host asks for its new address before it uses it (RFC 5227), and tells the link then.
fn claim(world: &mut World, device: DeviceId, index: InterfaceIndex, address: Ipv4Addr) {
    if crate::net::route::usable(world, device, index) && arp::probe(world, device, index, address).is_none() {
        arp::announce(world, device, index);
    }
}

/// Servers in order; none goes back to those of the lease.
pub fn set_dns(world: &mut World, device: DeviceId, index: InterfaceIndex, servers: Vec<Ipv4Addr>) {
    if let Some(interface) = interface(world, device, index) {
        interface.manual_dns = servers;
    }
}

/// Enable or disable, as in Network Connections. The port follows the interface: they are one switch there.
pub fn set_enabled(world: &mut World, device: DeviceId, adapter: &Adapter, enabled: bool) {
    if !enabled {
        forget(world, device, adapter.interface);
    }
    if let Some(interface) = interface(world, device, adapter.interface) {
        interface.enabled = enabled;
    }
    if let Some(place) = adapter.port
        && let Some(port) = world.device_mut(device).ports.get_mut(usize::from(place.port.0))
    {
        port.enabled = enabled;
    }
    if enabled {
        ask(world, device, adapter.interface);
    }
}

/// Why an address cannot stand: as the Internet Protocol properties say it.
pub fn check_address(address: Ipv4Addr, prefix: u8, gateway: Option<Ipv4Addr>) -> Result<Address, &'static str> {
    let [first, ..] = address.octets();
    if first == 127 {
        return Err("IP addresses starting with 127 are not valid because they are reserved for loopback addresses.");
    }
    if first == 0 || first >= 224 {
        return Err("The first octet of an address must be a value between 1 and 223.");
    }
    let found = Address { ip: address, prefix };
    let network = found.network();
    if prefix < 31 && (network.network() == address || network.broadcast() == address) {
        return Err(
            "The combination of IP address and subnet mask is invalid. All of the bits in the host address portion of the IP \
                    address are set to 0 or 1.",
        );
    }
    if gateway == Some(address) {
        return Err("The default gateway cannot be the address of the adapter itself.");
    }
    Ok(found)
}
