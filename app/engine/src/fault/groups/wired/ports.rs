//! What is wrong with ports and adapters: N3, N6, N10, N12.

use super::cables::port_mut;
use super::{at_hosts, cable_at, far_end, link_lost, port_of, repair_cable, wired_hosts};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::power::links;
use crate::net::link;
use crate::net::poe::{self, PoeState};
use crate::shell::ios::names;
use crate::world::port::{Duplex, Media, Speed};
use crate::world::{PortRef, World};

pub const DUPLEX: Fault = Fault {
    id: "N3",
    title: "One end of the link is fixed to full duplex, the other negotiates and takes half",
    layer: Layer::DataLink,
    component: "switch port",
    tier: Tier::T3,
    targets: |world| {
        let auto =
            |port: PortRef| link::at(world, port).is_some_and(|port| (port.speed, port.duplex) == (Speed::Auto, Duplex::Auto));
        managed(world).into_iter().filter(|target| auto(port_of(target)) && far_end(world, target).is_some_and(auto)).collect()
    },
    inject: |world, target, _| {
        if let Some(port) = far_end(world, target).and_then(|far| port_mut(world, far)) {
            (port.speed, port.duplex) = (Speed::Fixed(100), Duplex::Full);
        }
    },
    traces: |world, target| {
        /// A morning of copying files.
        const BROKEN: u64 = 4127;
        let far = far_end(world, target);
        if let Some(port) = port_mut(world, port_of(target)) {
            port.counters.late_collisions += BROKEN;
        }
        if let Some(port) = far.and_then(|far| port_mut(world, far)) {
            port.counters.crc_errors += BROKEN + BROKEN / 3;
        }
    },
    present: |world, target| {
        let near = link::at(world, port_of(target));
        match (near, link::other_end(world, port_of(target))) {
            (Some(near), Some((cable, far))) => link::at(world, far).is_some_and(|far| link::mismatched(near, far, cable)),
            // Pulled out: as it was, it would be wrong again.
            (Some(_), None) => true,
            (None, _) => false,
        }
    },
    repair: |world, target, healthy| {
        let far = far_end(healthy, target);
        if let Some((far, sound)) = far.and_then(|far| Some((far, link::at(healthy, far)?)))
            && let Some(port) = port_mut(world, far)
        {
            (port.speed, port.duplex) = (sound.speed, sound.duplex);
        }
    },
};

pub const SOCKET: Fault = Fault {
    id: "N6",
    title: "The wall socket is not patched, or its switch port is shut down",
    layer: Layer::Physical,
    component: "switch port",
    tier: Tier::T3,
    targets: managed,
    inject: |world, target, chance| {
        let Some(far) = far_end(world, target) else { return };
        if chance.below(2) == 0 {
            if let Some(at) = cable_at(world, far) {
                for end in world.cables[at].ends.iter_mut().filter(|end| **end == Some(far)) {
                    *end = None;
                }
            }
        } else if let Some(port) = port_mut(world, far) {
            port.enabled = false;
        }
    },
    traces: link_lost,
    present: |world, target| far_end(world, target).and_then(|far| link::at(world, far)).is_none_or(|port| !port.enabled),
    repair: |world, target, healthy| {
        repair_cable(world, target, healthy);
        if let Some((far, sound)) = far_end(healthy, target).and_then(|far| Some((far, link::at(healthy, far)?)))
            && let Some(port) = port_mut(world, far)
        {
            port.enabled = sound.enabled;
        }
    },
};

pub const DISABLED: Fault = Fault {
    id: "N10",
    title: "The network adapter is disabled in Device Manager",
    layer: Layer::OperatingSystem,
    component: "network adapter",
    tier: Tier::T1,
    targets: |world| at_hosts(world).into_iter().filter(|target| link::adapter(world, port_of(target)).is_some()).collect(),
    inject: |world, target, _| set_disabled(world, target, true),
    traces: no_traces,
    present: |world, target| {
        let adapter = link::adapter(world, port_of(target));
        adapter.is_some_and(|at| world.device(target.device).hardware.peripherals.get(at).is_some_and(|found| found.disabled))
    },
    repair: |world, target, healthy| {
        let was = link::adapter(healthy, port_of(target))
            .and_then(|at| healthy.device(target.device).hardware.peripherals.get(at))
            .is_some_and(|found| found.disabled);
        set_disabled(world, target, was);
    },
};

pub const POWER: Fault = Fault {
    id: "N12",
    title: "The switch port gives no power: its budget is used up, or power is off there",
    layer: Layer::Physical,
    component: "PoE",
    tier: Tier::T3,
    // `device` is what has no power; `port` is the port of `other`, which powers it.
    targets: |world| {
        let mut found = Vec::new();
        for source in world.device_ids() {
            for (port, state) in poe::ports(world, source) {
                if let PoeState::Delivering(powered, _) = state {
                    found.push(Target { device: powered, port: Some(port), other: Some(source), ..Target::default() });
                }
            }
        }
        found
    },
    inject: |world, target, chance| {
        let (Some(source), Some(index)) = (target.other, target.port) else { return };
        if chance.below(2) == 0 {
            if let Some(poe) = port_mut(world, PortRef { device: source, port: index }).and_then(|port| port.poe.as_mut()) {
                poe.enabled = false;
            }
            return;
        }
        // The ports before it take what there is.
        let mut drawn = 0_u32;
        for (port, state) in poe::ports(world, source) {
            if let PoeState::Delivering(_, milliwatts) = state
                && port <= index
            {
                drawn = drawn.saturating_add(milliwatts);
            }
        }
        if let Some(switching) = &mut world.device_mut(source).switching {
            switching.poe_budget_mw = drawn.saturating_sub(1000);
        }
    },
    traces: |world, target| {
        let (Some(source), Some(port)) = (target.other, target.port) else { return };
        let denied = poe::ports(world, source).iter().any(|(at, state)| *at == port && matches!(state, PoeState::Denied(..)));
        let Some(name) = link::at(world, PortRef { device: source, port }).map(|found| names::short(&found.name)) else { return };
        if denied {
            let text = format!("Interface {name}: inline power denied. Reason: insufficient power");
            links::write(world, source, "ILPOWER", 5, "ILPOWER_POWER_DENY", text);
        }
    },
    present: |world, target| !poe::supplied(world, target.device),
    repair: |world, target, healthy| {
        let (Some(source), Some(index)) = (target.other, target.port) else { return };
        let at = PortRef { device: source, port: index };
        if let (Some(port), Some(sound)) = (port_mut(world, at), link::at(healthy, at)) {
            port.poe = sound.poe;
        }
        if let (Some(switching), Some(sound)) = (&mut world.device_mut(source).switching, &healthy.device(source).switching) {
            switching.poe_budget_mw = sound.poe_budget_mw;
        }
    },
};

/// Wired hosts on a switch with settings, on twisted pair.
fn managed(world: &World) -> Vec<Target> {
    let found = wired_hosts(world).into_iter().filter(|(own, far)| {
        let settings = link::at(world, *far).is_some_and(|port| port.switching.is_some());
        let copper = link::at(world, *own).is_some_and(|port| matches!(port.media, Media::Copper(_)));
        settings && copper && world.device(far.device).ios().is_some()
    });
    found
        .map(|(own, far)| Target { device: own.device, port: Some(own.port), other: Some(far.device), ..Target::default() })
        .collect()
}

fn set_disabled(world: &mut World, target: &Target, disabled: bool) {
    let adapter = link::adapter(world, port_of(target));
    if let Some(found) = adapter.and_then(|at| world.device_mut(target.device).hardware.peripherals.get_mut(at)) {
        found.disabled = disabled;
    }
}
