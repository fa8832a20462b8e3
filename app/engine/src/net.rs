//! What frames and packets do. Nothing here is remembered but in the world: tables are learned by traffic, as in life.

pub mod dhcp;
pub mod dns;
pub mod filter;
pub mod link;
pub mod packet;
pub mod poe;
pub mod route;
pub mod switching;
pub mod web;
pub mod wifi;

pub use packet::{Connection, Echo, EchoOutcome, Hop, TraceProbe, connect, ping, trace, udp};

/// What has to be computed once for a new world and after each change of cables or switches: spanning tree.
pub fn settle(_world: &mut crate::world::World) {}
