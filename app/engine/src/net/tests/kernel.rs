//! What the comparison with Linux' kernel has taught.

use crate::net::lab::{Lab, ip, lab, linux, wire};
use crate::net::{EchoOutcome, TraceProbe};
use crate::world::InterfaceIndex;
use crate::world::interface::{Hop, Route};

/// A – switch – L, a Linux router whose second interface is in 10.0.2.0/24.
fn pair() -> Lab {
    let devices = r#"
        { name = "SW", kind = "switch", ports = 4 },
        { name = "L", kind = "linux-server", ports = 2,
          interface = [{ name = "eth0", address = "10.0.1.1/24" }, { name = "eth1", address = "10.0.2.1/24" }] },
    "#;
    let devices = devices.to_owned() + &linux("A", "10.0.1.10/24", "10.0.1.1") + &linux("B", "10.0.2.10/24", "10.0.2.1");
    let links = wire("A", "SW/Gi0/1") + &wire("L/eth0", "SW/Gi0/2") + &wire("L/eth1", "B");
    let mut lab = lab(&devices, &links);
    lab.device("L").stack.forwarding = true;
    lab
}

#[test]
fn an_address_of_a_linux_interface_that_is_down_still_answers() {
    let mut lab = pair();
    lab.device("L").stack.interfaces[1].enabled = false;
    assert!(lab.answers("A", "10.0.2.1"));
    assert!(lab.answers("L", "10.0.2.1"));
    assert_eq!(lab.ping("A", "10.0.2.10"), EchoOutcome::Unreachable { from: ip("10.0.1.1"), code: 0 });
}

#[test]
fn linux_asks_with_the_address_of_the_packet() {
    let mut lab = pair();
    assert!(lab.answers("A", "10.0.1.1"));
    lab.device("L").stack.neighbours.clear();
    assert!(lab.answers("A", "10.0.2.1"));
    let learned = &lab.device("A").stack.neighbours;
    assert!(learned.contains_key(&(InterfaceIndex(0), ip("10.0.2.1"))), "{learned:?}");
}

#[test]
fn linux_drops_a_packet_that_comes_back_to_its_own_source() {
    let mut lab = pair();
    let back = Route { to: "10.9.0.0/16".parse().unwrap(), via: Hop::Gateway(ip("10.0.1.10")), metric: 0, persistent: true };
    lab.device("L").stack.routes.push(back);
    lab.device("A").stack.forwarding = true;
    assert_eq!(lab.ping("A", "10.9.0.1"), EchoOutcome::Silence);
    assert_eq!(lab.ping("B", "10.9.0.1"), EchoOutcome::TimeExceeded { from: ip("10.0.1.10") }, "a loop for others");
    assert_eq!(lab.trace("A", "10.9.0.1", TraceProbe::Udp)[0].outcome, EchoOutcome::TimeExceeded { from: ip("10.0.1.1") });
}
