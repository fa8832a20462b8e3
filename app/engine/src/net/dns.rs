//! Names: resolver, cache, servers, forwarders. Six different outcomes that tools tell apart.

use std::net::Ipv4Addr;

use crate::world::server::{Record, RecordType};
use crate::world::{DeviceId, World};

/// The answer of one server to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// With the CNAMEs on the way first; authoritative or from a cache.
    Records {
        records: Vec<(String, Record)>,
        authoritative: bool,
    },
    /// The name exists, records of this type do not.
    NoData {
        authoritative: bool,
    },
    NxDomain {
        authoritative: bool,
    },
    ServFail,
    Refused,
    /// No datagram came back.
    TimedOut,
    /// ICMP port unreachable: nothing listens there.
    PortUnreachable,
}

/// What a program gets that asks the system for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    Address(Ipv4Addr),
    /// Also "no data": programs are not told apart.
    NotFound,
    /// No server answered, or answered with a failure.
    Failed,
}

/// Asks one server one question, as `nslookup` and `dig` do: no cache, no hosts file, no suffix.
pub fn query(_world: &mut World, _from: DeviceId, _server: Ipv4Addr, _name: &str, _kind: RecordType) -> Answer {
    Answer::TimedOut
}

/// As programs look names up: address, hosts file, cache, suffixes, servers in order.
pub fn resolve(_world: &mut World, _from: DeviceId, name: &str) -> Resolution {
    name.parse().map_or(Resolution::NotFound, Resolution::Address)
}

/// The servers in force on a device, in order.
#[must_use]
pub fn servers(_world: &World, _device: DeviceId) -> Vec<Ipv4Addr> {
    Vec::new()
}
