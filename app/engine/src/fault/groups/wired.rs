//! Wired network: group N of the catalogue.

mod addresses;
#[cfg(test)]
mod by_hand;
mod cables;
mod ports;
#[cfg(test)]
mod tests;

use crate::fault::{Fault, Target};
use crate::machine::power::links;
use crate::net::link;
use crate::shell::ios::names;
use crate::world::device::Kind;
use crate::world::{Cable, DeviceId, PortIndex, PortRef, World};

pub const FAULTS: &[Fault] = &[
    cables::UNPLUGGED,
    cables::BROKEN,
    ports::DUPLEX,
    cables::SLOW,
    cables::NOISY,
    ports::SOCKET,
    addresses::DUPLICATE,
    addresses::GATEWAY,
    addresses::MASK,
    ports::DISABLED,
    cables::FIBRE,
    ports::POWER,
];

/// What people and servers use, wired: its port and the port at the other end.
pub(super) fn wired_hosts(world: &World) -> Vec<(PortRef, PortRef)> {
    let mut found = Vec::new();
    for device in &world.devices {
        if !matches!(device.kind, Kind::Desktop | Kind::Laptop | Kind::Server | Kind::Printer | Kind::Phone) {
            continue;
        }
        for at in 0..device.ports.len() {
            let own = PortRef { device: device.id, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
            if let Some((_, far)) = link::other_end(world, own)
                && link::of(world, own).is_some()
            {
                found.push((own, far));
            }
        }
    }
    found
}

/// Each wired host at its own port; `other` is what its cable leads to.
fn at_hosts(world: &World) -> Vec<Target> {
    wired_hosts(world)
        .into_iter()
        .map(|(own, far)| Target { device: own.device, port: Some(own.port), other: Some(far.device), ..Target::default() })
        .collect()
}

/// The port that a target names.
pub(super) fn port_of(target: &Target) -> PortRef {
    PortRef { device: target.device, port: target.port.unwrap_or_default() }
}

/// The position of the cable in a port.
pub(super) fn cable_at(world: &World, port: PortRef) -> Option<usize> {
    world.cables.iter().position(|cable| cable.ends.contains(&Some(port)))
}

/// The cable in a target's port, where both ends are in.
fn cable<'w>(world: &'w World, target: &Target) -> Option<&'w Cable> {
    link::other_end(world, port_of(target)).map(|(cable, _)| cable)
}

/// Puts the cable of a target's port back as it was in the healthy world.
fn repair_cable(world: &mut World, target: &Target, healthy: &World) {
    if let Some(at) = cable_at(healthy, port_of(target))
        && let (Some(cable), Some(sound)) = (world.cables.get_mut(at), healthy.cables.get(at))
    {
        cable.clone_from(sound);
    }
}

/// Devices that a cable leads from a port to, with the far port.
fn far_end(world: &World, target: &Target) -> Option<PortRef> {
    link::other_end(world, port_of(target)).map(|(_, far)| far)
}

/// What the managed switch at the other end wrote when the link went.
fn link_lost(world: &mut World, target: &Target) {
    let Some(switch) = target.other else { return };
    // The cable may hang loose at the host, or at the switch, which then no longer tells which port it was.
    let near = cable_at(world, port_of(target)).and_then(|at| world.cables.get(at));
    let ends = near.map_or([None; 2], |cable| cable.ends);
    let loose = world.cables.iter().filter(|cable| cable.ends.contains(&None)).flat_map(|cable| cable.ends);
    let Some(port) = ends.into_iter().chain(loose).flatten().find(|end| end.device == switch) else { return };
    let Some(name) = link::at(world, port).map(|found| names::long(&found.name)) else { return };
    if link::at(world, port).is_some_and(|found| !found.enabled) {
        let text = format!("Interface {name}, changed state to administratively down");
        links::write(world, switch, "LINK", 5, "CHANGED", text);
    } else {
        links::write(world, switch, "LINK", 3, "UPDOWN", format!("Interface {name}, changed state to down"));
    }
    let text = format!("Line protocol on Interface {name}, changed state to down");
    links::write(world, switch, "LINEPROTO", 5, "UPDOWN", text);
}

/// Copies one interface back.
pub(super) fn repair_interface(world: &mut World, device: DeviceId, at: usize, healthy: &World) {
    if let (Some(changed), Some(sound)) =
        (world.device_mut(device).stack.interfaces.get_mut(at), healthy.device(device).stack.interfaces.get(at))
    {
        changed.clone_from(sound);
    }
}
