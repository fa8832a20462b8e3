//! ARP (RFC 826): the cache of each interface, requests, answers, and two stations with one address (RFC 5227).

use std::net::Ipv4Addr;

use super::event::{Cargo, Frame};
use super::switching::Arrival;
use super::walk::Walk;
use crate::machine::power::links;
use crate::shell::ios::names;
use crate::time::Span;
use crate::world::device::System;
use crate::world::interface::{HostModel, Neighbour, NeighbourState};
use crate::world::mac::Mac;
use crate::world::windows::{Event, EventLevel, EventLog};
use crate::world::{DeviceId, InterfaceIndex, World};

/// How long an answer is trusted without asking again: RFC 4861's `REACHABLE_TIME`, which Linux and Windows use for IPv4 too.
/// IOS keeps entries for four hours, but there other traffic refreshes them all the time, which this model has not.
pub const REACHABLE: Span = Span::seconds(30);
/// Requests before a neighbour is given up (Linux: `mcast_solicit`).
const TRIES: u32 = 3;

/// Asks whether somebody else on the link has `address`, as a host does before it uses it. Both ends remember a conflict.
pub fn probe(world: &mut World, device: DeviceId, interface: InterfaceIndex, address: Ipv4Addr) -> Option<Mac> {
    let mut walk = Walk::new(world, None);
    let answers = walk.request(device, interface, address, Ipv4Addr::UNSPECIFIED, Mac::BROADCAST, 0);
    let other = answers.last().map(|(mac, _)| *mac)?;
    world.device_mut(device).stack.conflicts.insert(address);
    Some(other)
}

/// Tells the link that an address is here: caches that know it by another station take this one over.
pub fn announce(world: &mut World, device: DeviceId, interface: InterfaceIndex) {
    let mut walk = Walk::new(world, None);
    let Some(found) = walk.interface(device, interface) else { return };
    let addresses: Vec<_> = found.addresses.iter().map(|address| address.ip).collect();
    for address in addresses {
        walk.request(device, interface, address, address, Mac::BROADCAST, 0);
    }
}

impl Walk<'_> {
    /// The station that has `target`, and when it is known; asks where the cache does not say. `source` stands in a
    /// first question, `own` (the interface's address) where an old entry is checked, for which no packet waits.
    pub(super) fn resolve(
        &mut self,
        device: DeviceId,
        interface: InterfaceIndex,
        target: Ipv4Addr,
        (source, own): (Ipv4Addr, Ipv4Addr),
        micros: u32,
    ) -> Option<(Mac, u32)> {
        let now = self.world.now;
        let entry = self.stack(device).neighbours.get(&(interface, target)).copied();
        match entry {
            Some(entry) if entry.state == NeighbourState::Permanent => return Some((entry.mac, micros)),
            Some(entry) if entry.state == NeighbourState::Reachable && now - entry.confirmed < REACHABLE => {
                self.trusted.push((device, interface, target));
                return Some((entry.mac, micros));
            }
            _ => {}
        }
        let known = entry.filter(|entry| matches!(entry.state, NeighbourState::Reachable | NeighbourState::Stale));
        let mut answers = Vec::new();
        for attempt in 0..TRIES {
            let damaged = self.damaged;
            // An entry that has grown old is checked with its own station first.
            let (sender, to) = known.filter(|_| attempt == 0).map_or((source, Mac::BROADCAST), |entry| (own, entry.mac));
            answers = self.request(device, interface, target, sender, to, micros);
            if !answers.is_empty() || to == Mac::BROADCAST && damaged == self.damaged {
                break;
            }
        }
        // Two stations answer: the last one wins, and next time the other one.
        let before = entry.map(|entry| entry.mac);
        let winner = answers.iter().rev().find(|(mac, _)| Some(*mac) != before).or_else(|| answers.last()).copied();
        let (state, mac) =
            winner.map_or((NeighbourState::Failed, before.unwrap_or_default()), |(mac, _)| (NeighbourState::Reachable, mac));
        let entry = Neighbour { state, mac, confirmed: now };
        self.world.device_mut(device).stack.neighbours.insert((interface, target), entry);
        winner
    }

    /// One request and the answers that come back, in order, with their moments.
    fn request(
        &mut self,
        device: DeviceId,
        interface: InterfaceIndex,
        target: Ipv4Addr,
        sender: Ipv4Addr,
        to: Mac,
        micros: u32,
    ) -> Vec<(Mac, u32)> {
        let Some(source) = self.interface(device, interface).map(|found| found.mac) else { return Vec::new() };
        let frame = Frame { source, destination: to, cargo: Cargo::ArpRequest { sender, target } };
        let mut answers = Vec::new();
        for arrival in self.send_frame(device, interface, frame, micros) {
            let Some(own) = self.hears_request(arrival, source, sender, target) else { continue };
            let reply = Frame { source: own, destination: source, cargo: Cargo::ArpReply { sender: target, target: sender } };
            let back = self.send_frame(arrival.device, arrival.interface, reply, arrival.micros);
            answers.extend(
                back.iter().filter(|back| back.device == device && back.interface == interface).map(|back| (own, back.micros)),
            );
        }
        answers
    }

    /// What a station does with a request; its own MAC address where it answers.
    fn hears_request(&mut self, arrival: Arrival, from: Mac, sender: Ipv4Addr, target: Ipv4Addr) -> Option<Mac> {
        let Arrival { device, interface, .. } = arrival;
        let now = self.world.now;
        let own = self.interface(device, interface)?.mac;
        if from == own {
            return None;
        }
        if self.has(device, interface, sender) {
            self.conflict(device, sender, from);
        }
        let answers = self.has(device, interface, target) && self.believes(device, interface, sender);
        let entry = self.stack(device).neighbours.get(&(interface, sender)).copied();
        let permanent = entry.is_some_and(|entry| entry.state == NeighbourState::Permanent);
        // Who is asked will have to answer, so it learns the asker; others only correct what they have.
        if !sender.is_unspecified() && !permanent && (answers || entry.is_some()) {
            let moved = entry.is_none_or(|entry| entry.mac != from || entry.state != NeighbourState::Reachable);
            if answers || moved {
                let state = if answers { NeighbourState::Reachable } else { NeighbourState::Stale };
                let neighbours = &mut self.world.device_mut(device).stack.neighbours;
                neighbours.insert((interface, sender), Neighbour { state, mac: from, confirmed: now });
            }
        }
        answers.then_some(own)
    }

    /// Whether a station answers for an address on this interface: Linux for all of its own, others for the interface's.
    fn has(&self, device: DeviceId, interface: InterfaceIndex, address: Ipv4Addr) -> bool {
        if address.is_unspecified() {
            return false;
        }
        let stack = self.stack(device);
        let here = |found: &crate::world::interface::Interface| found.addresses.iter().any(|own| own.ip == address);
        let weak = stack.host_model == HostModel::Weak && !matches!(self.world.device(device).system, System::Ios(_));
        if weak { stack.interfaces.iter().any(here) } else { stack.interfaces.get(usize::from(interface.0)).is_some_and(here) }
    }

    /// IOS does not answer a station of a foreign network ("wrong cable"); others do.
    fn believes(&self, device: DeviceId, interface: InterfaceIndex, sender: Ipv4Addr) -> bool {
        sender.is_unspecified()
            || self.world.device(device).ios().is_none()
            || self
                .interface(device, interface)
                .is_some_and(|found| found.addresses.iter().any(|own| own.network().contains(&sender)))
    }

    /// Another station sends with an address of this one.
    fn conflict(&mut self, device: DeviceId, address: Ipv4Addr, other: Mac) {
        let at = self.world.now;
        let found = self.world.device_mut(device);
        if !found.stack.conflicts.insert(address) {
            return;
        }
        let owner = found.stack.interfaces.iter().find(|interface| interface.addresses.iter().any(|own| own.ip == address));
        let name = owner.map(|interface| names::long(&interface.name)).unwrap_or_default();
        if let Some(windows) = found.windows_mut() {
            windows.events.push(Event {
                at,
                log: EventLog::System,
                source: "Tcpip".into(),
                id: 4199,
                level: EventLevel::Error,
                text: format!(
                    "The system detected an address conflict for IP address {address} with the system having network hardware address \
                     {}. Network operations on this system may be disrupted as a result.",
                    other.hyphens_upper()
                ).into(),
            });
        } else if found.ios().is_some() {
            let text = format!("Duplicate address {address} on {name}, sourced by {}", other.dotted());
            links::write(self.world, device, "IP", 4, "DUPADDR", text);
        }
    }
}
