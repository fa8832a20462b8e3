//! Probes as authors write them.

use super::Builder;
use super::roles::right;
use crate::probe::Probe;
use crate::site::spec::Probe as Spec;
use crate::world::files::Right;
use crate::world::{DeviceId, PersonId};

impl Builder<'_> {
    pub(super) fn probes(&mut self) -> Vec<Probe> {
        let mut found = Vec::new();
        for (at, spec) in self.site.probe.iter().enumerate() {
            let path = format!("probe[{at}]");
            let person = spec.person.as_ref().and_then(|id| {
                let person = self.people.get(id).copied();
                if person.is_none() {
                    self.complaints.push(super::Complaint {
                        path: format!("{path}.person"),
                        message: format!("There is no person “{id}”."),
                    });
                }
                person
            });
            let mut devices: Vec<_> =
                spec.devices.iter().filter_map(|name| self.device(&format!("{path}.devices"), name)).collect();
            if devices.is_empty() {
                devices.extend(person.and_then(|person| self.world.person(person).device));
            }
            if devices.is_empty() {
                devices.push(DeviceId::default());
            }
            let target = spec.target.as_ref().map(|target| self.drawn(target)).unwrap_or_default();
            for device in devices {
                let person = person.or(self.world.device(device).user);
                match probe(spec, device, person, &target) {
                    Ok(probe) => found.push(probe),
                    Err(message) => self.complain(&path, message),
                }
            }
        }
        found
    }
}

/// The probe that `spec` describes, for one device; an `Err` says what to write.
///
/// # Errors
/// A kind that is not there, or a field that the kind needs and that is missing.
pub fn probe(spec: &Spec, device: DeviceId, person: Option<PersonId>, target: &str) -> Result<Probe, String> {
    let name = target.to_owned();
    let needs_person =
        || person.ok_or_else(|| format!("A probe of kind {} needs person, or a device that is somebody's.", spec.kind));
    let address = || target.parse().map_err(|_| format!("A probe of kind {} needs an IPv4 address as target.", spec.kind));
    let needs_target = matches!(
        spec.kind.as_str(),
        "resolve"
            | "port"
            | "web"
            | "wifi"
            | "program"
            | "peripheral"
            | "condition"
            | "service"
            | "share"
            | "print"
            | "cloud"
            | "backup"
    );
    if needs_target && target.is_empty() {
        return Err(format!("A probe of kind {} needs a target.", spec.kind));
    }
    Ok(match spec.kind.as_str() {
        "reach" => Probe::Reach { from: device, to: address()? },
        "apart" => Probe::Apart { from: device, to: address()? },
        "resolve" => Probe::Resolve { from: device, name },
        "port" => Probe::Port { from: device, host: name, port: spec.port.ok_or("A probe of kind port needs port.")? },
        "web" => Probe::Web { from: device, url: name },
        "throughput" => {
            Probe::Throughput { from: device, to: address()?, mbps: spec.mbps.ok_or("A probe of kind throughput needs mbps.")? }
        }
        "addressing" => Probe::Addressing { device },
        "wifi" => Probe::Wifi { device, ssid: name },
        "starts" => Probe::Starts { device },
        "stable" => Probe::Stable { device },
        "clock" => Probe::Clock { device },
        "program" => Probe::Program { device, name },
        "peripheral" => Probe::Peripheral { device, name },
        "responsive" => Probe::Responsive { device },
        "condition" => Probe::Condition { device, what: name },
        "service" => Probe::Service { device, name },
        "space" => Probe::Space { device },
        "sign-in" => Probe::SignIn { device, person: needs_person()? },
        "share" => {
            let right = spec.right.as_deref().map_or(Some(Right::Read), right).ok_or("Write read, modify or full as right.")?;
            Probe::Share { device, person: needs_person()?, path: name, right }
        }
        "no-share" => Probe::NoShare { device, person: needs_person()?, path: name },
        "mail" => Probe::Mail { person: needs_person()? },
        "cloud" => Probe::Cloud { person: needs_person()?, service: name },
        "print" => Probe::Print { device, printer: name },
        "backup" => Probe::Backup { device, job: name },
        "clean" => Probe::Clean { device },
        "private" => Probe::Private { person: needs_person()? },
        other => return Err(format!("There is no probe of kind “{other}”: content/README.md has the list.")),
    })
}
