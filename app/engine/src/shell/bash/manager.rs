//! `nmcli` of workstations, `resolvectl` and `networkctl` of servers.

mod networkctl;
mod nmcli;
mod resolvectl;

use std::net::Ipv4Addr;

use super::call::Call;
use super::{Command, command};
use crate::net::link;
use crate::world::interface::{Attach, Interface};
use crate::world::{InterfaceIndex, PortRef};

use networkctl::networkctl;
use nmcli::nmcli;
use resolvectl::resolvectl;

pub const COMMANDS: &[Command] = &[
    command("nmcli", "network-manager", nmcli),
    command("resolvectl", "systemd-resolved", resolvectl),
    command("networkctl", "", networkctl),
];

fn index(at: usize) -> InterfaceIndex {
    InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX))
}

fn linked(call: &Call<'_>, interface: &Interface) -> bool {
    match interface.attach {
        Attach::Port(port) => link::of(call.world, PortRef { device: call.session.device, port }).is_some(),
        _ => interface.enabled,
    }
}

/// NetworkManager's name for the profile of an interface is the interface's own here.
fn connection<'a>(call: &'a Call<'_>, name: &str) -> Option<(usize, &'a Interface)> {
    call.device()
        .stack
        .interfaces
        .iter()
        .enumerate()
        .find(|(_, interface)| interface.name == name && interface.attach != Attach::Loopback)
}

fn servers(interface: &Interface) -> Vec<Ipv4Addr> {
    if !interface.manual_dns.is_empty() {
        return interface.manual_dns.clone();
    }
    interface.dhcp.lease.as_ref().map(|lease| lease.dns.clone()).unwrap_or_default()
}
