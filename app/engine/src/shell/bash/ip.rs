//! `ip addr`, `ip link`, `ip route`, `ip neigh`.

mod addresses;
mod links;
mod neighbours;
mod old;
mod routes;

use super::call::{Call, Done};
use super::{Command, command};
use crate::net::link;
use crate::world::interface::{Attach, Interface};
use crate::world::{InterfaceIndex, PortRef};

use addresses::addr;
use links::links;
use neighbours::neighbours;
use old::{dhclient, ifconfig};
use routes::routes;

pub const COMMANDS: &[Command] =
    &[command("ip", "", ip), command("ifconfig", "net-tools", ifconfig), command("dhclient", "", dhclient)];

/// iproute2 takes any beginning of an object's name.
fn ip(call: &mut Call<'_>, args: &[String]) -> Done {
    let flags: Vec<&str> = args.iter().map(String::as_str).take_while(|arg| arg.starts_with('-')).collect();
    let words: Vec<&str> = args.iter().skip(flags.len()).map(String::as_str).collect();
    if let Some(flag) = flags.iter().find(|flag| !matches!(**flag, "-br" | "-brief" | "-4" | "-c" | "-s" | "-o" | "-color")) {
        return if *flag == "-6" || *flag == "-j" {
            call.not_modelled(&format!("ip {flag}"))
        } else {
            Done::failed(255, format!("Option \"{flag}\" is unknown, try \"ip -help\".\n"))
        };
    }
    let brief = flags.iter().any(|flag| flag.starts_with("-br"));
    let Some((object, rest)) = words.split_first() else {
        return Done::failed(255, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n");
    };
    let is = |name: &str| !object.is_empty() && name.starts_with(*object);
    if is("address") {
        addr(call, rest, brief)
    } else if is("link") {
        links(call, rest, brief, flags.contains(&"-s"))
    } else if is("route") {
        routes(call, rest)
    } else if is("neighbour") || is("neighbor") {
        neighbours(call, rest)
    } else if ["rule", "tunnel", "netns", "maddress", "monitor"].contains(object) {
        call.not_modelled(&format!("ip {object}"))
    } else {
        Done::failed(1, format!("Object \"{object}\" is unknown, try \"ip help\".\n"))
    }
}

const DENIED: &str = "RTNETLINK answers: Operation not permitted\n";

/// The interface of a name, with its position.
fn find(call: &Call<'_>, name: &str) -> Option<usize> {
    call.device().stack.interfaces.iter().position(|interface| interface.name == name)
}

fn index(at: usize) -> InterfaceIndex {
    InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX))
}

fn missing(name: &str) -> Done {
    Done::failed(1, format!("Device \"{name}\" does not exist.\n"))
}

/// The loopback interface has number 1; the others follow.
fn number(call: &Call<'_>, at: usize) -> usize {
    let own = call.device().stack.interfaces.iter().any(|interface| interface.attach == Attach::Loopback);
    at + if own { 1 } else { 2 }
}

/// Up in the system, and with a carrier.
fn carrier(call: &Call<'_>, interface: &Interface) -> bool {
    match interface.attach {
        Attach::Port(port) | Attach::Sub(port, _) => {
            link::of(call.world, PortRef { device: call.session.device, port }).is_some()
        }
        Attach::Vlan(_) => interface.enabled,
        Attach::Loopback => true,
    }
}

fn wanted_name<'a>(words: &[&'a str]) -> Option<&'a str> {
    let mut words = words.iter().filter(|word| !matches!(**word, "show" | "sh" | "list" | "ls" | "dev" | "up"));
    words.next().copied()
}
