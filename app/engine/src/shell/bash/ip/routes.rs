//! `ip route`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::super::call::{Call, Done};
use super::{DENIED, carrier, find, index};
use crate::net::route;
use crate::net::route::Decision;
use crate::sorted;
use crate::world::InterfaceIndex;
use crate::world::interface::{Attach, Hop, Interface, Route};

pub(super) fn routes(call: &mut Call<'_>, words: &[&str]) -> Done {
    match words.first().copied() {
        Some("add" | "append" | "replace" | "change") => add_route(call, words),
        Some("del" | "delete") => delete_route(call, words.get(1..).unwrap_or_default()),
        Some("get") => get_route(call, words.get(1).copied().unwrap_or_default()),
        Some("flush") => call.not_modelled("ip route flush"),
        _ => Done::ok(show_routes(call)),
    }
}

/// The table as the kernel prints it: default first, then written routes and networks.
fn show_routes(call: &Call<'_>) -> String {
    let stack = &call.device().stack;
    let device = call.session.device;
    let mut out = String::new();
    let mark = |interface: &Interface| if carrier(call, interface) { "" } else { " linkdown" };
    for (at, interface) in stack.interfaces.iter().enumerate() {
        if let Some(gateway) = route::gateway(stack, index(at)).filter(|_| route::usable(call.world, device, index(at))) {
            let lease = interface.manual_gateway.is_none();
            let proto = match (lease, interface.dhcp.lease.as_ref()) {
                (true, Some(lease)) => format!(" proto dhcp src {}", lease.address),
                _ => " proto static".to_owned(),
            };
            // A static route of networkd has no metric unless its file gives one.
            let metric = if lease && interface.metric > 0 { format!(" metric {}", interface.metric) } else { String::new() };
            let _ = writeln!(out, "default via {gateway} dev {}{proto}{metric}{}", interface.name, mark(interface));
        }
    }
    let mut rest: Vec<(Ipv4Net, String)> = Vec::new();
    for (network, at) in route::connected(call.world, device) {
        let Some(interface) = stack.interfaces.get(usize::from(at.0)).filter(|interface| interface.attach != Attach::Loopback)
        else {
            continue;
        };
        let Some(own) = interface.addresses.iter().find(|own| own.network() == network) else { continue };
        rest.push((
            network,
            format!("{network} dev {} proto kernel scope link src {}{}", interface.name, own.ip, mark(interface)),
        ));
    }
    for route in &stack.routes {
        let name = if route.to.prefix_len() == 0 { "default".to_owned() } else { plain(route.to) };
        let metric = if route.metric > 0 { format!(" metric {}", route.metric) } else { String::new() };
        let text = match route.via {
            Hop::Gateway(gateway) => {
                let dev =
                    route::lookup(call.world, device, gateway).and_then(|hop| stack.interfaces.get(usize::from(hop.interface.0)));
                dev.map(|interface| format!("{name} via {gateway} dev {}{metric}", interface.name))
            }
            Hop::Interface(at) => stack
                .interfaces
                .get(usize::from(at.0))
                .map(|interface| format!("{name} dev {} scope link{metric}", interface.name)),
            Hop::Blackhole => Some(format!("blackhole {name}{metric}")),
            Hop::Unreachable => Some(format!("unreachable {name}{metric}")),
            Hop::Prohibit => Some(format!("prohibit {name}{metric}")),
        };
        rest.extend(text.map(|text| (route.to, text)));
    }
    sorted::by_key(&mut rest, |(network, _)| (network.network(), network.prefix_len()));
    for (_, text) in rest {
        let _ = writeln!(out, "{text}");
    }
    out
}

/// A host route has no `/32`.
fn plain(network: Ipv4Net) -> String {
    if network.prefix_len() == 32 { network.addr().to_string() } else { network.to_string() }
}

pub(super) fn network(text: &str) -> Option<Ipv4Net> {
    match text {
        "default" => Some(Ipv4Net::default()),
        other if other.contains('/') => other.parse().ok(),
        other => other.parse::<Ipv4Addr>().ok().map(Ipv4Net::from),
    }
}

fn add_route(call: &mut Call<'_>, words: &[&str]) -> Done {
    let replace = matches!(words.first(), Some(&("replace" | "change")));
    let (kind, rest) = match words.get(1).copied() {
        Some(kind @ ("blackhole" | "unreachable" | "prohibit")) => (Some(kind), words.get(2..).unwrap_or_default()),
        _ => (None, words.get(1..).unwrap_or_default()),
    };
    let Some(to) = rest.first().and_then(|text| network(text)) else {
        return Done::failed(
            1,
            format!("Error: any valid prefix is expected rather than \"{}\".\n", rest.first().unwrap_or(&"")),
        );
    };
    if to.trunc() != to {
        return Done::failed(2, "Error: Invalid prefix for given prefix length.\n");
    }
    let after = |key: &str| rest.iter().position(|word| *word == key).and_then(|at| rest.get(at + 1)).copied();
    if !call.is_root() {
        return Done::failed(2, DENIED);
    }
    let metric = after("metric").and_then(|metric| metric.parse().ok()).unwrap_or(0);
    let dev = match after("dev") {
        Some(name) => match find(call, name) {
            Some(at) => Some(at),
            None => return Done::failed(1, format!("Cannot find device \"{name}\"\n")),
        },
        None => None,
    };
    let via = match hop(call, kind, after("via"), dev) {
        Ok(via) => via,
        Err(complaint) => return complaint,
    };
    let stack = &mut call.device_mut().stack;
    if let (Hop::Gateway(gateway), 0) = (via, to.prefix_len())
        && let Some(interface) =
            stack.interfaces.iter_mut().find(|interface| interface.addresses.iter().any(|own| own.network().contains(&gateway)))
    {
        let held = interface.manual_gateway.or_else(|| interface.dhcp.lease.as_ref().and_then(|lease| lease.router));
        if held.is_some() && !replace {
            return Done::failed(2, "RTNETLINK answers: File exists\n");
        }
        interface.manual_gateway = Some(gateway);
        return Done::default();
    }
    if stack.routes.iter().any(|route| route.to == to && route.metric == metric) {
        if !replace {
            return Done::failed(2, "RTNETLINK answers: File exists\n");
        }
        stack.routes.retain(|route| route.to != to || route.metric != metric);
    }
    stack.routes.push(Route { to, via, metric, persistent: false });
    Done::default()
}

/// Where packets of a new route go.
fn hop(call: &Call<'_>, kind: Option<&str>, via: Option<&str>, dev: Option<usize>) -> Result<Hop, Done> {
    let device = call.session.device;
    Ok(match (kind, via, dev) {
        (Some("blackhole"), ..) => Hop::Blackhole,
        (Some("unreachable"), ..) => Hop::Unreachable,
        (Some(_), ..) => Hop::Prohibit,
        (None, Some(text), _) => {
            let Ok(gateway) = text.parse::<Ipv4Addr>() else {
                return Err(Done::failed(1, format!("Error: any valid address is expected rather than \"{text}\".\n")));
            };
            if !route::connected(call.world, device).iter().any(|(network, _)| network.contains(&gateway)) {
                return Err(Done::failed(2, "Error: Nexthop has invalid gateway.\n"));
            }
            Hop::Gateway(gateway)
        }
        (None, None, Some(at)) => Hop::Interface(index(at)),
        (None, None, None) => return Err(Done::failed(2, "RTNETLINK answers: No such device\n")),
    })
}

fn delete_route(call: &mut Call<'_>, words: &[&str]) -> Done {
    let text = words
        .first()
        .copied()
        .filter(|word| !matches!(*word, "blackhole" | "unreachable" | "prohibit"))
        .or_else(|| words.get(1).copied())
        .unwrap_or_default();
    let Some(to) = network(text) else {
        return Done::failed(1, format!("Error: any valid prefix is expected rather than \"{text}\".\n"));
    };
    if !call.is_root() {
        return Done::failed(2, DENIED);
    }
    let stack = &mut call.device_mut().stack;
    let before = stack.routes.len();
    stack.routes.retain(|route| route.to != to);
    let mut gone = stack.routes.len() < before;
    if to.prefix_len() == 0 {
        for interface in &mut stack.interfaces {
            gone |= interface.manual_gateway.take().is_some();
            if let Some(lease) = &mut interface.dhcp.lease {
                gone |= lease.router.take().is_some();
            }
        }
    }
    if gone { Done::default() } else { Done::failed(2, "RTNETLINK answers: No such process\n") }
}

fn get_route(call: &mut Call<'_>, text: &str) -> Done {
    let Ok(to) = text.parse::<Ipv4Addr>() else {
        return Done::failed(1, format!("Error: any valid prefix is expected rather than \"{text}\".\n"));
    };
    let uid = call.linux().accounts.user(&call.user()).map_or(0, |user| user.uid);
    let device = call.session.device;
    let name = |at: InterfaceIndex| {
        call.device().stack.interfaces.get(usize::from(at.0)).map_or("lo", |interface| interface.name.as_str())
    };
    match route::decide(call.world, device, to) {
        Decision::Local(_) => Done::ok(format!("local {to} dev lo src {to} uid {uid} \n    cache <local> \n")),
        Decision::Broadcast(at) => Done::ok(format!("broadcast {to} dev {} uid {uid} \n    cache <local,brd> \n", name(at))),
        Decision::Via(hop) => {
            let via = hop.gateway.map_or_else(String::new, |gateway| format!("via {gateway} "));
            Done::ok(format!("{to} {via}dev {} src {} uid {uid} \n    cache \n", name(hop.interface), hop.source))
        }
        Decision::Blackhole => Done::failed(2, "RTNETLINK answers: Invalid argument\n"),
        Decision::Unreachable => Done::failed(2, "RTNETLINK answers: No route to host\n"),
        Decision::Prohibit => Done::failed(2, "RTNETLINK answers: Permission denied\n"),
        Decision::NoRoute => Done::failed(2, "RTNETLINK answers: Network is unreachable\n"),
    }
}
