//! Each fault of the group: where it goes, what it breaks, what mends it and what does not.

use crate::fault::groups::company::{at, case, company, other, reach, throughput};
use crate::fault::{Target, all};
use crate::net::lab::Lab;
use crate::net::{Connection, EchoOutcome, TraceProbe};
use crate::world::interface::{Hop, Nat, Route};
use crate::world::port::SwitchMode;
use crate::world::{InterfaceIndex, VlanId};

fn named(name: &'static str) -> impl Fn(&Lab, &Target) -> bool {
    move |_, target| target.name.starts_with(name)
}

fn mode(lab: &mut Lab, at: &str, mode: SwitchMode) {
    lab.port(at).switching.as_mut().unwrap().mode = mode;
}

fn trunk(native: u16, allowed: &[u16]) -> SwitchMode {
    SwitchMode::Trunk { native: VlanId(native), allowed: Some(allowed.iter().copied().map(VlanId).collect()) }
}

#[test]
fn r1_wrong_vlan() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let case = case(lab, "R1", 0, other("PC-1"));
    case.breaks(&probe);
    case.fixed_by(&probe, |lab| mode(lab, "S1/Gi0/1", SwitchMode::Access(VlanId(10))));
    case.fixed_by(&probe, |lab| {
        let free = lab.port_ref("S1/Gi0/3");
        lab.cable("PC-1").ends[1] = Some(free);
    });
    case.not_fixed_by(|lab| lab.device("PC-1").stack.interfaces[0].addresses[0].ip = "10.0.20.77".parse().unwrap());
    case.not_fixed_by(|lab| lab.cable("PC-1").ends[1] = None);
}

#[test]
fn r2_vlan_not_allowed() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let uplink = lab.port_ref("S1/Gi0/12").port;
    let case = case(lab, "R2", 0, |lab, target| named("10")(lab, target) && target.port == Some(uplink));
    case.breaks(&probe);
    case.fixed_by(&probe, |lab| mode(lab, "S1/Gi0/12", trunk(1, &[10, 20])));
    case.not_fixed_by(|lab| {
        lab.device("S1").switching.as_mut().unwrap().vlans.insert(VlanId(10), "AGAIN".to_owned());
    });
    case.not_fixed_by(|lab| mode(lab, "S1/Gi0/12", SwitchMode::Access(VlanId(20))));
}

#[test]
fn r3_native_mismatch() {
    let lab = company();
    let probe = reach(&lab, "PC-2", "10.0.20.5");
    let mut case = case(lab, "R3", 0, at("S1"));
    case.breaks(&probe);
    // VLAN 10 there is VLAN 20 here: an address of the other VLAN's network gets to the server.
    case.lab.device("PC-2").stack.interfaces[0].addresses[0].ip = "10.0.20.77".parse().unwrap();
    assert!(case.lab.answers("PC-2", "10.0.20.5"));
    case.lab.device("PC-2").stack.interfaces[0].addresses[0].ip = "10.0.10.12".parse().unwrap();
    case.fixed_by(&probe, |lab| mode(lab, "S1/Gi0/11", trunk(10, &[10, 20])));
    case.not_fixed_by(|lab| lab.device("R1").stack.interfaces[1].acl_in = Some(120));
    (case.fault.traces)(&mut case.lab.world, &case.target);
    assert_eq!(case.lab.device("S1").ios().unwrap().log.last().unwrap().mnemonic, "NATIVE_VLAN_MISMATCH");
}

#[test]
fn r4_port_security() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let case = case(lab, "R4", 0, other("PC-1"));
    case.breaks(&probe);
    let recover = |lab: &mut Lab| lab.port("S1/Gi0/1").switching.as_mut().unwrap().err_disabled = None;
    case.fixed_by(&probe, |lab| {
        let pc = lab.port_ref("PC-1");
        let hub = lab.id("Private switch");
        lab.world.cables.retain(|cable| !cable.ends.contains(&Some(pc)));
        for cable in &mut lab.world.cables {
            for end in cable.ends.iter_mut().filter(|end| end.is_some_and(|end| end.device == hub)) {
                *end = Some(pc);
            }
        }
        lab.world.cables.pop();
        recover(lab);
    });
    case.not_fixed_by(recover);
    case.not_fixed_by(|lab| {
        recover(lab);
        lab.port("S1/Gi0/1").switching.as_mut().unwrap().port_security = None;
    });
}

#[test]
fn r4_comes_back_while_the_foreign_switch_stays() {
    let mut case = case(company(), "R4", 0, other("PC-1"));
    case.lab.port("S1/Gi0/1").switching.as_mut().unwrap().err_disabled = None;
    let guest = case.lab.id("Private laptop");
    crate::net::switching::broadcast(&mut case.lab.world, guest, InterfaceIndex(0), false);
    assert!(case.lab.port("S1/Gi0/1").switching.as_ref().unwrap().err_disabled.is_some());
}

#[test]
fn r5_loop() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let case = case(lab, "R5", 0, at("S1"));
    case.breaks(&probe);
    let on = |lab: &mut Lab| lab.device("S1").switching.as_mut().unwrap().spanning_tree = true;
    case.fixed_by(&probe, |lab| {
        lab.world.cables.pop();
        on(lab);
    });
    case.not_fixed_by(on);
    case.not_fixed_by(|lab| lab.device("S1").started = lab.world.now);
}

#[test]
fn r6_route_missing() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.30.5");
    let mut case = case(lab, "R6", 0, at("R1"));
    case.breaks(&probe);
    assert_eq!(case.lab.ping("PC-1", "10.0.30.5"), EchoOutcome::Unreachable { from: "10.0.10.1".parse().unwrap(), code: 0 });
    case.fixed_by(&probe, |lab| {
        let via = Hop::Gateway("10.0.99.2".parse().unwrap());
        lab.device("R1").stack.routes.push(Route { to: "0.0.0.0/0".parse().unwrap(), via, metric: 1, persistent: true });
    });
    case.not_fixed_by(|lab| lab.device("PC-1").stack.interfaces[0].manual_gateway = Some("10.0.10.2".parse().unwrap()));
}

#[test]
fn r7_return_route_missing() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.30.5");
    let mut case = case(lab, "R7", 0, at("R2"));
    case.breaks(&probe);
    assert_eq!(case.lab.ping("PC-1", "10.0.30.5"), EchoOutcome::Silence);
    case.fixed_by(&probe, |lab| {
        let via = Hop::Gateway("10.0.99.1".parse().unwrap());
        lab.device("R2").stack.routes.push(Route { to: "10.0.10.0/24".parse().unwrap(), via, metric: 1, persistent: true });
    });
    case.not_fixed_by(|lab| lab.device("R2").stack.filter.default_deny = false);
}

#[test]
fn r8_routing_loop() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.30.5");
    let mut case = case(lab, "R8", 0, at("R2"));
    case.breaks(&probe);
    let hops = case.lab.trace("PC-1", "10.0.30.5", TraceProbe::Echo);
    assert_eq!(hops[1].outcome, hops[3].outcome);
    assert_ne!(hops[1].outcome, hops[2].outcome);
    case.fixed_by(&probe, |lab| {
        lab.device("R2").stack.routes.pop();
    });
    case.not_fixed_by(|lab| lab.device("PC-1").stack.initial_ttl = 255);
}

#[test]
fn r9_rule_order() {
    let lab = company();
    let mut case =
        case(company_with_rules(lab), "R9", 0, |lab, target| other("SRV")(lab, target) && target.name.starts_with("443 "));
    let open = |lab: &mut Lab| matches!(lab.connect("PC-1", "10.0.20.5", 443), Connection::Connected { .. });
    assert!(open(&mut Lab { world: case.healthy.clone() }));
    assert!(!open(&mut case.lab));
    let probe = reach(&case.lab, "PC-1", "10.0.20.5");
    assert!(probe.passes(&case.lab.world), "ping works");
    case.fixed_by(&probe, |lab| {
        lab.device("R1").stack.filter.rules.remove(0);
        assert!(open(lab));
    });
    case.fixed_by(&probe, |lab| {
        lab.device("R1").stack.filter.rules.swap(0, 1);
        assert!(open(lab));
    });
    case.not_fixed_by(|lab| {
        let rule = lab.device("R1").stack.filter.rules[1].clone();
        lab.device("R1").stack.filter.rules.push(rule);
    });
}

fn company_with_rules(mut lab: Lab) -> Lab {
    let rules = lab.device("R2").stack.filter.rules[..1].to_vec();
    lab.device("R1").stack.filter.rules = rules;
    lab
}

#[test]
fn r10_line_down() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "192.0.2.80");
    let mut case = case(lab, "R10", 0, |_, _| true);
    case.breaks(&probe);
    assert!(case.lab.answers("PC-1", "10.0.30.5"), "what is inside works");
    case.fixed_by(&probe, |lab| lab.cable("MODEM/Line").damage = crate::world::cable::Damage::Whole);
    case.not_fixed_by(|lab| lab.device("R2").stack.nat = Nat::default().into());
}

#[test]
fn r11_not_saved() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "192.0.2.80");
    let case = case(lab, "R11", 0, at("R2"));
    case.breaks(&probe);
    let nat = case.healthy.device(case.target.device).stack.nat.clone();
    case.fixed_by(&probe, |lab| {
        lab.device("R2").stack.nat = nat.clone();
        lab.device("R2").ios_mut().unwrap().startup.as_mut().unwrap().stack.nat = nat.clone();
    });
    case.not_fixed_by(|lab| lab.device("R2").stack.nat = nat.clone());
}

#[test]
fn r12_black_hole() {
    let lab = company();
    let probe = throughput(&lab, "PC-1", "10.0.30.5");
    let mut case = case(lab, "R12", 0, |lab, target| at("R1")(lab, target) && other("PC-1")(lab, target));
    case.breaks(&probe);
    assert!(case.lab.answers("PC-1", "10.0.30.5"), "small ones pass");
    case.fixed_by(&probe, |lab| lab.device("R1").stack.icmp.sends_unreachable = true);
    case.fixed_by(&probe, |lab| lab.device("R1").stack.interfaces[2].mtu = 1500);
    case.not_fixed_by(|lab| lab.port("R1/Gi0/1").speed = crate::world::port::Speed::Fixed(1000));
}

#[test]
fn r13_access_list() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let mut case = case(lab, "R13", 0, other("SRV"));
    case.breaks(&probe);
    case.lab.ping("PC-1", "10.0.20.5");
    assert!(case.lab.device("R1").stack.filter.access_lists[&120][0].hits > 0);
    case.fixed_by(&probe, |lab| {
        lab.device("R1").stack.filter.access_lists.get_mut(&120).unwrap().remove(0);
    });
    case.fixed_by(&probe, |lab| lab.device("R1").stack.interfaces[0].acl_in = None);
    case.not_fixed_by(|lab| lab.device("PC-1").stack.interfaces[0].manual_gateway = None);
}

#[test]
fn r14_port_forward() {
    let lab = company();
    let mut case = case(lab, "R14", 0, |_, _| true);
    let hq = case.lab.id("HQ");
    let open =
        |lab: &mut Lab| matches!(lab.connect("WWW", "198.51.100.2", 8443), Connection::Connected { device, .. } if device == hq);
    assert!(open(&mut Lab { world: case.healthy.clone() }));
    assert!(!open(&mut case.lab));
    let probe = reach(&case.lab, "PC-1", "10.0.30.5");
    case.fixed_by(&probe, |lab| lab.device("R2").stack.nat.forwards[0].to = "10.0.30.5".parse().unwrap());
    case.not_fixed_by(|lab| lab.device("R2").stack.filter.rules.remove(0).hits = 0);
}

#[test]
fn a_site_without_the_thing_has_no_targets() {
    let lab = crate::net::lab::lab(&crate::net::lab::linux("A", "10.0.0.1/24", ""), "");
    for fault in all().filter(|fault| ["N", "R"].contains(&fault.group())) {
        assert!((fault.targets)(&lab.world).is_empty(), "{}", fault.id);
    }
}
