//! Filters, access lists, host firewalls, translation.

use crate::net::lab::{Lab, ip, lab, linux, windows, wire};
use crate::net::{Connection, EchoOutcome};
use crate::sorted::{Map, Set};
use crate::world::interface::{Direction, Listener, PortForward, Protocol, Rule, Verdict};
use crate::world::{DeviceId, InterfaceIndex};

/// IN – R – OUT, with a web server on OUT and one on IN.
fn edge() -> Lab {
    let devices = r#"
        { name = "R", kind = "router", ports = 2,
          interface = [{ name = "Gi0/0", address = "10.0.1.1/24" }, { name = "Gi0/1", address = "198.51.100.2/24" }] },
    "#
    .to_owned()
        + &linux("IN", "10.0.1.10/24", "10.0.1.1")
        + &linux("OUT", "198.51.100.80/24", "198.51.100.2");
    let mut lab = lab(&devices, &(wire("IN", "R/Gi0/0") + &wire("OUT", "R/Gi0/1")));
    for name in ["IN", "OUT"] {
        lab.device(name).stack.listeners = vec![
            Listener { protocol: Protocol::Tcp, bound: ip("0.0.0.0"), port: 443, owner: String::new() },
            Listener { protocol: Protocol::Tcp, bound: ip("0.0.0.0"), port: 22, owner: String::new() },
        ]
        .into();
    }
    lab
}

fn rule(verdict: Verdict, direction: Direction, protocol: Option<Protocol>, port: Option<u16>) -> Rule {
    Rule {
        name: String::new(),
        enabled: true,
        verdict,
        direction,
        protocol,
        from: None,
        to: None,
        ports: port.map(|port| (port, port)),
        profiles: Set::new(),
        hits: 0,
    }
}

fn connected(device: DeviceId, own: &str) -> Connection {
    Connection::Connected { device, own: ip(own) }
}

#[test]
fn the_first_rule_that_matches_decides() {
    let mut lab = edge();
    let out = lab.id("OUT");
    let tcp = Some(Protocol::Tcp);
    lab.device("R").stack.filter.rules = vec![
        rule(Verdict::Drop, Direction::Forward, tcp, Some(22)),
        rule(Verdict::Accept, Direction::Forward, tcp, None),
        rule(Verdict::Reject, Direction::Forward, tcp, Some(443)),
    ];
    assert_eq!(lab.connect("IN", "198.51.100.80", 22), Connection::TimedOut);
    assert_eq!(lab.connect("IN", "198.51.100.80", 443), connected(out, "10.0.1.10"));
    assert_eq!(lab.device("R").stack.filter.rules.iter().map(|rule| rule.hits).collect::<Vec<_>>(), [1, 1, 0]);
    lab.device("R").stack.filter.rules.swap(1, 2);
    assert_eq!(lab.connect("IN", "198.51.100.80", 443), Connection::Refused, "reject resets");
    lab.device("R").stack.filter.rules = vec![rule(Verdict::Reject, Direction::Forward, None, None)];
    assert_eq!(lab.ping("IN", "198.51.100.80"), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 13 });
}

#[test]
fn default_deny_lets_the_answers_of_what_was_allowed_pass() {
    let mut lab = edge();
    let filter = &mut lab.device("R").stack.filter;
    filter.default_deny = true;
    let mut inside = rule(Verdict::Accept, Direction::Forward, None, None);
    inside.from = Some("10.0.1.0/24".parse().unwrap());
    filter.rules = vec![inside];
    assert!(lab.answers("IN", "198.51.100.80"));
    assert_eq!(lab.ping("OUT", "10.0.1.10"), EchoOutcome::Silence);
    assert_eq!(lab.connect("OUT", "10.0.1.10", 443), Connection::TimedOut);
    assert!(matches!(lab.connect("IN", "198.51.100.80", 443), Connection::Connected { .. }));
    assert_eq!(lab.connect("IN", "198.51.100.80", 81), Connection::Refused, "the reset is an answer too");
    assert_eq!(lab.ping("IN", "10.0.1.1"), EchoOutcome::Silence, "the device itself is behind its default too");
}

#[test]
fn a_hosts_own_filter() {
    let mut lab = edge();
    lab.device("OUT").stack.filter.rules = vec![rule(Verdict::Drop, Direction::In, Some(Protocol::Icmp), None)];
    assert_eq!(lab.ping("IN", "198.51.100.80"), EchoOutcome::Silence);
    assert!(lab.answers("OUT", "10.0.1.10"), "answers to its own requests pass");
    lab.device("OUT").stack.filter.rules = vec![rule(Verdict::Drop, Direction::Out, None, None)];
    assert_eq!(lab.ping("OUT", "10.0.1.10"), EchoOutcome::Prohibited);
}

#[test]
fn who_rejects_says_it_in_its_own_way() {
    let mut lab = edge();
    lab.device("OUT").stack.filter.rules = vec![rule(Verdict::Reject, Direction::In, None, None)];
    let out = ip("198.51.100.80");
    assert_eq!(lab.ping("IN", "198.51.100.80"), EchoOutcome::Unreachable { from: out, code: 3 }, "Linux: port unreachable");
    assert_eq!(lab.udp("IN", "198.51.100.80", 53), Connection::Unreachable { from: out, code: 3 });
    assert_eq!(lab.connect("IN", "198.51.100.80", 443), Connection::Refused);
}

#[test]
fn windows_firewall_goes_by_profile_and_block_beats_allow() {
    let mut lab = lab(&(windows("W", "10.0.0.1/24", "") + &linux("L", "10.0.0.2/24", "")), &wire("W", "L"));
    assert!(lab.answers("L", "10.0.0.1"), "private: the rule for echo requests is on");
    lab.device("W").stack.filter.profiles.as_mut().unwrap().active = crate::world::interface::Profile::Public;
    assert_eq!(lab.ping("L", "10.0.0.1"), EchoOutcome::Silence);
    assert!(lab.answers("W", "10.0.0.2"));
    lab.device("W").stack.filter.profiles.as_mut().unwrap().public = false;
    assert!(lab.answers("L", "10.0.0.1"));
    lab.device("W").stack.filter.profiles.as_mut().unwrap().public = true;
    let filter = &mut lab.device("W").stack.filter;
    filter.rules.push(rule(Verdict::Accept, Direction::In, Some(Protocol::Icmp), None));
    filter.rules.push(rule(Verdict::Drop, Direction::In, Some(Protocol::Icmp), None));
    assert_eq!(lab.ping("L", "10.0.0.1"), EchoOutcome::Silence);
    lab.device("W").stack.filter.rules.pop();
    assert!(lab.answers("L", "10.0.0.1"));
}

#[test]
fn access_lists_are_stateless_with_an_implicit_deny() {
    let mut lab = edge();
    let mut deny = rule(Verdict::Drop, Direction::Forward, Some(Protocol::Tcp), Some(22));
    deny.to = Some("198.51.100.80/32".parse().unwrap());
    let permit = rule(Verdict::Accept, Direction::Forward, Some(Protocol::Tcp), None);
    let stack = &mut lab.device("R").stack;
    stack.filter.access_lists = Map::from([(101, vec![deny, permit])]);
    stack.interfaces[0].acl_in = Some(101);
    let out = lab.id("OUT");
    assert_eq!(lab.connect("IN", "198.51.100.80", 443), connected(out, "10.0.1.10"));
    assert_eq!(lab.connect("IN", "198.51.100.80", 22), Connection::Unreachable { from: ip("10.0.1.1"), code: 13 });
    assert_eq!(lab.ping("IN", "198.51.100.80"), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 13 }, "implicit deny");
    let hits: Vec<_> = lab.device("R").stack.filter.access_lists[&101].iter().map(|rule| rule.hits).collect();
    assert_eq!(hits, [1, 1]);
    assert_eq!(lab.ping("OUT", "10.0.1.10"), EchoOutcome::Silence, "the reply is denied, and nothing remembers the request");
    lab.device("R").stack.interfaces[0].acl_in = Some(150);
    assert!(lab.answers("IN", "198.51.100.80"), "a list that does not exist permits");
}

fn nat(lab: &mut Lab) {
    let nat = &mut lab.device("R").stack.nat;
    nat.inside = vec!["10.0.0.0/8".parse().unwrap()];
    nat.outside = Some(InterfaceIndex(1));
    // The outside knows nothing of the inside.
    lab.device("OUT").stack.interfaces[0].manual_gateway = None;
}

#[test]
fn many_inside_share_one_outside_address() {
    let mut lab = edge();
    lab.device("OUT").stack.interfaces[0].manual_gateway = None;
    assert_eq!(lab.ping("IN", "198.51.100.80"), EchoOutcome::Silence);
    nat(&mut lab);
    assert!(lab.answers("IN", "198.51.100.80"));
    let out = lab.id("OUT");
    assert_eq!(lab.connect("IN", "198.51.100.80", 443), connected(out, "10.0.1.10"));
    assert_eq!(lab.connect("IN", "198.51.100.80", 81), Connection::Refused);
    assert_eq!(lab.udp("IN", "198.51.100.80", 53), Connection::Unreachable { from: ip("198.51.100.80"), code: 3 });
    assert_eq!(lab.device("R").stack.nat.translations.len(), 4);
    assert_eq!(lab.ping("IN", "198.51.100.99"), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 1 });
}

#[test]
fn a_port_forward_leads_inside_and_its_answers_carry_the_outside_port() {
    let mut lab = edge();
    nat(&mut lab);
    assert_eq!(lab.connect("OUT", "198.51.100.2", 8443), Connection::Refused);
    lab.device("R").stack.nat.forwards =
        vec![PortForward { protocol: Protocol::Tcp, outside_port: 8443, to: ip("10.0.1.10"), to_port: 443 }];
    let inside = lab.id("IN");
    assert_eq!(lab.connect("OUT", "198.51.100.2", 8443), connected(inside, "198.51.100.80"));
    assert_eq!(lab.connect("IN", "198.51.100.2", 8443), Connection::Refused, "no hairpin");
    lab.device("R").stack.nat.forwards[0].to = ip("10.0.1.77");
    assert_ne!(lab.connect("OUT", "198.51.100.2", 8443), connected(inside, "198.51.100.80"));
}
