//! Addresses a host gives itself: RFC 3927, which Windows calls automatic private addressing (APIPA).

use std::net::Ipv4Addr;

use super::client_mut;
use crate::world::device::System;
use crate::world::interface::{Address, Origin};
use crate::world::mac::Mac;
use crate::world::{DeviceId, InterfaceIndex, World};

/// Candidates tried before the host waits (RFC 3927: `MAX_CONFLICTS`).
const CONFLICTS: u32 = 10;
const PREFIX: u8 = 16;

/// Takes a link-local address where the system does that by itself: Windows and printers; a Linux server stays without.
pub(super) fn take(world: &mut World, device: DeviceId, interface: InterfaceIndex) {
    if !matches!(world.device(device).system, System::Windows(_) | System::Printer(_)) {
        return;
    }
    let Some(found) = client_mut(world, device, interface) else { return };
    if found.origin == Origin::LinkLocal && !found.addresses.is_empty() {
        return;
    }
    let mac = found.mac;
    let free = (0..CONFLICTS)
        .map(|attempt| candidate(mac, attempt))
        .find(|address| crate::net::arp::probe(world, device, interface, *address).is_none());
    if let (Some(ip), Some(found)) = (free, client_mut(world, device, interface)) {
        found.addresses = vec![Address { ip, prefix: PREFIX }];
        found.origin = Origin::LinkLocal;
    }
}

/// From 169.254.1.0 to 169.254.254.255, the same again for the same card, as RFC 3927, section 2.1 asks.
#[must_use]
pub(crate) fn candidate(mac: Mac, attempt: u32) -> Ipv4Addr {
    /// 254 networks of 256 addresses.
    const CHOICE: u64 = 254 * 256;
    const FIRST: u32 = 0xa9fe_0100;
    let mut seed = mac.0.to_vec();
    seed.extend(attempt.to_le_bytes());
    let offset = u32::try_from(crate::hash::fnv1a(&seed) % CHOICE).unwrap_or_default();
    Ipv4Addr::from(FIRST + offset)
}
