//! Windows services: start, stop, dependencies, recovery, events; and the processes that follow from them.

pub mod backups;
pub mod browsing;
pub mod catalogue;
pub mod clock;
pub mod disks;
pub mod events;
pub mod policy;
pub mod processes;
pub mod programs;
pub mod remote;
pub mod scan;
pub mod session;
pub mod storage;
pub mod tasks;
pub mod trouble;
pub mod updates;

pub use events::log;
pub use session::{shut_down, system_start};
pub use trouble::Trouble;

use crate::sorted::Set;
use crate::time::{Span, Timer};
use crate::world::windows::{Service, ServiceState, StartType, Windows};
use crate::world::{DeviceId, World};

/// How long Windows waits before it starts a failed service again: the recovery action's delay, and the reset of its count.
const RECOVERY: Span = Span::seconds(60);

/// The name as it is kept, from a service's name or its display name in any case.
#[must_use]
pub fn find(windows: &Windows, name: &str) -> Option<String> {
    let key = windows.services.keys().find(|key| key.eq_ignore_ascii_case(name));
    let shown = || windows.services.iter().find(|(_, service)| service.display.eq_ignore_ascii_case(name)).map(|(key, _)| key);
    key.or_else(shown).cloned()
}

/// Running services that need this one, directly or through another; those to be stopped first come first.
#[must_use]
pub fn dependents(windows: &Windows, name: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = vec![name.to_owned()];
    while let Some(needed) = open.pop() {
        for (key, service) in &windows.services {
            let needs = service.state == ServiceState::Running && service.depends_on.contains(&needed);
            if needs && key != name && !found.contains(key) {
                found.push(key.clone());
                open.push(key.clone());
            }
        }
    }
    found.reverse();
    found
}

/// Starts a service and what it depends on.
pub fn start(world: &mut World, device: DeviceId, name: &str) -> Result<(), Trouble> {
    start_in(world, device, name, &mut Set::new())
}

fn start_in(world: &mut World, device: DeviceId, name: &str, open: &mut Set<String>) -> Result<(), Trouble> {
    let service = service(world, device, name).ok_or(Trouble::NotInstalled)?.clone();
    match (service.state, service.start) {
        (ServiceState::Running, _) => return Err(Trouble::AlreadyRunning),
        (_, StartType::Disabled) => return Err(Trouble::Disabled),
        _ => {}
    }
    if !open.insert(name.to_owned()) {
        return Err(Trouble::Circular);
    }
    for needed in &service.depends_on {
        match start_in(world, device, needed, open) {
            Ok(()) | Err(Trouble::AlreadyRunning) => {}
            Err(trouble) => {
                events::dependency_failed(world, device, &service, needed, trouble);
                return Err(Trouble::DependencyFailed);
            }
        }
    }
    if !service.broken.is_empty() {
        events::start_failed(world, device, &service);
        set(world, device, name, |service| (service.state, service.exit_code) = (ServiceState::Stopped, 1053));
        return Err(Trouble::NoResponse);
    }
    let lsass = catalogue::image(name) == "lsass.exe";
    let pid =
        world.device(device).windows().map_or(0, |windows| if lsass { processes::LSASS } else { processes::next_pid(windows) });
    set(world, device, name, |service| (service.state, service.pid, service.exit_code) = (ServiceState::Running, pid, 0));
    events::entered(world, device, &service.display, "running");
    after_start(world, device, name);
    Ok(())
}

/// What the service takes up again when it is there.
fn after_start(world: &mut World, device: DeviceId, name: &str) {
    match name {
        "Spooler" => world.timers.set(world.now, Timer::PrintQueue(device)),
        "W32Time" => _ = clock::synchronise(world, device),
        "Dhcp" => {
            let clients: Vec<_> = (0_u8..)
                .zip(&world.device(device).stack.interfaces)
                .filter(|(_, interface)| interface.dhcp.enabled && interface.enabled)
                .map(|(index, _)| crate::world::InterfaceIndex(index))
                .collect();
            for interface in clients {
                world.timers.set(world.now, Timer::DhcpClient(device, interface));
            }
        }
        _ => {}
    }
}

/// Stops a service. With `dependents` those that need it are stopped before; without, they are a reason to refuse.
pub fn stop(world: &mut World, device: DeviceId, name: &str, with_dependents: bool) -> Result<(), Trouble> {
    let service = service(world, device, name).ok_or(Trouble::NotInstalled)?;
    if service.state == ServiceState::Stopped {
        return Err(Trouble::NotStarted);
    }
    if takes_no_stop(name) {
        return Err(Trouble::CannotStop);
    }
    let needing = world.device(device).windows().map(|windows| dependents(windows, name)).unwrap_or_default();
    if !needing.is_empty() && !with_dependents {
        return Err(Trouble::DependentsRunning);
    }
    for stopped in needing.iter().map(String::as_str).chain([name]) {
        set(world, device, stopped, |service| (service.state, service.pid, service.exit_code) = (ServiceState::Stopped, 0, 0));
        if let Some(display) = self::service(world, device, stopped).map(|service| service.display.clone()) {
            events::entered(world, device, &display, "stopped");
        }
    }
    Ok(())
}

/// Services that Windows does not let anybody stop while it runs.
#[must_use]
pub fn takes_no_stop(name: &str) -> bool {
    matches!(
        name,
        "DcomLaunch" | "RpcSs" | "SamSs" | "gpsvc" | "ProfSvc" | "Schedule" | "EventLog" | "NTDS" | "WinDefend" | "mpssvc"
    )
}

/// Stops and starts; what depended on it is started again too.
pub fn restart(world: &mut World, device: DeviceId, name: &str) -> Result<(), Trouble> {
    let needing = world.device(device).windows().map(|windows| dependents(windows, name)).unwrap_or_default();
    match stop(world, device, name, true) {
        Ok(()) | Err(Trouble::NotStarted) => {}
        Err(trouble) => return Err(trouble),
    }
    start(world, device, name)?;
    for dependent in needing.iter().rev() {
        // A dependent that fails now says so in its own event; the service that was asked for runs.
        _ = start(world, device, dependent);
    }
    Ok(())
}

/// Changes when it starts, with event 7040.
pub fn set_start(world: &mut World, device: DeviceId, name: &str, start: StartType) -> Result<(), Trouble> {
    let before = service(world, device, name).ok_or(Trouble::NotInstalled)?.clone();
    if before.start != start {
        set(world, device, name, |service| service.start = start);
        events::start_type_changed(world, device, &before, start);
    }
    Ok(())
}

/// Its process ends without having been asked to: a crash, or somebody ended it.
pub fn fail(world: &mut World, device: DeviceId, name: &str) {
    let Some(before) = service(world, device, name).filter(|service| service.state == ServiceState::Running).cloned() else {
        return;
    };
    set(world, device, name, |service| (service.state, service.pid, service.exit_code) = (ServiceState::Stopped, 0, 1067));
    events::terminated(world, device, &before, RECOVERY);
    if before.restarts_on_failure {
        world.timers.set(world.now + RECOVERY, Timer::Service(device, name.to_owned()));
    }
}

/// The recovery action of a failed service is due.
pub fn service_timer(world: &mut World, device: DeviceId, name: &str) {
    if crate::machine::is_up(world, device) {
        // Whatever prevents it is in the event log already.
        _ = start(world, device, name);
    }
}

fn service<'a>(world: &'a World, device: DeviceId, name: &str) -> Option<&'a Service> {
    world.device(device).windows()?.services.get(name)
}

fn set(world: &mut World, device: DeviceId, name: &str, change: impl FnOnce(&mut Service)) {
    if let Some(service) = world.device_mut(device).windows_mut().and_then(|windows| windows.services.get_mut(name)) {
        change(service);
    }
}

#[cfg(test)]
mod tests;
