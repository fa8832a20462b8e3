//! Q2, Q3, Q5 and Q9: one computer's own settings.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::names;
use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases::{self, Client};
use crate::net::dns;
use crate::time::Span;
use crate::world::device::Kind;
use crate::world::interface::Cached;
use crate::world::server::{Record, RecordData, RecordType};
use crate::world::{InterfaceIndex, PortIndex, World};

/// A client as a target; the interface's position stands in `port`.
fn of(world: &World, client: Client) -> Target {
    Target { port: Some(PortIndex(client.1.0)), person: world.device(client.0).user, ..Target::device(client.0) }
}

fn client(target: &Target) -> Client {
    (target.device, InterfaceIndex(target.port.unwrap_or_default().0))
}

/// Resolvers on the Internet that answer everybody.
fn public(world: &World) -> Option<Ipv4Addr> {
    let open = world.devices.iter().filter(|device| device.kind == Kind::Internet);
    let mut open =
        open.filter(|device| device.roles.dns.as_ref().is_some_and(|server| server.recursion && server.allowed.is_empty()));
    open.find_map(|device| names::first_address(world, device.id))
}

/// Computers whose names come from the company's own server.
pub fn members(world: &World) -> Vec<Target> {
    if public(world).is_none() || names::used(world).is_empty() {
        return Vec::new();
    }
    let inside = |client: &Client| dns::servers(world, client.0).first().is_some_and(|server| names::is_internal(world, *server));
    leases::clients(world).into_iter().filter(inside).map(|client| of(world, client)).collect()
}

pub fn use_public(world: &mut World, target: &Target, _: &mut Chance) {
    world.device_mut(target.device).stack.resolver.cache.clear();
    let Some(server) = public(world) else { return };
    if let Some(found) = leases::interface_mut(world, client(target)) {
        found.manual_dns = vec![server];
    }
}

/// A public server in first place is enough: "does not exist" is an answer, so the second is never asked.
pub fn uses_public(world: &World, target: &Target) -> bool {
    let first = leases::interface(world, client(target)).and_then(|found| found.manual_dns.first().copied());
    first.is_some_and(|server| !names::is_internal(world, server))
}

pub fn repair_interface(world: &mut World, target: &Target, healthy: &World) {
    let cache = healthy.device(target.device).stack.resolver.cache.clone();
    world.device_mut(target.device).stack.resolver.cache = cache;
    leases::restore(world, client(target), healthy);
}

/// Computers that keep answers, with each internal name that people use in `name`.
pub fn cacheable(world: &World) -> Vec<Target> {
    let used = names::used(world);
    let caching = leases::clients(world).into_iter().filter(|client| dns::caches(world, client.0));
    caching.flat_map(|client| used.iter().map(move |name| Target { name: name.clone(), ..of(world, client) })).collect()
}

/// An address beside the right one, which the service had before it moved.
pub fn former(world: &World, right: Ipv4Addr, chance: &mut Chance) -> Option<Ipv4Addr> {
    let network = Ipv4Net::new(right, 24).ok()?.trunc();
    leases::unused(world, network, chance.below(5))
}

/// It was asked just before the move, and told that the answer holds for a day.
pub fn stale(world: &mut World, target: &Target, chance: &mut Chance) {
    const DAY: u32 = 86_400;
    let Some(old) = names::address(world, &target.name).and_then(|right| former(world, right, chance)) else { return };
    let left = chance.between(DAY * 3 / 4, DAY - 600);
    let until = world.now + Span::seconds(u64::from(left));
    let known = Cached { records: vec![Record { ttl: DAY, data: RecordData::A(old) }], exists: true, until };
    world.device_mut(target.device).stack.resolver.cache.insert((target.name.clone(), RecordType::A), known);
}

pub fn is_stale(world: &World, target: &Target) -> bool {
    let cache = &world.device(target.device).stack.resolver.cache;
    let Some(known) = cache.get(&(target.name.clone(), RecordType::A)).filter(|known| known.until > world.now) else {
        return false;
    };
    let right = names::address(world, &target.name);
    !known.records.iter().any(|record| right.is_some_and(|right| record.data == RecordData::A(right)))
}

pub fn repair_cache(world: &mut World, target: &Target, healthy: &World) {
    let key = (target.name.clone(), RecordType::A);
    let before = healthy.device(target.device).stack.resolver.cache.get(&key).cloned();
    let cache = &mut world.device_mut(target.device).stack.resolver.cache;
    match before {
        Some(before) => _ = cache.insert(key, before),
        None => _ = cache.remove(&key),
    }
}

/// Computers with each outside site in `name`, where there is another host that it can be led to.
pub fn visitors(world: &World) -> Vec<Target> {
    let sites = names::outside_sites(world);
    let led = |owner| sites.iter().any(|(_, other)| *other != owner);
    let names: Vec<_> = sites.iter().filter(|(_, owner)| led(*owner)).map(|(name, _)| name.clone()).collect();
    let clients = leases::clients(world);
    clients
        .into_iter()
        .flat_map(|client| names.iter().map(move |name| Target { name: name.clone(), ..of(world, client) }))
        .collect()
}

pub fn hijack(world: &mut World, target: &Target, chance: &mut Chance) {
    let sites = names::outside_sites(world);
    let Some((_, owner)) = sites.iter().find(|(name, _)| *name == target.name) else { return };
    let others: Vec<_> = sites.iter().filter(|(_, other)| other != owner).map(|(_, other)| *other).collect();
    let Some(address) = chance.pick(&others).and_then(|other| names::first_address(world, *other)) else { return };
    world.device_mut(target.device).stack.resolver.hosts.push((address, target.name.clone()));
}

pub fn is_hijacked(world: &World, target: &Target) -> bool {
    let mut owners = names::outside_sites(world).into_iter().filter(|(name, _)| *name == target.name).map(|(_, owner)| owner);
    let owner = owners.next();
    let hosts = &world.device(target.device).stack.resolver.hosts;
    hosts.iter().any(|(ip, name)| name.eq_ignore_ascii_case(&target.name) && leases::owner(world, *ip) != owner)
}

pub fn repair_hosts(world: &mut World, target: &Target, healthy: &World) {
    let before = healthy.device(target.device).stack.resolver.hosts.clone();
    world.device_mut(target.device).stack.resolver.hosts = before;
}

/// Computers that complete short names with the company's domain.
pub fn suffixed(world: &World) -> Vec<Target> {
    if names::used(world).is_empty() {
        return Vec::new();
    }
    let has = |client: &Client| dns::suffixes(world, client.0).contains(&world.domain);
    leases::clients(world).into_iter().filter(has).map(|client| of(world, client)).collect()
}

/// A list that was typed in for another company's domain takes the place of everything else.
pub fn old_suffix(world: &mut World, target: &Target, _: &mut Chance) {
    world.device_mut(target.device).stack.resolver.cache.clear();
    world.device_mut(target.device).stack.resolver.suffixes = vec!["corp.example".to_owned()];
}

pub fn lacks_suffix(world: &World, target: &Target) -> bool {
    !dns::suffixes(world, target.device).contains(&world.domain)
}

pub fn repair_suffixes(world: &mut World, target: &Target, healthy: &World) {
    let before = healthy.device(target.device).stack.resolver.clone().into_inner();
    let resolver = &mut world.device_mut(target.device).stack.resolver;
    (resolver.suffixes, resolver.cache) = (before.suffixes, before.cache);
}
