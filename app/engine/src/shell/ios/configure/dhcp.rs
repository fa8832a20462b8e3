//! `ip dhcp pool` and the addresses it leaves out.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::silent;
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::sorted::Map;
use crate::time::Span;
use crate::world::server::{DhcpServer, Scope};

fn next(ip: Ipv4Addr) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(ip).saturating_add(1))
}

fn before(ip: Ipv4Addr) -> Ipv4Addr {
    Ipv4Addr::from(u32::from(ip).saturating_sub(1))
}

/// What a pool leaves out as IOS writes it: everything outside its range, and the exclusions within.
pub fn pool_exclusions(scope: &Scope) -> Vec<(Ipv4Addr, Ipv4Addr)> {
    let (lowest, highest) = (next(scope.network.network()), before(scope.network.broadcast()));
    let mut found = Vec::new();
    if scope.first > lowest {
        found.push((lowest, before(scope.first)));
    }
    found.extend(scope.excluded.iter().copied());
    if scope.last < highest {
        found.push((next(scope.last), highest));
    }
    found
}

/// Enters a pool; one without a network gives nothing yet.
pub fn pool(call: &mut Call) -> Output {
    let name = call.text(0).to_owned();
    let no = call.no;
    call.change(|device| {
        let server = device.roles.dhcp.get_or_insert_with(|| DhcpServer { authorised: true, ..DhcpServer::default() });
        if no {
            server.scopes.retain(|scope| scope.name != name);
        } else if !server.scopes.iter().any(|scope| scope.name == name) {
            server.scopes.push(empty(&name));
        }
    });
    let name = call.text(0).to_owned();
    if no { silent() } else { call.enter(Some(format!("pool {name}"))) }
}

fn empty(name: &str) -> Scope {
    Scope {
        name: name.to_owned(),
        network: Ipv4Net::default(),
        first: Ipv4Addr::UNSPECIFIED,
        last: Ipv4Addr::UNSPECIFIED,
        excluded: Vec::new(),
        reservations: Map::new(),
        router: None,
        dns: Vec::new(),
        domain: String::new(),
        lease: Span::days(1),
        leases: Map::new(),
        enabled: false,
    }
}

fn on(call: &mut Call, change: impl FnOnce(&mut Scope)) -> Output {
    let name = call.section();
    call.change(|device| {
        let scopes = device.roles.dhcp.as_mut().map(|server| &mut server.scopes);
        if let Some(scope) = scopes.and_then(|scopes| scopes.iter_mut().find(|scope| scope.name == name)) {
            change(scope);
        }
    })
}

pub fn network(call: &mut Call) -> Output {
    let Ok(net) = Ipv4Net::with_netmask(call.ip(0), call.ip(1)) else { return call.invalid(1) };
    let net = net.trunc();
    let waiting = call.found().roles.dhcp.as_ref().map(|server| server.excluded.clone()).unwrap_or_default();
    let (own, other): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(low, _)| net.contains(low));
    if let Some(server) = &mut call.found_mut().roles.dhcp {
        server.excluded = other;
    }
    on(call, |scope| {
        scope.network = net;
        (scope.first, scope.last) = (next(net.network()), before(net.broadcast()));
        scope.excluded = own;
        scope.enabled = true;
    })
}

/// Goes to the pool whose network it lies in, or waits for one.
pub fn exclude(call: &mut Call) -> Output {
    let low = call.ip(0);
    let high = if call.args.len() > 1 { call.ip(1) } else { low };
    if high < low {
        return Output::failed(1, "% The low address must be less than or equal to the high address\n");
    }
    let no = call.no;
    call.change(|device| {
        let server = device.roles.dhcp.get_or_insert_with(|| DhcpServer { authorised: true, ..DhcpServer::default() });
        let place = server.scopes.iter_mut().find(|scope| scope.enabled && scope.network.contains(&low));
        match place {
            Some(scope) if no => take_back(scope, low, high),
            Some(scope) => scope.excluded.push((low, high)),
            None if no => server.excluded.retain(|range| *range != (low, high)),
            None => server.excluded.push((low, high)),
        }
    })
}

/// An exclusion may also be what the range of the pool leaves out.
fn take_back(scope: &mut Scope, low: Ipv4Addr, high: Ipv4Addr) {
    scope.excluded.retain(|range| *range != (low, high));
    if high == before(scope.first) {
        scope.first = low;
    }
    if low == next(scope.last) {
        scope.last = high;
    }
}

pub fn router(call: &mut Call) -> Output {
    let router = (!call.no).then(|| call.ip(0));
    on(call, |scope| scope.router = router)
}

pub fn dns(call: &mut Call) -> Output {
    let servers: Vec<Ipv4Addr> =
        if call.no { Vec::new() } else { call.args.iter().filter_map(|arg| arg.text.parse().ok()).collect() };
    on(call, |scope| scope.dns = servers)
}

pub fn domain(call: &mut Call) -> Output {
    let name = if call.no { String::new() } else { call.text(0).to_owned() };
    on(call, |scope| scope.domain = name)
}

pub fn lease(call: &mut Call) -> Output {
    let minutes = u64::from(call.number(0)) * 1440 + u64::from(call.number(1)) * 60 + u64::from(call.number(2));
    if minutes == 0 {
        return call.invalid(0);
    }
    on(call, |scope| scope.lease = Span::minutes(minutes))
}
