//! What is true of names: who serves them, and what the company's zones say.

use std::net::Ipv4Addr;

use crate::fault::groups::leases;
use crate::sorted;
use crate::world::device::Kind;
use crate::world::server::{RecordData, Zone};
use crate::world::{Device, DeviceId, World};

/// The company's own name servers.
pub fn internal(world: &World) -> impl Iterator<Item = &Device> {
    world.devices.iter().filter(|device| device.kind != Kind::Internet && device.roles.dns.is_some())
}

/// Whether a name server of the company has this address.
pub fn is_internal(world: &World, address: Ipv4Addr) -> bool {
    leases::owner(world, address).is_some_and(|owner| internal(world).any(|device| device.id == owner))
}

/// The address by the company's own zones, through aliases.
pub fn address(world: &World, name: &str) -> Option<Ipv4Addr> {
    /// As long as servers follow aliases.
    const CHAIN: usize = 8;
    let mut at = name.to_owned();
    for _ in 0..CHAIN {
        let records = zones(world).find_map(|(_, _, zone)| zone.records.get(&at))?;
        if let Some(ip) = records.iter().find_map(|record| if let RecordData::A(ip) = record.data { Some(ip) } else { None }) {
            return Some(ip);
        }
        at = records
            .iter()
            .find_map(|record| if let RecordData::Cname(target) = &record.data { Some(target.clone()) } else { None })?;
    }
    None
}

/// The company's forward zones: server, origin, zone.
pub fn zones(world: &World) -> impl Iterator<Item = (DeviceId, &str, &Zone)> {
    internal(world)
        .filter_map(|device| Some((device.id, device.roles.dns.as_ref()?)))
        .flat_map(|(id, server)| server.zones.iter().map(move |(origin, zone)| (id, origin.as_str(), zone)))
        .filter(|(_, origin, _)| !origin.ends_with("in-addr.arpa"))
}

/// Internal names that people work with: sites, and machines with shares; those that the zones know.
pub fn used(world: &World) -> Vec<String> {
    let own = world.devices.iter().filter(|device| device.kind != Kind::Internet);
    let mut names: Vec<String> = Vec::new();
    for device in own {
        names.extend(device.roles.web.iter().map(|site| site.host.to_lowercase()));
        if !device.roles.shares.is_empty() {
            names.push(format!("{}.{}", device.name.to_lowercase(), world.domain));
        }
    }
    names.retain(|name| address(world, name).is_some());
    sorted::sort(&mut names);
    names.dedup();
    names
}

/// Sites on the Internet that have a name: host and device.
pub fn outside_sites(world: &World) -> Vec<(String, DeviceId)> {
    let outside = world.devices.iter().filter(|device| device.kind == Kind::Internet);
    outside.flat_map(|device| device.roles.web.iter().map(|site| (site.host.to_lowercase(), device.id))).collect()
}

/// The first address of a device.
pub fn first_address(world: &World, device: DeviceId) -> Option<Ipv4Addr> {
    world.device(device).stack.interfaces.iter().flat_map(|interface| &interface.addresses).next().map(|address| address.ip)
}
