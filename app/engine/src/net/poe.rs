//! Power over Ethernet: which ports power what, as long as the budget lasts (IEEE 802.3af/at).

use super::link;
use crate::world::cable::{CableKind, Damage};
use crate::world::hardware::PowerState;
use crate::world::{DeviceId, PortIndex, PortRef, World};

/// One powering port, as `show power inline` lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoeState {
    /// Switched off by its settings.
    Off,
    /// Nothing that wants power is there.
    Searching,
    /// Milliwatts that are drawn.
    Delivering(DeviceId, u32),
    /// The budget is used up.
    Denied(DeviceId, u32),
}

/// All powering ports of a device in their order, which is also their priority.
#[must_use]
pub fn ports(world: &World, source: DeviceId) -> Vec<(PortIndex, PoeState)> {
    let device = world.device(source);
    let mut left = device.switching.as_ref().map_or(0, |switching| switching.poe_budget_mw);
    let on = device.power.poe_mw == 0 && crate::machine::power::state(world, source) != PowerState::Off;
    let mut found = Vec::new();
    for (at, port) in device.ports.iter().enumerate() {
        let Some(poe) = port.poe else { continue };
        let index = PortIndex(u8::try_from(at).unwrap_or(u8::MAX));
        let shut = port.switching.as_ref().is_some_and(|switching| switching.err_disabled.is_some());
        let state = if !poe.enabled || !port.enabled || port.broken || shut || !on {
            PoeState::Off
        } else {
            match wants(world, PortRef { device: source, port: index }) {
                None => PoeState::Searching,
                Some((powered, milliwatts)) if milliwatts <= left => {
                    left -= milliwatts;
                    PoeState::Delivering(powered, milliwatts)
                }
                Some((powered, milliwatts)) => PoeState::Denied(powered, milliwatts),
            }
        };
        found.push((index, state));
    }
    found
}

/// A device that lives on a switch port's power gets it.
#[must_use]
pub fn supplied(world: &World, device: DeviceId) -> bool {
    (0..world.device(device).ports.len()).any(|at| {
        let own = PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
        let Some((_, source)) = link::other_end(world, own) else { return false };
        // A source that is itself powered this way gives nothing on: pass-through is not modelled, and nothing goes in circles.
        link::at(world, source).is_some_and(|port| port.poe.is_some())
            && world.device(source.device).power.poe_mw == 0
            && ports(world, source.device)
                .contains(&(source.port, PoeState::Delivering(device, world.device(device).power.poe_mw)))
    })
}

/// The device at the other end that draws power through a sound copper cable.
fn wants(world: &World, port: PortRef) -> Option<(DeviceId, u32)> {
    let (cable, peer) = link::other_end(world, port)?;
    let copper = matches!(cable.kind, CableKind::Cat3 | CableKind::Cat5e | CableKind::Cat6 | CableKind::Cat6a);
    let milliwatts = world.devices.get(usize::from(peer.device.0))?.power.poe_mw;
    (copper && cable.damage != Damage::PairOpen && milliwatts > 0).then_some((peer.device, milliwatts))
}
