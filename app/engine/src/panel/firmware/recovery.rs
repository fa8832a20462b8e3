//! What stands on the screen of a machine that does not come to its system: recovery key, recovery environment, a blank disk.

use crate::machine::power::{self, Stop};
use crate::panel::{Field, Input, Offer, Operation, Refused, View};
use crate::time::Span;
use crate::world::hardware::PowerState;
use crate::world::{DeviceId, World};

fn halted(world: &World, device: DeviceId) -> Option<Stop> {
    (power::state(world, device) == PowerState::Halted).then(|| power::stop(world, device)).flatten()
}

/// A new disk is in, and the machine finds no system: the company's image can be put on it.
fn can_image(world: &World, device: DeviceId, stop: &Stop) -> bool {
    let found = world.device(device);
    let disk = found.hardware.disks.get(power::boot::system_disk(found));
    found.windows().is_some()
        && matches!(stop, Stop::NoBootableDevice(_))
        && disk.is_some_and(|disk| disk.blank && disk.alive && disk.seated)
}

pub(super) fn add(world: &World, device: DeviceId, view: &mut View) {
    let Some(stop) = halted(world, device) else { return };
    view.notices.insert(0, stop.screen());
    let mut offer = |verb: &str, label: &str, fields| {
        view.operations.push(Offer { verb: verb.to_owned(), label: label.to_owned(), targets: Vec::new(), fields });
    };
    if stop == Stop::BitLocker {
        let key = Field { name: "key".to_owned(), label: "Recovery key".to_owned(), input: Input::Text, value: String::new() };
        offer("enter-key", "Enter the recovery key", vec![key]);
    }
    if stop.recovery() {
        offer("startup-repair", "Startup Repair", Vec::new());
        offer("uninstall-update", "Uninstall latest quality update", Vec::new());
        offer("safe-mode", "Startup Settings: safe mode", Vec::new());
    }
    if can_image(world, device, &stop) {
        offer("image", "Install the company's image from the network", Vec::new());
    }
}

/// `None`: not an operation of this part.
pub(super) fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Option<Result<String, Refused>> {
    let known = ["enter-key", "startup-repair", "uninstall-update", "safe-mode", "image"];
    if !known.contains(&operation.verb.as_str()) {
        return None;
    }
    let Some(stop) = halted(world, device) else {
        return Some(Err(Refused("The machine does not stand at that screen.".to_owned())));
    };
    Some(match operation.verb.as_str() {
        "enter-key" if stop == Stop::BitLocker => enter_key(world, device, operation.value("key")),
        "startup-repair" if stop.recovery() => {
            world.wait(Span::minutes(5));
            Ok("Startup Repair couldn't repair your PC".to_owned())
        }
        "uninstall-update" if stop.recovery() => uninstall_update(world, device),
        "safe-mode" if stop.recovery() => {
            set_safe_mode(world, device);
            Ok("The machine starts with the minimal set of drivers.".to_owned())
        }
        "image" if can_image(world, device, &stop) => Ok(image(world, device)),
        _ => Err(Refused("The machine does not stand at that screen.".to_owned())),
    })
}

/// Only the digits count, as on the real screen.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn enter_key(world: &mut World, device: DeviceId, key: &str) -> Result<String, Refused> {
    let name = world.device(device).name.clone();
    let mut kept = world.devices.iter().filter_map(|other| other.roles.directory.as_ref());
    let right = kept.any(|directory| {
        directory.recovery_keys.iter().any(|(computer, known)| {
            computer.eq_ignore_ascii_case(&name) && !digits(known).is_empty() && digits(known) == digits(key)
        })
    });
    if !right {
        return Err(Refused("The recovery key you entered is incorrect. Please try again.".to_owned()));
    }
    if let Some(windows) = world.device_mut(device).windows_mut() {
        // Unlocking with the key resets what the TPM expects to what it measures now (Microsoft, BitLocker recovery guide).
        windows.boot.bitlocker_locked = false;
    }
    power::restart(world, device);
    Ok("The drive is unlocked. Windows starts.".to_owned())
}

fn uninstall_update(world: &mut World, device: DeviceId) -> Result<String, Refused> {
    world.wait(Span::minutes(10));
    let Some(windows) = world.device_mut(device).windows_mut() else {
        return Err(Refused("There is no Windows on this machine.".to_owned()));
    };
    let Some(update) = windows.updates.installed.pop() else {
        return Err(Refused("There is no quality update that could be uninstalled.".to_owned()));
    };
    let kb = update.kb.clone();
    windows.updates.waiting.push(update);
    windows.updates.paused = true;
    power::restart(world, device);
    Ok(format!("{kb} was uninstalled. The machine restarts; updates are paused."))
}

fn set_safe_mode(world: &mut World, device: DeviceId) {
    if let Some(windows) = world.device_mut(device).windows_mut() {
        windows.boot.safe_mode = true;
    }
    power::restart(world, device);
}

/// The image brings the system; what people kept on the old disk alone is gone.
fn image(world: &mut World, device: DeviceId) -> String {
    world.wait(Span::minutes(45));
    let at = power::boot::system_disk(world.device(device));
    let found = world.device_mut(device);
    if let Some(disk) = found.hardware.disks.get_mut(at) {
        disk.blank = false;
    }
    if let Some(windows) = found.windows_mut() {
        windows.boot.store_ok = true;
        windows.files.0.retain(|path, _| !path.to_lowercase().starts_with("c:\\users\\"));
        for volume in windows.volumes.iter_mut().filter(|volume| usize::from(volume.disk) == at) {
            volume.dirty = false;
        }
    }
    power::restart(world, device);
    "The image is installed and the machine starts. Files that were only on the old disk have to come from a backup.".to_owned()
}
