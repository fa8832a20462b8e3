//! Wireless networks: the company's access points, seen from any of them.

mod apply;

pub use apply::apply;

use super::wifi::{band, security};
use super::{Field, Input, Offer, Table, View};
use crate::net::wifi;
use crate::sorted::Set;
use crate::world::wifi::{Band, Network, Radio};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let found = world.devices.get(usize::from(device.0))?;
    found.access_point().filter(|access_point| !access_point.rogue)?;
    Some(View {
        title: "Wireless networks".to_owned(),
        notices: Vec::new(),
        facts: vec![("Access points".to_owned(), wifi::own_access_points(world).count().to_string())],
        tables: vec![radios(world), networks(world), clients(world), foreign(world)],
        operations: operations(world),
    })
}

/// How a radio is named in operations: `AP-1 2.4 GHz`.
pub(super) fn radio_name(world: &World, device: DeviceId, radio: &Radio) -> String {
    format!("{} {}", world.device(device).name, band(radio.band))
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn radios(world: &World) -> Table {
    let mut rows = Vec::new();
    for (device, access_point) in wifi::own_access_points(world) {
        let up = crate::machine::is_up(world, device);
        let stations = wifi::stations(world, device);
        for radio in &access_point.radios {
            let on_it = stations.iter().filter(|station| {
                wifi::client(world, **station)
                    .and_then(|client| client.joined.as_ref())
                    .is_some_and(|joined| joined.band == radio.band)
            });
            rows.push(vec![
                radio_name(world, device, radio),
                match (up, radio.enabled) {
                    (false, _) => "Offline",
                    (true, true) => "On",
                    (true, false) => "Off",
                }
                .to_owned(),
                radio.channel.to_string(),
                format!("{} MHz", radio.width),
                format!("{} dBm", radio.dbm),
                on_it.count().to_string(),
                sharing(world, device, radio).to_string(),
            ]);
        }
    }
    table("Radios", &["Radio", "State", "Channel", "Width", "Power", "Clients", "Others on this channel"], rows)
}

/// Radios of other access points on an overlapping channel, loud enough here that the two wait for each other.
fn sharing(world: &World, device: DeviceId, radio: &Radio) -> usize {
    wifi::own_access_points(world)
        .filter(|(other, _)| *other != device && crate::machine::is_up(world, *other))
        .flat_map(|(other, access_point)| access_point.radios.iter().map(move |radio| (other, radio)))
        .filter(|(other, theirs)| theirs.enabled && wifi::shares_channel(world, radio, *other, theirs, device))
        .count()
}

/// The company's networks, each once, by the first access point that has it.
fn distinct(world: &World) -> Vec<&Network> {
    let mut found: Vec<&Network> = Vec::new();
    for network in wifi::own_access_points(world).flat_map(|(_, access_point)| &access_point.networks) {
        if found.iter().all(|known| known.ssid != network.ssid) {
            found.push(network);
        }
    }
    found
}

fn networks(world: &World) -> Table {
    let rows = distinct(world).into_iter().map(|network| {
        vec![
            network.ssid.clone(),
            security(network.security).to_owned(),
            network.vlan.0.to_string(),
            bands(&network.bands),
            if network.hidden { "Hidden" } else { "Shown" }.to_owned(),
            if network.portal.is_some() { "Yes" } else { "No" }.to_owned(),
        ]
    });
    table("Networks", &["Network", "Security", "VLAN", "Bands", "Name", "Portal"], rows.collect())
}

fn bands(bands: &Set<Band>) -> String {
    bands.iter().map(|found| band(*found)).collect::<Vec<_>>().join(", ")
}

fn clients(world: &World) -> Table {
    let mut rows = Vec::new();
    for (device, access_point) in wifi::own_access_points(world) {
        for station in wifi::stations(world, device) {
            let Some(joined) = wifi::client(world, station).and_then(|client| client.joined.as_ref()) else { continue };
            let found = world.device(station.device);
            let mac = found.ports.get(usize::from(station.port.0)).map(|port| port.mac).unwrap_or_default();
            let radio = access_point.radios.iter().find(|radio| radio.band == joined.band);
            let dbm = radio.map_or(0, |radio| wifi::signal(world, device, radio, station.device));
            let air = match (access_point.saturated_by == Some(mac), access_point.rate_limit) {
                (true, false) => "Most of it",
                (true, true) => "Limited",
                (false, _) => "Little",
            };
            rows.push(vec![
                mac.colons(),
                found.name.clone(),
                world.device(device).name.clone(),
                joined.ssid.clone(),
                band(joined.band).to_owned(),
                format!("{dbm} dBm"),
                format!("{} Mbps", wifi::rate(world, station)),
                air.to_owned(),
            ]);
        }
    }
    table("Clients", &["MAC address", "Host", "Access point", "Network", "Band", "Signal", "Rate", "Air time"], rows)
}

/// What the company's access points hear of others: neighbours, and who pretends to be them.
fn foreign(world: &World) -> Table {
    let own: Set<_> = distinct(world).into_iter().map(|network| network.ssid.clone()).collect();
    let mut rows = Vec::new();
    for (device, access_point) in world.devices.iter().filter_map(|device| Some((device.id, device.access_point()?))) {
        if !access_point.rogue || !crate::machine::is_up(world, device) {
            continue;
        }
        for radio in access_point.radios.iter().filter(|radio| radio.enabled) {
            for network in access_point.networks.iter().filter(|network| network.bands.contains(&radio.band)) {
                let heard =
                    wifi::own_access_points(world).map(|(listener, _)| (wifi::signal(world, device, radio, listener), listener));
                let Some((dbm, listener)) = heard.max() else { continue };
                rows.push(vec![
                    radio.bssid.colons(),
                    network.ssid.clone(),
                    security(network.security).to_owned(),
                    radio.channel.to_string(),
                    format!("{dbm} dBm at {}", world.device(listener).name),
                    if own.contains(&network.ssid) { "Uses the name of one of your networks" } else { "Neighbour" }.to_owned(),
                ]);
            }
        }
    }
    table("Foreign access points", &["BSSID", "Network", "Security", "Channel", "Heard", "Remark"], rows)
}

fn field(name: &str, label: &str, input: Input, value: &str) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), input, value: value.to_owned() }
}

fn offer(verb: &str, label: &str, targets: &[String], fields: Vec<Field>) -> Offer {
    Offer { verb: verb.to_owned(), label: label.to_owned(), targets: targets.to_vec(), fields }
}

fn operations(world: &World) -> Vec<Offer> {
    let radios: Vec<_> = wifi::own_access_points(world)
        .flat_map(|(device, access_point)| access_point.radios.iter().map(move |radio| radio_name(world, device, radio)))
        .collect();
    let points: Vec<_> = wifi::own_access_points(world).map(|(device, _)| world.device(device).name.clone()).collect();
    let networks: Vec<_> = distinct(world).into_iter().map(|network| network.ssid.clone()).collect();
    let choice = |options: &[&str]| Input::Choice(options.iter().map(|option| (*option).to_owned()).collect());
    let security = || field("security", "Security", choice(apply::SECURITY), "wpa2");
    let bands = || field("bands", "Bands", choice(apply::BANDS), "both");
    let key = || field("key", "Key", Input::Text, "");
    let toggle = |name: &str, label: &str| field(name, label, Input::Toggle, "yes");
    vec![
        offer("set-channel", "Channel …", &radios, vec![field("channel", "Channel", Input::Text, "")]),
        offer("set-power", "Transmit power …", &radios, vec![field("dbm", "dBm", Input::Text, "")]),
        offer("set-radio", "Radio on or off …", &radios, vec![toggle("enabled", "On")]),
        offer("set-security", "Security …", &networks, vec![security(), key()]),
        offer("set-key", "Key …", &networks, vec![key()]),
        offer("set-bands", "Bands …", &networks, vec![bands()]),
        offer(
            "add-network",
            "New network …",
            &[],
            vec![field("ssid", "Name", Input::Text, ""), security(), key(), field("vlan", "VLAN", Input::Text, ""), bands()],
        ),
        offer("delete-network", "Delete network", &networks, Vec::new()),
        offer("rate-limit", "Limit each client's rate …", &points, vec![toggle("enabled", "Limit")]),
    ]
}

#[cfg(test)]
mod tests;
