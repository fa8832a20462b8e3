//! Probes of Linux machines.

use crate::machine::linux_files::{self, Actor, sudoers};
use crate::machine::{is_up, runs};
use crate::world::linux::Linux;
use crate::world::{DeviceId, World};

/// Every file system has room and inodes left. On other systems this probe has nothing to say.
pub fn space(world: &mut World, device: DeviceId) -> bool {
    /// Percent that must be free for work to go on.
    const FREE: u64 = 1;
    let Some(linux) = world.device(device).linux() else { return true };
    let roomy = |size: u64, free: u64| size == 0 || free * 100 >= size * FREE;
    linux.mounts.iter().filter(|mount| mount.mounted && mount.file_system != "swap").all(|mount| {
        roomy(mount.size, linux_files::available(mount)) && roomy(mount.inodes, mount.inodes.saturating_sub(mount.inodes_used))
    })
}

/// `None`: not a condition of this room. The conditions: `write:USER:FOLDER`, `sudo:USER`, `cron:USER`, `mount:FOLDER`.
pub fn condition(world: &mut World, device: DeviceId, what: &str) -> Option<bool> {
    let linux = world.device(device).linux()?;
    let (kind, rest) = what.split_once(':')?;
    let holds = match kind {
        "write" => {
            let (user, folder) = rest.split_once(':')?;
            writes(linux, user, folder)
        }
        "sudo" => {
            let groups = session(linux, rest).groups;
            linux.accounts.user(rest).is_some_and(|user| user.enabled) && sudoers::may(linux, rest, &groups)
        }
        "cron" => runs(world, device, "cron.service") && job_runs(world, device, rest),
        "mount" => linux.mounts.iter().any(|mount| mount.mounted && mount.target == rest),
        _ => return None,
    };
    Some(holds && is_up(world, device))
}

/// With the groups of the sign-in where there is one.
#[must_use]
pub fn session(linux: &Linux, user: &str) -> Actor {
    let mut actor = Actor::fresh(&linux.accounts, user);
    if let Some(login) = linux.logins.iter().find(|login| login.user == user) {
        actor.groups.clone_from(&login.groups);
        actor.groups.insert(user.to_owned());
    }
    actor
}

fn writes(linux: &Linux, user: &str, folder: &str) -> bool {
    let mounted = linux_files::mount_of(linux, folder).is_some() && linux.emergency.is_none();
    mounted
        && linux.accounts.user(user).is_some_and(|user| user.enabled)
        && crate::machine::units::unwritable(linux, folder, &session(linux, user)).is_none()
}

/// The account of a job must be able to open a session: cron asks PAM's account rules.
fn job_runs(world: &World, device: DeviceId, user: &str) -> bool {
    let Some(linux) = world.device(device).linux() else { return false };
    let open = linux.accounts.user(user).is_some_and(|user| user.enabled && user.expires.is_none_or(|at| world.now < at));
    open && linux.cron.iter().any(|job| job.user == user)
}
