//! Security incidents: group X of the catalogue, as far as state holds them.
//!
//! The first line's right act with something hostile on a machine is to take it off the network and leave it powered: evidence
//! and memory stay. So such a fault counts as dealt with when the machine is contained.

mod certificate;
mod malware;
mod nuisance;
mod remote;
mod stick;
mod tenant;
#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::world::{DeviceId, PersonId, World};

pub const FAULTS: &[Fault] =
    &[malware::X1, tenant::X2, tenant::X3, nuisance::X4, malware::X5, remote::X6, stick::X7, malware::X9, certificate::X11];

/// Running, and no port or radio of it carries anything: cable pulled, adapter disabled, switch port shut.
fn contained(world: &World, device: DeviceId) -> bool {
    crate::machine::is_up(world, device) && crate::net::link::carrying(world, device) == 0
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
