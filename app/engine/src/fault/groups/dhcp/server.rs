//! D3, D6 and D7: the service and what its scopes give out.

use std::net::Ipv4Addr;

use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases;
use crate::world::device::Kind;
use crate::world::windows::{EventLevel, ServiceState};
use crate::world::{DeviceId, World};

const STOPPED: &str = "stopped";
const UNAUTHORISED: &str = "not authorised";

/// Windows servers of a directory: each way to be out of service.
pub fn targets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for device in &world.devices {
        let Some(server) = device.roles.dhcp.as_ref().filter(|server| !server.scopes.is_empty()) else { continue };
        let Some(windows) = device.windows() else { continue };
        if windows.services.get(&server.owner).is_some_and(|service| service.state == ServiceState::Running) {
            found.push(Target { name: STOPPED.to_owned(), ..Target::device(device.id) });
        }
        if windows.joined.is_some() && server.authorised {
            found.push(Target { name: UNAUTHORISED.to_owned(), ..Target::device(device.id) });
        }
    }
    found
}

fn victims(world: &World, server: DeviceId) -> Vec<leases::Client> {
    let scopes = world.device(server).roles.dhcp.as_ref().map(|server| server.scopes.as_slice()).unwrap_or_default();
    scopes.iter().flat_map(|scope| leases::clients_in(world, scope.network)).collect()
}

/// Since then every lease has run out.
pub fn stop(world: &mut World, target: &Target, _: &mut Chance) {
    for client in victims(world, target.device) {
        leases::lose(world, client);
    }
    let device = world.device_mut(target.device);
    let Some(owner) = device.roles.dhcp.as_ref().map(|server| server.owner.clone()) else { return };
    if target.name == UNAUTHORISED {
        if let Some(server) = &mut device.roles.dhcp {
            server.authorised = false;
        }
    } else if let Some(service) = device.windows_mut().and_then(|windows| windows.services.get_mut(&owner)) {
        service.state = ServiceState::Stopped;
        service.pid = 0;
    }
}

pub fn traces(world: &mut World, target: &Target) {
    let domain = world.domain.clone();
    if target.name == UNAUTHORISED {
        let text = format!(
            "The DHCP/BINL service on the local machine, belonging to the Windows Administrative domain {domain}, has determined that \
             it is not authorized to start. It has stopped servicing clients."
        );
        leases::event(world, target.device, "Microsoft-Windows-DHCP-Server", 1046, EventLevel::Error, text);
    } else {
        let text = "The DHCP Server service entered the stopped state.".to_owned();
        leases::event(world, target.device, "Service Control Manager", 7036, EventLevel::Information, text);
    }
    let lost: Vec<_> = world
        .devices
        .iter()
        .filter(|device| device.stack.interfaces.first().is_some_and(|first| first.dhcp.enabled && first.dhcp.lease.is_none()))
        .map(|device| (device.id, crate::world::InterfaceIndex(0)))
        .collect();
    for client in lost {
        leases::trace_no_address(world, client);
    }
}

pub fn is_stopped(world: &World, target: &Target) -> bool {
    let device = world.device(target.device);
    let Some(server) = &device.roles.dhcp else { return false };
    if target.name == UNAUTHORISED {
        return !server.authorised;
    }
    let service = device.windows().and_then(|windows| windows.services.get(&server.owner));
    service.is_none_or(|service| service.state != ServiceState::Running)
}

pub fn repair(world: &mut World, target: &Target, healthy: &World) {
    for client in victims(healthy, target.device) {
        leases::restore(world, client, healthy);
    }
    leases::restore_server(world, target.device, healthy);
    let Some(owner) = healthy.device(target.device).roles.dhcp.as_ref().map(|server| server.owner.clone()) else { return };
    let before = healthy.device(target.device).windows().and_then(|windows| windows.services.get(&owner)).cloned();
    if let (Some(before), Some(windows)) = (before, world.device_mut(target.device).windows_mut()) {
        windows.services.insert(owner, before);
    }
}

/// Scopes that somebody has a lease of, and that name a router which is there.
pub fn routed_scopes(world: &World) -> Vec<Target> {
    option_targets(world, |scope| scope.router.is_some_and(|router| leases::owner(world, router).is_some()))
}

/// Scopes that name a DNS server of the company's.
pub fn named_scopes(world: &World) -> Vec<Target> {
    option_targets(world, |scope| scope.dns.iter().any(|server| serves_names(world, *server)))
}

fn option_targets(world: &World, fits: impl Fn(&crate::world::server::Scope) -> bool) -> Vec<Target> {
    let mut found = Vec::new();
    for (server, name) in leases::scopes(world) {
        let Some(scope) = leases::scope(world, server, &name).filter(|scope| fits(scope)) else { continue };
        if !leases::clients_in(world, scope.network).is_empty() {
            found.push(Target { name, ..Target::device(server) });
        }
    }
    found
}

fn serves_names(world: &World, address: Ipv4Addr) -> bool {
    leases::owner(world, address)
        .is_some_and(|owner| world.device(owner).roles.dns.is_some() && world.device(owner).kind != Kind::Internet)
}

/// The old router's address, which nobody has any more.
pub fn wrong_router(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(network) = leases::scope(world, target.device, &target.name).map(|scope| scope.network) else { return };
    let Some(old) = leases::unused(world, network, chance.below(4)) else { return };
    for client in leases::clients_in(world, network) {
        if let Some(lease) = leases::interface_mut(world, client).and_then(|found| found.dhcp.lease.as_mut()) {
            lease.router = Some(old);
        }
    }
    if let Some(scope) = leases::scope_mut(world, target.device, &target.name) {
        scope.router = Some(old);
    }
}

/// The right router is one that forwards and has the address in this network.
pub fn router_is_wrong(world: &World, target: &Target) -> bool {
    let Some(scope) = leases::scope(world, target.device, &target.name) else { return false };
    let routes = |router: Ipv4Addr| leases::owner(world, router).is_some_and(|owner| world.device(owner).stack.forwarding);
    !scope.router.is_some_and(|router| scope.network.contains(&router) && routes(router))
}

/// The old DNS server's address.
pub fn wrong_dns(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some((network, dns)) = leases::scope(world, target.device, &target.name).map(|scope| (scope.network, scope.dns.clone()))
    else {
        return;
    };
    let beside = dns.first().and_then(|server| ipnet::Ipv4Net::new(*server, 24).ok()).map_or(network, |net| net.trunc());
    let Some(old) = leases::unused(world, beside, chance.below(4)) else { return };
    for client in leases::clients_in(world, network) {
        if let Some(lease) = leases::interface_mut(world, client).and_then(|found| found.dhcp.lease.as_mut()) {
            lease.dns = vec![old];
        }
        world.device_mut(client.0).stack.resolver.cache.clear();
    }
    if let Some(scope) = leases::scope_mut(world, target.device, &target.name) {
        scope.dns = vec![old];
    }
}

pub fn dns_is_wrong(world: &World, target: &Target) -> bool {
    leases::scope(world, target.device, &target.name)
        .is_some_and(|scope| !scope.dns.first().is_some_and(|server| serves_names(world, *server)))
}

pub fn repair_option(world: &mut World, target: &Target, healthy: &World) {
    leases::restore_server(world, target.device, healthy);
    let Some(network) = leases::scope(healthy, target.device, &target.name).map(|scope| scope.network) else { return };
    for client in leases::clients_in(healthy, network) {
        leases::restore(world, client, healthy);
        let cache = healthy.device(client.0).stack.resolver.cache.clone();
        world.device_mut(client.0).stack.resolver.cache = cache;
    }
}
