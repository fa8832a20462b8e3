//! Q1, Q8 and Q10: servers that are not there, and one that should not be asked.

use std::net::Ipv4Addr;

use super::names;
use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases;
use crate::sorted::{self, Map};
use crate::world::interface::{Direction, Listener, Protocol, Rule};
use crate::world::server::{DnsServer, RecordData};
use crate::world::windows::{EventLevel, ServiceState};
use crate::world::{DeviceId, World};

const SERVICE: &str = "service";
const FILTER: &str = "firewall";
const PORT: u16 = crate::net::dns::PORT;

/// Windows name servers: the service can stop, and the host's firewall can close the port.
pub fn targets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for device in names::internal(world) {
        let (Some(windows), Some(server)) = (device.windows(), &device.roles.dns) else { continue };
        if windows.services.get(&server.owner).is_some_and(|service| service.state == ServiceState::Running) {
            found.push(Target { name: SERVICE.to_owned(), ..Target::device(device.id) });
        }
        if device.stack.filter.default_deny && device.stack.filter.rules.iter().any(|rule| opens(rule) && rule.enabled) {
            found.push(Target { name: FILTER.to_owned(), ..Target::device(device.id) });
        }
    }
    found
}

/// A rule that lets questions in.
fn opens(rule: &Rule) -> bool {
    rule.direction == Direction::In
        && rule.ports.is_some_and(|(first, last)| (first..=last).contains(&PORT) && last - first < PORT)
}

pub fn silence(world: &mut World, target: &Target, _: &mut Chance) {
    leases::forget_names(world);
    let device = world.device_mut(target.device);
    if target.name == FILTER {
        for rule in device.stack.filter.rules.iter_mut().filter(|rule| opens(rule)) {
            rule.enabled = false;
        }
        return;
    }
    let owner = device.roles.dns.as_ref().map(|server| server.owner.clone()).unwrap_or_default();
    if let Some(service) = device.windows_mut().and_then(|windows| windows.services.get_mut(&owner)) {
        service.state = ServiceState::Stopped;
        service.pid = 0;
    }
}

/// Event 1014 of Windows' DNS client, on every computer that asked for a page.
pub fn silence_traces(world: &mut World, target: &Target) {
    if target.name == SERVICE {
        let text = "The DNS Server service entered the stopped state.".to_owned();
        leases::event(world, target.device, "Service Control Manager", 7036, EventLevel::Information, text);
    }
    let Some((name, _)) = names::outside_sites(world).into_iter().next() else { return };
    for (device, _) in leases::clients(world) {
        let text = format!("Name resolution for the name {name} timed out after none of the configured DNS servers responded.");
        leases::event(world, device, "Microsoft-Windows-DNS-Client", 1014, EventLevel::Warning, text);
    }
}

pub fn is_silent(world: &World, target: &Target) -> bool {
    let device = world.device(target.device);
    if target.name == FILTER {
        return device.stack.filter.default_deny && !device.stack.filter.rules.iter().any(|rule| opens(rule) && rule.enabled);
    }
    let owner = device.roles.dns.as_ref().map(|server| server.owner.clone()).unwrap_or_default();
    let service = device.windows().and_then(|windows| windows.services.get(&owner));
    service.is_none_or(|service| service.state != ServiceState::Running)
}

pub fn repair_silence(world: &mut World, target: &Target, healthy: &World) {
    leases::restore_names(world, healthy);
    let before = healthy.device(target.device);
    let owner = before.roles.dns.as_ref().map(|server| server.owner.clone()).unwrap_or_default();
    let device = world.device_mut(target.device);
    for (rule, before) in device.stack.filter.rules.iter_mut().zip(&before.stack.filter.rules).filter(|(rule, _)| opens(rule)) {
        rule.enabled = before.enabled;
    }
    let service = before.windows().and_then(|windows| windows.services.get(&owner)).cloned();
    if let (Some(service), Some(windows)) = (service, device.windows_mut()) {
        windows.services.insert(owner, service);
    }
}

/// The company's recursive servers with the names of each outside site.
pub fn forwardable(world: &World) -> Vec<Target> {
    let sites: Vec<_> = names::outside_sites(world).into_iter().map(|(name, _)| name).collect();
    let mut found = Vec::new();
    for device in names::internal(world) {
        let Some(server) = device.roles.dns.as_ref().filter(|server| server.recursion) else { continue };
        let conditional = server.forwarders.keys().filter(|zone| !zone.is_empty()).cloned();
        let inside = |name: &String| server.zones.keys().any(|origin| crate::net::dns::is_below(name, origin));
        let mut zones: Vec<_> = conditional.chain(sites.iter().filter(|name| !inside(name)).cloned()).collect();
        sorted::sort(&mut zones);
        zones.dedup();
        found.extend(zones.into_iter().map(|name| Target { name, ..Target::device(device.id) }));
    }
    found
}

/// The partner's old name server, which is no more.
pub fn forward_nowhere(world: &mut World, target: &Target, chance: &mut Chance) {
    /// TEST-NET-3's upper half (RFC 5737): where sites have their outside hosts, above what they use.
    const DEAD: [u8; 3] = [203, 0, 113];
    leases::forget_names(world);
    let dead = Ipv4Addr::new(DEAD[0], DEAD[1], DEAD[2], u8::try_from(chance.between(200, 250)).unwrap_or(200));
    if let Some(server) = &mut world.device_mut(target.device).roles.dns {
        server.forwarders.insert(target.name.clone(), vec![dead]);
    }
}

pub fn forwards_nowhere(world: &World, target: &Target) -> bool {
    let forwarders = world.device(target.device).roles.dns.as_ref().and_then(|server| server.forwarders.get(&target.name));
    let lives = |server: &Ipv4Addr| leases::owner(world, *server).is_some_and(|owner| world.device(owner).roles.dns.is_some());
    forwarders.is_some_and(|servers| !servers.iter().any(lives))
}

pub fn repair_forwarders(world: &mut World, target: &Target, healthy: &World) {
    leases::restore_names(world, healthy);
    let before = healthy.device(target.device).roles.dns.as_ref().map(|server| server.forwarders.clone()).unwrap_or_default();
    if let Some(server) = &mut world.device_mut(target.device).roles.dns {
        server.forwarders = before;
    }
}

/// Scopes of domain members whose router is no name server yet: the router, the DHCP server in `other`, the scope in `name`.
pub fn routers(world: &World) -> Vec<Target> {
    if !names::internal(world).any(|device| finds_domain(device.roles.dns.as_ref(), &world.domain)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (server, name) in leases::scopes(world) {
        let Some(scope) = leases::scope(world, server, &name) else { continue };
        let Some(router) = scope.router.and_then(|router| leases::owner(world, router)) else { continue };
        let inside = scope.dns.first().is_some_and(|dns| names::is_internal(world, *dns));
        if inside && world.device(router).roles.dns.is_none() && !leases::clients_in(world, scope.network).is_empty() {
            found.push(Target { name, other: Some(server), ..Target::device(router) });
        }
    }
    found
}

/// A zone with the records by which members find their domain controllers.
fn finds_domain(server: Option<&DnsServer>, domain: &str) -> bool {
    let name = format!("_ldap._tcp.{domain}");
    let records = server.and_then(|server| server.zones.get(domain)).and_then(|zone| zone.records.get(&name));
    records.into_iter().flatten().any(|record| matches!(record.data, RecordData::Srv(..)))
}

/// The new router forwards names to the provider, and the scope was "simplified" to give out the router for everything.
pub fn router_answers(world: &mut World, target: &Target, _: &mut Chance) {
    leases::forget_names(world);
    let Some((server, scope)) = target.other.and_then(|server| Some((server, leases::scope(world, server, &target.name)?)))
    else {
        return;
    };
    let (network, Some(router)) = (scope.network, scope.router) else { return };
    let outside = world.devices.iter().filter(|device| device.kind == crate::world::device::Kind::Internet);
    let upstream = outside.filter(|device| device.roles.dns.as_ref().is_some_and(|dns| dns.recursion)).map(|device| device.id);
    let upstream: Vec<_> = upstream.filter_map(|device| names::first_address(world, device)).collect();
    for client in leases::clients_in(world, network) {
        if let Some(lease) = leases::interface_mut(world, client).and_then(|found| found.dhcp.lease.as_mut()) {
            lease.dns = vec![router];
        }
    }
    if let Some(scope) = leases::scope_mut(world, server, &target.name) {
        scope.dns = vec![router];
    }
    let device = world.device_mut(target.device);
    let forwarders = Map::from([(String::new(), upstream)]);
    device.roles.dns = Some(DnsServer { forwarders, recursion: true, ..DnsServer::default() });
    let bound = Ipv4Addr::UNSPECIFIED;
    device.stack.listeners.push(Listener { protocol: Protocol::Udp, bound, port: PORT, owner: String::new() });
    device.stack.listeners.push(Listener { protocol: Protocol::Tcp, bound, port: PORT, owner: String::new() });
    if device.stack.filter.default_deny {
        device.stack.filter.rules.push(own_port());
    }
}

/// The router lets questions in from everywhere.
fn own_port() -> Rule {
    Rule {
        name: "DNS proxy".to_owned(),
        enabled: true,
        verdict: crate::world::interface::Verdict::Accept,
        direction: Direction::In,
        protocol: Some(Protocol::Udp),
        from: None,
        to: None,
        ports: Some((PORT, PORT)),
        profiles: crate::sorted::Set::new(),
        hits: 0,
    }
}

/// Event 5719: a member finds no domain controller.
pub fn router_traces(world: &mut World, target: &Target) {
    let Some(network) = target.other.and_then(|server| leases::scope(world, server, &target.name)).map(|scope| scope.network)
    else {
        return;
    };
    let short = world.domain.split('.').next().unwrap_or_default().to_uppercase();
    for (device, _) in leases::clients_in(world, network) {
        let text = format!(
            "This computer was not able to set up a secure session with a domain controller in domain {short} due to the following: \n\
             We can't sign you in with this credential because your domain isn't available."
        );
        leases::event(world, device, "NETLOGON", 5719, EventLevel::Error, text);
    }
}

/// What the scope gives out first knows nothing of the domain.
pub fn members_ask_router(world: &World, target: &Target) -> bool {
    let Some(scope) = target.other.and_then(|server| leases::scope(world, server, &target.name)) else { return false };
    let owner = scope.dns.first().and_then(|server| leases::owner(world, *server));
    let knows = |device: DeviceId| {
        let server = world.device(device).roles.dns.as_ref();
        let domain = &world.domain;
        // A router that forwards the company's own names to its server is as good.
        let forwarded = server.and_then(|server| server.forwarders.get(domain)).into_iter().flatten();
        finds_domain(server, domain)
            || forwarded
                .into_iter()
                .filter_map(|ip| leases::owner(world, *ip))
                .any(|owner| finds_domain(world.device(owner).roles.dns.as_ref(), domain))
    };
    !owner.is_some_and(knows)
}

pub fn repair_router(world: &mut World, target: &Target, healthy: &World) {
    let Some(server) = target.other else { return };
    let before = healthy.device(target.device);
    let device = world.device_mut(target.device);
    device.roles.dns.clone_from(&before.roles.dns);
    device.stack.listeners.clone_from(&before.stack.listeners);
    device.stack.filter.rules.clone_from(&before.stack.filter.rules);
    leases::restore_names(world, healthy);
    leases::restore_server(world, server, healthy);
    let Some(network) = leases::scope(healthy, server, &target.name).map(|scope| scope.network) else { return };
    for client in leases::clients_in(healthy, network) {
        leases::restore(world, client, healthy);
    }
}
