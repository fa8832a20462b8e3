//! Going off: in good order, by the button, by a power cut; and what that leaves behind.

use super::{begin, has_button, links, state};
use crate::machine::services::log;
use crate::text::windows_short;
use crate::time::{Time, Timer};
use crate::world::device::System;
use crate::world::hardware::PowerState;
use crate::world::windows::{EventLevel, EventLog, ServiceState, VolumeKind};
use crate::world::{DeviceId, World};

/// Shuts a running system down in good order, as somebody at its keyboard does.
pub fn shut_down(world: &mut World, device: DeviceId) {
    if state(world, device) != PowerState::Running {
        return;
    }
    announce(world, device, "power off");
    go_down(world, device, false);
}

/// Restarts a running system in good order; one that hangs before its system is reset.
pub fn restart(world: &mut World, device: DeviceId) {
    match state(world, device) {
        PowerState::Running => {
            announce(world, device, "restart");
            go_down(world, device, true);
        }
        PowerState::Halted | PowerState::Starting => begin(world, device),
        PowerState::Off => {}
    }
}

/// Event 1074, as the Start menu leaves it.
fn announce(world: &mut World, device: DeviceId, kind: &str) {
    let name = world.device(device).name.clone();
    let who = world.device(device).windows().and_then(|windows| windows.signed_in.clone()).unwrap_or_else(|| "SYSTEM".to_owned());
    let text = format!(
        "The process C:\\Windows\\System32\\RuntimeBroker.exe ({name}) has initiated the {kind} of computer {name} on behalf of user \
         {who} for the following reason: Other (Unplanned)\n Reason Code: 0x0\n Shutdown Type: {kind}\n Comment: "
    );
    log(world, device, EventLog::System, "User32", 1074, EventLevel::Information, text);
}

/// The end of every orderly shutdown: the log service stops last, the machine is off or starts again.
pub fn go_down(world: &mut World, device: DeviceId, restart: bool) {
    links::watch(world, |world| {
        let text = "The Event log service was stopped.".to_owned();
        log(world, device, EventLog::System, "EventLog", 6006, EventLevel::Information, text);
        forget(world, device);
        let button = has_button(world, device);
        let found = world.device_mut(device);
        found.power.unclean = false;
        if restart {
            begin(world, device);
            return;
        }
        found.power.switched_on = !button;
        found.power.state = PowerState::Off;
    });
}

/// The button, held until the machine is off: whatever was not saved is lost.
pub fn hold(world: &mut World, device: DeviceId) {
    if state(world, device) != PowerState::Off {
        cut(world, device, true);
    }
}

/// Power went away, however it did.
pub fn power_loss(world: &mut World, device: DeviceId) {
    cut(world, device, true);
    let found = world.device_mut(device);
    let hardware = &mut found.hardware;
    // The clock of the board runs on its cell alone now. A laptop's is fed by the battery.
    if hardware.cmos.battery_flat && hardware.battery.is_none_or(|battery| battery.charge == 0) {
        hardware.firmware.clock_lost = true;
        let now = world.now;
        if let Some(windows) = world.device_mut(device).windows_mut() {
            windows.clock.offset = offset(firmware_epoch(), now);
        }
    }
}

/// The date that firmware begins with when it has lost its own.
#[must_use]
pub fn firmware_epoch() -> Time {
    Time::from_civil(2021, 1, 1, 0, 0)
}

/// How far a clock at `shown` is ahead of `now`, in milliseconds.
fn offset(shown: Time, now: Time) -> i64 {
    let (ahead, behind) = (shown - now, now - shown);
    i64::try_from(ahead.0).unwrap_or(i64::MAX).saturating_sub(i64::try_from(behind.0).unwrap_or(i64::MAX))
}

/// Goes off at once. `button` computers stay off.
pub(super) fn cut(world: &mut World, device: DeviceId, stays_off: bool) {
    links::watch(world, |world| {
        let was = world.device(device).power.state;
        let button = has_button(world, device);
        world.timers.cancel(&Timer::Started(device));
        let found = world.device_mut(device);
        found.power.state = PowerState::Off;
        if button && stays_off {
            found.power.switched_on = false;
        }
        if was == PowerState::Running {
            found.power.unclean = true;
            if let Some(windows) = found.windows_mut() {
                for volume in windows.volumes.iter_mut().filter(|volume| volume.kind == VolumeKind::System) {
                    volume.dirty = true;
                }
            }
        }
        forget(world, device);
    });
}

/// What is only in memory: tables that traffic filled, running services, a configuration nobody saved.
pub(super) fn forget(world: &mut World, device: DeviceId) {
    let found = world.device_mut(device);
    let stack = &mut found.stack;
    stack.neighbours.clear();
    stack.resolver.cache.clear();
    stack.conflicts.clear();
    stack.nat.translations.clear();
    stack.filter.states.clear();
    if !matches!(found.system, System::Ios(_)) {
        stack.routes.retain(|route| route.persistent);
    }
    if let Some(switching) = &mut found.switching {
        switching.mac_table.clear();
        switching.mac_flaps = 0;
    }
    for port in &mut found.ports {
        port.counters = crate::world::port::Counters::default();
        if let Some(radio) = &mut port.wifi {
            radio.joined = None;
        }
    }
    if let System::Windows(windows) = &mut found.system {
        windows.signed_in = None;
        windows.token_groups.clear();
        windows.screen_locked = false;
        windows.sessions.clear();
        for service in windows.services.values_mut().filter(|service| service.state != ServiceState::Stopped) {
            (service.state, service.pid) = (ServiceState::Stopped, 0);
        }
    }
}

/// Events 41 and 6008 of the start after a hard end.
pub(super) fn say_unclean(world: &mut World, device: DeviceId) {
    let text = "The system has rebooted without cleanly shutting down first. This error could be caused if the system stopped \
                responding, crashed, or lost power unexpectedly."
        .to_owned();
    log(world, device, EventLog::System, "Microsoft-Windows-Kernel-Power", 41, EventLevel::Critical, text);
    let Some(windows) = world.device(device).windows() else { return };
    // The last sign of life is the newest event before this start.
    let started = world.device(device).started;
    let last = windows.events.iter().rev().find(|event| event.at < started).map_or(started, |event| event.at);
    let shown = windows_short(crate::machine::services::clock::stamp(windows, last));
    let (date, hour) = shown.split_once(' ').unwrap_or((shown.as_str(), ""));
    let text = format!("The previous system shutdown at {hour} on {date} was unexpected.");
    log(world, device, EventLog::System, "EventLog", 6008, EventLevel::Error, text);
}
