//! Linux: A10 and A11 of the catalogue.

use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::linux_files::{self, sudoers};
use crate::machine::units;
use crate::probe::linux::session;
use crate::site::profile::linux::TEAM;
use crate::world::linux::{Linux, Login};
use crate::world::{DeviceId, World};

pub const A10: Fault = Fault {
    id: "A10",
    title: "The team's folder cannot be written: the group's write bit or the membership in this session is missing",
    layer: Layer::AccountOrPermission,
    component: "file permissions",
    tier: Tier::T2,
    targets: members,
    inject: shut_out,
    traces: |_, _| {},
    present: |world, target| world.device(target.device).linux().is_some_and(|linux| !writes_as_a_member(linux, &target.name)),
    repair: |world, target, healthy| {
        restore(world, target.device, healthy);
        let Some(folder) = healthy.device(target.device).linux().and_then(|linux| linux.files.0.get(TEAM.0)).cloned() else {
            return;
        };
        if let Some(linux) = world.device_mut(target.device).linux_mut() {
            linux.files.0.insert(TEAM.0.to_owned(), folder);
        }
    },
};

pub const A11: Fault = Fault {
    id: "A11",
    title: "The account is not in the group that may use sudo",
    layer: Layer::AccountOrPermission,
    component: "sudo rights",
    tier: Tier::T2,
    targets: administrators,
    inject: |world, target, _| {
        if let Some(group) = world.device_mut(target.device).linux_mut().and_then(|linux| linux.accounts.groups.get_mut("sudo")) {
            group.members.remove(&target.name);
        }
    },
    traces: |world, target| {
        let user = &target.name;
        let line =
            format!("{user} : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/{user} ; USER=root ; COMMAND=/usr/bin/apt update");
        units::log(world, target.device, "", "sudo", 1, &line);
    },
    present: |world, target| {
        let linux = world.device(target.device).linux();
        linux.is_some_and(|linux| !sudoers::may(linux, &target.name, &linux.accounts.groups_of(&target.name)))
    },
    repair: |world, target, healthy| restore(world, target.device, healthy),
};

/// Groups and sign-ins, as they were.
fn restore(world: &mut World, device: DeviceId, healthy: &World) {
    let Some(well) = healthy.device(device).linux() else { return };
    let (groups, logins) = (well.accounts.groups.clone(), well.logins.clone());
    if let Some(sick) = world.device_mut(device).linux_mut() {
        (sick.accounts.groups, sick.logins) = (groups, logins);
    }
}

fn targets(world: &World, group: &str) -> Vec<Target> {
    let mut found = Vec::new();
    for person in &world.people {
        for device in world.device_ids() {
            let member = world
                .device(device)
                .linux()
                .and_then(|linux| linux.accounts.groups.get(group))
                .is_some_and(|group| group.members.contains(&person.account));
            if member {
                found.push(Target { person: Some(person.id), name: person.account.clone(), ..Target::device(device) });
            }
        }
    }
    found
}

fn members(world: &World) -> Vec<Target> {
    targets(world, TEAM.1)
}

fn administrators(world: &World) -> Vec<Target> {
    targets(world, "sudo")
}

/// One of three ways to the same message.
fn shut_out(world: &mut World, target: &Target, chance: &mut Chance) {
    let way = chance.below(3);
    let now = world.now;
    let Some(linux) = world.device_mut(target.device).linux_mut() else { return };
    if way == 0 {
        if let Some(folder) = linux.files.0.get_mut(TEAM.0) {
            folder.mode &= !0o020;
        }
        return;
    }
    if way == 1
        && let Some(group) = linux.accounts.groups.get_mut(TEAM.1)
    {
        group.members.remove(&target.name);
    }
    let mut groups = linux.accounts.groups_of(&target.name);
    groups.remove(TEAM.1);
    linux.logins.push(Login { user: target.name.clone(), terminal: "pts/0".to_owned(), since: now, groups, ..Login::default() });
}

/// By the group of the folder, in this session and in the next; not because everybody may.
fn writes_as_a_member(linux: &Linux, user: &str) -> bool {
    let Some(folder) = linux_files::entry(linux, TEAM.0) else { return false };
    let group = &folder.group;
    let member = linux.accounts.groups_of(user).contains(group) && session(linux, user).groups.contains(group);
    member && folder.mode & 0o030 == 0o030 && folder.mode & 0o002 == 0
}
