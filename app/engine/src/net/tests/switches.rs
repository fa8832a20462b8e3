//! Links, VLANs, tables and loops.

use crate::net::lab::{Lab, ip, lab, linux, wire};
use crate::net::{EchoOutcome, link};

fn two_switches() -> Lab {
    let switches = r#"
        { name = "S1", kind = "switch", ports = 8, port = [{ name = "Gi0/1-2", access = 10 }, { name = "Gi0/3", access = 20 },
          { name = "Gi0/8", trunk = [10, 20], native = 1 }] },
        { name = "S2", kind = "switch", ports = 8, port = [{ name = "Gi0/1-2", access = 10 }, { name = "Gi0/3", access = 20 },
          { name = "Gi0/8", trunk = [10, 20], native = 1 }] },
    "#;
    let hosts = linux("A", "10.0.0.1/24", "")
        + &linux("B", "10.0.0.2/24", "")
        + &linux("C", "10.0.0.3/24", "")
        + &linux("D", "10.0.0.4/24", "");
    let links = wire("A", "S1/Gi0/1")
        + &wire("B", "S2/Gi0/1")
        + &wire("C", "S1/Gi0/3")
        + &wire("D", "S2/Gi0/3")
        + &wire("S1/Gi0/8", "S2/Gi0/8");
    lab(&(switches.to_owned() + &hosts), &links)
}

#[test]
fn vlans_keep_apart_and_trunks_carry_them() {
    let mut lab = two_switches();
    assert!(lab.answers("A", "10.0.0.2"));
    assert!(lab.answers("C", "10.0.0.4"));
    assert_eq!(lab.ping("A", "10.0.0.3"), EchoOutcome::NeighbourUnreachable { own: ip("10.0.0.1") });
    assert!(link::of(&lab.world, lab.port_ref("S1/Gi0/5")).is_none());
}
