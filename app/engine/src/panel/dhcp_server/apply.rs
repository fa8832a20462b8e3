//! What is done to scopes.

use std::net::Ipv4Addr;

use super::super::{Operation, Refused};
use crate::time::Span;
use crate::world::mac::Mac;
use crate::world::server::{DhcpServer, Scope};
use crate::world::{DeviceId, World};

/// A year: longer leases are no leases.
const LONGEST_MINUTES: u64 = 525_600;

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let Some(owner) = server(world, device).map(|server| server.owner.clone()) else {
        return Err(Refused("This device has no DHCP server.".to_owned()));
    };
    match operation.verb.as_str() {
        "start" | "stop" => service(world, device, &owner, &operation.verb),
        "authorise" | "unauthorise" => {
            let authorise = operation.verb == "authorise";
            if let Some(server) = server(world, device) {
                server.authorised = authorise;
            }
            Ok(if authorise { "The server is authorised." } else { "The server is no longer authorised." }.to_owned())
        }
        "delete-reservation" => delete_reservation(world, device, operation),
        "delete-exclusion" => delete_exclusion(world, device, operation),
        "delete-lease" => delete_lease(world, device, operation),
        _ => in_scope(world, device, operation),
    }
}

fn server(world: &mut World, device: DeviceId) -> Option<&mut DhcpServer> {
    world.devices.get_mut(usize::from(device.0))?.roles.dhcp.as_mut()
}

fn scopes(world: &mut World, device: DeviceId) -> &mut [Scope] {
    server(world, device).map(|server| server.scopes.as_mut_slice()).unwrap_or_default()
}

fn service(world: &mut World, device: DeviceId, owner: &str, verb: &str) -> Result<String, Refused> {
    if world.device(device).windows().is_none() {
        return Err(Refused("The service is part of the device.".to_owned()));
    }
    let done = if verb == "start" {
        crate::machine::services::start(world, device, owner)
    } else {
        crate::machine::services::stop(world, device, owner, false)
    };
    match done {
        Ok(()) => {
            Ok(if verb == "start" { "The DHCP Server service was started." } else { "The DHCP Server service was stopped." }
                .to_owned())
        }
        Err(_) => Err(Refused(format!("The service did not {verb}: look at it in Services."))),
    }
}

fn address(operation: &Operation, name: &str) -> Result<Ipv4Addr, Refused> {
    let text = operation.value(name).trim();
    text.parse().map_err(|_| Refused(format!("“{text}” is not a valid IP address.")))
}

fn in_scope(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let verbs = [
        "set-range",
        "set-lease",
        "set-router",
        "set-dns",
        "set-domain",
        "add-reservation",
        "add-exclusion",
        "activate",
        "deactivate",
    ];
    if !verbs.contains(&operation.verb.as_str()) {
        return operation.unknown();
    }
    let Some(scope) = scopes(world, device).iter_mut().find(|scope| scope.name.eq_ignore_ascii_case(&operation.target)) else {
        return Err(Refused(format!("There is no scope “{}”.", operation.target)));
    };
    match operation.verb.as_str() {
        "set-range" => set_range(scope, operation),
        "set-lease" => set_lease(scope, operation),
        "add-reservation" => reserve(scope, operation),
        "add-exclusion" => exclude(scope, operation),
        "activate" | "deactivate" => {
            scope.enabled = operation.verb == "activate";
            Ok(format!("Scope {} is {}.", scope.name, if scope.enabled { "active" } else { "inactive" }))
        }
        _ => set_option(scope, operation),
    }
}

fn set_range(scope: &mut Scope, operation: &Operation) -> Result<String, Refused> {
    let (first, last) = (address(operation, "first")?, address(operation, "last")?);
    let inside = |ip: &Ipv4Addr| scope.network.contains(ip) && *ip != scope.network.network() && *ip != scope.network.broadcast();
    if first > last || !inside(&first) || !inside(&last) {
        return Err(Refused(format!("The range must lie inside {} and its start before its end.", scope.network)));
    }
    (scope.first, scope.last) = (first, last);
    Ok(format!("Scope {}: {first}-{last}.", scope.name))
}

fn set_lease(scope: &mut Scope, operation: &Operation) -> Result<String, Refused> {
    let minutes = operation.value("minutes").trim().parse::<u64>().ok().filter(|minutes| (1..=LONGEST_MINUTES).contains(minutes));
    let Some(minutes) = minutes else { return Err(Refused("The lease duration must be one minute or longer.".to_owned())) };
    scope.lease = Span::minutes(minutes);
    Ok(format!("Scope {}: new leases last {minutes} minutes.", scope.name))
}

fn set_option(scope: &mut Scope, operation: &Operation) -> Result<String, Refused> {
    match operation.verb.as_str() {
        "set-router" if operation.value("router").trim().is_empty() => scope.router = None,
        "set-router" => scope.router = Some(address(operation, "router")?),
        "set-domain" => scope.domain = operation.value("domain").trim().to_lowercase(),
        _ => {
            let words = operation.value("servers").split([',', ' ']).filter(|word| !word.is_empty());
            let servers: Result<Vec<Ipv4Addr>, _> =
                words.map(|word| word.parse().map_err(|_| Refused(format!("“{word}” is not a valid IP address.")))).collect();
            scope.dns = servers?;
        }
    }
    Ok(format!("The option of scope {} is changed. Clients take it at their next renewal.", scope.name))
}

fn reserve(scope: &mut Scope, operation: &Operation) -> Result<String, Refused> {
    let ip = address(operation, "address")?;
    let Some(mac) = Mac::parse(operation.value("mac").trim()) else {
        return Err(Refused("The unique identifier is not valid: type the twelve digits of the MAC address.".to_owned()));
    };
    if !scope.network.contains(&ip) {
        return Err(Refused(format!("The address is outside {}.", scope.network)));
    }
    if scope.reservations.contains_key(&mac) || scope.reservations.values().any(|reserved| *reserved == ip) {
        return Err(Refused("The specified IP address or hardware address is being used by another client.".to_owned()));
    }
    scope.reservations.insert(mac, ip);
    Ok(format!("{ip} is reserved for {}.", mac.hyphens()))
}

fn exclude(scope: &mut Scope, operation: &Operation) -> Result<String, Refused> {
    let first = address(operation, "first")?;
    let last = if operation.value("last").trim().is_empty() { first } else { address(operation, "last")? };
    if first > last || first < scope.first || last > scope.last {
        return Err(Refused("The exclusion range must lie inside the address pool.".to_owned()));
    }
    scope.excluded.push((first, last));
    Ok(format!("{first}-{last} is excluded."))
}

fn target_address(operation: &Operation) -> Result<Ipv4Addr, Refused> {
    operation.target.trim().parse().map_err(|_| Refused(format!("“{}” is not a valid IP address.", operation.target)))
}

fn delete_reservation(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let ip = target_address(operation)?;
    let mut found = false;
    for scope in scopes(world, device) {
        let before = scope.reservations.len();
        scope.reservations.retain(|_, reserved| *reserved != ip);
        found |= scope.reservations.len() < before;
    }
    if found { Ok(format!("The reservation of {ip} is deleted.")) } else { Err(Refused(format!("{ip} is not reserved."))) }
}

fn delete_exclusion(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let mut found = false;
    for scope in scopes(world, device) {
        let before = scope.excluded.len();
        scope.excluded.retain(|(first, last)| format!("{first}-{last}") != operation.target.trim());
        found |= scope.excluded.len() < before;
    }
    if found { Ok("The exclusion is deleted.".to_owned()) } else { Err(Refused("There is no such exclusion.".to_owned())) }
}

fn delete_lease(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let ip = target_address(operation)?;
    let found = scopes(world, device).iter_mut().any(|scope| scope.leases.remove(&ip).is_some());
    if found { Ok(format!("The lease of {ip} is deleted.")) } else { Err(Refused(format!("Nobody has a lease on {ip}."))) }
}
