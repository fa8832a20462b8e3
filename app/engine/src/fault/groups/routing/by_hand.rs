//! The right fixes, done with hands and on command lines.

use crate::fault::groups::company::{Hands, at, case, company, other, reach, throughput};
use crate::net::lab::Lab;
use crate::physical::Act;

#[test]
fn vlans_are_put_right() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let wrong = case(lab, "R1", 0, other("PC-1"));
    wrong.fixed_by(&probe, |lab| lab.configures("S1", &["interface Gi0/1", "switchport access vlan 10"]));

    let lab = company();
    let uplink = lab.port_ref("S1/Gi0/12").port;
    let pruned = case(lab, "R2", 0, |_, target| target.name == "10" && target.port == Some(uplink));
    pruned.fixed_by(&probe, |lab| lab.configures("S1", &["interface Gi0/12", "switchport trunk allowed vlan add 10"]));
    pruned.not_fixed_by(|lab| lab.configures("S1", &["vlan 10", "name AGAIN"]));

    let lab = company();
    let probe = reach(&lab, "PC-2", "10.0.20.5");
    let leaking = case(lab, "R3", 0, at("S1"));
    leaking.fixed_by(&probe, |lab| lab.configures("S1", &["interface Gi0/11", "switchport trunk native vlan 10"]));
}

#[test]
fn the_foreign_switch_is_taken_away_and_the_port_recovered() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let case = case(lab, "R4", 0, other("PC-1"));
    let again = |lab: &mut Lab| lab.configures("S1", &["interface Gi0/1", "shutdown", "no shutdown"]);
    case.not_fixed_by(again);
    case.fixed_by(&probe, |lab| {
        for act in [Act::TakeAway(lab.id("Private switch")), Act::TakeAway(lab.id("Private laptop"))] {
            lab.does(&act);
        }
        let act = Act::Plug(lab.cable_id("S1/Gi0/1"), lab.port_ref("PC-1"));
        let loose = lab.cable_id("PC-1");
        let pull = Act::Unplug(lab.port_ref("PC-1"));
        assert_ne!(loose, lab.cable_id("S1/Gi0/1"));
        lab.does(&pull);
        lab.does(&act);
        again(lab);
    });
}

#[test]
fn a_loop_is_pulled_out_and_spanning_tree_switched_on() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let case = case(lab, "R5", 0, at("S1"));
    let on = |lab: &mut Lab| lab.configures("S1", &["spanning-tree vlan 1-4094"]);
    case.not_fixed_by(on);
    case.fixed_by(&probe, |lab| {
        let end = lab.world.cables.last().unwrap().ends[0].unwrap();
        lab.does(&Act::Unplug(end));
        on(lab);
    });
}

#[test]
fn routes_are_written_and_taken_out() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "10.0.30.5");
    let missing = case(lab, "R6", 0, at("R1"));
    missing.fixed_by(&probe, |lab| lab.configures("R1", &["ip route 0.0.0.0 0.0.0.0 10.0.99.2"]));
    let back = case(company(), "R7", 0, at("R2"));
    back.fixed_by(&probe, |lab| lab.configures("R2", &["ip route 10.0.10.0 255.255.255.0 10.0.99.1"]));
    let bounces = case(company(), "R8", 0, at("R2"));
    bounces.fixed_by(&probe, |lab| lab.configures("R2", &["no ip route 10.0.30.0 255.255.255.128 10.0.99.1"]));
}

#[test]
fn rules_and_lists_are_put_in_order() {
    let mut lab = company();
    let probe = reach(&lab, "PC-1", "10.0.20.5");
    let rules = lab.device("R2").stack.filter.rules[..1].to_vec();
    lab.device("R1").stack.filter.rules = rules;
    let order = case(lab, "R9", 0, |lab, target| other("SRV")(lab, target) && target.name.starts_with("443 "));
    order.fixed_by(&probe, |lab| lab.configures("R1", &["ip access-list extended FIREWALL", "no 10"]));
    let list = case(company(), "R13", 0, other("SRV"));
    list.fixed_by(&probe, |lab| lab.configures("R1", &["interface Gi0/0.10", "no ip access-group 120 in"]));
}

#[test]
fn the_edge_is_set_up_and_saved() {
    let lab = company();
    let probe = reach(&lab, "PC-1", "192.0.2.80");
    let nat = case(lab, "R11", 0, at("R2"));
    nat.fixed_by(&probe, |lab| {
        lab.configures(
            "R2",
            &["access-list 1 permit 10.0.0.0 0.0.255.255", "ip nat inside source list 1 interface Gi0/2 overload"],
        );
    });
    let lab = company();
    let probe = throughput(&lab, "PC-1", "10.0.30.5");
    let hole = case(lab, "R12", 0, |lab, target| at("R1")(lab, target) && other("PC-1")(lab, target));
    hole.fixed_by(&probe, |lab| lab.configures("R1", &["interface Gi0/1", "ip mtu 1500"]));
    let lab = company();
    let inside = reach(&lab, "PC-1", "10.0.30.5");
    let forward = case(lab, "R14", 0, |_, _| true);
    forward.fixed_by(&inside, |lab| {
        let stale = lab.device("R2").stack.nat.forwards[0].to;
        let old = format!("no ip nat inside source static tcp {stale} 443 interface Gi0/2 8443");
        lab.configures("R2", &[&old, "ip nat inside source static tcp 10.0.30.5 443 interface Gi0/2 8443"]);
    });
}
