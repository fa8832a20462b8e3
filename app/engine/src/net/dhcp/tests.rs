//! DHCP in the clinic: a Windows server in another VLAN, behind the firewall's relay.

use super::*;
use crate::fault::trial::clinic;
use crate::net::lab::ip;
use crate::world::windows::ServiceState;

fn first(world: &World, name: &str) -> (DeviceId, InterfaceIndex) {
    (world.find(name).unwrap(), InterfaceIndex(0))
}

fn interface<'w>(world: &'w World, name: &str) -> &'w Interface {
    &world.device(world.find(name).unwrap()).stack.interfaces[0]
}

fn address(world: &World, name: &str) -> Ipv4Addr {
    interface(world, name).addresses[0].ip
}

fn scope<'w>(world: &'w mut World, name: &str) -> &'w mut crate::world::server::Scope {
    let server = world.find("SRV-1").unwrap();
    let scopes = &mut world.device_mut(server).roles.dhcp.as_mut().unwrap().scopes;
    scopes.iter_mut().find(|scope| scope.name == name).unwrap()
}

fn stop(world: &mut World) {
    let server = world.find("SRV-1").unwrap();
    world.device_mut(server).windows_mut().unwrap().services.get_mut("DHCPServer").unwrap().state = ServiceState::Stopped;
}

fn events(world: &World, name: &str, id: u32) -> usize {
    let windows = world.device(world.find(name).unwrap()).windows().unwrap();
    windows.events.iter().filter(|event| event.id == id && event.source == "Microsoft-Windows-Dhcp-Client").count()
}

#[test]
fn everybody_has_a_lease_through_the_relay_and_the_server_agrees() {
    let mut world = clinic();
    for name in ["PC-01", "PC-02", "PC-03", "PC-04", "PRN-1"] {
        let found = interface(&world, name).clone();
        let lease = found.dhcp.lease.clone().unwrap();
        assert_eq!((lease.prefix, lease.domain.as_str()), (24, "clinic.example"));
        let kept = scope(&mut world, "Staff").leases.get(&lease.address).cloned().unwrap();
        assert_eq!((kept.mac, kept.host.as_str(), kept.expires), (found.mac, name, lease.expires), "{name}");
    }
    let reserved = scope(&mut world, "Staff").reservations.values().next().copied();
    assert_eq!(Some(address(&world, "PRN-1")), reserved);
}

#[test]
fn a_lease_is_renewed_at_half_its_time_and_lost_at_its_end() {
    let mut world = clinic();
    let lease = interface(&world, "PC-01").dhcp.lease.clone().unwrap();
    world.wait(renews(&lease) - world.now + Span::seconds(1));
    let renewed = interface(&world, "PC-01").dhcp.lease.clone().unwrap();
    assert_eq!((renewed.address, renewed.obtained), (lease.address, renews(&lease)));
    stop(&mut world);
    world.wait(rebinds(&renewed) - world.now);
    assert_eq!(address(&world, "PC-01"), lease.address);
    world.wait(renewed.expires - world.now + Span::seconds(1));
    let found = interface(&world, "PC-01");
    assert!(found.dhcp.lease.is_none() && found.addresses[0].ip.is_link_local(), "{found:?}");
    assert_eq!(found.origin, Origin::LinkLocal);
    assert!(events(&world, "PC-01", 1001) > 0);
}

#[test]
fn the_client_comes_back_by_itself_when_the_server_does() {
    let mut world = clinic();
    stop(&mut world);
    let (device, index) = first(&world, "PC-01");
    assert_eq!(release(&mut world, device, index), Renewal::Leased);
    assert!(interface(&world, "PC-01").addresses.is_empty());
    assert_eq!(renew(&mut world, device, index), Renewal::NoAnswer);
    let server = world.find("SRV-1").unwrap();
    world.device_mut(server).windows_mut().unwrap().services.get_mut("DHCPServer").unwrap().state = ServiceState::Running;
    world.wait(RETRY);
    assert_eq!(interface(&world, "PC-01").origin, Origin::Dhcp);
}

#[test]
fn the_pool_is_given_out_from_below_and_its_end_is_silent() {
    let mut world = clinic();
    let now = world.now;
    let staff = scope(&mut world, "Staff");
    assert_eq!(free(staff, now), 71 - 5);
    let low = staff.first;
    staff.last = Ipv4Addr::from(u32::from(low) + 4);
    staff.excluded.push((low, low));
    let (device, index) = first(&world, "PC-01");
    release(&mut world, device, index);
    let mine = world.device(device).stack.interfaces[0].mac;
    scope(&mut world, "Staff").leases.retain(|_, lease| lease.mac != mine);
    let next = server::choose(scope(&mut world, "Staff"), mine, now);
    assert_eq!(next, Some(Ipv4Addr::from(u32::from(low) + 1)), "the lowest that is free");
    scope(&mut world, "Staff").last = low;
    assert_eq!(renew(&mut world, device, index), Renewal::NoAnswer);
    assert!(address(&world, "PC-01").is_link_local());
    let server = world.device(world.find("SRV-1").unwrap()).windows().unwrap();
    assert!(server.events.iter().any(|event| event.id == 1063));
}

#[test]
fn an_address_of_another_network_is_refused_and_a_new_one_asked_for() {
    let mut world = clinic();
    let (device, index) = first(&world, "PC-01");
    let lease = Lease {
        address: ip("192.168.0.20"),
        server: ip("192.168.0.1"),
        ..interface(&world, "PC-01").dhcp.lease.clone().unwrap()
    };
    world.device_mut(device).stack.interfaces[0].addresses = vec![Address { ip: lease.address, prefix: 24 }];
    world.device_mut(device).stack.interfaces[0].dhcp.lease = Some(lease);
    assert_eq!(renew(&mut world, device, index), Renewal::Leased);
    assert_eq!(address(&world, "PC-01").octets()[0], 10);
    assert_eq!(events(&world, "PC-01", 1002), 1);
}

#[test]
fn no_server_no_relay_no_authorisation_no_lease() {
    type Break = fn(&mut World);
    let breaks: [(&str, Break); 4] = [
        ("stopped", |world| stop(world)),
        ("not authorised", |world| {
            let server = world.find("SRV-1").unwrap();
            world.device_mut(server).roles.dhcp.as_mut().unwrap().authorised = false;
        }),
        ("no relay", |world| {
            let firewall = world.find("FW-1").unwrap();
            for interface in &mut world.device_mut(firewall).stack.interfaces {
                interface.helpers.clear();
            }
        }),
        ("scope off", |world| scope(world, "Staff").enabled = false),
    ];
    for (what, break_it) in breaks {
        let mut world = clinic();
        let (device, index) = first(&world, "PC-01");
        release(&mut world, device, index);
        break_it(&mut world);
        assert_eq!(renew(&mut world, device, index), Renewal::NoAnswer, "{what}");
    }
}

#[test]
fn snooping_drops_offers_from_untrusted_ports_and_counts_them() {
    let mut world = clinic();
    let switch = world.find("SW-1").unwrap();
    let found = world.device_mut(switch);
    let switching = found.switching.as_mut().unwrap();
    switching.snooping = true;
    switching.snooping_vlans = switching.vlans.keys().copied().collect();
    let (device, index) = first(&world, "PC-01");
    assert_eq!(renew(&mut world, device, index), Renewal::Leased, "the uplink is trusted");
    for port in &mut world.device_mut(switch).ports {
        if let Some(settings) = &mut port.switching {
            settings.snooping_trusted = false;
        }
    }
    release(&mut world, device, index);
    assert_eq!(renew(&mut world, device, index), Renewal::NoAnswer);
    assert!(world.device(switch).switching.as_ref().unwrap().snooping_drops > 0);
}

#[test]
fn an_address_that_somebody_uses_is_declined() {
    let mut world = clinic();
    let (device, index) = first(&world, "PC-01");
    let wanted = address(&world, "PC-01");
    release(&mut world, device, index);
    let (other, _) = first(&world, "PC-02");
    world.device_mut(other).stack.interfaces[0].addresses = vec![Address { ip: wanted, prefix: 24 }];
    assert_eq!(renew(&mut world, device, index), Renewal::Leased);
    assert_ne!(address(&world, "PC-01"), wanted);
    assert_eq!(scope(&mut world, "Staff").leases[&wanted].host, "BAD_ADDRESS");
}

#[test]
fn an_unplugged_or_manual_interface_asks_nobody() {
    let mut world = clinic();
    let (device, index) = first(&world, "PC-01");
    world.cables.clear();
    assert_eq!(renew(&mut world, device, index), Renewal::MediaDisconnected);
    let (server, index) = first(&world, "SRV-1");
    assert_eq!(renew(&mut world, server, index), Renewal::NotDhcp);
    assert_eq!(renew(&mut world, device, InterfaceIndex(200)), Renewal::NotDhcp);
}

#[test]
fn link_local_addresses_are_the_same_again_for_the_same_card() {
    let mac = crate::world::mac::Mac([0, 0x15, 0x5d, 1, 2, 3]);
    let first = link_local::candidate(mac, 0);
    assert_eq!(first, link_local::candidate(mac, 0));
    assert_ne!(first, link_local::candidate(mac, 1));
    assert!(first.is_link_local() && !matches!(first.octets()[2], 0 | 255));
}
