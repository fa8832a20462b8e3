//! Routes that are missing or wrong: R6, R7, R8.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{clients, routers, servers, word};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::net::route;
use crate::world::interface::{Hop, Route};
use crate::world::{DeviceId, World};

pub const MISSING: Fault = Fault {
    id: "R6",
    title: "A static route is missing",
    layer: Layer::Network,
    component: "routing table",
    tier: Tier::T3,
    // `name` is the network and its gateway.
    targets: |world| written(world, &|net| servers(world).any(|(_, server)| net.contains(&server))),
    inject: remove,
    traces: no_traces,
    present: absent,
    repair: repair_routes,
};

pub const NO_RETURN: Fault = Fault {
    id: "R7",
    title: "The way back is missing: the far router has no route to the sender's network",
    layer: Layer::Network,
    component: "routing table",
    tier: Tier::T3,
    targets: |world| written(world, &|net| net.prefix_len() > 0 && clients(world).any(|(_, client)| net.contains(&client))),
    inject: remove,
    traces: no_traces,
    present: absent,
    repair: repair_routes,
};

pub const LOOP: Fault = Fault {
    id: "R8",
    title: "Two routers send a network's packets to each other",
    layer: Layer::Network,
    component: "routing table",
    tier: Tier::T3,
    // `name` is the half of the network that the wrong route takes, and the router it goes back to.
    targets: |world| {
        let mut found = Vec::new();
        for router in routers(world) {
            for (near, back) in neighbours(world, router) {
                for (server, address) in servers(world) {
                    if let Some(half) = delivered_half(world, near, router, address) {
                        let name = format!("{half} {back}");
                        found.push(Target { device: router, other: Some(server), name, ..Target::default() });
                    }
                }
            }
        }
        found
    },
    inject: |world, target, _| {
        if let Some((to, gateway)) = named(target) {
            let route = Route { to, via: Hop::Gateway(gateway), metric: 1, persistent: true };
            world.device_mut(target.device).stack.routes.push(route);
        }
    },
    traces: no_traces,
    present: |world, target| {
        let Some((to, gateway)) = named(target) else { return false };
        let routes = &world.device(target.device).stack.routes;
        routes.iter().any(|route| route.via == Hop::Gateway(gateway) && route.to.prefix_len() > 0 && route.to.contains(&to))
    },
    repair: repair_routes,
};

/// Written routes of the company's routers to networks that `wanted` picks. A default route is one where it leads to another of
/// the company's routers, not to the provider.
fn written(world: &World, wanted: &dyn Fn(&Ipv4Net) -> bool) -> Vec<Target> {
    let mut found = Vec::new();
    for router in routers(world) {
        let stack = &world.device(router).stack;
        for route in &stack.routes {
            let Hop::Gateway(gateway) = route.via else { continue };
            let own = routers(world).any(|other| other != router && route::owner(world, other, gateway).is_some());
            let behind = connected(world, router).iter().all(|net| !net.contains(&route.to) || route.to.prefix_len() == 0);
            // Where a wider route leads the same way, this one would not be missed.
            let covered = stack.routes.iter().any(|wider| {
                wider.via == route.via && wider.to.contains(&route.to) && wider.to.prefix_len() < route.to.prefix_len()
            });
            if own && behind && !covered && wanted(&route.to) {
                found.push(Target { device: router, name: format!("{} {gateway}", route.to), ..Target::default() });
            }
        }
    }
    found
}

fn named(target: &Target) -> Option<(Ipv4Net, Ipv4Addr)> {
    Some((word(target, 0)?.parse().ok()?, word(target, 1)?.parse().ok()?))
}

fn remove(world: &mut World, target: &Target, _: &mut crate::chance::Chance) {
    if let Some((to, gateway)) = named(target) {
        world.device_mut(target.device).stack.routes.retain(|route| route.to != to || route.via != Hop::Gateway(gateway));
    }
}

/// No route that covers the network leads to the right gateway.
fn absent(world: &World, target: &Target) -> bool {
    let Some((to, gateway)) = named(target) else { return false };
    let routes = &world.device(target.device).stack.routes;
    !routes.iter().any(|route| route.to.contains(&to) && route.via == Hop::Gateway(gateway))
}

fn repair_routes(world: &mut World, target: &Target, healthy: &World) {
    let sound = healthy.device(target.device).stack.routes.clone();
    world.device_mut(target.device).stack.routes = sound;
}

fn connected(world: &World, device: DeviceId) -> Vec<Ipv4Net> {
    route::connected(world, device).into_iter().map(|(net, _)| net).collect()
}

/// Other routers of the company on a common network, with their address there.
fn neighbours(world: &World, router: DeviceId) -> Vec<(DeviceId, Ipv4Addr)> {
    let mine = connected(world, router);
    let mut found = Vec::new();
    for other in routers(world).filter(|other| *other != router) {
        let addresses = world.device(other).stack.interfaces.iter().flat_map(|interface| &interface.addresses);
        for address in addresses.filter(|address| mine.contains(&address.network())) {
            found.push((other, address.ip));
        }
    }
    found
}

/// `router` has the server's network at an interface, and `near` sends packets for it there: the half of that network with the
/// server, which a more specific route would take.
fn delivered_half(world: &World, near: DeviceId, router: DeviceId, server: Ipv4Addr) -> Option<Ipv4Net> {
    let net = connected(world, router).into_iter().find(|net| net.contains(&server) && net.prefix_len() < 30)?;
    let hop = route::lookup(world, near, server)?;
    route::owner(world, router, hop.gateway?)?;
    Ipv4Net::new(server, net.prefix_len() + 1).ok().map(|half| half.trunc())
}
