//! What was broken on the way, who is hurt by it, and by which action.

use serde::{Deserialize, Serialize};

use super::{number, safety};
use crate::fault::Tier;
use crate::machine::power;
use crate::probe::Probe;
use crate::ticket::run::{Given, Run};
use crate::ticket::{essence, protected};
use crate::world::hardware::PowerState;
use crate::world::{DeviceId, PersonId, World};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    pub what: String,
    /// Names of people.
    pub hurt: Vec<String>,
    /// The action after which it was so.
    pub actions: Vec<u32>,
}

impl Damage {
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.hurt.is_empty() { format!("{}.", self.what) } else { format!("{} (hurts {}).", self.what, self.hurt.join(", ")) }
    }
}

/// Everything that people relied on and that worked at the start, and every protection, against the end.
pub fn of(given: &Given, run: &Run) -> Vec<Damage> {
    // Whoever isolates an infected machine, or switches off one that could burn, takes it from its user on purpose.
    let security = given.rules.escalate == Some(Tier::Security);
    let isolated = |device: DeviceId| security && given.causes().any(|cause| cause.target.device == device);
    let off = |device: DeviceId| power::state(&run.world, device) == PowerState::Off && safety::swells(&run.world, device);
    let counts = |probe: &&Probe| !device(&given.start, probe).is_some_and(|device| isolated(device) || off(device));
    let broken: Vec<_> = given
        .relied_on
        .iter()
        .filter(counts)
        .filter(|probe| !probe.passes(&run.world))
        .filter(|probe| probe.passes(&given.start))
        .collect();
    let before = protected::of(&given.start);
    let weaker = protected::weakened(&before, &protected::of(&run.world));
    if broken.is_empty() && weaker.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<_> = broken
        .iter()
        .map(|probe| Damage { what: what(&run.world, probe), hurt: hurt(&run.world, probe), actions: Vec::new() })
        .collect();
    found.extend(weaker.iter().map(|one| Damage { what: format!("Weakened: {}", one.0), hurt: Vec::new(), actions: Vec::new() }));
    blame(given, run, &broken, &weaker, &mut found);
    found
}

/// Plays the run again and notes after which action each thing was broken: it may come with time, as what was announced does.
fn blame(given: &Given, run: &Run, broken: &[&Probe], weaker: &[protected::Weakened], found: &mut [Damage]) {
    let before = protected::of(&given.start);
    let mut again = Run::start(given);
    for (at, entry) in run.log.iter().enumerate() {
        let earlier = again.world.clone();
        again.act(entry.action.clone(), &given.needs);
        if !essence::changed(&earlier, &again.world) {
            continue;
        }
        let now = protected::weakened(&before, &protected::of(&again.world));
        for (index, damage) in found.iter_mut().enumerate() {
            let is_so = match broken.get(index) {
                Some(probe) => !probe.passes(&again.world),
                None => weaker.get(index - broken.len()).is_some_and(|one| now.contains(one)),
            };
            if is_so && damage.actions.is_empty() {
                damage.actions.push(number(at));
            }
        }
    }
}

fn hurt(world: &World, probe: &Probe) -> Vec<String> {
    let person: Option<PersonId> = match probe {
        Probe::SignIn { person, .. }
        | Probe::Share { person, .. }
        | Probe::NoShare { person, .. }
        | Probe::Mail { person }
        | Probe::Private { person }
        | Probe::Cloud { person, .. } => Some(*person),
        _ => device(world, probe).and_then(|device| world.device(device).user),
    };
    person.map(|person| world.person(person).name.clone()).into_iter().collect()
}

/// The machine that a probe is tried on.
fn device(world: &World, probe: &Probe) -> Option<DeviceId> {
    match probe {
        Probe::Reach { from, .. }
        | Probe::Apart { from, .. }
        | Probe::Resolve { from, .. }
        | Probe::Port { from, .. }
        | Probe::Web { from, .. }
        | Probe::Throughput { from, .. } => Some(*from),
        Probe::Addressing { device }
        | Probe::Wifi { device, .. }
        | Probe::Starts { device }
        | Probe::Stable { device }
        | Probe::Clock { device }
        | Probe::Program { device, .. }
        | Probe::Peripheral { device, .. }
        | Probe::Responsive { device }
        | Probe::Condition { device, .. }
        | Probe::Service { device, .. }
        | Probe::Space { device }
        | Probe::SignIn { device, .. }
        | Probe::Share { device, .. }
        | Probe::NoShare { device, .. }
        | Probe::Print { device, .. }
        | Probe::Backup { device, .. }
        | Probe::Clean { device } => Some(*device),
        Probe::Mail { person } | Probe::Private { person } | Probe::Cloud { person, .. } => world.person(*person).device,
    }
}

fn what(world: &World, probe: &Probe) -> String {
    let name = |device: &DeviceId| world.device(*device).name.clone();
    match probe {
        Probe::Reach { from, to } => format!("{} can no longer reach {to}", name(from)),
        Probe::Apart { from, to } => format!("{} can now reach {to}, which was kept apart", name(from)),
        Probe::Resolve { from, name: wanted } => format!("{} can no longer look up {wanted}", name(from)),
        Probe::Port { from, host, port } => format!("{} can no longer connect to {host}, port {port}", name(from)),
        Probe::Web { from, url } => format!("{url} no longer opens on {}", name(from)),
        Probe::Throughput { from, .. } => format!("The network of {} became slow", name(from)),
        Probe::Addressing { device } => format!("The address of {} is in conflict", name(device)),
        Probe::Wifi { device, ssid } => format!("{} is no longer on {ssid}", name(device)),
        Probe::Starts { device } => format!("{} no longer starts", name(device)),
        Probe::Stable { device } => format!("{} is no longer stable", name(device)),
        Probe::Clock { device } => format!("The clock of {} is wrong now", name(device)),
        Probe::Program { device, name: program } => format!("{program} no longer works on {}", name(device)),
        Probe::Peripheral { device, name: part } => format!("{part} no longer works on {}", name(device)),
        Probe::Responsive { device } => format!("{} became slow", name(device)),
        Probe::Condition { device, what } => format!("The {what} of {} is no longer in order", name(device)),
        Probe::Service { device, name: service } => format!("{service} no longer runs on {}", name(device)),
        Probe::Space { device } => format!("{} has no space left", name(device)),
        Probe::SignIn { person, .. } => format!("{} can no longer sign in", world.person(*person).name),
        Probe::Share { path, .. } => format!("The folder {path} can no longer be worked in"),
        Probe::NoShare { path, .. } => format!("Somebody can now work in {path} who may not"),
        Probe::Mail { .. } => "Mail no longer works".to_owned(),
        Probe::Cloud { service, .. } => format!("{service} no longer works"),
        Probe::Print { device, printer } => format!("{} can no longer print on “{printer}”", name(device)),
        Probe::Backup { job, .. } => format!("The backup “{job}” no longer runs"),
        Probe::Clean { device } => format!("Something unwanted runs on {}", name(device)),
        Probe::Private { person } => format!("Somebody else is in the account of {}", world.person(*person).name),
    }
}
