//! Probes of parts and power.

use crate::world::{DeviceId, World};

pub fn starts(_world: &mut World, _device: DeviceId) -> bool {
    false
}
pub fn stable(_world: &mut World, _device: DeviceId) -> bool {
    false
}
pub fn peripheral(_world: &mut World, _device: DeviceId, _name: &str) -> bool {
    false
}

/// `None`: not a condition of this room.
pub fn condition(_world: &mut World, _device: DeviceId, _what: &str) -> Option<bool> {
    None
}
