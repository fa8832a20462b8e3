//! Each fault of DHCP: what it breaks, what mends it, what does not.

use std::net::Ipv4Addr;

use crate::fault::trial::{Trial, keep_their_word};
use crate::panel::PanelKind;
use crate::physical::{Act, act};
use crate::probe::Probe;
use crate::shell::ShellKind;
use crate::world::interface::{Address, Origin};
use crate::world::windows::ServiceState;
use crate::world::{DeviceId, World};

fn page(world: &World, device: &str) -> Probe {
    Probe::Web { from: world.find(device).unwrap(), url: "https://news.example/".to_owned() }
}

/// An address of the staff network: `10.a.10.last`.
fn staff(world: &World, last: u8) -> Ipv4Addr {
    let scope = &world.device(world.find("SRV-1").unwrap()).roles.dhcp.as_ref().unwrap().scopes[1];
    let scopes = &world.device(world.find("SRV-1").unwrap()).roles.dhcp.as_ref().unwrap().scopes;
    let scope = scopes.iter().find(|scope| scope.name == "Staff").unwrap_or(scope);
    let [a, b, c, _] = scope.network.network().octets();
    Ipv4Addr::new(a, b, c, last)
}

/// Types a fixed address into a computer, as somebody does who wants it to work now.
fn set_static(world: &mut World, device: DeviceId, address: Ipv4Addr) {
    let (router, dns) = (staff(world, 1), Ipv4Addr::new(address.octets()[0], address.octets()[1], 20, 5));
    let found = &mut world.device_mut(device).stack.interfaces[0];
    found.dhcp.enabled = false;
    found.dhcp.lease = None;
    found.origin = Origin::Manual;
    found.addresses = vec![Address { ip: address, prefix: 24 }];
    (found.manual_gateway, found.manual_dns) = (Some(router), vec![dns]);
}

#[test]
fn every_fault_has_a_place_and_keeps_its_word() {
    let placed = keep_their_word("D");
    assert_eq!(placed.into_iter().collect::<Vec<_>>(), ["D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9"]);
}

#[test]
fn d1_needs_room_in_the_scope() {
    let mut trial = Trial::at("D1", "PC-01");
    let probe = page(&trial.world, "PC-01");
    trial.breaks(&probe);
    trial.renew("PC-01");
    assert!(trial.present() && !probe.passes(&trial.world), "asking again helps nobody");
    let mut by_hand = trial.world.clone();
    let free = staff(&by_hand, 150);
    set_static(&mut by_hand, trial.id("PC-01"), free);
    assert!(probe.passes(&by_hand) && (trial.fault.present)(&by_hand, &trial.target), "a workaround");
    let (first, last) = (staff(&trial.world, 50).to_string(), staff(&trial.world, 200).to_string());
    trial.panel("SRV-1", PanelKind::DhcpServer, "set-range", "Staff", &[("first", &first), ("last", &last)]);
    trial.renew("PC-01");
    trial.is_fixed(&probe);
}

#[test]
fn d1_goes_when_old_leases_are_deleted() {
    let mut trial = Trial::at("D1", "PC-02");
    let probe = page(&trial.world, "PC-02");
    for last in [60, 61] {
        let address = staff(&trial.world, last).to_string();
        trial.panel("SRV-1", PanelKind::DhcpServer, "delete-lease", &address, &[]);
    }
    trial.renew("PC-02");
    trial.is_fixed(&probe);
}

#[test]
fn d2_needs_the_relay() {
    let mut trial = Trial::at("D2", "FW-1");
    let probe = page(&trial.world, "PC-01");
    trial.breaks(&probe);
    let server = trial.world.find("SRV-1").unwrap();
    let helper = trial.world.device(server).stack.interfaces[0].addresses[0].ip;
    let name = trial.target.name.clone();
    trial.shell(
        "FW-1",
        ShellKind::Ios,
        &["enable", "configure terminal", &format!("interface {name}"), &format!("ip helper-address {helper}"), "end"],
    );
    trial.renew("PC-01");
    trial.is_fixed(&probe);
}

#[test]
fn d3_needs_the_service_and_its_authorisation() {
    for (way, verb) in [("stopped", "start"), ("not authorised", "authorise")] {
        let mut trial = Trial::new("D3", crate::fault::trial::clinic(), |_, target| target.name == way);
        let probe = page(&trial.world, "PC-03");
        trial.breaks(&probe);
        trial.renew("PC-03");
        assert!(!probe.passes(&trial.world), "{way}: renewing helps nobody");
        trial.panel("SRV-1", PanelKind::DhcpServer, verb, "", &[]);
        trial.world.wait(crate::time::Span::minutes(1));
        trial.renew("PC-03");
        trial.is_fixed(&probe);
    }
}

/// A computer that has its lease from the foreign router.
fn victim(world: &World) -> String {
    let foreign = |device: &&crate::world::Device| {
        let lease = device.stack.interfaces.first().and_then(|first| first.dhcp.lease.as_ref());
        lease.is_some_and(|lease| lease.server == Ipv4Addr::new(192, 168, 0, 1))
    };
    world.devices.iter().find(foreign).unwrap().name.clone()
}

#[test]
fn d4_needs_the_router_gone() {
    let mut trial = Trial::anywhere("D4");
    let name = victim(&trial.world);
    let probe = page(&trial.world, &name);
    trial.breaks(&probe);
    trial.renew(&name);
    assert_eq!(victim(&trial.world), name, "the foreign server renews its own leases");
    let mut by_hand = trial.world.clone();
    let free = staff(&by_hand, 150);
    set_static(&mut by_hand, trial.id(&name), free);
    assert!((trial.fault.present)(&by_hand, &trial.target), "a workaround");
    let router = trial.id("HOME-ROUTER");
    act(&mut trial.world, &Act::TakeAway(router)).unwrap();
    trial.renew(&name);
    trial.is_fixed(&probe);
}

#[test]
fn d4_goes_with_snooping_too() {
    let mut trial = Trial::anywhere("D4");
    let name = victim(&trial.world);
    let switch = trial.target.device;
    let switching = trial.world.device_mut(switch).switching.as_mut().unwrap();
    switching.snooping = true;
    switching.snooping_vlans = switching.vlans.keys().copied().collect();
    trial.renew(&name);
    let probe = page(&trial.world, &name);
    trial.is_fixed(&probe);
    assert!(trial.world.device(switch).switching.as_ref().unwrap().snooping_drops > 0);
}

#[test]
fn d5_needs_automatic_addresses() {
    let mut trial = Trial::at("D5", "PC-04");
    let probe = page(&trial.world, "PC-04");
    trial.breaks(&probe);
    let device = trial.id("PC-04");
    let mut by_hand = trial.world.clone();
    let free = staff(&by_hand, 150);
    set_static(&mut by_hand, device, free);
    assert!(probe.passes(&by_hand) && (trial.fault.present)(&by_hand, &trial.target), "a workaround");
    trial.panel("PC-04", PanelKind::Adapter, "set-automatic", "Ethernet", &[]);
    trial.panel("PC-04", PanelKind::Adapter, "set-dns-automatic", "Ethernet", &[]);
    trial.renew("PC-04");
    trial.is_fixed(&probe);
}

#[test]
fn d6_and_d7_need_the_option_and_a_renewal() {
    for (id, verb, field, last) in [("D6", "set-router", "router", 1), ("D7", "set-dns", "servers", 5)] {
        let mut trial = Trial::new(id, crate::fault::trial::clinic(), |_, target| target.name == "Staff");
        let probe = page(&trial.world, "PC-01");
        trial.breaks(&probe);
        // One client set by hand is one client.
        let mut by_hand = trial.world.clone();
        let found = &mut by_hand.device_mut(trial.id("PC-01")).stack.interfaces[0];
        let lan = found.addresses[0].ip.octets();
        let (router, server) = (Ipv4Addr::new(lan[0], lan[1], 10, 1), Ipv4Addr::new(lan[0], lan[1], 20, 5));
        found.manual_gateway = Some(router);
        found.manual_dns = vec![server];
        assert!(probe.passes(&by_hand) && (trial.fault.present)(&by_hand, &trial.target), "{id}: a workaround");
        let right = if last == 1 { router } else { server }.to_string();
        trial.panel("SRV-1", PanelKind::DhcpServer, verb, "Staff", &[(field, &right)]);
        assert!(!probe.passes(&trial.world), "{id}: the client still has the old option");
        trial.renew("PC-01");
        trial.is_fixed(&probe);
    }
}

#[test]
fn d8_needs_a_reservation() {
    let mut trial = Trial::at("D8", "PRN-1");
    let healthy = trial.healthy.clone();
    let at = |world: &World| world.device(world.find("PRN-1").unwrap()).stack.interfaces[0].clone();
    let (before, now) = (at(&healthy), at(&trial.world));
    assert_ne!(before.addresses, now.addresses);
    let mut by_hand = trial.world.clone();
    let inside = staff(&by_hand, 60);
    set_static(&mut by_hand, trial.id("PRN-1"), inside);
    assert!((trial.fault.present)(&by_hand, &trial.target), "a fixed address that the server may give to others");
    let values = [("address", before.addresses[0].ip.to_string()), ("mac", now.mac.hyphens())];
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    trial.panel("SRV-1", PanelKind::DhcpServer, "add-reservation", "Staff", &values);
    trial.renew("PRN-1");
    assert_eq!(at(&trial.world).addresses, before.addresses);
    assert!(!trial.present());
}

#[test]
fn d9_needs_the_right_vlan_or_trust() {
    let mut trial = Trial::new("D9", crate::fault::trial::clinic(), |world, target| {
        target.other.is_some_and(|other| world.device(other).name == "PC-02")
    });
    let probe = page(&trial.world, "PC-02");
    trial.breaks(&probe);
    let (port, vlan) = (usize::from(trial.target.port.unwrap().0), trial.target.name.clone());
    let name = trial.world.device(trial.target.device).ports[port].name.clone();
    let lines = ["enable", "configure terminal", &format!("interface {name}"), &format!("switchport access vlan {vlan}"), "end"];
    trial.shell("SW-1", ShellKind::Ios, &lines);
    trial.renew("PC-02");
    trial.is_fixed(&probe);
    let mut trial = Trial::new("D9", crate::fault::trial::clinic(), |_, target| target.name == "trust");
    let probe = page(&trial.world, "PC-01");
    trial.breaks(&probe);
    let port = usize::from(trial.target.port.unwrap().0);
    let name = trial.world.device(trial.target.device).ports[port].name.clone();
    trial.shell(
        "SW-1",
        ShellKind::Ios,
        &["enable", "configure terminal", &format!("interface {name}"), "ip dhcp snooping trust", "end"],
    );
    trial.renew("PC-01");
    trial.is_fixed(&probe);
}

#[test]
fn a_stopped_service_shows_in_the_panel() {
    let trial = Trial::new("D3", crate::fault::trial::clinic(), |_, target| target.name == "stopped");
    let server = trial.id("SRV-1");
    let windows = trial.world.device(server).windows().unwrap();
    assert_eq!(windows.services["DHCPServer"].state, ServiceState::Stopped);
    let view = crate::panel::view(&trial.world, server, PanelKind::DhcpServer).unwrap();
    assert!(view.facts.contains(&("Service".to_owned(), "Stopped".to_owned())));
}
