//! The rules of links, switches, ARP, routes, filters and translation on hand-made networks.

mod kernel;
mod packets;
mod switches;
