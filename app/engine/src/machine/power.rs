//! From the wall socket to the sign-in screen.
//!
//! | file | in one line |
//! |---|---|
//! | [`boot`] | what stops a start: parts, boot order, boot store, recovery key |
//! | [`configuration`] | what a switch or router keeps over a restart |
//! | [`down`] | going off: in good order, by the button, by a power cut |
//! | [`links`] | what other devices see when links come and go |
//! | [`load`] | temperatures, the power supply's rating, memory under load |

pub mod boot;
pub mod configuration;
pub mod down;
pub mod links;
pub mod load;

#[cfg(test)]
mod tests;

pub use boot::{Stop, stop};
pub use down::{go_down, hold, power_loss, restart, shut_down};

use crate::time::{Span, Timer};
use crate::world::device::{Kind, System};
use crate::world::hardware::{DiskKind, PowerState};
use crate::world::{DeviceId, InterfaceIndex, World};

/// What the device is doing now.
#[must_use]
pub fn state(world: &World, device: DeviceId) -> PowerState {
    let power = world.device(device).power;
    if power.switched_on && supplied(world, device) { power.state } else { PowerState::Off }
}

/// Electricity gets as far as its board: from the wall through strip and power supply, from a battery, or from a switch port.
#[must_use]
pub fn supplied(world: &World, device: DeviceId) -> bool {
    let found = world.device(device);
    if found.power.poe_mw > 0 {
        return crate::net::poe::supplied(world, device);
    }
    let mains = found.power.plugged && found.power.strip_on;
    match (&found.hardware.battery, found.hardware.psu) {
        (Some(battery), _) => battery.charge > 0 || mains && battery.charger_watts > 0,
        (None, Some(psu)) => mains && psu.works,
        (None, None) => mains,
    }
}

/// The power button, pressed and let go: switches on what is off, and asks a running system to shut down.
pub fn press(world: &mut World, device: DeviceId) {
    match state(world, device) {
        PowerState::Off => {
            world.device_mut(device).power.switched_on = true;
            if supplied(world, device) {
                begin(world, device);
            } else {
                // A button cannot stay pressed: nothing happens, now or when power comes back.
                world.device_mut(device).power.switched_on = !has_button(world, device);
            }
        }
        PowerState::Running => shut_down(world, device),
        // There is no system yet that could be asked.
        PowerState::Starting => {}
        PowerState::Halted => hold(world, device),
    }
}

/// Computers wait for somebody to press the button; everything else runs as soon as it has power.
#[must_use]
pub fn has_button(world: &World, device: DeviceId) -> bool {
    matches!(world.device(device).kind, Kind::Desktop | Kind::Laptop | Kind::Server | Kind::Printer)
}

/// Begins to start; [`started`] is called when the time has come.
pub(crate) fn begin(world: &mut World, device: DeviceId) {
    let at = world.now + start_time(world, device);
    let timer = Timer::Started(device);
    world.timers.cancel(&timer);
    world.device_mut(device).power.state = PowerState::Starting;
    world.timers.set(at, timer);
}

/// From the button to the sign-in screen, or to where a device does its work. Rounded from what such machines take.
#[must_use]
pub fn start_time(world: &World, device: DeviceId) -> Span {
    let found = world.device(device);
    if stop(world, device).is_some() {
        return Span::seconds(15);
    }
    let spins = found.hardware.disks.first().is_some_and(|disk| disk.kind == DiskKind::Hdd);
    Span::seconds(match (found.kind, &found.system) {
        (Kind::Server, System::Windows(_)) => 180,
        (_, System::Windows(_)) if spins => 110,
        (_, System::Windows(_)) => 40,
        (_, System::Ios(_)) => 150,
        (Kind::Server, _) | (_, System::AccessPoint(_)) => 90,
        (Kind::Modem | Kind::Router | Kind::Firewall, _) => 75,
        _ => 30,
    })
}

/// The start of a device has come to its end: the system is there, or the screen says what is missing.
pub fn started(world: &mut World, device: DeviceId) {
    if state(world, device) != PowerState::Starting {
        return;
    }
    if let Some(stop) = stop(world, device) {
        let screen = stop.screen();
        let found = world.device_mut(device);
        found.power.state = PowerState::Halted;
        if let Some(windows) = found.windows_mut() {
            windows.boot.halted_on = screen;
        }
        return;
    }
    links::watch(world, |world| {
        let now = world.now;
        let found = world.device_mut(device);
        found.power.state = PowerState::Running;
        found.started = now;
        let unclean = std::mem::take(&mut found.power.unclean);
        if let Some(windows) = found.windows_mut() {
            windows.boot.halted_on.clear();
        }
        if matches!(world.device(device).system, System::Windows(_)) {
            super::services::system_start(world, device);
            if unclean {
                down::say_unclean(world, device);
            }
        }
        configuration::restarted(world, device);
        if matches!(world.device(device).system, System::Linux(_)) {
            super::units::boot::boot(world, device);
        }
    });
    join_networks(world, device);
    // Whoever works there sits down again.
    if let (System::Windows(windows), Some(person)) = (&world.device(device).system, world.device(device).user)
        && windows.signed_in.is_none()
    {
        super::sign_in::person_signs_in(world, device, person);
    }
}

/// Radios join what they know, and addresses are asked for.
fn join_networks(world: &mut World, device: DeviceId) {
    crate::net::wifi::settle(world, device);
    if !asks_for_addresses(world, device) {
        return;
    }
    for (index, interface) in (0_u8..).zip(world.device(device).stack.interfaces.clone().into_inner()) {
        if interface.dhcp.enabled && interface.enabled {
            crate::net::dhcp::link_up(world, device, InterfaceIndex(index));
        }
    }
}

/// Its DHCP client is there: Windows keeps it in a service.
fn asks_for_addresses(world: &World, device: DeviceId) -> bool {
    match &world.device(device).system {
        System::Windows(windows) => !windows.services.contains_key("Dhcp") || super::runs(world, device, "Dhcp"),
        _ => super::is_up(world, device),
    }
}

/// Power is there again: what has no button starts, computers stay off until somebody presses theirs.
pub fn power_back(world: &mut World, device: DeviceId) {
    let power = world.device(device).power;
    if power.switched_on && power.state == PowerState::Off && supplied(world, device) {
        begin(world, device);
    }
}

/// Devices that live on a switch port's power go and come with it.
pub(crate) fn follow_poe(world: &mut World) {
    for device in world.device_ids() {
        let power = world.device(device).power;
        if power.poe_mw == 0 || !power.switched_on {
            continue;
        }
        match (supplied(world, device), power.state) {
            (false, PowerState::Running | PowerState::Starting | PowerState::Halted) => {
                world.device_mut(device).power.state = PowerState::Off;
                down::forget(world, device);
            }
            (true, PowerState::Off) => begin(world, device),
            _ => {}
        }
    }
}
