//! `ip addr`, `ip link`, `ip route`, `ip neigh`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::call::{Call, Done};
use super::{Command, command};
use crate::net::route::{self, Decision};
use crate::net::{dhcp, link};
use crate::sorted;
use crate::world::interface::{Address, Attach, Hop, Interface, Neighbour, NeighbourState, Origin, Route};
use crate::world::mac::Mac;
use crate::world::{InterfaceIndex, PortRef};

pub const COMMANDS: &[Command] =
    &[command("ip", "", ip), command("ifconfig", "net-tools", ifconfig), command("dhclient", "", dhclient)];

/// iproute2 takes any beginning of an object's name.
fn ip(call: &mut Call<'_>, args: &[String]) -> Done {
    let flags: Vec<&str> = args.iter().map(String::as_str).take_while(|arg| arg.starts_with('-')).collect();
    let words: Vec<&str> = args.iter().skip(flags.len()).map(String::as_str).collect();
    if let Some(flag) = flags.iter().find(|flag| !matches!(**flag, "-br" | "-brief" | "-4" | "-c" | "-s" | "-o" | "-color")) {
        return if *flag == "-6" || *flag == "-j" {
            call.not_modelled(&format!("ip {flag}"))
        } else {
            Done::failed(255, format!("Option \"{flag}\" is unknown, try \"ip -help\".\n"))
        };
    }
    let brief = flags.iter().any(|flag| flag.starts_with("-br"));
    let Some((object, rest)) = words.split_first() else {
        return Done::failed(255, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n");
    };
    let is = |name: &str| !object.is_empty() && name.starts_with(*object);
    if is("address") {
        addr(call, rest, brief)
    } else if is("link") {
        links(call, rest, brief)
    } else if is("route") {
        routes(call, rest)
    } else if is("neighbour") || is("neighbor") {
        neighbours(call, rest)
    } else if ["rule", "tunnel", "netns", "maddress", "monitor"].contains(object) {
        call.not_modelled(&format!("ip {object}"))
    } else {
        Done::failed(1, format!("Object \"{object}\" is unknown, try \"ip help\".\n"))
    }
}

const DENIED: &str = "RTNETLINK answers: Operation not permitted\n";

/// The interface of a name, with its position.
fn find(call: &Call<'_>, name: &str) -> Option<usize> {
    call.device().stack.interfaces.iter().position(|interface| interface.name == name)
}

fn index(at: usize) -> InterfaceIndex {
    InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX))
}

fn missing(name: &str) -> Done {
    Done::failed(1, format!("Device \"{name}\" does not exist.\n"))
}

/// The loopback interface has number 1; the others follow.
fn number(call: &Call<'_>, at: usize) -> usize {
    let own = call.device().stack.interfaces.iter().any(|interface| interface.attach == Attach::Loopback);
    at + if own { 1 } else { 2 }
}

/// Up in the system, and with a carrier.
fn carrier(call: &Call<'_>, interface: &Interface) -> bool {
    match interface.attach {
        Attach::Port(port) | Attach::Sub(port, _) => {
            link::of(call.world, PortRef { device: call.session.device, port }).is_some()
        }
        Attach::Vlan(_) => interface.enabled,
        Attach::Loopback => true,
    }
}

fn state(call: &Call<'_>, interface: &Interface) -> &'static str {
    if interface.attach == Attach::Loopback {
        "UNKNOWN"
    } else if interface.enabled && carrier(call, interface) {
        "UP"
    } else {
        "DOWN"
    }
}

fn flags(call: &Call<'_>, interface: &Interface) -> String {
    if interface.attach == Attach::Loopback {
        return "LOOPBACK,UP,LOWER_UP".to_owned();
    }
    let up = carrier(call, interface);
    match (interface.enabled, up) {
        (true, true) => "BROADCAST,MULTICAST,UP,LOWER_UP",
        (true, false) => "NO-CARRIER,BROADCAST,MULTICAST,UP",
        (false, _) => "BROADCAST,MULTICAST",
    }
    .to_owned()
}

const LOOPBACK: &str = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n";

fn head(call: &Call<'_>, at: usize, interface: &Interface) -> String {
    format!(
        "{}: {}: <{}> mtu {} qdisc {} state {} group default qlen 1000\n    link/ether {} brd ff:ff:ff:ff:ff:ff\n",
        number(call, at),
        interface.name,
        flags(call, interface),
        interface.mtu,
        if interface.enabled { "fq_codel" } else { "noop" },
        state(call, interface),
        interface.mac.colons()
    )
}

fn address_lines(call: &Call<'_>, interface: &Interface) -> String {
    let mut out = String::new();
    for address in &interface.addresses {
        let lease = interface.dhcp.lease.as_ref().filter(|lease| lease.address == address.ip);
        let scope = if address.ip.is_link_local() { "link" } else { "global" };
        let broadcast = if address.prefix < 31 { format!(" brd {}", address.network().broadcast()) } else { String::new() };
        let dynamic = if lease.is_some() { " dynamic" } else { "" };
        let life =
            lease.map_or_else(|| "forever".to_owned(), |lease| format!("{}sec", (lease.expires - call.world.now).as_seconds()));
        let _ = write!(
            out,
            "    inet {}/{}{broadcast} scope {scope}{dynamic} {}\n       valid_lft {life} preferred_lft {life}\n",
            address.ip, address.prefix, interface.name
        );
    }
    out
}

fn wanted_name<'a>(words: &[&'a str]) -> Option<&'a str> {
    let mut words = words.iter().filter(|word| !matches!(**word, "show" | "sh" | "list" | "ls" | "dev" | "up"));
    words.next().copied()
}

fn addr(call: &mut Call<'_>, words: &[&str], brief: bool) -> Done {
    match words.first().copied() {
        Some("add" | "a" | "del" | "delete" | "d" | "flush") => change_address(call, words),
        _ => show_addresses(call, wanted_name(words), brief),
    }
}

fn show_addresses(call: &Call<'_>, only: Option<&str>, brief: bool) -> Done {
    if let Some(name) = only.filter(|name| *name != "lo" && find(call, name).is_none()) {
        return missing(name);
    }
    let mut out = String::new();
    let interfaces = &call.device().stack.interfaces;
    let has_loopback = interfaces.iter().any(|interface| interface.attach == Attach::Loopback);
    if !has_loopback && only.is_none_or(|name| name == "lo") {
        let _ = if brief {
            writeln!(out, "{:<16} {:<14} 127.0.0.1/8 ", "lo", "UNKNOWN")
        } else {
            writeln!(out, "{LOOPBACK}    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever")
        };
    }
    for (at, interface) in interfaces.iter().enumerate().filter(|(_, interface)| only.is_none_or(|name| name == interface.name)) {
        if brief {
            let list: Vec<String> = interface.addresses.iter().map(|own| format!("{}/{} ", own.ip, own.prefix)).collect();
            let list = list.concat();
            let _ = writeln!(out, "{:<16} {:<14} {list}", interface.name, state(call, interface));
        } else {
            out.push_str(&head(call, at, interface));
            out.push_str(&address_lines(call, interface));
        }
    }
    Done::ok(out)
}

/// `ip addr add 10.0.0.5/24 dev eth0`, `del`, `flush dev eth0`.
fn change_address(call: &mut Call<'_>, words: &[&str]) -> Done {
    let dev = words.iter().position(|word| *word == "dev").and_then(|at| words.get(at + 1)).copied();
    let verb = words.first().copied().unwrap_or_default();
    let Some(name) = dev.or_else(|| if verb == "flush" { words.get(1).copied() } else { None }) else {
        return Done::failed(255, "Not enough information: \"dev\" argument is required.\n");
    };
    let Some(at) = find(call, name) else { return Done::failed(1, format!("Cannot find device \"{name}\"\n")) };
    if !call.is_root() {
        return Done::failed(2, DENIED);
    }
    if verb == "flush" {
        if let Some(interface) = call.device_mut().stack.interfaces.get_mut(at) {
            // With its last address an interface loses the routes through it.
            interface.addresses.clear();
            interface.manual_gateway = None;
        }
        return Done::default();
    }
    let text = words.get(1).copied().unwrap_or_default();
    let (ip, prefix) = text.split_once('/').unwrap_or((text, "32"));
    let (Ok(ip), Some(prefix)) = (ip.parse::<Ipv4Addr>(), prefix.parse::<u8>().ok().filter(|prefix| *prefix <= 32)) else {
        return Done::failed(1, format!("Error: any valid prefix is expected rather than \"{text}\".\n"));
    };
    let Some(interface) = call.device_mut().stack.interfaces.get_mut(at) else { return Done::default() };
    let address = Address { ip, prefix };
    if verb.starts_with('a') {
        if interface.addresses.contains(&address) {
            return Done::failed(2, "RTNETLINK answers: File exists\n");
        }
        interface.addresses.push(address);
        return Done::default();
    }
    let before = interface.addresses.len();
    interface.addresses.retain(|own| own.ip != ip);
    if interface.addresses.len() == before {
        return Done::failed(2, "RTNETLINK answers: Cannot assign requested address\n");
    }
    if interface.manual_gateway.is_some_and(|gateway| !interface.addresses.iter().any(|own| own.network().contains(&gateway))) {
        interface.manual_gateway = None;
    }
    Done::default()
}

fn links(call: &mut Call<'_>, words: &[&str], brief: bool) -> Done {
    if words.first() == Some(&"set") {
        return set_link(call, words.get(1..).unwrap_or_default());
    }
    if matches!(words.first(), Some(&("add" | "del" | "delete"))) {
        return call.not_modelled("new kinds of links (ip link add)");
    }
    let only = wanted_name(words);
    if let Some(name) = only.filter(|name| *name != "lo" && find(call, name).is_none()) {
        return missing(name);
    }
    let interfaces = &call.device().stack.interfaces;
    let mut out = String::new();
    let has_loopback = interfaces.iter().any(|interface| interface.attach == Attach::Loopback);
    if !has_loopback && only.is_none_or(|name| name == "lo") {
        let _ = if brief {
            writeln!(out, "{:<16} {:<14} 00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP> ", "lo", "UNKNOWN")
        } else {
            write!(out, "{}", LOOPBACK.replace("state UNKNOWN group", "state UNKNOWN mode DEFAULT group"))
        };
    }
    for (at, interface) in interfaces.iter().enumerate().filter(|(_, interface)| only.is_none_or(|name| name == interface.name)) {
        if brief {
            let _ = writeln!(
                out,
                "{:<16} {:<14} {} <{}> ",
                interface.name,
                state(call, interface),
                interface.mac.colons(),
                flags(call, interface)
            );
        } else {
            out.push_str(&head(call, at, interface).replace(" group default", " mode DEFAULT group default"));
        }
    }
    Done::ok(out)
}

/// Down takes the routes away; up brings back only those of the addresses.
fn set_link(call: &mut Call<'_>, words: &[&str]) -> Done {
    let words: Vec<&str> = words.iter().copied().filter(|word| *word != "dev").collect();
    let Some(name) = words.first().copied() else {
        return Done::failed(255, "Not enough of information: \"dev\" argument is required.\n");
    };
    let Some(at) = find(call, name) else { return Done::failed(1, format!("Cannot find device \"{name}\"\n")) };
    if !call.is_root() {
        return Done::failed(2, DENIED);
    }
    let mut rest = words.iter().skip(1).copied();
    while let Some(word) = rest.next() {
        let stack = &mut call.device_mut().stack;
        let Some(interface) = stack.interfaces.get_mut(at) else { return Done::default() };
        match word {
            "up" => interface.enabled = true,
            "down" => {
                interface.enabled = false;
                interface.manual_gateway = None;
                let networks: Vec<Ipv4Net> = interface.addresses.iter().map(|own| own.network()).collect();
                stack.routes.retain(|route| match route.via {
                    Hop::Gateway(gateway) => !networks.iter().any(|network| network.contains(&gateway)),
                    Hop::Interface(used) => usize::from(used.0) != at,
                    _ => true,
                });
                stack.neighbours.retain(|(used, _), _| usize::from(used.0) != at);
            }
            "mtu" => match rest.next().and_then(|mtu| mtu.parse::<u16>().ok()).filter(|mtu| *mtu >= 68) {
                Some(mtu) => interface.mtu = mtu,
                None => return Done::failed(1, "Error: argument is wrong: Invalid \"mtu\" value\n"),
            },
            other => return Done::failed(255, format!("Error: either \"dev\" is duplicate, or \"{other}\" is a garbage.\n")),
        }
    }
    Done::default()
}

fn routes(call: &mut Call<'_>, words: &[&str]) -> Done {
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

fn network(text: &str) -> Option<Ipv4Net> {
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
    let device = call.session.device;
    let via = match (kind, after("via"), dev) {
        (Some("blackhole"), ..) => Hop::Blackhole,
        (Some("unreachable"), ..) => Hop::Unreachable,
        (Some(_), ..) => Hop::Prohibit,
        (None, Some(text), _) => {
            let Ok(gateway) = text.parse::<Ipv4Addr>() else {
                return Done::failed(1, format!("Error: any valid address is expected rather than \"{text}\".\n"));
            };
            if !route::connected(call.world, device).iter().any(|(network, _)| network.contains(&gateway)) {
                return Done::failed(2, "Error: Nexthop has invalid gateway.\n");
            }
            Hop::Gateway(gateway)
        }
        (None, None, Some(at)) => Hop::Interface(index(at)),
        (None, None, None) => return Done::failed(2, "RTNETLINK answers: No such device\n"),
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

fn neighbours(call: &mut Call<'_>, words: &[&str]) -> Done {
    let after = |key: &str| words.iter().position(|word| *word == key).and_then(|at| words.get(at + 1)).copied();
    match words.first().copied() {
        Some("flush") => {
            if !call.is_root() {
                return Done::failed(2, "Flush terminated\n");
            }
            let only = after("dev").and_then(|name| find(call, name));
            call.device_mut().stack.neighbours.retain(|(at, _), held| {
                held.state == NeighbourState::Permanent || only.is_some_and(|only| usize::from(at.0) != only)
            });
            Done::default()
        }
        Some("add" | "replace" | "del" | "delete") => {
            let verb = words.first().copied().unwrap_or_default();
            let (Some(ip), Some(at)) =
                (words.get(1).and_then(|ip| ip.parse::<Ipv4Addr>().ok()), after("dev").and_then(|name| find(call, name)))
            else {
                return Done::failed(255, "Device and destination are required arguments.\n");
            };
            if !call.is_root() {
                return Done::failed(2, DENIED);
            }
            let now = call.world.now;
            let held = &mut call.device_mut().stack.neighbours;
            if verb.starts_with('d') {
                return if held.remove(&(index(at), ip)).is_some() {
                    Done::default()
                } else {
                    Done::failed(2, "RTNETLINK answers: No such file or directory\n")
                };
            }
            let Some(mac) = after("lladdr").and_then(Mac::parse) else { return Done::failed(1, "\"lladdr\" is invalid\n") };
            held.insert((index(at), ip), Neighbour { state: NeighbourState::Permanent, mac, confirmed: now });
            Done::default()
        }
        _ => Done::ok(show_neighbours(call, wanted_name(words))),
    }
}

fn show_neighbours(call: &Call<'_>, only: Option<&str>) -> String {
    let stack = &call.device().stack;
    let mut out = String::new();
    for ((at, ip), held) in &stack.neighbours {
        let name = stack.interfaces.get(usize::from(at.0)).map_or("", |interface| interface.name.as_str());
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let mac = if matches!(held.state, NeighbourState::Incomplete | NeighbourState::Failed) {
            String::new()
        } else {
            format!(" lladdr {}", held.mac.colons())
        };
        let _ = writeln!(out, "{ip} dev {name}{mac} {}", state_word(call, held));
    }
    out
}

/// What was reachable goes stale by itself.
fn state_word(call: &Call<'_>, held: &Neighbour) -> &'static str {
    match held.state {
        NeighbourState::Incomplete => "INCOMPLETE",
        // base_reachable_time is 30 s (arp(7)).
        NeighbourState::Reachable if (call.world.now - held.confirmed).as_seconds() <= 30 => "REACHABLE",
        NeighbourState::Reachable | NeighbourState::Stale => "STALE",
        NeighbourState::Failed => "FAILED",
        NeighbourState::Permanent => "PERMANENT",
    }
}

fn ifconfig(call: &mut Call<'_>, args: &[String]) -> Done {
    if args.len() > 1 {
        return call.not_modelled("changes by ifconfig; use ip");
    }
    let mut out = String::new();
    for interface in &call.device().stack.interfaces {
        if args.first().is_some_and(|only| *only != interface.name && only != "-a") || (args.is_empty() && !interface.enabled) {
            continue;
        }
        let running = carrier(call, interface);
        let words = if running { "UP,BROADCAST,RUNNING,MULTICAST" } else { "UP,BROADCAST,MULTICAST" };
        let bits = if running { 4163 } else { 4099 };
        let _ = writeln!(out, "{}: flags={bits}<{words}>  mtu {}", interface.name, interface.mtu);
        for address in &interface.addresses {
            let network = address.network();
            let _ =
                writeln!(out, "        inet {}  netmask {}  broadcast {}", address.ip, network.netmask(), network.broadcast());
        }
        let _ = writeln!(out, "        ether {}  txqueuelen 1000  (Ethernet)", interface.mac.colons());
        if let Attach::Port(port) = interface.attach
            && let Some(port) = call.device().ports.get(usize::from(port.0))
        {
            let counters = port.counters;
            let _ = write!(
                out,
                "        RX packets {}  bytes {}\n        RX errors {}  dropped {}  overruns 0  frame {}\n        TX packets {}  bytes {}\n        TX errors 0  dropped 0 overruns 0  carrier 0  collisions {}\n",
                counters.frames_in,
                counters.bytes_in,
                counters.crc_errors,
                counters.dropped,
                counters.crc_errors,
                counters.frames_out,
                counters.bytes_out,
                counters.collisions
            );
        }
        out.push('\n');
    }
    if out.is_empty()
        && let Some(name) = args.first()
    {
        return Done::failed(1, format!("{name}: error fetching interface information: Device not found\n"));
    }
    Done::ok(out)
}

/// `dhclient eth0`, `dhclient -r eth0`.
fn dhclient(call: &mut Call<'_>, args: &[String]) -> Done {
    if !call.is_root() {
        return Done::failed(1, "RTNETLINK answers: Operation not permitted\n");
    }
    let (given, names) = super::call::options(args, "");
    let device = call.session.device;
    let Some(name) = names.first() else { return call.not_modelled("dhclient without an interface") };
    let Some(at) = find(call, name) else { return Done::failed(1, format!("Cannot find device \"{name}\"\n")) };
    if let Some(interface) = call.device_mut().stack.interfaces.get_mut(at) {
        (interface.dhcp.enabled, interface.origin) = (true, Origin::Dhcp);
    }
    if super::call::has(&given, &["r"]) {
        dhcp::release(call.world, device, index(at));
    } else {
        dhcp::renew(call.world, device, index(at));
        call.world.wait(crate::time::Span::seconds(3));
    }
    Done::default()
}
