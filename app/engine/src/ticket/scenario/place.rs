//! Where faults sit: those of the scenario, and their rivals.

use super::FaultSpec;
use crate::chance::Chance;
use crate::fault::{self, Fault, Target};
use crate::sorted;
use crate::ticket::run::Given;
use crate::world::{DeviceId, PersonId, World};

/// One of the places where the fault can be put as the scenario wants it; the seed picks.
///
/// # Errors
/// In words for the author: no such fault, no such device, or nothing there that could fail so.
pub fn place(
    spec: &FaultSpec,
    twin: &World,
    requester: PersonId,
    chance: &mut Chance,
) -> Result<(&'static Fault, Target), String> {
    let Some(fault) = fault::find(&spec.id) else {
        return Err(format!("There is no fault “{}”: `firstline tickets faults` lists them.", spec.id));
    };
    let wanted = match spec.device.as_deref() {
        None => None,
        Some("{device}") => Some(twin.person(requester).device.ok_or("The requester has no device of their own for {device}.")?),
        Some(label) => Some(twin.find(label).ok_or_else(|| format!("The site has no device “{label}”."))?),
    };
    let targets = candidates_at(fault, twin, wanted, requester, spec.name.as_deref());
    let on_port = |target: &Target| {
        let port = target.port.and_then(|port| twin.device(target.device).ports.get(usize::from(port.0)));
        spec.port.as_ref().is_none_or(|wanted| port.is_some_and(|port| port.name == *wanted))
    };
    let targets: Vec<_> = targets.into_iter().filter(on_port).collect();
    let Some(target) = chance.pick(&targets).cloned() else {
        let place = wanted.map_or_else(|| "in this site".to_owned(), |device| format!("on {}", twin.device(device).name));
        return Err(format!(
            "Fault {} ({}) cannot be put {place}: it has nothing there that could fail so.",
            fault.id, fault.title
        ));
    };
    Ok((fault, target))
}

/// Where a fault can sit so that this person meets it: on the wanted device, or where the fault itself names the person or device.
fn candidates_at(fault: &Fault, twin: &World, wanted: Option<DeviceId>, requester: PersonId, name: Option<&str>) -> Vec<Target> {
    let mut targets = (fault.targets)(twin);
    targets.retain(|target| name.is_none_or(|name| target.name.eq_ignore_ascii_case(name)));
    let concerns = |target: &Target| target.person.is_none_or(|person| person == requester);
    // What can be wrong for this person comes first; what is wrong for a colleague and everybody (a printer) is the next best.
    if targets.iter().any(concerns) {
        targets.retain(concerns);
    }
    if let Some(device) = wanted {
        targets.retain(|target| target.device == device);
    }
    targets
}

/// The targets a candidate would have for this requester: first on the requester's device and where a true cause sits.
#[must_use]
pub fn candidate_targets(fault: &Fault, given: &Given) -> Vec<Target> {
    let own = given.twin.person(given.requester).device;
    let true_place = |device: DeviceId| given.causes().any(|cause| cause.target.device == device);
    let all = candidates_at(fault, &given.twin, None, given.requester, None);
    let mut sorted: Vec<_> =
        all.into_iter().map(|target| ((Some(target.device) != own, !true_place(target.device)), target)).collect();
    sorted::by_key(&mut sorted, |(rank, _)| *rank);
    sorted.into_iter().map(|(_, target)| target).collect()
}
