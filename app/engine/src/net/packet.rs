//! IPv4 packets from host to host: echo, trace, connections. Requests and replies are routed each on their own.

use std::net::Ipv4Addr;

use crate::world::{DeviceId, World};

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
pub fn ping(_world: &mut World, _from: DeviceId, _to: Ipv4Addr, _echo: Echo) -> EchoOutcome {
    EchoOutcome::NoRoute
}

/// One probe for each TTL from 1 to `limit`, until the target answers or something says it cannot be reached.
pub fn trace(_world: &mut World, _from: DeviceId, _to: Ipv4Addr, _probe: TraceProbe, _limit: u8) -> Vec<Hop> {
    Vec::new()
}

/// Opens a TCP connection.
pub fn connect(_world: &mut World, _from: DeviceId, _to: Ipv4Addr, _port: u16) -> Connection {
    Connection::NoRoute
}

/// Sends a UDP datagram to a port and says whether something there could answer.
pub fn udp(_world: &mut World, _from: DeviceId, _to: Ipv4Addr, _port: u16) -> Connection {
    Connection::NoRoute
}
