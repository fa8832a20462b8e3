//! Frames through switches and access points: VLANs, learning, flooding, port security.

mod carry;
pub(super) mod security;
mod wire;

use super::event::{Cargo, Event, Frame, Reason};
use super::link;
use super::walk::Walk;
use crate::time::Span;
use crate::world::device::{Device, Kind, System};
use crate::world::mac::Mac;
use crate::world::port::{Media, SwitchMode, SwitchPort};
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, VlanId, World};

/// How long a switch remembers where a station was heard: IEEE 802.1Q's recommended ageing time.
pub const AGEING: Span = Span::seconds(300);
/// The VLAN of bridges that know none: tags pass unread, the rest is this.
const UNTAGGED: VlanId = VlanId(0);

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
