//! Q4, Q6 and Q7: what stands in a zone.

use std::net::Ipv4Addr;

use super::client::former;
use super::names;
use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases;
use crate::net::dns::is_below;
use crate::world::device::Kind;
use crate::world::server::{Record, RecordData, Zone};
use crate::world::{DeviceId, World};

/// The zone of a server that a name lies in.
fn zone<'w>(world: &'w World, server: DeviceId, name: &str) -> Option<&'w Zone> {
    let zones = &world.devices.get(usize::from(server.0))?.roles.dns.as_ref()?.zones;
    zones.iter().filter(|(origin, _)| is_below(name, origin)).max_by_key(|(origin, _)| origin.len()).map(|(_, zone)| zone)
}

fn zone_mut<'w>(world: &'w mut World, server: DeviceId, name: &str) -> Option<&'w mut Zone> {
    let zones = &mut world.devices.get_mut(usize::from(server.0))?.roles.dns.as_mut()?.zones;
    zones.iter_mut().filter(|(origin, _)| is_below(name, origin)).max_by_key(|(origin, _)| origin.len()).map(|(_, zone)| zone)
}

fn address_records(world: &World) -> Vec<(DeviceId, String, Ipv4Addr)> {
    let mut found = Vec::new();
    for (server, _, zone) in names::zones(world) {
        for (name, records) in &zone.records {
            found.extend(records.iter().filter_map(|record| match record.data {
                RecordData::A(ip) => Some((server, name.clone(), ip)),
                _ => None,
            }));
        }
    }
    found
}

/// Address records of the company's own machines that people use, by this name or through an alias; the machine stands in `other`.
pub fn addresses(world: &World) -> Vec<Target> {
    let used: Vec<_> = names::used(world).iter().filter_map(|name| names::address(world, name)).collect();
    let records = address_records(world).into_iter().filter(|(_, _, ip)| used.contains(ip));
    let own = records.filter_map(|(server, name, ip)| Some((server, name, leases::owner(world, ip)?)));
    own.filter(|(_, _, owner)| world.device(*owner).kind != Kind::Internet)
        .map(|(server, name, owner)| Target { name, other: Some(owner), ..Target::device(server) })
        .collect()
}

/// The machine moved, the record did not; and it says that it holds for a day.
pub fn outdate(world: &mut World, target: &Target, chance: &mut Chance) {
    const DAY: u32 = 86_400;
    let right = target.other.and_then(|owner| names::first_address(world, owner));
    let Some(old) = right.and_then(|right| former(world, right, chance)) else { return };
    leases::forget_names(world);
    let records = zone_mut(world, target.device, &target.name).and_then(|zone| zone.records.get_mut(&target.name));
    for record in records.into_iter().flatten() {
        if matches!(record.data, RecordData::A(_)) {
            *record = Record { ttl: DAY, data: RecordData::A(old) };
        }
    }
}

pub fn is_outdated(world: &World, target: &Target) -> bool {
    let Some(owner) = target.other else { return false };
    let records = zone(world, target.device, &target.name).and_then(|zone| zone.records.get(&target.name));
    let right = |record: &Record| match record.data {
        RecordData::A(ip) => leases::owner(world, ip) == Some(owner),
        _ => true,
    };
    !records.is_some_and(|records| !records.is_empty() && records.iter().all(right))
}

/// Names of the company's own zone that stand for a site outside.
pub fn outside_sites(world: &World) -> Vec<Target> {
    let sites = names::outside_sites(world);
    let records = address_records(world).into_iter().filter(|(_, name, _)| sites.iter().any(|(host, _)| host == name));
    records.map(|(server, name, ip)| Target { name, other: leases::owner(world, ip), ..Target::device(server) }).collect()
}

pub fn remove(world: &mut World, target: &Target, _: &mut Chance) {
    leases::forget_names(world);
    if let Some(zone) = zone_mut(world, target.device, &target.name) {
        zone.records.remove(&target.name);
    }
}

/// No record, or one that leads elsewhere than to the site.
pub fn is_missing(world: &World, target: &Target) -> bool {
    let there = names::address(world, &target.name).and_then(|ip| leases::owner(world, ip));
    there.is_none() || there != target.other
}

/// Zones with a mail exchanger for the company's domain, inside and outside.
pub fn exchangers(world: &World) -> Vec<Target> {
    let servers = world.devices.iter().filter(|device| device.roles.dns.is_some()).map(|device| device.id);
    let targets = servers.map(|server| Target { name: world.domain.clone(), ..Target::device(server) });
    targets.filter(|target| !has_no_exchanger(world, target)).collect()
}

/// Two letters change places.
pub fn mistype(world: &mut World, target: &Target, _: &mut Chance) {
    leases::forget_names(world);
    let records = zone_mut(world, target.device, &target.name).and_then(|zone| zone.records.get_mut(&target.name));
    for record in records.into_iter().flatten() {
        if let RecordData::Mx(_, host) = &mut record.data {
            let mut letters: Vec<char> = host.chars().collect();
            if letters.len() > 2 {
                letters.swap(1, 2);
            }
            *host = letters.into_iter().collect();
        }
    }
}

/// No exchanger of the domain in this server's zone has an address of a mail server.
pub fn has_no_exchanger(world: &World, target: &Target) -> bool {
    let Some(zone) = zone(world, target.device, &target.name) else { return true };
    let takes_mail = |ip: Ipv4Addr| leases::owner(world, ip).is_some_and(|owner| world.device(owner).roles.mail.is_some());
    let address = |host: &str| {
        let mut here = zone.records.get(host).into_iter().flatten();
        let here = here.find_map(|record| if let RecordData::A(ip) = record.data { Some(ip) } else { None });
        here.or_else(|| names::address(world, host))
    };
    let records = zone.records.get(&target.name).into_iter().flatten();
    !records.into_iter().any(|record| match &record.data {
        RecordData::Mx(_, host) => address(host).is_some_and(takes_mail),
        _ => false,
    })
}

/// The records of the name, and what caches held.
pub fn repair(world: &mut World, target: &Target, healthy: &World) {
    leases::restore_names(world, healthy);
    let before = zone(healthy, target.device, &target.name).and_then(|zone| zone.records.get(&target.name)).cloned();
    if let (Some(before), Some(zone)) = (before, zone_mut(world, target.device, &target.name)) {
        zone.records.insert(target.name.clone(), before);
    }
}
