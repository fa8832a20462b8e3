//! H8–H11: no picture, a dark one, a blurred one, and keys that write something else.

use super::targets_of;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::probe::hardware::sharp;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::hardware::{DisplayInput, Gpu};

pub const H8: Fault = Fault {
    id: "H8",
    title: "The monitor's cable is in the board's socket although there is a graphics card",
    layer: Layer::Hardware,
    component: "display cable",
    tier: Tier::T1,
    targets: |world| {
        targets_of(world, Kind::Desktop, |world, device| {
            let hardware = &world.device(device).hardware;
            hardware.gpu.is_none() && hardware.displays.iter().any(|display| display.input == DisplayInput::Motherboard)
        })
    },
    inject: |world, target, _| {
        let card = Gpu { model: "with 4 GB, one fan".to_owned(), watts: 75, works: true };
        world.device_mut(target.device).hardware.gpu = Some(card);
    },
    traces: no_traces,
    present: |world, target| {
        let hardware = &world.device(target.device).hardware;
        hardware.gpu.is_some() && hardware.displays.iter().any(|display| display.input == DisplayInput::Motherboard)
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

pub const H9: Fault = Fault {
    id: "H9",
    title: "The backlight of the laptop's panel has failed",
    layer: Layer::Hardware,
    component: "display",
    tier: Tier::Vendor,
    targets: |world| targets_of(world, Kind::Laptop, |world, device| built_in(world, device).is_some()),
    inject: |world, target, _| set_backlight(world, target, false),
    traces: no_traces,
    present: |world, target| built_in(world, target.device) == Some(false),
    repair: |world, target, healthy| {
        if let Some(works) = built_in(healthy, target.device) {
            set_backlight(world, target, works);
        }
    },
};

/// Whether the backlight of the laptop's own panel works.
fn built_in(world: &World, device: crate::world::DeviceId) -> Option<bool> {
    let displays = &world.device(device).hardware.displays;
    displays.iter().find(|display| display.input == DisplayInput::BuiltIn).map(|display| display.backlight_works)
}

fn set_backlight(world: &mut World, target: &Target, works: bool) {
    let displays = &mut world.device_mut(target.device).hardware.displays;
    if let Some(display) = displays.iter_mut().find(|display| display.input == DisplayInput::BuiltIn) {
        display.backlight_works = works;
    }
}

pub const H10: Fault = Fault {
    id: "H10",
    title: "An old display cable carries only 30 Hz, and the size is not the panel's own",
    layer: Layer::Hardware,
    component: "display cable",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Desktop, |world, device| !world.device(device).hardware.displays.is_empty()),
    inject: |world, target, _| {
        if let Some(display) = world.device_mut(target.device).hardware.displays.first_mut() {
            (display.cable_hz, display.refresh_hz, display.native_resolution) = (30, 30, false);
        }
    },
    traces: no_traces,
    present: |world, target| world.device(target.device).hardware.displays.first().is_some_and(|display| !sharp(display)),
    repair: |world, target, healthy| {
        let well = healthy.device(target.device).hardware.displays.first();
        if let (Some(display), Some(well)) = (world.device_mut(target.device).hardware.displays.first_mut(), well) {
            display.clone_from(well);
        }
    },
};

const OTHER_LAYOUT: &str = "German (Germany)";

pub const H11: Fault = Fault {
    id: "H11",
    title: "Another keyboard layout is active",
    layer: Layer::OperatingSystem,
    component: "keyboard layout",
    tier: Tier::T1,
    targets: |world| {
        targets_of(world, Kind::Desktop, |world, device| {
            world.device(device).windows().is_some_and(|windows| {
                windows.settings.keyboard_layouts.first() == Some(&windows.settings.active_layout)
                    && windows.settings.active_layout != OTHER_LAYOUT
            })
        })
    },
    inject: |world, target, _| {
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            windows.settings.keyboard_layouts.push(OTHER_LAYOUT.to_owned());
            OTHER_LAYOUT.clone_into(&mut windows.settings.active_layout);
        }
    },
    traces: no_traces,
    present: |world, target| {
        world.device(target.device).windows().is_some_and(|windows| {
            windows.settings.keyboard_layouts.first().is_some_and(|usual| *usual != windows.settings.active_layout)
        })
    },
    repair: |world, target, healthy| {
        let well = healthy.device(target.device).windows().map(|windows| windows.settings.clone().into_inner());
        if let (Some(windows), Some(well)) = (world.device_mut(target.device).windows_mut(), well) {
            windows.settings.keyboard_layouts = well.keyboard_layouts;
            windows.settings.active_layout = well.active_layout;
        }
    },
};
