//! Boot: group B of the catalogue.

mod firmware;
mod linux;
#[cfg(test)]
mod tests;
mod windows;

use super::hardware::targets_of;
use crate::fault::{Fault, Target};
use crate::machine::power;
use crate::world::device::Kind;
use crate::world::hardware::PowerState;
use crate::world::{DeviceId, World};

pub const FAULTS: &[Fault] =
    &[firmware::B1, firmware::B2, firmware::B3, windows::B4, windows::B5, windows::B6, windows::B7, linux::B8, firmware::B9];

/// Desktops that start from a disk of their own.
fn desktops(world: &World) -> Vec<Target> {
    targets_of(world, Kind::Desktop, |world, device| !world.device(device).hardware.disks.is_empty())
}

/// Somebody pressed the button this morning: it stands where its start ends.
fn stand(world: &mut World, device: DeviceId) {
    let screen = power::stop(world, device).map(|stop| stop.screen());
    let Some(screen) = screen else { return };
    let found = world.device_mut(device);
    found.power.state = PowerState::Halted;
    if let Some(windows) = found.windows_mut() {
        windows.boot.halted_on = screen;
    }
}

/// Takes back what [`stand`] did.
fn run_again(world: &mut World, device: DeviceId, healthy: &World) {
    super::hardware::repair_power(world, device, healthy);
    let well = healthy.device(device).windows().map(|windows| windows.boot.halted_on.clone());
    if let (Some(windows), Some(well)) = (world.device_mut(device).windows_mut(), well) {
        windows.boot.halted_on = well;
    }
}
