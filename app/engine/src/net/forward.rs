//! What hosts and routers do with packets: take, answer, route on, refuse.

use std::net::Ipv4Addr;

use super::event::{Cargo, Content, Error, Frame, Packet, Reason, icmp};
use super::route::{self, Decision, NextHop};
use super::walk::{Seen, Waiting, Walk};
use crate::world::interface::{Direction, HostModel, Protocol, Verdict};
use crate::world::{DeviceId, InterfaceIndex};

/// An ICMP error with the header and eight bytes of what it is about (RFC 792).
const ERROR_BYTES: u16 = 56;
/// A TCP segment without data.
const SEGMENT_BYTES: u16 = 40;
/// Microseconds that a host or router takes with a packet.
const HOST_MICROS: u32 = 18;
/// RFC 1812, section 5.2.7.1: communication administratively prohibited.
const PROHIBITED: u8 = 13;
const NET: u8 = 0;
const HOST: u8 = 1;
const PORT: u8 = 3;

impl Walk<'_> {
    /// A packet reaches an interface.
    pub(super) fn arrive(&mut self, waiting: &Waiting) {
        let Waiting { device, interface, packet, .. } = *waiting;
        let micros = waiting.micros.saturating_add(HOST_MICROS);
        if !crate::machine::is_up(self.world, device) {
            return self.drop_packet(device, packet, micros, Reason::NotRunning);
        }
        if !self.access_list(device, interface, true, &packet) {
            return self.refuse_by_filter(device, &packet, micros, Verdict::Reject, false);
        }
        // Linux takes nothing from itself by the wire (`accept_local` 0), such as a packet that a loop brings back.
        if self.world.device(device).linux().is_some() && route::owner(self.world, device, packet.flow.from).is_some() {
            return self.drop_packet(device, packet, micros, Reason::OwnSource);
        }
        let inside = self.untranslate(device, interface, &packet).unwrap_or(packet);
        let to = inside.flow.to;
        if self.is_mine(device, interface, to) {
            return self.deliver(device, &inside, micros, false);
        }
        if route::broadcast_of(self.world, device, to).is_some() {
            return self.drop_packet(device, inside, micros, Reason::Broadcast);
        }
        if !self.stack(device).forwarding || to.is_multicast() || to.is_unspecified() {
            return self.drop_packet(device, inside, micros, Reason::NotForMe);
        }
        self.route_on(device, &packet, inside, micros);
    }

    /// An address of the device; on a strong host only where the packet came in.
    fn is_mine(&self, device: DeviceId, interface: InterfaceIndex, address: Ipv4Addr) -> bool {
        let owner = route::owner(self.world, device, address);
        let stack = self.stack(device);
        owner.is_some_and(|owner| {
            !address.is_loopback() && (owner == interface || stack.host_model == HostModel::Weak || stack.forwarding)
        })
    }

    /// A router passes a packet on. `seen` is the packet as it came, for errors.
    fn route_on(&mut self, device: DeviceId, seen: &Packet, mut packet: Packet, micros: u32) {
        let hop = match route::decide(self.world, device, packet.flow.to) {
            Decision::Via(hop) => hop,
            Decision::Local(_) | Decision::Broadcast(_) => return,
            Decision::NoRoute => return self.cannot(device, seen, micros, Reason::NoRoute, Error::Unreachable(NET)),
            Decision::Blackhole => return self.drop_packet(device, packet, micros, Reason::RefusingRoute),
            Decision::Unreachable => return self.cannot(device, seen, micros, Reason::RefusingRoute, Error::Unreachable(HOST)),
            Decision::Prohibit => {
                return self.cannot(device, seen, micros, Reason::RefusingRoute, Error::Unreachable(PROHIBITED));
            }
        };
        // Linux' order: time to live, size, then the filter (net/ipv4/ip_forward.c).
        if packet.ttl <= 1 {
            return self.cannot(device, seen, micros, Reason::TimeToLive, Error::TimeExceeded);
        }
        packet.ttl -= 1;
        let mtu = self.interface(device, hop.interface).map_or(u16::MAX, |found| found.mtu);
        if packet.bytes > mtu && packet.do_not_fragment {
            return self.cannot(device, seen, micros, Reason::TooBig, Error::TooBig(mtu));
        }
        match self.filter(device, Direction::Forward, &packet) {
            Verdict::Accept => {}
            verdict => return self.refuse_by_filter(device, seen, micros, verdict, true),
        }
        if !self.access_list(device, hop.interface, false, &packet) {
            return self.refuse_by_filter(device, seen, micros, Verdict::Reject, false);
        }
        let packet = self.translate(device, hop.interface, packet);
        if !self.hand_over(device, &hop, packet, micros) {
            self.cannot(device, seen, micros, Reason::NoNeighbour, Error::Unreachable(HOST));
        }
    }

    /// The address in an ARP request: Linux puts the packet's own source there when that is one of its addresses, of whichever
    /// interface (sysctl `arp_announce` 0), and so teaches its neighbours addresses of other networks.
    fn arp_sender(&self, device: DeviceId, hop: &NextHop, source: Ipv4Addr) -> Ipv4Addr {
        let own = self.world.device(device).linux().is_some() && route::owner(self.world, device, source).is_some();
        if own { source } else { hop.source }
    }

    /// Finds the next hop's station and sends the packet there; false when nobody answers for it.
    fn hand_over(&mut self, device: DeviceId, hop: &NextHop, packet: Packet, micros: u32) -> bool {
        let next = hop.gateway.unwrap_or(packet.flow.to);
        let sender = self.arp_sender(device, hop, packet.flow.from);
        let Some((mac, micros)) = self.resolve(device, hop.interface, next, (sender, hop.source), micros) else { return false };
        let source = self.interface(device, hop.interface).map_or_else(Default::default, |found| found.mac);
        let frame = Frame { source, destination: mac, cargo: Cargo::Ip(packet) };
        for arrival in self.send_frame(device, hop.interface, frame, micros) {
            self.queue.push_back(Waiting {
                device: arrival.device,
                interface: arrival.interface,
                packet,
                micros: arrival.micros,
            });
        }
        true
    }

    /// A device sends a packet of its own.
    pub(super) fn emit(&mut self, device: DeviceId, packet: Packet, micros: u32) {
        if self.filter(device, Direction::Out, &packet) != Verdict::Accept {
            self.refuse(device, &packet, Seen::Prohibited);
            return self.drop_packet(device, packet, micros, Reason::Filtered);
        }
        let hop = match route::decide(self.world, device, packet.flow.to) {
            Decision::Via(hop) => hop,
            Decision::Local(_) => return self.deliver(device, &packet, micros.saturating_add(HOST_MICROS), true),
            Decision::Broadcast(_) => {
                if self.world.device(device).linux().is_some() {
                    self.refuse(device, &packet, Seen::Broadcast);
                }
                return self.drop_packet(device, packet, micros, Reason::Broadcast);
            }
            Decision::Prohibit => {
                self.refuse(device, &packet, Seen::Prohibited);
                return self.drop_packet(device, packet, micros, Reason::RefusingRoute);
            }
            Decision::NoRoute | Decision::Blackhole | Decision::Unreachable => {
                self.refuse(device, &packet, Seen::NoRoute);
                return self.drop_packet(device, packet, micros, Reason::NoRoute);
            }
        };
        let mtu = self.interface(device, hop.interface).map_or(u16::MAX, |found| found.mtu);
        if packet.bytes > mtu && packet.do_not_fragment {
            self.refuse(device, &packet, Seen::TooBig { own: hop.source, mtu });
            return self.drop_packet(device, packet, micros, Reason::TooBig);
        }
        let own = packet.flow;
        let packet = self.translate(device, hop.interface, packet);
        if !self.hand_over(device, &hop, packet, micros) {
            let asked = Packet { flow: own, ..packet };
            self.refuse(device, &asked, Seen::NoNeighbour { own: hop.source });
            self.drop_packet(device, packet, micros, Reason::NoNeighbour);
        }
    }

    /// A packet is for this device. Its own packets to itself pass no filter.
    fn deliver(&mut self, device: DeviceId, packet: &Packet, micros: u32, from_itself: bool) {
        let verdict = if from_itself { Verdict::Accept } else { self.filter(device, Direction::In, packet) };
        if verdict != Verdict::Accept {
            return self.refuse_by_filter(device, packet, micros, verdict, true);
        }
        if packet.content != Content::Request {
            return self.observe(device, packet, micros);
        }
        let ttl = self.stack(device).initial_ttl;
        let flow = packet.flow;
        match flow.protocol {
            Protocol::Icmp => {
                if self.stack(device).icmp.answers_echo {
                    self.answer(device, packet, ttl, micros);
                } else {
                    self.drop_packet(device, *packet, micros, Reason::NotAnswered);
                }
            }
            Protocol::Tcp | Protocol::Udp if self.listens(device, flow.protocol, flow.to, flow.to_port) => {
                self.answer(device, packet, ttl, micros);
            }
            // Windows' firewall in stealth mode: a closed port answers nothing while the profile is on.
            _ if !from_itself && super::filter::profile_on(&self.stack(device).filter) == Some(true) => {
                self.drop_packet(device, *packet, micros, Reason::NotAnswered);
            }
            Protocol::Tcp => {
                let reset = Packet { bytes: SEGMENT_BYTES, ..packet.back(Content::Reset, ttl) };
                self.emit(device, reset, micros);
            }
            Protocol::Udp => self.cannot(device, packet, micros, Reason::NotAnswered, Error::Unreachable(PORT)),
        }
    }

    fn answer(&mut self, device: DeviceId, packet: &Packet, ttl: u8, micros: u32) {
        if self.asked.is_some_and(|(_, flow)| flow.protocol == packet.flow.protocol) {
            self.answered = Some(device);
        }
        self.emit(device, packet.back(Content::Reply, ttl), micros);
    }

    /// Something accepts on the port, and its owner runs.
    fn listens(&self, device: DeviceId, protocol: Protocol, to: Ipv4Addr, port: u16) -> bool {
        let found = self.stack(device).listeners.iter().filter(|listener| {
            listener.protocol == protocol && listener.port == port && (listener.bound.is_unspecified() || listener.bound == to)
        });
        found.into_iter().any(|listener| crate::machine::runs(self.world, device, &listener.owner))
    }

    /// What a filter's verdict means for the sender: nothing, a reset, or an ICMP error: "port unreachable" from Linux, whose
    /// `reject` says that by default (ufw, iptables-extensions(8), nft(8)), "prohibited" from everything else.
    fn refuse_by_filter(&mut self, device: DeviceId, packet: &Packet, micros: u32, verdict: Verdict, resets: bool) {
        self.drop_packet(device, *packet, micros, Reason::Filtered);
        if verdict != Verdict::Reject {
            return;
        }
        if resets && packet.flow.protocol == Protocol::Tcp && packet.content == Content::Request {
            // The router resets in the name of the destination.
            let ttl = self.stack(device).initial_ttl;
            let reset = Packet { bytes: SEGMENT_BYTES, ..packet.back(Content::Reset, ttl) };
            return self.emit(device, reset, micros);
        }
        let code = if self.world.device(device).linux().is_some() { PORT } else { PROHIBITED };
        self.error(device, packet, micros, Error::Unreachable(code));
    }

    fn cannot(&mut self, device: DeviceId, packet: &Packet, micros: u32, reason: Reason, error: Error) {
        self.drop_packet(device, *packet, micros, reason);
        self.error(device, packet, micros, error);
    }

    /// An ICMP error to the sender, from the address that this device has towards it. Errors about errors are not sent.
    fn error(&mut self, device: DeviceId, packet: &Packet, micros: u32, error: Error) {
        let stack = self.stack(device);
        let policy = stack.icmp;
        let wanted = match error {
            Error::TimeExceeded => policy.sends_time_exceeded,
            Error::Unreachable(_) | Error::TooBig(_) => policy.sends_unreachable,
        };
        let to = packet.flow.from;
        if packet.is_error() || !wanted || to.is_unspecified() || to.is_loopback() {
            return;
        }
        let ttl = stack.initial_ttl;
        let mine = route::owner(self.world, device, packet.flow.to).map(|_| packet.flow.to);
        let Some(from) = mine.or_else(|| route::lookup(self.world, device, to).map(|hop| hop.source)) else { return };
        let error = Packet {
            flow: icmp(from, to),
            content: Content::Error(error, packet.flow),
            ttl,
            bytes: ERROR_BYTES,
            do_not_fragment: false,
        };
        self.emit(device, error, micros);
    }
}
