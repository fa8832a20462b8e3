//! Windows' commands that jc has a parser for.

use std::net::Ipv4Addr;

use engine::net::{dns, link, route};
use engine::shell::ShellKind;
use engine::world::interface::{Attach, Interface, Origin};
use engine::world::{DeviceId, InterfaceIndex, PortRef, World};
use serde_json::Value;

use super::{Check, Facts};

pub const CHECKS: &[Check] = &[
    Check { line: "ipconfig /all", parser: "ipconfig", shell: ShellKind::Cmd, compare: ipconfig },
    Check { line: "ipconfig", parser: "ipconfig", shell: ShellKind::Cmd, compare: ipconfig_short },
    Check { line: "route print", parser: "route_print", shell: ShellKind::Cmd, compare: route_print },
    Check { line: "systeminfo", parser: "systeminfo", shell: ShellKind::Cmd, compare: systeminfo },
    Check { line: "net localgroup Administrators", parser: "net_localgroup", shell: ShellKind::Cmd, compare: localgroup },
    Check { line: "dir C:\\", parser: "dir", shell: ShellKind::Cmd, compare: dir },
];

fn interfaces(world: &World, device: DeviceId) -> Vec<(InterfaceIndex, Interface)> {
    let all = world.device(device).stack.interfaces.iter().enumerate();
    all.map(|(at, found)| (InterfaceIndex(u8::try_from(at).unwrap_or(0)), found.clone()))
        .filter(|(_, found)| found.enabled)
        .collect()
}

fn linked(world: &World, device: DeviceId, interface: &Interface) -> bool {
    match interface.attach {
        Attach::Port(port) => link::of(world, PortRef { device, port }).is_some(),
        _ => true,
    }
}

fn adapter<'v>(parsed: &'v Value, name: &str) -> &'v Value {
    let all = parsed["adapters"].as_array();
    all.and_then(|all| all.iter().find(|adapter| adapter["name"] == name)).unwrap_or(&Value::Null)
}

fn ipconfig(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    facts.same("host name", &parsed["host_name"], &world.device(device).name);
    for (index, interface) in interfaces(world, device) {
        let adapter = adapter(parsed, &interface.name);
        let what = |field: &str| format!("{} {field}", interface.name);
        facts.same(&what("physical address"), &adapter["physical_address"], interface.mac.hyphens_upper());
        facts.same(&what("DHCP enabled"), &adapter["dhcp_enabled"], interface.dhcp.enabled);
        if !linked(world, device, &interface) {
            facts.same(&what("media state"), &adapter["media_state"], "Media disconnected");
            facts.same(&what("addresses"), &adapter["ipv4_addresses"], "[]");
            continue;
        }
        facts.same(&what("media state"), &adapter["media_state"], "");
        addresses(&interface, adapter, facts);
        let gateways: Vec<String> = route::gateway(&world.device(device).stack, index).iter().map(Ipv4Addr::to_string).collect();
        facts.list(&what("gateways"), &adapter["default_gateways"], &gateways);
        let lease = interface.dhcp.lease.as_ref();
        facts.same(
            &what("DHCP server"),
            &adapter["dhcp_server"],
            lease.map(|lease| lease.server.to_string()).unwrap_or_default(),
        );
        if interfaces(world, device).len() == 1 {
            let servers: Vec<String> = dns::servers(world, device).iter().map(Ipv4Addr::to_string).collect();
            facts.list(&what("DNS servers"), &adapter["dns_servers"], &servers);
        }
        if let Some(lease) = lease {
            let local = |at: engine::time::Time| engine::text::windows_long(at.shifted(clock(world, device)).civil());
            facts.same(&what("lease obtained"), &adapter["lease_obtained"], local(lease.obtained));
            facts.same(&what("lease expires"), &adapter["lease_expires"], local(lease.expires));
        }
    }
}

/// Milliseconds from the true UTC time to what the machine's own clock shows.
fn clock(world: &World, device: DeviceId) -> i64 {
    let windows = world.device(device).windows().expect("Windows");
    i64::from(world.zone_minutes) * 60_000 + windows.clock.offset
}

fn addresses(interface: &Interface, adapter: &Value, facts: &mut Facts) {
    let parsed = adapter["ipv4_addresses"].as_array().cloned().unwrap_or_default();
    facts.same(&format!("{} number of addresses", interface.name), &Value::from(parsed.len()), interface.addresses.len());
    for (parsed, own) in parsed.iter().zip(&interface.addresses) {
        facts.same("address", &parsed["address"], own.ip);
        facts.same("mask", &parsed["subnet_mask"], own.network().netmask());
        facts.same("autoconfigured", &parsed["autoconfigured"], interface.origin == Origin::LinkLocal);
    }
}

fn ipconfig_short(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    for (index, interface) in interfaces(world, device) {
        let adapter = adapter(parsed, &interface.name);
        if linked(world, device, &interface) {
            addresses(&interface, adapter, facts);
            let gateways: Vec<String> =
                route::gateway(&world.device(device).stack, index).iter().map(Ipv4Addr::to_string).collect();
            facts.list("gateways", &adapter["default_gateways"], &gateways);
        } else {
            facts.same("media state", &adapter["media_state"], "Media disconnected");
        }
    }
}

/// Each connected network is there as "On-link", and the default route by its gateway.
fn route_print(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let routes = parsed["ipv4_route_table"]["active_routes"].as_array().cloned().unwrap_or_default();
    for (net, _) in route::connected(world, device) {
        let found = routes.iter().find(|route| {
            route["network_destination"] == net.network().to_string() && route["netmask"] == net.netmask().to_string()
        });
        facts.same(&format!("route to {net}"), found.map_or(&Value::Null, |route| &route["gateway"]), "On-link");
    }
    let default = routes.iter().find(|route| route["network_destination"] == "0.0.0.0");
    let hop = route::lookup(world, device, Ipv4Addr::new(198, 51, 100, 1));
    let gateway = hop.and_then(|hop| hop.gateway);
    facts.same(
        "default gateway",
        default.map_or(&Value::Null, |route| &route["gateway"]),
        gateway.map(|ip| ip.to_string()).unwrap_or_default(),
    );
    if let Some(hop) = hop {
        facts.same("default interface", default.map_or(&Value::Null, |route| &route["interface"]), hop.source);
    }
}

fn systeminfo(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    facts.same("host name", &parsed["host_name"], &world.device(device).name);
}

fn localgroup(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let windows = world.device(device).windows().expect("Windows");
    let members = windows.accounts.groups.get("Administrators").map(|group| group.members.clone()).unwrap_or_default();
    // A domain controller has no local groups of its own.
    if world.device(device).roles.directory.is_some() {
        facts.same("groups", &Value::from(parsed["groups"].as_array().map_or(0, Vec::len)), 0);
        return;
    }
    let printed = parsed["groups"][0]["members"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let printed: Vec<String> = printed.map(str::to_lowercase).collect();
    for member in members {
        let there = printed
            .iter()
            .any(|printed| *printed == member.to_lowercase() || printed.ends_with(&format!("\\{}", member.to_lowercase())));
        facts.same(&format!("member {member}"), &Value::from(there), true);
    }
}

/// Every folder and file right below the root.
fn dir(world: &mut World, device: DeviceId, parsed: &Value, facts: &mut Facts) {
    let windows = world.device(device).windows().expect("Windows");
    let below = windows.files.0.iter().filter_map(|(path, file)| Some((path.strip_prefix("C:\\")?, file)));
    let entries = parsed.as_array().cloned().unwrap_or_default();
    facts.same("something is listed", &Value::from(!entries.is_empty()), true);
    for (name, file) in below.filter(|(name, file)| !name.is_empty() && !name.contains('\\') && !file.deleted) {
        let found = entries.iter().find(|entry| entry["filename"].as_str().is_some_and(|found| found.eq_ignore_ascii_case(name)));
        facts.same(&format!("{name} is a folder"), found.map_or(&Value::Null, |entry| &entry["dir"]), file.folder);
    }
}
