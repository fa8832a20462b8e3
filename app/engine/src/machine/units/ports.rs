//! The ports of units: read from their settings, open while they run.

use std::net::Ipv4Addr;

use crate::machine::linux_files;
use crate::world::interface::{Listener, Protocol};
use crate::world::linux::Linux;
use crate::world::{DeviceId, World};

/// What a unit listens on by its settings. Units whose program is not known here have none of their own: the site gives them.
#[must_use]
pub fn wanted(linux: &Linux, name: &str) -> Vec<Listener> {
    let Some(unit) = linux.units.get(name) else { return Vec::new() };
    let text = unit.config.as_ref().and_then(|path| linux.files.0.get(path)).map_or("", |file| file.text.as_str());
    let tcp = |bound, port| Listener { protocol: Protocol::Tcp, bound, port, owner: name.to_owned() };
    let udp = |bound, port| Listener { protocol: Protocol::Udp, bound, port, owner: name.to_owned() };
    match super::program(&unit.exec) {
        "sshd" => {
            let port = setting(text, "Port", ' ').and_then(|port| port.parse().ok()).unwrap_or(22);
            let bound = setting(text, "ListenAddress", ' ').and_then(|ip| ip.parse().ok()).unwrap_or(Ipv4Addr::UNSPECIFIED);
            vec![tcp(bound, port)]
        }
        "nginx" => nginx(linux).into_iter().map(|(bound, port)| tcp(bound, port)).collect(),
        "mariadbd" => {
            // MariaDB server system variables: without bind_address it listens on every address, port 3306.
            let bound = setting(text, "bind-address", '=').or_else(|| setting(text, "bind_address", '='));
            let bound = bound.and_then(|ip| ip.parse().ok()).unwrap_or(Ipv4Addr::UNSPECIFIED);
            vec![tcp(bound, setting(text, "port", '=').and_then(|port| port.parse().ok()).unwrap_or(3306))]
        }
        "app-server" => setting(text, "listen", '=')
            .and_then(|at| at.rsplit_once(':').map(|(ip, port)| (ip.to_owned(), port.to_owned())))
            .and_then(|(ip, port)| Some(vec![tcp(ip.parse().ok()?, port.parse().ok()?)]))
            .unwrap_or_default(),
        // chronyd(8): commands on UDP 323 of the loopback address.
        "chronyd" => vec![udp(Ipv4Addr::LOCALHOST, 323)],
        // systemd-resolved(8): the stub.
        "systemd-resolved" => vec![udp(Ipv4Addr::new(127, 0, 0, 53), 53), tcp(Ipv4Addr::new(127, 0, 0, 53), 53)],
        _ => Vec::new(),
    }
}

/// Every `listen` of nginx' site files.
fn nginx(linux: &Linux) -> Vec<(Ipv4Addr, u16)> {
    let mut found: Vec<(Ipv4Addr, u16)> = Vec::new();
    for (_, text) in super::check::nginx_files(linux) {
        for line in text.lines() {
            let Some(rest) = line.trim().strip_prefix("listen ") else { continue };
            let at = rest.trim_end_matches(';').split_whitespace().next().unwrap_or_default();
            let (ip, port) = at.rsplit_once(':').unwrap_or(("0.0.0.0", at));
            let pair = ip.parse().ok().zip(port.parse().ok());
            found.extend(pair.filter(|pair| !found.contains(pair)));
        }
    }
    found
}

/// The value of the first line with this key, without comment lines.
#[must_use]
pub fn setting(text: &str, key: &str, between: char) -> Option<String> {
    let value = |line: &str| {
        let (name, value) = line.trim().split_once(between)?;
        (name.trim() == key).then(|| value.trim().to_owned())
    };
    text.lines().find_map(value)
}

/// Somebody else who runs has the port on the same address, or on every address.
#[must_use]
pub fn conflict(world: &World, device: DeviceId, name: &str, want: &Listener) -> bool {
    let same = |held: &&Listener| {
        held.owner != name
            && held.protocol == want.protocol
            && held.port == want.port
            && (held.bound == want.bound || held.bound.is_unspecified() || want.bound.is_unspecified())
    };
    world.device(device).stack.listeners.iter().filter(same).any(|held| crate::machine::runs(world, device, &held.owner))
}

/// Puts the unit's listeners as its settings say now.
pub fn open(world: &mut World, device: DeviceId, name: &str) {
    let Some(linux) = world.device(device).linux() else { return };
    let known = ["sshd", "nginx", "mariadbd", "app-server", "chronyd", "systemd-resolved"];
    if !linux.units.get(name).is_some_and(|unit| known.contains(&super::program(&unit.exec))) {
        return;
    }
    let wanted = wanted(linux, name);
    let listeners = &mut world.device_mut(device).stack.listeners;
    let held: Vec<&Listener> = listeners.iter().filter(|held| held.owner == name).collect();
    if held.len() == wanted.len() && held.iter().zip(&wanted).all(|(held, want)| **held == *want) {
        return;
    }
    let at = listeners.iter().position(|held| held.owner == name).unwrap_or(listeners.len());
    listeners.retain(|held| held.owner != name);
    let at = at.min(listeners.len());
    listeners.splice(at..at, wanted);
}

/// The file system a unit's data lies on is mounted.
#[must_use]
pub fn data_mounted(linux: &Linux, folder: &str) -> bool {
    linux_files::mount_of(linux, folder).is_some()
}
