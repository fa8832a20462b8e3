//! Network adapters: status, enable and disable, IPv4 settings, speed and duplex.

mod change;

use super::parts::windows;
use super::{Field, Input, Offer, Operation, Refused, Table, View};
use crate::shell::windows::network::adapters::{self, Adapter};
use crate::shell::windows::network::arguments::mask_of;
use crate::world::port::{Duplex, Media, Port, Speed};
use crate::world::{DeviceId, World};

/// Only Windows machines have it.
#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    windows(world, device)?;
    let all = adapters::all(world, device);
    let names: Vec<String> = all.iter().map(|adapter| adapter.name.clone()).collect();
    Some(View {
        title: "Network Connections".to_owned(),
        notices: notices(world, device, &all),
        facts: Vec::new(),
        tables: vec![connections(&all), settings(world, device, &all)],
        operations: offers(&all, &names),
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    change::apply(world, device, operation)
}

fn notices(world: &World, device: DeviceId, all: &[Adapter]) -> Vec<String> {
    let conflicts = &world.device(device).stack.conflicts;
    let mut found = Vec::new();
    for adapter in all.iter().filter(|adapter| adapter.connected) {
        if adapter.addresses.iter().any(|own| conflicts.contains(&own.ip)) {
            found.push("There is an IP address conflict with another system on the network.".to_owned());
        }
        if adapter.addresses.iter().any(|own| own.ip.is_link_local()) {
            found.push(format!("{}: unidentified network, no Internet access.", adapter.name));
        }
    }
    found
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn connections(all: &[Adapter]) -> Table {
    let rows = all.iter().map(|adapter| {
        let state = if !adapter.enabled {
            "Disabled"
        } else if adapter.connected {
            "Connected"
        } else if adapter.wireless {
            "Not connected"
        } else {
            "Network cable unplugged"
        };
        row(&[&adapter.name, state, &adapter.description, &adapter.link_speed(), &adapter.mac.hyphens_upper()])
    });
    Table {
        title: "Connections".to_owned(),
        columns: row(&["Name", "Status", "Device", "Speed", "Physical address"]),
        rows: rows.collect(),
    }
}

/// What the properties of the Internet Protocol say.
fn settings(world: &World, device: DeviceId, all: &[Adapter]) -> Table {
    let rows = all.iter().map(|adapter| {
        let address = adapter.addresses.first();
        let dns: Vec<String> = adapter.dns.iter().map(ToString::to_string).collect();
        let port = port(world, device, adapter);
        row(&[
            &adapter.name,
            if adapter.dhcp { "automatic" } else { "manual" },
            &address.map(|own| own.ip.to_string()).unwrap_or_default(),
            &address.map(|own| mask_of(own.prefix).to_string()).unwrap_or_default(),
            &adapter.gateway.map(|gateway| gateway.to_string()).unwrap_or_default(),
            if adapter.dns_is_manual { "manual" } else { "automatic" },
            &dns.join(", "),
            &port.map(speed_and_duplex).unwrap_or_default(),
        ])
    });
    Table {
        title: "Internet Protocol Version 4".to_owned(),
        columns: row(&[
            "Name",
            "IP address",
            "Address",
            "Subnet mask",
            "Default gateway",
            "DNS",
            "DNS servers",
            "Speed & Duplex",
        ]),
        rows: rows.collect(),
    }
}

fn port<'a>(world: &'a World, device: DeviceId, adapter: &Adapter) -> Option<&'a Port> {
    world.device(device).ports.get(usize::from(adapter.port?.port.0)).filter(|port| port.media != Media::Radio)
}

/// The choices of the driver's property.
const SPEEDS: &[(&str, Speed, Duplex)] = &[
    ("Auto Negotiation", Speed::Auto, Duplex::Auto),
    ("10 Mbps Half Duplex", Speed::Fixed(10), Duplex::Half),
    ("10 Mbps Full Duplex", Speed::Fixed(10), Duplex::Full),
    ("100 Mbps Half Duplex", Speed::Fixed(100), Duplex::Half),
    ("100 Mbps Full Duplex", Speed::Fixed(100), Duplex::Full),
    ("1.0 Gbps Full Duplex", Speed::Fixed(1000), Duplex::Full),
];

fn speed_and_duplex(port: &Port) -> String {
    let known = SPEEDS.iter().find(|(_, speed, duplex)| *speed == port.speed && *duplex == port.duplex);
    known.map_or_else(|| "Other".to_owned(), |(name, ..)| (*name).to_owned())
}

fn offers(all: &[Adapter], names: &[String]) -> Vec<Offer> {
    let of =
        |enabled: bool| all.iter().filter(|adapter| adapter.enabled == enabled).map(|adapter| adapter.name.clone()).collect();
    let offer = |verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>| Offer {
        verb: verb.to_owned(),
        label: label.to_owned(),
        targets,
        fields,
    };
    let text = |name: &str, label: &str| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        input: Input::Text,
        value: String::new(),
    };
    let wired = all.iter().filter(|adapter| !adapter.wireless).map(|adapter| adapter.name.clone()).collect();
    let speeds = SPEEDS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    vec![
        offer("enable", "Enable", of(false), Vec::new()),
        offer("disable", "Disable", of(true), Vec::new()),
        offer("set-automatic", "Obtain an IP address automatically", names.to_vec(), Vec::new()),
        offer(
            "set-address",
            "Use the following IP address",
            names.to_vec(),
            vec![text("address", "IP address"), text("mask", "Subnet mask"), text("gateway", "Default gateway")],
        ),
        offer("set-dns-automatic", "Obtain DNS server address automatically", names.to_vec(), Vec::new()),
        offer(
            "set-dns",
            "Use the following DNS server addresses",
            names.to_vec(),
            vec![text("preferred", "Preferred DNS server"), text("alternate", "Alternate DNS server")],
        ),
        offer(
            "set-speed",
            "Speed & Duplex",
            wired,
            vec![Field {
                name: "speed".to_owned(),
                label: "Speed & Duplex".to_owned(),
                input: Input::Choice(speeds),
                value: "Auto Negotiation".to_owned(),
            }],
        ),
    ]
}

#[cfg(test)]
mod tests;
