//! What is wrong with cables: N1, N2, N4, N5, N11.

use super::{at_hosts, cable, cable_at, far_end, link_lost, port_of, repair_cable};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::net::link;
use crate::world::cable::{CableKind, Damage};
use crate::world::port::{Media, Optic};
use crate::world::{PortIndex, PortRef, World};

/// Longer than the hundred metres of a channel.
const TOO_LONG_METRES: u16 = 128;

pub const UNPLUGGED: Fault = Fault {
    id: "N1",
    title: "The network cable is not plugged in",
    layer: Layer::Physical,
    component: "cable",
    tier: Tier::T1,
    targets: at_hosts,
    inject: |world, target, _| {
        let port = port_of(target);
        if let Some(at) = cable_at(world, port) {
            for end in world.cables[at].ends.iter_mut().filter(|end| **end == Some(port)) {
                *end = None;
            }
        }
    },
    traces: link_lost,
    present: |world, target| cable_at(world, port_of(target)).is_none(),
    repair: |world, target, healthy| repair_cable(world, target, healthy),
};

pub const BROKEN: Fault = Fault {
    id: "N2",
    title: "The network cable is broken",
    layer: Layer::Physical,
    component: "cable",
    tier: Tier::T1,
    targets: copper_hosts,
    inject: |world, target, _| damage(world, target, Damage::PairOpen),
    traces: link_lost,
    // Pulling it out mends nothing: another one has to be in.
    present: |world, target| cable(world, target).is_none_or(|cable| cable.damage == Damage::PairOpen),
    repair: |world, target, healthy| repair_cable(world, target, healthy),
};

pub const SLOW: Fault = Fault {
    id: "N4",
    title: "The patch lead carries no gigabit",
    layer: Layer::Physical,
    component: "cable",
    tier: Tier::T1,
    targets: copper_hosts,
    inject: |world, target, chance| {
        if chance.below(3) > 0 {
            damage(world, target, Damage::GigabitPairOpen);
        } else if let Some(at) = cable_at(world, port_of(target)) {
            world.cables[at].kind = CableKind::Cat3;
        }
    },
    traces: no_traces,
    present: |world, target| {
        cable(world, target).is_none_or(|cable| cable.damage == Damage::GigabitPairOpen || cable.kind == CableKind::Cat3)
    },
    repair: |world, target, healthy| repair_cable(world, target, healthy),
};

pub const NOISY: Fault = Fault {
    id: "N5",
    title: "The cable runs beside a motor or is too long",
    layer: Layer::Physical,
    component: "cable",
    tier: Tier::Facilities,
    targets: copper_hosts,
    inject: |world, target, chance| {
        if let Some(at) = cable_at(world, port_of(target)) {
            if chance.below(2) == 0 {
                world.cables[at].beside_motor = true;
            } else {
                world.cables[at].metres = TOO_LONG_METRES;
            }
        }
    },
    traces: no_traces,
    present: |world, target| cable(world, target).is_none_or(|cable| cable.beside_motor || cable.metres > link::COPPER_METRES),
    repair: |world, target, healthy| repair_cable(world, target, healthy),
};

pub const FIBRE: Fault = Fault {
    id: "N11",
    title: "The fibre's strands are swapped, or an optic does not fit",
    layer: Layer::Physical,
    component: "fibre link",
    tier: Tier::T3,
    targets: fibres,
    inject: |world, target, chance| {
        if chance.below(2) == 0 {
            damage(world, target, Damage::Swapped);
        } else if let Some(port) = port_mut(world, port_of(target)) {
            port.media = Media::Fibre(if port.media == Media::Fibre(Optic::Lx) { Optic::Sx } else { Optic::Lx });
        }
    },
    traces: link_lost,
    present: |world, target| {
        let ends = far_end(world, target).and_then(|far| Some((link::at(world, port_of(target))?, link::at(world, far)?)));
        let Some(((near, far), cable)) = ends.zip(cable(world, target)) else { return true };
        link::carries(near.media, far.media, cable).is_none()
    },
    repair: |world, target, healthy| {
        repair_cable(world, target, healthy);
        let port = port_of(target);
        if let (Some(changed), Some(sound)) = (port_mut(world, port), link::at(healthy, port)) {
            changed.media = sound.media;
        }
    },
};

/// Those on twisted pair.
fn copper_hosts(world: &World) -> Vec<Target> {
    let copper = |target: &Target| {
        cable(world, target).is_some_and(|cable| matches!(cable.kind, CableKind::Cat5e | CableKind::Cat6 | CableKind::Cat6a))
    };
    at_hosts(world).into_iter().filter(copper).collect()
}

/// One end of each fibre.
fn fibres(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for cable in &world.cables {
        let [Some(near), Some(far)] = cable.ends else { continue };
        if matches!(cable.kind, CableKind::FibreMultiMode | CableKind::FibreSingleMode) && link::of(world, near).is_some() {
            found.push(Target { device: near.device, port: Some(near.port), other: Some(far.device), ..Target::default() });
        }
    }
    found
}

fn damage(world: &mut World, target: &Target, damage: Damage) {
    if let Some(at) = cable_at(world, port_of(target)) {
        world.cables[at].damage = damage;
    }
}

pub(super) fn port_mut(world: &mut World, at: PortRef) -> Option<&mut crate::world::port::Port> {
    let PortRef { device, port: PortIndex(port) } = at;
    world.devices.get_mut(usize::from(device.0))?.ports.get_mut(usize::from(port))
}
