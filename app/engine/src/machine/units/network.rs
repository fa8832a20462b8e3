//! The settings of systemd-networkd: one file an interface below `/etc/systemd/network` (systemd.network(5)).

use std::fmt::Write;
use std::net::Ipv4Addr;

use crate::machine::linux_files::path;
use crate::world::interface::{Address, Attach, Interface, Origin};
use crate::world::{DeviceId, World};

/// The file that says what an interface is set to now.
#[must_use]
pub fn file(interface: &Interface) -> String {
    let mut text = format!("[Match]\nName={}\n\n[Network]\n", interface.name);
    if interface.dhcp.enabled {
        text.push_str("DHCP=ipv4\n");
    } else {
        for address in &interface.addresses {
            let _ = writeln!(text, "Address={}/{}", address.ip, address.prefix);
        }
        if let Some(gateway) = interface.manual_gateway {
            let _ = writeln!(text, "Gateway={gateway}");
        }
    }
    for server in &interface.manual_dns {
        let _ = writeln!(text, "DNS={server}");
    }
    text
}

/// Where [`file`] belongs.
#[must_use]
pub fn file_name(interface: &Interface) -> String {
    format!("/etc/systemd/network/10-{}.network", interface.name)
}

/// Sets every interface that has a file as the file says; the others stay as they are.
pub fn apply(world: &mut World, device: DeviceId) {
    let Some(linux) = world.device(device).linux() else { return };
    let files =
        linux.files.0.iter().filter(|(name, file)| path::parent(name) == "/etc/systemd/network" && !file.deleted && !file.folder);
    let texts: Vec<String> = files.map(|(_, file)| file.text.clone()).collect();
    for interface in &mut world.device_mut(device).stack.interfaces {
        if interface.attach == Attach::Loopback {
            continue;
        }
        let own = |text: &&String| values(text, "Name").any(|name| path::matches(name, &interface.name));
        if let Some(text) = texts.iter().find(own) {
            set(interface, text);
        }
    }
}

fn values<'a>(text: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    text.lines().filter_map(move |line| line.trim().strip_prefix(key)?.trim_start().strip_prefix('=').map(str::trim))
}

fn set(interface: &mut Interface, text: &str) {
    let addresses = |value: &str| {
        let (ip, prefix) = value.split_once('/')?;
        Some(Address { ip: ip.parse().ok()?, prefix: prefix.parse().ok().filter(|prefix| *prefix <= 32)? })
    };
    let dhcp = values(text, "DHCP").any(|value| matches!(value, "yes" | "ipv4" | "true"));
    interface.enabled = true;
    interface.manual_dns = values(text, "DNS").filter_map(|value| value.parse::<Ipv4Addr>().ok()).collect();
    interface.dhcp.enabled = dhcp;
    interface.manual_gateway = values(text, "Gateway").find_map(|value| value.parse().ok());
    if dhcp {
        interface.origin = Origin::Dhcp;
    } else {
        interface.origin = Origin::Manual;
        interface.dhcp.lease = None;
        interface.addresses = values(text, "Address").filter_map(addresses).collect();
    }
}
