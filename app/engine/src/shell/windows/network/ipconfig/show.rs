//! The list of adapters, short and long.

use std::fmt::Write;

use super::TITLE;
use crate::shell::windows::network::adapters::{self, Adapter};
use crate::shell::windows::network::arguments::mask_of;
use crate::text::windows_long;
use crate::world::interface::Address;
use crate::world::{DeviceId, World};

pub fn short(world: &World, device: DeviceId) -> String {
    let mut text = TITLE.to_owned();
    for adapter in adapters::enabled(world, device) {
        heading(&mut text, &adapter);
        if !adapter.connected {
            row(&mut text, "Media State", "Media disconnected");
        }
        row(&mut text, "Connection-specific DNS Suffix", &adapter.suffix);
        if adapter.connected {
            for address in adapter.live_addresses() {
                let (label, _) = address_label(world, device, *address);
                row(&mut text, label, &address.ip.to_string());
                row(&mut text, "Subnet Mask", &mask_of(address.prefix).to_string());
            }
            row(&mut text, "Default Gateway", &adapter.gateway.map(|gateway| gateway.to_string()).unwrap_or_default());
        }
    }
    text
}

pub fn all(world: &World, device: DeviceId) -> String {
    let mut text = TITLE.to_owned();
    host(&mut text, world, device);
    for adapter in adapters::enabled(world, device) {
        heading(&mut text, &adapter);
        if !adapter.connected {
            row(&mut text, "Media State", "Media disconnected");
        }
        row(&mut text, "Connection-specific DNS Suffix", &adapter.suffix);
        row(&mut text, "Description", &adapter.description);
        row(&mut text, "Physical Address", &adapter.mac.hyphens_upper());
        row(&mut text, "DHCP Enabled", yes_no(adapter.dhcp));
        row(&mut text, "Autoconfiguration Enabled", "Yes");
        if adapter.connected {
            addressing(&mut text, world, device, &adapter);
        }
    }
    text
}

fn host(text: &mut String, world: &World, device: DeviceId) {
    row(text, "Host Name", &world.device(device).name);
    row(text, "Primary Dns Suffix", &adapters::primary_suffix(world, device));
    row(text, "Node Type", "Hybrid");
    row(text, "IP Routing Enabled", yes_no(world.device(device).stack.forwarding));
    row(text, "WINS Proxy Enabled", "No");
    rows(text, "DNS Suffix Search List", &adapters::suffixes(world, device));
}

fn addressing(text: &mut String, world: &World, device: DeviceId, adapter: &Adapter) {
    for address in adapter.live_addresses() {
        let (label, state) = address_label(world, device, *address);
        row(text, label, &format!("{}({state})", address.ip));
        row(text, "Subnet Mask", &mask_of(address.prefix).to_string());
    }
    let date = |at| windows_long(adapters::local_time(world, device, at).civil());
    if let Some(lease) = &adapter.lease {
        row(text, "Lease Obtained", &date(lease.obtained));
        row(text, "Lease Expires", &date(lease.expires));
    }
    row(text, "Default Gateway", &adapter.gateway.map(|gateway| gateway.to_string()).unwrap_or_default());
    if let Some(lease) = &adapter.lease {
        row(text, "DHCP Server", &lease.server.to_string());
    }
    rows(text, "DNS Servers", &adapter.dns.iter().map(ToString::to_string).collect::<Vec<_>>());
    row(text, "NetBIOS over Tcpip", "Enabled");
}

/// RFC 3927 addresses have a label of their own; one that another station uses is a duplicate and not in force.
fn address_label(world: &World, device: DeviceId, address: Address) -> (&'static str, &'static str) {
    let label = if address.ip.is_link_local() { "Autoconfiguration IPv4 Address" } else { "IPv4 Address" };
    let duplicate = world.device(device).stack.conflicts.contains(&address.ip);
    (label, if duplicate { "Duplicate" } else { "Preferred" })
}

fn heading(text: &mut String, adapter: &Adapter) {
    let _ = writeln!(text, "\n{} {}:\n", adapter.heading(), adapter.name);
}

/// Labels are filled up so that the colon stands in column 38: dots in every second place.
fn row(text: &mut String, label: &str, value: &str) {
    /// Characters between the indent of three and the colon.
    const WIDTH: usize = 34;
    let mut filled = label.to_owned();
    if label.ends_with("Suffix") {
        filled.push_str("  ");
    }
    while filled.len() < WIDTH {
        filled.push(if filled.len().is_multiple_of(2) { '.' } else { ' ' });
    }
    let _ = writeln!(text, "   {filled}: {value}");
}

/// The first value beside the label, the others below it.
fn rows(text: &mut String, label: &str, values: &[String]) {
    let Some((first, rest)) = values.split_first() else { return };
    row(text, label, first);
    for value in rest {
        let _ = writeln!(text, "{:39}{value}", "");
    }
}

fn yes_no(truth: bool) -> &'static str {
    if truth { "Yes" } else { "No" }
}
