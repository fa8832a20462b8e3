//! The same network as a world, and the same questions asked of the engine.

use std::net::Ipv4Addr;

use engine::net::{Echo, EchoOutcome, TraceProbe, ping, route, trace};
use engine::sorted::Set;
use engine::world::interface::{Direction, Hop, Neighbour, NeighbourState, Protocol, Route, Rule, Verdict};
use engine::world::{DeviceId, InterfaceIndex, World};

use super::Answers;
use super::plan::{Node, Plan, Via};
use super::real::HOPS;
use crate::builder::{Builder, mac};

pub fn ask(plan: &Plan) -> Answers {
    let mut world = world(plan);
    let device = DeviceId::from_index;
    let mut answers = Answers::default();
    for (from, to) in &plan.pings {
        answers.pings.push(class(ping(&mut world, device(*from), *to, Echo::default())));
    }
    for (from, to) in &plan.traces {
        let hops = trace(&mut world, device(*from), *to, TraceProbe::Udp, HOPS);
        answers.traces.push(hops.iter().filter_map(|hop| hop_text(hop.outcome)).collect());
    }
    for node in 0..plan.nodes.len() {
        answers.neighbours.push(neighbours(&world, device(node)));
    }
    for (from, to) in &plan.lookups {
        answers.lookups.push(lookup(&world, device(*from), *to));
    }
    answers
}

/// Nodes come first, so that their numbers are those of the plan.
fn world(plan: &Plan) -> World {
    let mut builder = Builder::new();
    for node in &plan.nodes {
        let id = builder.linux(&node.name, node.router);
        configure(&mut builder, id, node);
    }
    let switches: Vec<Option<DeviceId>> =
        plan.segments.iter().enumerate().map(|(at, segment)| segment.lan.then(|| builder.switch(&format!("sw{at}")))).collect();
    let mut waiting = vec![None; plan.segments.len()];
    for (at, node) in plan.nodes.iter().enumerate() {
        for (number, nic) in node.nics.iter().enumerate() {
            let port = builder.port(DeviceId::from_index(at), &format!("eth{number}"), mac(at, number));
            let interface = builder.interface(port, Some((nic.ip, nic.prefix)));
            let device = builder.world.device_mut(port.device);
            device.stack.interfaces[usize::from(interface.0)].enabled = nic.up;
            device.ports[usize::from(port.port.0)].enabled = nic.up;
            if !nic.cabled {
                continue;
            }
            if let Some(switch) = switches[nic.segment] {
                let there = builder.port(switch, &format!("p{at}-{number}"), mac(200, at * 8 + number));
                builder.cable(port, Some(there));
            } else if let Some(other) = waiting[nic.segment].take() {
                builder.cable(port, Some(other));
            } else {
                waiting[nic.segment] = Some(port);
            }
        }
    }
    builder.world
}

fn configure(builder: &mut Builder, id: DeviceId, node: &Node) {
    let stack = &mut builder.world.device_mut(id).stack;
    stack.forwarding = node.forwarding;
    stack.icmp.answers_echo = node.answers_echo;
    for (to, via) in &node.routes {
        let via = match via {
            Via::Gateway(gateway) => Hop::Gateway(*gateway),
            Via::Blackhole => Hop::Blackhole,
            Via::Unreachable => Hop::Unreachable,
            Via::Prohibit => Hop::Prohibit,
        };
        stack.routes.push(Route { to: *to, via, metric: 0, persistent: true });
    }
    if let Some(reject) = node.reject {
        stack.filter.rules.push(Rule {
            name: "reject".to_owned(),
            enabled: true,
            verdict: Verdict::Reject,
            direction: if reject.forward { Direction::Forward } else { Direction::In },
            protocol: Some(Protocol::Icmp),
            from: None,
            to: Some(reject.to),
            ports: None,
            profiles: Set::new(),
            hits: 0,
        });
    }
}

fn class(outcome: EchoOutcome) -> String {
    match outcome {
        EchoOutcome::Reply { from, ttl, .. } => format!("reply {from} ttl {ttl}"),
        EchoOutcome::Silence => "silence".to_owned(),
        EchoOutcome::NeighbourUnreachable { own } => format!("neighbour unreachable {own}"),
        EchoOutcome::NoRoute => "no route".to_owned(),
        EchoOutcome::Unreachable { from, code: 0 } => format!("net unreachable {from}"),
        EchoOutcome::Unreachable { from, code: 1 } => format!("host unreachable {from}"),
        EchoOutcome::Unreachable { from, code: 10 | 13 } => format!("filtered {from}"),
        EchoOutcome::Unreachable { from, code } => format!("unreachable {code} {from}"),
        EchoOutcome::TimeExceeded { from } => format!("ttl exceeded {from}"),
        EchoOutcome::TooBig { from, mtu } => format!("too big {from} {mtu}"),
        // For `ping` both are EACCES, and it takes a prohibit route of its own for a broadcast too.
        EchoOutcome::Broadcast | EchoOutcome::Prohibited => "own broadcast".to_owned(),
    }
}

/// As `traceroute` writes it; `None` where it stops before it sends.
fn hop_text(outcome: EchoOutcome) -> Option<String> {
    Some(match outcome {
        EchoOutcome::Reply { from, .. } | EchoOutcome::TimeExceeded { from } | EchoOutcome::Unreachable { from, code: 3 } => {
            from.to_string()
        }
        EchoOutcome::Silence => "*".to_owned(),
        EchoOutcome::NeighbourUnreachable { own } => format!("{own} !H"),
        EchoOutcome::Unreachable { from, code: 0 } => format!("{from} !N"),
        EchoOutcome::Unreachable { from, code: 1 } => format!("{from} !H"),
        EchoOutcome::Unreachable { from, code: 10 | 13 } => format!("{from} !X"),
        EchoOutcome::Unreachable { from, code } => format!("{from} !<{code}>"),
        EchoOutcome::TooBig { from, mtu } => format!("{from} !F-{mtu}"),
        EchoOutcome::NoRoute | EchoOutcome::Prohibited | EchoOutcome::Broadcast => return None,
    })
}

fn neighbours(world: &World, device: DeviceId) -> Set<String> {
    let stack = &world.device(device).stack;
    let entry = |((interface, ip), neighbour): (&(InterfaceIndex, Ipv4Addr), &Neighbour)| {
        let failed = matches!(neighbour.state, NeighbourState::Failed | NeighbourState::Incomplete);
        let name = &stack.interfaces[usize::from(interface.0)].name;
        format!("{name} {ip} {}", if failed { "failed".to_owned() } else { neighbour.mac.colons() })
    };
    stack.neighbours.iter().map(entry).collect()
}

fn lookup(world: &World, device: DeviceId, to: Ipv4Addr) -> String {
    let Some(next) = route::lookup(world, device, to) else { return "none".to_owned() };
    let gateway = next.gateway.map_or_else(|| "-".to_owned(), |gateway| gateway.to_string());
    let name = &world.device(device).stack.interfaces[usize::from(next.interface.0)].name;
    format!("via {gateway} dev {name} src {}", next.source)
}
