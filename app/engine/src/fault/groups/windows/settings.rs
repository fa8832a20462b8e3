//! Settings and devices: USB, page file, active hours, screens.

use super::super::twin;
use super::{Trace, change, computers, every, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::peripherals;
use crate::machine::services::updates::is_active;
use crate::time::Span;
use crate::world::World;
use crate::world::hardware::{DisplayInput, Driver, Peripheral};
use crate::world::windows::{DisplayMode, EventLevel, EventLog, Update};

/// Windows' code for "not enough resources".
const NO_RESOURCES: u8 = 12;
/// Name and endpoints of what was plugged in; together with keyboard and mouse more than a controller holds.
const PLUGGED: [(&str, u16); 3] = [("USB Conference Camera", 34), ("USB Audio Interface", 30), ("USB Docking Station", 38)];

pub const W8: Fault = Fault {
    id: "W8",
    title: "Too many USB endpoints on one controller",
    layer: Layer::Hardware,
    component: "USB controller",
    tier: Tier::T1,
    targets: |world| {
        let two = |device: &crate::world::Device| {
            [0, 1].iter().all(|wanted| device.hardware.peripherals.iter().any(|found| found.controller == Some(*wanted)))
        };
        let last = PLUGGED.map(|(name, _)| name)[2];
        computers(world, |device, _| two(device)).into_iter().map(|target| Target { name: last.to_owned(), ..target }).collect()
    },
    inject: |world, target, _| {
        let added = PLUGGED.map(|(name, endpoints)| Peripheral {
            name: name.to_owned(),
            class: "Universal Serial Bus devices".to_owned(),
            connected: true,
            works: true,
            disabled: false,
            driver: Driver { version: "10.0.26100.1".to_owned(), ..Driver::default() },
            controller: Some(0),
            endpoints,
        });
        world.device_mut(target.device).hardware.peripherals.extend(added);
    },
    traces: |world, target| {
        let trace = Trace { ago: Span::hours(2), log: EventLog::System, source: "USBHUB3", id: 196, level: EventLevel::Error };
        let text = format!("{}: not enough USB controller resources.", target.name);
        trace.write(world, target.device, text);
    },
    present: |world, target| {
        let device = world.device(target.device);
        (0..device.hardware.peripherals.len()).any(|at| peripherals::code(device, at) == Some(NO_RESOURCES))
    },
    repair: |world, target, healthy| {
        world.device_mut(target.device).hardware.peripherals.clone_from(&healthy.device(target.device).hardware.peripherals);
    },
};

pub const W10: Fault = Fault {
    id: "W10",
    title: "The page file is switched off",
    layer: Layer::OperatingSystem,
    component: "virtual memory",
    tier: Tier::T1,
    targets: |world| computers(world, |_, windows| windows.settings.page_file),
    inject: |world, target, _| change(world, target.device, |windows| windows.settings.page_file = false),
    traces: |world, target| {
        for hours in [24, 5, 1] {
            let trace = Trace {
                ago: Span::hours(hours),
                log: EventLog::System,
                source: "Resource-Exhaustion-Detector",
                id: 2004,
                level: EventLevel::Warning,
            };
            let heaviest = windows(world, target.device)
                .and_then(|windows| windows.processes.iter().max_by_key(|process| process.memory_kib))
                .map(|process| (process.name.clone(), process.pid, u64::from(process.memory_kib) << 10));
            let (name, pid, bytes) = heaviest.unwrap_or_default();
            let text = format!(
                "Windows successfully diagnosed a low virtual memory condition. The following programs consumed the most virtual memory: {name} ({pid}) consumed {bytes} bytes."
            );
            trace.write(world, target.device, text);
        }
    },
    present: |world, target| windows(world, target.device).is_some_and(|windows| !windows.settings.page_file),
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.settings.page_file = well.settings.page_file;
        }
    },
};

/// The evening hour in which people still work.
const EVENING: u8 = 22;

pub const W11: Fault = Fault {
    id: "W11",
    title: "Active hours end before people do",
    layer: Layer::OperatingSystem,
    component: "Windows Update",
    tier: Tier::T1,
    targets: |world| computers(world, |_, windows| is_active(windows.updates.active_hours, EVENING)),
    inject: early_hours,
    traces: |world, target| {
        let name = world.device(target.device).name.clone();
        for days in [3, 2, 1] {
            let trace = Trace {
                ago: Span::days(days),
                log: EventLog::System,
                source: "User32",
                id: 1074,
                level: EventLevel::Information,
            };
            let text = format!(
                "The process C:\\Windows\\system32\\svchost.exe ({name}) has initiated the restart of computer {name} on behalf of user NT AUTHORITY\\SYSTEM for the following reason: Operating System: Service pack (Planned)\n Reason Code: 0x80020010\n Shutdown Type: restart"
            );
            trace.write(world, target.device, text);
        }
    },
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| !is_active(windows.updates.active_hours, EVENING))
    },
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.updates.active_hours = well.updates.active_hours;
            sick.updates.waiting.clone_from(&well.updates.waiting);
        }
    },
};

fn early_hours(world: &mut World, target: &Target, chance: &mut Chance) {
    let end = u8::try_from(chance.between(15, 18)).unwrap_or(17);
    let at = world.now;
    change(world, target.device, |windows| {
        windows.updates.active_hours = (7, end);
        let title = "Cumulative Update for Windows".to_owned();
        windows.updates.waiting.push(Update { kb: "KB0900037".to_owned(), title, at, breaks: String::new() });
    });
}

pub const W12: Fault = Fault {
    id: "W12",
    title: "The displays are set to duplicate",
    layer: Layer::OperatingSystem,
    component: "display settings",
    tier: Tier::T1,
    targets: |world| {
        every(world)
            .into_iter()
            .filter(|target| {
                let device = world.device(target.device);
                let shown = device.hardware.displays.iter().filter(|display| display.input != DisplayInput::None).count();
                shown > 1 && device.windows().is_some_and(|windows| windows.settings.display_mode == DisplayMode::Extend)
            })
            .collect()
    },
    inject: |world, target, _| change(world, target.device, |windows| windows.settings.display_mode = DisplayMode::Duplicate),
    traces: no_traces,
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| windows.settings.display_mode == DisplayMode::Duplicate)
    },
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.settings.display_mode = well.settings.display_mode;
        }
    },
};
