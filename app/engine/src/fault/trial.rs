//! Trying faults in a site: what every fault has to keep.

use super::{Fault, Target, find};
use crate::chance::Chance;
use crate::hash;
use crate::panel::{Operation, PanelKind};
use crate::probe::Probe;
use crate::shell::{Session, ShellKind, run};
use crate::site::{Site, build};
use crate::sorted::Map;
use crate::world::{DeviceId, World};

/// A fault put into one place of the clinic.
pub struct Trial {
    pub healthy: World,
    pub world: World,
    pub fault: &'static Fault,
    pub target: Target,
}

/// The healthy clinic.
pub fn clinic() -> World {
    clinic_with("")
}

/// The clinic with more written into its description.
pub fn clinic_with(more: &str) -> World {
    let text = format!("{}\n{more}", include_str!("../../../../content/sites/clinic.toml"));
    let site: Site = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    build(&site, 7).unwrap_or_else(|complaints| panic!("{complaints:?}")).world
}

/// Every site of the content, healthy.
pub fn sites() -> Vec<World> {
    let all = [
        include_str!("../../../../content/sites/clinic.toml"),
        include_str!("../../../../content/sites/home.toml"),
        include_str!("../../../../content/sites/school.toml"),
        include_str!("../../../../content/sites/shop.toml"),
    ];
    let site = |text: &str| -> Site { toml::from_str(text).unwrap_or_else(|error| panic!("{error}")) };
    all.map(|text| build(&site(text), 3).unwrap_or_else(|complaints| panic!("{complaints:?}")).world).into()
}

/// What every fault of a group keeps in every site; gives the ids that have a place somewhere.
pub fn keep_their_word(group: &str) -> crate::sorted::Set<&'static str> {
    let mut placed = crate::sorted::Set::new();
    for healthy in sites() {
        for fault in super::all().filter(|fault| fault.group() == group) {
            if keeps_its_word(fault, &healthy) {
                placed.insert(fault.id);
            }
        }
    }
    placed
}

/// Not there before, there after, not moved by its traces, and repaired to the last bit: in every place. Whether there is one.
pub fn keeps_its_word(fault: &Fault, healthy: &World) -> bool {
    let targets = (fault.targets)(healthy);
    for target in &targets {
        let mut world = healthy.clone();
        let what = format!("{} in {} at {target:?}", fault.id, healthy.organisation);
        assert!(!(fault.present)(&world, target), "there before: {what}");
        (fault.inject)(&mut world, target, &mut Chance::new(1, "fault"));
        assert!((fault.present)(&world, target), "not there after: {what}");
        let mut told = world.clone();
        (fault.traces)(&mut told, target);
        assert!((fault.present)(&told, target), "changed by its traces: {what}");
        (fault.repair)(&mut world, target, healthy);
        assert_eq!(hash::of(&world), hash::of(healthy), "something is left behind: {what}");
    }
    !targets.is_empty()
}

impl Trial {
    /// Puts the fault into the first place that `wanted` accepts.
    pub fn new(id: &str, healthy: World, wanted: impl Fn(&World, &Target) -> bool) -> Self {
        let fault = find(id).unwrap_or_else(|| panic!("no fault {id}"));
        let targets = (fault.targets)(&healthy);
        let target = targets
            .iter()
            .find(|target| wanted(&healthy, target))
            .unwrap_or_else(|| panic!("{id}: no target in {targets:?}"))
            .clone();
        let mut trial = Self { world: healthy.clone(), healthy, fault, target };
        keeps_its_word(fault, &trial.healthy);
        (fault.inject)(&mut trial.world, &trial.target, &mut Chance::new(1, "fault"));
        trial
    }

    /// In the clinic, anywhere.
    pub fn anywhere(id: &str) -> Self {
        Self::new(id, clinic(), |_, _| true)
    }

    /// In the clinic, at a device.
    pub fn at(id: &str, device: &str) -> Self {
        Self::new(id, clinic(), |world, target| world.device(target.device).name == device)
    }

    pub fn present(&self) -> bool {
        (self.fault.present)(&self.world, &self.target)
    }

    pub fn id(&self, name: &str) -> DeviceId {
        self.world.find(name).unwrap_or_else(|| panic!("no {name}"))
    }

    /// The probe failed not before, and fails now.
    pub fn breaks(&self, probe: &Probe) {
        assert!(probe.passes(&self.healthy), "{}: fails in the healthy world: {probe:?}", self.fault.id);
        assert!(!probe.passes(&self.world), "{}: passes all the same: {probe:?}", self.fault.id);
    }

    pub fn panel(&mut self, device: &str, kind: PanelKind, verb: &str, target: &str, values: &[(&str, &str)]) -> String {
        let device = self.id(device);
        let values: Map<_, _> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let operation = Operation { verb: verb.to_owned(), target: target.to_owned(), values };
        crate::panel::apply(&mut self.world, device, kind, &operation)
            .unwrap_or_else(|refused| panic!("{verb} {target}: {refused:?}"))
    }

    /// Types lines into an open shell; gives what the last one printed.
    pub fn shell(&mut self, device: &str, kind: ShellKind, lines: &[&str]) -> String {
        let device = self.id(device);
        let mut session = Session::open(&self.world, device, kind).unwrap();
        session.elevated = true;
        lines.iter().map(|line| run(&mut self.world, &mut session, line).text).last().unwrap_or_default()
    }

    /// A new lease, as `ipconfig /renew` asks for one, on every interface that has DHCP.
    pub fn renew(&mut self, device: &str) {
        let device = self.id(device);
        for index in 0..self.world.device(device).stack.interfaces.len() {
            let index = crate::world::InterfaceIndex(u8::try_from(index).unwrap());
            crate::net::dhcp::renew(&mut self.world, device, index);
        }
    }

    /// The right fix was done: the cause is gone and the probe passes again.
    pub fn is_fixed(&self, probe: &Probe) {
        assert!(!self.present(), "{} is still there", self.fault.id);
        assert!(probe.passes(&self.world), "{}: still fails: {probe:?}", self.fault.id);
    }
}
