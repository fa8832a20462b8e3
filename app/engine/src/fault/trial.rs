//! Trying faults in a site: what every fault has to keep.

use std::collections::BTreeMap;

use super::{Fault, Target, find};
use crate::chance::Chance;
use crate::hash;
use crate::panel::{Operation, PanelKind};
use crate::probe::Probe;
use crate::site::{Site, build};
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
        trial.keeps_its_word();
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

    /// Not there before, there after, and repaired to the last bit: in every place.
    fn keeps_its_word(&self) {
        let fault = self.fault;
        for target in (fault.targets)(&self.healthy) {
            let mut world = self.healthy.clone();
            assert!(!(fault.present)(&world, &target), "{} is there before: {target:?}", fault.id);
            (fault.inject)(&mut world, &target, &mut Chance::new(1, "fault"));
            assert!((fault.present)(&world, &target), "{} is not there after: {target:?}", fault.id);
            let mut told = world.clone();
            (fault.traces)(&mut told, &target);
            assert!((fault.present)(&told, &target), "{}: traces changed it", fault.id);
            (fault.repair)(&mut world, &target, &self.healthy);
            assert_eq!(hash::of(&world), hash::of(&self.healthy), "{} leaves something behind: {target:?}", fault.id);
        }
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
        let values: BTreeMap<_, _> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let operation = Operation { verb: verb.to_owned(), target: target.to_owned(), values };
        crate::panel::apply(&mut self.world, device, kind, &operation)
            .unwrap_or_else(|refused| panic!("{verb} {target}: {refused:?}"))
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
