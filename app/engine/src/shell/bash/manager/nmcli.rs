//! `nmcli`: NetworkManager's devices and profiles.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done};
use super::{connection, index, linked, servers};
use crate::machine::{runs, units};
use crate::net::{dhcp, route};
use crate::world::interface::{Address, Attach, Interface, Origin};

pub(super) fn nmcli(call: &mut Call<'_>, args: &[String]) -> Done {
    if !runs(call.world, call.session.device, "NetworkManager.service") {
        return Done::failed(8, "Error: NetworkManager is not running.\n");
    }
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["general" | "g", ..] => Done::ok(general(call)),
        ["device" | "dev" | "d"] | ["device" | "dev" | "d", "status"] => Done::ok(devices(call)),
        ["device" | "dev" | "d", "show", rest @ ..] => show(call, rest.first().copied()),
        ["connection" | "con" | "c"] | ["connection" | "con" | "c", "show"] => Done::ok(connections(call)),
        ["connection" | "con" | "c", "show", name] | ["connection" | "con" | "c", "show", "id", name] => {
            show_connection(call, name)
        }
        ["connection" | "con" | "c", verb @ ("up" | "down"), name]
        | ["device" | "dev" | "d", verb @ ("connect" | "disconnect"), name] => {
            switch(call, name, matches!(*verb, "up" | "connect"))
        }
        ["connection" | "con" | "c", "modify" | "mod", name, rest @ ..] => modify(call, name, rest),
        ["connection" | "con" | "c", "reload"] => Done::default(),
        other => call.not_modelled(&format!("nmcli {}", other.join(" "))),
    }
}

fn general(call: &Call<'_>) -> String {
    let up = call
        .device()
        .stack
        .interfaces
        .iter()
        .any(|interface| interface.enabled && linked(call, interface) && !interface.addresses.is_empty());
    let state = if up { "connected" } else { "disconnected" };
    let reach = if up { "full" } else { "none" };
    format!(
        "STATE         CONNECTIVITY  WIFI-HW  WIFI     WWAN-HW  WWAN    \n{state:<13} {reach:<13} missing  enabled  missing  enabled \n"
    )
}

fn device_state(call: &Call<'_>, interface: &Interface) -> &'static str {
    if !linked(call, interface) {
        "unavailable"
    } else if interface.enabled && !interface.addresses.is_empty() {
        "connected"
    } else {
        "disconnected"
    }
}

fn kind(call: &Call<'_>, interface: &Interface) -> &'static str {
    match interface.attach {
        Attach::Port(port) if call.device().ports.get(usize::from(port.0)).is_some_and(|port| port.wifi.is_some()) => "wifi",
        Attach::Loopback => "loopback",
        _ => "ethernet",
    }
}

fn devices(call: &Call<'_>) -> String {
    let interfaces = &call.device().stack.interfaces;
    let width = interfaces.iter().map(|interface| interface.name.len()).max().unwrap_or(0).max(6);
    let mut out = format!("{:<width$}  {:<8}  {:<12}  CONNECTION \n", "DEVICE", "TYPE", "STATE");
    for interface in interfaces.iter().filter(|interface| interface.attach != Attach::Loopback) {
        let state = device_state(call, interface);
        let name = if state == "connected" { interface.name.as_str() } else { "--" };
        let _ = writeln!(out, "{:<width$}  {:<8}  {state:<12}  {name:<10} ", interface.name, kind(call, interface));
    }
    out
}

/// NetworkManager's connection ids are random UUIDs; here they follow from the hardware address.
fn uuid(interface: &Interface) -> String {
    let number = crate::hash::fnv1a(interface.mac.colons().as_bytes());
    let text = format!("{number:016x}{:016x}", number.rotate_left(17));
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!("{}-{}-4{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

fn connections(call: &Call<'_>) -> String {
    let interfaces = &call.device().stack.interfaces;
    let width = interfaces.iter().map(|interface| interface.name.len()).max().unwrap_or(0).max(4);
    let mut out = format!("{:<width$}  {:<36}  {:<8}  DEVICE \n", "NAME", "UUID", "TYPE");
    for interface in interfaces.iter().filter(|interface| interface.attach != Attach::Loopback) {
        let device = if device_state(call, interface) == "connected" { interface.name.as_str() } else { "--" };
        let _ = writeln!(out, "{:<width$}  {}  {:<8}  {device:<6} ", interface.name, uuid(interface), kind(call, interface));
    }
    out
}

fn show(call: &Call<'_>, only: Option<&str>) -> Done {
    let mut out = String::new();
    for (at, interface) in call.device().stack.interfaces.iter().enumerate() {
        if only.is_some_and(|only| only != interface.name) || interface.attach == Attach::Loopback {
            continue;
        }
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(out, "{:<40}{value}", format!("{key}:"));
        };
        line("GENERAL.DEVICE", &interface.name);
        line("GENERAL.TYPE", kind(call, interface));
        line("GENERAL.HWADDR", &interface.mac.colons().to_uppercase());
        line("GENERAL.MTU", &interface.mtu.to_string());
        let (number, word) = match device_state(call, interface) {
            "connected" => (100, "connected"),
            "disconnected" => (30, "disconnected"),
            other => (20, other),
        };
        line("GENERAL.STATE", &format!("{number} ({word})"));
        line("WIRED-PROPERTIES.CARRIER", if linked(call, interface) { "on" } else { "off" });
        for (number, address) in interface.addresses.iter().enumerate() {
            line(&format!("IP4.ADDRESS[{}]", number + 1), &format!("{}/{}", address.ip, address.prefix));
        }
        let gateway =
            route::gateway(&call.device().stack, index(at)).map_or_else(|| "--".to_owned(), |gateway| gateway.to_string());
        line("IP4.GATEWAY", &gateway);
        for (number, server) in servers(interface).iter().enumerate() {
            line(&format!("IP4.DNS[{}]", number + 1), &server.to_string());
        }
        out.push('\n');
    }
    if out.is_empty() {
        return Done::failed(10, format!("Error: Device '{}' not found.\n", only.unwrap_or_default()));
    }
    out.pop();
    Done::ok(out)
}

fn unknown(name: &str) -> Done {
    Done::failed(10, format!("Error: unknown connection '{name}'.\n"))
}

fn show_connection(call: &Call<'_>, name: &str) -> Done {
    let Some((_, interface)) = connection(call, name) else {
        return Done::failed(10, format!("Error: {name} - no such connection profile.\n"));
    };
    let list = |items: Vec<String>| if items.is_empty() { "--".to_owned() } else { items.join(", ") };
    let own: Vec<String> = if interface.dhcp.enabled {
        Vec::new()
    } else {
        interface.addresses.iter().map(|own| format!("{}/{}", own.ip, own.prefix)).collect()
    };
    let mut out = String::new();
    for (key, value) in [
        ("connection.id", interface.name.clone()),
        ("connection.uuid", uuid(interface)),
        ("connection.interface-name", interface.name.clone()),
        ("connection.autoconnect", "yes".to_owned()),
        ("ipv4.method", if interface.dhcp.enabled { "auto" } else { "manual" }.to_owned()),
        ("ipv4.dns", list(interface.manual_dns.iter().map(ToString::to_string).collect())),
        ("ipv4.addresses", list(own)),
        ("ipv4.gateway", interface.manual_gateway.map_or_else(|| "--".to_owned(), |gateway| gateway.to_string())),
    ] {
        let _ = writeln!(out, "{:<40}{value}", format!("{key}:"));
    }
    Done::ok(out)
}

fn switch(call: &mut Call<'_>, name: &str, up: bool) -> Done {
    let Some((at, interface)) = connection(call, name) else { return unknown(name) };
    if up && !linked(call, &Interface { enabled: true, ..interface.clone() }) && interface.enabled {
        return Done::failed(
            4,
            format!(
                "Error: Connection activation failed: No suitable device found for this connection (device {name} not available because profile is not compatible with device (carrier off)).\n"
            ),
        );
    }
    let uses_dhcp = interface.dhcp.enabled;
    let device = call.session.device;
    if let Some(interface) = call.device_mut().stack.interfaces.get_mut(at) {
        interface.enabled = up;
    }
    if !up {
        return Done::ok(format!("Connection '{name}' successfully deactivated\n"));
    }
    units::network::apply(call.world, device);
    if uses_dhcp {
        let leased = dhcp::renew(call.world, device, index(at)) == dhcp::Renewal::Leased;
        if !leased {
            call.world.wait(crate::time::Span::seconds(45));
            return Done::failed(
                4,
                "Error: Connection activation failed: IP configuration could not be reserved (no available address, timeout, etc.)\n",
            );
        }
    }
    Done::ok("Connection successfully activated (D-Bus active path: /org/freedesktop/NetworkManager/ActiveConnection/2)\n")
}

/// Settings go into the profile; they are in force from the next `up` on.
fn modify(call: &mut Call<'_>, name: &str, words: &[&str]) -> Done {
    let Some((at, interface)) = connection(call, name) else { return unknown(name) };
    let (mut changed, path) = (interface.clone(), units::network::file_name(interface));
    for pair in words.chunks(2) {
        let [key, value] = pair else { return Done::failed(2, format!("Error: value for '{}' is missing.\n", pair.join(""))) };
        let (append, key) = key.strip_prefix('+').map_or((false, *key), |key| (true, key));
        let invalid = || Done::failed(2, format!("Error: failed to modify {key}: invalid value '{value}'.\n"));
        match key {
            "ipv4.method" => {
                changed.dhcp.enabled = *value == "auto";
                changed.origin = if *value == "auto" { Origin::Dhcp } else { Origin::Manual };
            }
            "ipv4.addresses" => {
                let Some((ip, prefix)) = value
                    .split_once('/')
                    .and_then(|(ip, prefix)| Some((ip.parse().ok()?, prefix.parse().ok().filter(|prefix| *prefix <= 32)?)))
                else {
                    return invalid();
                };
                if !append {
                    changed.addresses.clear();
                }
                changed.addresses.push(Address { ip, prefix });
            }
            "ipv4.gateway" if value.is_empty() => changed.manual_gateway = None,
            "ipv4.gateway" => match value.parse() {
                Ok(gateway) => changed.manual_gateway = Some(gateway),
                Err(_) => return invalid(),
            },
            "ipv4.dns" => {
                let parsed: Vec<Ipv4Addr> = value.split([',', ' ']).filter_map(|server| server.parse().ok()).collect();
                if parsed.is_empty() && !value.is_empty() {
                    return invalid();
                }
                if !append {
                    changed.manual_dns.clear();
                }
                changed.manual_dns.extend(parsed);
            }
            other => return call.not_modelled(&format!("nmcli property {other}")),
        }
    }
    let _ = at;
    let text = units::network::file(&changed);
    let now = call.now();
    let file = crate::world::files::File {
        text,
        owner: "root".to_owned(),
        group: "root".to_owned(),
        mode: 0o644,
        modified: now,
        ..Default::default()
    };
    call.linux_mut().files.0.insert(path, file);
    Done::default()
}
