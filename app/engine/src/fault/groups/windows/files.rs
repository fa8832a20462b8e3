//! Windows' own files and drivers.

use super::super::twin;
use super::{Trace, change, every, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::peripherals;
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{EventLevel, EventLog, Integrity, Update};

pub const W1: Fault = Fault {
    id: "W1",
    title: "Damaged system files",
    layer: Layer::OperatingSystem,
    component: "system files",
    tier: Tier::T1,
    targets: every,
    inject: |world, target, _| change(world, target.device, |windows| windows.system_files = Integrity::Damaged),
    traces: start_crashes,
    present: |world, target| windows(world, target.device).is_some_and(|windows| windows.system_files == Integrity::Damaged),
    repair: whole,
};

pub const W2: Fault = Fault {
    id: "W2",
    title: "Damaged component store",
    layer: Layer::OperatingSystem,
    component: "component store",
    tier: Tier::T1,
    targets: every,
    inject: |world, target, _| {
        change(world, target.device, |windows| {
            (windows.system_files, windows.component_store) = (Integrity::Damaged, Integrity::Damaged);
        });
    },
    traces: start_crashes,
    present: |world, target| {
        windows(world, target.device)
            .is_some_and(|windows| [windows.system_files, windows.component_store].contains(&Integrity::Damaged))
    },
    repair: whole,
};

fn whole(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        (sick.system_files, sick.component_store) = (well.system_files, well.component_store);
    }
}

fn start_crashes(world: &mut World, target: &Target) {
    for hours in [26, 3] {
        let trace = Trace {
            ago: Span::hours(hours),
            log: EventLog::Application,
            source: "Application Error",
            id: 1000,
            level: EventLevel::Error,
        };
        let text = "Faulting application name: StartMenuExperienceHost.exe, version: 10.0.26100.1\nFaulting module name: StartUI.dll, version: 10.0.26100.1\nException code: 0xc0000005";
        trace.write(world, target.device, text.to_owned());
    }
}

/// The driver that the update brought.
const DRIVER: &str = "31.0.101.5590";

pub const W3: Fault = Fault {
    id: "W3",
    title: "Faulty display driver from an update",
    layer: Layer::OperatingSystem,
    component: "display driver",
    tier: Tier::T1,
    targets: |world| super::computers(world, |device, _| display(device).is_some()),
    inject: new_driver,
    traces: |world, target| {
        let at = |hours| Trace {
            ago: Span::hours(hours),
            log: EventLog::System,
            source: "Microsoft-Windows-WER-SystemErrorReporting",
            id: 1001,
            level: EventLevel::Error,
        };
        for hours in [20, 2] {
            let text = "The computer has rebooted from a bugcheck.  The bugcheck was: 0x00000116 (VIDEO_TDR_FAILURE, igdkmdn64.sys). A dump was saved in: C:\\Windows\\Minidump.";
            at(hours).write(world, target.device, text.to_owned());
        }
        let update = Trace { source: "WindowsUpdateClient", id: 19, level: EventLevel::Information, ..at(22) };
        update.write(
            world,
            target.device,
            format!("Installation Successful: Windows successfully installed the following update: Display driver {DRIVER}"),
        );
    },
    present: |world, target| peripherals::display_driver_faulty(&world.device(target.device).hardware.peripherals),
    repair: |world, target, healthy| {
        let well = healthy.device(target.device).hardware.peripherals.clone();
        world.device_mut(target.device).hardware.peripherals = well;
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.updates.installed.clone_from(&well.updates.installed);
        }
    },
};

fn display(device: &crate::world::Device) -> Option<usize> {
    device.hardware.peripherals.iter().position(|peripheral| peripheral.class == "Display adapters")
}

fn new_driver(world: &mut World, target: &Target, _chance: &mut Chance) {
    let at = world.now - Span::hours(22);
    let device = world.device_mut(target.device);
    let Some(place) = display(device) else { return };
    if let Some(adapter) = device.hardware.peripherals.get_mut(place) {
        let before = std::mem::replace(&mut adapter.driver.version, DRIVER.to_owned());
        adapter.driver.previous = Some(before);
        adapter.driver.faulty = true;
    }
    if let Some(windows) = device.windows_mut() {
        let title = format!("Display driver {DRIVER}");
        windows.updates.installed.push(Update { kb: "KB0900040".to_owned(), title, at, breaks: "display".to_owned() });
    }
}
