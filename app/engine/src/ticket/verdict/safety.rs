//! Making safe: cutting a machine with something hostile on it off from the network, switching off what could burn.
//!
//! That comes first, and mends nothing: the machine is looked into as it stands, and what is seen then is as good as before. So it
//! is no change in the sense of narrowing down, of theories, and of one change at a time; looking again after it stays asked for.

use crate::fault::Layer;
use crate::machine::{is_up, power};
use crate::net::link;
use crate::probe::Probe;
use crate::ticket::run::{Given, Injected, Run};
use crate::world::hardware::PowerState;
use crate::world::{DeviceId, World};

/// The machines of a ticket that are dangerous as they are.
struct Dangers {
    hostile: Vec<DeviceId>,
    burning: Vec<DeviceId>,
}

fn dangers(given: &Given) -> Dangers {
    // A stolen account or a hostile phone is named by its owner's computer, and is not made safe there.
    let on_machine = |cause: &&Injected| {
        let clean = Probe::Clean { device: cause.target.device };
        cause.fault.layer == Layer::Security && !clean.passes(&given.start) && clean.passes(&given.twin)
    };
    let hostile = given.causes().filter(on_machine).map(|cause| cause.target.device);
    let burning = given.start.device_ids().filter(|device| swells(&given.start, *device));
    Dangers { hostile: hostile.collect(), burning: burning.collect() }
}

/// Its battery can catch fire.
pub(super) fn swells(world: &World, device: DeviceId) -> bool {
    world.device(device).hardware.battery.is_some_and(|battery| battery.swollen)
}

/// The actions that changed something and were only to make safe, by their place in the log.
pub(super) fn acts(given: &Given, run: &Run) -> Vec<usize> {
    let dangers = dangers(given);
    if dangers.hostile.is_empty() && dangers.burning.is_empty() {
        return Vec::new();
    }
    let mut safe = Vec::new();
    let mut again = Run::start(given);
    for (at, entry) in run.log.iter().enumerate() {
        let before = entry.changed.then(|| again.world.clone());
        again.act(entry.action.clone(), &given.needs);
        if before.is_some_and(|before| dangers.fewer(&before, &again.world)) {
            safe.push(at);
        }
    }
    safe
}

impl Dangers {
    fn fewer(&self, before: &World, after: &World) -> bool {
        let cut_off =
            |device: &DeviceId| is_up(after, *device) && link::carrying(after, *device) < link::carrying(before, *device);
        let off = |world: &World, device: DeviceId| power::state(world, device) == PowerState::Off;
        self.hostile.iter().any(cut_off) || self.burning.iter().any(|device| off(after, *device) && !off(before, *device))
    }
}

/// The first action that changed something, beyond making safe.
#[must_use]
pub fn first_change(given: &Given, run: &Run) -> Option<usize> {
    first_beyond(&acts(given, run), run)
}

pub(super) fn first_beyond(safe: &[usize], run: &Run) -> Option<usize> {
    run.log.iter().enumerate().position(|(at, entry)| entry.changed && !safe.contains(&at))
}
