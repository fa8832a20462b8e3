//! `netstat` of net-tools: sockets, routes, ports, statistics.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options};
use super::{Open, open, service_name, socket_inode, wanted};
use crate::sorted;
use crate::world::interface::{Attach, Hop, Protocol};

const USAGE: &str = "usage: netstat [-vWeenNcCF] [<Af>] -r         netstat {-V|--version|-h|--help}\n       netstat [-vWnNcaeol] [<Socket> ...]\n       netstat { [-vWeenNac] -i | [-cnNe] -M | -s [-6tuw] }\n";

pub fn netstat(call: &mut Call<'_>, args: &[String]) -> Done {
    const KNOWN: [&str; 18] = ["a", "c", "e", "i", "l", "n", "o", "p", "r", "s", "t", "u", "v", "w", "x", "4", "6", "W"];
    let (given, _) = options(args, "");
    if let Some((name, _)) = given.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
        return Done::failed(4, format!("netstat: invalid option -- '{name}'\n{USAGE}"));
    }
    if has(&given, &["r"]) {
        return Done::ok(route_table(call));
    }
    if has(&given, &["i"]) {
        return Done::ok(interface_table(call));
    }
    if has(&given, &["s"]) {
        return Done::ok(statistics(call));
    }
    let listening = has(&given, &["l", "a"]);
    let only = has(&given, &["l"]);
    let fits = wanted(&given);
    let mut out = format!(
        "Active Internet connections ({})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ",
        if only {
            "only servers"
        } else if listening {
            "servers and established"
        } else {
            "w/o servers"
        }
    );
    let (processes, owners, timers) = (has(&given, &["p"]), has(&given, &["e"]), has(&given, &["o"]));
    if owners {
        out.push_str(" User       Inode     ");
    }
    if processes {
        out.push_str(" PID/Program name    ");
    }
    if timers {
        out.push_str(" Timer");
    }
    out.push('\n');
    let mut found = open(call);
    sorted::by_key(&mut found, |open| open.listener.protocol == Protocol::Udp);
    for open in found.iter().filter(|open| listening && fits(open)) {
        let (kind, state) = if open.listener.protocol == Protocol::Tcp { ("tcp", "LISTEN") } else { ("udp", "") };
        let local = format!("{}:{}", open.listener.bound, service_name(open.listener.port, has(&given, &["n"])));
        let process = match &open.process {
            Some((name, pid)) if processes && call.is_root() => format!(" {:<20}", format!("{pid}/{name}")),
            _ if processes => format!(" {:<20}", "-"),
            _ => String::new(),
        };
        let owner = if owners { owner(call, open, has(&given, &["n"])) } else { String::new() };
        // No timer runs for a socket that waits.
        let timer = if timers { " off (0.00/0/0)" } else { "" };
        let _ = writeln!(out, "{kind:<5} {:>6} {:>6} {local:<23} {:<23} {state:<11}{owner}{process}{timer}", 0, 0, "0.0.0.0:*");
    }
    if processes && !call.is_root() {
        out.insert_str(0, "(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n");
    }
    Done::ok(out)
}

/// `-e`: whose the socket is, by name or number, and its inode.
fn owner(call: &Call<'_>, open: &Open, numbers: bool) -> String {
    let user = call.linux().units.get(&open.listener.owner).map_or("root", |unit| unit.user.as_str());
    let uid = call.linux().accounts.user(user).map_or(0, |user| user.uid);
    format!(" {:<10} {:<10}", if numbers { uid.to_string() } else { user.to_owned() }, socket_inode(&open.listener))
}

/// `-s`: the lines that the model holds a number for. It counts by port, so what is no IP counts too.
fn statistics(call: &Call<'_>) -> String {
    let device = call.device();
    let (mut received, mut dropped, mut sent) = (0_u64, 0_u64, 0_u64);
    for port in &device.ports {
        received = received.saturating_add(port.counters.frames_in);
        dropped = dropped.saturating_add(port.counters.dropped);
        sent = sent.saturating_add(port.counters.frames_out);
    }
    // RFC 1213: 1 forwards, 2 does not.
    let forwarding = if device.stack.forwarding { 1 } else { 2 };
    format!(
        "Ip:\n    Forwarding: {forwarding}\n    {received} total packets received\n    {dropped} incoming packets discarded\n    {} incoming packets delivered\n    {sent} requests sent out\nTcp:\n    0 connections established\n",
        received.saturating_sub(dropped)
    )
}

/// `netstat -i`: counters of the ports. Those of the loopback are not kept.
fn interface_table(call: &Call<'_>) -> String {
    let mut out =
        "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
            .to_owned();
    for interface in call.device().stack.interfaces.iter().filter(|interface| interface.enabled) {
        let Attach::Port(at) = interface.attach else { continue };
        let Some(port) = call.device().ports.get(usize::from(at.0)) else { continue };
        let running = crate::net::link::of(call.world, crate::world::PortRef { device: call.session.device, port: at }).is_some();
        let counters = port.counters;
        let _ = writeln!(
            out,
            "{:<15} {:>5} {:>8} {:>6} {:>6} {:<6} {:>8} {:>6} {:>6} {:>6} {}",
            interface.name,
            interface.mtu,
            counters.frames_in,
            counters.crc_errors,
            counters.dropped,
            0,
            counters.frames_out,
            0,
            0,
            0,
            if running { "BMRU" } else { "BMU" }
        );
    }
    out
}

fn route_table(call: &Call<'_>) -> String {
    let stack = &call.device().stack;
    let device = call.session.device;
    let mut out =
        "Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n".to_owned();
    let mut line = |to: String, gateway: String, mask: String, flags: &str, name: &str| {
        let _ = writeln!(out, "{to:<15} {gateway:<15} {mask:<15} {flags:<6} {:>4} {:>6} {:>5} {name}", 0, 0, 0);
    };
    for (at, interface) in stack.interfaces.iter().enumerate() {
        let index = crate::world::InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX));
        if let Some(gateway) =
            crate::net::route::gateway(stack, index).filter(|_| crate::net::route::usable(call.world, device, index))
        {
            line("0.0.0.0".to_owned(), gateway.to_string(), "0.0.0.0".to_owned(), "UG", &interface.name);
        }
    }
    for route in &stack.routes {
        if let Hop::Gateway(gateway) = route.via {
            let name = crate::net::route::lookup(call.world, device, gateway)
                .and_then(|hop| stack.interfaces.get(usize::from(hop.interface.0)));
            line(
                route.to.network().to_string(),
                gateway.to_string(),
                route.to.netmask().to_string(),
                "UG",
                name.map_or("", |interface| &interface.name),
            );
        }
    }
    for (network, at) in crate::net::route::connected(call.world, device) {
        let name = stack.interfaces.get(usize::from(at.0)).map_or("", |interface| interface.name.as_str());
        line(network.network().to_string(), "0.0.0.0".to_owned(), network.netmask().to_string(), "U", name);
    }
    out
}
