//! Files that programs cannot have, or cannot write.

use super::super::twin;
use super::super::windows::{change, computers, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::world::World;
use crate::world::files::Right;
use crate::world::server::OpenFile;
use crate::world::windows::Windows;

/// Server and share of every file server that runs.
fn shares(world: &World) -> Vec<Target> {
    let servers = world.devices.iter().filter(|device| crate::machine::is_up(world, device.id));
    let named = servers.flat_map(|device| device.roles.shares.iter().map(move |share| (device.id, share.folder.clone())));
    named.map(|(device, name)| Target { name, ..Target::device(device) }).collect()
}

pub const S3: Fault = Fault {
    id: "S3",
    title: "A file is held open by a session that crashed",
    layer: Layer::Application,
    component: "open file",
    tier: Tier::T1,
    targets: |world| if world.people.len() > 1 { shares(world) } else { Vec::new() },
    inject: stale_lock,
    traces: no_traces,
    present: |world, target| {
        world.device(target.device).roles.open_files.iter().any(|open| open.stale && open.path.starts_with(&target.name))
    },
    repair: |world, target, healthy| {
        let well = healthy.device(target.device).roles.open_files.clone();
        world.device_mut(target.device).roles.open_files = well;
    },
};

fn stale_lock(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(holder) = chance.pick(&world.people).cloned() else { return };
    let host = holder.device.map(|device| world.device(device).name.clone()).unwrap_or_default();
    let path = format!("{}\\Monthly figures.xlsx", target.name);
    world.device_mut(target.device).roles.open_files.push(OpenFile { path, user: holder.account, host, stale: true });
}

/// The first program that writes beside itself, and its folder.
fn folder(windows: &Windows) -> Option<String> {
    windows.programs.iter().map(|program| program.writes_to.clone()).find(|folder| !folder.is_empty())
}

fn users_may_write(windows: &Windows, folder: &str) -> bool {
    windows.files.0.get(folder).is_some_and(|file| {
        file.acl
            .iter()
            .any(|entry| entry.allow && entry.right >= Right::Modify && matches!(entry.who.as_str(), "Users" | "Everyone"))
            || file.acl.iter().any(|entry| {
                entry.allow
                    && entry.right >= Right::Modify
                    && windows.signed_in.as_ref().is_some_and(|user| entry.who.eq_ignore_ascii_case(user))
            })
    })
}

pub const S7: Fault = Fault {
    id: "S7",
    title: "People may not write into the program's folder",
    layer: Layer::AccountOrPermission,
    component: "folder permission",
    tier: Tier::T2,
    targets: |world| {
        let healthy = |windows: &Windows| folder(windows).is_some_and(|folder| users_may_write(windows, &folder));
        let named = |target: Target| Some(Target { name: folder(windows(world, target.device)?)?, ..target });
        computers(world, |_, windows| healthy(windows)).into_iter().filter_map(named).collect()
    },
    inject: |world, target, _| {
        change(world, target.device, |windows| {
            if let Some(file) = windows.files.0.get_mut(&target.name) {
                for entry in file.acl.iter_mut().filter(|entry| entry.who == "Users") {
                    entry.right = Right::Read;
                }
            }
        });
    },
    traces: no_traces,
    present: |world, target| windows(world, target.device).is_some_and(|windows| !users_may_write(windows, &target.name)),
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device)
            && let (Some(sick), Some(well)) = (sick.files.0.get_mut(&target.name), well.files.0.get(&target.name))
        {
            sick.clone_from(well);
        }
    },
};
