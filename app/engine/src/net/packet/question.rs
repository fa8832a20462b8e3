//! One question to the network, and what came back.

use std::net::Ipv4Addr;

use super::{Connection, ECHO_HEADERS, Echo, EchoOutcome, TRIES};
use crate::net::event::{Content, Error, Event, Packet};
use crate::net::route;
use crate::net::walk::{Seen, Walk};
use crate::world::interface::{Flow, Protocol};
use crate::world::{DeviceId, World};

/// Windows uses the same identifier for every echo request.
const ECHO_IDENTIFIER: u16 = 1;
/// Linux' `traceroute` counts up from here (its manual: base port 33434), with packets of 60 bytes.
const TRACEROUTE_PORT: u16 = 33_433;
const TRACEROUTE_BYTES: u16 = 60;
/// A SYN with its usual options.
const SYN_BYTES: u16 = 60;
const HOST_UNREACHABLE: u8 = 1;

/// What came back, and who answered.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    seen: Option<Seen>,
    device: Option<DeviceId>,
    own: Ipv4Addr,
    /// A frame was damaged on the way: another try may do better.
    damaged: bool,
}

impl Answer {
    const NO_ROUTE: Self = Self { seen: Some(Seen::NoRoute), device: None, own: Ipv4Addr::UNSPECIFIED, damaged: false };

    pub(super) fn micros(&self) -> u32 {
        match self.seen {
            Some(Seen::Reply { micros, .. } | Seen::Error { micros, .. }) => micros,
            _ => 0,
        }
    }

    pub(super) fn outcome(&self) -> EchoOutcome {
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

pub(super) fn echo_walk(world: &mut World, from: DeviceId, to: Ipv4Addr, echo: Echo, log: Option<&mut Vec<Event>>) -> Answer {
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

pub(super) fn udp_probe(world: &mut World, from: DeviceId, to: Ipv4Addr, ttl: u8) -> Answer {
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

pub(super) fn converse(
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

/// The port a client's system would take; the same for the same place, so that tables stay small (RFC 6335: 49152–65535).
#[must_use]
pub fn ephemeral(to: Ipv4Addr, port: u16) -> u16 {
    let mut seed = to.octets().to_vec();
    seed.extend(port.to_le_bytes());
    49152 + u16::try_from(crate::hash::fnv1a(&seed) % 16384).unwrap_or_default()
}
