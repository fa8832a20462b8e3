//! Task Manager: processes, performance, who is signed in.

use super::parts::{offer_on, refuse, table, windows};
use super::{Operation, Refused, Table, View};
use crate::machine::services::processes::{self, Kind, NotEnded};
use crate::machine::services::remote;
use crate::sorted;
use crate::world::windows::{RemoteSession, VolumeKind, Windows};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let mut all = processes::all(windows);
    // The heaviest first, as everybody sorts it.
    sorted::by_key(&mut all, |running| std::cmp::Reverse((running.process.cpu, running.process.memory_kib)));
    let rows = all.iter().filter(|running| running.process.pid != 0).map(|running| {
        let process = &running.process;
        vec![
            process.pid.to_string(),
            process.name.to_string(),
            process.user.clone(),
            format!("{}.{} %", process.cpu / 10, process.cpu % 10),
            format!("{} MB", process.memory_kib >> 10),
            format!("{}.{} MB/s", process.disk_kib >> 10, (process.disk_kib % 1024) * 10 / 1024),
            if process.responding { "" } else { "Not responding" }.to_owned(),
            process.publisher.to_string(),
            process.path.to_string(),
        ]
    });
    let (used, total) = (processes::memory_kib(windows), processes::installed_kib(world.device(device)));
    let percent = used.saturating_mul(100).checked_div(total).unwrap_or(100).min(100);
    let disk: u64 = windows.processes.iter().map(|process| u64::from(process.disk_kib)).sum();
    // What a system disk of an office computer moves at most with small scattered reads, KiB a second.
    let busy = (disk * 100 / 60_000).min(100);
    let up = world.now - world.device(device).started;
    let (hours, days) = (up.as_seconds() / 3600, up.as_seconds() / 86_400);
    let system = windows.volumes.iter().find(|volume| volume.kind == VolumeKind::System);
    let mut facts = vec![
        ("CPU".to_owned(), format!("{}.{} %", processes::cpu(windows) / 10, processes::cpu(windows) % 10)),
        ("Memory".to_owned(), format!("{percent} % ({} MB of {} MB)", used >> 10, total >> 10)),
        ("Disk active time".to_owned(), format!("{busy} %")),
        ("Up time".to_owned(), format!("{days} days {} hours", hours % 24)),
    ];
    if let Some(volume) = system {
        facts.push(("Free on C:".to_owned(), format!("{} MB of {} MB", volume.free, volume.size)));
    }
    let names = all.iter().filter(|running| running.kind != Kind::Core).map(|running| running.process.pid.to_string()).collect();
    let columns = ["PID", "Name", "User", "CPU", "Memory", "Disk", "Status", "Publisher", "Path"];
    let mut tables = vec![table("Processes", &columns, rows.collect())];
    tables.extend(users(world, windows));
    let sessions = windows.sessions.iter().map(|session| session.id.to_string()).collect();
    Some(View {
        title: "Task Manager".to_owned(),
        facts,
        tables,
        operations: [
            offer_on("end-task", "End task", names, Vec::new()),
            offer_on("sign-off", "Sign off: what is open in the session is lost", sessions, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

/// Who is signed in from elsewhere.
fn users(world: &World, windows: &Windows) -> Option<Table> {
    let row = |session: &RemoteSession| {
        let hours = (world.now - session.idle_since).as_seconds() / 3600;
        let state = if session.active { "Active" } else { "Disconnected" };
        vec![session.id.to_string(), session.user.clone(), state.to_owned(), format!("{hours} hours")]
    };
    let rows: Vec<_> = windows.sessions.iter().map(row).collect();
    (!rows.is_empty()).then(|| table("Users", &["Session", "User", "Status", "Idle"], rows))
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if operation.verb == "sign-off" {
        let ended = operation.target.parse().ok().and_then(|id| remote::sign_off(world, device, id));
        return match ended {
            Some(user) => Ok(format!("{user} was signed off.")),
            None => refuse(format!("There is no session “{}”.", operation.target)),
        };
    }
    if operation.verb != "end-task" {
        return operation.unknown();
    }
    // By number, or by the name of the program where that is one process.
    let all = windows(world, device).map(processes::all).unwrap_or_default();
    let found: Vec<_> = all
        .iter()
        .filter(|running| {
            operation.target.parse() == Ok(running.process.pid) || running.process.name.eq_ignore_ascii_case(&operation.target)
        })
        .collect();
    let [running] = found.as_slice() else {
        return refuse(format!("There is no single process “{}”: name it by its PID.", operation.target));
    };
    let (pid, name) = (running.process.pid, running.process.name.clone());
    match processes::end(world, device, pid) {
        Ok(()) => Ok(format!("{name} was ended.")),
        Err(NotEnded::Critical) => refuse(format!("{name} is a critical process: Windows would shut down.")),
        Err(NotEnded::Protected) => refuse("The operation could not be completed. Access is denied."),
        Err(NotEnded::Missing) => refuse("It is not running any more."),
    }
}
