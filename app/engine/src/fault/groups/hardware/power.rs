//! H1–H4: no power, or not enough of it, or too much heat.

use super::{off, repair_power, targets_of, went_off};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::power::load;
use crate::time::Span;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::hardware::{DisplayInput, Gpu, Hardware};

pub const H1: Fault = Fault {
    id: "H1",
    title: "The power strip is switched off",
    layer: Layer::Hardware,
    component: "power strip",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Desktop, |_, _| true),
    inject: |world, target, _| {
        off(world, target.device);
        world.device_mut(target.device).power.strip_on = false;
    },
    traces: no_traces,
    present: |world, target| !world.device(target.device).power.strip_on,
    repair: |world, target, healthy| repair_power(world, target.device, healthy),
};

pub const H2: Fault = Fault {
    id: "H2",
    title: "The power supply has failed",
    layer: Layer::Hardware,
    component: "power supply",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Desktop, |world, device| world.device(device).hardware.psu.is_some()),
    inject: |world, target, _| {
        off(world, target.device);
        if let Some(psu) = &mut world.device_mut(target.device).hardware.psu {
            psu.works = false;
        }
    },
    traces: no_traces,
    present: |world, target| world.device(target.device).hardware.psu.is_some_and(|psu| !psu.works),
    repair: |world, target, healthy| {
        repair_power(world, target.device, healthy);
        world.device_mut(target.device).hardware.psu = healthy.device(target.device).hardware.psu;
    },
};

pub const H3: Fault = Fault {
    id: "H3",
    title: "The processor overheats under load: its fan stands still, or the cooler is full of dust",
    layer: Layer::Hardware,
    component: "cooling",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Desktop, |world, device| world.device(device).hardware.cpu.watts > 0),
    inject: overheat,
    traces: |world, target| {
        for hours in [52, 27, 4] {
            went_off(world, target.device, Span::hours(hours));
        }
    },
    present: |world, target| overheats(&world.device(target.device).hardware),
    repair: |world, target, healthy| {
        let well = &healthy.device(target.device).hardware.cpu;
        let cpu = &mut world.device_mut(target.device).hardware.cpu;
        (cpu.fan_works, cpu.dust) = (well.fan_works, well.dust);
    },
};

/// Of a thousand parts of air, this many do not pass any more.
const CLOGGED: u16 = 720;

fn overheat(world: &mut World, target: &Target, chance: &mut Chance) {
    let cpu = &mut world.device_mut(target.device).hardware.cpu;
    if chance.below(2) == 0 {
        cpu.fan_works = false;
    } else {
        cpu.dust = CLOGGED;
    }
}

fn overheats(hardware: &Hardware) -> bool {
    load::temperature(hardware, true) >= load::TRIP
}

pub const H4: Fault = Fault {
    id: "H4",
    title: "The power supply is too small for the new graphics card",
    layer: Layer::Hardware,
    component: "power supply",
    tier: Tier::T2,
    targets: |world| {
        targets_of(world, Kind::Desktop, |world, device| {
            let hardware = &world.device(device).hardware;
            let needs = load::demand(hardware).saturating_add(u32::from(CARD_WATTS));
            hardware.gpu.is_none() && hardware.psu.is_some_and(|psu| u32::from(psu.watts) < needs)
        })
    },
    inject: |world, target, _| {
        let hardware = &mut world.device_mut(target.device).hardware;
        hardware.gpu = Some(Gpu { model: "with 12 GB, two fans".to_owned(), watts: CARD_WATTS, works: true });
        for display in hardware.displays.iter_mut().filter(|display| display.input == DisplayInput::Motherboard) {
            display.input = DisplayInput::Gpu;
        }
    },
    traces: |world, target| {
        for hours in [30, 6] {
            went_off(world, target.device, Span::hours(hours));
        }
    },
    present: |world, target| {
        let hardware = &world.device(target.device).hardware;
        hardware.psu.is_some_and(|psu| u32::from(psu.watts) < load::demand(hardware))
    },
    repair: |world, target, healthy| {
        let well = &healthy.device(target.device).hardware;
        let hardware = &mut world.device_mut(target.device).hardware;
        hardware.gpu.clone_from(&well.gpu);
        for (display, was) in hardware.displays.iter_mut().zip(&well.displays) {
            display.input = was.input;
        }
    },
};

/// What a card of the upper middle takes.
const CARD_WATTS: u16 = 250;
