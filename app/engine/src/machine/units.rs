//! systemd units: start, stop, failure, journal.
//!
//! A unit starts when its dependencies run, its mounts are there, its settings are sound, its account exists, it can write where
//! it must and its ports are free; otherwise it fails and the journal says why. Its ports are open only while it runs.

pub mod boot;
pub mod check;
pub mod database;
pub mod network;
pub mod ports;

use crate::machine::linux_files::{self, Actor};
use crate::world::interface::Listener;
use crate::world::linux::{JournalLine, Linux, Process, Unit, UnitState};
use crate::world::{DeviceId, World};

/// Why a start came to nothing, as `systemctl` tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartError {
    NotFound,
    Masked,
    /// One of the units or mounts it requires did not come up.
    Dependency,
    /// Its own process ended with an error.
    Failed,
}

/// The most units that can require one another in a row; ends circles.
const DEPTH: u8 = 8;

/// `ssh` and `ssh.service` are the same unit; so is an alias.
#[must_use]
pub fn full_name(linux: &Linux, name: &str) -> String {
    let has_kind = [".service", ".socket", ".timer", ".mount", ".target"].iter().any(|kind| name.ends_with(kind));
    let full = if has_kind { name.to_owned() } else { format!("{name}.service") };
    match full.as_str() {
        "sshd.service" if !linux.units.contains_key(&full) => "ssh.service".to_owned(),
        "mysql.service" if !linux.units.contains_key(&full) => "mariadb.service".to_owned(),
        "chronyd.service" if !linux.units.contains_key(&full) => "chrony.service".to_owned(),
        _ => full,
    }
}

/// The program without its folder: `nginx`.
#[must_use]
pub fn program(exec: &str) -> &str {
    exec.split(' ').next().and_then(|path| path.rsplit('/').next()).unwrap_or_default()
}

/// Writes a line into the journal.
pub fn log(world: &mut World, device: DeviceId, unit: &str, identifier: &str, priority: u8, text: &str) {
    /// What a small journal keeps; the oldest lines go first.
    const KEPT: usize = 400;
    let now = world.now;
    let Some(linux) = world.device_mut(device).linux_mut() else { return };
    let pid = match identifier {
        "systemd" => 1,
        "kernel" => 0,
        _ => linux.units.get(unit).map_or(0, |unit| unit.pid),
    };
    if linux.journal.len() >= KEPT {
        linux.journal.remove(0);
    }
    let (unit, identifier, text) = (unit.to_owned(), identifier.to_owned(), text.to_owned());
    linux.journal.push(JournalLine { at: now, unit, identifier, pid, priority, text });
}

/// Starts a unit and what it requires. Starting what runs does nothing.
pub fn start(world: &mut World, device: DeviceId, name: &str) -> Result<(), StartError> {
    start_at(world, device, name, 0)
}

fn start_at(world: &mut World, device: DeviceId, name: &str, depth: u8) -> Result<(), StartError> {
    let Some(linux) = world.device(device).linux() else { return Err(StartError::NotFound) };
    let Some(unit) = linux.units.get(name).cloned() else {
        let mounted = linux.mounts.iter().any(|mount| mount_unit(&mount.target) == name && mount.mounted);
        return if mounted { Ok(()) } else { Err(StartError::NotFound) };
    };
    if unit.state == UnitState::Active {
        return Ok(());
    }
    if unit.masked {
        return Err(StartError::Masked);
    }
    for required in &unit.requires {
        if depth >= DEPTH || start_at(world, device, required, depth + 1).is_err() {
            log(world, device, name, "systemd", 4, &format!("Dependency failed for {name} - {}.", unit.description));
            log(world, device, name, "systemd", 5, &format!("{name}: Job {name}/start failed with result 'dependency'."));
            return Err(StartError::Dependency);
        }
    }
    log(world, device, name, "systemd", 6, &format!("Starting {name} - {}...", unit.description));
    match complaint(world, device, name, &unit) {
        None => {
            run(world, device, name);
            log(world, device, name, "systemd", 6, &format!("Started {name} - {}.", unit.description));
            Ok(())
        }
        Some(failure) => {
            fail(world, device, name, &failure);
            Err(StartError::Failed)
        }
    }
}

/// What a process says before it ends at once, and its exit status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub lines: Vec<String>,
    pub status: u8,
}

impl Failure {
    fn new(status: u8, line: impl Into<String>) -> Self {
        Self { lines: vec![line.into()], status }
    }
}

/// Everything that keeps the unit's process from running; `None`: it runs.
#[must_use]
pub fn complaint(world: &World, device: DeviceId, name: &str, unit: &Unit) -> Option<Failure> {
    let found = world.device(device);
    let linux = found.linux()?;
    // systemd.exec(5), "Process Exit Codes": 217/USER.
    if linux.accounts.user(&unit.user).is_none() {
        let line = format!("{name}: Failed to determine user credentials: No such process");
        return Some(Failure::new(217, line));
    }
    if let Some(failure) = check::settings(linux, unit) {
        return Some(failure);
    }
    let actor = Actor::fresh(&linux.accounts, &unit.user);
    for folder in &unit.writes {
        if let Some(why) = unwritable(linux, folder, &actor) {
            return Some(Failure::new(1, format!("cannot write to {folder}: {why}")));
        }
    }
    let taken = ports::wanted(linux, name).into_iter().find(|want| ports::conflict(world, device, name, want))?;
    Some(Failure::new(1, format!("bind() to {}:{} failed (98: Address already in use)", taken.bound, taken.port)))
}

/// Why nothing can be written into a folder: missing, rights, read-only, full, out of inodes.
#[must_use]
pub fn unwritable(linux: &Linux, folder: &str, actor: &Actor) -> Option<&'static str> {
    if let Err(error) = linux_files::open(linux, folder, actor, linux_files::WRITE | linux_files::ENTER) {
        return Some(error.text());
    }
    let full = linux_files::mount_of(linux, folder)
        .is_some_and(|mount| linux_files::available(mount) == 0 || mount.inodes_used >= mount.inodes);
    full.then(|| linux_files::FileError::NoSpace.text())
}

fn run(world: &mut World, device: DeviceId, name: &str) {
    let now = world.now;
    let Some(linux) = world.device_mut(device).linux_mut() else { return };
    let pid = next_pid(linux);
    let Some(unit) = linux.units.get_mut(name) else { return };
    (unit.state, unit.pid, unit.since, unit.exit_status) = (UnitState::Active, pid, now, 0);
    let (user, command) = (unit.user.clone(), unit.exec.clone());
    let open = check::logs(&command);
    let rss_kib = check::memory_kib(&command);
    let unit = name.to_owned();
    linux.processes.push(Process {
        pid,
        user,
        command: command.clone(),
        rss_kib,
        started: now,
        unit,
        open,
        ..Process::default()
    });
    if matches!(program(&command), "systemd-networkd" | "NetworkManager") {
        network::apply(world, device);
    }
    ports::open(world, device, name);
}

/// The number after the highest in use.
#[must_use]
pub fn next_pid(linux: &Linux) -> u32 {
    let highest = linux.processes.iter().map(|process| process.pid).max().unwrap_or(0);
    highest.max(linux.units.values().map(|unit| unit.pid).max().unwrap_or(0)).saturating_add(1)
}

/// Ends it with what it says.
pub fn fail(world: &mut World, device: DeviceId, name: &str, why: &Failure) {
    let now = world.now;
    let Some(linux) = world.device_mut(device).linux_mut() else { return };
    let pid = next_pid(linux);
    let Some(unit) = linux.units.get_mut(name) else { return };
    let (identifier, description) = (program(&unit.exec).to_owned(), unit.description.clone());
    end_processes(linux, name);
    if let Some(unit) = linux.units.get_mut(name) {
        (unit.state, unit.pid, unit.since, unit.exit_status) = (UnitState::Failed, pid, now, why.status);
    }
    for line in &why.lines {
        log(world, device, name, &identifier, 3, line);
    }
    let status = why.status;
    let meaning = exit_word(status);
    log(world, device, name, "systemd", 5, &format!("{name}: Main process exited, code=exited, status={status}/{meaning}"));
    log(world, device, name, "systemd", 4, &format!("{name}: Failed with result 'exit-code'."));
    log(world, device, name, "systemd", 3, &format!("Failed to start {name} - {description}."));
}

/// systemd.exec(5), "Process Exit Codes".
#[must_use]
pub fn exit_word(status: u8) -> &'static str {
    match status {
        0 => "SUCCESS",
        1 => "FAILURE",
        2 => "INVALIDARGUMENT",
        217 => "USER",
        255 => "EXCEPTION",
        _ => "n/a",
    }
}

/// Stops a unit and everything that requires it. `false`: there is no such unit.
pub fn stop(world: &mut World, device: DeviceId, name: &str) -> bool {
    let Some(linux) = world.device(device).linux() else { return false };
    let Some(unit) = linux.units.get(name).cloned() else { return false };
    if unit.state == UnitState::Inactive {
        return true;
    }
    let needs = |(_, other): &(&String, &Unit)| other.state == UnitState::Active && other.requires.iter().any(|r| r == name);
    let dependents: Vec<String> = linux.units.iter().filter(needs).map(|(other, _)| other.clone()).collect();
    for dependent in dependents.iter().filter(|dependent| dependent.as_str() != name) {
        stop(world, device, dependent);
    }
    let was_active = unit.state == UnitState::Active;
    if was_active {
        log(world, device, name, "systemd", 6, &format!("Stopping {name} - {}...", unit.description));
    }
    let now = world.now;
    if let Some(linux) = world.device_mut(device).linux_mut() {
        end_processes(linux, name);
        if let Some(unit) = linux.units.get_mut(name) {
            (unit.state, unit.pid, unit.since) = (UnitState::Inactive, 0, now);
        }
    }
    if was_active {
        log(world, device, name, "systemd", 6, &format!("{name}: Deactivated successfully."));
        log(world, device, name, "systemd", 6, &format!("Stopped {name} - {}.", unit.description));
    }
    true
}

/// Stop, then start, as `systemctl restart` does. What required it comes back with it.
pub fn restart(world: &mut World, device: DeviceId, name: &str) -> Result<(), StartError> {
    let Some(linux) = world.device(device).linux() else { return Err(StartError::NotFound) };
    let needs = |(_, other): &(&String, &Unit)| other.state == UnitState::Active && other.requires.iter().any(|r| r == name);
    let dependents: Vec<String> = linux.units.iter().filter(needs).map(|(other, _)| other.clone()).collect();
    if linux.units.get(name).is_some_and(|unit| unit.masked) {
        return Err(StartError::Masked);
    }
    if !stop(world, device, name) {
        return Err(StartError::NotFound);
    }
    let result = start(world, device, name);
    for dependent in dependents {
        let _ = start(world, device, &dependent);
    }
    result
}

/// Ends the processes of a unit; space of deleted files that they held comes back.
pub fn end_processes(linux: &mut Linux, name: &str) {
    let pids: Vec<u32> = linux.processes.iter().filter(|process| process.unit == name).map(|process| process.pid).collect();
    for pid in pids {
        linux_files::release(linux, pid);
    }
}

/// A signal to a process: a unit's main process that is killed leaves its unit failed (KILL) or inactive (TERM).
pub fn signal(world: &mut World, device: DeviceId, pid: u32, kill: bool) {
    let Some(linux) = world.device_mut(device).linux_mut() else { return };
    let Some(process) = linux.processes.iter().find(|process| process.pid == pid).cloned() else { return };
    let main = linux.units.get(&process.unit).is_some_and(|unit| unit.pid == pid);
    if !main {
        linux_files::release(linux, pid);
        return;
    }
    stop(world, device, &process.unit);
    if kill {
        let name = process.unit;
        log(world, device, &name, "systemd", 5, &format!("{name}: Main process exited, code=killed, status=9/KILL"));
        log(world, device, &name, "systemd", 4, &format!("{name}: Failed with result 'signal'."));
        // 128 + signal number, as shells count it; it tells a kill from an exit.
        if let Some(unit) = world.device_mut(device).linux_mut().and_then(|linux| linux.units.get_mut(&name)) {
            (unit.state, unit.exit_status) = (UnitState::Failed, 137);
        }
    }
}

/// The unit of a mount point: `srv-data.mount`; `-.mount` is the root (systemd.unit(5), escaping).
#[must_use]
pub fn mount_unit(target: &str) -> String {
    match target.trim_matches('/') {
        "" => "-.mount".to_owned(),
        path => format!("{}.mount", path.replace('-', "\\x2d").replace('/', "-")),
    }
}

/// What a Linux machine listens on when every enabled unit runs: for the builder of sites.
#[must_use]
pub fn listeners(linux: &Linux) -> Vec<Listener> {
    let active = |(_, unit): &(&String, &Unit)| unit.state == UnitState::Active;
    linux.units.iter().filter(active).flat_map(|(name, _)| ports::wanted(linux, name)).collect()
}
