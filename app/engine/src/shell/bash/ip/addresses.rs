//! `ip address`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::links::{LOOPBACK, head, state};
use super::{DENIED, find, missing, wanted_name};
use crate::world::interface::{Address, Attach, Interface};

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

pub(super) fn addr(call: &mut Call<'_>, words: &[&str], brief: bool) -> Done {
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
