//! Starting and ending Windows as a whole.

use super::log;
use super::processes::next_pid;
use crate::world::windows::{EventLevel, EventLog, Process, Program, ServiceState, StartType, Windows};
use crate::world::{DeviceId, World};

/// Words in [`Program::broken`] of programs that take all of a machine whenever they run.
pub const LOOPS: &str = "loop";
pub const LEAKS: &str = "leak";

/// A shutdown takes place: the machine is off, or starts again and the one who works there signs in again.
pub fn shut_down(world: &mut World, device: DeviceId, restart: bool) {
    if !crate::machine::is_up(world, device) {
        return;
    }
    let kind = if restart { "restart" } else { "power off" };
    let name = world.device(device).name.clone();
    let text = format!("The process C:\\Windows\\system32\\shutdown.exe ({name}) has initiated the {kind} of computer {name}.");
    log(world, device, EventLog::System, "User32", 1074, EventLevel::Information, text);
    crate::machine::power::go_down(world, device, restart);
}

/// What Windows does while it starts: checks the disks it was told to, ends a pending update, starts its services and the
/// programs of the one who works there.
pub fn system_start(world: &mut World, device: DeviceId) {
    let now = world.now;
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    let checked = std::mem::take(&mut windows.boot.check_at_start);
    for volume in windows.volumes.iter_mut().filter(|volume| volume.letter.is_some_and(|letter| checked.contains(&letter))) {
        volume.dirty = false;
    }
    if std::mem::take(&mut windows.boot.restart_pending) {
        let done = std::mem::take(&mut windows.updates.waiting);
        windows.updates.installed.extend(done.into_iter().map(|update| crate::world::windows::Update { at: now, ..update }));
    }
    for service in windows.services.values_mut() {
        (service.state, service.pid) = (ServiceState::Stopped, 0);
    }
    windows.processes.retain(|process| process.responding);
    run_away(windows);
    world.device_mut(device).started = now;
    let text = "The Event log service was started.".to_owned();
    log(world, device, EventLog::System, "EventLog", 6005, EventLevel::Information, text);
    start_services(world, device);
}

/// Programs that loop or leak are back as soon as they are started again.
fn run_away(windows: &mut Windows) {
    let sick: Vec<Program> =
        windows.programs.iter().filter(|program| matches!(program.broken.as_str(), LOOPS | LEAKS)).cloned().collect();
    for program in sick {
        let image = &program.broken_part;
        if windows.processes.iter().any(|process| process.name.eq_ignore_ascii_case(image)) {
            continue;
        }
        let process = runaway(windows, &program);
        windows.processes.push(process);
    }
}

/// The process of a program that loops or leaks.
#[must_use]
pub fn runaway(windows: &Windows, program: &Program) -> Process {
    /// As a leak stands after a morning: most of the memory of an office computer.
    const LEAKED_KIB: u32 = 13_800_000;
    let loops = program.broken == LOOPS;
    Process {
        pid: next_pid(windows),
        name: program.broken_part.clone().into(),
        user: windows.signed_in.clone().unwrap_or_else(|| "SYSTEM".to_owned()),
        cpu: if loops { 970 } else { 35 },
        memory_kib: if loops { 88_000 } else { LEAKED_KIB },
        disk_kib: if loops { 40 } else { 61_000 },
        path: format!("C:\\Program Files\\{}\\{}", program.name, program.broken_part).into(),
        publisher: program.publisher.clone().into(),
        responding: true,
        connected_to: None,
    }
}

fn start_services(world: &mut World, device: DeviceId) {
    let Some(windows) = world.device(device).windows() else { return };
    let safe = windows.boot.safe_mode;
    let automatic = |start| matches!(start, StartType::Automatic | StartType::AutomaticDelayed);
    let names: Vec<String> = windows
        .services
        .iter()
        .filter(|(name, service)| automatic(service.start) && (!safe || in_safe_mode(name)))
        .map(|(name, _)| name.clone())
        .collect();
    for name in names {
        // One that fails says so in the event log; the others go on.
        _ = super::start(world, device, &name);
    }
}

/// The minimal set: what signing in and repairing need, no network, no printing, no search.
fn in_safe_mode(name: &str) -> bool {
    matches!(name, "DcomLaunch" | "RpcSs" | "EventLog" | "SamSs" | "ProfSvc" | "Winmgmt" | "gpsvc" | "BFE")
}
