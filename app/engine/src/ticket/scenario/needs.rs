//! What the requester needs to work.

use super::Scenario;
use super::names::{Names, fill};
use crate::probe::Probe;
use crate::site::build::{self, Complaint};
use crate::world::{PersonId, World};

/// The probes of the scenario; each has to pass in the healthy site.
pub fn of(scenario: &Scenario, twin: &World, requester: PersonId, names: &Names, complaints: &mut Vec<Complaint>) -> Vec<Probe> {
    let mut found = Vec::new();
    for (at, spec) in scenario.probe.iter().enumerate() {
        let path = format!("probe[{at}]");
        let own = twin.person(requester).device;
        let mut devices = Vec::new();
        for label in &spec.devices {
            match twin.find(&fill(label, names)) {
                Some(device) => devices.push(device),
                None => {
                    complaints.push(Complaint { path: path.clone(), message: format!("The site has no device “{label}”.") });
                }
            }
        }
        if devices.is_empty() {
            devices.push(own.unwrap_or_default());
        }
        let target = spec.target.as_ref().map(|target| fill(target, names)).unwrap_or_default();
        for device in devices {
            match build::compile_probe(spec, device, Some(requester), &target) {
                Ok(probe) if probe.passes(twin) => found.push(probe),
                Ok(_) => complaints.push(Complaint {
                    path: path.clone(),
                    message: format!(
                        "This does not work in the healthy site on {} either: probe what does.",
                        twin.device(device).name
                    ),
                }),
                Err(message) => complaints.push(Complaint { path: path.clone(), message }),
            }
        }
    }
    found
}
