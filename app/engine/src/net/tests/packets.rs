//! Routing, errors and answers.

use crate::net::lab::{Lab, ip, lab, linux, windows, wire};
use crate::net::{Connection, Echo, EchoOutcome, TraceProbe};
use crate::world::interface::{Hop, Listener, Protocol, Route};

/// A – R1 – R2 – B, a switch between A and R1.
fn chain() -> Lab {
    let routers = r#"
        { name = "SW", kind = "switch", ports = 4 },
        { name = "R1", kind = "router", ports = 2, route = ["10.0.3.0/24 via 10.0.2.2"],
          interface = [{ name = "Gi0/0", address = "10.0.1.1/24" }, { name = "Gi0/1", address = "10.0.2.1/24" }] },
        { name = "R2", kind = "router", ports = 2, route = ["10.0.1.0/24 via 10.0.2.1"],
          interface = [{ name = "Gi0/0", address = "10.0.2.2/24" }, { name = "Gi0/1", address = "10.0.3.1/24" }] },
    "#;
    let hosts = linux("A", "10.0.1.10/24", "10.0.1.1")
        + &windows("W", "10.0.1.11/24", "10.0.1.1")
        + &linux("B", "10.0.3.10/24", "10.0.3.1");
    let links = wire("A", "SW/Gi0/1")
        + &wire("W", "SW/Gi0/3")
        + &wire("SW/Gi0/2", "R1/Gi0/0")
        + &wire("R1/Gi0/1", "R2/Gi0/0")
        + &wire("R2/Gi0/1", "B");
    lab(&(routers.to_owned() + &hosts), &links)
}

#[test]
fn a_reply_comes_back_with_the_far_hosts_ttl_less_the_way_back() {
    let mut lab = chain();
    let EchoOutcome::Reply { from, ttl, micros } = lab.ping("A", "10.0.3.10") else { panic!() };
    assert_eq!((from, ttl), (ip("10.0.3.10"), 62));
    assert!(micros > 0);
    let EchoOutcome::Reply { ttl, .. } = lab.ping("B", "10.0.1.11") else { panic!() };
    assert_eq!(ttl, 126, "Windows begins with 128");
    let EchoOutcome::Reply { ttl, .. } = lab.ping("A", "10.0.2.2") else { panic!() };
    assert_eq!(ttl, 254, "IOS begins with 255");
}

#[test]
fn a_far_host_without_a_gateway_does_not_answer() {
    let mut lab = chain();
    lab.device("B").stack.interfaces[0].manual_gateway = None;
    assert_eq!(lab.ping("A", "10.0.3.10"), EchoOutcome::Silence);
    assert!(lab.answers("A", "10.0.3.1"));
    assert_eq!(lab.ping("B", "10.0.1.10"), EchoOutcome::NoRoute);
}

#[test]
fn errors_name_the_router_by_its_address_towards_the_sender() {
    let mut lab = chain();
    assert_eq!(lab.ping("A", "10.9.9.9"), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 0 });
    assert_eq!(lab.ping("A", "10.0.3.77"), EchoOutcome::Unreachable { from: ip("10.0.2.2"), code: 1 });
    assert_eq!(lab.ping("A", "10.0.1.77"), EchoOutcome::NeighbourUnreachable { own: ip("10.0.1.10") });
    let echo = Echo { ttl: Some(1), ..Echo::default() };
    assert_eq!(lab.echo("A", "10.0.3.10", echo), EchoOutcome::TimeExceeded { from: ip("10.0.1.1") });
    let echo = Echo { ttl: Some(2), ..Echo::default() };
    assert_eq!(lab.echo("A", "10.0.3.10", echo), EchoOutcome::TimeExceeded { from: ip("10.0.2.2") });
    // The error's own way back is lost.
    lab.device("R2").stack.routes.clear();
    assert_eq!(lab.echo("A", "10.0.3.10", echo), EchoOutcome::Silence);
}

#[test]
fn traces_list_the_routers_and_end_at_the_target() {
    let mut lab = chain();
    for probe in [TraceProbe::Echo, TraceProbe::Udp] {
        let hops = lab.trace("A", "10.0.3.10", probe);
        assert_eq!(hops.len(), 3, "{probe:?}");
        assert_eq!(hops[0].outcome, EchoOutcome::TimeExceeded { from: ip("10.0.1.1") });
        assert_eq!(hops[1].outcome, EchoOutcome::TimeExceeded { from: ip("10.0.2.2") });
        assert!(matches!(hops[2].outcome, EchoOutcome::Reply { from, .. } if from == ip("10.0.3.10")));
        assert!(hops.iter().all(|hop| hop.micros > 0));
    }
}

#[test]
fn a_loop_of_routes_ends_in_time_exceeded() {
    let mut lab = chain();
    lab.device("R2").stack.routes.push(Route {
        to: "10.7.0.0/16".parse().unwrap(),
        via: Hop::Gateway(ip("10.0.2.1")),
        metric: 1,
        persistent: true,
    });
    lab.device("R1").stack.routes.push(Route {
        to: "10.7.0.0/16".parse().unwrap(),
        via: Hop::Gateway(ip("10.0.2.2")),
        metric: 1,
        persistent: true,
    });
    assert!(matches!(lab.ping("A", "10.7.0.1"), EchoOutcome::TimeExceeded { .. }));
    let hops = lab.trace("A", "10.7.0.1", TraceProbe::Echo);
    assert_eq!(hops.len(), 30);
    assert_eq!(hops[0].outcome, hops[2].outcome, "they take turns");
    assert_ne!(hops[0].outcome, hops[1].outcome);
}

#[test]
fn special_routes() {
    let mut lab = chain();
    let set = |lab: &mut Lab, via| {
        lab.device("R1").stack.routes = vec![
            Route { to: "10.0.3.0/24".parse().unwrap(), via: Hop::Gateway(ip("10.0.2.2")), metric: 1, persistent: true },
            Route { to: "10.0.3.10/32".parse().unwrap(), via, metric: 1, persistent: true },
        ];
        lab.ping("A", "10.0.3.10")
    };
    assert_eq!(set(&mut lab, Hop::Blackhole), EchoOutcome::Silence);
    assert_eq!(set(&mut lab, Hop::Unreachable), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 1 });
    assert_eq!(set(&mut lab, Hop::Prohibit), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 13 });
    // A router that has stopped forwarding says nothing.
    lab.device("R1").stack.routes.truncate(1);
    lab.device("R1").stack.forwarding = false;
    assert_eq!(lab.ping("A", "10.0.3.10"), EchoOutcome::Silence);
}

#[test]
fn sizes_and_fragments() {
    let mut lab = chain();
    lab.device("R1").stack.interfaces[1].mtu = 1400;
    let big = Echo { size: 1400, do_not_fragment: true, ..Echo::default() };
    assert_eq!(lab.echo("A", "10.0.3.10", big), EchoOutcome::TooBig { from: ip("10.0.1.1"), mtu: 1400 });
    assert!(matches!(lab.echo("A", "10.0.3.10", Echo { do_not_fragment: false, ..big }), EchoOutcome::Reply { .. }));
    assert!(matches!(lab.echo("A", "10.0.3.10", Echo { size: 1372, ..big }), EchoOutcome::Reply { .. }));
    assert_eq!(
        lab.echo("A", "10.0.3.10", Echo { size: 1473, ..big }),
        EchoOutcome::TooBig { from: ip("10.0.1.10"), mtu: 1500 },
        "its own link is too small"
    );
    lab.device("R1").stack.icmp.sends_unreachable = false;
    assert_eq!(lab.echo("A", "10.0.3.10", big), EchoOutcome::Silence, "a black hole");
}

#[test]
fn own_addresses_and_broadcasts() {
    let mut lab = chain();
    assert!(lab.answers("A", "127.0.0.1"));
    assert!(lab.answers("W", "10.0.1.11"));
    assert_eq!(lab.ping("A", "10.0.1.255"), EchoOutcome::Broadcast);
    assert_eq!(lab.ping("W", "10.0.1.255"), EchoOutcome::Silence);
    assert_eq!(lab.ping("A", "10.0.3.255"), EchoOutcome::Silence, "directed broadcasts are not passed on");
}

#[test]
fn tcp_and_udp_have_five_outcomes() {
    let mut lab = chain();
    let listener =
        |protocol, bound: &str, port, owner: &str| Listener { protocol, bound: ip(bound), port, owner: owner.to_owned() };
    lab.device("B").stack.listeners = vec![
        listener(Protocol::Tcp, "0.0.0.0", 443, ""),
        listener(Protocol::Tcp, "127.0.0.1", 5432, ""),
        listener(Protocol::Tcp, "0.0.0.0", 80, "not-there.service"),
        listener(Protocol::Udp, "0.0.0.0", 53, ""),
    ]
    .into();
    let device = lab.id("B");
    assert_eq!(lab.connect("A", "10.0.3.10", 443), Connection::Connected { device, own: ip("10.0.1.10") });
    assert_eq!(lab.connect("A", "10.0.3.10", 5432), Connection::Refused, "bound to loopback only");
    assert!(matches!(lab.connect("B", "127.0.0.1", 5432), Connection::Connected { .. }));
    assert_eq!(lab.connect("A", "10.0.3.10", 80), Connection::Refused, "its owner does not run");
    assert!(matches!(lab.udp("A", "10.0.3.10", 53), Connection::Connected { .. }));
    assert_eq!(lab.udp("A", "10.0.3.10", 54), Connection::Unreachable { from: ip("10.0.3.10"), code: 3 });
    assert_eq!(lab.connect("A", "10.9.9.9", 80), Connection::Unreachable { from: ip("10.0.1.1"), code: 0 });
    assert_eq!(lab.connect("A", "10.0.1.99", 80), Connection::Unreachable { from: ip("10.0.1.10"), code: 1 });
    lab.device("A").stack.interfaces[0].manual_gateway = None;
    assert_eq!(lab.connect("A", "10.0.3.10", 443), Connection::NoRoute);
    // Windows in stealth mode lets a closed port time out; with its firewall off it refuses.
    assert_eq!(lab.connect("A", "10.0.1.11", 9999), Connection::TimedOut);
    if let Some(profiles) = &mut lab.device("W").stack.filter.profiles {
        (profiles.domain, profiles.private, profiles.public) = (false, false, false);
    }
    assert_eq!(lab.connect("A", "10.0.1.11", 9999), Connection::Refused);
}
