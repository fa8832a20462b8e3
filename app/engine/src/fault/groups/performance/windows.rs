//! Slow Windows computers: V1 to V4 of the catalogue.

#[cfg(test)]
mod tests;

use super::super::twin;
use super::super::windows::{Trace, change, computers, every, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::services::programs::run_away;
use crate::machine::services::session::{LEAKS, LOOPS};
use crate::probe::windows::{STARTUP, is_full, startup_seconds};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{EventLevel, EventLog, StartupItem, VolumeKind, Windows};

pub const FAULTS: &[Fault] = &[V1, V2, V3, V4];

const V1: Fault = Fault {
    id: "V1",
    title: "The system disk is full",
    layer: Layer::OperatingSystem,
    component: "disk space",
    tier: Tier::T1,
    targets: |world| computers(world, |_, windows| !is_full(windows)),
    inject: fill,
    traces: |world, target| {
        let trace = Trace { ago: Span::hours(6), log: EventLog::System, source: "Srv", id: 2013, level: EventLevel::Warning };
        let text = "The C: disk is at or near capacity.  You may need to delete some files.".to_owned();
        trace.write(world, target.device, text);
    },
    present: |world, target| windows(world, target.device).is_some_and(is_full),
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.volumes.clone_from(&well.volumes);
        }
    },
};

/// What fills it, in the order of size: temporary files, downloads, pictures.
fn fill(world: &mut World, target: &Target, chance: &mut Chance) {
    let permille = u64::from(chance.between(4, 9));
    change(world, target.device, |windows| {
        let user = windows.signed_in.clone().unwrap_or_else(|| "Public".to_owned());
        let Some(volume) = windows.volumes.iter_mut().find(|volume| volume.kind == VolumeKind::System) else { return };
        let left = volume.size * permille / 1000;
        let taken = volume.free.saturating_sub(left);
        volume.free = left;
        let home = format!("C:\\Users\\{user}");
        let parts = [("AppData\\Local\\Temp", taken / 2), ("Downloads", taken / 4), ("Videos", taken - taken / 2 - taken / 4)];
        for (at, (folder, mib)) in parts.into_iter().enumerate() {
            volume.largest.insert(at, (format!("{home}\\{folder}"), mib));
        }
    });
}

/// A program that runs with the session, its updater and its own process.
const SICK: &str = "PDF Reader";
const UPDATER: &str = "PdfReaderUpdate.exe";
const READER: &str = "PdfReader.exe";

fn with_reader(world: &World) -> Vec<Target> {
    let fits = |windows: &Windows| windows.programs.iter().any(|program| program.name == SICK && program.broken.is_empty());
    computers(world, |_, windows| fits(windows)).into_iter().map(|target| Target { name: SICK.to_owned(), ..target }).collect()
}

fn sicken(world: &mut World, target: &Target, how: &str, image: &str) {
    change(world, target.device, |windows| {
        if let Some(program) = windows.programs.iter_mut().find(|program| program.name == target.name) {
            how.clone_into(&mut program.broken);
            image.clone_into(&mut program.broken_part);
        }
        run_away(windows, &target.name);
    });
}

fn is_sick(world: &World, target: &Target, how: &str) -> bool {
    windows(world, target.device)
        .is_some_and(|windows| windows.programs.iter().any(|program| program.name == target.name && program.broken == how))
}

fn as_before(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.programs.clone_from(&well.programs);
        sick.processes.clone_from(&well.processes);
    }
}

const V2: Fault = Fault {
    id: "V2",
    title: "A stuck updater takes all of the processor",
    layer: Layer::OperatingSystem,
    component: "process",
    tier: Tier::T1,
    targets: with_reader,
    inject: |world, target, _| sicken(world, target, LOOPS, UPDATER),
    traces: no_traces,
    present: |world, target| is_sick(world, target, LOOPS),
    repair: as_before,
};

/// What somebody installed over the years.
const EXTRAS: [&str; 7] = [
    "Photo Organiser",
    "Music Helper",
    "Weather Bar",
    "Scan Assistant",
    "Phone Sync",
    "Game Launcher",
    "Colour Calibration Tray",
];

const V3: Fault = Fault {
    id: "V3",
    title: "Too many programs start with the session",
    layer: Layer::OperatingSystem,
    component: "startup apps",
    tier: Tier::T1,
    targets: every,
    inject: |world, target, chance| {
        let seconds = EXTRAS.map(|_| u16::try_from(chance.between(8, 19)).unwrap_or(12));
        change(world, target.device, |windows| {
            for (name, seconds) in EXTRAS.iter().zip(seconds) {
                windows.startup.push(StartupItem {
                    name: (*name).to_owned(),
                    publisher: "Various Software".to_owned(),
                    enabled: true,
                    seconds,
                    needed: false,
                });
            }
        });
    },
    traces: no_traces,
    present: |world, target| windows(world, target.device).is_some_and(|windows| startup_seconds(windows) > STARTUP),
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.startup.clone_from(&well.startup);
        }
    },
};

const V4: Fault = Fault {
    id: "V4",
    title: "A program leaks memory until there is none left",
    layer: Layer::OperatingSystem,
    component: "memory",
    tier: Tier::T1,
    targets: with_reader,
    inject: |world, target, _| sicken(world, target, LEAKS, READER),
    traces: |world, target| {
        let trace = Trace {
            ago: Span::minutes(40),
            log: EventLog::System,
            source: "Resource-Exhaustion-Detector",
            id: 2004,
            level: EventLevel::Warning,
        };
        let text = format!(
            "Windows successfully diagnosed a low virtual memory condition. The following programs consumed the most virtual memory: {READER}."
        );
        trace.write(world, target.device, text);
    },
    present: |world, target| is_sick(world, target, LEAKS),
    repair: as_before,
};
