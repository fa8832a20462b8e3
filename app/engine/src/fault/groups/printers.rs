//! Printers: group P of the catalogue.

mod address;
mod queue;
mod scan;
#[cfg(test)]
mod tests;
mod wear;

use crate::fault::{Fault, Target};
use crate::machine::print;
use crate::world::windows::{InstalledPrinter, PrinterPort};
use crate::world::{DeviceId, World};

pub const FAULTS: &[Fault] = &[
    queue::P1,
    queue::P2,
    queue::P3,
    address::P4,
    queue::P5,
    wear::P6,
    wear::P7,
    wear::P8,
    wear::P9,
    wear::P10,
    queue::P11,
    scan::P12,
    scan::P13,
];

/// Queues of people's computers that lead to paper: the computer, the queue, the printer.
fn paths(world: &World) -> Vec<(DeviceId, &InstalledPrinter, DeviceId)> {
    let mut found = Vec::new();
    for device in world.devices.iter().filter(|device| device.user.is_some()) {
        for queue in device.windows().into_iter().flat_map(|windows| &windows.printers) {
            if let Some(printer) = print::target(world, &queue.port) {
                found.push((device.id, queue, printer));
            }
        }
    }
    found
}

fn target(world: &World, device: DeviceId, queue: &str, printer: DeviceId) -> Target {
    Target { person: world.device(device).user, other: Some(printer), name: queue.to_owned(), ..Target::device(device) }
}

/// Printers that somebody prints to, with the first computer and queue that do.
fn printers(world: &World) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for (device, queue, printer) in paths(world) {
        if queue.default && found.iter().all(|known| known.other != Some(printer)) {
            found.push(target(world, device, &queue.name, printer));
        }
    }
    found
}

/// The computer whose own port a queue ends in: itself, or its print server.
fn keeper(world: &World, device: DeviceId, queue: &InstalledPrinter) -> DeviceId {
    match &queue.port {
        PrinterPort::Share(server, _) => world.find(server).unwrap_or(device),
        _ => device,
    }
}

fn queue<'w>(world: &'w World, device: DeviceId, name: &str) -> Option<&'w InstalledPrinter> {
    world.device(device).windows()?.printers.iter().find(|queue| queue.name == name)
}

fn queue_mut<'w>(world: &'w mut World, device: DeviceId, name: &str) -> Option<&'w mut InstalledPrinter> {
    world.device_mut(device).windows_mut()?.printers.iter_mut().find(|queue| queue.name == name)
}
