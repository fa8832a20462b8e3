//! Programs of the network: `ipconfig`, `ping`, `tracert`, …

pub mod adapters;
pub mod arguments;
mod arp;
mod curl;
mod getmac;
mod ipconfig;
mod net;
mod netsh;
mod netstat;
mod nslookup;
mod open;
mod pathping;
mod ping;
pub mod route;
pub mod shares;
pub mod sockets;
mod tracert;
mod tracing;
#[cfg(test)]
pub(crate) mod trial;

use super::Command;

pub const COMMANDS: &[Command] = &[
    Command { name: "ipconfig", run: ipconfig::run },
    Command { name: "ping", run: ping::run },
    Command { name: "tracert", run: tracert::run },
    Command { name: "pathping", run: pathping::run },
    Command { name: "nslookup", run: nslookup::run },
    Command { name: "netstat", run: netstat::run },
    Command { name: "arp", run: arp::run },
    Command { name: "curl", run: curl::run },
    Command { name: "route", run: route::run },
    Command { name: "net", run: net::run },
    Command { name: "getmac", run: getmac::run },
    Command { name: "netsh", run: netsh::run },
];

pub use open::opens;

#[cfg(test)]
mod tests;
