//! Windows: group W of the catalogue.

mod files;
mod profile;
mod services;
mod settings;
#[cfg(test)]
mod tests;

use crate::fault::{Fault, Target};
use crate::time::Span;
use crate::world::device::Kind;
use crate::world::windows::{Event, EventLevel, EventLog, Windows};
use crate::world::{Device, DeviceId, World};

pub const FAULTS: &[Fault] = &[
    files::W1,
    files::W2,
    files::W3,
    profile::W4,
    profile::W5,
    services::W6,
    services::W7,
    settings::W8,
    services::W9,
    settings::W10,
    settings::W11,
    settings::W12,
];

/// Desktops and laptops with Windows that run, with whose they are.
pub(super) fn computers(world: &World, wanted: impl Fn(&Device, &Windows) -> bool) -> Vec<Target> {
    let fits = |device: &&Device| {
        matches!(device.kind, Kind::Desktop | Kind::Laptop)
            && crate::machine::is_up(world, device.id)
            && device.windows().is_some_and(|windows| wanted(device, windows))
    };
    world.devices.iter().filter(fits).map(|device| Target { person: device.user, ..Target::device(device.id) }).collect()
}

pub(super) fn every(world: &World) -> Vec<Target> {
    computers(world, |_, _| true)
}

pub(super) fn windows(world: &World, device: DeviceId) -> Option<&Windows> {
    world.device(device).windows()
}

/// Changes the Windows of a target; nothing where there is none.
pub(super) fn change(world: &mut World, device: DeviceId, act: impl FnOnce(&mut Windows)) {
    if let Some(windows) = world.device_mut(device).windows_mut() {
        act(windows);
    }
}

/// One event of some time ago.
pub(super) struct Trace<'t> {
    pub ago: Span,
    pub log: EventLog,
    pub source: &'t str,
    pub id: u32,
    pub level: EventLevel,
}

impl Trace<'_> {
    /// Writes it where it belongs in the order of time.
    pub(super) fn write(self, world: &mut World, device: DeviceId, text: String) {
        let at = world.now - self.ago;
        change(world, device, |windows| {
            let place = windows.events.partition_point(|event| event.at <= at);
            let source = self.source.to_owned().into();
            let event = Event { at, log: self.log, source, id: self.id, level: self.level, text: text.into() };
            windows.events.insert(place, event);
        });
    }
}
