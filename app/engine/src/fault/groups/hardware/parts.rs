//! H5, H13, H14: memory, the headset, a new card.

use super::{past_event, targets_of};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::peripherals;
use crate::time::Span;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::hardware::{Driver, Peripheral};
use crate::world::windows::EventLevel;

pub const H5: Fault = Fault {
    id: "H5",
    title: "A memory module is failing",
    layer: Layer::Hardware,
    component: "memory",
    tier: Tier::T2,
    targets: |world| targets_of(world, Kind::Desktop, |world, device| world.device(device).hardware.ram.len() > 1),
    inject: |world, target, chance| {
        let ram = &mut world.device_mut(target.device).hardware.ram;
        let at = chance.below(u32::try_from(ram.len()).unwrap_or(1)) as usize;
        if let Some(stick) = ram.get_mut(at) {
            stick.failing = true;
        }
    },
    traces: |world, target| {
        for (hours, code) in [(50, "0x0000001a"), (29, "0x00000050"), (5, "0x0000003b")] {
            let text = format!(
                "The computer has rebooted from a bugcheck.  The bugcheck was: {code} (0x0000000000041792, 0xffff9a8000000000, \
                 0x0000000000000000, 0x0000000000000000). A dump was saved in: C:\\Windows\\MEMORY.DMP."
            );
            let source = "Microsoft-Windows-WER-SystemErrorReporting";
            past_event(world, target.device, Span::hours(hours), source, 1001, EventLevel::Error, &text);
        }
    },
    present: |world, target| world.device(target.device).hardware.ram.iter().any(|stick| stick.failing),
    repair: |world, target, healthy| {
        let well = &healthy.device(target.device).hardware.ram;
        for (stick, was) in world.device_mut(target.device).hardware.ram.iter_mut().zip(well) {
            stick.failing = was.failing;
        }
    },
};

/// The name under which it is listed.
const HEADSET: &str = "USB Headset";
const CALLS: &str = "Microsoft Teams";

pub const H13: Fault = Fault {
    id: "H13",
    title: "The headset's microphone is not what calls use, or the program may not use it",
    layer: Layer::OperatingSystem,
    component: "sound settings",
    tier: Tier::T1,
    targets: |world| {
        targets_of(world, Kind::Desktop, |world, device| {
            let settings = world.device(device).windows().map(|windows| &windows.settings);
            settings.is_some_and(|settings| settings.microphone_allowed.contains(CALLS))
        })
    },
    inject: silence,
    traces: no_traces,
    present: |world, target| {
        let Some(windows) = world.device(target.device).windows() else { return false };
        if peripherals::find(world, target.device, HEADSET).is_none() {
            return false;
        }
        windows.settings.default_microphone != HEADSET || !windows.settings.microphone_allowed.contains(CALLS)
    },
    repair: |world, target, healthy| {
        world.device_mut(target.device).hardware.peripherals.retain(|peripheral| peripheral.name != HEADSET);
        let well = healthy.device(target.device).windows().map(|windows| windows.settings.clone().into_inner());
        if let (Some(windows), Some(well)) = (world.device_mut(target.device).windows_mut(), well) {
            windows.settings.default_microphone = well.default_microphone;
            windows.settings.microphone_allowed = well.microphone_allowed;
        }
    },
};

/// The headset is new: either nobody chose it, or it is chosen and the program may not listen.
fn silence(world: &mut World, target: &Target, chance: &mut Chance) {
    let device = world.device_mut(target.device);
    device.hardware.peripherals.push(Peripheral {
        name: HEADSET.to_owned(),
        class: "Audio inputs and outputs".to_owned(),
        connected: true,
        works: true,
        disabled: false,
        driver: Driver { version: "10.0.26100.1".to_owned(), ..Driver::default() },
        controller: Some(0),
        endpoints: 6,
    });
    let Some(windows) = device.windows_mut() else { return };
    if chance.below(2) == 0 {
        HEADSET.clone_into(&mut windows.settings.default_microphone);
        windows.settings.microphone_allowed.remove(CALLS);
    }
}

const CARD: &str = "Document Scanner Card";

pub const H14: Fault = Fault {
    id: "H14",
    title: "A new card does not work: no driver, disabled, cannot start, or stopped",
    layer: Layer::OperatingSystem,
    component: "device driver",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Desktop, |_, _| true),
    inject: |world, target, chance| {
        let card = card(chance.below(4));
        world.device_mut(target.device).hardware.peripherals.push(card);
    },
    traces: no_traces,
    present: |world, target| {
        let found = world.device(target.device);
        peripherals::find(world, target.device, CARD).is_some_and(|at| peripherals::code(found, at).is_some())
    },
    repair: |world, target, _| {
        world.device_mut(target.device).hardware.peripherals.retain(|peripheral| peripheral.name != CARD);
    },
};

/// Codes 28, 22, 10 and 43, each with what mends it: a driver, enabling, an update, the earlier driver.
fn card(which: u32) -> Peripheral {
    let version = |text: &str| text.to_owned();
    let driver = match which {
        0 => Driver::default(),
        1 => Driver { version: version("4.2.0.11"), ..Driver::default() },
        2 => Driver { version: version("4.2.0.11"), cannot_start: true, ..Driver::default() },
        _ => Driver { version: version("5.0.0.3"), previous: Some(version("4.2.0.11")), faulty: true, ..Driver::default() },
    };
    Peripheral {
        name: CARD.to_owned(),
        class: "Imaging devices".to_owned(),
        connected: true,
        works: true,
        disabled: which == 1,
        driver,
        controller: None,
        endpoints: 0,
    }
}
