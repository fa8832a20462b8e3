//! D2, D4 and D9: what stands between client and server.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::chance::Chance;
use crate::fault::Target;
use crate::fault::groups::leases::{self, Client};
use crate::net::{dhcp, link};
use crate::time::Span;
use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::device::{Device, Kind, System};
use crate::world::hardware::Power;
use crate::world::interface::{Address, Attach, Interface, Lease, Listener, Origin, Protocol, Stack};
use crate::world::mac::Mac;
use crate::world::network_device::Saved;
use crate::world::port::{Media, Port, SwitchMode, VlanId};
use crate::world::server::{DhcpServer, Roles, Scope, ServerLease};
use crate::world::shared::Shared;
use crate::world::{DeviceId, InterfaceIndex, PortIndex, PortRef, World};

/// Interfaces with a relay behind which computers have their leases; the interface's name stands in `name`.
pub fn relays(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for device in &world.devices {
        for interface in device.stack.interfaces.iter().filter(|interface| !interface.helpers.is_empty()) {
            let Some(network) = interface.addresses.first().map(|address| address.network()) else { continue };
            if !leases::clients_in(world, network).is_empty()
                && !relay_works_elsewhere(world, network, device.id, &interface.name)
            {
                found.push(Target { name: interface.name.clone(), ..Target::device(device.id) });
            }
        }
    }
    found
}

fn relay<'w>(world: &'w World, target: &Target) -> Option<&'w Interface> {
    world.device(target.device).stack.interfaces.iter().find(|interface| interface.name == target.name)
}

fn relay_network(world: &World, target: &Target) -> Option<Ipv4Net> {
    relay(world, target)?.addresses.first().map(|address| address.network())
}

/// Somebody wrote the configuration anew and forgot the line, or mistyped it; it is saved, too.
pub fn break_relay(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(network) = relay_network(world, target) else { return };
    for client in leases::clients_in(world, network) {
        leases::lose(world, client);
    }
    let right = relay(world, target).and_then(|interface| interface.helpers.first().copied());
    let beside =
        right.and_then(|right| Ipv4Net::new(right, 24).ok()).and_then(|net| leases::unused(world, net.trunc(), chance.below(3)));
    let helpers = if chance.below(2) == 0 { Vec::new() } else { beside.into_iter().collect() };
    set_helpers(&mut world.device_mut(target.device).stack, &target.name, &helpers);
    if let Some(saved) = saved(world, target.device) {
        set_helpers(&mut saved.stack, &target.name, &helpers);
    }
}

fn set_helpers(stack: &mut Stack, name: &str, helpers: &[Ipv4Addr]) {
    for interface in stack.interfaces.iter_mut().filter(|interface| interface.name == name) {
        interface.helpers = helpers.to_vec();
    }
}

fn saved(world: &mut World, device: DeviceId) -> Option<&mut Saved> {
    world.device_mut(device).ios_mut()?.startup.as_deref_mut()
}

pub fn relay_traces(world: &mut World, _: &Target) {
    for client in without_lease(world) {
        leases::trace_no_address(world, client);
    }
}

fn without_lease(world: &World) -> Vec<Client> {
    let mut found = Vec::new();
    for device in world.devices.iter().filter(|device| device.windows().is_some()) {
        for (at, interface) in device.stack.interfaces.iter().enumerate() {
            if interface.origin == Origin::LinkLocal {
                found.push((device.id, InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX))));
            }
        }
    }
    found
}

/// No interface in this network relays to a server that has a scope for it. A second server in the VLAN does not count: the
/// relay is what is broken.
pub fn relay_is_broken(world: &World, target: &Target) -> bool {
    relay_network(world, target).is_some_and(|network| !relay_works(world, network, |_, _| true))
}

fn relay_works_elsewhere(world: &World, network: Ipv4Net, device: DeviceId, name: &str) -> bool {
    relay_works(world, network, |other, interface| other != device || interface.name != name)
}

fn relay_works(world: &World, network: Ipv4Net, counts: impl Fn(DeviceId, &Interface) -> bool) -> bool {
    world.devices.iter().any(|device| {
        device.stack.interfaces.iter().filter(|interface| counts(device.id, interface)).any(|interface| {
            let own = interface.addresses.first().filter(|address| address.network() == network);
            own.is_some_and(|own| interface.helpers.iter().any(|helper| has_scope(world, *helper, own.ip)))
        })
    })
}

fn has_scope(world: &World, server: Ipv4Addr, heard_at: Ipv4Addr) -> bool {
    let owner = leases::owner(world, server).map(|owner| world.device(owner));
    owner.and_then(|owner| owner.roles.dhcp.as_ref()).is_some_and(|server| dhcp::scope_for(server, heard_at).is_some())
}

pub fn repair_relay(world: &mut World, target: &Target, healthy: &World) {
    let Some((network, helpers)) =
        relay(healthy, target).and_then(|found| Some((found.addresses.first()?.network(), found.helpers.clone())))
    else {
        return;
    };
    set_helpers(&mut world.device_mut(target.device).stack, &target.name, &helpers);
    if let Some(saved) = saved(world, target.device) {
        set_helpers(&mut saved.stack, &target.name, &helpers);
    }
    restore_clients(world, network, healthy);
}

/// The clients of a network and what every server knows of them.
fn restore_clients(world: &mut World, network: Ipv4Net, healthy: &World) {
    for client in leases::clients_in(healthy, network) {
        leases::restore(world, client, healthy);
    }
    for device in healthy.devices.iter().filter(|device| device.roles.dhcp.is_some()) {
        leases::restore_server(world, device.id, healthy);
    }
}

/// Free access ports of switches in whose VLAN computers have their leases; one for each switch and VLAN.
pub fn free_sockets(world: &World) -> Vec<Target> {
    let mut found: Vec<Target> = Vec::new();
    for switch in world.devices.iter().filter(|device| device.kind == Kind::Switch && device.ios().is_some()) {
        let mut seen = Vec::new();
        for (at, port) in switch.ports.iter().enumerate() {
            let at = PortRef { device: switch.id, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
            let Some(vlan) = access(port) else { continue };
            if seen.contains(&vlan) || !port.enabled || port.broken || link::other_end(world, at).is_some() {
                continue;
            }
            // Snooping would keep such a router's offers from everybody.
            let guarded = switch.switching.as_ref().is_some_and(|found| found.snooping && found.snooping_vlans.contains(&vlan));
            if !guarded && !neighbours(world, switch, vlan).is_empty() {
                seen.push(vlan);
                found.push(Target { port: Some(at.port), ..Target::device(switch.id) });
            }
        }
    }
    found
}

fn access(port: &Port) -> Option<VlanId> {
    match port.switching.as_ref()?.mode {
        SwitchMode::Access(vlan) => Some(vlan),
        SwitchMode::Trunk { .. } => None,
    }
}

/// The computers with a lease on access ports of a VLAN of this switch.
fn neighbours(world: &World, switch: &Device, vlan: VlanId) -> Vec<Client> {
    leases::clients(world)
        .into_iter()
        .filter(|client| {
            socket_of(world, *client).is_some_and(|socket| {
                socket.device == switch.id && switch.ports.get(usize::from(socket.port.0)).and_then(access) == Some(vlan)
            })
        })
        .collect()
}

/// The switch port that a computer's cable ends in.
fn socket_of(world: &World, client: Client) -> Option<PortRef> {
    let Attach::Port(port) = leases::interface(world, client)?.attach else { return None };
    let (_, other) = link::other_end(world, PortRef { device: client.0, port })?;
    Some(other)
}

const ROUTER: Ipv4Addr = Ipv4Addr::new(192, 168, 0, 1);

/// A router as people have it at home, its own network on its LAN socket and nothing on the one for the Internet.
pub fn plug_in_router(world: &mut World, target: &Target, chance: &mut Chance) {
    let socket = PortRef { device: target.device, port: target.port.unwrap_or_default() };
    let Some(vlan) = link::at(world, socket).and_then(access) else { return };
    let victims = neighbours(world, world.device(target.device), vlan);
    let id = DeviceId::from_index(world.devices.len());
    let number = chance.below(1 << 16).to_le_bytes();
    let mac = Mac([0x50, 0xc7, 0xbf, 0x31, number[0], number[1]]);
    let place = victims.first().map(|client| world.device(client.0).place).unwrap_or_default();
    let mut router = home_router(id, mac, place, world.now);
    // Whoever asked since then was answered by the nearer one: the first, and by chance some others.
    let mut next = 100;
    for (at, client) in victims.into_iter().enumerate() {
        if at == 0 || chance.below(3) == 0 {
            take_over(world, &mut router, client, next);
            next += 1;
        }
    }
    world.devices.push(router);
    let ends = [Some(PortRef { device: id, port: PortIndex(0) }), Some(socket)];
    let label = String::new();
    world.cables.push(Cable { kind: CableKind::Cat5e, ends, metres: 2, damage: Damage::Whole, beside_motor: false, label });
}

fn home_router(id: DeviceId, mac: Mac, place: crate::world::PlaceId, now: crate::time::Time) -> Device {
    let network = Ipv4Net::new(ROUTER, 24).map(|net| net.trunc()).unwrap_or_default();
    let scope = Scope {
        name: "LAN".to_owned(),
        network,
        first: Ipv4Addr::new(192, 168, 0, 100),
        last: Ipv4Addr::new(192, 168, 0, 199),
        excluded: Vec::new(),
        reservations: crate::sorted::Map::new(),
        router: Some(ROUTER),
        dns: vec![ROUTER],
        domain: String::new(),
        lease: Span::hours(24),
        leases: crate::sorted::Map::new(),
        enabled: true,
    };
    let port = Port {
        name: "LAN".to_owned(),
        mac,
        media: Media::Copper(1000),
        enabled: true,
        broken: false,
        speed: crate::world::port::Speed::Auto,
        duplex: crate::world::port::Duplex::Auto,
        counters: crate::world::port::Counters::default(),
        switching: None,
        poe: None,
        wifi: None,
        description: String::new(),
    };
    let interface = Interface {
        name: "LAN".to_owned(),
        attach: Attach::Port(PortIndex(0)),
        enabled: true,
        mac,
        mtu: 1500,
        addresses: vec![Address { ip: ROUTER, prefix: 24 }],
        origin: Origin::Manual,
        dhcp: crate::world::interface::DhcpClient::default(),
        manual_dns: Vec::new(),
        manual_gateway: None,
        metric: 0,
        helpers: Vec::new(),
        acl_in: None,
        acl_out: None,
    };
    let listener = Listener { protocol: Protocol::Udp, bound: Ipv4Addr::UNSPECIFIED, port: 67, owner: String::new() };
    Device {
        id,
        name: "HOME-ROUTER".to_owned(),
        kind: Kind::Router,
        model: "Home router with Wi-Fi".to_owned(),
        place,
        user: None,
        power: Power::default(),
        hardware: Shared::default(),
        ports: vec![port],
        switching: None,
        stack: Stack {
            interfaces: vec![interface].into(),
            forwarding: true,
            initial_ttl: 64,
            listeners: vec![listener].into(),
            ..Stack::default()
        },
        system: System::Fixed,
        roles: Shared::new(Roles {
            dhcp: Some(DhcpServer {
                owner: String::new(),
                authorised: true,
                scopes: vec![scope],
                rogue: true,
                ..DhcpServer::default()
            }),
            ..Roles::default()
        }),
        started: now,
    }
}

fn take_over(world: &mut World, router: &mut Device, client: Client, last: u8) {
    let address = Ipv4Addr::new(192, 168, 0, last);
    let (now, host) = (world.now, world.device(client.0).name.clone());
    let expires = now + Span::hours(24);
    let Some(found) = leases::interface_mut(world, client) else { return };
    let lease = Lease {
        address,
        prefix: 24,
        server: ROUTER,
        router: Some(ROUTER),
        dns: vec![ROUTER],
        domain: String::new(),
        obtained: now,
        expires,
    };
    found.addresses = vec![Address { ip: address, prefix: 24 }];
    found.dhcp.lease = Some(lease);
    let mac = found.mac;
    if let Some(scope) = router.roles.dhcp.as_mut().and_then(|server| server.scopes.first_mut()) {
        scope.leases.insert(address, ServerLease { mac, host, expires });
    }
    world.device_mut(client.0).stack.resolver.cache.clear();
}

/// A computer that asks now is offered an address by a server that is not the company's: asked in a copy, so nobody takes it.
pub fn foreign_offers(world: &World, _: &Target) -> bool {
    let rogue = |device: DeviceId| world.device(device).roles.dhcp.as_ref().is_some_and(|server| server.rogue);
    if !world.device_ids().any(rogue) {
        return false;
    }
    let mut copy = world.clone();
    let mut clients = leases::clients(world);
    clients.extend(without_lease(world));
    clients.into_iter().any(|(device, index)| dhcp::offers(&mut copy, device, index).iter().any(|offer| rogue(offer.server)))
}

pub fn repair_router(world: &mut World, target: &Target, healthy: &World) {
    world.devices.truncate(healthy.devices.len());
    world.cables.truncate(healthy.cables.len());
    let socket = PortRef { device: target.device, port: target.port.unwrap_or_default() };
    let Some(vlan) = link::at(healthy, socket).and_then(access) else { return };
    for client in neighbours(healthy, healthy.device(target.device), vlan) {
        leases::restore(world, client, healthy);
        let cache = healthy.device(client.0).stack.resolver.cache.clone();
        world.device_mut(client.0).stack.resolver.cache = cache;
    }
}

const TRUST: &str = "trust";

/// Access ports of computers with a lease (their VLAN stands in `name`), and uplinks through which offers come.
pub fn sockets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for client in leases::clients(world) {
        let Some(socket) = socket_of(world, client) else { continue };
        let Some(vlan) = link::at(world, socket).and_then(access) else { continue };
        if world.device(socket.device).ios().is_some() && other_vlan(world, socket.device, vlan).is_some() {
            found.push(Target {
                port: Some(socket.port),
                other: Some(client.0),
                name: vlan.0.to_string(),
                person: world.device(client.0).user,
                ..Target::device(socket.device)
            });
        }
    }
    found.extend(uplinks(world));
    found
}

/// Trunks of managed switches that are trusted, or would be if somebody looked: the only way to a server of the clients here.
fn uplinks(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for switch in world.devices.iter().filter(|device| device.kind == Kind::Switch && device.ios().is_some()) {
        let here = leases::clients(world)
            .into_iter()
            .filter(|client| socket_of(world, *client).is_some_and(|socket| socket.device == switch.id));
        if here.count() == 0 {
            continue;
        }
        for (at, port) in switch.ports.iter().enumerate() {
            let trusted = port.switching.as_ref().is_some_and(|settings| settings.snooping_trusted);
            let at = PortRef { device: switch.id, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) };
            if trusted && link::of(world, at).is_some() {
                found.push(Target { port: Some(at.port), name: TRUST.to_owned(), ..Target::device(switch.id) });
            }
        }
    }
    found
}

/// A VLAN of the switch in which nobody gives out addresses.
fn other_vlan(world: &World, switch: DeviceId, not: VlanId) -> Option<VlanId> {
    let served: Vec<_> = world
        .devices
        .iter()
        .flat_map(|device| device.stack.interfaces.iter().map(move |interface| (device, interface)))
        .filter(|(device, interface)| !interface.helpers.is_empty() || device.roles.dhcp.is_some())
        .filter_map(|(_, interface)| match interface.attach {
            Attach::Vlan(vlan) | Attach::Sub(_, vlan) => Some(vlan),
            Attach::Port(_) | Attach::Loopback => None,
        })
        .collect();
    let direct: Vec<_> = world
        .devices
        .iter()
        .filter(|device| device.roles.dhcp.is_some())
        .flat_map(|server| {
            (0..server.stack.interfaces.len()).filter_map(|at| {
                socket_of(world, (server.id, InterfaceIndex(u8::try_from(at).ok()?)))
                    .and_then(|socket| link::at(world, socket).and_then(access))
            })
        })
        .collect();
    let mut vlans = world.device(switch).switching.as_ref()?.vlans.keys().copied();
    vlans.find(|vlan| *vlan != not && !served.contains(vlan) && !direct.contains(vlan))
}

pub fn break_socket(world: &mut World, target: &Target, _: &mut Chance) {
    let Some(port) = target.port else { return };
    for client in socket_victims(world, target) {
        leases::lose(world, client);
    }
    let next = target.name.parse().ok().and_then(|vlan| other_vlan(world, target.device, VlanId(vlan)));
    let change = |ports: &mut Vec<Port>, switching: Option<&mut crate::world::port::Switching>| {
        let Some(settings) = ports.get_mut(usize::from(port.0)).and_then(|port| port.switching.as_mut()) else { return };
        if let Some(next) = next {
            settings.mode = SwitchMode::Access(next);
            return;
        }
        settings.snooping_trusted = false;
        if let Some(switching) = switching {
            switching.snooping = true;
            switching.snooping_vlans = switching.vlans.keys().copied().collect();
        }
    };
    let device = world.device_mut(target.device);
    change(&mut device.ports, device.switching.as_deref_mut());
    if let Some(saved) = saved(world, target.device) {
        change(&mut saved.ports, saved.switching.as_deref_mut());
    }
}

/// The computer on the socket; behind an uplink everybody on the switch.
fn socket_victims(world: &World, target: &Target) -> Vec<Client> {
    let on = |client: &Client| {
        socket_of(world, *client)
            .is_some_and(|socket| socket.device == target.device && (target.name == TRUST || Some(socket.port) == target.port))
    };
    leases::clients(world).into_iter().filter(on).collect()
}

pub fn socket_traces(world: &mut World, target: &Target) {
    let lost = without_lease(world).into_iter().filter(|(device, _)| target.name == TRUST || Some(*device) == target.other);
    for client in lost.collect::<Vec<_>>() {
        leases::trace_no_address(world, client);
    }
}

pub fn socket_is_broken(world: &World, target: &Target) -> bool {
    let socket = PortRef { device: target.device, port: target.port.unwrap_or_default() };
    let Some(settings) = link::at(world, socket).and_then(|port| port.switching.as_ref()) else { return false };
    if target.name == TRUST {
        let snooping = world.device(target.device).switching.as_ref().is_some_and(|switching| switching.snooping);
        return snooping && !settings.snooping_trusted;
    }
    match settings.mode {
        SwitchMode::Access(vlan) => target.name != vlan.0.to_string(),
        SwitchMode::Trunk { .. } => true,
    }
}

pub fn repair_socket(world: &mut World, target: &Target, healthy: &World) {
    for client in socket_victims(healthy, target) {
        leases::restore(world, client, healthy);
    }
    for device in healthy.devices.iter().filter(|device| device.roles.dhcp.is_some()) {
        leases::restore_server(world, device.id, healthy);
    }
    let before = healthy.device(target.device);
    let at = usize::from(target.port.unwrap_or_default().0);
    let device = world.device_mut(target.device);
    restore_port(&mut device.ports, &before.ports, at);
    if let (Some(switching), Some(before)) = (&mut device.switching, &before.switching) {
        (switching.snooping, switching.snooping_vlans) = (before.snooping, before.snooping_vlans.clone());
    }
    let kept = before.ios().and_then(|ios| ios.startup.as_deref());
    if let (Some(saved), Some(kept)) = (saved(world, target.device), kept) {
        restore_port(&mut saved.ports, &kept.ports, at);
        saved.switching.clone_from(&kept.switching);
    }
}

fn restore_port(ports: &mut [Port], before: &[Port], at: usize) {
    if let (Some(port), Some(before)) = (ports.get_mut(at), before.get(at)) {
        port.switching.clone_from(&before.switching);
    }
}
