//! Whether a port has a link, and what was negotiated.

use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::device::System;
use crate::world::hardware::{Peripheral, PowerState};
use crate::world::interface::Attach;
use crate::world::port::{Duplex, Media, Optic, Port, Speed};
use crate::world::{DeviceId, PortIndex, PortRef, World};

/// The link of one port at this moment; computed from the ports, the cable and the power at both ends, never kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub peer: PortRef,
    /// Mb/s.
    pub speed: u32,
    pub full_duplex: bool,
    /// The other end is on another duplex: late collisions here, CRC errors there.
    pub mismatch: bool,
    /// Errors come in bursts: too long, beside a motor, dirty.
    pub noisy: bool,
}

/// ISO/IEC 11801: the longest channel of twisted pair.
pub const COPPER_METRES: u16 = 100;
/// Where twisted pair gives no link at all any more; no standard says it, testers see it at about twice the channel.
const COPPER_DEAD_METRES: u16 = 250;
/// IEEE 802.3, 1000BASE-SX on OM2 fibre.
const MULTI_MODE_METRES: u16 = 550;
/// IEEE 802.3, 10GBASE-T on category 6.
const CAT6_TEN_GIGABIT_METRES: u16 = 55;
/// What a line to the provider carries where the port does not say, in Mb/s.
const LINE_SPEED: u32 = 100;
/// From here on 802.3 requires autonegotiation, so a fixed speed only narrows what is offered.
const GIGABIT: u32 = 1000;

#[must_use]
pub fn of(world: &World, port: PortRef) -> Option<Link> {
    if at(world, port)?.media == Media::Radio {
        return radio(world, port);
    }
    let (cable, peer) = other_end(world, port)?;
    between(world, port, peer, cable)
}

/// How many ports of a device carry anything: the interface on them is enabled, and there is a link.
#[must_use]
pub fn carrying(world: &World, device: DeviceId) -> usize {
    let machine = world.device(device);
    let enabled = |port: PortIndex| {
        machine.stack.interfaces.iter().any(|interface| interface.enabled && interface.attach == Attach::Port(port))
    };
    let ports = (0..machine.ports.len()).map(|at| PortIndex(u8::try_from(at).unwrap_or(u8::MAX)));
    ports.filter(|port| enabled(*port) && of(world, PortRef { device, port: *port }).is_some()).count()
}

/// The port, where there is one of that number.
#[must_use]
pub fn at(world: &World, port: PortRef) -> Option<&Port> {
    world.devices.get(usize::from(port.device.0))?.ports.get(usize::from(port.port.0))
}

/// The cable in a port and the port at its other end.
#[must_use]
pub fn other_end(world: &World, port: PortRef) -> Option<(&Cable, PortRef)> {
    world.cables.iter().find_map(|cable| match cable.ends {
        [Some(here), Some(there)] if here == port => Some((cable, there)),
        [Some(there), Some(here)] if here == port => Some((cable, there)),
        _ => None,
    })
}

/// The link between two ports that a cable joins, as the first of them sees it.
#[must_use]
pub fn between(world: &World, here: PortRef, there: PortRef, cable: &Cable) -> Option<Link> {
    if here == there || !ready(world, here) || !ready(world, there) {
        return None;
    }
    let (near, far) = (at(world, here)?, at(world, there)?);
    let limit = carries(near.media, far.media, cable)?;
    let (speed, duplex, far_duplex) = negotiate(near, far, limit)?;
    let copper = matches!(cable.kind, CableKind::Cat3 | CableKind::Cat5e | CableKind::Cat6 | CableKind::Cat6a);
    let noisy = cable.damage == Damage::Dirty || copper && (cable.metres > COPPER_METRES || cable.beside_motor);
    Some(Link { peer: there, speed, full_duplex: duplex, mismatch: duplex != far_duplex, noisy })
}

/// Powered, switched on by its settings, not broken, not shut down by the switch.
#[must_use]
pub fn ready(world: &World, port: PortRef) -> bool {
    let Some(found) = at(world, port) else { return false };
    let device = world.device(port.device);
    let shut = found.switching.as_ref().is_some_and(|switching| switching.err_disabled.is_some());
    let interface_off =
        device.stack.interfaces.iter().any(|interface| interface.attach == Attach::Port(port.port) && !interface.enabled);
    found.enabled && !found.broken && !shut && !interface_off && !adapter_off(world, port) && powered(world, port.device)
}

/// Its network ports have power: the system need not run for that.
#[must_use]
pub fn powered(world: &World, device: DeviceId) -> bool {
    crate::machine::power::state(world, device) != PowerState::Off
}

/// Windows: the adapter is disabled in Device Manager (code 22), not there, or has no working driver.
fn adapter_off(world: &World, port: PortRef) -> bool {
    let peripherals = &world.device(port.device).hardware.peripherals;
    // Every frame asks this of both ends, and mostly nothing in the machine is off: the names are compared only then.
    peripherals.iter().any(off) && adapter(world, port).is_some_and(|at| off(&peripherals[at]))
}

fn off(peripheral: &Peripheral) -> bool {
    peripheral.disabled
        || !peripheral.connected
        || !peripheral.works
        || peripheral.driver.version.is_empty()
        || peripheral.driver.faulty
        || peripheral.driver.cannot_start
}

/// The position of a port's adapter in the peripherals of a Windows machine: radios are those with "Wi-Fi" or "Wireless" in
/// their name, the others are wired ones in the order of the ports.
#[must_use]
pub fn adapter(world: &World, port: PortRef) -> Option<usize> {
    let device = world.device(port.device);
    let System::Windows(_) = device.system else { return None };
    let radio = |index: usize| device.ports.get(index).is_some_and(|port| port.media == Media::Radio);
    let own = usize::from(port.port.0);
    let nth = (0..own).filter(|index| radio(*index) == radio(own)).count();
    let adapters = device.hardware.peripherals.iter().enumerate().filter(|(_, peripheral)| {
        let wireless = || peripheral.name.contains("Wi-Fi") || peripheral.name.contains("Wireless");
        peripheral.class == "Network adapters" && wireless() == radio(own)
    });
    adapters.map(|(at, _)| at).nth(nth)
}

/// The two ends of a cable would not agree on the duplex.
#[must_use]
pub fn mismatched(near: &Port, far: &Port, cable: &Cable) -> bool {
    let agreed = carries(near.media, far.media, cable).and_then(|limit| negotiate(near, far, limit));
    agreed.is_some_and(|(_, here, there)| here != there)
}

/// The fastest speed that the two media and the cable carry, in Mb/s.
#[must_use]
pub fn carries(near: Media, far: Media, cable: &Cable) -> Option<u32> {
    let kind = cable.kind;
    match (near, far) {
        (Media::Copper(a), Media::Copper(b)) => Some(a.min(b).min(copper(cable)?)),
        (Media::Fibre(a), Media::Fibre(b)) => {
            let fits = a == b
                && match a {
                    Optic::None => false,
                    Optic::Sx => kind == CableKind::FibreMultiMode && cable.metres <= MULTI_MODE_METRES,
                    Optic::Lx => kind == CableKind::FibreSingleMode,
                };
            (fits && matches!(cable.damage, Damage::Whole | Damage::Dirty)).then_some(GIGABIT)
        }
        // Beyond the provider's end nobody looks at sockets, so a line goes into anything that is not a radio.
        (Media::Line, Media::Line | Media::Copper(_)) | (Media::Copper(_), Media::Line) => {
            (cable.damage != Damage::PairOpen).then_some(LINE_SPEED)
        }
        _ => None,
    }
}

fn copper(cable: &Cable) -> Option<u32> {
    if cable.metres > COPPER_DEAD_METRES {
        return None;
    }
    let kind = match cable.kind {
        CableKind::Cat3 => 10,
        CableKind::Cat5e => 2500,
        CableKind::Cat6 if cable.metres <= CAT6_TEN_GIGABIT_METRES => 10_000,
        CableKind::Cat6 => 5000,
        CableKind::Cat6a => 10_000,
        CableKind::FibreSingleMode | CableKind::FibreMultiMode | CableKind::Line => return None,
    };
    match cable.damage {
        Damage::Whole | Damage::Dirty => Some(kind),
        Damage::GigabitPairOpen => Some(kind.min(100)),
        Damage::PairOpen | Damage::Swapped => None,
    }
}

/// Speed, and whether here and there are full duplex.
fn negotiate(near: &Port, far: &Port, limit: u32) -> Option<(u32, bool, bool)> {
    let both_full = near.duplex != Duplex::Half && far.duplex != Duplex::Half;
    match (fixed(near), fixed(far)) {
        (None, None) => {
            let wanted = [near.speed, far.speed].into_iter().filter_map(|speed| match speed {
                Speed::Auto => None,
                Speed::Fixed(speed) => Some(speed),
            });
            let speed = wanted.clone().min().unwrap_or(limit);
            (speed <= limit && wanted.max().is_none_or(|most| most == speed)).then_some((speed, both_full, both_full))
        }
        (Some(speed), Some(other)) => {
            let full = |port: &Port| port.duplex == Duplex::Full;
            (speed == other && speed <= limit).then(|| (speed, full(near), full(far)))
        }
        // Parallel detection (802.3, clause 28): the speed is heard, the duplex is not, so the negotiating end takes half.
        (None, Some(speed)) => (speed <= limit && offers(near, speed)).then_some((speed, false, far.duplex == Duplex::Full)),
        (Some(speed), None) => (speed <= limit && offers(far, speed)).then_some((speed, near.duplex == Duplex::Full, false)),
    }
}

/// The speed of a port that does not negotiate.
fn fixed(port: &Port) -> Option<u32> {
    match (port.speed, port.duplex) {
        (Speed::Fixed(speed), Duplex::Full | Duplex::Half) if speed < GIGABIT => Some(speed),
        _ => None,
    }
}

fn offers(port: &Port, speed: u32) -> bool {
    port.speed == Speed::Auto || port.speed == Speed::Fixed(speed)
}

/// A station's link is its association; the peer is the first port of the access point.
fn radio(world: &World, port: PortRef) -> Option<Link> {
    if !ready(world, port) {
        return None;
    }
    let (access_point, _) = super::wifi::uplink(world, port)?;
    let peer = PortRef { device: access_point, port: PortIndex(0) };
    Some(Link { peer, speed: super::wifi::rate(world, port), full_duplex: false, mismatch: false, noisy: false })
}
