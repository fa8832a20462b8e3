//! DNS zones.

mod apply;

pub use apply::apply;

use super::{Field, Input, Offer, Table, View};
use crate::machine;
use crate::net::dns::text;
use crate::world::server::{DnsServer, Record};
use crate::world::{DeviceId, World};

/// How the forwarder for everything else is named.
const EVERYTHING_ELSE: &str = "All other names";

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let found = world.devices.get(usize::from(device.0))?;
    let server = found.roles.dns.as_ref()?;
    let running = machine::runs(world, device, &server.owner);
    let notices = if running { Vec::new() } else { vec!["The DNS Server service is not running.".to_owned()] };
    let mut tables = vec![zones(server)];
    tables.extend(server.zones.iter().map(|(origin, zone)| {
        let rows = zone.records.iter().flat_map(|(name, records)| records.iter().map(|record| row(name, record))).collect();
        table(&format!("Zone {origin}"), &["Record", "Name", "Type", "Data", "TTL (s)"], rows)
    }));
    tables.push(forwarders(server));
    tables.push(cached(world, server));
    let state = |on: bool| if on { "Running" } else { "Stopped" }.to_owned();
    Some(View {
        title: format!("DNS — {}", found.name),
        notices,
        facts: vec![
            ("Service".to_owned(), state(running)),
            ("Recursion".to_owned(), if server.recursion { "Enabled" } else { "Disabled" }.to_owned()),
        ],
        tables,
        operations: operations(server, running),
    })
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn zones(server: &DnsServer) -> Table {
    let rows = server.zones.iter().map(|(origin, zone)| {
        let count: usize = zone.records.values().map(Vec::len).sum();
        let kind = if origin.ends_with("in-addr.arpa") { "Reverse lookup" } else { "Forward lookup" };
        vec![origin.clone(), kind.to_owned(), zone.serial.to_string(), count.to_string()]
    });
    table("Zones", &["Zone", "Kind", "Serial", "Records"], rows.collect())
}

/// A record's name in operations: `mail.clinic.example A 192.168.20.5`.
fn label(name: &str, record: &Record) -> String {
    format!("{name} {} {}", text::type_name(record.data.kind()), text::data(&record.data))
}

fn row(name: &str, record: &Record) -> Vec<String> {
    let kind = text::type_name(record.data.kind()).to_owned();
    vec![label(name, record), name.to_owned(), kind, text::data(&record.data), record.ttl.to_string()]
}

fn forwarders(server: &DnsServer) -> Table {
    let rows = server.forwarders.iter().map(|(zone, servers)| {
        let name = if zone.is_empty() { EVERYTHING_ELSE.to_owned() } else { zone.clone() };
        vec![name, servers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")]
    });
    table("Forwarders", &["For", "Servers"], rows.collect())
}

fn cached(world: &World, server: &DnsServer) -> Table {
    let live = server.cache.iter().filter(|(_, known)| known.until > world.now);
    let rows = live.map(|((name, kind), known)| {
        let data = match (known.exists, known.records.as_slice()) {
            (false, _) => "(does not exist)".to_owned(),
            (true, []) => "(no records)".to_owned(),
            (true, records) => records.iter().map(|record| text::data(&record.data)).collect::<Vec<_>>().join(", "),
        };
        vec![name.clone(), text::type_name(*kind).to_owned(), data, (known.until - world.now).as_seconds().to_string()]
    });
    table("Cached lookups", &["Name", "Type", "Data", "Seconds left"], rows.collect())
}

fn field(name: &str, label: &str, value: &str) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), input: Input::Text, value: value.to_owned() }
}

fn offer(verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>) -> Offer {
    Offer { verb: verb.to_owned(), label: label.to_owned(), targets, fields }
}

fn operations(server: &DnsServer, running: bool) -> Vec<Offer> {
    let records: Vec<_> = server
        .zones
        .values()
        .flat_map(|zone| zone.records.iter())
        .flat_map(|(name, records)| records.iter().map(|record| label(name, record)))
        .collect();
    let zones: Vec<_> = server.zones.keys().cloned().collect();
    let forwarders: Vec<_> = forwarders(server).rows.into_iter().filter_map(|row| row.into_iter().next()).collect();
    let kinds = text::TYPES.iter().map(|(_, name)| (*name).to_owned()).filter(|name| name != "AAAA").collect();
    let kind = Field { name: "type".to_owned(), label: "Type".to_owned(), input: Input::Choice(kinds), value: "A".to_owned() };
    let mut offers = vec![
        offer(
            "add-record",
            "New record …",
            zones,
            vec![field("name", "Name", ""), kind, field("data", "Data", ""), field("ttl", "TTL in seconds", "3600")],
        ),
        offer(
            "change-record",
            "Change record …",
            records.clone(),
            vec![field("data", "Data", ""), field("ttl", "TTL in seconds", "")],
        ),
        offer("delete-record", "Delete record", records, Vec::new()),
        offer(
            "add-forwarder",
            "New forwarder …",
            Vec::new(),
            vec![field("zone", "Zone (empty: all other names)", ""), field("servers", "Servers, in order", "")],
        ),
        offer("set-forwarder", "Change forwarder …", forwarders.clone(), vec![field("servers", "Servers, in order", "")]),
        offer("delete-forwarder", "Delete forwarder", forwarders, Vec::new()),
        offer("clear-cache", "Clear cache", Vec::new(), Vec::new()),
    ];
    offers.push(if server.recursion {
        offer("disable-recursion", "Disable recursion", Vec::new(), Vec::new())
    } else {
        offer("enable-recursion", "Enable recursion", Vec::new(), Vec::new())
    });
    if !server.owner.is_empty() {
        offers.push(if running {
            offer("restart", "Restart service", Vec::new(), Vec::new())
        } else {
            offer("start", "Start service", Vec::new(), Vec::new())
        });
    }
    offers
}

#[cfg(test)]
mod tests;
