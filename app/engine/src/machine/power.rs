//! From the wall socket to the sign-in screen.

use crate::world::hardware::PowerState;
use crate::world::{DeviceId, World};

/// What the device is doing now.
#[must_use]
pub fn state(world: &World, device: DeviceId) -> PowerState {
    let power = world.device(device).power;
    if power.poe_mw > 0 {
        return if crate::net::poe::supplied(world, device) && power.switched_on { power.state } else { PowerState::Off };
    }
    if power.plugged && power.strip_on && power.switched_on { power.state } else { PowerState::Off }
}

pub fn started(_world: &mut World, _device: DeviceId) {}
