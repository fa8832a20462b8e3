//! Links, VLANs, tables and loops.

use crate::net::lab::{Lab, ip, lab, linux, windows, wire};
use crate::net::poe::{self, PoeState};
use crate::net::{EchoOutcome, link, spanning_tree, switching};
use crate::time::Span;
use crate::world::cable::{CableKind, Damage};
use crate::world::port::{Duplex, ErrDisable, Media, Optic, PortSecurity, Speed, SwitchMode};
use crate::world::{Cable, VlanId};

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

/// Two hosts on a cable.
fn pair() -> Lab {
    lab(&(linux("A", "10.0.0.1/24", "") + &windows("B", "10.0.0.2/24", "")), &wire("A", "B"))
}

fn unreachable(own: &str) -> EchoOutcome {
    EchoOutcome::NeighbourUnreachable { own: ip(own) }
}

fn patch(lab: &mut Lab, from: &str, to: &str) {
    let ends = [Some(lab.port_ref(from)), Some(lab.port_ref(to))];
    let cable = Cable { ends, ..lab.world.cables[0].clone() };
    lab.world.cables.push(cable);
}

fn speed(lab: &Lab, port: &str) -> Option<(u32, bool, bool, bool)> {
    link::of(&lab.world, lab.port_ref(port)).map(|link| (link.speed, link.full_duplex, link.mismatch, link.noisy))
}

#[test]
fn vlans_keep_apart_and_trunks_carry_them() {
    let mut lab = two_switches();
    assert!(lab.answers("A", "10.0.0.2"));
    assert!(lab.answers("C", "10.0.0.4"));
    assert_eq!(lab.ping("A", "10.0.0.3"), unreachable("10.0.0.1"));
    // Not allowed on one side is enough.
    lab.port("S2/Gi0/8").switching.as_mut().unwrap().mode =
        SwitchMode::Trunk { native: VlanId(1), allowed: Some([VlanId(20)].into()) };
    lab.world.wait(Span::minutes(1));
    assert_eq!(lab.ping("A", "10.0.0.2"), unreachable("10.0.0.1"));
    assert!(lab.answers("C", "10.0.0.4"));
}

#[test]
fn a_vlan_missing_from_the_database_carries_nothing() {
    let mut lab = two_switches();
    lab.device("S2").switching.as_mut().unwrap().vlans.remove(&VlanId(10));
    assert_eq!(lab.ping("A", "10.0.0.2"), unreachable("10.0.0.1"));
    assert!(lab.answers("C", "10.0.0.4"));
}

#[test]
fn a_native_mismatch_leaks_between_vlans() {
    let mut lab = two_switches();
    let trunk = |native| SwitchMode::Trunk { native: VlanId(native), allowed: None };
    lab.port("S1/Gi0/8").switching.as_mut().unwrap().mode = trunk(10);
    lab.port("S2/Gi0/8").switching.as_mut().unwrap().mode = trunk(20);
    assert!(lab.answers("A", "10.0.0.4"), "VLAN 10 here is VLAN 20 there");
    assert_eq!(lab.ping("A", "10.0.0.2"), unreachable("10.0.0.1"));
}

#[test]
fn switches_learn_and_forget() {
    let mut lab = two_switches();
    assert!(lab.answers("A", "10.0.0.2"));
    let table = switching::mac_table(&lab.world, lab.id("S1"));
    assert_eq!(table.len(), 2);
    assert!(table.iter().all(|(vlan, _, _)| *vlan == VlanId(10)));
    assert_eq!(table.iter().filter(|(_, _, port)| *port == lab.port_ref("S1/Gi0/8").port).count(), 1);
    lab.world.wait(Span::seconds(299));
    assert_eq!(switching::mac_table(&lab.world, lab.id("S1")).len(), 2);
    lab.world.wait(Span::seconds(1));
    assert!(switching::mac_table(&lab.world, lab.id("S1")).is_empty());
}

#[test]
fn an_unmanaged_switch_passes_tags_unread() {
    let switches = r#"
        { name = "S1", kind = "switch", ports = 2, port = [{ name = "Gi0/1", access = 10 }, { name = "Gi0/2", trunk = [10, 20] }] },
        { name = "S2", kind = "switch", ports = 2, port = [{ name = "Gi0/1", access = 10 }, { name = "Gi0/2", trunk = [10, 20] }] },
        { name = "U", kind = "unmanaged-switch" },
    "#;
    let hosts = linux("A", "10.0.0.1/24", "") + &linux("B", "10.0.0.2/24", "") + &linux("C", "10.0.0.3/24", "");
    let links = wire("A", "S1/Gi0/1")
        + &wire("B", "S2/Gi0/1")
        + &wire("S1/Gi0/2", "U/Port 1")
        + &wire("S2/Gi0/2", "U/Port 2")
        + &wire("C", "U/Port 3");
    let mut lab = lab(&(switches.to_owned() + &hosts), &links);
    assert!(lab.answers("A", "10.0.0.2"));
    assert_eq!(lab.ping("A", "10.0.0.3"), unreachable("10.0.0.1"), "a host drops tagged frames");
}

#[test]
fn a_second_station_on_a_secured_port_shuts_it() {
    let mut lab = two_switches();
    lab.port("S1/Gi0/1").switching.as_mut().unwrap().port_security =
        Some(PortSecurity { maximum: 1, sticky: true, learned: [].into(), violations: 0 }.into());
    assert!(lab.answers("A", "10.0.0.2"));
    let other = lab.port("B").mac;
    lab.device("A").stack.interfaces[0].mac = crate::world::mac::Mac([2, 0, 0, 0, 0, 9]);
    assert_ne!(other, lab.device("A").stack.interfaces[0].mac);
    assert!(!lab.answers("A", "10.0.0.2"));
    let settings = lab.port("S1/Gi0/1").switching.clone().unwrap();
    assert_eq!(settings.err_disabled, Some(ErrDisable::PortSecurity));
    assert_eq!(settings.port_security.unwrap().violations, 1);
    assert!(speed(&lab, "A").is_none(), "the link is down at the station too");
    assert!(lab.device("S1").ios().unwrap().log.iter().any(|line| line.mnemonic == "PSECURE_VIOLATION"));
}

#[test]
fn a_voice_vlan_is_tagged_beside_the_access_vlan() {
    let switch = r#"
        { name = "S1", kind = "switch", ports = 4, port = [{ name = "Gi0/1", access = 10, voice = 20 }, { name = "Gi0/2", access = 20 },
          { name = "Gi0/3", access = 10 }] },
        { name = "PHONE", kind = "router", ports = 1, interface = [{ name = "Gi0/0.20", address = "10.0.0.9/24" }] },
    "#;
    let hosts = linux("B", "10.0.0.2/24", "") + &linux("C", "10.0.0.3/24", "");
    let links = wire("PHONE", "S1/Gi0/1") + &wire("B", "S1/Gi0/2") + &wire("C", "S1/Gi0/3");
    let mut lab = lab(&(switch.to_owned() + &hosts), &links);
    assert!(lab.answers("B", "10.0.0.9"));
    assert!(!lab.answers("C", "10.0.0.9"));
}

/// S1 and S2 with a second cable between them.
fn ring() -> Lab {
    let mut lab = two_switches();
    lab.port("S1/Gi0/7").switching.as_mut().unwrap().mode = SwitchMode::Trunk { native: VlanId(1), allowed: None };
    lab.port("S2/Gi0/7").switching.as_mut().unwrap().mode = SwitchMode::Trunk { native: VlanId(1), allowed: None };
    patch(&mut lab, "S1/Gi0/7", "S2/Gi0/7");
    lab
}

#[test]
fn spanning_tree_blocks_one_end_of_a_ring() {
    let mut lab = ring();
    assert!(lab.answers("A", "10.0.0.2"));
    let blocked = |lab: &Lab| -> Vec<String> {
        let ports = lab.world.devices.iter().flat_map(|device| device.ports.iter().map(move |port| (device, port)));
        ports
            .filter(|(_, port)| port.switching.as_ref().is_some_and(|settings| settings.blocked))
            .map(|(device, port)| format!("{}/{}", device.name, port.name))
            .collect()
    };
    let lowest = |lab: &mut Lab, name: &str| lab.device(name).ports.iter().map(|port| port.mac).min();
    let other = if lowest(&mut lab, "S1") < lowest(&mut lab, "S2") { "S2" } else { "S1" };
    assert_eq!(blocked(&lab), [format!("{other}/Gi0/8")], "the lower address is the root, its lower port comes first");
    // The other path takes over.
    lab.port("S1/Gi0/7").enabled = false;
    lab.world.wait(Span::minutes(6));
    assert!(lab.answers("A", "10.0.0.2"));
    assert!(blocked(&lab).is_empty());
}

#[test]
fn a_ring_without_spanning_tree_storms() {
    let mut lab = ring();
    for name in ["S1", "S2"] {
        lab.device(name).switching.as_mut().unwrap().spanning_tree = false;
    }
    assert!(!lab.answers("A", "10.0.0.2"));
    assert!(lab.device("S1").switching.as_ref().unwrap().storm);
    assert!(lab.device("S1").switching.as_ref().unwrap().mac_flaps > 0);
    // One that runs it is enough to break the ring.
    lab.device("S2").switching.as_mut().unwrap().spanning_tree = true;
    assert!(lab.answers("A", "10.0.0.2"));
    assert!(!lab.device("S1").switching.as_ref().unwrap().storm);
}

#[test]
fn bpdu_guard_shuts_the_port_of_a_looped_lead() {
    let mut lab = two_switches();
    lab.port("S1/Gi0/2").switching.as_mut().unwrap().bpdu_guard = true;
    patch(&mut lab, "S1/Gi0/2", "S1/Gi0/4");
    spanning_tree::settle(&mut lab.world);
    assert_eq!(lab.port("S1/Gi0/2").switching.as_ref().unwrap().err_disabled, Some(ErrDisable::BpduGuard));
    assert!(lab.answers("A", "10.0.0.2"));
}

#[test]
fn a_lead_looped_on_an_unmanaged_switch_storms() {
    let devices =
        linux("A", "10.0.0.1/24", "") + &linux("B", "10.0.0.2/24", "") + r#"{ name = "U", kind = "unmanaged-switch" },"#;
    let mut lab = lab(&devices, &(wire("A", "U/Port 1") + &wire("B", "U/Port 2")));
    assert!(lab.answers("A", "10.0.0.2"));
    patch(&mut lab, "U/Port 3", "U/Port 4");
    assert!(!lab.answers("A", "10.0.0.2"));
    lab.world.cables.pop();
    assert!(lab.answers("A", "10.0.0.2"));
}

#[test]
fn negotiation() {
    let mut lab = pair();
    assert_eq!(speed(&lab, "A"), Some((1000, true, false, false)));
    lab.cable("A").kind = CableKind::Cat3;
    assert_eq!(speed(&lab, "A").unwrap().0, 10);
    lab.cable("A").kind = CableKind::Cat6;
    lab.cable("A").damage = Damage::GigabitPairOpen;
    assert_eq!(speed(&lab, "A").unwrap().0, 100);
    lab.port("A").speed = Speed::Fixed(1000);
    assert_eq!(speed(&lab, "A"), None, "gigabit cannot be forced over two pairs");
    lab.cable("A").damage = Damage::Whole;
    assert_eq!(speed(&lab, "A").unwrap().0, 1000);
    lab.port("A").speed = Speed::Fixed(100);
    lab.port("A").duplex = Duplex::Full;
    assert_eq!(speed(&lab, "A"), Some((100, true, true, false)));
    assert_eq!(speed(&lab, "B"), Some((100, false, true, false)), "parallel detection cannot hear the duplex");
    lab.port("B").speed = Speed::Fixed(10);
    lab.port("B").duplex = Duplex::Full;
    assert_eq!(speed(&lab, "A"), None);
    lab.port("B").speed = Speed::Fixed(100);
    assert_eq!(speed(&lab, "A"), Some((100, true, false, false)));
}

#[test]
fn what_takes_a_link_away() {
    let mut lab = pair();
    lab.cable("A").metres = 128;
    assert_eq!(speed(&lab, "A"), Some((1000, true, false, true)));
    lab.cable("A").metres = 30;
    lab.cable("A").beside_motor = true;
    assert!(speed(&lab, "B").unwrap().3);
    let away = |change: fn(&mut Lab)| {
        let mut lab = pair();
        change(&mut lab);
        speed(&lab, "A").is_none() && speed(&lab, "B").is_none()
    };
    assert!(away(|lab| lab.cable("A").damage = Damage::PairOpen));
    assert!(away(|lab| lab.cable("A").ends[1] = None));
    assert!(away(|lab| lab.port("B").broken = true));
    assert!(away(|lab| lab.port("B").enabled = false));
    assert!(away(|lab| lab.device("B").power.plugged = false));
    assert!(away(|lab| lab.device("B").stack.interfaces[0].enabled = false));
}

#[test]
fn noise_loses_some_frames_and_is_counted() {
    let mut lab = pair();
    lab.cable("A").beside_motor = true;
    let answered = (0..16).filter(|_| lab.answers("A", "10.0.0.2")).count();
    assert!((4..16).contains(&answered), "{answered}");
    assert!(lab.port("B").counters.crc_errors > 0);
}

#[test]
fn a_duplex_mismatch_collides_late_on_one_side_and_breaks_frames_on_the_other() {
    let mut lab = pair();
    lab.port("A").speed = Speed::Fixed(100);
    lab.port("A").duplex = Duplex::Full;
    let big = crate::net::Echo { size: 1400, ..crate::net::Echo::default() };
    let answered = (0..12).filter(|_| matches!(lab.echo("A", "10.0.0.2", big), EchoOutcome::Reply { .. })).count();
    assert!(answered < 10, "{answered}");
    assert!(lab.port("B").counters.late_collisions > 0);
    assert!(lab.port("A").counters.crc_errors > 0);
    assert_eq!(lab.port("A").counters.late_collisions, 0);
}

#[test]
fn fibre_needs_matching_optics_and_crossed_strands() {
    let devices = r#"
        { name = "S1", kind = "switch", ports = 2, port = [{ name = "Gi0/2", fibre = true, trunk = [10, 20] }] },
        { name = "S2", kind = "switch", ports = 2, port = [{ name = "Gi0/2", fibre = true, trunk = [10, 20] }] },
    "#;
    let mut lab = lab(devices, &wire("S1/Gi0/2", "S2/Gi0/2"));
    assert_eq!(speed(&lab, "S1/Gi0/2"), Some((1000, true, false, false)));
    lab.cable("S1/Gi0/2").damage = Damage::Swapped;
    assert_eq!(speed(&lab, "S1/Gi0/2"), None);
    lab.cable("S1/Gi0/2").damage = Damage::Dirty;
    assert!(speed(&lab, "S1/Gi0/2").unwrap().3);
    lab.cable("S1/Gi0/2").damage = Damage::Whole;
    lab.port("S2/Gi0/2").media = Media::Fibre(Optic::Lx);
    assert_eq!(speed(&lab, "S1/Gi0/2"), None);
}

#[test]
fn power_over_ethernet_ends_with_the_budget() {
    let devices = r#"
        { name = "S1", kind = "switch", ports = 4, poe_watts = 20, port = [{ name = "Gi0/1-3", access = 10, poe = true }] },
        { name = "P1", kind = "phone", powered_by_switch = 7, interface = [{ name = "eth0", address = "10.0.0.1/24" }] },
        { name = "P2", kind = "phone", powered_by_switch = 7, interface = [{ name = "eth0", address = "10.0.0.2/24" }] },
        { name = "P3", kind = "phone", powered_by_switch = 7, interface = [{ name = "eth0", address = "10.0.0.3/24" }] },
    "#;
    let mut lab = lab(devices, &(wire("P1", "S1/Gi0/1") + &wire("P2", "S1/Gi0/2") + &wire("P3", "S1/Gi0/3")));
    assert!(lab.answers("P1", "10.0.0.2"));
    assert!(!lab.answers("P1", "10.0.0.3"));
    let states: Vec<_> = poe::ports(&lab.world, lab.id("S1")).into_iter().map(|(_, state)| state).collect();
    let (p1, p2, p3) = (lab.id("P1"), lab.id("P2"), lab.id("P3"));
    assert_eq!(states, [PoeState::Delivering(p1, 7000), PoeState::Delivering(p2, 7000), PoeState::Denied(p3, 7000)]);
    lab.port("S1/Gi0/1").poe.as_mut().unwrap().enabled = false;
    assert!(lab.answers("P2", "10.0.0.3"));
    assert_eq!(lab.ping("P1", "10.0.0.2"), EchoOutcome::NoRoute, "it has no power");
}

#[test]
fn dhcp_snooping_drops_servers_on_untrusted_ports() {
    let mut lab = two_switches();
    let heard = |lab: &mut Lab| {
        let (from, to) = (lab.id("A"), lab.id("B"));
        let arrivals = switching::broadcast(&mut lab.world, from, crate::world::InterfaceIndex(0), true);
        arrivals.iter().any(|arrival| arrival.device == to)
    };
    assert!(heard(&mut lab));
    let switching = lab.device("S1").switching.as_mut().unwrap();
    switching.snooping = true;
    switching.snooping_vlans = [VlanId(10)].into();
    assert!(!heard(&mut lab));
    lab.port("S1/Gi0/1").switching.as_mut().unwrap().snooping_trusted = true;
    assert!(heard(&mut lab));
}
