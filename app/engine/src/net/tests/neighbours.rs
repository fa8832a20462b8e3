//! ARP: caches, failures, conflicts; host models; interfaces of switches and routers.

use crate::net::event::{Cargo, What};
use crate::net::lab::{Lab, ip, lab, linux, windows, wire};
use crate::net::{Echo, EchoOutcome, arp, ping_logged, route};
use crate::time::Span;
use crate::world::InterfaceIndex;
use crate::world::interface::{NeighbourState, Route};

fn three() -> Lab {
    let devices = linux("A", "10.0.0.1/24", "")
        + &linux("B", "10.0.0.2/24", "")
        + &windows("C", "10.0.0.3/24", "")
        + r#"{ name = "SW", kind = "switch", ports = 4 },"#;
    lab(&devices, &(wire("A", "SW/Gi0/1") + &wire("B", "SW/Gi0/2") + &wire("C", "SW/Gi0/3")))
}

fn state(lab: &mut Lab, name: &str, address: &str) -> Option<NeighbourState> {
    lab.device(name).stack.neighbours.get(&(InterfaceIndex(0), ip(address))).map(|entry| entry.state)
}

fn requests(lab: &mut Lab, from: &str, to: &str) -> usize {
    let mut log = Vec::new();
    let from = lab.id(from);
    ping_logged(&mut lab.world, from, ip(to), Echo::default(), &mut log);
    let sent = log.iter().filter(|event| {
        event.device == from && event.what == What::Sent && matches!(event.frame.cargo, Cargo::ArpRequest { .. })
    });
    sent.count()
}

#[test]
fn the_first_unicast_asks_and_the_next_ones_know() {
    let mut lab = three();
    assert_eq!(requests(&mut lab, "A", "10.0.0.2"), 1);
    assert_eq!(requests(&mut lab, "A", "10.0.0.2"), 0);
    assert_eq!(state(&mut lab, "A", "10.0.0.2"), Some(NeighbourState::Reachable));
    assert!(state(&mut lab, "B", "10.0.0.1").is_some(), "who was asked knows who asked");
    assert_eq!(state(&mut lab, "C", "10.0.0.1"), None);
    lab.world.wait(arp::REACHABLE);
    assert_eq!(requests(&mut lab, "A", "10.0.0.2"), 1);
}

#[test]
fn a_neighbour_that_went_is_found_out() {
    let mut lab = three();
    assert!(lab.answers("A", "10.0.0.2"));
    lab.cable("B").ends[0] = None;
    assert_eq!(lab.ping("A", "10.0.0.2"), EchoOutcome::Silence, "still believed to be there");
    assert_eq!(lab.ping("A", "10.0.0.2"), EchoOutcome::NeighbourUnreachable { own: ip("10.0.0.1") });
    assert_eq!(state(&mut lab, "A", "10.0.0.2"), Some(NeighbourState::Failed));
}

#[test]
fn two_stations_with_one_address_take_turns() {
    let mut lab = three();
    lab.device("C").stack.interfaces[0].addresses[0].ip = ip("10.0.0.2");
    let known = |lab: &mut Lab| lab.device("A").stack.neighbours[&(InterfaceIndex(0), ip("10.0.0.2"))].mac;
    let (b, c) = (lab.device("B").stack.interfaces[0].mac, lab.device("C").stack.interfaces[0].mac);
    lab.ping("A", "10.0.0.2");
    assert!([b, c].contains(&known(&mut lab)));
    for (speaks, expected) in [("B", b), ("C", c), ("B", b)] {
        lab.world.wait(Span::minutes(1));
        lab.ping(speaks, "10.0.0.1");
        assert_eq!(known(&mut lab), expected, "who spoke last is believed");
    }
    // Each sees the other when that one asks everybody for something.
    lab.ping("B", "10.0.0.9");
    assert!(lab.device("C").stack.conflicts.contains(&ip("10.0.0.2")));
    assert!(lab.device("C").windows().unwrap().events.iter().any(|event| event.id == 4199));
    let id = lab.id("A");
    assert!(arp::probe(&mut lab.world, id, InterfaceIndex(0), ip("10.0.0.2")).is_some());
    assert!(arp::probe(&mut lab.world, id, InterfaceIndex(0), ip("10.0.0.200")).is_none());
}

#[test]
fn linux_is_a_weak_host_and_windows_a_strong_one() {
    let devices = r#"
        { name = "L", kind = "linux-server", ports = 2,
          interface = [{ name = "eth0", address = "10.0.1.1/24" }, { name = "eth1", address = "10.0.2.1/24" }] },
        { name = "W", kind = "server", ports = 2,
          interface = [{ name = "Ethernet", address = "10.0.1.2/24" }, { name = "Ethernet2", address = "10.0.2.2/24" }] },
        { name = "SW", kind = "switch", ports = 4 },
        { name = "SW2", kind = "switch", ports = 4 },
    "#
    .to_owned()
        + &linux("A", "10.0.1.9/24", "");
    let links = wire("L/eth0", "SW/Gi0/1")
        + &wire("W/Ethernet", "SW/Gi0/2")
        + &wire("A", "SW/Gi0/3")
        + &wire("L/eth1", "SW2/Gi0/1")
        + &wire("W/Ethernet2", "SW2/Gi0/2");
    let mut lab = lab(&devices, &links);
    let far = "10.0.2.0/24".parse().unwrap();
    lab.device("A").stack.routes =
        vec![Route { to: far, via: crate::world::interface::Hop::Interface(InterfaceIndex(0)), metric: 1, persistent: false }];
    assert!(lab.answers("A", "10.0.2.1"));
    assert_eq!(lab.ping("A", "10.0.2.2"), EchoOutcome::NeighbourUnreachable { own: ip("10.0.1.9") });
    for (host, expected) in [("10.0.1.1", true), ("10.0.1.2", false)] {
        lab.device("A").stack.routes =
            vec![Route { to: far, via: crate::world::interface::Hop::Gateway(ip(host)), metric: 1, persistent: false }];
        let other = if expected { "10.0.2.1" } else { "10.0.2.2" };
        assert_eq!(lab.answers("A", other), expected, "{host}");
    }
}

#[test]
fn a_gateway_that_is_not_on_the_link() {
    let mut lab = three();
    for name in ["A", "C"] {
        lab.device(name).stack.interfaces[0].manual_gateway = Some(ip("10.0.9.1"));
    }
    assert_eq!(lab.ping("A", "8.8.8.8"), EchoOutcome::NoRoute, "Linux has no such route");
    assert_eq!(lab.ping("C", "8.8.8.8"), EchoOutcome::NeighbourUnreachable { own: ip("10.0.0.3") }, "Windows asks for it");
}

#[test]
fn without_a_cable_windows_has_no_route_and_linux_gets_no_answer() {
    let mut lab = three();
    lab.world.cables.clear();
    assert_eq!(lab.ping("C", "10.0.0.1"), EchoOutcome::NoRoute);
    assert_eq!(lab.ping("A", "10.0.0.2"), EchoOutcome::NeighbourUnreachable { own: ip("10.0.0.1") });
    lab.device("A").stack.interfaces[0].enabled = false;
    assert_eq!(lab.ping("A", "10.0.0.2"), EchoOutcome::NoRoute);
}

#[test]
fn point_to_point_networks_have_no_broadcast() {
    let mut lab = lab(&(linux("A", "10.0.0.0/31", "") + &linux("B", "10.0.0.1/31", "")), &wire("A", "B"));
    assert!(lab.answers("A", "10.0.0.1"));
    assert!(lab.answers("B", "10.0.0.0"));
}

#[test]
fn a_switch_routes_between_its_vlans() {
    let devices = r#"
        { name = "L3", kind = "switch", ports = 4, port = [{ name = "Gi0/1", access = 10 }, { name = "Gi0/2", access = 20 }],
          interface = [{ name = "Vlan10", address = "10.0.10.1/24" }, { name = "Vlan20", address = "10.0.20.1/24" }] },
    "#
    .to_owned()
        + &linux("A", "10.0.10.5/24", "10.0.10.1")
        + &linux("B", "10.0.20.5/24", "10.0.20.1");
    let mut lab = lab(&devices, &(wire("A", "L3/Gi0/1") + &wire("B", "L3/Gi0/2")));
    assert!(lab.answers("A", "10.0.20.5"));
    assert!(lab.answers("A", "10.0.20.1"));
    lab.cable("B").ends[0] = None;
    let id = lab.id("L3");
    assert!(!route::usable(&lab.world, id, InterfaceIndex(1)), "no port of VLAN 20 is up");
    assert_eq!(lab.ping("A", "10.0.20.5"), EchoOutcome::Unreachable { from: ip("10.0.10.1"), code: 0 });
}

#[test]
fn a_router_on_a_stick() {
    let devices = r#"
        { name = "SW", kind = "switch", ports = 4, port = [{ name = "Gi0/1", access = 10 }, { name = "Gi0/2", access = 20 },
          { name = "Gi0/4", trunk = [10, 20] }] },
        { name = "R", kind = "router", ports = 1,
          interface = [{ name = "Gi0/0.10", address = "10.0.10.1/24" }, { name = "Gi0/0.20", address = "10.0.20.1/24" }] },
    "#
    .to_owned()
        + &linux("A", "10.0.10.5/24", "10.0.10.1")
        + &linux("B", "10.0.20.5/24", "10.0.20.1");
    let mut lab = lab(&devices, &(wire("A", "SW/Gi0/1") + &wire("B", "SW/Gi0/2") + &wire("R", "SW/Gi0/4")));
    assert!(lab.answers("A", "10.0.20.5"));
    assert!(lab.answers("B", "10.0.10.5"));
}
