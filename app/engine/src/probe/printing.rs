//! Probes of printing.

use crate::world::{DeviceId, World};

pub fn print(_world: &mut World, _device: DeviceId, _printer: &str) -> bool {
    false
}
