//! What is done to zones and forwarders.

use std::net::Ipv4Addr;

use super::super::{Operation, Refused};
use super::{EVERYTHING_ELSE, label};
use crate::net::dns::{is_below, text};
use crate::world::server::{DnsServer, Record, Zone};
use crate::world::{DeviceId, World};

/// RFC 2181, section 8: a TTL has 31 bits.
const LONGEST_TTL: u32 = 0x7fff_ffff;

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let found = world.devices.get_mut(usize::from(device.0)).and_then(|device| device.roles.dns.as_mut());
    let Some(server) = found else { return Err(Refused("This device has no DNS server.".to_owned())) };
    match operation.verb.as_str() {
        "add-record" => add(server, operation),
        "change-record" => change(server, operation),
        "delete-record" => delete(server, operation),
        "add-forwarder" => {
            let zone = operation.value("zone").trim().trim_matches('.').to_lowercase();
            if server.forwarders.contains_key(&zone) {
                return Err(Refused("There is a forwarder for these names already.".to_owned()));
            }
            let servers = servers(operation)?;
            server.forwarders.insert(zone, servers);
            Ok("The forwarder is added.".to_owned())
        }
        "set-forwarder" => {
            let servers = servers(operation)?;
            *forwarder(server, operation)?.1 = servers;
            Ok("The forwarder is changed.".to_owned())
        }
        "delete-forwarder" => {
            let zone = forwarder(server, operation)?.0;
            server.forwarders.remove(&zone);
            Ok("The forwarder is deleted.".to_owned())
        }
        "clear-cache" => {
            server.cache.clear();
            Ok("The cache is empty.".to_owned())
        }
        "enable-recursion" | "disable-recursion" => {
            server.recursion = operation.verb == "enable-recursion";
            Ok("The setting is saved.".to_owned())
        }
        "start" | "restart" => service(world, device, &operation.verb),
        _ => operation.unknown(),
    }
}

fn service(world: &mut World, device: DeviceId, verb: &str) -> Result<String, Refused> {
    let owner = world.device(device).roles.dns.as_ref().map(|server| server.owner.clone()).unwrap_or_default();
    if world.device(device).windows().is_none() {
        return Err(Refused("The service is part of the device.".to_owned()));
    }
    let done = if verb == "start" {
        crate::machine::services::start(world, device, &owner)
    } else {
        crate::machine::services::restart(world, device, &owner)
    };
    if done.is_err() {
        return Err(Refused(format!("The service did not {verb}: look at it in Services.")));
    }
    // What a name server remembers is in its memory.
    if let Some(server) = &mut world.device_mut(device).roles.dns {
        server.cache.clear();
    }
    Ok(format!("The DNS Server service was {verb}ed."))
}

fn servers(operation: &Operation) -> Result<Vec<Ipv4Addr>, Refused> {
    let words = operation.value("servers").split([',', ' ']).filter(|word| !word.is_empty());
    let servers: Result<Vec<_>, _> =
        words.map(|word| word.parse().map_err(|_| Refused(format!("“{word}” is not a valid IP address.")))).collect();
    let servers = servers?;
    if servers.is_empty() { Err(Refused("Type at least one server.".to_owned())) } else { Ok(servers) }
}

fn forwarder<'s>(server: &'s mut DnsServer, operation: &Operation) -> Result<(String, &'s mut Vec<Ipv4Addr>), Refused> {
    let zone = if operation.target == EVERYTHING_ELSE { "" } else { operation.target.trim() }.to_lowercase();
    match server.forwarders.get_mut(&zone) {
        Some(servers) => Ok((zone, servers)),
        None => Err(Refused(format!("There is no forwarder for “{}”.", operation.target))),
    }
}

fn ttl(operation: &Operation, otherwise: u32) -> Result<u32, Refused> {
    let text = operation.value("ttl").trim();
    if text.is_empty() {
        return Ok(otherwise);
    }
    text.parse().ok().filter(|ttl| *ttl <= LONGEST_TTL).ok_or_else(|| Refused(format!("“{text}” is not a valid TTL.")))
}

fn add(server: &mut DnsServer, operation: &Operation) -> Result<String, Refused> {
    let origin = operation.target.trim().to_lowercase();
    let Some(zone) = server.zones.get_mut(&origin) else { return Err(Refused(format!("There is no zone “{origin}”."))) };
    let typed = operation.value("name").trim();
    let short = if typed.is_empty() { "@" } else { typed };
    // Below the zone also where the name has dots of its own: `_ldap._tcp`, `5.20`.
    let name =
        text::complete(short, &origin).map(|name| if is_below(&name, &origin) { name } else { format!("{name}.{origin}") });
    let kind = text::parse_type(if operation.value("type").is_empty() { "A" } else { operation.value("type") });
    let (Some(name), Some(kind)) = (name, kind) else { return Err(Refused("The name or the type is not valid.".to_owned())) };
    let Some(data) = text::parse_data(kind, operation.value("data"), &origin) else {
        return Err(Refused(format!("“{}” is no data of a record of this type.", operation.value("data"))));
    };
    let record = Record { ttl: ttl(operation, 3600)?, data };
    let here = zone.records.entry(name.clone()).or_default();
    let alias = |record: &Record| record.data.kind() == crate::world::server::RecordType::Cname;
    // RFC 1034, section 3.6.2: where an alias stands, nothing else does.
    if here.iter().any(|other| alias(other) || alias(&record)) {
        return Err(Refused("The record cannot be created: an alias (CNAME) must be the only record of its name.".to_owned()));
    }
    if here.iter().any(|other| other.data == record.data) {
        return Err(Refused("The record already exists.".to_owned()));
    }
    let said = label(&name, &record);
    here.push(record);
    zone.serial = zone.serial.wrapping_add(1);
    Ok(format!("Added: {said}."))
}

/// The zone, name and position of the record that an operation is about.
fn find<'s>(server: &'s mut DnsServer, operation: &Operation) -> Result<(String, &'s mut Zone, String, usize), Refused> {
    for (origin, zone) in &mut server.zones {
        let place = zone.records.iter().find_map(|(name, records)| {
            records.iter().position(|record| label(name, record) == operation.target.trim()).map(|at| (name.clone(), at))
        });
        if let Some((name, at)) = place {
            return Ok((origin.clone(), zone, name, at));
        }
    }
    Err(Refused(format!("There is no record “{}”.", operation.target)))
}

fn change(server: &mut DnsServer, operation: &Operation) -> Result<String, Refused> {
    let (origin, zone, name, at) = find(server, operation)?;
    let Some(record) = zone.records.get_mut(&name).and_then(|records| records.get_mut(at)) else {
        return Err(Refused("The record is gone.".to_owned()));
    };
    let typed = operation.value("data").trim();
    if !typed.is_empty() {
        let Some(data) = text::parse_data(record.data.kind(), typed, &origin) else {
            return Err(Refused(format!("“{typed}” is no data of a record of this type.")));
        };
        record.data = data;
    }
    record.ttl = ttl(operation, record.ttl)?;
    let said = label(&name, record);
    zone.serial = zone.serial.wrapping_add(1);
    Ok(format!("Changed: {said}."))
}

fn delete(server: &mut DnsServer, operation: &Operation) -> Result<String, Refused> {
    let (_, zone, name, at) = find(server, operation)?;
    if let Some(records) = zone.records.get_mut(&name) {
        records.remove(at);
        if records.is_empty() {
            zone.records.remove(&name);
        }
    }
    zone.serial = zone.serial.wrapping_add(1);
    Ok("The record is deleted.".to_owned())
}
