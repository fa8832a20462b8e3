//! Probes of Linux machines.

use crate::world::{DeviceId, World};

pub fn space(_world: &mut World, _device: DeviceId) -> bool {
    false
}

/// `None`: not a condition of this room.
pub fn condition(_world: &mut World, _device: DeviceId, _what: &str) -> Option<bool> {
    None
}
