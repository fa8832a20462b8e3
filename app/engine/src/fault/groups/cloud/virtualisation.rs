//! C9: the firmware keeps the processor's virtualisation from the system.

use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::world::World;
use crate::world::device::Kind;

pub const C9: Fault = Fault {
    id: "C9",
    title: "Virtualisation is switched off in the firmware",
    layer: Layer::Hardware,
    component: "firmware setting",
    tier: Tier::T2,
    targets,
    inject,
    traces: no_traces,
    present,
    repair,
};

/// Windows computers that have it on.
fn targets(world: &World) -> Vec<Target> {
    world
        .devices
        .iter()
        .filter(|device| matches!(device.kind, Kind::Desktop | Kind::Laptop) && device.windows().is_some())
        .filter(|device| device.hardware.firmware.virtualisation)
        .map(|device| Target { person: device.user, ..Target::device(device.id) })
        .collect()
}

fn inject(world: &mut World, target: &Target, _chance: &mut Chance) {
    world.device_mut(target.device).hardware.firmware.virtualisation = false;
}

fn present(world: &World, target: &Target) -> bool {
    !world.device(target.device).hardware.firmware.virtualisation
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    let well = healthy.device(target.device).hardware.firmware.virtualisation;
    world.device_mut(target.device).hardware.firmware.virtualisation = well;
}
