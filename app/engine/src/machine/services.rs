//! Windows services: start, stop, dependencies, recovery, events.

use crate::world::{DeviceId, World};

pub fn service_timer(_world: &mut World, _device: DeviceId, _name: &str) {}

/// A shutdown that was announced takes place.
pub fn shut_down(_world: &mut World, _device: DeviceId, _restart: bool) {}
