//! Network address translation: many inside behind one outside address, and port forwards the other way (RFC 3022).
//!
//! Hairpin (an inside host that uses the outside address for an inside server) is not modelled: such packets are for the router
//! itself, as on devices where it is not set up.

use std::net::Ipv4Addr;

use super::event::{Content, Packet, reversed};
use super::walk::Walk;
use crate::world::interface::{Flow, Nat, Stack};
use crate::world::{DeviceId, InterfaceIndex};

/// Translations that a router keeps at most; the first ones go.
const TRANSLATIONS: usize = 512;

impl Walk<'_> {
    /// A packet comes in at the outside: its destination becomes the inside one. `None`: nothing to change.
    pub(super) fn untranslate(&mut self, device: DeviceId, interface: InterfaceIndex, packet: &Packet) -> Option<Packet> {
        let stack = self.stack(device);
        if stack.nat.outside != Some(interface) || outside_address(stack)? != packet.flow.to {
            return None;
        }
        match packet.content {
            Content::Request => forwarded(&stack.nat, packet).map(|(changed, flow)| {
                self.keep(device, flow, packet.flow.to_port);
                changed
            }),
            Content::Reply | Content::Reset => {
                let inside = inside_of(&stack.nat, reversed(packet.flow))?;
                Some(Packet { flow: reversed(inside), ..*packet })
            }
            Content::Error(error, about) => {
                let inside = inside_of(&stack.nat, about)?;
                let flow = Flow { to: inside.from, ..packet.flow };
                Some(Packet { flow, content: Content::Error(error, inside), ..*packet })
            }
        }
    }

    /// A packet leaves through the outside: its source becomes the outside one.
    pub(super) fn translate(&mut self, device: DeviceId, interface: InterfaceIndex, packet: Packet) -> Packet {
        let stack = self.stack(device);
        let Some(outside) = outside_address(stack).filter(|_| stack.nat.outside == Some(interface)) else { return packet };
        let nat = &stack.nat;
        // The answer to something that came through a port forward carries the forwarded port again.
        if let Some(begun) = packet.answers()
            && let Some(port) = nat.translations.get(&begun).copied()
            && !is_inside(nat, begun.from)
        {
            let content = match packet.content {
                Content::Error(error, about) => Content::Error(error, Flow { to: outside, to_port: port, ..about }),
                other => other,
            };
            let mut flow = Flow { from: outside, ..packet.flow };
            if !packet.is_error() {
                flow.from_port = port;
            }
            return Packet { flow, content, ..packet };
        }
        if !is_inside(nat, packet.flow.from) {
            return packet;
        }
        if packet.content != Content::Request {
            return Packet { flow: Flow { from: outside, ..packet.flow }, ..packet };
        }
        let port = nat.translations.get(&packet.flow).copied().unwrap_or_else(|| free_port(nat, packet.flow));
        self.keep(device, packet.flow, port);
        Packet { flow: Flow { from: outside, from_port: port, ..packet.flow }, ..packet }
    }

    fn keep(&mut self, device: DeviceId, flow: Flow, port: u16) {
        let translations = &mut self.world.device_mut(device).stack.nat.translations;
        if translations.len() >= TRANSLATIONS && !translations.contains_key(&flow) {
            translations.pop_first();
        }
        translations.insert(flow, port);
    }
}

fn outside_address(stack: &Stack) -> Option<Ipv4Addr> {
    let outside = stack.nat.outside?;
    stack.interfaces.get(usize::from(outside.0))?.addresses.first().map(|address| address.ip)
}

fn is_inside(nat: &Nat, address: Ipv4Addr) -> bool {
    nat.inside.iter().any(|net| net.contains(&address))
}

/// The inside conversation that is seen outside as `flow`.
fn inside_of(nat: &Nat, flow: Flow) -> Option<Flow> {
    nat.translations
        .iter()
        .find(|(inside, port)| {
            inside.protocol == flow.protocol
                && inside.to == flow.to
                && inside.to_port == flow.to_port
                && **port == flow.from_port
                && is_inside(nat, inside.from)
        })
        .map(|(inside, _)| *inside)
}

/// Where a port forward sends a packet, and the conversation as the inside sees it.
fn forwarded(nat: &Nat, packet: &Packet) -> Option<(Packet, Flow)> {
    let rule =
        nat.forwards.iter().find(|rule| rule.protocol == packet.flow.protocol && rule.outside_port == packet.flow.to_port)?;
    let flow = Flow { to: rule.to, to_port: rule.to_port, ..packet.flow };
    Some((Packet { flow, ..*packet }, flow))
}

/// Its own port where nobody else uses it towards the same place, else the next free one.
fn free_port(nat: &Nat, flow: Flow) -> u16 {
    let taken = |port: u16| {
        nat.translations.iter().any(|(other, used)| {
            *used == port && other.protocol == flow.protocol && other.to == flow.to && other.to_port == flow.to_port
        })
    };
    (0..u16::MAX).map(|step| flow.from_port.wrapping_add(step)).find(|port| *port != 0 && !taken(*port)).unwrap_or(flow.from_port)
}
