//! What others see when a link comes or goes: log lines of switches, addresses asked for anew, power by the cable.

use crate::net::link;
use crate::world::device::System;
use crate::world::hardware::PowerState;
use crate::world::network_device::LogLine;
use crate::world::port::{Media, SwitchMode};
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, World};

/// Does something to the world and lets every device notice which links came and went by it.
pub fn watch<T>(world: &mut World, change: impl FnOnce(&mut World) -> T) -> T {
    let before = up(world);
    let result = change(world);
    super::follow_poe(world);
    crate::net::settle(world);
    let after = up(world);
    for port in before.iter().filter(|port| !after.contains(port)) {
        went(world, *port);
    }
    for port in after.iter().filter(|port| !before.contains(port)) {
        came(world, *port);
    }
    result
}

/// Every wired port that has a link now.
fn up(world: &World) -> Vec<PortRef> {
    let mut found = Vec::new();
    for device in world.device_ids() {
        for (at, port) in (0_u8..).zip(&world.device(device).ports) {
            let at = PortRef { device, port: PortIndex(at) };
            if port.media != Media::Radio && link::of(world, at).is_some() {
                found.push(at);
            }
        }
    }
    found
}

fn went(world: &mut World, port: PortRef) {
    let Some(name) = name(world, port) else { return };
    if world.device(port.device).ports.get(usize::from(port.port.0)).is_some_and(|port| !port.enabled) {
        write(world, port.device, "LINK", 5, "CHANGED", format!("Interface {name}, changed state to administratively down"));
        write(world, port.device, "LINEPROTO", 5, "UPDOWN", format!("Line protocol on Interface {name}, changed state to down"));
        return;
    }
    write(world, port.device, "LINEPROTO", 5, "UPDOWN", format!("Line protocol on Interface {name}, changed state to down"));
    write(world, port.device, "LINK", 3, "UPDOWN", format!("Interface {name}, changed state to down"));
    if let Some(switching) = &mut world.device_mut(port.device).switching {
        switching.mac_table.retain(|_, (learned, _)| *learned != port.port);
    }
}

fn came(world: &mut World, port: PortRef) {
    if let Some(name) = name(world, port) {
        write(world, port.device, "LINK", 3, "UPDOWN", format!("Interface {name}, changed state to up"));
        write(world, port.device, "LINEPROTO", 5, "UPDOWN", format!("Line protocol on Interface {name}, changed state to up"));
        return;
    }
    if !crate::machine::is_up(world, port.device) || !super::asks_for_addresses(world, port.device) {
        return;
    }
    for (index, interface) in (0_u8..).zip(world.device(port.device).stack.interfaces.clone().into_inner()) {
        let here = matches!(interface.attach, crate::world::interface::Attach::Port(own) if own == port.port);
        if here && interface.dhcp.enabled && interface.enabled {
            crate::net::dhcp::link_up(world, port.device, InterfaceIndex(index));
        }
    }
}

/// CDP compares the native VLANs of both ends of a link and says so when they differ.
pub fn native_vlans(world: &mut World, port: PortRef) {
    let Some(peer) = link::of(world, port).map(|link| link.peer) else { return };
    let (Some(own), Some(far)) = (native(world, port), native(world, peer)) else { return };
    if own == far {
        return;
    }
    for (here, there, mine, theirs) in [(port, peer, own, far), (peer, port, far, own)] {
        if !world.device(here.device).ios().is_some_and(|ios| ios.cdp) {
            return;
        }
        let (Some(local), Some(remote)) = (name(world, here), name(world, there)) else { return };
        let host = crate::shell::ios::hostname(world, there.device);
        let text = format!("Native VLAN mismatch discovered on {local} ({mine}), with {host} {remote} ({theirs}).");
        write(world, here.device, "CDP", 4, "NATIVE_VLAN_MISMATCH", text);
    }
}

/// The VLAN in which a port sends untagged frames.
fn native(world: &World, port: PortRef) -> Option<u16> {
    Some(match link::at(world, port)?.switching.as_ref()?.mode {
        SwitchMode::Access(vlan) => vlan.0,
        SwitchMode::Trunk { native, .. } => native.0,
    })
}

/// The long name of a port of a managed device; `None` on everything else.
fn name(world: &World, port: PortRef) -> Option<String> {
    let device = world.device(port.device);
    device.ios()?;
    Some(crate::shell::ios::names::long(&device.ports.get(usize::from(port.port.0))?.name))
}

/// Writes a line into the log of a managed device that runs.
pub fn write(world: &mut World, device: DeviceId, facility: &str, severity: u8, mnemonic: &str, text: String) {
    /// About what a logging buffer of 4096 bytes holds, twice.
    const KEPT: usize = 100;
    if super::state(world, device) != PowerState::Running {
        return;
    }
    let at = world.now;
    if let System::Ios(ios) = &mut world.device_mut(device).system {
        if ios.log.len() >= KEPT {
            ios.log.remove(0);
        }
        ios.log.push(LogLine { at, facility: facility.to_owned(), severity, mnemonic: mnemonic.to_owned(), text });
    }
}
