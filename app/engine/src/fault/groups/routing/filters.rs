//! Rules in the wrong place: R9, R13.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{address, clients, routers, servers, word};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::net::event::{Content, Packet};
use crate::net::{filter, route};
use crate::sorted::Set;
use crate::world::interface::{Direction, Flow, Protocol, Rule, Verdict};
use crate::world::{DeviceId, InterfaceIndex, World};

/// The number of the access list that the fault writes: the first extended ones are the company's own.
const LIST: u16 = 120;

pub const RULE_ORDER: Fault = Fault {
    id: "R9",
    title: "A deny rule stands above the rule that allows the port",
    layer: Layer::Transport,
    component: "firewall",
    tier: Tier::T3,
    // `name` is the port and a client's address.
    targets: |world| {
        let mut found = Vec::new();
        for (router, server, client) in crossings(world) {
            if world.device(router).stack.filter.rules.is_empty() {
                continue;
            }
            for listener in &world.device(server).stack.listeners {
                let name = format!("{} {client}", listener.port);
                let target = Target { device: router, other: Some(server), name, ..Target::default() };
                if listener.protocol == Protocol::Tcp && listener.bound.is_unspecified() && !refused(world, &target) {
                    found.push(target);
                }
            }
        }
        found
    },
    inject: |world, target, _| {
        let Some((port, server)) = word(target, 0).and_then(|word| word.parse().ok()).zip(server_of(world, target)) else {
            return;
        };
        let rule = Rule {
            name: format!("drop tcp from any to {server} port {port}"),
            ..deny(Some(Protocol::Tcp), server, Some((port, port)))
        };
        world.device_mut(target.device).stack.filter.rules.insert(0, rule);
    },
    traces: |world, target| {
        /// Tries of a morning.
        const HITS: u32 = 37;
        if let Some(rule) = world.device_mut(target.device).stack.filter.rules.first_mut() {
            rule.hits = rule.hits.saturating_add(HITS);
        }
    },
    present: refused,
    repair: |world, target, healthy| {
        world.device_mut(target.device).stack.filter.rules.clone_from(&healthy.device(target.device).stack.filter.rules);
    },
};

pub const ACCESS_LIST: Fault = Fault {
    id: "R13",
    title: "The access list on the VLAN's interface denies the server",
    layer: Layer::Network,
    component: "access list",
    tier: Tier::T3,
    // `name` is a client's address.
    targets: |world| {
        let mut found = Vec::new();
        for (router, server, client) in crossings(world) {
            let free = inside(world, router, client).is_some_and(|index| {
                let interface = &world.device(router).stack.interfaces[usize::from(index.0)];
                interface.acl_in.is_none() && !world.device(router).stack.filter.access_lists.contains_key(&LIST)
            });
            if free && world.device(router).ios().is_some() {
                found.push(Target { device: router, other: Some(server), name: client.to_string(), ..Target::default() });
            }
        }
        found
    },
    inject: |world, target, _| {
        let Some((client, server)) = client_of(target).zip(server_of(world, target)) else { return };
        let Some(index) = inside(world, target.device, client) else { return };
        let permit =
            Rule { verdict: Verdict::Accept, to: None, name: "permit ip any any".to_owned(), ..deny(None, server, None) };
        let deny = Rule { name: format!("deny ip any host {server}"), ..deny(None, server, None) };
        let stack = &mut world.device_mut(target.device).stack;
        stack.filter.access_lists.insert(LIST, vec![deny, permit]);
        if let Some(interface) = stack.interfaces.get_mut(usize::from(index.0)) {
            interface.acl_in = Some(LIST);
        }
    },
    traces: no_traces,
    present: |world, target| {
        let Some((client, server)) = client_of(target).zip(server_of(world, target)) else { return false };
        let Some(index) = inside(world, target.device, client) else { return false };
        let stack = &world.device(target.device).stack;
        let list = stack.interfaces.get(usize::from(index.0)).and_then(|interface| interface.acl_in);
        let packet = sample(None, client, server, 0);
        let rules = list.and_then(|number| stack.filter.access_lists.get(&number)).filter(|rules| !rules.is_empty());
        rules.is_some_and(|rules| {
            rules.iter().find(|rule| filter::matches(rule, &packet)).is_none_or(|rule| rule.verdict != Verdict::Accept)
        })
    },
    repair: |world, target, healthy| {
        let sound = &healthy.device(target.device).stack;
        let stack = &mut world.device_mut(target.device).stack;
        stack.filter.access_lists.clone_from(&sound.filter.access_lists);
        for (changed, interface) in stack.interfaces.iter_mut().zip(&sound.interfaces) {
            changed.acl_in = interface.acl_in;
        }
    },
};

/// The company's routers between a client's network and a server's, with the first client of each network.
fn crossings(world: &World) -> Vec<(DeviceId, DeviceId, Ipv4Addr)> {
    let mut found = Vec::new();
    for router in routers(world) {
        let nets: Vec<_> = route::connected(world, router).into_iter().map(|(net, _)| net).collect();
        for net in &nets {
            let Some((_, client)) = clients(world).find(|(_, client)| net.contains(client)) else { continue };
            for (server, address) in servers(world) {
                if !net.contains(&address) && nets.iter().any(|other| other.contains(&address)) {
                    found.push((router, server, client));
                }
            }
        }
    }
    found
}

fn server_of(world: &World, target: &Target) -> Option<Ipv4Addr> {
    address(world, target.other?)
}

fn client_of(target: &Target) -> Option<Ipv4Addr> {
    target.name.rsplit(' ').next()?.parse().ok()
}

/// The router's interface on a client's side.
fn inside(world: &World, router: DeviceId, client: Ipv4Addr) -> Option<InterfaceIndex> {
    route::connected(world, router).into_iter().find(|(net, _)| net.contains(&client)).map(|(_, index)| index)
}

/// Whether the router's filter would stop the client on the port.
fn refused(world: &World, target: &Target) -> bool {
    let Some((client, server)) = client_of(target).zip(server_of(world, target)) else { return false };
    let Some(port) = word(target, 0).and_then(|word| word.parse().ok()) else { return false };
    let packet = sample(Some(Protocol::Tcp), client, server, port);
    let found = &world.device(target.device).stack.filter;
    let rule = found.rules.iter().find(|rule| rule.direction == Direction::Forward && filter::matches(rule, &packet));
    rule.map_or(found.default_deny, |rule| rule.verdict != Verdict::Accept)
}

fn sample(protocol: Option<Protocol>, from: Ipv4Addr, to: Ipv4Addr, to_port: u16) -> Packet {
    let flow = Flow { protocol: protocol.unwrap_or(Protocol::Tcp), from, from_port: 50_000, to, to_port };
    Packet { flow, content: Content::Request, ttl: 64, bytes: 60, do_not_fragment: true }
}

fn deny(protocol: Option<Protocol>, server: Ipv4Addr, ports: Option<(u16, u16)>) -> Rule {
    Rule {
        name: String::new(),
        enabled: true,
        verdict: Verdict::Drop,
        direction: Direction::Forward,
        protocol,
        from: None,
        to: Ipv4Net::new(server, 32).ok(),
        ports,
        profiles: Set::new(),
        hits: 0,
    }
}
