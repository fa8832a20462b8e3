//! Association: who can join what, how strong the signal is.

use crate::world::wifi::{Band, Security};
use crate::world::{DeviceId, PortIndex, World};

/// One network that a station can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible {
    pub ssid: String,
    pub access_point: DeviceId,
    pub bssid: crate::world::mac::Mac,
    pub band: Band,
    pub channel: u8,
    pub security: Security,
    pub dbm: i8,
}

/// What a station's radio receives, strongest first.
#[must_use]
pub fn scan(_world: &World, _device: DeviceId, _port: PortIndex) -> Vec<Visible> {
    Vec::new()
}

/// Joins the best known network in range where the radio is on and not joined.
pub fn settle(_world: &mut World, _device: DeviceId) {}
