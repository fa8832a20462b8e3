//! Routing, VLANs, switching, firewalls: group R of the catalogue.

#[cfg(test)]
mod by_hand;
mod edge;
mod filters;
mod hub;
mod loops;
mod routes;
#[cfg(test)]
mod tests;
mod vlans;

use std::net::Ipv4Addr;

use crate::fault::{Fault, Target};
use crate::world::device::Kind;
use crate::world::{DeviceId, World};

pub const FAULTS: &[Fault] = &[
    vlans::WRONG_VLAN,
    vlans::NOT_ALLOWED,
    vlans::NATIVE,
    hub::SECURITY,
    loops::PATCH_LEAD,
    routes::MISSING,
    routes::NO_RETURN,
    routes::LOOP,
    filters::RULE_ORDER,
    edge::LINE,
    edge::NOT_SAVED,
    edge::BLACK_HOLE,
    filters::ACCESS_LIST,
    edge::FORWARD,
];

/// The first address of a device, if it has one.
fn address(world: &World, device: DeviceId) -> Option<Ipv4Addr> {
    world.device(device).stack.interfaces.iter().find_map(|interface| interface.addresses.first()).map(|address| address.ip)
}

/// Machines that people work with.
fn clients(world: &World) -> impl Iterator<Item = (DeviceId, Ipv4Addr)> {
    world
        .devices
        .iter()
        .filter(|device| matches!(device.kind, Kind::Desktop | Kind::Laptop))
        .filter_map(|device| Some((device.id, address(world, device.id)?)))
}

fn servers(world: &World) -> impl Iterator<Item = (DeviceId, Ipv4Addr)> {
    world
        .devices
        .iter()
        .filter(|device| device.kind == Kind::Server)
        .filter_map(|device| Some((device.id, address(world, device.id)?)))
}

/// The nth word of a target's name.
fn word(target: &Target, nth: usize) -> Option<&str> {
    target.name.split(' ').nth(nth)
}

/// The company's own routers, firewalls and routing switches.
fn routers(world: &World) -> impl Iterator<Item = DeviceId> {
    world
        .devices
        .iter()
        .filter(|device| device.stack.forwarding && matches!(device.kind, Kind::Router | Kind::Firewall | Kind::Switch))
        .map(|device| device.id)
}
