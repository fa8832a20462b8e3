//! At the edge of the company: R10, R11, R12, R14.

use std::net::Ipv4Addr;

use super::super::wired::{cable_at, port_of};
use super::{routers, word};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::net::{link, packet, route};
use crate::time::Span;
use crate::world::cable::{CableKind, Damage};
use crate::world::device::Kind;
use crate::world::interface::{Nat, PortForward};
use crate::world::{PortRef, World};

/// What a tunnel or `PPPoE` leaves of 1500 bytes, rounded down as providers do.
const SMALL_MTU: u16 = 1400;

pub const LINE: Fault = Fault {
    id: "R10",
    title: "The provider's line is down",
    layer: Layer::Physical,
    component: "provider",
    tier: Tier::Vendor,
    targets: |world| {
        let mut found = Vec::new();
        for cable in world.cables.iter().filter(|cable| cable.kind == CableKind::Line) {
            let [Some(a), Some(b)] = cable.ends else { continue };
            let ours = |end: PortRef| world.device(end.device).kind != Kind::Internet;
            let beyond = |end: PortRef| !ours(end);
            let near = [(a, b), (b, a)].into_iter().find(|(near, far)| ours(*near) && beyond(*far));
            // The Internet's own switches hang on lines too; the company's end has something behind it that routes or a modem.
            if let Some((near, far)) = near.filter(|(near, _)| world.device(near.device).kind != Kind::Switch) {
                found.push(Target { device: near.device, port: Some(near.port), other: Some(far.device), ..Target::default() });
            }
        }
        found
    },
    inject: |world, target, _| {
        if let Some(at) = cable_at(world, port_of(target)) {
            world.cables[at].damage = Damage::PairOpen;
        }
    },
    traces: no_traces,
    present: |world, target| link::other_end(world, port_of(target)).is_none_or(|(cable, _)| cable.damage == Damage::PairOpen),
    repair: |world, target, healthy| {
        if let Some(at) = cable_at(healthy, port_of(target))
            && let (Some(cable), Some(sound)) = (world.cables.get_mut(at), healthy.cables.get(at))
        {
            cable.clone_from(sound);
        }
    },
};

pub const NOT_SAVED: Fault = Fault {
    id: "R11",
    title: "Address translation was never saved, and a power cut brought the old configuration back",
    layer: Layer::Network,
    component: "router configuration",
    tier: Tier::T3,
    targets: |world| {
        let edges = routers(world).filter(|router| {
            let device = world.device(*router);
            device.stack.nat.outside.is_some() && device.ios().is_some_and(|ios| ios.startup.is_some())
        });
        edges.map(Target::device).collect()
    },
    inject: |world, target, chance| {
        let started = world.now - Span::minutes(u64::from(chance.between(20, 300)));
        let device = world.device_mut(target.device);
        device.stack.nat = Nat::default().into();
        device.started = started;
        if let Some(startup) = device.ios_mut().and_then(|ios| ios.startup.as_mut()) {
            startup.stack.nat = Nat::default().into();
        }
    },
    traces: no_traces,
    // It has to run, and the next power cut must not take it away again.
    present: |world, target| {
        let device = world.device(target.device);
        let lost = |nat: &Nat| nat.outside.is_none() || nat.inside.is_empty();
        lost(&device.stack.nat)
            || device.ios().and_then(|ios| ios.startup.as_ref()).is_none_or(|startup| lost(&startup.stack.nat))
    },
    repair: |world, target, healthy| {
        let sound = healthy.device(target.device);
        let device = world.device_mut(target.device);
        device.stack.nat.clone_from(&sound.stack.nat);
        device.started = sound.started;
        let saved = sound.ios().and_then(|ios| ios.startup.as_ref()).map(|startup| startup.stack.nat.clone());
        if let (Some(nat), Some(startup)) = (saved, device.ios_mut().and_then(|ios| ios.startup.as_mut())) {
            startup.stack.nat = nat;
        }
    },
};

pub const BLACK_HOLE: Fault = Fault {
    id: "R12",
    title: "Big packets vanish: a link is smaller than 1500 bytes, and its router does not say so",
    layer: Layer::Network,
    component: "MTU",
    tier: Tier::T3,
    // `name` is the interface; `other` a machine behind it.
    targets: |world| {
        let mut found = Vec::new();
        for router in routers(world).filter(|router| world.device(*router).ios().is_some()) {
            let stack = &world.device(router).stack;
            for (client, address) in super::clients(world) {
                let towards = route::lookup(world, router, address).map(|hop| hop.interface);
                let far = |index| Some(index) != towards && towards.is_some();
                for index in route::indices(stack).filter(|index| far(*index) && leads_on(world, router, *index)) {
                    let name = stack.interfaces[usize::from(index.0)].name.clone();
                    if stack.interfaces[usize::from(index.0)].mtu > SMALL_MTU {
                        found.push(Target { device: router, other: Some(client), name, ..Target::default() });
                    }
                }
            }
        }
        found
    },
    inject: |world, target, _| {
        let stack = &mut world.device_mut(target.device).stack;
        stack.icmp.sends_unreachable = false;
        for interface in stack.interfaces.iter_mut().filter(|interface| interface.name == target.name) {
            interface.mtu = SMALL_MTU;
        }
    },
    traces: no_traces,
    // Right is a link of full size, a router that says so, or machines that send no bigger packets.
    present: |world, target| {
        let stack = &world.device(target.device).stack;
        let mtu = stack.interfaces.iter().find(|interface| interface.name == target.name).map_or(u16::MAX, |found| found.mtu);
        let sent = target.other.and_then(|client| world.device(client).stack.interfaces.iter().map(|found| found.mtu).max());
        !stack.icmp.sends_unreachable && sent.is_some_and(|sent| sent > mtu)
    },
    repair: |world, target, healthy| {
        let sound = &healthy.device(target.device).stack;
        let stack = &mut world.device_mut(target.device).stack;
        stack.icmp.sends_unreachable = sound.icmp.sends_unreachable;
        for (changed, interface) in stack.interfaces.iter_mut().zip(&sound.interfaces) {
            changed.mtu = interface.mtu;
        }
    },
};

pub const FORWARD: Fault = Fault {
    id: "R14",
    title: "The port forward leads to an address that the server no longer has",
    layer: Layer::Network,
    component: "port forward",
    tier: Tier::T3,
    // `name` is the outside port and its rule's place in the list.
    targets: |world| {
        let mut found = Vec::new();
        for router in routers(world) {
            for (at, forward) in world.device(router).stack.nat.forwards.iter().enumerate() {
                let server = world.device_ids().find(|device| packet::has_address(world, *device, forward.to));
                if let Some(server) = server {
                    let name = format!("{} {at}", forward.outside_port);
                    found.push(Target { device: router, other: Some(server), name, ..Target::default() });
                }
            }
        }
        found
    },
    inject: |world, target, _| {
        let Some(forward) = named(world, target) else { return };
        let stale = earlier(world, forward.to);
        let at = word(target, 1).and_then(|word| word.parse::<usize>().ok());
        if let Some(rule) = at.and_then(|at| world.device_mut(target.device).stack.nat.forwards.get_mut(at)) {
            rule.to = stale;
        }
    },
    traces: no_traces,
    present: |world, target| {
        let outside = word(target, 0).and_then(|word| word.parse::<u16>().ok());
        let mut rules = world.device(target.device).stack.nat.forwards.iter().filter(|rule| Some(rule.outside_port) == outside);
        !rules.any(|rule| target.other.is_some_and(|server| packet::has_address(world, server, rule.to)))
    },
    repair: |world, target, healthy| {
        world.device_mut(target.device).stack.nat.forwards.clone_from(&healthy.device(target.device).stack.nat.forwards);
    },
};

/// A network beyond this interface is routed on through it: not only its own link is there.
fn leads_on(world: &World, router: crate::world::DeviceId, interface: crate::world::InterfaceIndex) -> bool {
    let gateways = world.device(router).stack.routes.iter().filter_map(|route| match route.via {
        crate::world::interface::Hop::Gateway(gateway) => Some(gateway),
        _ => None,
    });
    gateways.into_iter().any(|gateway| route::lookup(world, router, gateway).is_some_and(|hop| hop.interface == interface))
}

fn named(world: &World, target: &Target) -> Option<PortForward> {
    world.device(target.device).stack.nat.forwards.get(word(target, 1)?.parse::<usize>().ok()?).cloned()
}

/// An address near the server's that nobody has: what it had before.
fn earlier(world: &World, now: Ipv4Addr) -> Ipv4Addr {
    let candidates = (1..=100).map(|step| {
        let [a, b, c, d] = now.octets();
        Ipv4Addr::new(a, b, c, if d > 127 { d.saturating_sub(step) } else { d.saturating_add(step) })
    });
    let taken = |ip: &Ipv4Addr| world.device_ids().any(|device| packet::has_address(world, device, *ip));
    candidates.into_iter().find(|ip| !taken(ip)).unwrap_or(Ipv4Addr::UNSPECIFIED)
}
