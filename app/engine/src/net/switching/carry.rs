//! One frame through wires, switches and the air, to every interface that takes it.

use std::collections::VecDeque;

use super::{Arrival, bridges, entering, known, leaving, security, transparent, untagged};
use crate::net::event::{Cargo, Frame, Reason, What};
use crate::net::link::{self, Link};
use crate::net::walk::Walk;
use crate::net::wifi;
use crate::world::device::Device;
use crate::world::interface::Attach;
use crate::world::mac::Mac;
use crate::world::port::Media;
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, VlanId};

/// Microseconds a bridge takes to look an address up.
const BRIDGE_MICROS: u32 = 4;

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
    pub(in crate::net) fn send_frame(
        &mut self,
        device: DeviceId,
        interface: InterfaceIndex,
        frame: Frame,
        micros: u32,
    ) -> Vec<Arrival> {
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
        let mut left = 64 + 4 * self.ports();
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
        match self.link(port) {
            Some(link) => self.travel_over(run, port, link, tag, micros),
            None => self.note(micros, port, tag, What::Dropped(Reason::NoLink), run.frame),
        }
    }

    fn travel_over(&mut self, run: &mut Run, port: PortRef, link: Link, tag: Option<VlanId>, micros: u32) {
        let radio = link::at(self.world, port).is_some_and(|port| port.media == Media::Radio);
        let air = if radio { wifi::uplink(self.world, port).map(|(_, vlan)| vlan) } else { None };
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
            Some(vlan) => Ok(if transparent(device) { super::UNTAGGED } else { vlan }),
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
        security::check(self.world, port, frame.source)?;
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
            let own = PortRef { device, port };
            if let Some(tag) = leaving(self.world.device(device), port, vlan)
                && let Some(link) = self.link(own)
            {
                self.travel_over(run, own, link, tag, micros);
            }
        }
    }

    /// Where a station was last heard, if that still counts.
    fn heard(&self, device: DeviceId, vlan: VlanId, station: Mac) -> Option<PortIndex> {
        let switching = self.world.device(device).switching.as_ref()?;
        let (port, at) = *switching.mac_table.get(&(vlan, station))?;
        let fresh = self.world.now - at < super::AGEING;
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
            let joined = wifi::uplink(self.world, station);
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
        let wanted = tag.map_or(Attach::Port(port.port), |vlan| Attach::Sub(port.port, vlan));
        for at in 0..self.stack(port.device).interfaces.len() {
            let interface = InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX));
            let found = self.interface(port.device, interface);
            if found.is_some_and(|found| found.attach == wanted && found.enabled && takes(found.mac, run.frame.destination)) {
                self.note(micros, port, tag, What::Received(interface), run.frame);
                run.arrivals.push(Arrival { device: port.device, interface, micros });
            }
        }
    }
}

fn takes(own: Mac, destination: Mac) -> bool {
    destination == Mac::BROADCAST || destination == own
}

fn port_takes(device: &Device, port: PortIndex, frame: Frame) -> bool {
    frame.source != device.ports.get(usize::from(port.0)).map_or(frame.source, |port| port.mac)
        && device.stack.interfaces.iter().any(|found| found.attach == Attach::Port(port) && takes(found.mac, frame.destination))
}
