//! Backups and what was deleted.

use super::super::windows::{change, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::services::backups::{self, Trouble};
use crate::time::Span;
use crate::world::World;
use crate::world::files::File;
use crate::world::server::{BackupJob, BackupRun};

/// What is deleted: a folder on a share.
const FOLDER: &str = "Rota 2026";

pub const U1: Fault = Fault {
    id: "U1",
    title: "A folder on a share was deleted by mistake",
    layer: Layer::Application,
    component: "files",
    tier: Tier::T1,
    targets: |world| {
        let servers = world.devices.iter().filter(|device| device.windows().is_some() && crate::machine::is_up(world, device.id));
        let folders = servers.flat_map(|device| device.roles.shares.iter().map(move |share| (device.id, share.folder.clone())));
        folders
            .map(|(device, folder)| Target { name: format!("{folder}\\{FOLDER}"), ..Target::device(device) })
            .filter(|target| windows(world, target.device).is_some_and(|windows| !windows.files.0.contains_key(&target.name)))
            .collect()
    },
    inject: |world, target, _| {
        let now = world.now;
        change(world, target.device, |windows| {
            let folder = File {
                folder: true,
                size: 41_300_000,
                owner: "Administrators".to_owned(),
                modified: now - Span::hours(1),
                versions: vec![now - Span::days(2), now - Span::days(1)],
                deleted: true,
                ..File::default()
            };
            windows.files.0.insert(target.name.clone(), folder);
        });
    },
    traces: no_traces,
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| {
            let gone = windows.files.0.get(&target.name).is_some_and(|file| file.deleted);
            let copy = windows.files.0.get(&format!("{} (restored)", target.name)).is_some_and(|file| !file.deleted);
            gone && !copy
        })
    },
    repair: |world, target, healthy| {
        let well = healthy.device(target.device).windows().and_then(|windows| windows.files.0.get(&target.name)).cloned();
        change(world, target.device, |windows| {
            windows.files.0.remove(&target.name);
            windows.files.0.extend(well.map(|file| (target.name.clone(), file)));
        });
    },
};

/// Every job that runs well.
fn jobs(world: &World) -> Vec<Target> {
    let servers = world.devices.iter().filter(|device| crate::machine::is_up(world, device.id));
    let all = servers.flat_map(|device| device.roles.backups.iter().map(move |job| (device.id, job)));
    let well =
        |device, job: &BackupJob| backups::obstacle(world, device, job).is_none() && job.runs.last().is_some_and(|run| run.ok);
    all.filter(|(device, job)| well(*device, job))
        .map(|(device, job)| Target { name: job.name.clone(), ..Target::device(device) })
        .collect()
}

fn of<'w>(world: &'w mut World, target: &Target) -> Option<&'w mut BackupJob> {
    world.device_mut(target.device).roles.backups.iter_mut().find(|job| job.name == target.name)
}

fn as_before(world: &mut World, target: &Target, healthy: &World) {
    let well = backups::find(healthy, target.device, &target.name).cloned();
    if let (Some(sick), Some(well)) = (of(world, target), well) {
        *sick = well;
    }
}

pub const U2: Fault = Fault {
    id: "U2",
    title: "The backup's target is full",
    layer: Layer::Application,
    component: "backup job",
    tier: Tier::T2,
    targets: jobs,
    inject: full,
    traces: no_traces,
    present: |world, target| {
        backups::find(world, target.device, &target.name).is_none_or(|job| job.target_free_mib < job.size_mib)
    },
    repair: as_before,
};

fn full(world: &mut World, target: &Target, chance: &mut Chance) {
    let now = world.now;
    let left = u64::from(chance.between(200, 4_000));
    let Some(job) = of(world, target) else { return };
    job.target_free_mib = left;
    for day in (1..=7).rev() {
        let message = Trouble::TargetFull.text().to_owned();
        job.runs.push(BackupRun { at: now - Span::days(day), ok: false, message });
    }
}

pub const U3: Fault = Fault {
    id: "U3",
    title: "The backup saves the wrong folder",
    layer: Layer::Application,
    component: "backup job",
    tier: Tier::T2,
    targets: |world| {
        let whole = |target: &Target| {
            backups::find(world, target.device, &target.name)
                .is_some_and(|job| backups::left_out(world, target.device, job).is_empty())
        };
        jobs(world).into_iter().filter(|target| whole(target) && !world.device(target.device).roles.shares.is_empty()).collect()
    },
    inject: |world, target, _| {
        if let Some(job) = of(world, target) {
            "D:\\team-old".clone_into(&mut job.source);
            job.tested = None;
        }
    },
    traces: no_traces,
    present: |world, target| {
        backups::find(world, target.device, &target.name)
            .is_none_or(|job| !backups::left_out(world, target.device, job).is_empty())
    },
    repair: as_before,
};
