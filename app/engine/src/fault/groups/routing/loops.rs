//! A patch lead between two sockets of one switch: R5.

use super::super::wired::cable_at;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::power::links;
use crate::net::{link, spanning_tree};
use crate::shell::ios::names;
use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::port::{Media, SwitchMode};
use crate::world::{DeviceId, PortIndex, PortRef, World};

pub const PATCH_LEAD: Fault = Fault {
    id: "R5",
    title: "A patch lead loops two ports of a switch where spanning tree is off",
    layer: Layer::DataLink,
    component: "patch lead",
    tier: Tier::T3,
    targets: |world| {
        let switches = world.devices.iter().filter(|device| device.ios().is_some() && device.switching.is_some());
        switches.filter(|device| free_pair(world, device.id).is_some()).map(|device| Target::device(device.id)).collect()
    },
    inject: |world, target, _| {
        let Some(ends) = free_pair(world, target.device) else { return };
        world.cables.push(Cable {
            kind: CableKind::Cat6,
            ends: ends.map(Some),
            metres: 1,
            damage: Damage::Whole,
            beside_motor: false,
            label: String::new(),
        });
        if let Some(switching) = &mut world.device_mut(target.device).switching {
            switching.spanning_tree = false;
        }
    },
    traces: |world, target| {
        spanning_tree::settle(world);
        let device = world.device(target.device);
        let learned = device.switching.as_ref().and_then(|switching| switching.mac_table.first_key_value());
        let Some(((vlan, mac), (port, _))) = learned else { return };
        let name = |index: usize| device.ports.get(index).map(|port| names::short(&port.name)).unwrap_or_default();
        let looped = world.cables.last().and_then(|cable| cable.ends[0]).map(|end| usize::from(end.port.0)).unwrap_or_default();
        let text = format!(
            "Host {} in vlan {} is flapping between port {} and port {}",
            mac.dotted(),
            vlan.0,
            name(usize::from(port.0)),
            name(looped)
        );
        links::write(world, target.device, "SW_MATM", 4, "MACFLAP_NOTIF", text);
    },
    // The lead has to go, and the switch must not be open to the next one.
    present: |world, target| {
        let looped = world.cables.iter().any(|cable| match cable.ends {
            [Some(a), Some(b)] => a.device == target.device && b.device == target.device,
            _ => false,
        });
        looped || world.device(target.device).switching.as_ref().is_some_and(|switching| !switching.spanning_tree)
    },
    repair: |world, target, healthy| {
        world.cables.truncate(healthy.cables.len());
        let sound = healthy.device(target.device).switching.as_ref();
        if let (Some(switching), Some(sound)) = (&mut world.device_mut(target.device).switching, sound) {
            switching.spanning_tree = sound.spanning_tree;
        }
    },
};

/// Two free copper sockets in one VLAN.
fn free_pair(world: &World, switch: DeviceId) -> Option<[PortRef; 2]> {
    let free: Vec<_> = (0..world.device(switch).ports.len())
        .map(|at| PortRef { device: switch, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) })
        .filter(|port| cable_at(world, *port).is_none())
        .filter_map(|port| {
            let found = link::at(world, port).filter(|found| found.enabled && matches!(found.media, Media::Copper(_)))?;
            match found.switching.as_ref()?.mode {
                SwitchMode::Access(vlan) => Some((port, vlan)),
                SwitchMode::Trunk { .. } => None,
            }
        })
        .collect();
    free.iter().enumerate().find_map(|(at, (port, vlan))| {
        let other = free.iter().skip(at + 1).find(|(_, other)| other == vlan)?;
        Some([*port, other.0])
    })
}
