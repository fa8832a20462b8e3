//! Addresses that somebody typed in wrong: N7, N8, N9.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::repair_interface;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::net::{arp, route};
use crate::world::device::Kind;
use crate::world::interface::{Address, Origin};
use crate::world::{DeviceId, InterfaceIndex, World};

pub const DUPLICATE: Fault = Fault {
    id: "N7",
    title: "Two machines have the same address: one was typed in by hand",
    layer: Layer::Network,
    component: "IP settings",
    tier: Tier::T3,
    targets: |world| {
        let mut found = Vec::new();
        for user in users(world) {
            for other in &world.devices {
                let wanted = matches!(other.kind, Kind::Printer | Kind::Server) && other.id != user.device;
                if wanted && addresses(world, other.id).any(|address| user.address.network().contains(&address)) {
                    found.push(Target { device: user.device, other: Some(other.id), ..Target::default() });
                }
            }
        }
        found
    },
    inject: |world, target, _| {
        let Some(user) = user(world, target.device) else { return };
        let taken = target.other.and_then(|other| addresses(world, other).find(|ip| user.address.network().contains(ip)));
        let Some(ip) = taken else { return };
        type_in(world, &user, Address { ip, prefix: user.address.prefix }, Some(user.gateway));
    },
    // Setting the address made the machine ask whether somebody has it; both ends remember.
    traces: |world, target| {
        if let Some(user) = user(world, target.device) {
            arp::announce(world, user.device, user.interface);
            arp::probe(world, user.device, user.interface, user.address.ip);
        }
    },
    present: |world, target| {
        let Some(other) = target.other else { return false };
        addresses(world, target.device).any(|mine| addresses(world, other).any(|theirs| theirs == mine))
    },
    repair: repair_user,
};

pub const GATEWAY: Fault = Fault {
    id: "N8",
    title: "The default gateway is wrong",
    layer: Layer::Network,
    component: "IP settings",
    tier: Tier::T1,
    targets: |world| users(world).into_iter().map(|user| Target::device(user.device)).collect(),
    inject: |world, target, _| {
        let Some(user) = user(world, target.device) else { return };
        let free = highest_free(world, user.address.network());
        type_in(world, &user, user.address, free);
    },
    traces: no_traces,
    // Right is any address of a router.
    present: |world, target| {
        let stack = &world.device(target.device).stack;
        !route::indices(stack).filter_map(|index| route::gateway(stack, index)).any(|gateway| router(world, gateway).is_some())
    },
    repair: repair_user,
};

pub const MASK: Fault = Fault {
    id: "N9",
    title: "The subnet mask is wrong",
    layer: Layer::Network,
    component: "IP settings",
    tier: Tier::T1,
    targets: |world| {
        users(world)
            .into_iter()
            .filter(|user| swallowing(world, user).is_some())
            .map(|user| Target::device(user.device))
            .collect()
    },
    inject: |world, target, _| {
        let Some(user) = user(world, target.device) else { return };
        if let Some(prefix) = swallowing(world, &user) {
            type_in(world, &user, Address { ip: user.address.ip, prefix }, Some(user.gateway));
        }
    },
    traces: no_traces,
    // Right is the mask of the router on the same link.
    present: |world, target| {
        let stack = &world.device(target.device).stack;
        stack.interfaces.iter().flat_map(|interface| &interface.addresses).any(|address| {
            let shared = world.devices.iter().filter(|device| device.stack.forwarding);
            let mut routers = shared.flat_map(|device| &device.stack.interfaces).flat_map(|interface| &interface.addresses);
            routers.any(|router| router.network().contains(&address.ip) && router.prefix != address.prefix)
        })
    },
    repair: repair_user,
};

/// A person's machine with an address and a gateway that is a router's.
struct User {
    device: DeviceId,
    interface: InterfaceIndex,
    address: Address,
    gateway: Ipv4Addr,
}

fn users(world: &World) -> Vec<User> {
    world.device_ids().filter_map(|device| user(world, device)).filter(|user| router(world, user.gateway).is_some()).collect()
}

fn user(world: &World, device: DeviceId) -> Option<User> {
    let found = world.device(device);
    if !matches!(found.kind, Kind::Desktop | Kind::Laptop) {
        return None;
    }
    route::indices(&found.stack).find_map(|interface| {
        let address = *found.stack.interfaces.get(usize::from(interface.0))?.addresses.first()?;
        let gateway = route::gateway(&found.stack, interface)?;
        Some(User { device, interface, address, gateway })
    })
}

fn addresses(world: &World, device: DeviceId) -> impl Iterator<Item = Ipv4Addr> {
    world.device(device).stack.interfaces.iter().flat_map(|interface| &interface.addresses).map(|address| address.ip)
}

/// The device that routes and has this address.
pub(in crate::fault::groups) fn router(world: &World, address: Ipv4Addr) -> Option<DeviceId> {
    world
        .devices
        .iter()
        .find(|device| device.stack.forwarding && addresses(world, device.id).any(|own| own == address))
        .map(|device| device.id)
}

/// From automatic to typed in, as the adapter's settings do it: the servers of the lease are kept.
fn type_in(world: &mut World, user: &User, address: Address, gateway: Option<Ipv4Addr>) {
    let interfaces = &mut world.device_mut(user.device).stack.interfaces;
    let Some(interface) = interfaces.get_mut(usize::from(user.interface.0)) else { return };
    if let Some(lease) = interface.dhcp.lease.take()
        && interface.manual_dns.is_empty()
    {
        interface.manual_dns = lease.dns;
    }
    interface.dhcp.enabled = false;
    interface.origin = Origin::Manual;
    interface.addresses = vec![address];
    interface.manual_gateway = gateway;
}

fn repair_user(world: &mut World, target: &Target, healthy: &World) {
    if let Some(user) = user(healthy, target.device) {
        repair_interface(world, target.device, usize::from(user.interface.0), healthy);
    }
}

/// The highest host address of a network that nobody has.
fn highest_free(world: &World, net: Ipv4Net) -> Option<Ipv4Addr> {
    let last = u32::from(net.broadcast());
    let taken = |ip: Ipv4Addr| world.device_ids().any(|device| addresses(world, device).any(|own| own == ip));
    (1..=64).map(|step| Ipv4Addr::from(last.saturating_sub(step))).find(|ip| net.contains(ip) && !taken(*ip))
}

/// A mask so short that another network of the company seems to be on the link.
fn swallowing(world: &World, user: &User) -> Option<u8> {
    let gateway = router(world, user.gateway)?;
    let own = user.address.network();
    let networks: Vec<_> = route::connected(world, gateway).into_iter().map(|(net, _)| net).filter(|net| *net != own).collect();
    [16, 8].into_iter().filter(|prefix| *prefix < user.address.prefix).find(|prefix| {
        let wide = Address { ip: user.address.ip, prefix: *prefix }.network();
        networks.iter().any(|net| wide.contains(net))
    })
}
