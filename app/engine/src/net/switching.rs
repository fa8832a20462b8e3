//! Frames through switches and access points: VLANs, learning, flooding, port security.

use std::collections::VecDeque;

use super::event::{Cargo, Event, Frame, Reason, What};
use super::link::{self, Link};
use super::walk::Walk;
use crate::time::Span;
use crate::world::device::{Device, Kind, System};
use crate::world::interface::Attach;
use crate::world::mac::Mac;
use crate::world::network_device::LogLine;
use crate::world::port::{ErrDisable, Media, SwitchMode, SwitchPort};
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, VlanId, World};

/// How long a switch remembers where a station was heard: IEEE 802.1Q's recommended ageing time.
pub const AGEING: Span = Span::seconds(300);
/// The VLAN of bridges that know none: tags pass unread, the rest is this.
const UNTAGGED: VlanId = VlanId(0);
/// Microseconds a bridge takes to look an address up.
const BRIDGE_MICROS: u32 = 4;

/// A frame that has reached a host's or router's interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub device: DeviceId,
    pub interface: InterfaceIndex,
    /// Microseconds since the walk began.
    pub micros: u32,
}

/// Who hears a DHCP message sent from an interface to the broadcast address, in the order in which it gets there.
pub fn broadcast(world: &mut World, device: DeviceId, interface: InterfaceIndex, from_server: bool) -> Vec<Arrival> {
    unicast(world, device, interface, Mac::BROADCAST, from_server)
}

/// Who hears a DHCP message sent from an interface to one station of its link.
pub fn unicast(world: &mut World, device: DeviceId, interface: InterfaceIndex, to: Mac, from_server: bool) -> Vec<Arrival> {
    let mut walk = Walk::new(world, None);
    let Some(source) = walk.interface(device, interface).map(|found| found.mac) else { return Vec::new() };
    walk.send_frame(device, interface, Frame { source, destination: to, cargo: Cargo::Dhcp { from_server } }, 0)
}

/// As [`unicast`] to everybody, with what happened to each frame.
pub fn broadcast_logged(world: &mut World, device: DeviceId, interface: InterfaceIndex, log: &mut Vec<Event>) -> Vec<Arrival> {
    let mut walk = Walk::new(world, Some(log));
    let Some(source) = walk.interface(device, interface).map(|found| found.mac) else { return Vec::new() };
    let frame = Frame { source, destination: Mac::BROADCAST, cargo: Cargo::Dhcp { from_server: false } };
    walk.send_frame(device, interface, frame, 0)
}

/// The MAC table as it counts now: aged entries and those of ports without a link are gone.
#[must_use]
pub fn mac_table(world: &World, device: DeviceId) -> Vec<(VlanId, Mac, PortIndex)> {
    let Some(switching) = &world.device(device).switching else { return Vec::new() };
    let fresh = switching.mac_table.iter().filter(|(_, (_, heard))| world.now - *heard < AGEING);
    fresh
        .filter(|(_, (port, _))| link::of(world, PortRef { device, port: *port }).is_some())
        .map(|((vlan, mac), (port, _))| (*vlan, *mac, *port))
        .collect()
}

/// Whether a port belongs to the part of its device that forwards frames, and not to its IP stack.
#[must_use]
pub fn bridges(device: &Device, port: PortIndex) -> bool {
    let Some(found) = device.ports.get(usize::from(port.0)) else { return false };
    found.switching.is_some() || found.media != Media::Radio && plain_bridge(device)
}

/// Modems, desk phones with a second socket and access points without VLAN settings pass on whatever comes.
fn plain_bridge(device: &Device) -> bool {
    let kind = match device.kind {
        Kind::Modem | Kind::AccessPoint => true,
        Kind::Phone => device.ports.len() > 1,
        _ => false,
    };
    kind && device.ports.iter().all(|port| port.switching.is_none())
}

/// Bridges that do not look at tags.
fn transparent(device: &Device) -> bool {
    plain_bridge(device) || matches!(device.system, System::Fixed) && device.kind == Kind::Switch
}

/// The VLAN of frames without a tag on a port.
fn untagged(device: &Device, port: PortIndex) -> VlanId {
    if transparent(device) {
        return UNTAGGED;
    }
    let mode = device.ports.get(usize::from(port.0)).and_then(|port| port.switching.as_ref()).map(|switching| &switching.mode);
    match mode {
        Some(SwitchMode::Access(vlan)) => *vlan,
        Some(SwitchMode::Trunk { native, .. }) => *native,
        None => UNTAGGED,
    }
}

/// The VLAN in which a frame enters, or why it does not.
fn entering(device: &Device, port: PortIndex, tag: Option<VlanId>) -> Result<VlanId, Reason> {
    if transparent(device) {
        return Ok(tag.unwrap_or(UNTAGGED));
    }
    let settings = device.ports.get(usize::from(port.0)).and_then(|port| port.switching.as_ref()).ok_or(Reason::WrongVlan)?;
    if settings.blocked {
        return Err(Reason::Blocked);
    }
    let vlan = match (&settings.mode, tag) {
        (SwitchMode::Access(vlan), None) => *vlan,
        (SwitchMode::Access(_), Some(tag)) if settings.voice_vlan == Some(tag) => tag,
        (SwitchMode::Access(_), Some(_)) => return Err(Reason::WrongVlan),
        (SwitchMode::Trunk { native, allowed }, tag) => {
            let vlan = tag.unwrap_or(*native);
            if allowed.as_ref().is_some_and(|allowed| !allowed.contains(&vlan)) {
                return Err(Reason::WrongVlan);
            }
            vlan
        }
    };
    if known(device, vlan) { Ok(vlan) } else { Err(Reason::UnknownVlan) }
}

/// Only managed switches keep a VLAN database; VLAN 1 is always in it.
fn known(device: &Device, vlan: VlanId) -> bool {
    device.ios().is_none()
        || vlan == VlanId(1)
        || device.switching.as_ref().is_some_and(|switching| switching.vlans.contains_key(&vlan))
}

/// How a frame of `vlan` leaves a port: not at all, or with or without a tag.
#[expect(clippy::option_option, reason = "the outer one is whether it leaves, the inner one its tag")]
fn leaving(device: &Device, port: PortIndex, vlan: VlanId) -> Option<Option<VlanId>> {
    if !bridges(device, port) {
        return None;
    }
    if transparent(device) {
        return Some((vlan != UNTAGGED).then_some(vlan));
    }
    let settings: &SwitchPort = device.ports.get(usize::from(port.0))?.switching.as_ref()?;
    if settings.blocked || settings.err_disabled.is_some() {
        return None;
    }
    match &settings.mode {
        SwitchMode::Access(own) if *own == vlan => Some(None),
        SwitchMode::Access(_) => (settings.voice_vlan == Some(vlan)).then_some(Some(vlan)),
        SwitchMode::Trunk { native, allowed } => {
            let allowed = allowed.as_ref().is_none_or(|allowed| allowed.contains(&vlan));
            allowed.then_some((*native != vlan).then_some(vlan))
        }
    }
}

/// One frame on its way.
struct Run {
    frame: Frame,
    pending: VecDeque<Step>,
    arrivals: Vec<Arrival>,
}

/// The frame has reached the other end of a wire, or an access point through the air.
struct Step {
    port: PortRef,
    tag: Option<VlanId>,
    /// Through the air: the network's VLAN.
    air: Option<VlanId>,
    micros: u32,
}

impl Walk<'_> {
    /// Carries one frame to every interface that takes it.
    pub(super) fn send_frame(&mut self, device: DeviceId, interface: InterfaceIndex, frame: Frame, micros: u32) -> Vec<Arrival> {
        let Some(attach) = self.interface(device, interface).filter(|found| found.enabled).map(|found| found.attach) else {
            return Vec::new();
        };
        let mut run = Run { frame, pending: VecDeque::new(), arrivals: Vec::new() };
        match attach {
            Attach::Loopback => {}
            Attach::Vlan(vlan) => self.forward(&mut run, device, None, vlan, micros),
            Attach::Port(port) if bridges(self.world.device(device), port) => {
                let vlan = untagged(self.world.device(device), port);
                self.forward(&mut run, device, None, vlan, micros);
            }
            Attach::Port(port) => self.leave(&mut run, PortRef { device, port }, None, micros),
            Attach::Sub(port, vlan) => self.leave(&mut run, PortRef { device, port }, Some(vlan), micros),
        }
        // A frame that goes round where spanning tree does not see it (VLANs leaking into each other) ends here.
        let mut left = 64 + 4 * self.world.devices.iter().map(|device| device.ports.len()).sum::<usize>();
        while let Some(step) = run.pending.pop_front() {
            if left == 0 {
                break;
            }
            left -= 1;
            self.enter(&mut run, &step);
        }
        run.arrivals
    }

    /// Out of a port and along its wire, or from a station through the air.
    fn leave(&mut self, run: &mut Run, port: PortRef, tag: Option<VlanId>, micros: u32) {
        let Some(link) = self.link(port) else {
            self.note(micros, port, tag, What::Dropped(Reason::NoLink), run.frame);
            return;
        };
        let radio = link::at(self.world, port).is_some_and(|port| port.media == Media::Radio);
        let air = if radio { super::wifi::uplink(self.world, port).map(|(_, vlan)| vlan) } else { None };
        self.note(micros, port, tag, What::Sent, run.frame);
        let micros = micros.saturating_add(self.travel(port, &link, run.frame));
        let bytes = u64::from(run.frame.bytes());
        if self.damage(port, &link, run.frame.bytes()) {
            self.note(micros, link.peer, tag, What::Dropped(Reason::Damaged), run.frame);
            return;
        }
        if let Some(counters) = self.counters(link.peer).filter(|_| !radio) {
            counters.frames_in = counters.frames_in.saturating_add(1);
            counters.bytes_in = counters.bytes_in.saturating_add(bytes);
        }
        run.pending.push_back(Step { port: link.peer, tag, air, micros });
    }

    fn enter(&mut self, run: &mut Run, step: &Step) {
        let Step { port, tag, air, micros } = *step;
        if !crate::machine::is_up(self.world, port.device) {
            self.note(micros, port, tag, What::Dropped(Reason::NotRunning), run.frame);
            return;
        }
        let device = self.world.device(port.device);
        if !bridges(device, port.port) && air.is_none() {
            self.receive(run, port, tag, micros);
            return;
        }
        let vlan = match air {
            Some(vlan) => Ok(if transparent(device) { UNTAGGED } else { vlan }),
            None => entering(device, port.port, tag),
        };
        let admitted = vlan.and_then(|vlan| self.admit(port, air.is_some(), vlan, run.frame).map(|()| vlan));
        match admitted {
            Ok(vlan) => {
                let from = if air.is_some() { None } else { Some(port.port) };
                if self.deliver_here(run, port.device, vlan, micros) {
                    self.forward(run, port.device, from, vlan, micros.saturating_add(BRIDGE_MICROS));
                }
            }
            Err(reason) => self.note(micros, port, tag, What::Dropped(reason), run.frame),
        }
    }

    /// What a switch checks and learns before it forwards.
    fn admit(&mut self, port: PortRef, air: bool, vlan: VlanId, frame: Frame) -> Result<(), Reason> {
        let now = self.world.now;
        let device = self.world.device_mut(port.device);
        if let Some(switching) = &mut device.switching {
            if switching.storm {
                switching.mac_flaps = switching.mac_flaps.saturating_add(1);
                return Err(Reason::Storm);
            }
            let trusted = device
                .ports
                .get(usize::from(port.port.0))
                .and_then(|port| port.switching.as_ref())
                .is_none_or(|settings| settings.snooping_trusted);
            let server = frame.cargo == Cargo::Dhcp { from_server: true };
            if server && switching.snooping && switching.snooping_vlans.contains(&vlan) && !trusted {
                if let Some(switching) = self.world.device_mut(port.device).switching.as_mut() {
                    switching.snooping_drops = switching.snooping_drops.saturating_add(1);
                }
                return Err(Reason::Snooping);
            }
        }
        secure(self.world, port, frame.source)?;
        if let Some(switching) = self.world.device_mut(port.device).switching.as_mut().filter(|_| !air) {
            switching.mac_table.insert((vlan, frame.source), (port.port, now));
        }
        Ok(())
    }

    /// To a switch's own interfaces in the VLAN; false when the frame was for them alone.
    fn deliver_here(&mut self, run: &mut Run, device: DeviceId, vlan: VlanId, micros: u32) -> bool {
        let found = self.world.device(device);
        let mut taken = Vec::new();
        for (at, interface) in found.stack.interfaces.iter().enumerate() {
            let inside = match interface.attach {
                Attach::Vlan(own) => own == vlan,
                Attach::Port(port) => bridges(found, port) && untagged(found, port) == vlan,
                Attach::Sub(..) | Attach::Loopback => false,
            };
            if inside && interface.enabled && takes(interface.mac, run.frame.destination) {
                taken.push(InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX)));
            }
        }
        for interface in &taken {
            self.note(micros, PortRef { device, port: PortIndex(0) }, Some(vlan), What::Received(*interface), run.frame);
            run.arrivals.push(Arrival { device, interface: *interface, micros });
        }
        taken.is_empty() || run.frame.destination == Mac::BROADCAST
    }

    /// Through a switch: to the port where the station was heard, or everywhere in the VLAN.
    fn forward(&mut self, run: &mut Run, device: DeviceId, from: Option<PortIndex>, vlan: VlanId, micros: u32) {
        let found = self.world.device(device);
        if !known(found, vlan) || found.switching.as_ref().is_some_and(|switching| switching.storm) {
            return;
        }
        if found.access_point().is_some() && self.through_the_air(run, device, vlan, micros) {
            return;
        }
        let heard = self.heard(device, vlan, run.frame.destination);
        if heard.is_none() {
            let port = PortRef { device, port: from.unwrap_or_default() };
            self.note(micros, port, Some(vlan), What::Flooded, run.frame);
        }
        for at in 0..self.world.device(device).ports.len() {
            let port = PortIndex(u8::try_from(at).unwrap_or(u8::MAX));
            if Some(port) == from || heard.is_some_and(|heard| heard != port) {
                continue;
            }
            if let Some(tag) = leaving(self.world.device(device), port, vlan)
                && self.link(PortRef { device, port }).is_some()
            {
                self.leave(run, PortRef { device, port }, tag, micros);
            }
        }
    }

    /// Where a station was last heard, if that still counts.
    fn heard(&self, device: DeviceId, vlan: VlanId, station: Mac) -> Option<PortIndex> {
        let switching = self.world.device(device).switching.as_ref()?;
        let (port, at) = *switching.mac_table.get(&(vlan, station))?;
        let fresh = self.world.now - at < AGEING;
        (fresh && leaving(self.world.device(device), port, vlan).is_some() && self.link(PortRef { device, port }).is_some())
            .then_some(port)
    }

    /// From an access point to its stations; true when the frame was for one of them alone.
    fn through_the_air(&mut self, run: &mut Run, access_point: DeviceId, vlan: VlanId, micros: u32) -> bool {
        let any = transparent(self.world.device(access_point));
        let mut stations = Vec::new();
        for device in &self.world.devices {
            for (at, port) in device.ports.iter().enumerate() {
                let own = PortRef { device: device.id, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
                if port.wifi.is_some() && port_takes(device, own.port, run.frame) {
                    stations.push(own);
                }
            }
        }
        let mut alone = false;
        for station in stations {
            let joined = super::wifi::uplink(self.world, station);
            if joined.is_some_and(|(device, network)| device == access_point && (any || network == vlan))
                && let Some(link) = self.link(station)
            {
                let micros = micros.saturating_add(self.travel(station, &link, run.frame));
                run.pending.push_back(Step { port: station, tag: None, air: None, micros });
                alone |= run.frame.destination != Mac::BROADCAST;
            }
        }
        alone
    }

    /// At a host or router: to the interfaces that take it.
    fn receive(&mut self, run: &mut Run, port: PortRef, tag: Option<VlanId>, micros: u32) {
        let device = self.world.device(port.device);
        let wanted = tag.map_or(Attach::Port(port.port), |vlan| Attach::Sub(port.port, vlan));
        let takers: Vec<_> = device
            .stack
            .interfaces
            .iter()
            .enumerate()
            .filter(|(_, found)| found.attach == wanted && found.enabled && takes(found.mac, run.frame.destination))
            .map(|(at, _)| InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX)))
            .collect();
        for interface in takers {
            self.note(micros, port, tag, What::Received(interface), run.frame);
            run.arrivals.push(Arrival { device: port.device, interface, micros });
        }
    }

    /// Microseconds over one link: sending the bits, the way, and a little that differs from frame to frame.
    fn travel(&self, port: PortRef, link: &Link, frame: Frame) -> u32 {
        let sent = link::at(self.world, port).map_or(0, |port| port.counters.frames_out);
        let jitter = |most: u64| {
            let seed = sent.wrapping_mul(31).wrapping_add(u64::from(port.device.0)).to_le_bytes();
            u32::try_from(crate::hash::fnv1a(&seed) % most.max(1)).unwrap_or_default()
        };
        let bits = u32::from(frame.bytes()).saturating_mul(8) / link.speed.max(1);
        let media = link::at(self.world, port).map(|port| port.media);
        let way = match media {
            // To the provider and beyond: a few milliseconds each (access lines and regional backbones).
            Some(Media::Line) => 1800 + jitter(900),
            // The air is shared: access delay of a quiet 802.11 network; a saturated one makes everybody wait.
            Some(Media::Radio) => 900 + jitter(1400) + self.air_delay(port),
            _ => 4 + jitter(12),
        };
        bits.saturating_add(way)
    }

    fn air_delay(&self, station: PortRef) -> u32 {
        /// What a station waits for its turn where one other takes nearly all of the air.
        const SATURATED: u32 = 180_000;
        let joined = super::wifi::uplink(self.world, station);
        let access_point = joined.and_then(|(device, _)| self.world.device(device).access_point());
        let busy = access_point.is_some_and(|found| found.saturated_by.is_some() && !found.rate_limit);
        if busy { SATURATED } else { 0 }
    }

    /// Counts the frame at its sender and says whether it arrives damaged. Losses follow the counters, so they come in bursts and
    /// are the same on every machine.
    fn damage(&mut self, port: PortRef, link: &Link, bytes: u16) -> bool {
        /// Frames this long are nearly always hit by a late collision when both ends send (512 bit times are 64 bytes).
        const LONG: u16 = 256;
        let Some(counters) = self.counters(port) else { return false };
        counters.frames_out = counters.frames_out.saturating_add(1);
        counters.bytes_out = counters.bytes_out.saturating_add(u64::from(bytes));
        let turn = counters.frames_out;
        let hit = link.mismatch && if bytes >= LONG { turn % 3 == 0 } else { turn % 16 == 0 };
        let burst = link.noisy && turn % 8 >= 6;
        if hit && !link.full_duplex {
            counters.late_collisions = counters.late_collisions.saturating_add(1);
        }
        if !hit && !burst {
            return false;
        }
        if let Some(far) = self.counters(link.peer) {
            far.crc_errors = far.crc_errors.saturating_add(1);
        }
        self.damaged = self.damaged.saturating_add(1);
        true
    }

    fn counters(&mut self, port: PortRef) -> Option<&mut crate::world::port::Counters> {
        let device = self.world.devices.get_mut(usize::from(port.device.0))?;
        device.ports.get_mut(usize::from(port.port.0)).map(|port| &mut port.counters)
    }
}

fn takes(own: Mac, destination: Mac) -> bool {
    destination == Mac::BROADCAST || destination == own
}

fn port_takes(device: &Device, port: PortIndex, frame: Frame) -> bool {
    frame.source != device.ports.get(usize::from(port.0)).map_or(frame.source, |port| port.mac)
        && device.stack.interfaces.iter().any(|found| found.attach == Attach::Port(port) && takes(found.mac, frame.destination))
}

/// Port security: a station too many shuts the port.
fn secure(world: &mut World, port: PortRef, source: Mac) -> Result<(), Reason> {
    let now = world.now;
    let device = world.device_mut(port.device);
    let Some(found) = device.ports.get_mut(usize::from(port.port.0)) else { return Ok(()) };
    let name = found.name.clone();
    let Some(settings) = &mut found.switching else { return Ok(()) };
    let Some(security) = &mut settings.port_security else { return Ok(()) };
    if security.learned.contains(&source) {
        return Ok(());
    }
    if security.learned.len() < usize::from(security.maximum) {
        security.learned.insert(source);
        return Ok(());
    }
    security.violations = security.violations.saturating_add(1);
    settings.err_disabled = Some(ErrDisable::PortSecurity);
    if let Some(ios) = device.ios_mut() {
        ios.log.push(LogLine {
            at: now,
            facility: "PM".to_owned(),
            severity: 4,
            mnemonic: "ERR_DISABLE".to_owned(),
            text: format!("psecure-violation error detected on {name}, putting {name} in err-disable state"),
        });
        ios.log.push(LogLine {
            at: now,
            facility: "PORT_SECURITY".to_owned(),
            severity: 2,
            mnemonic: "PSECURE_VIOLATION".to_owned(),
            text: format!("Security violation occurred, caused by MAC address {} on port {name}.", source.dotted()),
        });
    }
    Err(Reason::PortSecurity)
}
