//! A4, A5, A6: folders that say too little, or too much.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::sign_in::shares::ntfs;
use crate::world::files::{AccessEntry, Right, effective};
use crate::world::server::Share;
use crate::world::{DeviceId, World};

pub const A4: Fault = Fault {
    id: "A4",
    title: "The share allows reading only, whatever the folder allows",
    layer: Layer::AccountOrPermission,
    component: "share permission",
    tier: Tier::T1,
    targets: limited_targets,
    inject: limit,
    traces: no_traces,
    present: limited,
    repair: unlimit,
};

pub const A5: Fault = Fault {
    id: "A5",
    title: "The account is not in the group that opens the folder",
    layer: Layer::AccountOrPermission,
    component: "group membership",
    tier: Tier::T1,
    targets: missing_targets,
    inject: leave_out,
    traces: no_traces,
    present: left_out,
    repair: restore_group,
};

pub const A6: Fault = Fault {
    id: "A6",
    title: "The account kept the group of its former work",
    layer: Layer::AccountOrPermission,
    component: "group membership",
    tier: Tier::T1,
    targets: kept_targets,
    inject: keep,
    traces: no_traces,
    present: kept,
    repair: restore_group,
};

/// Every share with the server that has it.
fn all(world: &World) -> Vec<(DeviceId, &Share)> {
    world.devices.iter().flat_map(|device| device.roles.shares.iter().map(|share| (device.id, share))).collect()
}

fn is_open_to_all(entries: &[AccessEntry]) -> bool {
    entries.iter().any(|entry| entry.allow && entry.who == "Everyone" && entry.right >= Right::Modify)
}

/// What share and folder give to an account with the groups it has in the directory now.
fn rights(world: &World, server: DeviceId, share: &Share, name: &str) -> (Right, Right) {
    let groups = crate::machine::sign_in::directory_server(world)
        .map(|keeper| crate::machine::sign_in::directory_groups(world, keeper, name))
        .unwrap_or_default();
    (effective(&share.permissions, name, &groups), effective(&ntfs(world, server, share, ""), name, &groups))
}

fn limited_targets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for (person, device, _) in super::members(world) {
        let name = super::account(world, Some(person));
        for (server, share) in all(world) {
            let (by_share, by_files) = rights(world, server, share, &name);
            let tight = !is_open_to_all(&share.permissions) && !is_open_to_all(&ntfs(world, server, share, ""));
            if tight && by_share.min(by_files) >= Right::Modify {
                let target =
                    Target { person: Some(person), other: Some(server), name: share.name.clone(), ..Target::device(device) };
                found.push(target);
            }
        }
    }
    found
}

fn share<'w>(world: &'w World, target: &Target) -> Option<(DeviceId, &'w Share)> {
    let server = target.other?;
    world.device(server).roles.shares.iter().find(|share| share.name == target.name).map(|share| (server, share))
}

fn share_mut<'w>(world: &'w mut World, target: &Target) -> Option<&'w mut Share> {
    world.device_mut(target.other?).roles.shares.iter_mut().find(|share| share.name == target.name)
}

fn limit(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(share) = share_mut(world, target) {
        for entry in share.permissions.iter_mut().filter(|entry| entry.allow && entry.right > Right::Read) {
            entry.right = Right::Read;
        }
    }
}

/// "Everyone: Full control" makes saving work, and is not the repair.
fn limited(world: &World, target: &Target) -> bool {
    let name = super::account(world, target.person);
    share(world, target).is_some_and(|(server, share)| {
        let (by_share, by_files) = rights(world, server, share, &name);
        let open = is_open_to_all(&share.permissions) || is_open_to_all(&ntfs(world, server, share, ""));
        open || by_share.min(by_files) < Right::Modify
    })
}

fn unlimit(world: &mut World, target: &Target, healthy: &World) {
    let Some((_, well)) = share(healthy, target) else { return };
    if let Some(sick) = share_mut(world, target) {
        sick.permissions.clone_from(&well.permissions);
    }
}

/// Groups that open a share.
fn opening(world: &World) -> Vec<String> {
    let mut found = crate::sorted::Set::new();
    for (server, share) in all(world) {
        for entry in share.permissions.iter().chain(&ntfs(world, server, share, "")) {
            if entry.allow && entry.right >= Right::Read {
                found.insert(entry.who.clone());
            }
        }
    }
    found.into_iter().collect()
}

fn group_targets(world: &World, member: bool) -> Vec<Target> {
    let mut found = Vec::new();
    for (person, device, keeper) in super::members(world) {
        let name = super::account(world, Some(person));
        let Some(accounts) = super::directory(world, keeper) else { continue };
        let inside = accounts.groups_of(&name);
        for group in opening(world) {
            let Some(known) = accounts.groups.get(&group) else { continue };
            let fits = if member { known.members.contains(&name) } else { !inside.contains(&group) };
            if fits {
                found.push(Target { person: Some(person), other: Some(keeper), name: group, ..Target::device(device) });
            }
        }
    }
    found
}

fn missing_targets(world: &World) -> Vec<Target> {
    group_targets(world, true)
}

fn kept_targets(world: &World) -> Vec<Target> {
    group_targets(world, false)
}

fn set_member(world: &mut World, target: &Target, inside: bool) {
    let name = super::account(world, target.person);
    let Some(directory) = target.other.and_then(|keeper| world.device_mut(keeper).roles.directory.as_mut()) else { return };
    if let Some(group) = directory.accounts.groups.get_mut(&target.name) {
        if inside {
            group.members.insert(name.clone());
        } else {
            group.members.remove(&name);
        }
    }
    let groups = directory.accounts.groups_of(&name);
    // They signed in this morning, so the session has what the directory had then.
    if let Some(windows) = world.device_mut(target.device).windows_mut()
        && windows.signed_in.as_deref() == Some(name.as_str())
    {
        if inside {
            windows.token_groups.extend(groups);
        } else {
            windows.token_groups.remove(&target.name);
        }
    }
}

fn leave_out(world: &mut World, target: &Target, _chance: &mut Chance) {
    set_member(world, target, false);
}

fn keep(world: &mut World, target: &Target, _chance: &mut Chance) {
    set_member(world, target, true);
}

/// A right that was given to the person alone opens the folder, but the group still lacks them; and a session that began
/// before they joined it does not have it.
fn left_out(world: &World, target: &Target) -> bool {
    let name = super::account(world, target.person);
    let inside = target
        .other
        .and_then(|keeper| super::directory(world, keeper))
        .is_some_and(|accounts| accounts.groups_of(&name).contains(&target.name));
    let session = world.device(target.device).windows().is_some_and(|windows| {
        windows.signed_in.as_deref() != Some(name.as_str()) || windows.token_groups.contains(&target.name)
    });
    !(inside && session)
}

fn kept(world: &World, target: &Target) -> bool {
    let name = super::account(world, target.person);
    target
        .other
        .and_then(|keeper| super::directory(world, keeper))
        .is_some_and(|accounts| accounts.groups_of(&name).contains(&target.name))
}

fn restore_group(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = target.other.and_then(|keeper| twin::directory(world, healthy, keeper))
        && let Some((sick, well)) = sick.accounts.groups.get_mut(&target.name).zip(well.accounts.groups.get(&target.name))
    {
        sick.clone_from(well);
    }
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.token_groups.clone_from(&well.token_groups);
    }
}
