//! Probes of the network.

use std::net::Ipv4Addr;

use crate::world::{DeviceId, World};

pub fn reach(_world: &mut World, _from: DeviceId, _to: Ipv4Addr) -> bool {
    false
}
pub fn resolve(_world: &mut World, _from: DeviceId, _name: &str) -> bool {
    false
}
pub fn port(_world: &mut World, _from: DeviceId, _host: &str, _port: u16) -> bool {
    false
}
pub fn web(_world: &mut World, _from: DeviceId, _url: &str) -> bool {
    false
}
pub fn throughput(_world: &mut World, _from: DeviceId, _to: Ipv4Addr, _mbps: u32) -> bool {
    false
}
pub fn addressing(_world: &mut World, _device: DeviceId) -> bool {
    false
}
pub fn wifi(_world: &mut World, _device: DeviceId, _ssid: &str) -> bool {
    false
}
