//! The rules of links, switches, ARP, routes, filters and translation on hand-made networks.

mod packets;
mod switches;
