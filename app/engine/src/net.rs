//! What frames and packets do. Nothing here is remembered but in the world: tables are learned by traffic, as in life.
//!
//! A question ([`ping`], [`connect`], [`udp`], [`trace`]) is one walk: frames go through links and switches, packets through hosts
//! and routers, answers are routed on their own. The `…_logged` forms tell what happened to each frame (see [`event`]).
//!
//! Limits, for the public list: one spanning tree for all VLANs, and a storm takes a whole switch; no proxy ARP, no redirects, no
//! rate limits of ICMP; NAT without hairpin and without time-outs; sizes and losses are those of single packets, so no queues, no
//! congestion and no throughput in figures; IOS' ARP entries age like a host's; Windows keeps using an address that is a duplicate;
//! no IPv6.

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
