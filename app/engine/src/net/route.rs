//! Longest-prefix routing, with the routes that follow from interfaces.

use std::net::Ipv4Addr;

use crate::world::interface::Stack;
use crate::world::{DeviceId, InterfaceIndex, World};

/// Where a packet goes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextHop {
    pub interface: InterfaceIndex,
    /// `None`: the destination itself is on the link.
    pub gateway: Option<Ipv4Addr>,
    /// The address a packet of this host would carry.
    pub source: Ipv4Addr,
}

/// `None` where there is no usable route.
#[must_use]
pub fn lookup(_world: &World, _device: DeviceId, _to: Ipv4Addr) -> Option<NextHop> {
    None
}

/// The gateway in force on an interface: typed in, or of its lease.
#[must_use]
pub fn gateway(stack: &Stack, interface: InterfaceIndex) -> Option<Ipv4Addr> {
    let interface = stack.interfaces.get(usize::from(interface.0))?;
    interface.manual_gateway.or_else(|| interface.dhcp.lease.as_ref().and_then(|lease| lease.router))
}
