//! Print jobs: from the program through queue and port to paper.

use crate::world::{DeviceId, World};

pub fn print_queue(_world: &mut World, _device: DeviceId) {}
