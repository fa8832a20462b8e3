//! Through access points, and what a walk's log says.

use crate::net::event::{Cargo, Reason, What};
use crate::net::lab::{Lab, ip, lab, linux, wire};
use crate::net::{Echo, EchoOutcome, packet, ping_logged};
use crate::world::VlanId;
use crate::world::port::SwitchMode;

/// A laptop on an access point that hangs on a trunk; a host in each VLAN.
fn office(ap_port: &str, switch_port: &str) -> Lab {
    let devices = format!(
        r#"
        {{ name = "SW", kind = "switch", ports = 4, port = [{{ name = "Gi0/1", access = 10 }}, {{ name = "Gi0/2", access = 20 }},
          {{ name = "Gi0/4", {switch_port} }}] }},
        {{ name = "AP", kind = "access-point", radio = [{{ band = "5", channel = 36 }}],
          network = [{{ ssid = "work", security = "wpa2", vlan = 10 }}]{ap_port} }},
        {{ name = "LT", kind = "laptop", wifi = ["work"], interface = [{{ name = "Wi-Fi", address = "10.0.0.9/24" }}] }},
    "#
    );
    let hosts = linux("A", "10.0.0.1/24", "") + &linux("B", "10.0.0.2/24", "");
    lab(&(devices + &hosts), &(wire("A", "SW/Gi0/1") + &wire("B", "SW/Gi0/2") + &wire("AP", "SW/Gi0/4")))
}

#[test]
fn an_access_point_bridges_its_network_to_a_vlan() {
    let trunk = r#", port = [{ name = "LAN", trunk = [10, 20] }]"#;
    let mut lab = office(trunk, "trunk = [10, 20]");
    assert!(lab.answers("LT", "10.0.0.1"));
    assert!(lab.answers("A", "10.0.0.9"));
    assert!(!lab.answers("LT", "10.0.0.2"), "VLAN 20 is not its network's");
    lab.port("SW/Gi0/4").switching.as_mut().unwrap().mode = SwitchMode::Access(VlanId(20));
    lab.world.wait(crate::time::Span::minutes(6));
    assert!(!lab.answers("LT", "10.0.0.1"));
}

#[test]
fn without_a_link_to_the_access_point_nothing_goes_through_the_air() {
    let mut lab = office(r#", port = [{ name = "LAN", trunk = [10, 20] }]"#, "trunk = [10, 20]");
    lab.device("AP").power.plugged = false;
    assert_eq!(lab.ping("LT", "10.0.0.1"), EchoOutcome::NoRoute);
}

#[test]
fn a_walk_tells_what_happened_to_each_frame() {
    let mut lab = office(r#", port = [{ name = "LAN", trunk = [10, 20] }]"#, "trunk = [10, 20]");
    let (a, mut log) = (lab.id("A"), Vec::new());
    ping_logged(&mut lab.world, a, ip("10.0.0.9"), Echo::default(), &mut log);
    assert!(matches!(log[0].frame.cargo, Cargo::ArpRequest { .. }) && log[0].what == What::Sent);
    assert!(log.iter().any(|event| event.what == What::Flooded));
    let came = log.last().unwrap();
    assert_eq!((came.device, matches!(came.what, What::Received(_))), (a, true));
    assert!(log.windows(2).all(|pair| pair[0].device != pair[1].device || pair[0].micros <= pair[1].micros));
    log.clear();
    lab.port("SW/Gi0/4").switching.as_mut().unwrap().mode = SwitchMode::Trunk { native: VlanId(1), allowed: Some([].into()) };
    ping_logged(&mut lab.world, a, ip("10.0.0.77"), Echo::default(), &mut log);
    assert!(log.iter().any(|event| event.what == What::Dropped(Reason::NoNeighbour)));
}

#[test]
fn bulk_needs_sizes_to_be_told() {
    let devices = r#"
        { name = "R", kind = "router", ports = 2,
          interface = [{ name = "Gi0/0", address = "10.0.1.1/24" }, { name = "Gi0/1", address = "10.0.2.1/24", mtu = 1400 }] },
    "#
    .to_owned()
        + &linux("A", "10.0.1.2/24", "10.0.1.1")
        + &linux("B", "10.0.2.2/24", "10.0.2.1");
    let mut lab = lab(&devices, &(wire("A", "R/Gi0/0") + &wire("B", "R/Gi0/1")));
    let a = lab.id("A");
    assert_eq!(packet::carries_bulk(&mut lab.world, a, ip("10.0.2.2")), Some(true));
    lab.device("R").stack.icmp.sends_unreachable = false;
    assert_eq!(packet::carries_bulk(&mut lab.world, a, ip("10.0.2.2")), Some(false));
    assert_eq!(packet::carries_bulk(&mut lab.world, a, ip("10.0.2.99")), None);
}
