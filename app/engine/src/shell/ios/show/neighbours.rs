//! CDP and LLDP: what is plugged in where, as the devices themselves say it.

use crate::net::link;
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::shell::ios::{hostname, names};
use crate::world::device::{Kind, System};
use crate::world::{Device, DeviceId, PortIndex, PortRef, World};
use std::fmt::Write;

/// How long what a neighbour said is kept, and how often it says it (Cisco's defaults for CDP; IOS' for LLDP), in seconds.
const CDP: (u64, u64) = (180, 60);
const LLDP: (u64, u64) = (120, 30);

/// What is left of the hold time: a device says who it is when it has started and then at every interval.
fn left(world: &World, neighbour: DeviceId, (hold, interval): (u64, u64)) -> u64 {
    hold - (world.now - world.device(neighbour).started).as_seconds() % interval
}

/// A neighbour at the other end of a cable.
struct Neighbour {
    local: String,
    device: DeviceId,
    port: String,
    duplex: bool,
}

/// Devices at the other ends that speak the protocol, as `speaks` says.
fn neighbours(world: &World, device: DeviceId, speaks: impl Fn(&Device) -> bool) -> Vec<Neighbour> {
    let found = world.device(device);
    if !speaks(found) {
        return Vec::new();
    }
    let linked = (0_u8..).zip(&found.ports).filter_map(|(at, port)| {
        let link = link::of(world, PortRef { device, port: PortIndex(at) })?;
        let far = world.device(link.peer.device);
        let far_port = far.ports.get(usize::from(link.peer.port.0))?;
        (speaks(far) && crate::machine::is_up(world, far.id)).then(|| Neighbour {
            local: port.name.clone(),
            device: far.id,
            port: far_port.name.clone(),
            duplex: link.full_duplex,
        })
    });
    linked.collect()
}

/// CDP: the managed devices, and access points and desk phones of the same make.
fn speaks_cdp(device: &Device) -> bool {
    match &device.system {
        System::Ios(ios) => ios.cdp,
        System::AccessPoint(_) => device.kind == Kind::AccessPoint,
        _ => device.kind == Kind::Phone,
    }
}

fn speaks_lldp(device: &Device) -> bool {
    match &device.system {
        System::Ios(ios) => ios.lldp,
        System::AccessPoint(_) => device.kind == Kind::AccessPoint,
        _ => device.kind == Kind::Phone,
    }
}

/// The letters of the legend.
fn capability(device: &Device) -> &'static str {
    match device.kind {
        Kind::Switch => "S I",
        Kind::Router | Kind::Firewall => "R S I",
        Kind::AccessPoint => "T B I",
        Kind::Phone => "H P",
        _ => "H",
    }
}

fn name_of(world: &World, device: DeviceId) -> String {
    hostname(world, device)
}

fn address(device: &Device) -> Option<String> {
    device.stack.interfaces.iter().find_map(|interface| interface.addresses.first()).map(|own| own.ip.to_string())
}

/// `Gig 0/1`, as CDP's narrow columns write it.
fn narrow(name: &str) -> String {
    match names::split(name) {
        Some((kind, number)) => format!("{} {number}", kind.get(..3).unwrap_or(kind)),
        None => name.to_owned(),
    }
}

pub fn cdp(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    if !world.device(device).ios().is_some_and(|ios| ios.cdp) {
        return Output::ok("% CDP is not enabled\n");
    }
    let found = neighbours(world, device, speaks_cdp);
    let mut text = "Capability Codes: R - Router, T - Trans Bridge, B - Source Route Bridge
                  S - Switch, H - Host, I - IGMP, r - Repeater, P - Phone, 
                  D - Remote, C - CVTA, M - Two-port Mac Relay 

Device ID        Local Intrfce     Holdtme    Capability  Platform  Port ID
"
    .to_owned();
    for neighbour in &found {
        let far = world.device(neighbour.device);
        let platform: String = far.model.chars().take(9).collect();
        _ = writeln!(
            text,
            "{:<16} {:<17} {:<10} {:<11} {platform:<9} {}",
            name_of(world, neighbour.device),
            narrow(&neighbour.local),
            left(world, neighbour.device, CDP),
            capability(far),
            narrow(&neighbour.port)
        );
    }
    _ = writeln!(text, "\nTotal cdp entries displayed : {}", found.len());
    Output::ok(text)
}

pub fn cdp_detail(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let found = neighbours(world, device, speaks_cdp);
    let mut text = String::new();
    for neighbour in &found {
        let far = world.device(neighbour.device);
        _ = writeln!(text, "-------------------------\nDevice ID: {}\nEntry address(es): ", name_of(world, neighbour.device));
        if let Some(address) = address(far) {
            _ = writeln!(text, "  IP address: {address}");
        }
        let version = far.ios().map_or_else(|| far.model.clone(), |ios| format!("IOS-like Software, Version {}", ios.version));
        let native = native(far, &neighbour.port).map_or_else(String::new, |vlan| format!("Native VLAN: {vlan}\n"));
        _ = writeln!(
            text,
            "Platform: {},  Capabilities: {}\nInterface: {},  Port ID (outgoing port): {}\nHoldtime : {} sec\n\nVersion \
             :\n{version}\n\nadvertisement version: 2\n{native}Duplex: {}",
            far.model,
            capability(far),
            names::long(&neighbour.local),
            names::long(&neighbour.port),
            left(world, neighbour.device, CDP),
            if neighbour.duplex { "full" } else { "half" }
        );
    }
    _ = writeln!(text, "\nTotal cdp entries displayed : {}", found.len());
    Output::ok(text)
}

fn native(device: &Device, port: &str) -> Option<u16> {
    let port = device.ports.iter().find(|found| found.name == port)?;
    Some(match port.switching.as_ref()?.mode {
        crate::world::port::SwitchMode::Access(vlan) => vlan.0,
        crate::world::port::SwitchMode::Trunk { native, .. } => native.0,
    })
}

pub fn lldp(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    if !world.device(device).ios().is_some_and(|ios| ios.lldp) {
        return Output::ok("% LLDP is not enabled\n");
    }
    let found = neighbours(world, device, speaks_lldp);
    let mut text = "Capability codes:
    (R) Router, (B) Bridge, (T) Telephone, (C) DOCSIS Cable Device
    (W) WLAN Access Point, (P) Repeater, (S) Station, (O) Other

Device ID           Local Intf     Hold-time  Capability      Port ID
"
    .to_owned();
    for neighbour in &found {
        let far = world.device(neighbour.device);
        _ = writeln!(
            text,
            "{:<19} {:<14} {:<10} {:<15} {}",
            name_of(world, neighbour.device),
            names::short(&neighbour.local),
            LLDP.0,
            lldp_capability(far),
            names::short(&neighbour.port)
        );
    }
    _ = write!(text, "\nTotal entries displayed: {}\n\n", found.len());
    Output::ok(text)
}

fn lldp_capability(device: &Device) -> &'static str {
    match device.kind {
        Kind::Switch => "B",
        Kind::Router | Kind::Firewall => "R",
        Kind::AccessPoint => "B,W",
        Kind::Phone => "B,T",
        _ => "S",
    }
}

pub fn lldp_detail(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let found = neighbours(world, device, speaks_lldp);
    let mut text = String::new();
    for neighbour in &found {
        let far = world.device(neighbour.device);
        let port = far.ports.iter().find(|port| port.name == neighbour.port);
        _ = writeln!(
            text,
            "------------------------------------------------\nLocal Intf: {}\nChassis id: {}\nPort id: {}\nPort Description: \
             {}\nSystem Name: {}\n\nSystem Description: \n{}\n\nTime remaining: {} seconds\nSystem Capabilities: {cap}\nEnabled \
             Capabilities: {cap}",
            names::short(&neighbour.local),
            far.ports.first().map_or_else(String::new, |port| port.mac.dotted()),
            names::short(&neighbour.port),
            port.map_or("", |port| port.description.as_str()),
            name_of(world, neighbour.device),
            far.model,
            left(world, neighbour.device, LLDP),
            cap = lldp_capability(far)
        );
        if let Some(address) = address(far) {
            _ = writeln!(text, "Management Addresses:\n    IP: {address}");
        }
        text.push('\n');
    }
    _ = write!(text, "\nTotal entries displayed: {}\n\n", found.len());
    Output::ok(text)
}
