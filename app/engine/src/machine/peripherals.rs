//! Devices as Device Manager knows them: whether they work, and the code that says why not.

use crate::world::hardware::Peripheral;
use crate::world::{Device, DeviceId, World};

/// Endpoints that one USB host controller can hold; Intel's xHCI controllers have 96.
pub const CONTROLLER_ENDPOINTS: u32 = 96;

/// The problem code of one peripheral; `None`: it works. Codes: Microsoft, "Error codes in Device Manager in Windows".
#[must_use]
pub fn code(device: &Device, at: usize) -> Option<u8> {
    let peripheral = device.hardware.peripherals.get(at)?;
    let driver = &peripheral.driver;
    Some(match () {
        () if peripheral.disabled => 22,
        () if driver.version.is_empty() => 28,
        () if no_resources(device, at) => 12,
        () if driver.cannot_start => 10,
        () if driver.faulty || !peripheral.works => 43,
        () => return None,
    })
}

/// Everything of this class that is plugged in is without a problem code.
#[must_use]
pub fn class_works(device: &Device, class: &str) -> bool {
    let of_class = device.hardware.peripherals.iter().enumerate().filter(|(_, peripheral)| peripheral.class == class);
    of_class.filter(|(_, peripheral)| peripheral.connected).all(|(at, _)| code(device, at).is_none())
}

/// It is listed after the controller's endpoints were used up.
fn no_resources(device: &Device, at: usize) -> bool {
    let peripherals = &device.hardware.peripherals;
    let Some(own) = peripherals.get(at).filter(|own| own.controller.is_some() && own.endpoints > 0) else { return false };
    let taken = peripherals
        .iter()
        .take(at.saturating_add(1))
        .filter(|other| other.controller == own.controller && other.connected && !other.disabled);
    taken.map(|other| u32::from(other.endpoints)).sum::<u32>() > CONTROLLER_ENDPOINTS
}

/// The words of a code under "Device status".
#[must_use]
pub fn message(code: Option<u8>) -> &'static str {
    match code {
        None => "This device is working properly.",
        Some(10) => "This device cannot start. (Code 10)",
        Some(12) => {
            "This device cannot find enough free resources that it can use. If you want to use this device, you will need to disable \
             one of the other devices on this system. (Code 12)"
        }
        Some(22) => "This device is disabled. (Code 22)",
        Some(28) => "The drivers for this device are not installed. (Code 28)",
        Some(43) => "Windows has stopped this device because it has reported problems. (Code 43)",
        Some(_) => "Windows cannot determine what is wrong with this device.",
    }
}

/// The position of a peripheral by its name.
#[must_use]
pub fn find(world: &World, device: DeviceId, name: &str) -> Option<usize> {
    world.device(device).hardware.peripherals.iter().position(|peripheral| peripheral.name.eq_ignore_ascii_case(name))
}

/// Plugged in and without a problem.
#[must_use]
pub fn works(world: &World, device: DeviceId, name: &str) -> bool {
    let found = world.device(device);
    find(world, device, name).is_some_and(|at| {
        found.hardware.peripherals.get(at).is_some_and(|peripheral| peripheral.connected) && code(found, at).is_none()
    })
}

/// The display driver that is in force crashes the system.
#[must_use]
pub fn display_driver_faulty(peripherals: &[Peripheral]) -> bool {
    peripherals
        .iter()
        .any(|peripheral| peripheral.class == "Display adapters" && !peripheral.disabled && peripheral.driver.faulty)
}
