//! Ports and trunks with the wrong VLANs: R1, R2, R3.

use super::super::wired::{port_of, wired_hosts};
use super::word;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::power::links;
use crate::net::link;
use crate::shell::ios::names;
use crate::sorted::Set;
use crate::world::port::{Port, SwitchMode};
use crate::world::{DeviceId, PortIndex, PortRef, VlanId, World};

pub const WRONG_VLAN: Fault = Fault {
    id: "R1",
    title: "The switch port is in the wrong VLAN",
    layer: Layer::DataLink,
    component: "switch port",
    tier: Tier::T3,
    // `name` is the VLAN it belongs in.
    targets: |world| {
        let access = wired_hosts(world).into_iter().filter_map(|(own, far)| {
            let SwitchMode::Access(vlan) = mode(world, far)? else { return None };
            other_vlan(world, far.device, *vlan)?;
            let name = vlan.0.to_string();
            Some(Target { device: far.device, port: Some(far.port), other: Some(own.device), name, ..Target::default() })
        });
        access.filter(|target| world.device(target.device).ios().is_some()).collect()
    },
    inject: |world, target, _| {
        let Some(vlan) = wanted(target).and_then(|vlan| other_vlan(world, target.device, vlan)) else { return };
        set_mode(world, port_of(target), |_| SwitchMode::Access(vlan));
    },
    traces: no_traces,
    // Where the machine is plugged in now counts; a machine that hangs in the air proves nothing.
    present: |world, target| {
        let own = target.other.and_then(|host| plugged(world, host));
        let port = own.unwrap_or_else(|| port_of(target));
        match mode(world, port) {
            Some(SwitchMode::Access(vlan)) => Some(*vlan) != wanted(target),
            Some(SwitchMode::Trunk { native, .. }) => Some(*native) != wanted(target),
            None => true,
        }
    },
    repair: repair_mode,
};

pub const NOT_ALLOWED: Fault = Fault {
    id: "R2",
    title: "The trunk does not allow a VLAN",
    layer: Layer::DataLink,
    component: "trunk",
    tier: Tier::T3,
    // `name` is the VLAN.
    targets: |world| {
        let used = used(world);
        let mut found = Vec::new();
        for (port, native, allowed) in trunks(world) {
            let carried = used.iter().filter(|vlan| **vlan != native && allowed.as_ref().is_none_or(|list| list.contains(vlan)));
            for vlan in carried {
                found.push(Target { device: port.device, port: Some(port.port), name: vlan.0.to_string(), ..Target::default() });
            }
        }
        found
    },
    inject: |world, target, _| {
        let Some(lost) = wanted(target) else { return };
        let known: Set<VlanId> =
            world.device(target.device).switching.iter().flat_map(|switching| switching.vlans.keys().copied()).collect();
        set_mode(world, port_of(target), |mode| match mode {
            SwitchMode::Trunk { native, allowed } => {
                let mut list = allowed.clone().unwrap_or(known);
                list.remove(&lost);
                SwitchMode::Trunk { native: *native, allowed: Some(list) }
            }
            access @ SwitchMode::Access(_) => access.clone(),
        });
    },
    traces: no_traces,
    present: |world, target| {
        let Some(vlan) = wanted(target) else { return false };
        match mode(world, port_of(target)) {
            Some(SwitchMode::Trunk { native, allowed }) => {
                *native != vlan && allowed.as_ref().is_some_and(|list| !list.contains(&vlan))
            }
            // No longer a trunk: it carries one VLAN at most.
            Some(SwitchMode::Access(_)) | None => true,
        }
    },
    repair: repair_mode,
};

pub const NATIVE: Fault = Fault {
    id: "R3",
    title: "The two ends of a trunk have different native VLANs, so one leaks into the other",
    layer: Layer::DataLink,
    component: "trunk",
    tier: Tier::T3,
    // `name` is the native VLAN here.
    targets: |world| {
        let both = trunks(world).into_iter().filter(|(port, native, _)| {
            native_beyond(world, *port) == Some(*native) && other_native(world, *port, *native).is_some()
        });
        let target = |(port, native, _): (PortRef, VlanId, _)| Target {
            device: port.device,
            port: Some(port.port),
            name: native.0.to_string(),
            ..Target::default()
        };
        both.map(target).collect()
    },
    inject: |world, target, _| {
        let port = port_of(target);
        let Some(other) = wanted(target).and_then(|native| other_native(world, port, native)) else { return };
        set_mode(world, port, |mode| match mode {
            SwitchMode::Trunk { allowed, .. } => SwitchMode::Trunk { native: other, allowed: allowed.clone() },
            access @ SwitchMode::Access(_) => access.clone(),
        });
    },
    traces: |world, target| {
        let port = port_of(target);
        let (Some((_, far)), Some(SwitchMode::Trunk { native, .. })) = (link::other_end(world, port), mode(world, port)) else {
            return;
        };
        let (Some(theirs), Some(near)) = (native_beyond(world, port), link::at(world, port)) else { return };
        let beyond = link::at(world, far).map(|port| names::long(&port.name)).unwrap_or_default();
        let text = format!(
            "Native VLAN mismatch discovered on {} ({}), with {} {beyond} ({}).",
            names::long(&near.name),
            native.0,
            world.device(far.device).name,
            theirs.0
        );
        links::write(world, port.device, "CDP", 4, "NATIVE_VLAN_MISMATCH", text);
    },
    present: |world, target| {
        let port = port_of(target);
        match (mode(world, port), native_beyond(world, port)) {
            (Some(SwitchMode::Trunk { native, .. }), Some(theirs)) => *native != theirs,
            (Some(SwitchMode::Trunk { native, .. }), None) => Some(*native) != wanted(target),
            (Some(SwitchMode::Access(_)) | None, _) => true,
        }
    },
    repair: repair_mode,
};

/// The VLAN that a target's name says.
fn wanted(target: &Target) -> Option<VlanId> {
    word(target, 0)?.parse().ok().map(VlanId)
}

fn mode(world: &World, port: PortRef) -> Option<&SwitchMode> {
    link::at(world, port)?.switching.as_ref().map(|settings| &settings.mode)
}

fn set_mode(world: &mut World, at: PortRef, change: impl FnOnce(&SwitchMode) -> SwitchMode) {
    if let Some(settings) = port_mut(world, at).and_then(|port| port.switching.as_mut()) {
        settings.mode = change(&settings.mode);
    }
}

fn port_mut(world: &mut World, at: PortRef) -> Option<&mut Port> {
    world.devices.get_mut(usize::from(at.device.0))?.ports.get_mut(usize::from(at.port.0))
}

fn repair_mode(world: &mut World, target: &Target, healthy: &World) {
    if let Some(sound) = mode(healthy, port_of(target)) {
        set_mode(world, port_of(target), |_| sound.clone());
    }
}

/// Another VLAN of the switch, the highest first: guests and the like are a likelier slip than VLAN 1.
fn other_vlan(world: &World, switch: DeviceId, vlan: VlanId) -> Option<VlanId> {
    world.device(switch).switching.as_ref()?.vlans.keys().rev().copied().find(|other| *other != vlan && *other != VlanId(1))
}

/// The switch port that a host's first cable leads to.
fn plugged(world: &World, host: DeviceId) -> Option<PortRef> {
    (0..world.device(host).ports.len()).find_map(|at| {
        let own = PortRef { device: host, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
        link::other_end(world, own).map(|(_, far)| far)
    })
}

type Trunk = (PortRef, VlanId, Option<Set<VlanId>>);

/// Trunks of managed switches that are up.
fn trunks(world: &World) -> Vec<Trunk> {
    let mut found = Vec::new();
    for device in world.devices.iter().filter(|device| device.ios().is_some()) {
        for (at, port) in device.ports.iter().enumerate() {
            let own = PortRef { device: device.id, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
            if let Some(SwitchMode::Trunk { native, allowed }) = port.switching.as_ref().map(|settings| &settings.mode)
                && link::of(world, own).is_some()
            {
                found.push((own, *native, allowed.clone()));
            }
        }
    }
    found
}

/// VLANs in which something is plugged in or joined.
fn used(world: &World) -> Set<VlanId> {
    let access = wired_hosts(world).into_iter().filter_map(|(_, far)| match mode(world, far)? {
        SwitchMode::Access(vlan) => Some(*vlan),
        SwitchMode::Trunk { .. } => None,
    });
    let air = world.devices.iter().filter_map(|device| device.access_point());
    access.chain(air.flat_map(|found| found.networks.iter().map(|network| network.vlan))).collect()
}

/// The native VLAN at the other end of a trunk, where that is a trunk too.
fn native_beyond(world: &World, port: PortRef) -> Option<VlanId> {
    let (_, far) = link::other_end(world, port)?;
    match mode(world, far)? {
        SwitchMode::Trunk { native, .. } => Some(*native),
        SwitchMode::Access(_) => None,
    }
}

/// A VLAN that both the trunk and the switch carry and that is not the native one.
fn other_native(world: &World, port: PortRef, native: VlanId) -> Option<VlanId> {
    let SwitchMode::Trunk { allowed, .. } = mode(world, port)? else { return None };
    let vlans = &world.device(port.device).switching.as_ref()?.vlans;
    let carried = |vlan: &VlanId| allowed.as_ref().is_none_or(|list| list.contains(vlan));
    vlans.keys().rev().copied().find(|vlan| *vlan != native && *vlan != VlanId(1) && carried(vlan))
}
