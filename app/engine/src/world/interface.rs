//! The IPv4 side of a device: interfaces, routes, neighbours, filters, sockets.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::{Deserialize, Serialize};

use super::mac::Mac;
use super::port::{PortIndex, VlanId};
use super::shared::Shared;
use crate::sorted::{Map, Set};
use crate::time::Time;

/// The position in [`Stack::interfaces`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct InterfaceIndex(pub u8);

/// Everything IPv4 of one device.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    pub interfaces: Shared<Vec<Interface>>,
    /// Routes that somebody wrote; connected ones follow from the interfaces.
    pub routes: Vec<Route>,
    pub neighbours: Map<(InterfaceIndex, Ipv4Addr), Neighbour>,
    /// Forwards packets that are not for itself.
    pub forwarding: bool,
    pub host_model: HostModel,
    /// The TTL of packets it sends: 128 Windows, 64 Linux, 255 IOS.
    pub initial_ttl: u8,
    pub icmp: IcmpPolicy,
    /// The router's or host's packet filter in order; see [`Filter`].
    pub filter: Shared<Filter>,
    pub nat: Shared<Nat>,
    pub listeners: Shared<Vec<Listener>>,
    pub resolver: Shared<Resolver>,
    /// Addresses that another station was seen to use (duplicate address detection).
    pub conflicts: Set<Ipv4Addr>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interface {
    /// `Ethernet`, `eth0`, `Vlan20`, `GigabitEthernet0/0`.
    pub name: String,
    pub attach: Attach,
    /// Administratively up (Windows: enabled in Device Manager and in Network Connections).
    pub enabled: bool,
    pub mac: Mac,
    pub mtu: u16,
    pub addresses: Vec<Address>,
    /// Where the address comes from.
    pub origin: Origin,
    pub dhcp: DhcpClient,
    /// Servers that were typed in; those of the lease are in [`DhcpClient`].
    pub manual_dns: Vec<Ipv4Addr>,
    /// A gateway that was typed in; the lease's is in [`DhcpClient`].
    pub manual_gateway: Option<Ipv4Addr>,
    pub metric: u32,
    /// DHCP servers that requests are relayed to (`ip helper-address`).
    pub helpers: Vec<Ipv4Addr>,
    /// Numbered access list applied to packets coming in and going out.
    pub acl_in: Option<u16>,
    pub acl_out: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attach {
    Port(PortIndex),
    /// A VLAN of the device's own switching part.
    Vlan(VlanId),
    /// A tagged part of a routed port.
    Sub(PortIndex, VlanId),
    Loopback,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub ip: Ipv4Addr,
    pub prefix: u8,
}

impl Address {
    /// The network it lies in, with the host bits cleared.
    #[must_use]
    pub fn network(self) -> Ipv4Net {
        Ipv4Net::new(self.ip, self.prefix.min(32)).map(|net| net.trunc()).unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    Manual,
    Dhcp,
    /// 169.254/16, RFC 3927.
    LinkLocal,
}

/// RFC 2131's client, one per interface; it acts only where `enabled`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DhcpClient {
    pub enabled: bool,
    pub lease: Option<Lease>,
    /// Tries without an answer since the last lease.
    pub attempts: u32,
}

/// As the client keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    pub address: Ipv4Addr,
    pub prefix: u8,
    pub server: Ipv4Addr,
    pub router: Option<Ipv4Addr>,
    pub dns: Vec<Ipv4Addr>,
    pub domain: String,
    pub obtained: Time,
    pub expires: Time,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub to: Ipv4Net,
    pub via: Hop,
    pub metric: u32,
    /// Survives a restart (Windows `-p`, IOS after `copy run start`).
    pub persistent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hop {
    Gateway(Ipv4Addr),
    Interface(InterfaceIndex),
    /// Linux route types: dropped, or refused with ICMP unreachable code 1 or 13.
    Blackhole,
    Unreachable,
    Prohibit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Neighbour {
    pub state: NeighbourState,
    pub mac: Mac,
    pub confirmed: Time,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeighbourState {
    Incomplete,
    Reachable,
    Stale,
    Failed,
    /// Written by hand.
    Permanent,
}

/// RFC 1122, section 3.3.4.2: whether an address belongs to its interface or to the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum HostModel {
    /// Windows since Vista.
    Strong,
    /// Linux, IOS.
    #[default]
    Weak,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IcmpPolicy {
    pub answers_echo: bool,
    pub sends_unreachable: bool,
    pub sends_time_exceeded: bool,
}

impl Default for IcmpPolicy {
    fn default() -> Self {
        Self { answers_echo: true, sends_unreachable: true, sends_time_exceeded: true }
    }
}

/// An ordered, stateful packet filter: the first rule that matches decides, replies to what was let through pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// What a host lets in, and a router through and in. Empty with `default_deny` false lets everything pass.
    pub rules: Vec<Rule>,
    pub default_deny: bool,
    /// Host firewalls can be off as a whole, per profile.
    pub profiles: Option<Profiles>,
    /// IOS numbered access lists, by number: stateless, implicit deny at the end.
    pub access_lists: Map<u16, Vec<Rule>>,
    /// Conversations that were let through and whose replies pass.
    pub states: Set<Flow>,
}

/// Windows Defender Firewall's three profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profiles {
    pub domain: bool,
    pub private: bool,
    pub public: bool,
    /// The one in force on the connected network.
    pub active: Profile,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Profile {
    Domain,
    Private,
    Public,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    pub enabled: bool,
    pub verdict: Verdict,
    pub direction: Direction,
    pub protocol: Option<Protocol>,
    pub from: Option<Ipv4Net>,
    pub to: Option<Ipv4Net>,
    /// Destination ports, inclusive.
    pub ports: Option<(u16, u16)>,
    /// Windows: the profiles it belongs to; empty is all.
    pub profiles: Set<Profile>,
    pub hits: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Accept,
    Drop,
    /// TCP gets a reset, everything else ICMP unreachable: code 3 (port) from Linux, 13 (prohibited) from others.
    Reject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// To the device itself.
    In,
    /// From the device itself.
    Out,
    /// Through a router.
    Forward,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Protocol {
    Icmp,
    Tcp,
    Udp,
}

/// One conversation as the first packet began it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Flow {
    pub protocol: Protocol,
    pub from: Ipv4Addr,
    pub from_port: u16,
    pub to: Ipv4Addr,
    pub to_port: u16,
}

/// Network address translation of a router.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nat {
    /// Sources in these networks leave through `outside` with its address (overload, masquerade).
    pub inside: Vec<Ipv4Net>,
    pub outside: Option<InterfaceIndex>,
    pub forwards: Vec<PortForward>,
    /// Translations in force, by the inside flow; the port it was given outside.
    pub translations: Map<Flow, u16>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortForward {
    pub protocol: Protocol,
    pub outside_port: u16,
    pub to: Ipv4Addr,
    pub to_port: u16,
}

/// Something that accepts connections or datagrams, as long as its owner runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listener {
    pub protocol: Protocol,
    /// `0.0.0.0` is every address.
    pub bound: Ipv4Addr,
    pub port: u16,
    /// The service or unit whose running keeps it open; empty: always open.
    pub owner: String,
}

/// Where names are looked up first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolver {
    /// Suffixes tried for short names, in order.
    pub suffixes: Vec<String>,
    /// The hosts file, in order.
    pub hosts: Vec<(Ipv4Addr, String)>,
    pub cache: Map<(String, super::server::RecordType), Cached>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cached {
    /// Empty: the name is known not to exist (negative caching, RFC 2308).
    pub records: Vec<super::server::Record>,
    pub exists: bool,
    pub until: Time,
}
