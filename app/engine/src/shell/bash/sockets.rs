//! Sockets: `ss`, `netstat`, `lsof -i`, and the ARP table of `arp`.

mod netstat;

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::call::{Call, Done, has, options};
use super::{Command, command};
use crate::machine::{runs, units};
use crate::sorted;
use crate::world::interface::{Listener, Neighbour, NeighbourState, Protocol};
use crate::world::mac::Mac;

pub const COMMANDS: &[Command] =
    &[command("ss", "", ss), command("netstat", "net-tools", netstat::netstat), command("arp", "net-tools", arp)];

/// One open port with the process that holds it.
struct Open {
    listener: Listener,
    process: Option<(String, u32)>,
}

/// What listens now: only while its owner runs.
fn open(call: &Call<'_>) -> Vec<Open> {
    let device = call.session.device;
    let listeners = call.device().stack.listeners.iter().filter(|listener| runs(call.world, device, &listener.owner));
    listeners
        .map(|listener| {
            let unit = call.linux().units.get(&listener.owner);
            let process =
                unit.filter(|unit| unit.pid > 0).map(|unit| (units::program(&unit.exec).chars().take(15).collect(), unit.pid));
            Open { listener: listener.clone(), process }
        })
        .collect()
}

fn wanted(given: &[(String, String)]) -> impl Fn(&Open) -> bool {
    let (tcp, udp) = (has(given, &["t", "--tcp"]), has(given, &["u", "--udp"]));
    move |open| match open.listener.protocol {
        Protocol::Tcp => tcp || !udp,
        Protocol::Udp => udp || !tcp,
        Protocol::Icmp => false,
    }
}

/// `/etc/services` for what occurs here; `-n` prints numbers.
pub fn service_name(port: u16, numbers: bool) -> String {
    let name = match port {
        22 => "ssh",
        25 => "smtp",
        53 => "domain",
        80 => "http",
        443 => "https",
        3306 => "mysql",
        8080 => "http-alt",
        _ => "",
    };
    if numbers || name.is_empty() { port.to_string() } else { name.to_owned() }
}

fn ss(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, rest) = options(args, "");
    if let Some((name, _)) = given.iter().find(|(name, _)| {
        !["t", "u", "l", "p", "n", "a", "4", "s", "--tcp", "--udp", "--listening", "--numeric", "--processes", "H"]
            .contains(&name.as_str())
    }) {
        return Done::failed(1, format!("ss: invalid option -- '{name}'\nUsage: ss [ OPTIONS ]\n"));
    }
    if !rest.is_empty() {
        return call.not_modelled("filters of ss");
    }
    if has(&given, &["s"]) {
        return Done::ok(summary(call));
    }
    let listening = has(&given, &["l", "a", "--listening"]);
    let fits = wanted(&given);
    let mut found: Vec<Open> = if listening { open(call).into_iter().filter(|open| fits(open)).collect() } else { Vec::new() };
    sorted::by_key(&mut found, |open| open.listener.protocol == Protocol::Tcp);
    let single = has(&given, &["t", "--tcp"]) != has(&given, &["u", "--udp"]);
    let numbers = has(&given, &["n", "--numeric"]);
    let rows: Vec<(String, String)> = found
        .iter()
        .map(|open| {
            let host = if open.listener.bound == Ipv4Addr::new(127, 0, 0, 53) {
                "127.0.0.53%lo".to_owned()
            } else {
                open.listener.bound.to_string()
            };
            (host, service_name(open.listener.port, numbers))
        })
        .collect();
    let host = rows.iter().map(|(host, _)| host.len()).max().unwrap_or(0).max("Local Address".len());
    let end = rows.iter().map(|(_, port)| port.len()).max().unwrap_or(0).max(4);
    let processes = has(&given, &["p", "--processes"]);
    let mut out = String::new();
    let net = if single { "" } else { "Netid " };
    let head = if processes { "Process" } else { "" };
    let _ = writeln!(
        out,
        "{net}{:<6} {:<6} {:<6} {:>host$}:{:<end$} {:>12}:{:<4} {head}",
        "State", "Recv-Q", "Send-Q", "Local Address", "Port", "Peer Address", "Port"
    );
    for (open, (address, number)) in found.iter().zip(rows) {
        let (kind, state, backlog) =
            if open.listener.protocol == Protocol::Tcp { ("tcp", "LISTEN", 128) } else { ("udp", "UNCONN", 0) };
        let kind = if single { String::new() } else { format!("{kind:<5} ") };
        // Names of other people's processes are root's to see.
        let process = match &open.process {
            Some((name, pid)) if processes && call.is_root() => format!("users:((\"{name}\",pid={pid},fd=3))"),
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "{kind}{state:<6} {:<6} {backlog:<6} {address:>host$}:{number:<end$} {:>12}:{:<4} {process}",
            0, "0.0.0.0", "*"
        );
    }
    Done::ok(out)
}

/// A number that stands for a listening socket in every tool.
fn socket_inode(listener: &Listener) -> u64 {
    super::processes::inode(&format!("{}{}{:?}", listener.owner, listener.port, listener.protocol))
}

/// `ss -s`: counts. Nothing but listening sockets stays open in the model.
fn summary(call: &Call<'_>) -> String {
    let found = open(call);
    let count = |protocol| found.iter().filter(|open| open.listener.protocol == protocol).count();
    let (tcp, udp) = (count(Protocol::Tcp), count(Protocol::Udp));
    let mut out = format!(
        "Total: {}\nTCP:   {tcp} (estab 0, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\n",
        tcp + udp
    );
    for (name, number) in [("RAW", 0), ("UDP", udp), ("TCP", tcp), ("INET", tcp + udp), ("FRAG", 0)] {
        let _ = writeln!(out, "{name}\t  {number:<9} {number:<9} {:<9}", 0);
    }
    out.push('\n');
    out
}

/// `arp -s IP MAC`: an entry that stays.
fn arp_set(call: &mut Call<'_>, words: &[String]) -> Done {
    let (Some(ip), Some(mac)) = (words.first(), words.get(1)) else { return Done::failed(5, "arp: need hardware address\n") };
    let Ok(ip) = ip.parse::<Ipv4Addr>() else { return Done::failed(6, format!("{ip}: Unknown host\n")) };
    let Some(mac) = Mac::parse(mac) else { return Done::failed(255, "arp: invalid hardware address\n") };
    if !call.is_root() {
        return Done::failed(255, "SIOCSARP: Operation not permitted\n");
    }
    let networks = crate::net::route::connected(call.world, call.session.device);
    let Some((_, at)) = networks.into_iter().find(|(network, _)| network.contains(&ip)) else {
        return Done::failed(255, "SIOCSARP: Network is unreachable\n");
    };
    let entry = Neighbour { state: NeighbourState::Permanent, mac, confirmed: call.world.now };
    call.device_mut().stack.neighbours.insert((at, ip), entry);
    Done::default()
}

/// `lsof -i`, for root.
pub fn lsof(call: &Call<'_>) -> Done {
    let mut out = "COMMAND    PID     USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\n".to_owned();
    for open in open(call) {
        let Some((name, pid)) = &open.process else { continue };
        let user = call.linux().units.get(&open.listener.owner).map_or("", |unit| unit.user.as_str());
        if !call.is_root() && user != call.user() {
            continue;
        }
        let (node, state) = if open.listener.protocol == Protocol::Tcp { ("TCP", " (LISTEN)") } else { ("UDP", "") };
        let host = if open.listener.bound.is_unspecified() { "*".to_owned() } else { open.listener.bound.to_string() };
        let name: String = name.chars().take(9).collect();
        let inode = socket_inode(&open.listener);
        let _ = writeln!(
            out,
            "{name:<9} {pid:>6} {user:>9} {:>4}   IPv4 {inode:>6}      0t0  {node} {host}:{}{state}",
            "3u", open.listener.port
        );
    }
    Done { exit: i32::from(out.lines().count() < 2), out, ..Done::default() }
}

fn arp(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "d");
    if let Some(ip) = super::call::value(&given, &["d"]) {
        let Ok(address) = ip.parse::<Ipv4Addr>() else { return Done::failed(1, format!("{ip}: Unknown host\n")) };
        let held = &mut call.device_mut().stack.neighbours;
        let before = held.len();
        held.retain(|(_, known), _| *known != address);
        return if held.len() < before { Done::default() } else { Done::failed(255, format!("No ARP entry for {ip}\n")) };
    }
    if has(&given, &["s"]) {
        return arp_set(call, &names);
    }
    let stack = &call.device().stack;
    let bsd = has(&given, &["a"]);
    let mut out = if bsd {
        String::new()
    } else {
        "Address                  HWtype  HWaddress           Flags Mask            Iface\n".to_owned()
    };
    let mut count = 0;
    for ((at, ip), held) in &stack.neighbours {
        if names.first().is_some_and(|only| *only != ip.to_string()) {
            continue;
        }
        count += 1;
        let name = stack.interfaces.get(usize::from(at.0)).map_or("", |interface| interface.name.as_str());
        let complete = !matches!(held.state, NeighbourState::Incomplete | NeighbourState::Failed);
        let flag = if held.state == NeighbourState::Permanent { "CM" } else { "C" };
        let _ = match (bsd, complete) {
            (true, true) => writeln!(out, "? ({ip}) at {} [ether] on {name}", held.mac.colons()),
            (true, false) => writeln!(out, "? ({ip}) at <incomplete> on {name}"),
            (false, true) => writeln!(out, "{:<24} ether   {:<19} {flag:<21} {name}", ip.to_string(), held.mac.colons()),
            (false, false) => writeln!(out, "{:<24}         {:<19} {:<21} {name}", ip.to_string(), "(incomplete)", ""),
        };
    }
    if let (0, Some(ip)) = (count, names.first()) {
        return Done::ok(format!("{ip} ({ip}) -- no entry\n"));
    }
    if count == 0 { Done::default() } else { Done::ok(out) }
}
