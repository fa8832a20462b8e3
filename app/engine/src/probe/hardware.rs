//! Probes of parts and power.
//!
//! Conditions, by the word after `condition:`
//!
//! | word | passes when |
//! |---|---|
//! | `display` | every display shows a bright picture |
//! | `picture` | every display runs at its own size and at 50 Hz or more |
//! | `battery` | the battery holds 60 % of what it was made for, and the case is flat |
//! | `charging` | the charger gives what the laptop needs |
//! | `touchpad` | it is switched on and its driver works |
//! | `keyboard` | the active layout is the one the site uses (first of the list), and Caps Lock is off |
//! | `microphone` | the default one is the headset, where there is one, and programs for calls may use it |
//! | `usb-drive` | every stick has a letter of its own |
//! | `bluetooth` | the radio works, and what belongs to the machine is paired and stays connected |
//! | `raid` | the set is whole |
//! | `disk` | no disk is failing |
//! | `memory` | no memory module fails |
//! | `desktop` | after signing in there is a desktop |
//! | `devices` | everything that is plugged in has no problem code |
//! | `location` | programs may know where the machine is |
//! | `strip` | the machine is fed from a socket that is switched on |

use crate::machine::peripherals;
use crate::machine::power::{self, load};
use crate::physical::look;
use crate::sorted::Set;
use crate::time::Span;
use crate::world::hardware::{Display, Hardware, PowerState};
use crate::world::windows::{VolumeKind, Windows};
use crate::world::{Device, DeviceId, World};

/// Longer than any start.
const START: Span = Span::minutes(5);

/// It runs now, or comes up when somebody presses the button; and it would come up again.
pub fn starts(world: &mut World, device: DeviceId) -> bool {
    if power::stop(world, device).is_some() {
        return false;
    }
    match power::state(world, device) {
        PowerState::Running => {}
        PowerState::Off => {
            power::press(world, device);
            world.wait(START);
        }
        PowerState::Starting => world.wait(START),
        PowerState::Halted => {
            power::restart(world, device);
            world.wait(START);
        }
    }
    crate::machine::is_up(world, device) && works_after_start(world.device(device))
}

fn works_after_start(found: &Device) -> bool {
    found.windows().is_none_or(look::shell_starts) && found.linux().is_none_or(|linux| linux.emergency.is_none())
}

/// It runs and holds five minutes of heavy work.
pub fn stable(world: &mut World, device: DeviceId) -> bool {
    let found = world.device(device);
    crate::machine::is_up(world, device)
        && load::under_load(world, device) == load::UnderLoad::Holds
        && !peripherals::display_driver_faulty(&found.hardware.peripherals)
}

pub fn peripheral(world: &mut World, device: DeviceId, name: &str) -> bool {
    crate::machine::is_up(world, device) && peripherals::works(world, device, name)
}

/// `None`: not a condition of this room.
pub fn condition(world: &mut World, device: DeviceId, what: &str) -> Option<bool> {
    let found = world.device(device);
    let hardware = &found.hardware;
    Some(match what {
        "display" => {
            crate::machine::is_up(world, device)
                && hardware
                    .displays
                    .iter()
                    .all(|display| display.backlight_works && look::carries_picture(world, device, display.input))
        }
        "picture" => hardware.displays.iter().all(sharp),
        "battery" => hardware
            .battery
            .is_none_or(|battery| !battery.swollen && u64::from(battery.full) * 10 >= u64::from(battery.design) * 6),
        "charging" => hardware
            .battery
            .is_none_or(|battery| found.power.plugged && found.power.strip_on && battery.charger_watts >= battery.needs_watts),
        "touchpad" => touchpad(world, device),
        "keyboard" => found.windows().is_none_or(keyboard),
        "microphone" => found.windows().is_none_or(|windows| microphone(windows, hardware)),
        "usb-drive" => letters(found),
        "bluetooth" => bluetooth(found),
        "raid" => crate::physical::parts::raid::is_whole(hardware, world.now),
        "disk" => !hardware.disks.iter().any(failing),
        "memory" => !hardware.ram.iter().any(|stick| stick.failing || !stick.seated),
        "desktop" => crate::machine::is_up(world, device) && works_after_start(found),
        "devices" => {
            let plugged = hardware.peripherals.iter().enumerate().filter(|(_, peripheral)| peripheral.connected);
            plugged.map(|(at, _)| peripherals::code(found, at)).all(|code| code.is_none())
        }
        "location" => found.windows().is_none_or(|windows| windows.settings.location_allowed),
        "strip" => found.power.plugged && found.power.strip_on,
        _ => return None,
    })
}

/// A display as it should be: its own size, a rate that does not flicker, over a cable that carries it.
pub(crate) fn sharp(display: &Display) -> bool {
    display.native_resolution && display.refresh_hz >= 50 && display.cable_hz >= display.refresh_hz
}

pub(crate) fn failing(disk: &crate::world::hardware::Disk) -> bool {
    !disk.alive || !disk.seated || disk.reallocated_sectors >= crate::world::hardware::FAILING_SECTORS
}

fn touchpad(world: &World, device: DeviceId) -> bool {
    let found = world.device(device);
    let on = found.windows().is_none_or(|windows| windows.settings.touchpad);
    let pads = found.hardware.peripherals.iter().enumerate().filter(|(_, peripheral)| peripheral.name.contains("Touchpad"));
    on && pads.map(|(at, _)| peripherals::code(found, at)).all(|code| code.is_none())
}

fn keyboard(windows: &Windows) -> bool {
    let settings = &windows.settings;
    settings.keyboard_layouts.first().is_none_or(|first| *first == settings.active_layout) && !settings.caps_lock
}

/// A headset that is plugged in is what calls should use.
fn microphone(windows: &Windows, hardware: &Hardware) -> bool {
    let headset = hardware.peripherals.iter().find(|peripheral| peripheral.connected && peripheral.name.contains("Headset"));
    let settings = &windows.settings;
    let chosen = headset.is_none_or(|headset| settings.default_microphone.contains(&headset.name));
    let calls = |program: &&crate::world::windows::Program| program.name.contains("Teams");
    let allowed = windows.programs.iter().find(calls).is_none_or(|program| settings.microphone_allowed.contains(&program.name));
    chosen && allowed
}

/// Every stick has a letter that nothing else has.
fn letters(found: &Device) -> bool {
    let mapped: Set<char> = found
        .windows()
        .map(|windows| {
            let drives = windows.mapped_drives.iter().map(|drive| drive.letter.to_ascii_uppercase());
            drives.chain(windows.volumes.iter().filter_map(|volume| volume.letter)).collect()
        })
        .unwrap_or_default();
    let mut seen = Set::new();
    let volumes = found.windows().map(|windows| windows.volumes.as_slice()).unwrap_or_default();
    let hidden = volumes.iter().any(|volume| volume.kind == VolumeKind::Removable && volume.letter.is_none());
    let sticks = &found.hardware.removable;
    !hidden && sticks.iter().all(|stick| stick.letter.is_some_and(|letter| !mapped.contains(&letter) && seen.insert(letter)))
}

/// The radio works, and everything that belongs to the machine is paired with the key that it has.
fn bluetooth(found: &Device) -> bool {
    let holds = |windows: &Windows| windows.bluetooth.iter().all(|device| device.paired && device.key_matches);
    peripherals::class_works(found, "Bluetooth") && found.windows().is_none_or(holds)
}
