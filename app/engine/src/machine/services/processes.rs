//! What runs on a Windows machine: the system's own processes, those of its services, and those of people.
//!
//! Only the last are kept in the state. A service's process follows from the service, so it cannot be there without it.

use super::catalogue;
use crate::sorted;
use crate::world::windows::{Process, ServiceState, Windows};
use crate::world::{DeviceId, World};

/// The process of the local security authority, in which several services run together.
pub const LSASS: u32 = 744;

/// A process as the tools list it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub process: Process,
    /// 0 for services, 1 for the screen.
    pub session: u8,
    /// Names of the services inside.
    pub services: Vec<String>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Part of Windows that cannot be ended.
    Core,
    Service,
    Program,
}

/// Pid, name, KiB, session. They are there on every Windows that runs.
const CORE: [(u32, &str, u32, u8); 11] = [
    (0, "System Idle Process", 8, 0),
    (4, "System", 144, 0),
    (100, "Registry", 68_220, 0),
    (380, "smss.exe", 1_204, 0),
    (504, "csrss.exe", 5_936, 0),
    (600, "wininit.exe", 6_780, 0),
    (612, "csrss.exe", 6_412, 1),
    (676, "winlogon.exe", 11_084, 1),
    (724, "services.exe", 11_512, 0),
    (LSASS, "lsass.exe", 26_840, 0),
    (1012, "dwm.exe", 74_316, 1),
];

/// Everything that runs, by process id.
#[must_use]
pub fn all(windows: &Windows) -> Vec<Running> {
    let mut found: Vec<Running> = CORE.iter().map(|(pid, name, kib, session)| core(*pid, name, *kib, *session)).collect();
    for (name, service) in &windows.services {
        if service.state != ServiceState::Running {
            continue;
        }
        match found.iter_mut().find(|running| running.process.pid == service.pid) {
            Some(shared) => shared.services.push(name.clone()),
            None => found.push(of_service(name, service.pid, &service.account)),
        }
    }
    found.extend(windows.processes.iter().map(|process| Running {
        session: u8::from(!is_system(&process.user)),
        process: process.clone(),
        services: Vec::new(),
        kind: Kind::Program,
    }));
    sorted::by_key(&mut found, |running| running.process.pid);
    found
}

fn core(pid: u32, name: &'static str, memory_kib: u32, session: u8) -> Running {
    let process =
        Process { pid, name: name.into(), user: "SYSTEM".to_owned(), memory_kib, responding: true, ..Process::default() };
    Running { process, session, services: Vec::new(), kind: Kind::Core }
}

fn of_service(name: &str, pid: u32, account: &str) -> Running {
    /// A service that did not come with Windows.
    const OTHER_KIB: u32 = 12_000;
    let image = catalogue::image(name);
    let process = Process {
        pid,
        user: match account {
            "LocalSystem" => "SYSTEM".to_owned(),
            "NT AUTHORITY\\LocalService" => "LOCAL SERVICE".to_owned(),
            "NT AUTHORITY\\NetworkService" => "NETWORK SERVICE".to_owned(),
            other => other.to_owned(),
        },
        memory_kib: catalogue::find(name).map_or(OTHER_KIB, |entry| entry.memory_kib),
        path: format!("C:\\Windows\\System32\\{image}").into(),
        publisher: "Microsoft Windows".into(),
        name: image.into(),
        responding: true,
        ..Process::default()
    };
    Running { process, session: 0, services: vec![name.to_owned()], kind: Kind::Service }
}

fn is_system(user: &str) -> bool {
    matches!(user, "SYSTEM" | "LOCAL SERVICE" | "NETWORK SERVICE")
}

/// Permille of all processors that are busy, at most 1000.
#[must_use]
pub fn cpu(windows: &Windows) -> u16 {
    windows.processes.iter().fold(0_u16, |sum, process| sum.saturating_add(process.cpu)).min(1000)
}

/// What all processes take together.
#[must_use]
pub fn memory_kib(windows: &Windows) -> u64 {
    /// The kernel's own pools, drivers and cache that cannot be given back.
    const KERNEL_KIB: u64 = 1_200_000;
    all(windows).iter().fold(KERNEL_KIB, |sum, running| sum.saturating_add(u64::from(running.process.memory_kib)))
}

/// The memory of the sticks that make contact.
#[must_use]
pub fn installed_kib(device: &crate::world::Device) -> u64 {
    device.hardware.ram.iter().filter(|stick| stick.seated).map(|stick| u64::from(stick.gib) << 20).sum()
}

/// Process ids are multiples of four; the next one is above all that were given.
#[must_use]
pub fn next_pid(windows: &Windows) -> u32 {
    let programs = windows.processes.iter().map(|process| process.pid);
    let services = windows.services.values().map(|service| service.pid);
    let highest = programs.chain(services).max().unwrap_or(0).max(1012);
    (highest | 3).saturating_add(1)
}

/// Why a process was not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEnded {
    /// Windows would stop with it.
    Critical,
    /// Antivirus protects itself.
    Protected,
    Missing,
}

/// Ends a process. Services inside it have failed then, with what Windows does about it.
pub fn end(world: &mut World, device: DeviceId, pid: u32) -> Result<(), NotEnded> {
    let windows = world.device(device).windows().ok_or(NotEnded::Missing)?;
    let running = all(windows).into_iter().find(|running| running.process.pid == pid).ok_or(NotEnded::Missing)?;
    match running.kind {
        Kind::Core => return Err(NotEnded::Critical),
        Kind::Service if running.services.iter().any(|name| name == "WinDefend") => return Err(NotEnded::Protected),
        Kind::Service if running.services.iter().any(|name| matches!(name.as_str(), "DcomLaunch" | "RpcSs")) => {
            return Err(NotEnded::Critical);
        }
        Kind::Service => {
            for name in &running.services {
                super::fail(world, device, name);
            }
        }
        Kind::Program => {
            if let Some(windows) = world.device_mut(device).windows_mut() {
                windows.processes.retain(|process| process.pid != pid);
            }
        }
    }
    Ok(())
}
