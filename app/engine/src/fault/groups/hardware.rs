//! Hardware: group H of the catalogue.

mod parts;
mod power;
mod screen;
mod storage;
#[cfg(test)]
pub(super) mod tests;

use crate::fault::{Fault, Target};
use crate::machine::services::log;
use crate::time::Span;
use crate::world::device::Kind;
use crate::world::hardware::PowerState;
use crate::world::windows::{Event, EventLevel, EventLog};
use crate::world::{DeviceId, World};

pub const FAULTS: &[Fault] = &[
    power::H1,
    power::H2,
    power::H3,
    power::H4,
    parts::H5,
    storage::H6,
    storage::H7,
    screen::H8,
    screen::H9,
    screen::H10,
    screen::H11,
    storage::H12,
    parts::H13,
    parts::H14,
];

/// Windows machines of a kind that somebody works with.
pub(super) fn worked_on(world: &World, kind: Kind) -> Vec<DeviceId> {
    let used = world.devices.iter().filter(|device| device.kind == kind && device.user.is_some() && device.windows().is_some());
    used.map(|device| device.id).collect()
}

pub(super) fn targets_of(world: &World, kind: Kind, fits: impl Fn(&World, DeviceId) -> bool) -> Vec<Target> {
    worked_on(world, kind).into_iter().filter(|device| fits(world, *device)).map(Target::device).collect()
}

/// It has gone off before the ticket begins.
pub(super) fn off(world: &mut World, device: DeviceId) {
    let power = &mut world.device_mut(device).power;
    power.switched_on = false;
    power.state = PowerState::Off;
    power.unclean = true;
}

pub(super) fn repair_power(world: &mut World, device: DeviceId, healthy: &World) {
    world.device_mut(device).power = healthy.device(device).power;
}

/// Writes an event some time ago, in its place among the others.
pub(super) fn past_event(world: &mut World, device: DeviceId, ago: Span, source: &str, id: u32, level: EventLevel, text: &str) {
    let at = world.now - ago;
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    let event = Event { at, log: EventLog::System, source: source.to_owned().into(), id, level, text: text.to_owned().into() };
    let place = windows.events.iter().position(|other| other.at > at).unwrap_or(windows.events.len());
    windows.events.insert(place, event);
}

/// What Windows writes at its start after it went off at once.
pub(super) fn went_off(world: &mut World, device: DeviceId, ago: Span) {
    const TEXT: &str = "The system has rebooted without cleanly shutting down first. This error could be caused if the system stopped \
                        responding, crashed, or lost power unexpectedly.";
    past_event(world, device, ago, "Microsoft-Windows-Kernel-Power", 41, EventLevel::Critical, TEXT);
}

/// Now, for things that go on.
pub(super) fn event_now(world: &mut World, device: DeviceId, source: &str, id: u32, level: EventLevel, text: &str) {
    log(world, device, EventLog::System, source, id, level, text.to_owned());
}
