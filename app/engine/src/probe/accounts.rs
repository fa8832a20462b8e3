//! Probes of what people may do and reach.

use crate::world::files::Right;
use crate::world::{DeviceId, PersonId, World};

pub fn sign_in(_world: &mut World, _device: DeviceId, _person: PersonId) -> bool {
    false
}
pub fn share(_world: &mut World, _device: DeviceId, _person: PersonId, _path: &str, _right: Right) -> bool {
    false
}
pub fn mail(_world: &mut World, _person: PersonId) -> bool {
    false
}
pub fn cloud(_world: &mut World, _person: PersonId, _service: &str) -> bool {
    false
}
