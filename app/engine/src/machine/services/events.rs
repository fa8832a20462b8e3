//! What Windows writes into its event logs by itself.

use super::Trouble;
use super::trouble::message;
use crate::time::Span;
use crate::world::windows::{Event, EventLevel, EventLog, Service, StartType};
use crate::world::{DeviceId, World};

const MANAGER: &str = "Service Control Manager";

/// Writes one event at the present moment. The oldest make room, as in a log of limited size.
pub fn log(world: &mut World, device: DeviceId, log: EventLog, source: &str, id: u32, level: EventLevel, text: String) {
    /// Enough for a long ticket; the state must not grow for ever.
    const KEPT: usize = 300;
    let at = world.now;
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    if windows.events.len() >= KEPT {
        windows.events.remove(0);
    }
    windows.events.push(Event { at, log, source: source.to_owned().into(), id, level, text: text.into() });
}

fn system(world: &mut World, device: DeviceId, id: u32, level: EventLevel, text: String) {
    log(world, device, EventLog::System, MANAGER, id, level, text);
}

/// 7036.
pub(super) fn entered(world: &mut World, device: DeviceId, display: &str, state: &str) {
    system(world, device, 7036, EventLevel::Information, format!("The {display} service entered the {state} state."));
}

/// 7040.
pub(super) fn start_type_changed(world: &mut World, device: DeviceId, before: &Service, now: StartType) {
    let text = format!(
        "The start type of the {} service was changed from {} to {}.",
        before.display,
        start_words(before.start),
        start_words(now)
    );
    system(world, device, 7040, EventLevel::Information, text);
}

fn start_words(start: StartType) -> &'static str {
    match start {
        StartType::Automatic | StartType::AutomaticDelayed => "auto start",
        StartType::Manual => "demand start",
        StartType::Disabled => "disabled",
    }
}

/// 7031 with a recovery action, 7034 without.
pub(super) fn terminated(world: &mut World, device: DeviceId, service: &Service, recovery: Span) {
    let start = format!("The {} service terminated unexpectedly.", service.display);
    let times = world.device(device).windows().map_or(0, |windows| {
        windows.events.iter().filter(|event| matches!(event.id, 7031 | 7034) && event.text.starts_with(&start)).count()
    });
    let count = format!("{start}  It has done this {} time(s).", times.saturating_add(1));
    if service.restarts_on_failure {
        let text = format!(
            "{count}  The following corrective action will be taken in {} milliseconds: Restart the service.",
            recovery.0
        );
        system(world, device, 7031, EventLevel::Error, text);
    } else {
        system(world, device, 7034, EventLevel::Error, count);
    }
}

/// 7009 and 7000.
pub(super) fn start_failed(world: &mut World, device: DeviceId, service: &Service) {
    let waited =
        format!("A timeout was reached (30000 milliseconds) while waiting for the {} service to connect.", service.display);
    system(world, device, 7009, EventLevel::Error, waited);
    let text =
        format!("The {} service failed to start due to the following error: \n{}", service.display, Trouble::NoResponse.text());
    system(world, device, 7000, EventLevel::Error, text);
    let reason = format!("{}: {}", service.display, service.broken);
    log(world, device, EventLog::Application, "Application Error", 1000, EventLevel::Error, reason);
}

/// 7001.
pub(super) fn dependency_failed(world: &mut World, device: DeviceId, service: &Service, needed: &str, trouble: Trouble) {
    let needed = super::service(world, device, needed).map_or_else(|| needed.to_owned(), |found| found.display.clone());
    let text = format!(
        "The {} service depends on the {needed} service which failed to start because of the following error: \n{}",
        service.display,
        message(trouble.code()).unwrap_or_default()
    );
    system(world, device, 7001, EventLevel::Error, text);
}

/// Empties a log; that it was emptied, and by whom, is the first entry of what follows (104, or 1102 for Security).
pub fn clear(world: &mut World, device: DeviceId, which: EventLog, user: &str) {
    if let Some(windows) = world.device_mut(device).windows_mut() {
        windows.events.retain(|event| event.log != which);
    }
    if which == EventLog::Security {
        let text = format!("The audit log was cleared by {user}.");
        log(world, device, EventLog::Security, "Eventlog", 1102, EventLevel::AuditSuccess, text);
    } else {
        let name = if which == EventLog::System { "System" } else { "Application" };
        let text = format!("The {name} log file was cleared by {user}.");
        log(world, device, EventLog::System, "Eventlog", 104, EventLevel::Information, text);
    }
}
