//! Interfaces: brief, status, counters.

use crate::net::{link, route};
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::shell::ios::{names, status};
use crate::world::interface::{Attach, Interface, Origin};
use crate::world::port::{ErrDisable, Port};
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, World};
use std::fmt::Write;

/// What is listed: SVIs first, then ports each with their subinterfaces, loopbacks last, as IOS sorts them.
enum Row<'w> {
    Port(usize, &'w Port),
    Logical(usize, &'w Interface),
}

fn rows(world: &World, device: DeviceId) -> Vec<Row<'_>> {
    let found = world.device(device);
    let logical = || found.stack.interfaces.iter().enumerate();
    let mut listed: Vec<Row<'_>> = Vec::new();
    let vlans = logical().filter(|(_, interface)| matches!(interface.attach, Attach::Vlan(_)));
    listed.extend(vlans.map(|(at, interface)| Row::Logical(at, interface)));
    for (at, port) in found.ports.iter().enumerate() {
        listed.push(Row::Port(at, port));
        let here = |interface: &Interface| matches!(interface.attach, Attach::Sub(port, _) if usize::from(port.0) == at);
        listed.extend(logical().filter(|(_, interface)| here(interface)).map(|(at, interface)| Row::Logical(at, interface)));
    }
    let loopbacks = logical().filter(|(_, interface)| interface.attach == Attach::Loopback);
    listed.extend(loopbacks.map(|(at, interface)| Row::Logical(at, interface)));
    listed
}

/// The interface that stands on a port itself.
fn on_port(world: &World, device: DeviceId, at: usize) -> Option<&Interface> {
    let here = |interface: &&Interface| matches!(interface.attach, Attach::Port(port) if usize::from(port.0) == at);
    world.device(device).stack.interfaces.iter().find(here)
}

fn port_ref(device: DeviceId, at: usize) -> PortRef {
    PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) }
}

/// Status and protocol.
fn states(world: &World, device: DeviceId, row: &Row<'_>) -> (&'static str, &'static str) {
    match row {
        Row::Port(at, port) => {
            let enabled = port.enabled && on_port(world, device, *at).is_none_or(|interface| interface.enabled);
            match (enabled, link::of(world, port_ref(device, *at))) {
                (false, _) => ("administratively down", "down"),
                (true, Some(_)) => ("up", "up"),
                (true, None) => ("down", "down"),
            }
        }
        Row::Logical(at, interface) => {
            let usable = route::usable(world, device, InterfaceIndex(u8::try_from(*at).unwrap_or(u8::MAX)));
            match (interface.enabled, usable) {
                (false, _) => ("administratively down", "down"),
                (true, true) => ("up", "up"),
                // An SVI itself is up; its VLAN has no port that forwards.
                (true, false) if matches!(interface.attach, Attach::Vlan(_)) => ("up", "down"),
                (true, false) => ("down", "down"),
            }
        }
    }
}

pub fn brief(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let mut text = "Interface              IP-Address      OK? Method Status                Protocol\n".to_owned();
    for row in rows(world, device) {
        let (name, interface) = match &row {
            Row::Port(at, port) => (port.name.as_str(), on_port(world, device, *at)),
            Row::Logical(_, interface) => (interface.name.as_str(), Some(*interface)),
        };
        let (status, protocol) = states(world, device, &row);
        let address = interface.and_then(|interface| interface.addresses.first());
        let address = address.map_or_else(|| "unassigned".to_owned(), |address| address.ip.to_string());
        let method = match interface.map(|interface| interface.origin) {
            None => "unset",
            Some(Origin::Dhcp) => "DHCP",
            Some(_) => "NVRAM",
        };
        _ = writeln!(text, "{:<22} {address:<15} YES {method:<6} {status:<21} {protocol:<8}", names::long(name));
    }
    Output::ok(text)
}

pub fn status(call: &mut Call) -> Output {
    let (world, device, only) = (&*call.world, call.device, call.text(0));
    let mut text = "\nPort      Name               Status       Vlan       Duplex  Speed Type\n".to_owned();
    for (at, port) in world.device(device).ports.iter().enumerate() {
        if !only.is_empty() && port.name != only {
            continue;
        }
        let shown = status::of(world, port_ref(device, at));
        let name: String = port.description.chars().take(18).collect();
        _ = writeln!(
            text,
            "{:<9} {name:<18} {:<12} {:<10} {:>6} {:>6} {}",
            names::short(&port.name),
            shown.word,
            shown.vlan,
            shown.duplex,
            shown.speed,
            shown.kind
        );
    }
    Output::ok(text)
}

/// The reason in the words of `errdisable`.
pub fn reason(why: ErrDisable) -> &'static str {
    match why {
        ErrDisable::PortSecurity => "psecure-violation",
        ErrDisable::BpduGuard => "bpduguard",
        ErrDisable::Loop => "loopback",
    }
}

pub fn err_disabled(call: &mut Call) -> Output {
    let mut text = "\nPort      Name               Status       Reason               Err-disabled Vlans\n".to_owned();
    for port in &call.found().ports {
        let Some(why) = port.switching.as_ref().and_then(|switching| switching.err_disabled) else { continue };
        let name: String = port.description.chars().take(18).collect();
        let line = format!("{:<9} {name:<18} {:<12} {}", names::short(&port.name), "err-disabled", reason(why));
        _ = writeln!(text, "{line}");
    }
    Output::ok(text)
}

pub fn description(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    let mut text = "Interface                      Status         Protocol Description\n".to_owned();
    for row in rows(world, device) {
        let (name, words) = match &row {
            Row::Port(_, port) => (port.name.as_str(), port.description.as_str()),
            Row::Logical(_, interface) => (interface.name.as_str(), ""),
        };
        let (status, protocol) = states(world, device, &row);
        let status = if status == "administratively down" { "admin down" } else { status };
        let line = format!("{:<30} {status:<14} {protocol:<8} {words}", names::short(name));
        _ = writeln!(text, "{}", line.trim_end());
    }
    Output::ok(text)
}

pub fn errors(call: &mut Call) -> Output {
    let ports = &call.found().ports;
    let mut text = "\nPort        Align-Err     FCS-Err    Xmit-Err     Rcv-Err  UnderSize  OutDiscards\n".to_owned();
    for port in ports {
        let counters = port.counters;
        _ = writeln!(
            text,
            "{:<10} {:>10} {:>11} {:>11} {:>11} {:>10} {:>12}",
            names::short(&port.name),
            0,
            counters.crc_errors,
            0,
            counters.crc_errors,
            0,
            counters.dropped
        );
    }
    text.push_str("\nPort      Single-Col  Multi-Col   Late-Col  Excess-Col  Carri-Sen      Runts     Giants\n");
    for port in ports {
        let counters = port.counters;
        _ = writeln!(
            text,
            "{:<10} {:>9} {:>10} {:>10} {:>11} {:>10} {:>10} {:>10}",
            names::short(&port.name),
            counters.collisions,
            0,
            counters.late_collisions,
            0,
            0,
            0,
            0
        );
    }
    Output::ok(text)
}

pub fn all(call: &mut Call) -> Output {
    let (world, device) = (&*call.world, call.device);
    Output::ok(rows(world, device).iter().map(|row| block(world, device, row)).collect::<String>())
}

pub fn one(call: &mut Call) -> Output {
    let (world, device, wanted) = (&*call.world, call.device, call.text(0));
    let name = |row: &Row<'_>| match row {
        Row::Port(_, port) => port.name.clone(),
        Row::Logical(_, interface) => interface.name.clone(),
    };
    Output::ok(
        rows(world, device).iter().filter(|row| name(row) == wanted).map(|row| block(world, device, row)).collect::<String>(),
    )
}

/// What the model does not hold (rates, queues) is left out rather than made up.
fn block(world: &World, device: DeviceId, row: &Row<'_>) -> String {
    let (status, protocol) = states(world, device, row);
    match row {
        Row::Port(at, port) => port_block(world, device, *at, port, status, protocol),
        Row::Logical(_, interface) => {
            let hardware = match interface.attach {
                Attach::Vlan(_) => "EtherSVI",
                Attach::Loopback => "Loopback",
                _ => "Gigabit Ethernet",
            };
            let mut text = format!("{} is {status}, line protocol is {protocol}\n", names::long(&interface.name));
            if interface.attach == Attach::Loopback {
                _ = writeln!(text, "  Hardware is {hardware}");
            } else {
                let mac = interface.mac.dotted();
                _ = writeln!(text, "  Hardware is {hardware}, address is {mac} (bia {mac})");
            }
            text.push_str(&addresses(interface));
            _ = writeln!(text, "  MTU {} bytes, BW 1000000 Kbit/sec, DLY 10 usec,", interface.mtu);
            match interface.attach {
                Attach::Sub(_, vlan) => _ = writeln!(text, "  Encapsulation 802.1Q Virtual LAN, Vlan ID  {}.", vlan.0),
                Attach::Loopback => text.push_str("  Encapsulation LOOPBACK, loopback not set\n"),
                _ => text.push_str("  Encapsulation ARPA, loopback not set\n"),
            }
            text
        }
    }
}

fn addresses(interface: &Interface) -> String {
    interface.addresses.first().map_or_else(String::new, |own| format!("  Internet address is {}/{}\n", own.ip, own.prefix))
}

fn port_block(world: &World, device: DeviceId, at: usize, port: &Port, status: &str, protocol: &str) -> String {
    let shown = status::of(world, port_ref(device, at));
    let suffix = if port.switching.is_some() && port.enabled { format!(" ({})", shown.word) } else { String::new() };
    let mac = port.mac.dotted();
    let link = link::of(world, port_ref(device, at));
    let bandwidth = link.map_or(1000, |link| link.speed).saturating_mul(1000);
    let mut text = format!(
        "{} is {status}, line protocol is {protocol}{suffix}\n  Hardware is Gigabit Ethernet, address is {mac} (bia {mac})\n",
        names::long(&port.name)
    );
    if !port.description.is_empty() {
        _ = writeln!(text, "  Description: {}", port.description);
    }
    let interface = on_port(world, device, at);
    text.push_str(&interface.map(addresses).unwrap_or_default());
    let mtu = interface.map_or(1500, |interface| interface.mtu);
    let duplex = match (port.duplex, link) {
        (_, Some(link)) => {
            if link.full_duplex {
                "Full-duplex"
            } else {
                "Half-duplex"
            }
        }
        (crate::world::port::Duplex::Full, None) => "Full-duplex",
        (crate::world::port::Duplex::Half, None) => "Half-duplex",
        (crate::world::port::Duplex::Auto, None) => "Auto-duplex",
    };
    let speed = match (port.speed, link) {
        (_, Some(link)) => format!("{}Mb/s", link.speed),
        (crate::world::port::Speed::Fixed(speed), None) => format!("{speed}Mb/s"),
        (crate::world::port::Speed::Auto, None) => "Auto-speed".to_owned(),
    };
    let counters = port.counters;
    _ = writeln!(
        text,
        "  MTU {mtu} bytes, BW {bandwidth} Kbit/sec, DLY 10 usec,\n  Encapsulation ARPA, loopback not set\n  {duplex}, {speed}, media \
         type is {}\n     {} packets input, {} bytes, 0 no buffer\n     {} input errors, {} CRC, 0 frame, 0 overrun, 0 ignored\n     \
         {} packets output, {} bytes, 0 underruns\n     0 output errors, {} collisions, 0 interface resets\n     0 babbles, {} late \
         collision, 0 deferred",
        shown.kind,
        counters.frames_in,
        counters.bytes_in,
        counters.crc_errors,
        counters.crc_errors,
        counters.frames_out,
        counters.bytes_out,
        counters.collisions,
        counters.late_collisions
    );
    text
}
