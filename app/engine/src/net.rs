//! What frames and packets do. Nothing here is remembered but in the world: tables are learned by traffic, as in life.

pub mod arp;
pub mod dhcp;
pub mod dns;
pub mod event;
pub mod filter;
mod forward;
#[cfg(test)]
pub(crate) mod lab;
pub mod link;
mod nat;
pub mod packet;
pub mod poe;
pub mod route;
pub mod spanning_tree;
pub mod switching;
#[cfg(test)]
mod tests;
mod walk;
pub mod web;
pub mod wifi;

pub use packet::{
    Connection, Echo, EchoOutcome, Hop, TraceProbe, connect, connect_logged, ping, ping_logged, trace, udp, udp_logged,
};

/// What has to be computed once for a new world and after each change of cables or switches: spanning tree.
pub fn settle(world: &mut crate::world::World) {
    spanning_tree::settle(world);
}
