//! Probes of Windows machines.

use crate::world::{DeviceId, World};

pub fn clock(_world: &mut World, _device: DeviceId) -> bool {
    false
}
pub fn program(_world: &mut World, _device: DeviceId, _name: &str) -> bool {
    false
}
pub fn responsive(_world: &mut World, _device: DeviceId) -> bool {
    false
}
pub fn backup(_world: &mut World, _device: DeviceId, _job: &str) -> bool {
    false
}
pub fn clean(_world: &mut World, _device: DeviceId) -> bool {
    false
}

/// `None`: not a condition of this room.
pub fn condition(_world: &mut World, _device: DeviceId, _what: &str) -> Option<bool> {
    None
}
