//! One question and everything it sets off: the walk that carries frames and packets until nothing moves any more.
//!
//! Packets wait in a queue, so nothing recurses; TTLs and a budget bound it.

use std::collections::VecDeque;
use std::net::Ipv4Addr;

use super::event::{Cargo, Content, Error, Event, Frame, Packet, Reason, What};
use super::link::{self, Link};
use crate::world::interface::{Flow, Interface, NeighbourState, Stack};
use crate::world::linux::{Capture, Captured};
use crate::world::mac::Mac;
use crate::world::port::Media;
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, VlanId, World};

/// Packets that one question may set off: a forwarding loop takes 255, its answer as many.
const PACKETS: u32 = 2048;

pub(super) struct Walk<'w> {
    pub world: &'w mut World,
    /// Where the ports of each device begin in `wires`.
    first_ports: Vec<usize>,
    /// For each port the other end and the cable to it.
    wires: Vec<Option<(PortRef, usize)>>,
    pub queue: VecDeque<Waiting>,
    log: Option<&'w mut Vec<Event>>,
    /// Who asked, and the conversation that it waits for.
    pub asked: Option<(DeviceId, Flow)>,
    pub seen: Option<Seen>,
    /// The device that accepted a connection or answered.
    pub answered: Option<DeviceId>,
    /// Frames lost to noise: a retry is worth its while.
    pub damaged: u32,
    /// Neighbour entries that were trusted without asking.
    pub trusted: Vec<(DeviceId, InterfaceIndex, Ipv4Addr)>,
}

/// A packet that has just reached an interface.
pub(super) struct Waiting {
    pub device: DeviceId,
    pub interface: InterfaceIndex,
    pub packet: Packet,
    pub micros: u32,
}

/// What came back to the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    Reply {
        from: Ipv4Addr,
        ttl: u8,
        micros: u32,
    },
    Reset,
    Error {
        from: Ipv4Addr,
        error: Error,
        micros: u32,
    },
    /// Its own ARP found nobody.
    NoNeighbour {
        own: Ipv4Addr,
    },
    NoRoute,
    TooBig {
        own: Ipv4Addr,
        mtu: u16,
    },
    /// Its own filter or a prohibit route.
    Prohibited,
    Broadcast,
}

impl<'w> Walk<'w> {
    pub fn new(world: &'w mut World, log: Option<&'w mut Vec<Event>>) -> Self {
        super::spanning_tree::settle(world);
        let (first_ports, wires) = wires(world);
        Self {
            world,
            first_ports,
            wires,
            queue: VecDeque::new(),
            log,
            asked: None,
            seen: None,
            answered: None,
            damaged: 0,
            trusted: Vec::new(),
        }
    }

    pub fn link(&self, port: PortRef) -> Option<Link> {
        if link::at(self.world, port)?.media == Media::Radio {
            return link::of(self.world, port);
        }
        let first = self.first_ports.get(usize::from(port.device.0))?;
        let (there, cable) = (*self.wires.get(first + usize::from(port.port.0))?)?;
        link::between(self.world, port, there, self.world.cables.get(cable)?)
    }

    /// How many there are in the company.
    pub fn ports(&self) -> usize {
        self.wires.len()
    }

    pub fn stack(&self, device: DeviceId) -> &Stack {
        &self.world.device(device).stack
    }

    pub fn interface(&self, device: DeviceId, interface: InterfaceIndex) -> Option<&Interface> {
        self.stack(device).interfaces.get(usize::from(interface.0))
    }

    pub fn note(&mut self, micros: u32, port: PortRef, vlan: Option<VlanId>, what: What, frame: Frame) {
        self.capture(micros, port, what, frame);
        self.write(micros, port.device, Some(port.port), vlan, what, frame);
    }

    /// A capture on the device gets a copy of what leaves and of what its interfaces take, as a packet socket of Linux does.
    fn capture(&mut self, micros: u32, port: PortRef, what: What, frame: Frame) {
        /// What fits into the buffer until somebody reads it; tcpdump counts the rest as dropped.
        const BUFFER: usize = 200;
        let sent = match what {
            What::Sent => true,
            What::Received(_) => false,
            What::Flooded | What::Dropped(_) => return,
        };
        let wanted = |capture: &Capture| capture.port.is_none_or(|wanted| wanted == port.port);
        // Asked first by a shared reference: hardly ever does anybody capture, and every frame passes here.
        if !self.world.device(port.device).linux().is_some_and(|linux| linux.capture.as_ref().is_some_and(wanted)) {
            return;
        }
        let at = self.world.now;
        let linux = self.world.device_mut(port.device).linux_mut();
        let Some(capture) = linux.and_then(|linux| linux.capture.as_mut()) else { return };
        if capture.frames.len() < BUFFER {
            capture.frames.push(Captured { at, micros, sent, frame });
        } else {
            capture.dropped = capture.dropped.saturating_add(1);
        }
    }

    /// A packet that goes no further in a host or router.
    pub fn drop_packet(&mut self, device: DeviceId, packet: Packet, micros: u32, reason: Reason) {
        if self.log.is_some() {
            let frame = Frame { source: Mac::default(), destination: Mac::default(), cargo: Cargo::Ip(packet) };
            self.write(micros, device, None, None, What::Dropped(reason), frame);
        }
    }

    fn write(&mut self, micros: u32, device: DeviceId, port: Option<PortIndex>, vlan: Option<VlanId>, what: What, frame: Frame) {
        if let Some(log) = &mut self.log {
            log.push(Event { micros, device, port, vlan, what, frame });
        }
    }

    /// Sends `packet` and carries everything on until nothing moves.
    pub fn ask(&mut self, device: DeviceId, packet: Packet) {
        self.asked = Some((device, packet.flow));
        self.seen = None;
        self.answered = None;
        self.trusted.clear();
        self.emit(device, packet, 0);
        let mut left = PACKETS;
        while let Some(waiting) = self.queue.pop_front() {
            if left == 0 {
                self.queue.clear();
                break;
            }
            left -= 1;
            self.arrive(&waiting);
        }
        if self.seen.is_none() {
            self.distrust();
        }
    }

    /// Neighbour unreachability detection (RFC 4861's, as hosts do it for IPv4 too): what was trusted and brought no answer is
    /// asked for again the next time.
    fn distrust(&mut self) {
        for (device, interface, address) in std::mem::take(&mut self.trusted) {
            if let Some(entry) = self.world.device_mut(device).stack.neighbours.get_mut(&(interface, address))
                && entry.state == NeighbourState::Reachable
            {
                entry.state = NeighbourState::Stale;
            }
        }
    }

    /// Notes what reached the one who asked, if this is it.
    pub fn observe(&mut self, device: DeviceId, packet: &Packet, micros: u32) {
        let Some((asker, flow)) = self.asked else { return };
        if asker != device || self.seen.is_some() || packet.answers() != Some(flow) {
            return;
        }
        let from = packet.flow.from;
        self.seen = match packet.content {
            Content::Request => None,
            Content::Reply => Some(Seen::Reply { from, ttl: packet.ttl, micros }),
            Content::Reset => Some(Seen::Reset),
            Content::Error(error, _) => Some(Seen::Error { from, error, micros }),
        };
    }

    /// Only for the packet of the one who asked: why it did not even leave.
    pub fn refuse(&mut self, device: DeviceId, packet: &Packet, seen: Seen) {
        if self.asked == Some((device, packet.flow)) && packet.content == Content::Request && self.seen.is_none() {
            self.seen = Some(seen);
        }
    }
}

/// Where the ports of each device begin, and for each port what it is joined to.
fn wires(world: &World) -> (Vec<usize>, Vec<Option<(PortRef, usize)>>) {
    let mut ports = 0;
    let mut first_ports = Vec::with_capacity(world.devices.len());
    for device in &world.devices {
        first_ports.push(ports);
        ports += device.ports.len();
    }
    let mut wires = vec![None; ports];
    for (at, cable) in world.cables.iter().enumerate() {
        let [Some(a), Some(b)] = cable.ends else { continue };
        for (here, there) in [(a, b), (b, a)] {
            if link::at(world, here).is_some()
                && let Some(first) = first_ports.get(usize::from(here.device.0))
                && let Some(wire) = wires.get_mut(first + usize::from(here.port.0))
            {
                wire.get_or_insert((there, at));
            }
        }
    }
    (first_ports, wires)
}
