//! Names: resolver, cache, servers, forwarders. Six different outcomes that tools tell apart.

mod cache;
mod client;
mod server;
pub mod text;
mod tree;

use std::net::Ipv4Addr;

use crate::net::packet::{self, Connection};
use crate::world::server::{Record, RecordType};
use crate::world::{DeviceId, World};

pub use client::{Lookup, caches, lookup, resolve, servers, suffixes};
pub use tree::{Delegation, referral, root};

/// UDP and TCP port of the service (RFC 1035).
pub const PORT: u16 = 53;

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

/// An answer with what only caches need: the seconds that "does not exist" may be kept (RFC 2308: the SOA beside it).
#[derive(Clone, Debug)]
struct Reply {
    answer: Answer,
    negative_ttl: u32,
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self { answer, negative_ttl: 0 }
    }
}

impl Answer {
    /// The first address of the answer.
    #[must_use]
    pub fn address(&self) -> Option<Ipv4Addr> {
        let Self::Records { records, .. } = self else { return None };
        records.iter().find_map(|(_, record)| match record.data {
            crate::world::server::RecordData::A(ip) => Some(ip),
            _ => None,
        })
    }

    /// A failure that makes a client try its next server; "does not exist" is an answer and does not.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::ServFail | Self::Refused | Self::TimedOut | Self::PortUnreachable)
    }
}

/// Asks one server one question, as `nslookup` and `dig` do: no cache, no hosts file, no suffix. The datagram really goes there.
pub fn query(world: &mut World, from: DeviceId, server: Ipv4Addr, name: &str, kind: RecordType) -> Answer {
    ask(world, from, server, &normal(name), kind, 0).answer
}

/// As [`query`], with the microseconds until the answer was there.
pub fn query_timed(world: &mut World, from: DeviceId, server: Ipv4Addr, name: &str, kind: RecordType) -> (Answer, u32) {
    let mut log = Vec::new();
    let connection = packet::udp_logged(world, from, server, PORT, &mut log);
    let micros = log.last().map_or(0, |event| event.micros);
    (heard(world, connection, &normal(name), kind, 0).answer, micros)
}

/// The name of an address, as the `Server:` line of `nslookup` and `ping -a` want it: asked of one server.
pub fn reverse(world: &mut World, from: DeviceId, server: Ipv4Addr, address: Ipv4Addr) -> Option<String> {
    named(&query(world, from, server, &reverse_name(address), RecordType::Ptr))
}

/// The name of an address by the system's resolver: hosts file, cache, servers in order.
pub fn name_of(world: &mut World, from: DeviceId, address: Ipv4Addr) -> Option<String> {
    let hosts = &world.device(from).stack.resolver.hosts;
    if let Some((_, name)) = hosts.iter().find(|(ip, _)| *ip == address) {
        return Some(name.clone());
    }
    named(&lookup(world, from, &format!("{}.", reverse_name(address)), RecordType::Ptr).answer)
}

fn named(answer: &Answer) -> Option<String> {
    let Answer::Records { records, .. } = answer else { return None };
    records.iter().find_map(|(_, record)| match &record.data {
        crate::world::server::RecordData::Ptr(name) => Some(name.clone()),
        _ => None,
    })
}

/// `5.20.168.192.in-addr.arpa` for 192.168.20.5 (RFC 1035, section 3.5).
#[must_use]
pub fn reverse_name(address: Ipv4Addr) -> String {
    let [a, b, c, d] = address.octets();
    format!("{d}.{c}.{b}.{a}.in-addr.arpa")
}

/// Lower case, without the last dot.
#[must_use]
pub fn normal(name: &str) -> String {
    let name = name.trim();
    name.strip_suffix('.').unwrap_or(name).to_lowercase()
}

/// RFC 1035, section 2.3.4: what a server is asked at all.
#[must_use]
pub fn is_valid(name: &str) -> bool {
    const NAME: usize = 253;
    const LABEL: usize = 63;
    !name.is_empty() && name.len() <= NAME && name.split('.').all(|label| !label.is_empty() && label.len() <= LABEL)
}

/// Whether a name lies in a zone; everything lies in the empty one.
#[must_use]
pub fn is_below(name: &str, zone: &str) -> bool {
    zone.is_empty() || name == zone || name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.'))
}

/// One question on its way: `depth` counts the servers that asked each other, so that forwarders in a circle end.
fn ask(world: &mut World, from: DeviceId, server: Ipv4Addr, name: &str, kind: RecordType, depth: u8) -> Reply {
    let connection = packet::udp(world, from, server, PORT);
    heard(world, connection, name, kind, depth)
}

/// What a datagram to a server's port became.
fn heard(world: &mut World, connection: Connection, name: &str, kind: RecordType, depth: u8) -> Reply {
    match connection {
        Connection::Connected { device, own } if world.device(device).roles.dns.is_some() => {
            server::answer(world, device, own, name, kind, depth)
        }
        Connection::Refused | Connection::Unreachable { code: packet::PORT_UNREACHABLE, .. } => Answer::PortUnreachable.into(),
        // Something listens that is no name server, or nothing came back: silence for the client.
        Connection::Connected { .. } | Connection::TimedOut | Connection::Unreachable { .. } | Connection::NoRoute => {
            Answer::TimedOut.into()
        }
    }
}

#[cfg(test)]
mod tests;
