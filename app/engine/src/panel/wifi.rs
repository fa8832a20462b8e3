//! Wi-Fi: the list of networks, and the radio's switches.

mod apply;

pub use apply::apply;

use super::{Field, Input, Offer, Table, View};
use crate::net::wifi::{self, Visible};
use crate::world::device::System;
use crate::world::wifi::{Band, Security, WifiClient};
use crate::world::{DeviceId, PortRef, World};

/// What driver settings call roaming aggressiveness, and the signal below which the radio looks for another access point.
pub(super) const ROAMING: [(&str, i8); 5] =
    [("lowest", -90), ("medium-low", -80), ("medium", -70), ("medium-high", -65), ("highest", -60)];

/// What driver settings offer as the preferred band.
pub(super) const BANDS: [&str; 3] = ["any", "2.4 GHz", "5 GHz"];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let station = radio(world, device)?;
    let client = wifi::client(world, station)?;
    let seen = wifi::scan(world, device, station.port);
    let mut notices = Vec::new();
    if !client.hardware_on {
        notices.push("Wi-Fi is turned off by the switch on the case.".to_owned());
    }
    if airplane(world, device) {
        notices.push("Airplane mode is on.".to_owned());
    }
    if wifi::held_by_portal(world, device).is_some() {
        notices.push("Action needed: open the network's sign-in page.".to_owned());
    }
    Some(View {
        title: format!("Wi-Fi — {}", world.device(device).name),
        notices,
        facts: facts(world, station, client, &seen),
        tables: vec![networks(&seen), access_points(&seen), known(client)],
        operations: operations(world, device, client, &seen),
    })
}

/// The first radio of a device.
pub(super) fn radio(world: &World, device: DeviceId) -> Option<PortRef> {
    let port = wifi::radios(world, device).into_iter().next()?;
    let shown = !matches!(world.device(device).system, System::Linux(_) | System::Ios(_));
    shown.then_some(PortRef { device, port })
}

pub(super) fn airplane(world: &World, device: DeviceId) -> bool {
    world.device(device).windows().is_some_and(|windows| windows.settings.airplane_mode)
}

fn on(value: bool) -> String {
    if value { "On" } else { "Off" }.to_owned()
}

pub(super) fn band(band: Band) -> &'static str {
    match band {
        Band::Ghz2 => "2.4 GHz",
        Band::Ghz5 => "5 GHz",
        Band::Ghz6 => "6 GHz",
    }
}

pub(super) fn security(security: Security) -> &'static str {
    match security {
        Security::Open => "Open",
        Security::Wpa2Personal => "WPA2-Personal",
        Security::Wpa3Personal => "WPA3-Personal",
        Security::Wpa2Enterprise => "WPA2-Enterprise",
    }
}

/// As Windows turns dBm into percent: −100 is nothing, −50 is full.
pub(super) fn percent(dbm: i8) -> i32 {
    (2 * (i32::from(dbm) + 100)).clamp(0, 100)
}

fn facts(world: &World, station: PortRef, client: &WifiClient, seen: &[Visible]) -> Vec<(String, String)> {
    let linked = wifi::uplink(world, station).is_some();
    let mut facts = vec![
        ("Wi-Fi".to_owned(), on(client.software_on)),
        ("Switch on the case".to_owned(), on(client.hardware_on)),
        ("Airplane mode".to_owned(), on(airplane(world, station.device))),
        ("State".to_owned(), if linked { "Connected" } else { "Disconnected" }.to_owned()),
    ];
    let Some(joined) = client.joined.as_ref().filter(|_| linked) else { return facts };
    facts.push(("Network".to_owned(), joined.ssid.clone()));
    facts.push(("BSSID".to_owned(), joined.bssid.colons()));
    facts.push(("Band".to_owned(), band(joined.band).to_owned()));
    if let Some(here) = seen.iter().find(|visible| visible.bssid == joined.bssid && visible.band == joined.band) {
        facts.push(("Channel".to_owned(), here.channel.to_string()));
        facts.push(("Security".to_owned(), security(here.security).to_owned()));
        facts.push(("Signal".to_owned(), format!("{} % ({} dBm)", percent(here.dbm), here.dbm)));
    }
    facts.push(("Link speed".to_owned(), format!("{} Mbps", wifi::rate(world, station))));
    facts.push(("Preferred band".to_owned(), preferred(client).to_owned()));
    facts.push(("Roaming aggressiveness".to_owned(), roaming(client).to_owned()));
    facts
}

fn preferred(client: &WifiClient) -> &'static str {
    match (client.bands.contains(&Band::Ghz2), client.bands.iter().any(|band| *band != Band::Ghz2)) {
        (true, false) => "2.4 GHz",
        (false, true) => "5 GHz",
        _ => "any",
    }
}

fn roaming(client: &WifiClient) -> &'static str {
    ROAMING.iter().find(|(_, limit)| client.roams_below <= *limit).map_or("highest", |(name, _)| name)
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

/// One row for each name, the strongest.
fn networks(seen: &[Visible]) -> Table {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for visible in seen {
        let name = if visible.ssid.is_empty() { "Hidden network".to_owned() } else { visible.ssid.clone() };
        if rows.iter().all(|row| row.first() != Some(&name)) {
            rows.push(vec![name, security(visible.security).to_owned(), format!("{} %", percent(visible.dbm))]);
        }
    }
    table("Networks in range", &["Network", "Security", "Signal"], rows)
}

fn access_points(seen: &[Visible]) -> Table {
    let rows = seen.iter().map(|visible| {
        vec![
            visible.bssid.colons(),
            visible.ssid.clone(),
            band(visible.band).to_owned(),
            visible.channel.to_string(),
            security(visible.security).to_owned(),
            format!("{} dBm", visible.dbm),
        ]
    });
    table("Access points in range", &["BSSID", "Network", "Band", "Channel", "Security", "Signal"], rows.collect())
}

fn known(client: &WifiClient) -> Table {
    let rows = client.profiles.iter().map(|profile| {
        let automatic = if profile.automatic { "Yes" } else { "No" };
        vec![profile.ssid.clone(), security(profile.security).to_owned(), automatic.to_owned()]
    });
    table("Known networks", &["Network", "Security", "Connect automatically"], rows.collect())
}

fn offer(verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>) -> Offer {
    Offer { verb: verb.to_owned(), label: label.to_owned(), targets, fields }
}

fn choice(name: &str, label: &str, options: impl Iterator<Item = &'static str>, value: &str) -> Field {
    let input = Input::Choice(options.map(str::to_owned).collect());
    Field { name: name.to_owned(), label: label.to_owned(), input, value: value.to_owned() }
}

fn operations(world: &World, device: DeviceId, client: &WifiClient, seen: &[Visible]) -> Vec<Offer> {
    let known: Vec<_> = client.profiles.iter().map(|profile| profile.ssid.clone()).collect();
    let names = networks(seen).rows.into_iter().filter_map(|row| row.into_iter().next()).collect();
    let key = Field { name: "key".to_owned(), label: "Security key".to_owned(), input: Input::Text, value: String::new() };
    let automatic = Field {
        name: "automatic".to_owned(),
        label: "Connect automatically".to_owned(),
        input: Input::Toggle,
        value: "yes".to_owned(),
    };
    let mut offers = vec![
        offer("connect", "Connect …", names, vec![key]),
        offer("forget", "Forget", known.clone(), Vec::new()),
        offer("set-automatic", "Properties …", known, vec![automatic]),
        if client.software_on {
            offer("turn-off", "Turn Wi-Fi off", Vec::new(), Vec::new())
        } else {
            offer("turn-on", "Turn Wi-Fi on", Vec::new(), Vec::new())
        },
        offer("hardware-switch", "Slide the switch on the case", Vec::new(), Vec::new()),
        offer("set-band", "Preferred band …", Vec::new(), vec![choice("band", "Band", BANDS.into_iter(), preferred(client))]),
        offer(
            "set-roaming",
            "Roaming aggressiveness …",
            Vec::new(),
            vec![choice("level", "Level", ROAMING.into_iter().map(|(name, _)| name), roaming(client))],
        ),
    ];
    if world.device(device).windows().is_some() {
        offers.push(offer("airplane-mode", "Airplane mode", Vec::new(), Vec::new()));
    }
    if client.joined.is_some() {
        offers.push(offer("disconnect", "Disconnect", Vec::new(), Vec::new()));
    }
    if wifi::held_by_portal(world, device).is_some() {
        offers.push(offer("accept-portal", "Open the sign-in page and accept", Vec::new(), Vec::new()));
    }
    offers
}

#[cfg(test)]
mod tests;
