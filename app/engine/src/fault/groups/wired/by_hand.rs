//! The right fixes, done with hands, panels and command lines.

use crate::fault::groups::company::{Case, Hands, at, case, company, reach, throughput};
use crate::fault::trial::Trial;
use crate::panel::PanelKind;
use crate::physical::Act;
use crate::probe::Probe;
use crate::shell::ShellKind;
use crate::world::cable::CableKind;
use crate::world::hardware::{Spare, SparePart};

fn at_pc(id: &str, seed: u64) -> (Case, Probe) {
    let mut lab = company();
    lab.world.shelf = vec![Spare { name: "cable cat6".to_owned(), part: SparePart::Cable(CableKind::Cat6), count: 3 }].into();
    let probe = throughput(&lab, "PC-1", "10.0.20.5");
    (case(lab, id, seed, at("PC-1")), probe)
}

#[test]
fn cables_are_plugged_in_and_replaced() {
    let (case, probe) = at_pc("N1", 0);
    case.fixed_by(&probe, |lab| {
        let act = Act::Plug(lab.cable_id("S1/Gi0/1"), lab.port_ref("PC-1"));
        lab.does(&act);
    });
    for (id, seed) in [("N2", 0), ("N4", 0), ("N4", 1), ("N4", 2), ("N5", 0), ("N5", 1)] {
        let (case, probe) = at_pc(id, seed);
        case.fixed_by(&probe, |lab| {
            let act = Act::ReplaceCable(lab.cable_id("PC-1"));
            lab.does(&act);
        });
    }
}

#[test]
fn a_port_negotiates_again() {
    let (case, probe) = at_pc("N3", 0);
    case.fixed_by(&probe, |lab| lab.configures("S1", &["interface Gi0/1", "speed auto", "duplex auto"]));
    case.not_fixed_by(|lab| {
        let act = Act::ReplaceCable(lab.cable_id("PC-1"));
        lab.does(&act);
    });
}

#[test]
fn a_socket_is_opened_or_patched() {
    for seed in 0..6 {
        let (case, probe) = at_pc("N6", seed);
        case.fixed_by(&probe, |lab| {
            if lab.port("S1/Gi0/1").enabled {
                let act = Act::Plug(lab.cable_id("PC-1"), lab.port_ref("S1/Gi0/1"));
                lab.does(&act);
            } else {
                lab.configures("S1", &["interface Gi0/1", "no shutdown"]);
            }
        });
    }
}

#[test]
fn typed_in_addresses_become_automatic_again() {
    for id in ["N7", "N8", "N9"] {
        let mut trial = Trial::at(id, "PC-01");
        let server = trial.world.device(trial.id("SRV-1")).stack.interfaces[0].addresses[0].ip;
        let probe = match id {
            "N7" => Probe::Addressing { device: trial.id("PC-01") },
            _ => Probe::Reach { from: trial.id("PC-01"), to: server },
        };
        trial.breaks(&probe);
        trial.shell("PC-01", ShellKind::Cmd, &["ipconfig /renew", "ipconfig /flushdns"]);
        assert!(trial.present(), "{id}: it is not DHCP's address");
        trial.panel("PC-01", PanelKind::Adapter, "set-automatic", "Ethernet", &[]);
        trial.is_fixed(&probe);
    }
}

#[test]
fn an_adapter_is_enabled() {
    let mut trial = Trial::at("N10", "PC-01");
    let server = trial.world.device(trial.id("SRV-1")).stack.interfaces[0].addresses[0].ip;
    let probe = Probe::Reach { from: trial.id("PC-01"), to: server };
    trial.breaks(&probe);
    trial.panel("PC-01", PanelKind::DeviceManager, "enable", "Gigabit Network Connection", &[]);
    trial.is_fixed(&probe);
}

#[test]
fn a_phone_is_moved_to_a_port_with_power() {
    for seed in 0..4 {
        let lab = company();
        let probe = reach(&lab, "P1", "10.0.10.1");
        let case = case(lab, "N12", seed, at("P1"));
        case.fixed_by(&probe, |lab| {
            // The budget of the first form is cut below both phones, so one of them has to go.
            for port in ["S1/Gi0/7", "S1/Gi0/6"] {
                let act = Act::Unplug(lab.port_ref(port));
                lab.does(&act);
            }
            lab.configures("S1", &["interface Gi0/6", "power inline auto"]);
            if lab.device("S1").switching.as_ref().unwrap().poe_budget_mw < 7000 {
                lab.device("S1").switching.as_mut().unwrap().poe_budget_mw = 30_000;
            }
            let act = Act::Plug(lab.cable_id("P1"), lab.port_ref("S1/Gi0/7"));
            lab.does(&act);
            lab.world.wait(crate::time::Span::minutes(3));
        });
    }
}
