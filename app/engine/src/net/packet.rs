//! IPv4 packets from host to host: echo, trace, connections. Requests and replies are routed each on their own.

use std::net::Ipv4Addr;

use super::event::{Content, Error, Event, Packet};
use super::route;
use super::walk::{Seen, Walk};
use crate::world::interface::{Flow, Protocol};
use crate::world::{DeviceId, World};

/// IPv4's and ICMP's headers.
const ECHO_HEADERS: u16 = 28;
/// Windows uses the same identifier for every echo request.
const ECHO_IDENTIFIER: u16 = 1;
/// What `tracert` sends as payload.
const TRACERT_BYTES: u16 = 64;
/// Linux' `traceroute` counts up from here (its manual: base port 33434), with packets of 60 bytes.
const TRACEROUTE_PORT: u16 = 33_433;
const TRACEROUTE_BYTES: u16 = 60;
/// A SYN with its usual options.
const SYN_BYTES: u16 = 60;
/// Tries of a connection before it has timed out; more are made only where frames were damaged.
const TRIES: u8 = 4;
/// The largest IPv4 packet in an Ethernet frame.
const ETHERNET_MTU: u16 = 1500;
const HOST_UNREACHABLE: u8 = 1;
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

/// What came back, and who answered.
#[derive(Clone, Copy)]
struct Answer {
    seen: Option<Seen>,
    device: Option<DeviceId>,
    own: Ipv4Addr,
    /// A frame was damaged on the way: another try may do better.
    damaged: bool,
}

impl Answer {
    const NO_ROUTE: Self = Self { seen: Some(Seen::NoRoute), device: None, own: Ipv4Addr::UNSPECIFIED, damaged: false };

    fn micros(&self) -> u32 {
        match self.seen {
            Some(Seen::Reply { micros, .. } | Seen::Error { micros, .. }) => micros,
            _ => 0,
        }
    }

    fn outcome(&self) -> EchoOutcome {
        match self.seen {
            Some(Seen::Reply { from, ttl, micros }) => EchoOutcome::Reply { from, ttl, micros },
            Some(Seen::Error { from, error, .. }) => match error {
                Error::Unreachable(code) => EchoOutcome::Unreachable { from, code },
                Error::TimeExceeded => EchoOutcome::TimeExceeded { from },
                Error::TooBig(mtu) => EchoOutcome::TooBig { from, mtu },
            },
            Some(Seen::NoNeighbour { own }) => EchoOutcome::NeighbourUnreachable { own },
            Some(Seen::NoRoute) => EchoOutcome::NoRoute,
            Some(Seen::TooBig { own, mtu }) => EchoOutcome::TooBig { from: own, mtu },
            Some(Seen::Prohibited) => EchoOutcome::Prohibited,
            Some(Seen::Broadcast) => EchoOutcome::Broadcast,
            Some(Seen::Reset) | None => EchoOutcome::Silence,
        }
    }

    fn connection(&self) -> Connection {
        match self.seen {
            Some(Seen::Reply { .. }) => {
                self.device.map_or(Connection::TimedOut, |device| Connection::Connected { device, own: self.own })
            }
            Some(Seen::Reset) => Connection::Refused,
            Some(Seen::Error { from, error: Error::Unreachable(code), .. }) => Connection::Unreachable { from, code },
            Some(Seen::NoNeighbour { own }) => Connection::Unreachable { from: own, code: HOST_UNREACHABLE },
            Some(Seen::NoRoute | Seen::Broadcast) => Connection::NoRoute,
            Some(Seen::Error { .. } | Seen::TooBig { .. } | Seen::Prohibited) | None => Connection::TimedOut,
        }
    }
}

fn echo_walk(world: &mut World, from: DeviceId, to: Ipv4Addr, echo: Echo, log: Option<&mut Vec<Event>>) -> Answer {
    let bytes = echo.size.saturating_add(ECHO_HEADERS);
    let packet = |flow, initial| Packet {
        flow: Flow { protocol: Protocol::Icmp, from_port: ECHO_IDENTIFIER, to_port: 0, ..flow },
        content: Content::Request,
        ttl: echo.ttl.unwrap_or(initial),
        bytes,
        do_not_fragment: echo.do_not_fragment,
    };
    question(world, from, to, packet, log)
}

fn udp_probe(world: &mut World, from: DeviceId, to: Ipv4Addr, ttl: u8) -> Answer {
    let port = TRACEROUTE_PORT.saturating_add(u16::from(ttl));
    let packet = |flow, _| Packet {
        flow: Flow { protocol: Protocol::Udp, from_port: ephemeral(to, port), to_port: port, ..flow },
        content: Content::Request,
        ttl,
        bytes: TRACEROUTE_BYTES,
        do_not_fragment: false,
    };
    question(world, from, to, packet, None)
}

fn converse(
    world: &mut World,
    from: DeviceId,
    to: Ipv4Addr,
    port: u16,
    protocol: Protocol,
    mut log: Option<&mut Vec<Event>>,
) -> Connection {
    let mut answer = Answer::NO_ROUTE;
    for _ in 0..TRIES {
        let packet = |flow, ttl| Packet {
            flow: Flow { protocol, from_port: ephemeral(to, port), to_port: port, ..flow },
            content: Content::Request,
            ttl,
            bytes: SYN_BYTES,
            do_not_fragment: protocol == Protocol::Tcp,
        };
        answer = question(world, from, to, packet, log.as_deref_mut());
        if answer.seen.is_some() || !answer.damaged {
            break;
        }
    }
    answer.connection()
}

/// Sends what `packet` makes of a bare flow and the sender's initial TTL.
fn question(
    world: &mut World,
    from: DeviceId,
    to: Ipv4Addr,
    packet: impl Fn(Flow, u8) -> Packet,
    log: Option<&mut Vec<Event>>,
) -> Answer {
    if usize::from(from.0) >= world.devices.len() || !crate::machine::is_up(world, from) {
        return Answer::NO_ROUTE;
    }
    let mut walk = Walk::new(world, log);
    let own = route::lookup(walk.world, from, to).map_or(Ipv4Addr::UNSPECIFIED, |hop| hop.source);
    let flow = Flow { protocol: Protocol::Icmp, from: own, from_port: 0, to, to_port: 0 };
    let initial = walk.stack(from).initial_ttl;
    walk.ask(from, packet(flow, initial));
    Answer { seen: walk.seen, device: walk.answered, own, damaged: walk.damaged > 0 }
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

/// The port a client's system would take; the same for the same place, so that tables stay small (RFC 6335: 49152–65535).
#[must_use]
pub fn ephemeral(to: Ipv4Addr, port: u16) -> u16 {
    let mut seed = to.octets().to_vec();
    seed.extend(port.to_le_bytes());
    49152 + u16::try_from(crate::hash::fnv1a(&seed) % 16384).unwrap_or_default()
}
