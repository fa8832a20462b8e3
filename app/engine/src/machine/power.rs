//! From the wall socket to the sign-in screen.

use crate::world::hardware::PowerState;
use crate::world::{DeviceId, World};

/// What the device is doing now.
#[must_use]
pub fn state(world: &World, device: DeviceId) -> PowerState {
    let power = world.device(device).power;
    if power.plugged && power.strip_on && power.switched_on { power.state } else { PowerState::Off }
}

/// The system of a device that was starting is there.
pub fn started(world: &mut World, device: DeviceId) {
    if state(world, device) == PowerState::Starting {
        world.device_mut(device).power.state = PowerState::Running;
        super::services::system_start(world, device);
    }
}

/// Restarts in an orderly way.
pub fn restart(_world: &mut World, _device: DeviceId) {}

/// Presses the power button for a moment.
pub fn press(_world: &mut World, _device: DeviceId) {}
