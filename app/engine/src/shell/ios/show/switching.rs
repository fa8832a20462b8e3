//! VLANs, trunks, spanning tree, port security.

use std::fmt::Write;

use crate::net::{link, spanning_tree as tree};
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::shell::ios::{configure, names, status};
use crate::sorted::Set;
use crate::world::port::{Port, SwitchMode, Switching, VlanId};
use crate::world::{DeviceId, PortIndex, PortRef, World};

fn port_ref(device: DeviceId, at: usize) -> PortRef {
    PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) }
}

fn database(world: &World, device: DeviceId) -> Switching {
    world.device(device).switching.clone().unwrap_or_default().into_inner()
}

/// The VLAN under which `show vlan` lists a port: none for a trunk that has a link.
fn listed(world: &World, device: DeviceId, at: usize, port: &Port) -> Option<VlanId> {
    match port.switching.as_ref()?.mode {
        SwitchMode::Access(vlan) => Some(vlan),
        SwitchMode::Trunk { .. } => link::of(world, port_ref(device, at)).is_none().then_some(VlanId(1)),
    }
}

pub fn vlan_brief(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let mut text = "\nVLAN Name                             Status    Ports\n\
                    ---- -------------------------------- --------- -------------------------------\n"
        .to_owned();
    for (vlan, name) in &database(world, device).vlans {
        let ports = world.device(device).ports.iter().enumerate();
        let ports: Vec<_> = ports
            .filter(|(at, port)| listed(world, device, *at, port) == Some(*vlan))
            .map(|(_, port)| names::short(&port.name))
            .collect();
        let lines = wrapped(&ports);
        text.push_str(
            format!("{:<4} {name:<32} {:<9} {}", vlan.0, "active", lines.first().map_or("", String::as_str)).trim_end(),
        );
        text.push('\n');
        for line in lines.iter().skip(1) {
            _ = writeln!(text, "{:48}{line}", "");
        }
    }
    // VLANs that every such switch keeps for token ring and FDDI.
    for (id, name) in [(1002, "fddi-default"), (1003, "token-ring-default"), (1004, "fddinet-default"), (1005, "trnet-default")] {
        _ = writeln!(text, "{id:<4} {name:<32} act/unsup ");
    }
    Output::ok(text)
}

/// The Ports column is 31 wide; a line that goes on ends with a comma.
fn wrapped(ports: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for port in ports {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 2 + port.chars().count() <= 31 => {
                line.push_str(", ");
                line.push_str(port);
            }
            _ => lines.push(port.clone()),
        }
    }
    lines
}

/// The VLANs a trunk lets through, all of them where the list is not set.
fn allowed(mode: &SwitchMode) -> Option<(VlanId, Option<&Set<VlanId>>)> {
    match mode {
        SwitchMode::Trunk { native, allowed } => Some((*native, allowed.as_ref())),
        SwitchMode::Access(_) => None,
    }
}

pub fn trunk(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let vlans = database(world, device).vlans;
    let ports = world.device(device).ports.iter().enumerate();
    let trunks: Vec<_> = ports
        .filter(|(at, _)| link::of(world, port_ref(device, *at)).is_some())
        .filter_map(|(_, port)| {
            let switching = port.switching.as_ref()?;
            Some((names::short(&port.name), allowed(&switching.mode)?, switching.blocked))
        })
        .collect();
    if trunks.is_empty() {
        return Output::ok("");
    }
    let mut text = "\nPort        Mode             Encapsulation  Status        Native vlan\n".to_owned();
    for (name, (native, _), _) in &trunks {
        _ = writeln!(text, "{name:<11} {:<16} {:<14} {:<13} {}", "on", "802.1q", "trunking", native.0);
    }
    text.push_str("\nPort        Vlans allowed on trunk\n");
    for (name, (_, list), _) in &trunks {
        _ = writeln!(text, "{name:<11} {}", list.map_or_else(|| "1-4094".to_owned(), configure::list_text));
    }
    let active = |list: Option<&Set<VlanId>>| {
        vlans.keys().filter(|vlan| list.is_none_or(|list| list.contains(vlan))).copied().collect::<Set<_>>()
    };
    text.push_str("\nPort        Vlans allowed and active in management domain\n");
    for (name, (_, list), _) in &trunks {
        _ = writeln!(text, "{name:<11} {}", configure::list_text(&active(*list)));
    }
    text.push_str("\nPort        Vlans in spanning tree forwarding state and not pruned\n");
    for (name, (_, list), blocked) in &trunks {
        let forwarding = if *blocked { Set::new() } else { active(*list) };
        _ = writeln!(text, "{name:<11} {}", configure::list_text(&forwarding));
    }
    Output::ok(text)
}

pub fn switchport(call: &mut Call) -> Output {
    let (world, device, only) = (&*call.world, call.device, call.text(0));
    let vlans = database(world, device).vlans;
    let vlan_name = |vlan: VlanId| vlans.get(&vlan).map_or("Inactive", String::as_str).to_owned();
    let mut text = String::new();
    for (at, port) in world.device(device).ports.iter().enumerate().filter(|(_, port)| only.is_empty() || port.name == only) {
        _ = writeln!(text, "Name: {}", names::short(&port.name));
        let Some(switching) = &port.switching else {
            text.push_str("Switchport: Disabled\n\n");
            continue;
        };
        let (mode, access, native, list) = match &switching.mode {
            SwitchMode::Access(vlan) => ("static access", *vlan, VlanId(1), "ALL".to_owned()),
            SwitchMode::Trunk { native, allowed } => {
                ("trunk", VlanId(1), *native, allowed.as_ref().map_or_else(|| "ALL".to_owned(), configure::list_text))
            }
        };
        let operational = match (link::of(world, port_ref(device, at)), port.enabled) {
            (Some(_), _) => mode,
            (None, _) => "down",
        };
        let voice = switching.voice_vlan.map_or_else(|| "none".to_owned(), |vlan| format!("{} ({})", vlan.0, vlan_name(vlan)));
        let encapsulation = if mode == "trunk" { "dot1q" } else { "native" };
        _ = write!(
            text,
            "Switchport: Enabled\nAdministrative Mode: {mode}\nOperational Mode: {operational}\nAdministrative Trunking \
             Encapsulation: dot1q\n{}Negotiation of Trunking: Off\nAccess Mode VLAN: {} ({})\nTrunking Native Mode VLAN: {} \
             ({})\nAdministrative Native VLAN tagging: enabled\nVoice VLAN: {voice}\nTrunking VLANs Enabled: {list}\nPruning VLANs \
             Enabled: 2-1001\n\n",
            if operational == "down" { String::new() } else { format!("Operational Trunking Encapsulation: {encapsulation}\n") },
            access.0,
            vlan_name(access),
            native.0,
            vlan_name(native),
        );
    }
    Output::ok(text)
}

pub fn spanning_tree(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let found = world.device(device);
    if !found.switching.as_ref().is_some_and(|switching| switching.spanning_tree) {
        return Output::ok("\nNo spanning tree instance exists.\n\n");
    }
    let wanted = call.args.first().and_then(|arg| arg.text.parse().ok()).map(VlanId);
    let vlans = database(world, device).vlans;
    if let Some(vlan) = wanted.filter(|vlan| !vlans.contains_key(vlan)) {
        return Output::ok(format!("\nSpanning tree instance(s) for vlan {} does not exist.\n\n", vlan.0));
    }
    let shown = vlans.keys().copied().filter(|vlan| wanted.is_none_or(|wanted| wanted == *vlan));
    Output::ok(shown.map(|vlan| instance(world, device, vlan)).collect::<String>())
}

/// One VLAN's tree; a VLAN without a forwarding port has none.
fn instance(world: &World, device: DeviceId, vlan: VlanId) -> String {
    let found = world.device(device);
    let carries = |port: &Port| match port.switching.as_ref().map(|switching| &switching.mode) {
        Some(SwitchMode::Access(own)) => *own == vlan,
        Some(SwitchMode::Trunk { allowed, .. }) => allowed.as_ref().is_none_or(|list| list.contains(&vlan)),
        None => false,
    };
    let ports =
        found.ports.iter().enumerate().filter(|(at, port)| carries(port) && link::of(world, port_ref(device, *at)).is_some());
    let ports: Vec<_> = ports.collect();
    if ports.is_empty() {
        return String::new();
    }
    let own = found.ports.first().map_or_else(Default::default, |port| port.mac);
    let root = tree::root(world, device);
    let priority = 32_768_u32 + u32::from(vlan.0);
    let mut text = format!("\nVLAN{:04}\n  Spanning tree enabled protocol ieee\n  Root ID    Priority    {priority}\n", vlan.0);
    _ = writeln!(text, "             Address     {}", root.mac.dotted());
    match root.port {
        None => text.push_str("             This bridge is the root\n"),
        Some(port) => {
            let name = found.ports.get(usize::from(port.0)).map_or("", |port| port.name.as_str());
            _ = writeln!(
                text,
                "             Cost        {}\n             Port        {} ({})",
                root.cost,
                u16::from(port.0) + 1,
                names::long(name)
            );
        }
    }
    text.push_str("             Hello Time   2 sec  Max Age 20 sec  Forward Delay 15 sec\n\n");
    _ = writeln!(text, "  Bridge ID  Priority    {priority}  (priority 32768 sys-id-ext {})", vlan.0);
    _ = writeln!(text, "             Address     {}", own.dotted());
    text.push_str("             Hello Time   2 sec  Max Age 20 sec  Forward Delay 15 sec\n             Aging Time  300 sec\n\n");
    text.push_str("Interface           Role Sts Cost      Prio.Nbr Type\n------------------- ---- --- --------- -------- --------------------------------\n");
    for (at, port) in ports {
        let Some(switching) = &port.switching else { continue };
        let speed = link::of(world, port_ref(device, at)).map_or(1000, |link| link.speed);
        let is_root = root.port.is_some_and(|port| usize::from(port.0) == at);
        let (role, state) = match (switching.blocked, is_root) {
            (true, _) => ("Altn", "BLK"),
            (false, true) => ("Root", "FWD"),
            (false, false) => ("Desg", "FWD"),
        };
        let edge = if switching.portfast { "P2p Edge " } else { "P2p " };
        _ = writeln!(
            text,
            "{:<19} {role} {state} {:<9} {:>8} {edge}",
            names::short(&port.name),
            tree::cost(speed),
            format!("128.{}", at.saturating_add(1))
        );
    }
    text.push('\n');
    text
}

/// Seconds, addresses and the like are counted where the model counts them.
pub fn port_security(call: &mut Call) -> Output {
    let mut text = "Secure Port  MaxSecureAddr  CurrentAddr  SecurityViolation  Security Action\n                (Count)       (Count)          (Count)\n---------------------------------------------------------------------------\n".to_owned();
    for port in &call.found().ports {
        let Some(security) = port.switching.as_ref().and_then(|switching| switching.port_security.as_ref()) else { continue };
        _ = writeln!(
            text,
            "{:>11} {:>14} {:>12} {:>18} {:>16}",
            names::short(&port.name),
            security.maximum,
            security.learned.len(),
            security.violations,
            "Shutdown"
        );
    }
    text.push_str("---------------------------------------------------------------------------\n");
    Output::ok(text)
}

pub fn port_security_interface(call: &mut Call) -> Output {
    let Some(at) = call.found().ports.iter().position(|port| port.name == call.text(0)) else { return call.invalid(0) };
    let shown = status::of(call.world, call.port_ref(at));
    let Some(port) = call.found().ports.get(at) else { return call.invalid(0) };
    let security = port.switching.as_ref().and_then(|switching| switching.port_security.as_ref());
    let state = match (security, shown.word) {
        (Some(_), "err-disabled") => "Secure-shutdown",
        (Some(_), "connected") => "Secure-up",
        _ => "Secure-down",
    };
    let enabled = if security.is_some() { "Enabled" } else { "Disabled" };
    let (maximum, learned, sticky, violations) = security.map_or((1, 0, 0, 0), |security| {
        let learned = security.learned.len();
        (security.maximum, learned, if security.sticky { learned } else { 0 }, security.violations)
    });
    let rows = [
        ("Port Security", enabled.to_owned()),
        ("Port Status", state.to_owned()),
        ("Violation Mode", "Shutdown".to_owned()),
        ("Aging Time", "0 mins".to_owned()),
        ("Aging Type", "Absolute".to_owned()),
        ("SecureStatic Address Aging", "Disabled".to_owned()),
        ("Maximum MAC Addresses", maximum.to_string()),
        ("Total MAC Addresses", learned.to_string()),
        ("Configured MAC Addresses", "0".to_owned()),
        ("Sticky MAC Addresses", sticky.to_string()),
        ("Security Violation Count", violations.to_string()),
    ];
    Output::ok(rows.iter().map(|(label, value)| format!("{label:<26} : {value}\n")).collect::<Vec<_>>().concat())
}
