//! Association: who can join what, how strong the signal is.

use crate::world::wifi::{Band, Security};
use crate::world::{DeviceId, PortIndex, PortRef, VlanId, World};

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

/// Where a station's frames come out: the access point it is joined to, as long as that still holds, and the VLAN of the network.
/// `port` is the station's radio; anything else has no uplink.
#[must_use]
pub fn uplink(_world: &World, _port: PortRef) -> Option<(DeviceId, VlanId)> {
    None
}

/// What a joined station's radio runs at, in Mb/s.
#[must_use]
pub fn rate(_world: &World, _port: PortRef) -> u32 {
    144
}
