//! `resolvectl`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::{connection, servers};
use crate::machine::runs;
use crate::net::dns;
use crate::world::interface::Attach;

pub(super) fn resolvectl(call: &mut Call<'_>, args: &[String]) -> Done {
    if !runs(call.world, call.session.device, "systemd-resolved.service") {
        return Done::failed(1, "Failed to get global data: Unit dbus-org.freedesktop.resolve1.service not found.\n");
    }
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["status", ..] => Done::ok(resolve_status(call, words.get(1).copied())),
        ["dns"] => {
            let mut out = "Global:\n".to_owned();
            for (at, interface) in call.device().stack.interfaces.iter().enumerate() {
                let list: Vec<String> = servers(interface).iter().map(ToString::to_string).collect();
                let _ = writeln!(out, "Link {} ({}): {}", at + 2, interface.name, list.join(" "));
            }
            Done::ok(out)
        }
        ["dns", name, list @ ..] => {
            let parsed: Vec<Ipv4Addr> = list.iter().filter_map(|server| server.parse().ok()).collect();
            if parsed.len() != list.len() {
                return Done::failed(1, "Failed to parse DNS server address\n");
            }
            if !call.is_root() {
                return Done::failed(1, "Failed to set DNS configuration: Interactive authentication required.\n");
            }
            let Some(at) = connection(call, name).map(|(at, _)| at) else {
                return Done::failed(1, format!("Failed to resolve interface \"{name}\": No such device\n"));
            };
            if let Some(interface) = call.device_mut().stack.interfaces.get_mut(at) {
                interface.manual_dns = parsed;
            }
            Done::default()
        }
        ["flush-caches"] => {
            call.device_mut().stack.resolver.cache.clear();
            Done::default()
        }
        ["query", name] => {
            let name = (*name).to_owned();
            match dns::resolve(call.world, call.session.device, &name) {
                dns::Resolution::Address(ip) => Done::ok(format!("{name}: {ip}\n")),
                dns::Resolution::NotFound => Done::failed(1, format!("{name}: resolve call failed: '{name}' not found\n")),
                dns::Resolution::Failed => Done::failed(
                    1,
                    format!("{name}: resolve call failed: All attempts to contact name servers or networks failed\n"),
                ),
            }
        }
        other => call.not_modelled(&format!("resolvectl {}", other.join(" "))),
    }
}

fn resolve_status(call: &Call<'_>, only: Option<&str>) -> String {
    let mut out = String::new();
    if only.is_none() {
        out.push_str("Global\n       Protocols: +LLMNR +mDNS -DNSOverTLS DNSSEC=no/unsupported\nresolv.conf mode: stub\n");
    }
    for (at, interface) in call.device().stack.interfaces.iter().enumerate() {
        if only.is_some_and(|only| only != interface.name) || interface.attach == Attach::Loopback {
            continue;
        }
        let list: Vec<String> = servers(interface).iter().map(ToString::to_string).collect();
        let scopes = if interface.enabled && !list.is_empty() { "DNS" } else { "none" };
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            out,
            "{gap}Link {} ({})\n    Current Scopes: {scopes}\n         Protocols: +DefaultRoute +LLMNR -mDNS -DNSOverTLS DNSSEC=no/unsupported",
            at + 2,
            interface.name
        );
        if let Some(first) = list.first() {
            let _ = writeln!(out, "Current DNS Server: {first}\n       DNS Servers: {}", list.join(" "));
        }
        let suffixes = dns::suffixes(call.world, call.session.device);
        if !suffixes.is_empty() {
            let _ = writeln!(out, "        DNS Domain: {}", suffixes.join(" "));
        }
    }
    out
}
