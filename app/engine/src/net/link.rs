//! Whether a port has a link, and what was negotiated.

use crate::world::{PortRef, World};

/// The link of one port at this moment; computed from the ports, the cable and the power at both ends, never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub peer: PortRef,
    /// Mb/s.
    pub speed: u32,
    pub full_duplex: bool,
    /// The other end is on another duplex: late collisions here, CRC errors there.
    pub mismatch: bool,
    /// Errors come in bursts: too long, beside a motor, dirty.
    pub noisy: bool,
}

#[must_use]
pub fn of(_world: &World, _port: PortRef) -> Option<Link> {
    None
}
