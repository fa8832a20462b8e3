//! A small company with two offices, for the tests of network faults; and what every fault must do.

use crate::chance::Chance;
use crate::fault::{self, Fault, Target};
use crate::net::lab::{Lab, lab, windows, wire};
use crate::physical::{self, Act};
use crate::probe::Probe;
use crate::shell::{Session, ShellKind, run};
use crate::world::World;
use crate::world::interface::{Listener, Protocol};

/// Branch: two switches joined by fibre, a router on a stick, VLAN 10 for people and 20 for a server. Head office: a router with a
/// server and the way to the Internet.
pub fn company() -> Lab {
    let network = r#"
        { name = "S1", kind = "switch", ports = 12, poe_watts = 30, port = [
          { name = "Gi0/1", access = 10, security = 1 }, { name = "Gi0/2-4", access = 10 }, { name = "Gi0/5", access = 20 },
          { name = "Gi0/6-7", access = 10, poe = true },
          { name = "Gi0/11", trunk = [10, 20], native = 10, fibre = true }, { name = "Gi0/12", trunk = [10, 20], native = 1 }] },
        { name = "S2", kind = "switch", ports = 12, port = [
          { name = "Gi0/1-4", access = 10 }, { name = "Gi0/11", trunk = [10, 20], native = 10, fibre = true }] },
        { name = "R1", kind = "router", ports = 2, route = ["0.0.0.0/0 via 10.0.99.2"],
          interface = [{ name = "Gi0/0.10", address = "10.0.10.1/24" }, { name = "Gi0/0.20", address = "10.0.20.1/24" },
            { name = "Gi0/1", address = "10.0.99.1/30" }] },
        { name = "R2", kind = "firewall", ports = 3,
          route = ["0.0.0.0/0 via 198.51.100.1", "10.0.10.0/24 via 10.0.99.1", "10.0.20.0/24 via 10.0.99.1"],
          nat = { outside = "Gi0/2", inside = ["10.0.0.0/16"], forward = ["tcp 8443 to 10.0.30.5:443"] },
          filter = ["accept any from 10.0.0.0/16 to any", "accept tcp from any to 10.0.30.5 port 443"], default_deny = true,
          interface = [{ name = "Gi0/0", address = "10.0.99.2/30" }, { name = "Gi0/1", address = "10.0.30.1/24" },
            { name = "Gi0/2", address = "198.51.100.2/30" }] },
        { name = "MODEM", kind = "modem" },
        { name = "ISP", kind = "internet", ports = 2, interface = [{ name = "net0", address = "198.51.100.1/30" }, { name = "net1", address = "192.0.2.1/24" }] },
        { name = "WWW", kind = "internet", route = ["0.0.0.0/0 via 192.0.2.1"], interface = [{ name = "net0", address = "192.0.2.80/24" }] },
        { name = "P1", kind = "phone", powered_by_switch = 7, interface = [{ name = "eth0", address = "10.0.10.61/24", gateway = "10.0.10.1" }] },
        { name = "P2", kind = "phone", powered_by_switch = 7, interface = [{ name = "eth0", address = "10.0.10.62/24", gateway = "10.0.10.1" }] },
        { name = "PRN", kind = "printer", interface = [{ name = "eth0", address = "10.0.10.40/24", gateway = "10.0.10.1" }] },
        { name = "SRV", kind = "server", interface = [{ name = "Ethernet", address = "10.0.20.5/24", gateway = "10.0.20.1" }] },
        { name = "HQ", kind = "server", interface = [{ name = "Ethernet", address = "10.0.30.5/24", gateway = "10.0.30.1" }] },
    "#;
    let people = windows("PC-1", "10.0.10.11/24", "10.0.10.1") + &windows("PC-2", "10.0.10.12/24", "10.0.10.1");
    let cables = [
        ("PC-1", "S1/Gi0/1"),
        ("PC-2", "S2/Gi0/1"),
        ("PRN", "S1/Gi0/2"),
        ("SRV", "S1/Gi0/5"),
        ("P1", "S1/Gi0/6"),
        ("P2", "S1/Gi0/7"),
        ("S1/Gi0/11", "S2/Gi0/11"),
        ("S1/Gi0/12", "R1/Gi0/0"),
        ("R1/Gi0/1", "R2/Gi0/0"),
        ("HQ", "R2/Gi0/1"),
        ("R2/Gi0/2", "MODEM/LAN"),
        ("MODEM/Line", "ISP/net0"),
        ("ISP/net1", "WWW"),
    ];
    let links: String = cables.iter().map(|(from, to)| wire(from, to)).collect();
    let mut lab = lab(&(network.to_owned() + &people), &links);
    let https = Listener { protocol: Protocol::Tcp, bound: "0.0.0.0".parse().unwrap(), port: 443, owner: String::new() };
    for name in ["SRV", "HQ", "WWW"] {
        lab.device(name).stack.listeners = vec![https.clone()].into();
    }
    lab
}

/// A fault in a company, before and after.
pub struct Case {
    pub healthy: World,
    pub lab: Lab,
    pub fault: &'static Fault,
    pub target: Target,
}

/// Puts the fault in at the first target that `pick` likes, after looking at every target: it is not there before and there after,
/// and the repair gives the healthy world's hash again, whatever chance decides.
pub fn case(mut lab: Lab, id: &str, seed: u64, pick: impl Fn(&Lab, &Target) -> bool) -> Case {
    let fault = fault::find(id).unwrap_or_else(|| panic!("no {id}"));
    let healthy = lab.world.clone();
    let targets = (fault.targets)(&healthy);
    assert!(!targets.is_empty(), "{id} has no target");
    for target in &targets {
        for seed in 0..6 {
            let mut world = healthy.clone();
            assert!(!(fault.present)(&world, target), "{id} is there before: {target:?}");
            (fault.inject)(&mut world, target, &mut Chance::new(seed, id));
            assert!((fault.present)(&world, target), "{id} is not there after: {target:?}");
            let mut traced = world.clone();
            (fault.traces)(&mut traced, target);
            assert!((fault.present)(&traced, target), "{id}: traces take it away: {target:?}");
            (fault.repair)(&mut world, target, &healthy);
            assert_eq!(crate::hash::of(&world), crate::hash::of(&healthy), "{id}: {target:?}, seed {seed}");
        }
    }
    let target = targets.into_iter().find(|target| pick(&lab, target)).unwrap_or_else(|| panic!("{id}: none is picked"));
    (fault.inject)(&mut lab.world, &target, &mut Chance::new(seed, id));
    Case { healthy, lab, fault, target }
}

impl Case {
    /// What the requester relies on works in the healthy world and not here.
    pub fn breaks(&self, probe: &Probe) {
        assert!(probe.passes(&self.healthy), "{}: {probe:?} fails before", self.fault.id);
        assert!(!probe.passes(&self.lab.world), "{}: {probe:?} passes in spite of it", self.fault.id);
    }

    /// The right fix: the fault is gone and the probe passes.
    pub fn fixed_by(&self, probe: &Probe, fix: impl FnOnce(&mut Lab)) {
        let mut lab = Lab { world: self.lab.world.clone() };
        fix(&mut lab);
        assert!(!(self.fault.present)(&lab.world, &self.target), "{} is still there", self.fault.id);
        lab.world.wait(crate::time::Span::minutes(1));
        assert!(probe.passes(&lab.world), "{}: {probe:?} fails after the right fix", self.fault.id);
    }

    /// A wrong fix leaves it.
    pub fn not_fixed_by(&self, fix: impl FnOnce(&mut Lab)) {
        let mut lab = Lab { world: self.lab.world.clone() };
        fix(&mut lab);
        assert!((self.fault.present)(&lab.world, &self.target), "{} went by a wrong fix", self.fault.id);
    }
}

/// At a device, by its name.
pub fn at(name: &'static str) -> impl Fn(&Lab, &Target) -> bool {
    move |lab, target| lab.id(name) == target.device
}

/// Concerning a second device, by its name.
pub fn other(name: &'static str) -> impl Fn(&Lab, &Target) -> bool {
    move |lab, target| Some(lab.id(name)) == target.other
}

pub fn reach(lab: &Lab, from: &str, to: &str) -> Probe {
    Probe::Reach { from: lab.id(from), to: to.parse().unwrap() }
}

pub fn throughput(lab: &Lab, from: &str, to: &str) -> Probe {
    Probe::Throughput { from: lab.id(from), to: to.parse().unwrap(), mbps: 1000 }
}

/// The way a technician works: a command line, a panel, hands.
pub trait Hands {
    /// Types lines into a configuration.
    fn configures(&mut self, device: &str, lines: &[&str]);
    fn does(&mut self, act: &Act);
}

impl Hands for Lab {
    fn configures(&mut self, device: &str, lines: &[&str]) {
        let typed: Vec<_> =
            ["enable", "configure terminal"].iter().chain(lines).chain(&["end", "copy run start", ""]).copied().collect();
        let id = self.id(device);
        let mut session = Session::open(&self.world, id, ShellKind::Ios).unwrap();
        for line in typed {
            let said = run(&mut self.world, &mut session, line).text;
            assert!(!said.contains("% Invalid") && !said.contains("% Incomplete"), "{line}: {said}");
        }
    }

    fn does(&mut self, act: &Act) {
        physical::act(&mut self.world, act).unwrap_or_else(|why| panic!("{act:?}: {why}"));
    }
}
