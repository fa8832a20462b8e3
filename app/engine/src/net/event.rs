//! What happened to each frame of a walk, in order: for `tcpdump`, for explanations, for grading.
//!
//! `ping_logged` and `connect_logged` fill such a list. Only frames that somebody captures are kept in the world.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::world::interface::{Flow, Protocol};
use crate::world::mac::Mac;
use crate::world::{DeviceId, InterfaceIndex, PortIndex, VlanId};

/// One thing that happened to one frame or packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Microseconds since the walk began.
    pub micros: u32,
    pub device: DeviceId,
    /// Where it went in or out, if it was at a port.
    pub port: Option<PortIndex>,
    /// The VLAN it was in there, as far as the device knows VLANs.
    pub vlan: Option<VlanId>,
    pub what: What,
    pub frame: Frame,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Left a port.
    Sent,
    /// A switch sends it out of every port of the VLAN: the address is a broadcast, or not in its table.
    Flooded,
    /// Reached the interface of a host or router.
    Received(InterfaceIndex),
    Dropped(Reason),
}

/// Why a frame or packet goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    NoLink,
    /// The device is not running.
    NotRunning,
    /// Damaged on the way: noise, a dirty connector, a late collision.
    Damaged,
    /// Spanning tree blocks the port.
    Blocked,
    /// A loop has the network busy with broadcasts.
    Storm,
    /// An access port got a tagged frame, or the trunk does not carry this VLAN.
    WrongVlan,
    /// The VLAN is not in the switch's database.
    UnknownVlan,
    PortSecurity,
    /// DHCP snooping: a server's message on an untrusted port.
    Snooping,
    /// Nobody answers ARP for the next hop.
    NoNeighbour,
    NoRoute,
    /// A black hole, unreachable or prohibit route.
    RefusingRoute,
    TimeToLive,
    TooBig,
    /// Not for this host, and it does not forward.
    NotForMe,
    /// A filter, host firewall or access list.
    Filtered,
    /// Nothing listens there, or echo requests are ignored.
    NotAnswered,
    /// A broadcast address, which hosts do not answer.
    Broadcast,
    /// No translation belongs to it.
    NoTranslation,
    /// It came from outside with one of the receiver's own addresses as its source.
    OwnSource,
}

/// An Ethernet frame as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    pub source: Mac,
    pub destination: Mac,
    pub cargo: Cargo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cargo {
    /// `sender` 0.0.0.0 is a probe (RFC 5227).
    ArpRequest {
        sender: Ipv4Addr,
        target: Ipv4Addr,
    },
    ArpReply {
        sender: Ipv4Addr,
        target: Ipv4Addr,
    },
    /// BOOTP/DHCP, from a server or from a client.
    Dhcp {
        from_server: bool,
    },
    Ip(Packet),
}

/// An IPv4 packet as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// This packet's own addresses and ports; an echo's identifier is in `from_port` of the request and `to_port` of the reply.
    pub flow: Flow,
    pub content: Content,
    pub ttl: u8,
    /// With its IPv4 header.
    pub bytes: u16,
    pub do_not_fragment: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// Echo request, SYN, or a datagram to a port.
    Request,
    /// Echo reply, SYN-ACK, or the datagram that comes back.
    Reply,
    /// TCP reset.
    Reset,
    /// An ICMP error about a packet.
    Error(Error, Flow),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// Code 0 net, 1 host, 3 port, 10 or 13 filtered.
    Unreachable(u8),
    TimeExceeded,
    /// Code 4, with the next hop's MTU.
    TooBig(u16),
}

/// Ethernet's header and checksum.
const ETHERNET_BYTES: u16 = 18;
/// IEEE 802.3's shortest frame.
const SHORTEST_FRAME: u16 = 64;
/// DHCP messages with their usual options fill this much.
const DHCP_BYTES: u16 = 342;

impl Frame {
    #[must_use]
    pub fn bytes(&self) -> u16 {
        let inside = match self.cargo {
            Cargo::ArpRequest { .. } | Cargo::ArpReply { .. } => 28,
            Cargo::Dhcp { .. } => DHCP_BYTES,
            Cargo::Ip(packet) => packet.bytes,
        };
        inside.saturating_add(ETHERNET_BYTES).max(SHORTEST_FRAME)
    }
}

impl Packet {
    /// What the other side sends back.
    #[must_use]
    pub fn back(&self, content: Content, ttl: u8) -> Self {
        Self { flow: reversed(self.flow), content, ttl, bytes: self.bytes, do_not_fragment: self.do_not_fragment }
    }

    /// Part of a conversation that somebody else began, or an error about one.
    #[must_use]
    pub fn answers(&self) -> Option<Flow> {
        match self.content {
            Content::Request => None,
            Content::Reply | Content::Reset => Some(reversed(self.flow)),
            Content::Error(_, about) => Some(about),
        }
    }

    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self.content, Content::Error(..))
    }
}

/// The same conversation, seen from the other end.
#[must_use]
pub fn reversed(flow: Flow) -> Flow {
    Flow { protocol: flow.protocol, from: flow.to, from_port: flow.to_port, to: flow.from, to_port: flow.from_port }
}

/// Of an ICMP error, which has no ports.
#[must_use]
pub fn icmp(from: Ipv4Addr, to: Ipv4Addr) -> Flow {
    Flow { protocol: Protocol::Icmp, from, from_port: 0, to, to_port: 0 }
}
