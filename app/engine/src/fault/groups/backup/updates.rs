//! Updates that fail, break something, or wait.

use super::super::twin;
use super::super::windows::{Trace, change, computers, every, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::services::updates::{self, NEEDS, Trouble};
use crate::time::{Span, Time};
use crate::world::World;
use crate::world::windows::{EventLevel, EventLog, Integrity, Update, VolumeKind, Windows};

fn update(kb: &str, at: Time, breaks: &str) -> Update {
    Update { kb: kb.to_owned(), title: "Cumulative Update for Windows".to_owned(), at, breaks: breaks.to_owned() }
}

fn as_before(world: &mut World, target: &Target, healthy: &World) {
    let started = healthy.device(target.device).started;
    world.device_mut(target.device).started = started;
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.updates.clone_from(&well.updates);
        sick.volumes.clone_from(&well.volumes);
        sick.component_store = well.component_store;
        sick.boot.restart_pending = well.boot.restart_pending;
    }
}

pub const U4: Fault = Fault {
    id: "U4",
    title: "An update fails: damaged component store, or no room",
    layer: Layer::OperatingSystem,
    component: "Windows Update",
    tier: Tier::T1,
    targets: |world| {
        let ready = computers(world, |_, windows| updates::obstacle(windows).is_none());
        let named = |name: &'static str| ready.clone().into_iter().map(move |target| Target { name: name.to_owned(), ..target });
        named("space").chain(named("store")).collect()
    },
    inject: |world, target, chance| {
        let left = u64::from(chance.between(900, 4_000));
        let at = world.now;
        change(world, target.device, |windows| {
            windows.updates.waiting.push(update("KB0900037", at, ""));
            trouble(target).code().clone_into(&mut windows.updates.last_error);
            if target.name == "store" {
                windows.component_store = Integrity::Damaged;
            } else {
                fill(windows, left);
            }
        });
    },
    traces: |world, target| {
        for days in [9, 5, 2] {
            let trace = Trace {
                ago: Span::days(days),
                log: EventLog::System,
                source: "WindowsUpdateClient",
                id: 20,
                level: EventLevel::Error,
            };
            let text = format!(
                "Installation Failure: Windows failed to install the following update with error {}: Cumulative Update for Windows (KB0900037).",
                trouble(target).code()
            );
            trace.write(world, target.device, text);
        }
    },
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| {
            if target.name == "store" { windows.component_store == Integrity::Damaged } else { system_free(windows) < NEEDS }
        })
    },
    repair: as_before,
};

fn trouble(target: &Target) -> Trouble {
    if target.name == "store" { Trouble::Store } else { Trouble::NoRoom }
}

fn system_free(windows: &Windows) -> u64 {
    windows.volumes.iter().find(|volume| volume.kind == VolumeKind::System).map_or(u64::MAX, |volume| volume.free)
}

fn fill(windows: &mut Windows, left: u64) {
    if let Some(volume) = windows.volumes.iter_mut().find(|volume| volume.kind == VolumeKind::System) {
        let taken = volume.free.saturating_sub(left);
        volume.free = left;
        volume.largest.insert(0, ("C:\\Windows.old".to_owned(), taken));
    }
}

const BAD: &str = "KB0900031";

pub const U5: Fault = Fault {
    id: "U5",
    title: "A known bad update took the VPN adapter away",
    layer: Layer::OperatingSystem,
    component: "update",
    tier: Tier::T2,
    targets: every,
    inject: |world, target, _| {
        let at = world.now - Span::days(1);
        change(world, target.device, |windows| windows.updates.installed.push(update(BAD, at, "vpn")));
    },
    traces: |world, target| {
        let trace = Trace {
            ago: Span::days(1),
            log: EventLog::System,
            source: "WindowsUpdateClient",
            id: 19,
            level: EventLevel::Information,
        };
        let text = format!(
            "Installation Successful: Windows successfully installed the following update: Cumulative Update for Windows ({BAD})"
        );
        trace.write(world, target.device, text);
    },
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| windows.updates.installed.iter().any(|update| update.breaks == "vpn"))
    },
    repair: as_before,
};

/// Days after which nobody should still be waiting.
const PATIENCE: Span = Span::days(14);

pub const U6: Fault = Fault {
    id: "U6",
    title: "An update has been waiting for a restart for weeks",
    layer: Layer::OperatingSystem,
    component: "restart",
    tier: Tier::T1,
    targets: |world| computers(world, |_, windows| !windows.boot.restart_pending),
    inject: long_wait,
    traces: no_traces,
    present: |world, target| {
        let device = world.device(target.device);
        let waiting = device.windows().is_some_and(|windows| windows.boot.restart_pending);
        waiting && world.now - device.started >= PATIENCE
    },
    repair: as_before,
};

fn long_wait(world: &mut World, target: &Target, chance: &mut Chance) {
    let started = world.now - Span::days(u64::from(chance.between(36, 44)));
    let at = world.now - Span::days(33);
    world.device_mut(target.device).started = started;
    change(world, target.device, |windows| {
        windows.boot.restart_pending = true;
        windows.updates.waiting.push(update("KB0900037", at, ""));
    });
}
