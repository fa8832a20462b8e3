//! The sockets of a Windows machine: what listens, and what is connected, each with the process that owns it.

use std::net::Ipv4Addr;

use crate::machine;
use crate::net::route;
use crate::sorted;
use crate::world::interface::Protocol;
use crate::world::{DeviceId, World};

/// One line of `netstat`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Socket {
    /// TCP before UDP.
    pub udp: bool,
    pub local: (Ipv4Addr, u16),
    /// `None` while it listens.
    pub remote: Option<(Ipv4Addr, u16)>,
    pub pid: u32,
    /// The program's file: `svchost.exe`.
    pub program: String,
    /// The service in it, where it is one.
    pub service: String,
}

/// Everything that is open now, TCP first, each by its local address.
#[must_use]
pub fn all(world: &World, device: DeviceId) -> Vec<Socket> {
    let mut found = listening(world, device);
    found.extend(connected(world, device));
    sorted::sort(&mut found);
    found
}

fn listening(world: &World, device: DeviceId) -> Vec<Socket> {
    let open = |owner: &str| machine::runs(world, device, owner);
    let listeners = world.device(device).stack.listeners.iter().filter(|listener| open(&listener.owner));
    listeners
        .filter(|listener| listener.protocol != Protocol::Icmp)
        .map(|listener| {
            let (pid, program) = owner(world, device, &listener.owner);
            Socket {
                udp: listener.protocol == Protocol::Udp,
                local: (listener.bound, listener.port),
                remote: None,
                pid,
                program,
                service: listener.owner.clone(),
            }
        })
        .collect()
}

/// The process that a service runs in; the kernel's own process 4 where there is none.
fn owner(world: &World, device: DeviceId, service: &str) -> (u32, String) {
    const SYSTEM: u32 = 4;
    /// Files are served by a driver, whatever process its service has.
    const KERNEL: &str = "LanmanServer";
    if service.eq_ignore_ascii_case(KERNEL) {
        return (SYSTEM, "System".to_owned());
    }
    let windows = world.device(device).windows();
    let pid = windows.and_then(|windows| windows.services.get(service)).map_or(SYSTEM, |service| service.pid);
    if pid == SYSTEM || pid == 0 {
        return (SYSTEM, "System".to_owned());
    }
    let process = windows.and_then(|windows| windows.processes.iter().find(|process| process.pid == pid));
    (pid, process.map_or_else(|| "svchost.exe".to_owned(), |process| process.name.to_string()))
}

/// A program that talks to somewhere has a connection with a local port of the dynamic range (RFC 6335: from 49152).
fn connected(world: &World, device: DeviceId) -> Vec<Socket> {
    const DYNAMIC: u32 = 49_152;
    const PORTS: u32 = 16_384;
    let Some(windows) = world.device(device).windows() else { return Vec::new() };
    windows
        .processes
        .iter()
        .filter_map(|process| {
            let remote = process.connected_to?;
            let source = route::lookup(world, device, remote.0)?.source;
            let port = DYNAMIC + process.pid.wrapping_mul(7) % PORTS;
            Some(Socket {
                udp: false,
                local: (source, u16::try_from(port).unwrap_or(u16::MAX)),
                remote: Some(remote),
                pid: process.pid,
                program: process.name.to_string(),
                service: String::new(),
            })
        })
        .collect()
}
