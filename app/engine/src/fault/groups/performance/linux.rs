//! Linux servers: V5 to V9 of the catalogue.

#[cfg(test)]
mod tests;

use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::linux_files::{self, path};
use crate::machine::units::{self, Failure, check, ports};
use crate::time::{Span, Time};
use crate::world::interface::Listener;
use crate::world::linux::{Linux, Unit, UnitState};
use crate::world::{DeviceId, World};

pub const FAULTS: &[Fault] = &[
    Fault {
        id: "V5",
        title: "The application's settings file has a mistake, so its unit does not start",
        layer: Layer::Application,
        component: "application settings",
        tier: Tier::T2,
        targets: |world| with_unit(world, APP),
        inject: spoil_settings,
        traces: |world, target| failed_start(world, target.device, APP),
        present: |world, target| {
            unit_of(world, target.device, APP).is_some_and(|(linux, unit)| check::settings(linux, unit).is_some())
        },
        repair: |world, target, healthy| restore(world, target.device, healthy, &[CONFIG], &[APP]),
    },
    Fault {
        id: "V6",
        title: "All inodes of /var are used up by session files that nobody cleans away",
        layer: Layer::OperatingSystem,
        component: "file system",
        tier: Tier::T2,
        targets: |world| with_unit(world, APP),
        inject: pile_up,
        traces: |world, target| failed_start(world, target.device, APP),
        present: pile_present,
        repair: |world, target, healthy| restore(world, target.device, healthy, &[CONFIG, SESSIONS], &[APP]),
    },
    Fault {
        id: "V7",
        title: "A deleted log file is still held open, because rotation does not tell the program",
        layer: Layer::OperatingSystem,
        component: "file system",
        tier: Tier::T2,
        targets: |world| with_unit(world, APP),
        inject: hold_deleted,
        traces: |world, target| failed_start(world, target.device, DATABASE),
        present: deleted_present,
        repair: |world, target, healthy| restore(world, target.device, healthy, &[LOG, ROTATE], &[DATABASE]),
    },
    Fault {
        id: "V8",
        title: "The database listens on 127.0.0.1 only",
        layer: Layer::Transport,
        component: "database",
        tier: Tier::T2,
        targets: |world| with_unit(world, DATABASE),
        inject: bind_locally,
        traces: no_traces,
        present: |world, target| bound_locally(world, target.device),
        repair: |world, target, healthy| {
            restore(world, target.device, healthy, &[DATABASE_CONFIG], &[]);
            let listeners = healthy.device(target.device).stack.listeners.clone();
            world.device_mut(target.device).stack.listeners = listeners;
        },
    },
    Fault {
        id: "V9",
        title: "The account of the nightly job has expired",
        layer: Layer::AccountOrPermission,
        component: "service account",
        tier: Tier::T2,
        targets: with_job,
        inject: |world, target, _| {
            let expired = world.now - Span::days(3);
            if let Some(user) =
                world.device_mut(target.device).linux_mut().and_then(|linux| linux.accounts.user_mut(&target.name))
            {
                user.expires = Some(Time(expired.0 / DAY * DAY));
            }
        },
        traces: refused_job,
        present: |world, target| {
            let linux = world.device(target.device).linux();
            let open = |user: &crate::world::accounts::User| user.enabled && user.expires.is_none_or(|at| world.now < at);
            !linux.and_then(|linux| linux.accounts.user(&target.name)).is_some_and(open)
        },
        repair: |world, target, healthy| {
            let well = healthy.device(target.device).linux().and_then(|linux| linux.accounts.user(&target.name)).cloned();
            let sick = world.device_mut(target.device).linux_mut().and_then(|linux| linux.accounts.user_mut(&target.name));
            if let (Some(sick), Some(well)) = (sick, well) {
                sick.expires = well.expires;
            }
        },
    },
];

const APP: &str = "app.service";
const DATABASE: &str = "mariadb.service";
const CONFIG: &str = "/etc/app/app.conf";
const DATABASE_CONFIG: &str = "/etc/mysql/mariadb.conf.d/50-server.cnf";
const SESSIONS: &str = "/var/lib/app/sessions";
const LOG: &str = "/var/log/app/app.log";
const ROTATE: &str = "/etc/logrotate.d/app";
const DAY: u64 = 86_400_000;

fn with_unit(world: &World, unit: &str) -> Vec<Target> {
    let has = |id: &DeviceId| world.device(*id).linux().is_some_and(|linux| linux.units.contains_key(unit));
    world.device_ids().filter(has).map(|device| Target { name: unit.to_owned(), ..Target::device(device) }).collect()
}

fn unit_of<'w>(world: &'w World, device: DeviceId, name: &str) -> Option<(&'w Linux, &'w Unit)> {
    let linux = world.device(device).linux()?;
    linux.units.get(name).map(|unit| (linux, unit))
}

/// Text of one file changed; its rights stay.
fn edit(linux: &mut Linux, name: &str, from: &str, to: &str) {
    if let Some(file) = linux.files.0.get_mut(name) {
        file.text = file.text.replacen(from, to, 1);
    }
}

/// The unit as it is after a start that failed.
fn down(world: &mut World, device: DeviceId, name: &str) {
    let now = world.now;
    let Some(linux) = world.device_mut(device).linux_mut() else { return };
    units::end_processes(linux, name);
    if let Some(unit) = linux.units.get_mut(name) {
        (unit.state, unit.exit_status, unit.since) = (UnitState::Failed, 1, now);
    }
}

/// What the journal holds of that.
fn failed_start(world: &mut World, device: DeviceId, name: &str) {
    let Some(unit) = world.device(device).linux().and_then(|linux| linux.units.get(name)).cloned() else { return };
    let Some(why) = units::complaint(world, device, name, &unit) else { return };
    units::log(world, device, name, "systemd", 6, &format!("Starting {name} - {}...", unit.description));
    report(world, device, name, &why);
}

fn report(world: &mut World, device: DeviceId, name: &str, why: &Failure) {
    let before = world.device(device).linux().and_then(|linux| linux.units.get(name)).cloned();
    units::fail(world, device, name, why);
    // The unit stands as `inject` left it; only the lines are new.
    if let (Some(linux), Some(before)) = (world.device_mut(device).linux_mut(), before) {
        linux.units.insert(name.to_owned(), before);
    }
}

/// Files, units with their processes, file systems: back as they were.
fn restore(world: &mut World, device: DeviceId, healthy: &World, files: &[&str], names: &[&str]) {
    let Some(well) = healthy.device(device).linux().cloned() else { return };
    let Some(sick) = world.device_mut(device).linux_mut() else { return };
    for file in files {
        match well.files.0.get(*file) {
            Some(file_well) => sick.files.0.insert((*file).to_owned(), file_well.clone()),
            None => sick.files.0.remove(*file),
        };
    }
    for name in names {
        if let Some(unit) = well.units.get(*name) {
            sick.units.insert((*name).to_owned(), unit.clone());
        }
    }
    if !names.is_empty() {
        sick.processes = well.processes;
        sick.mounts = well.mounts;
    }
}

fn spoil_settings(world: &mut World, target: &Target, chance: &mut Chance) {
    let slips = [("workers = 4", "workers = four"), ("listen = ", "lisen = "), ("session_cleanup = on", "session_cleanup on")];
    let (from, to) = chance.pick(&slips).copied().unwrap_or(slips[0]);
    if let Some(linux) = world.device_mut(target.device).linux_mut() {
        edit(linux, CONFIG, from, to);
    }
    down(world, target.device, APP);
}

fn pile_up(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(linux) = world.device_mut(target.device).linux_mut() {
        edit(linux, CONFIG, "session_cleanup = on", "session_cleanup = off");
        linux.files.0.insert(SESSIONS.to_owned(), linux_files::folder("www-data", "www-data", 0o700, Time::default()));
        if let Some(mount) = linux
            .mounts
            .iter_mut()
            .filter(|mount| path::is_within(SESSIONS, &mount.target))
            .max_by_key(|mount| mount.target.len())
        {
            let count = mount.inodes.saturating_sub(mount.inodes_used).saturating_sub(1);
            mount.many_files = Some((SESSIONS.to_owned(), count));
            mount.inodes_used = mount.inodes;
            // A block each, and one for the folder.
            mount.used += (count + 1) * 4;
        }
    }
    down(world, target.device, APP);
}

fn pile_present(world: &World, target: &Target) -> bool {
    let Some(linux) = world.device(target.device).linux() else { return false };
    let cleans = linux
        .files
        .0
        .get(CONFIG)
        .and_then(|file| ports::setting(&file.text, "session_cleanup", '='))
        .is_some_and(|value| value == "on");
    linux_files::many(linux, SESSIONS).is_some() || !cleans
}

fn hold_deleted(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(linux) = world.device_mut(target.device).linux_mut() {
        edit(linux, ROTATE, "    copytruncate\n", "");
        if let Some(log) = linux.files.0.get_mut(LOG) {
            log.text.clear();
        }
        let free = linux_files::mount_of(linux, LOG).map_or(0, linux_files::available);
        if let Some(process) = linux.processes.iter_mut().find(|process| process.unit == APP) {
            // The program still writes into what was rotated away.
            process.open.retain(|open| open != LOG);
            process.deleted_open.push((format!("{LOG}.1"), free));
        }
        let full = linux
            .mounts
            .iter_mut()
            .filter(|mount| mount.mounted && path::is_within(LOG, &mount.target))
            .max_by_key(|mount| mount.target.len());
        if let Some(mount) = full {
            mount.used += free;
        }
    }
    down(world, target.device, DATABASE);
}

fn deleted_present(world: &World, target: &Target) -> bool {
    let Some(linux) = world.device(target.device).linux() else { return false };
    let rotates =
        linux.files.0.get(ROTATE).is_some_and(|file| file.text.contains("copytruncate") || file.text.contains("postrotate"));
    !rotates || linux.processes.iter().any(|process| !process.deleted_open.is_empty())
}

fn bind_locally(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(linux) = world.device_mut(target.device).linux_mut() {
        edit(linux, DATABASE_CONFIG, "bind-address = 0.0.0.0", "bind-address = 127.0.0.1");
    }
    for listener in world.device_mut(target.device).stack.listeners.iter_mut().filter(|listener| listener.owner == DATABASE) {
        listener.bound = std::net::Ipv4Addr::LOCALHOST;
    }
}

/// By its settings or by what it does now: a change counts when the program has read it.
fn bound_locally(world: &World, device: DeviceId) -> bool {
    let Some(linux) = world.device(device).linux() else { return false };
    let wanted = ports::wanted(linux, DATABASE);
    let local = |listener: &Listener| listener.bound.is_loopback();
    wanted.iter().all(local) || world.device(device).stack.listeners.iter().filter(|held| held.owner == DATABASE).all(local)
}

fn with_job(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for device in world.device_ids() {
        let Some(linux) = world.device(device).linux() else { continue };
        let users = linux.cron.iter().map(|job| job.user.clone()).filter(|user| user != "root");
        found.extend(users.map(|name| Target { name, ..Target::device(device) }));
    }
    found
}

/// What cron writes when PAM refuses the account (`pam_unix(8)`).
fn refused_job(world: &mut World, target: &Target) {
    let user = &target.name;
    let lines = [
        (3, format!("pam_unix(cron:account): account {user} has expired (account expired)")),
        (6, "Authentication failure".to_owned()),
    ];
    for (priority, line) in lines {
        units::log(world, target.device, "cron.service", "CRON", priority, &line);
    }
    if let Some(linux) = world.device_mut(target.device).linux_mut() {
        for job in linux.cron.iter_mut().filter(|job| job.user == *user) {
            job.last_ok = false;
        }
    }
}
