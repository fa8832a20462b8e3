//! Each fault of the group: where it goes, what it breaks, what mends it and what does not.

use crate::fault::groups::company::{Case, at, case, company, reach, throughput};
use crate::probe::Probe;
use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::hardware::{Driver, Peripheral};
use crate::world::interface::Origin;
use crate::world::port::{Duplex, Media, Optic, Speed};
use crate::world::shared::Shared;

fn at_pc(id: &str, seed: u64) -> (Case, Probe) {
    let lab = company();
    let probe = throughput(&lab, "PC-1", "10.0.20.5");
    (case(lab, id, seed, at("PC-1")), probe)
}

#[test]
fn n1_unplugged() {
    let (case, probe) = at_pc("N1", 0);
    case.breaks(&probe);
    case.fixed_by(&probe, |lab| {
        let port = lab.port_ref("PC-1");
        lab.cable("S1/Gi0/1").ends[0] = Some(port);
    });
    case.not_fixed_by(|lab| {
        let id = lab.id("PC-1");
        crate::net::dhcp::renew(&mut lab.world, id, crate::world::InterfaceIndex(0));
    });
    case.not_fixed_by(|lab| lab.device("PC-1").stack.interfaces[0].manual_dns = vec!["10.0.20.5".parse().unwrap()]);
}

#[test]
fn n2_broken_cable() {
    let (case, probe) = at_pc("N2", 0);
    case.breaks(&probe);
    case.fixed_by(&probe, |lab| lab.cable("PC-1").damage = Damage::Whole);
    case.not_fixed_by(|lab| lab.cable("PC-1").ends[0] = None);
}

#[test]
fn n3_duplex_mismatch() {
    let (case, probe) = at_pc("N3", 0);
    case.breaks(&probe);
    case.fixed_by(&probe, |lab| {
        let port = lab.port("S1/Gi0/1");
        (port.speed, port.duplex) = (Speed::Auto, Duplex::Auto);
    });
    case.not_fixed_by(|lab| lab.cable("PC-1").kind = CableKind::Cat6a);
    case.not_fixed_by(|lab| lab.cable("PC-1").ends[0] = None);
}

#[test]
fn n4_no_gigabit() {
    for seed in 0..6 {
        let (case, probe) = at_pc("N4", seed);
        case.breaks(&probe);
        case.fixed_by(&probe, |lab| (lab.cable("PC-1").damage, lab.cable("PC-1").kind) = (Damage::Whole, CableKind::Cat6));
        case.not_fixed_by(|lab| lab.port("PC-1").speed = Speed::Fixed(1000));
    }
}

#[test]
fn n5_noise() {
    for seed in 0..4 {
        let (case, probe) = at_pc("N5", seed);
        case.breaks(&probe);
        case.fixed_by(&probe, |lab| (lab.cable("PC-1").metres, lab.cable("PC-1").beside_motor) = (60, false));
        case.not_fixed_by(|lab| lab.port("S1/Gi0/1").enabled = true);
    }
}

#[test]
fn n6_dead_socket() {
    for seed in 0..6 {
        let (case, probe) = at_pc("N6", seed);
        case.breaks(&probe);
        case.fixed_by(&probe, |lab| {
            let port = lab.port_ref("S1/Gi0/1");
            lab.cable("PC-1").ends[1] = Some(port);
            lab.port("S1/Gi0/1").enabled = true;
        });
        case.not_fixed_by(|lab| lab.port("PC-1").broken = false);
    }
}

#[test]
fn n7_duplicate_address() {
    let lab = company();
    let probe = Probe::Addressing { device: lab.id("PC-1") };
    let mut case = case(lab, "N7", 0, at("PC-1"));
    case.breaks(&probe);
    (case.fault.traces)(&mut case.lab.world, &case.target);
    assert!(!case.lab.device("PC-1").stack.conflicts.is_empty());
    case.fixed_by(&probe, |lab| lab.device("PC-1").stack.interfaces[0].addresses[0].ip = "10.0.10.11".parse().unwrap());
    case.not_fixed_by(|lab| lab.device("PRN").power.switched_on = false);
    case.not_fixed_by(|lab| lab.device("PC-1").stack.conflicts.clear());
}

#[test]
fn n8_wrong_gateway() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.30.5");
    let mut case = case(lab, "N8", 0, at("PC-1"));
    case.breaks(&probe);
    assert!(case.lab.answers("PC-1", "10.0.10.12"), "what is local works");
    assert!(!case.lab.answers("PC-1", "10.0.10.254"));
    case.fixed_by(&probe, |lab| lab.device("PC-1").stack.interfaces[0].manual_gateway = Some("10.0.10.1".parse().unwrap()));
    case.not_fixed_by(|lab| lab.device("PC-1").stack.interfaces[0].manual_dns = vec!["10.0.20.5".parse().unwrap()]);
    case.not_fixed_by(|lab| lab.device("R1").started = lab.world.now);
}

#[test]
fn n9_wrong_mask() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let mut case = case(lab, "N9", 0, at("PC-1"));
    case.breaks(&probe);
    assert!(case.lab.answers("PC-1", "192.0.2.80"), "the Internet works");
    assert!(case.lab.answers("PC-1", "10.0.10.12"));
    case.fixed_by(&probe, |lab| lab.device("PC-1").stack.interfaces[0].addresses[0].prefix = 24);
    case.not_fixed_by(|lab| lab.device("PC-1").stack.filter.profiles.as_mut().unwrap().private = false);
}

#[test]
fn n10_adapter_disabled() {
    let mut lab = company();
    let driver = Driver { version: "12.19.2.50".to_owned(), ..Driver::default() };
    lab.device("PC-1").hardware.peripherals = Shared::new(vec![Peripheral {
        name: "Gigabit Network Connection".to_owned(),
        class: "Network adapters".to_owned(),
        connected: true,
        works: true,
        disabled: false,
        driver,
        controller: None,
        endpoints: 0,
    }]);
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let case = case(lab, "N10", 0, at("PC-1"));
    case.breaks(&probe);
    case.fixed_by(&probe, |lab| lab.device("PC-1").hardware.peripherals[0].disabled = false);
    case.not_fixed_by(|lab| lab.device("PC-1").stack.interfaces[0].origin = Origin::Manual);
}

#[test]
fn n11_fibre() {
    for seed in 0..4 {
        let lab = company();
        let probe = reach(&lab, "PC-2", "10.0.20.5");
        let case = case(lab, "N11", seed, |_, _| true);
        case.breaks(&probe);
        case.fixed_by(&probe, |lab| {
            lab.cable("S1/Gi0/11").damage = Damage::Whole;
            lab.port("S1/Gi0/11").media = Media::Fibre(Optic::Sx);
        });
        case.not_fixed_by(|lab| {
            let spare: Cable = lab.cable("PC-1").clone();
            lab.cable("S1/Gi0/11").kind = spare.kind;
        });
    }
}

#[test]
fn n12_no_power() {
    for seed in 0..4 {
        let lab = company();
        let probe = reach(&lab, "P2", "10.0.10.1");
        let mut case = case(lab, "N12", seed, at("P2"));
        case.breaks(&probe);
        assert!(case.lab.answers("P1", "10.0.10.1"), "the phone before it still has power");
        case.fixed_by(&probe, |lab| {
            lab.port("S1/Gi0/7").poe.as_mut().unwrap().enabled = true;
            lab.device("S1").switching.as_mut().unwrap().poe_budget_mw = 30_000;
        });
        case.not_fixed_by(|lab| lab.device("P2").power.switched_on = true);
    }
}
