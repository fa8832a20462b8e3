//! The rules of links, switches, ARP, routes, filters and translation on hand-made networks.

mod air;
mod filters;
mod kernel;
mod neighbours;
mod packets;
mod switches;
