//! Cloud admin centre.

use super::{Operation, Refused, View};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(_world: &World, _device: DeviceId) -> Option<View> {
    None
}

pub fn apply(_world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    operation.unknown()
}
