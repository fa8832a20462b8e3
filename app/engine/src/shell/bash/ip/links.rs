//! `ip link`.

use std::fmt::Write;

use ipnet::Ipv4Net;

use super::super::call::{Call, Done};
use super::{DENIED, carrier, find, missing, number, wanted_name};
use crate::world::interface::{Attach, Hop, Interface};
use crate::world::port::Counters;

pub(super) fn state(call: &Call<'_>, interface: &Interface) -> &'static str {
    if interface.attach == Attach::Loopback {
        "UNKNOWN"
    } else if interface.enabled && carrier(call, interface) {
        "UP"
    } else {
        "DOWN"
    }
}

pub(super) fn flags(call: &Call<'_>, interface: &Interface) -> String {
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

pub(super) const LOOPBACK: &str = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n";

pub(super) fn head(call: &Call<'_>, at: usize, interface: &Interface) -> String {
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

pub(super) fn links(call: &mut Call<'_>, words: &[&str], brief: bool, counted: bool) -> Done {
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
        if counted && !brief {
            out.push_str(&statistics(&Counters::default()));
        }
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
            if counted {
                out.push_str(&statistics(&counters(call, interface)));
            }
        }
    }
    Done::ok(out)
}

/// Those of the port below; an interface without one of its own has none.
fn counters(call: &Call<'_>, interface: &Interface) -> Counters {
    match interface.attach {
        Attach::Port(port) => call.device().ports.get(usize::from(port.0)).map(|port| port.counters).unwrap_or_default(),
        _ => Counters::default(),
    }
}

/// `-s`: two lines of heads and two of numbers.
fn statistics(counters: &Counters) -> String {
    let line = |numbers: [u64; 6]| {
        let [bytes, packets, errors, dropped, fifth, sixth] = numbers;
        format!("    {bytes:>10} {packets:>7} {errors:>6} {dropped:>7} {fifth:>7} {sixth:>7} \n")
    };
    format!(
        "    RX:  bytes packets errors dropped  missed   mcast           \n{}    TX:  bytes packets errors dropped carrier collsns           \n{}",
        line([counters.bytes_in, counters.frames_in, counters.crc_errors, counters.dropped, 0, 0]),
        line([counters.bytes_out, counters.frames_out, counters.late_collisions, 0, 0, counters.collisions])
    )
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
