//! Security incidents: group X of the catalogue, as far as state holds them.
//!
//! The first line's right act with something hostile on a machine is to take it off the network and leave it powered: evidence
//! and memory stay. So such a fault counts as dealt with when the machine is contained.

mod certificate;
mod malware;
mod nuisance;
mod remote;
mod tenant;
#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::world::interface::Attach;
use crate::world::{DeviceId, PersonId, PortIndex, PortRef, World};

pub const FAULTS: &[Fault] =
    &[malware::X1, tenant::X2, tenant::X3, nuisance::X4, malware::X5, remote::X6, malware::X9, certificate::X11];

/// Running, and no port or radio of it carries anything: cable pulled, adapter disabled, switch port shut.
fn contained(world: &World, device: DeviceId) -> bool {
    let machine = world.device(device);
    if !crate::machine::is_up(world, device) {
        return false;
    }
    let carries = |port: PortIndex| {
        let enabled =
            machine.stack.interfaces.iter().any(|interface| interface.enabled && interface.attach == Attach::Port(port));
        enabled && crate::net::link::of(world, PortRef { device, port }).is_some()
    };
    (0..machine.ports.len()).map(|at| PortIndex(u8::try_from(at).unwrap_or(u8::MAX))).all(|port| !carries(port))
}

/// Desktops and laptops with Windows, with whose they are.
fn computers(world: &World) -> Vec<(DeviceId, PersonId)> {
    let computer =
        |device: &crate::world::Device| device.kind != crate::world::device::Kind::Server && device.windows().is_some();
    world.devices.iter().filter(|device| computer(device)).filter_map(|device| Some((device.id, device.user?))).collect()
}

fn account(world: &World, person: Option<PersonId>) -> String {
    person.and_then(|id| world.people.get(usize::from(id.0))).map(|person| person.account.clone()).unwrap_or_default()
}
