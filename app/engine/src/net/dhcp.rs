//! DHCP: client, server, relay, leases in time (RFC 2131), and addresses a host gives itself (RFC 3927).

use crate::world::{DeviceId, InterfaceIndex, World};

/// What asking for a lease came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renewal {
    Leased,
    /// Nobody answered; the client may hold a link-local address now.
    NoAnswer,
    /// The address is not DHCP's.
    NotDhcp,
    MediaDisconnected,
}

/// DISCOVER–OFFER–REQUEST–ACK, or REQUEST–ACK when a lease is held. Advances no clock.
pub fn renew(_world: &mut World, _device: DeviceId, _interface: InterfaceIndex) -> Renewal {
    Renewal::NoAnswer
}

/// Gives the lease back.
pub fn release(_world: &mut World, _device: DeviceId, _interface: InterfaceIndex) -> Renewal {
    Renewal::NotDhcp
}

pub fn client_timer(_world: &mut World, _device: DeviceId, _interface: InterfaceIndex) {}
