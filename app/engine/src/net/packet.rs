//! IPv4 packets from host to host: echo, trace, connections. Requests and replies are routed each on their own.

mod question;

use std::net::Ipv4Addr;

pub use question::ephemeral;

use self::question::{converse, echo_walk, udp_probe};
use super::event::Event;
use crate::world::interface::Protocol;
use crate::world::{DeviceId, World};

/// IPv4's and ICMP's headers.
const ECHO_HEADERS: u16 = 28;
/// What `tracert` sends as payload.
const TRACERT_BYTES: u16 = 64;
/// Tries of a connection before it has timed out; more are made only where frames were damaged.
const TRIES: u8 = 4;
/// The largest IPv4 packet in an Ethernet frame.
const ETHERNET_MTU: u16 = 1500;
pub(super) const PORT_UNREACHABLE: u8 = 3;

/// One ICMP echo request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Echo {
    /// `None` is the sender's own initial TTL.
    pub ttl: Option<u8>,
    /// Bytes of payload; the IPv4 packet is 28 bytes longer.
    pub size: u16,
    pub do_not_fragment: bool,
}

impl Default for Echo {
    fn default() -> Self {
        Self { ttl: None, size: 32, do_not_fragment: false }
    }
}

/// What the sender of an echo request sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EchoOutcome {
    Reply {
        from: Ipv4Addr,
        ttl: u8,
        micros: u32,
    },
    /// Nothing came back.
    Silence,
    /// The sender's own ARP got no answer for the target or the gateway; the address is the sender's own.
    NeighbourUnreachable {
        own: Ipv4Addr,
    },
    /// The sender has no route or no address.
    NoRoute,
    /// ICMP destination unreachable from a router or host: code 0 net, 1 host, 3 port, 10 or 13 filtered.
    Unreachable {
        from: Ipv4Addr,
        code: u8,
    },
    TimeExceeded {
        from: Ipv4Addr,
    },
    /// Code 4, with the next hop's MTU; `from` is the sender itself where its own link is too small.
    TooBig {
        from: Ipv4Addr,
        mtu: u16,
    },
    /// The sender's own filter or security software blocks it.
    Prohibited,
    /// Linux refuses to ping its own subnet's broadcast address without `-b`.
    Broadcast,
}

/// One line of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    pub ttl: u8,
    pub outcome: EchoOutcome,
    /// Round trip of the answer; 0 where none came. A target that answers a UDP probe is a `Reply` with TTL 0.
    pub micros: u32,
}

/// What a tracing tool sends: `tracert` echo requests, Linux' `traceroute` UDP datagrams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TraceProbe {
    Echo,
    Udp,
}

/// What a client of TCP sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Connection {
    /// With the device that answered.
    Connected {
        device: DeviceId,
        own: Ipv4Addr,
    },
    Refused,
    TimedOut,
    /// Code as in [`EchoOutcome::Unreachable`]; also the sender's own failed ARP (code 1).
    Unreachable {
        from: Ipv4Addr,
        code: u8,
    },
    NoRoute,
}

/// Sends one echo request and waits for what comes back. Tables on the way learn; the clock does not move.
pub fn ping(world: &mut World, from: DeviceId, to: Ipv4Addr, echo: Echo) -> EchoOutcome {
    echo_walk(world, from, to, echo, None).outcome()
}

/// As [`ping`], with everything that happened to each frame on the way.
pub fn ping_logged(world: &mut World, from: DeviceId, to: Ipv4Addr, echo: Echo, log: &mut Vec<Event>) -> EchoOutcome {
    echo_walk(world, from, to, echo, Some(log)).outcome()
}

/// One probe for each TTL from 1 to `limit`, until the target answers or something says it cannot be reached.
pub fn trace(world: &mut World, from: DeviceId, to: Ipv4Addr, probe: TraceProbe, limit: u8) -> Vec<Hop> {
    let mut hops = Vec::new();
    for ttl in 1..=limit {
        let answer = match probe {
            TraceProbe::Echo => {
                let echo = Echo { ttl: Some(ttl), size: TRACERT_BYTES, do_not_fragment: false };
                echo_walk(world, from, to, echo, None)
            }
            TraceProbe::Udp => udp_probe(world, from, to, ttl),
        };
        let outcome = match (probe, answer.outcome()) {
            // For datagrams to a port that nobody uses, "port unreachable" is the sign of arrival.
            (TraceProbe::Udp, EchoOutcome::Unreachable { from, code: PORT_UNREACHABLE }) => {
                EchoOutcome::Reply { from, ttl: 0, micros: answer.micros() }
            }
            (_, outcome) => outcome,
        };
        hops.push(Hop { ttl, outcome, micros: answer.micros() });
        if !matches!(outcome, EchoOutcome::TimeExceeded { .. } | EchoOutcome::Silence) {
            break;
        }
    }
    hops
}

/// Opens a TCP connection.
pub fn connect(world: &mut World, from: DeviceId, to: Ipv4Addr, port: u16) -> Connection {
    converse(world, from, to, port, Protocol::Tcp, None)
}

/// As [`connect`], with everything that happened to each frame on the way.
pub fn connect_logged(world: &mut World, from: DeviceId, to: Ipv4Addr, port: u16, log: &mut Vec<Event>) -> Connection {
    converse(world, from, to, port, Protocol::Tcp, Some(log))
}

/// Sends a UDP datagram to a port and says whether something there could answer: `Connected` when an answer comes back,
/// `Unreachable` with code 3 when nothing listens there, `TimedOut` when nothing comes back.
pub fn udp(world: &mut World, from: DeviceId, to: Ipv4Addr, port: u16) -> Connection {
    converse(world, from, to, port, Protocol::Udp, None)
}

/// As [`udp`], with everything that happened to each frame on the way.
pub fn udp_logged(world: &mut World, from: DeviceId, to: Ipv4Addr, port: u16, log: &mut Vec<Event>) -> Connection {
    converse(world, from, to, port, Protocol::Udp, Some(log))
}

/// Whether a device has an address set, up or not.
#[must_use]
pub fn has_address(world: &World, device: DeviceId, address: Ipv4Addr) -> bool {
    world.device(device).stack.interfaces.iter().flat_map(|interface| &interface.addresses).any(|own| own.ip == address)
}

/// Whether a transfer of much data gets through: full-sized packets arrive, or a router says what size would (path MTU
/// discovery, RFC 1191), and packets of that size arrive. `None`: nothing arrives at all.
#[must_use]
pub fn carries_bulk(world: &mut World, from: DeviceId, to: Ipv4Addr) -> Option<bool> {
    /// Sizes that one path may need one after the other.
    const STEPS: u8 = 6;
    if !(0..TRIES).any(|_| matches!(ping(world, from, to, Echo::default()), EchoOutcome::Reply { .. })) {
        return None;
    }
    let mut size = ETHERNET_MTU - ECHO_HEADERS;
    for _ in 0..STEPS {
        let mut silent = true;
        for _ in 0..TRIES {
            match ping(world, from, to, Echo { ttl: None, size, do_not_fragment: true }) {
                EchoOutcome::Reply { .. } => return Some(true),
                EchoOutcome::TooBig { mtu, .. } if mtu > ECHO_HEADERS && mtu - ECHO_HEADERS < size => {
                    size = mtu - ECHO_HEADERS;
                    silent = false;
                    break;
                }
                _ => {}
            }
        }
        if silent {
            return Some(false);
        }
    }
    Some(false)
}
