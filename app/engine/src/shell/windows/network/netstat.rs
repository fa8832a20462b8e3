//! `netstat`.

mod statistics;

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::arguments::{NEEDS_ELEVATION, option, wants_help};
use super::sockets::{self, Socket};
use super::{adapters, route};
use crate::shell::{Output, Session};
use crate::world::{DeviceId, World};

const USAGE: &str = "
Displays protocol statistics and current TCP/IP network connections.

NETSTAT [-a] [-b] [-e] [-n] [-o] [-p proto] [-r] [-s]

  -a            Displays all connections and listening ports.
  -b            Displays the executable involved in creating each connection or
                listening port. Needs elevated rights.
  -e            Displays Ethernet statistics. This may be combined with the -s
                option.
  -n            Displays addresses and port numbers in numerical form.
  -o            Displays the owning process ID associated with each connection.
  -p proto      Shows connections for the protocol specified by proto: TCP or UDP.
  -r            Displays the routing table.
  -s            Displays per-protocol statistics.

";

#[derive(Default)]
struct Wish {
    all: bool,
    numbers: bool,
    owner: bool,
    program: bool,
    routes: bool,
    ethernet: bool,
    statistics: bool,
    udp: Option<bool>,
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if wants_help(arguments) {
        return Output::ok(USAGE);
    }
    let wish = match read(arguments) {
        Ok(wish) => wish,
        Err(Complaint::Usage) => return Output::failed(1, USAGE),
        Err(Complaint::NotModelled(letter)) => return Output::not_modelled(world, &format!("netstat -{letter}")),
    };
    if wish.program && !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    if wish.routes {
        return Output::ok(route::table(world, session.device));
    }
    if wish.ethernet || wish.statistics {
        let mut text = String::new();
        if wish.ethernet {
            text.push_str(&statistics::ethernet(world, session.device));
        }
        if wish.statistics {
            text.push_str(&statistics::protocols(world, session.device));
        }
        return Output::ok(text);
    }
    Output::ok(connections(world, session.device, &wish))
}

enum Complaint {
    Usage,
    NotModelled(char),
}

/// Letters may stand together: `-ano`. A number at the end repeats the list every so many seconds; once is enough here.
fn read(arguments: &[String]) -> Result<Wish, Complaint> {
    let mut wish = Wish::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(letters) = option(argument) else {
            if argument.parse::<u32>().is_ok() {
                continue;
            }
            return Err(Complaint::Usage);
        };
        for letter in letters.to_lowercase().chars() {
            match letter {
                'a' => wish.all = true,
                'n' => wish.numbers = true,
                'o' => wish.owner = true,
                'b' => wish.program = true,
                'r' => wish.routes = true,
                'e' => wish.ethernet = true,
                's' => wish.statistics = true,
                'p' => match rest.next().map(|name| name.to_lowercase()).as_deref() {
                    Some("tcp") => wish.udp = Some(false),
                    Some("udp") => wish.udp = Some(true),
                    _ => return Err(Complaint::Usage),
                },
                'f' | 'q' | 't' | 'x' | 'y' | 'i' => return Err(Complaint::NotModelled(letter)),
                _ => return Err(Complaint::Usage),
            }
        }
    }
    Ok(wish)
}

fn connections(world: &mut World, device: DeviceId, wish: &Wish) -> String {
    let last = if wish.owner { "           PID" } else { "" };
    let mut text = format!("\nActive Connections\n\n  Proto  Local Address          Foreign Address        State{last}\n");
    for socket in sockets::all(world, device) {
        if wish.udp.is_some_and(|udp| udp != socket.udp) || !wish.all && socket.remote.is_none() {
            continue;
        }
        text.push_str(&row(world, device, &socket, wish));
    }
    text
}

fn row(world: &mut World, device: DeviceId, socket: &Socket, wish: &Wish) -> String {
    let proto = if socket.udp { "UDP" } else { "TCP" };
    let local = end(world, device, socket.local, wish.numbers, true);
    let (remote, state) = match socket.remote {
        Some(remote) => (end(world, device, remote, wish.numbers, false), "ESTABLISHED"),
        None if socket.udp => ("*:*".to_owned(), ""),
        None if wish.numbers => ("0.0.0.0:0".to_owned(), "LISTENING"),
        None => (format!("{}:0", world.device(device).name), "LISTENING"),
    };
    let mut line = format!("  {proto:<7}{local:<23}{remote:<23}");
    if wish.owner {
        let _ = write!(line, "{state:<16}{}", socket.pid);
    } else {
        line.push_str(state);
    }
    let mut text = format!("{}\n", line.trim_end());
    if wish.program {
        if !socket.service.is_empty() {
            let _ = writeln!(text, "  {}", socket.service);
        }
        let known = socket.program != "System";
        let program = if known { format!(" [{}]", socket.program) } else { " Can not obtain ownership information".to_owned() };
        let _ = writeln!(text, "{program}");
    }
    text
}

/// `192.168.1.20:445`, or `PC-07:microsoft-ds` with names.
fn end(world: &mut World, device: DeviceId, place: (Ipv4Addr, u16), numbers: bool, own: bool) -> String {
    let (address, port) = place;
    if numbers {
        return format!("{address}:{port}");
    }
    let host = if own {
        if address.is_unspecified() { world.device(device).name.clone() } else { address.to_string() }
    } else {
        adapters::name_of(world, device, address).unwrap_or_else(|| address.to_string())
    };
    port_name(port).map_or_else(|| format!("{host}:{port}"), |name| format!("{host}:{name}"))
}

/// From Windows' own `services` file, as far as ports occur here (IANA's registry).
fn port_name(port: u16) -> Option<&'static str> {
    Some(match port {
        21 => "ftp",
        22 => "ssh",
        25 => "smtp",
        53 => "domain",
        80 => "http",
        88 => "kerberos",
        123 => "ntp",
        135 => "epmap",
        143 => "imap",
        389 => "ldap",
        443 => "https",
        445 => "microsoft-ds",
        587 => "submission",
        636 => "ldaps",
        993 => "imaps",
        3389 => "ms-wbt-server",
        _ => return None,
    })
}
