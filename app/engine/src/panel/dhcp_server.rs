//! DHCP scopes.

mod apply;

pub use apply::apply;

use super::{Field, Input, Offer, Table, View};
use crate::machine;
use crate::net::dhcp;
use crate::text;
use crate::time::{Span, Time};
use crate::world::server::{DhcpServer, Scope};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let found = world.devices.get(usize::from(device.0))?;
    let server = found.roles.dhcp.as_ref()?;
    let running = machine::runs(world, device, &server.owner);
    let member = found.windows().is_some_and(|windows| windows.joined.is_some());
    let mut facts = vec![("Service".to_owned(), if running { "Running" } else { "Stopped" }.to_owned())];
    let mut notices = Vec::new();
    if member {
        facts.push(("Authorised in the directory".to_owned(), yes(server.authorised).to_owned()));
        if !server.authorised {
            notices.push("This DHCP server is not authorised in the directory: it does not answer clients.".to_owned());
        }
    }
    if !running {
        notices.push("The DHCP Server service is not running.".to_owned());
    }
    for scope in server.scopes.iter().filter(|scope| scope.enabled && dhcp::free(scope, world.now) == 0) {
        notices.push(format!("Scope {}: no addresses are left.", scope.name));
    }
    Some(View {
        title: format!("DHCP — {}", found.name),
        notices,
        facts,
        tables: vec![scopes(world, server), leases(world, server), reservations(server), exclusions(server)],
        operations: operations(server, running, member),
    })
}

fn yes(value: bool) -> &'static str {
    if value { "Yes" } else { "No" }
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

fn scopes(world: &World, server: &DhcpServer) -> Table {
    let rows = server.scopes.iter().map(|scope| {
        vec![
            scope.name.clone(),
            scope.network.to_string(),
            range(scope),
            if scope.enabled { "Active" } else { "Inactive" }.to_owned(),
            length(scope.lease),
            scope.router.map(|ip| ip.to_string()).unwrap_or_default(),
            list(&scope.dns),
            scope.domain.clone(),
            dhcp::free(scope, world.now).to_string(),
        ]
    });
    let columns =
        ["Scope", "Network", "Address pool", "State", "Lease", "003 Router", "006 DNS servers", "015 DNS domain", "Free"];
    table("Scopes", &columns, rows.collect())
}

fn leases(world: &World, server: &DhcpServer) -> Table {
    let rows = server.scopes.iter().flat_map(|scope| {
        scope.leases.iter().filter(|(_, lease)| lease.expires > world.now).map(|(address, lease)| {
            let reserved = scope.reservations.get(&lease.mac) == Some(address);
            vec![
                address.to_string(),
                lease.host.clone(),
                lease.mac.hyphens(),
                if reserved { "Reservation (active)".to_owned() } else { local(world, lease.expires) },
                scope.name.clone(),
            ]
        })
    });
    table("Address leases", &["Address", "Name", "Unique ID", "Expires", "Scope"], rows.collect())
}

fn reservations(server: &DhcpServer) -> Table {
    let rows = server.scopes.iter().flat_map(|scope| {
        let named =
            |mac| scope.leases.values().find(|lease| lease.mac == mac).map(|lease| lease.host.clone()).unwrap_or_default();
        scope
            .reservations
            .iter()
            .map(move |(mac, address)| vec![address.to_string(), mac.hyphens(), named(*mac), scope.name.clone()])
    });
    table("Reservations", &["Address", "MAC address", "Name", "Scope"], rows.collect())
}

fn exclusions(server: &DhcpServer) -> Table {
    let rows = server
        .scopes
        .iter()
        .flat_map(|scope| scope.excluded.iter().map(|(from, to)| vec![format!("{from}-{to}"), scope.name.clone()]));
    table("Exclusions", &["Range", "Scope"], rows.collect())
}

fn range(scope: &Scope) -> String {
    format!("{}-{}", scope.first, scope.last)
}

fn list(addresses: &[std::net::Ipv4Addr]) -> String {
    addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// `0 days 8 hours 0 minutes`.
fn length(span: Span) -> String {
    let minutes = span.as_seconds() / 60;
    format!("{} days {} hours {} minutes", minutes / 1440, minutes / 60 % 24, minutes % 60)
}

fn local(world: &World, at: Time) -> String {
    text::windows_short(at.shifted(i64::from(world.zone_minutes) * 60_000).civil())
}

fn field(name: &str, label: &str, value: impl Into<String>) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), input: Input::Text, value: value.into() }
}

fn offer(verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>) -> Offer {
    Offer { verb: verb.to_owned(), label: label.to_owned(), targets, fields }
}

fn operations(server: &DhcpServer, running: bool, member: bool) -> Vec<Offer> {
    let names = || server.scopes.iter().map(|scope| scope.name.clone()).collect::<Vec<_>>();
    let of = |wanted: bool| {
        server.scopes.iter().filter(|scope| scope.enabled == wanted).map(|scope| scope.name.clone()).collect::<Vec<_>>()
    };
    let cells = |table: Table| table.rows.into_iter().filter_map(|row| row.into_iter().next()).collect::<Vec<_>>();
    // What fields hold is shown where there is one scope to show it of.
    let one = if let [scope] = server.scopes.as_slice() { Some(scope) } else { None };
    let now = |read: fn(&Scope) -> String| one.map(read).unwrap_or_default();
    let mut offers = vec![
        offer(
            "set-range",
            "Address pool …",
            names(),
            vec![
                field("first", "Start IP address", now(|scope| scope.first.to_string())),
                field("last", "End IP address", now(|scope| scope.last.to_string())),
            ],
        ),
        offer(
            "set-lease",
            "Lease duration …",
            names(),
            vec![field("minutes", "Minutes", now(|scope| (scope.lease.as_seconds() / 60).to_string()))],
        ),
        offer(
            "set-router",
            "Option 003 Router …",
            names(),
            vec![field("router", "IP address", now(|scope| scope.router.map(|ip| ip.to_string()).unwrap_or_default()))],
        ),
        offer(
            "set-dns",
            "Option 006 DNS servers …",
            names(),
            vec![field("servers", "IP addresses, in order", now(|scope| list(&scope.dns)))],
        ),
        offer(
            "set-domain",
            "Option 015 DNS domain …",
            names(),
            vec![field("domain", "Domain", now(|scope| scope.domain.clone()))],
        ),
        offer(
            "add-reservation",
            "New reservation …",
            names(),
            vec![field("address", "IP address", ""), field("mac", "MAC address", "")],
        ),
        offer("delete-reservation", "Delete reservation", cells(reservations(server)), Vec::new()),
        offer(
            "add-exclusion",
            "New exclusion range …",
            names(),
            vec![field("first", "Start IP address", ""), field("last", "End IP address", "")],
        ),
        offer("delete-exclusion", "Delete exclusion", cells(exclusions(server)), Vec::new()),
        offer(
            "delete-lease",
            "Delete lease",
            server.scopes.iter().flat_map(|scope| scope.leases.keys().map(ToString::to_string)).collect(),
            Vec::new(),
        ),
        offer("activate", "Activate", of(false), Vec::new()),
        offer("deactivate", "Deactivate", of(true), Vec::new()),
    ];
    if member {
        let (verb, label) = if server.authorised { ("unauthorise", "Unauthorise") } else { ("authorise", "Authorise") };
        offers.push(offer(verb, label, Vec::new(), Vec::new()));
    }
    if !server.owner.is_empty() {
        let (verb, label) = if running { ("stop", "Stop service") } else { ("start", "Start service") };
        offers.push(offer(verb, label, Vec::new(), Vec::new()));
    }
    offers
}

#[cfg(test)]
mod tests;
