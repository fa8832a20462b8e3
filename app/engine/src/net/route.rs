//! Longest-prefix routing, with the routes that follow from interfaces.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::world::device::System;
use crate::world::interface::{Attach, Hop, HostModel, Stack};
use crate::world::port::{SwitchMode, VlanId};
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, World};

/// Where a packet goes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextHop {
    pub interface: InterfaceIndex,
    /// `None`: the destination itself is on the link.
    pub gateway: Option<Ipv4Addr>,
    /// The address a packet of this host would carry.
    pub source: Ipv4Addr,
}

/// What the routing table says about a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// One of its own addresses.
    Local(InterfaceIndex),
    /// The broadcast address of a network it is in.
    Broadcast(InterfaceIndex),
    Via(NextHop),
    Blackhole,
    Unreachable,
    Prohibit,
    NoRoute,
}

/// How deep a static route's gateway may be found by other static routes.
const RECURSION: u8 = 4;

/// `None` where there is no usable route.
#[must_use]
pub fn lookup(world: &World, device: DeviceId, to: Ipv4Addr) -> Option<NextHop> {
    match decide(world, device, to) {
        Decision::Via(hop) => Some(hop),
        Decision::Local(interface) => Some(NextHop { interface, gateway: None, source: to }),
        Decision::Broadcast(interface) => {
            let stack = &world.device(device).stack;
            Some(NextHop { interface, gateway: None, source: source(stack, interface, to)? })
        }
        Decision::Blackhole | Decision::Unreachable | Decision::Prohibit | Decision::NoRoute => None,
    }
}

/// What the table says, for packets of its own and for those passing through.
#[must_use]
pub fn decide(world: &World, device: DeviceId, to: Ipv4Addr) -> Decision {
    if let Some(interface) = owner(world, device, to) {
        return Decision::Local(interface);
    }
    if let Some(interface) = broadcast_of(world, device, to) {
        return Decision::Broadcast(interface);
    }
    if to.is_unspecified() || to.is_multicast() || to.is_loopback() {
        return Decision::NoRoute;
    }
    let stack = &world.device(device).stack;
    let hop = best(world, device, to, RECURSION);
    match hop {
        None => Decision::NoRoute,
        Some(Hop::Blackhole) => Decision::Blackhole,
        Some(Hop::Unreachable) => Decision::Unreachable,
        Some(Hop::Prohibit) => Decision::Prohibit,
        Some(Hop::Interface(interface)) => via(stack, interface, None, to),
        Some(Hop::Gateway(gateway)) => match towards(world, device, gateway, RECURSION) {
            Some((interface, gateway)) => via(stack, interface, Some(gateway), to),
            None => Decision::NoRoute,
        },
    }
}

fn via(stack: &Stack, interface: InterfaceIndex, gateway: Option<Ipv4Addr>, to: Ipv4Addr) -> Decision {
    source(stack, interface, gateway.unwrap_or(to))
        .map_or(Decision::NoRoute, |source| Decision::Via(NextHop { interface, gateway, source }))
}

/// The interface that has `address`, while it counts; 127/8 is the first interface's.
///
/// On Linux an address belongs to the machine and stays its own while the interface is down: it still answers for it elsewhere.
#[must_use]
pub fn owner(world: &World, device: DeviceId, address: Ipv4Addr) -> Option<InterfaceIndex> {
    if address.is_loopback() {
        return Some(InterfaceIndex(0));
    }
    indices(&world.device(device).stack).find(|index| {
        world.device(device).stack.interfaces[usize::from(index.0)].addresses.iter().any(|own| own.ip == address)
            && (world.device(device).linux().is_some() || usable(world, device, *index))
    })
}

/// The interface in whose network `address` is the broadcast address.
#[must_use]
pub fn broadcast_of(world: &World, device: DeviceId, address: Ipv4Addr) -> Option<InterfaceIndex> {
    let stack = &world.device(device).stack;
    indices(stack).find(|index| {
        let own = &stack.interfaces[usize::from(index.0)].addresses;
        own.iter().any(|own| own.prefix <= 30 && (own.network().broadcast() == address || address == Ipv4Addr::BROADCAST))
            && usable(world, device, *index)
    })
}

/// The gateway in force on an interface: typed in, or of its lease.
#[must_use]
pub fn gateway(stack: &Stack, interface: InterfaceIndex) -> Option<Ipv4Addr> {
    let interface = stack.interfaces.get(usize::from(interface.0))?;
    interface.manual_gateway.or_else(|| interface.dhcp.lease.as_ref().and_then(|lease| lease.router))
}

/// Whether the addresses and routes of an interface are in force.
///
/// Linux keeps them while the cable is out, only administratively down takes them away; the others go by the link.
#[must_use]
pub fn usable(world: &World, device: DeviceId, interface: InterfaceIndex) -> bool {
    let device_state = world.device(device);
    let Some(found) = device_state.stack.interfaces.get(usize::from(interface.0)) else { return false };
    if !found.enabled {
        return false;
    }
    let linked = |port| super::link::of(world, PortRef { device, port }).is_some();
    match (found.attach, &device_state.system) {
        (Attach::Loopback, _) => true,
        (Attach::Port(port) | Attach::Sub(port, _), System::Linux(_)) => {
            super::link::at(world, PortRef { device, port }).is_some_and(|port| port.enabled)
        }
        (Attach::Port(port), _) if device_state.ports.get(usize::from(port.0)).is_some_and(|port| port.switching.is_some()) => {
            true
        }
        (Attach::Port(port) | Attach::Sub(port, _), _) => linked(port),
        (Attach::Vlan(vlan), _) => vlan_up(world, device, vlan),
    }
}

/// A switch's own interface in a VLAN is up while the VLAN exists and a port that carries it has a link.
fn vlan_up(world: &World, device: DeviceId, vlan: VlanId) -> bool {
    let found = world.device(device);
    let known = found.ios().is_none()
        || vlan == VlanId(1)
        || found.switching.as_ref().is_some_and(|switching| switching.vlans.contains_key(&vlan));
    let carries = |mode: &SwitchMode| match mode {
        SwitchMode::Access(own) => *own == vlan,
        SwitchMode::Trunk { allowed, .. } => allowed.as_ref().is_none_or(|allowed| allowed.contains(&vlan)),
    };
    known
        && found.ports.iter().enumerate().any(|(at, port)| {
            let port_ref = PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
            port.switching.as_ref().is_some_and(|switching| carries(&switching.mode) || switching.voice_vlan == Some(vlan))
                && super::link::of(world, port_ref).is_some()
        })
}

/// Every interface's number.
pub(crate) fn indices(stack: &Stack) -> impl Iterator<Item = InterfaceIndex> + use<> {
    (0..stack.interfaces.len()).map(|at| InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX)))
}

/// The best route: longest prefix, then lowest metric, then connected before written before default gateways.
fn best(world: &World, device: DeviceId, to: Ipv4Addr, depth: u8) -> Option<Hop> {
    let stack = &world.device(device).stack;
    let mut found: Option<(u8, u32, Hop)> = None;
    let mut offer = |prefix: u8, metric: u32, hop: Hop| {
        if found.is_none_or(|(length, cost, _)| (prefix, std::cmp::Reverse(metric)) > (length, std::cmp::Reverse(cost))) {
            found = Some((prefix, metric, hop));
        }
    };
    for index in indices(stack) {
        let interface = &stack.interfaces[usize::from(index.0)];
        for address in &interface.addresses {
            if address.network().contains(&to) && usable(world, device, index) {
                offer(address.prefix, 0, Hop::Interface(index));
            }
        }
    }
    for route in stack.routes.iter().filter(|route| route.to.contains(&to)) {
        let works = match route.via {
            Hop::Gateway(gateway) => depth > 0 && towards(world, device, gateway, depth - 1).is_some(),
            Hop::Interface(index) => usable(world, device, index),
            Hop::Blackhole | Hop::Unreachable | Hop::Prohibit => true,
        };
        if works {
            offer(route.to.prefix_len(), route.metric, route.via);
        }
    }
    for index in indices(stack) {
        if let Some(gateway) = gateway(stack, index)
            && usable(world, device, index)
            && (on_link(stack, index, gateway) || towards(world, device, gateway, 0).is_some())
        {
            offer(0, stack.interfaces[usize::from(index.0)].metric, Hop::Gateway(gateway));
        }
    }
    found.map(|(_, _, hop)| hop)
}

/// The interface through which a gateway is on the link, and the address to ask for there.
fn towards(world: &World, device: DeviceId, gateway_address: Ipv4Addr, depth: u8) -> Option<(InterfaceIndex, Ipv4Addr)> {
    let stack = &world.device(device).stack;
    let connected = indices(stack)
        .filter(|index| on_link(stack, *index, gateway_address) && usable(world, device, *index))
        .max_by_key(|index| {
            stack.interfaces[usize::from(index.0)]
                .addresses
                .iter()
                .filter(|address| address.network().contains(&gateway_address))
                .map(|address| address.prefix)
                .max()
        });
    if let Some(interface) = connected {
        return Some((interface, gateway_address));
    }
    match &world.device(device).system {
        // Windows asks for its gateway on the link although it lies in no network of the link.
        System::Windows(_) => indices(stack)
            .find(|index| gateway(stack, *index) == Some(gateway_address) && usable(world, device, *index))
            .map(|interface| (interface, gateway_address)),
        // IOS looks the gateway of a written route up again.
        System::Ios(_) if depth > 0 => match best_static(world, device, gateway_address, depth - 1)? {
            Hop::Gateway(next) => towards(world, device, next, depth - 1),
            Hop::Interface(interface) => Some((interface, gateway_address)),
            Hop::Blackhole | Hop::Unreachable | Hop::Prohibit => None,
        },
        _ => None,
    }
}

/// Of the written routes that are not a default.
fn best_static(world: &World, device: DeviceId, to: Ipv4Addr, depth: u8) -> Option<Hop> {
    let routes = &world.device(device).stack.routes;
    let matching =
        routes.iter().filter(|route| route.to.prefix_len() > 0 && route.to.contains(&to) && route.via != Hop::Gateway(to));
    let best = matching.max_by_key(|route| (route.to.prefix_len(), std::cmp::Reverse(route.metric)))?;
    match best.via {
        Hop::Gateway(gateway) => towards(world, device, gateway, depth).map(|_| best.via),
        other => Some(other),
    }
}

fn on_link(stack: &Stack, interface: InterfaceIndex, address: Ipv4Addr) -> bool {
    stack
        .interfaces
        .get(usize::from(interface.0))
        .is_some_and(|found| found.addresses.iter().any(|own| own.network().contains(&address)))
}

/// The interface's address in the network of the next hop, else its first, else any of the device.
fn source(stack: &Stack, interface: InterfaceIndex, next: Ipv4Addr) -> Option<Ipv4Addr> {
    let own = &stack.interfaces.get(usize::from(interface.0))?.addresses;
    let near = own.iter().find(|address| address.network().contains(&next)).or_else(|| own.first());
    let any = || stack.interfaces.iter().find_map(|other| other.addresses.first());
    near.or_else(|| if stack.host_model == HostModel::Weak { any() } else { None }).map(|address| address.ip)
}

/// The networks of an interface, for displays.
#[must_use]
pub fn connected(world: &World, device: DeviceId) -> Vec<(Ipv4Net, InterfaceIndex)> {
    let stack = &world.device(device).stack;
    indices(stack)
        .filter(|index| usable(world, device, *index))
        .flat_map(|index| stack.interfaces[usize::from(index.0)].addresses.iter().map(move |own| (own.network(), index)))
        .collect()
}
