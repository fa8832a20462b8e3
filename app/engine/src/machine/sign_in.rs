//! Signing in: local accounts, the directory, tokens, lockout.

use crate::world::{DeviceId, World};

pub fn stale_credential(_world: &mut World, _device: DeviceId) {}
