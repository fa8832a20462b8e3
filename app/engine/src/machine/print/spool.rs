//! Queues and the spool folder.

use super::wake;
use crate::world::files::File;
use crate::world::windows::{Job, JobState, Windows};
use crate::world::{DeviceId, World};

const FOLDER: &str = r"C:\Windows\System32\spool\PRINTERS";
/// A page of text as the driver writes it.
const PAGE_BYTES: u64 = 48_000;

/// The two files of a job: what is printed, and who prints it.
#[must_use]
pub fn files_of(job: u32) -> [String; 2] {
    [format!("{FOLDER}\\{job:05}.SPL"), format!("{FOLDER}\\{job:05}.SHD")]
}

/// A program prints. `None`: there is no such queue here, or no spooler takes the job.
pub fn submit(world: &mut World, device: DeviceId, printer: &str, document: &str, user: &str, pages: u16) -> Option<u32> {
    if !crate::machine::runs(world, device, "Spooler") {
        return None;
    }
    let now = world.now;
    let windows = world.device_mut(device).windows_mut()?;
    let id = next_id(windows);
    let queue = windows.printers.iter_mut().find(|queue| queue.name.eq_ignore_ascii_case(printer))?;
    let job = Job {
        id,
        document: document.to_owned(),
        user: user.to_owned(),
        pages,
        state: JobState::Waiting,
        corrupt: false,
        at: now,
    };
    queue.jobs.push(job);
    write_files(windows, id, pages, now);
    wake(world, device);
    Some(id)
}

fn next_id(windows: &Windows) -> u32 {
    let last = windows.printers.iter().flat_map(|queue| &queue.jobs).map(|job| job.id).max();
    last.map_or(2, |last| last.saturating_add(1))
}

/// Writes a job's files into the spool folder.
pub fn write_files(windows: &mut Windows, id: u32, pages: u16, now: crate::time::Time) {
    for (name, size) in files_of(id).into_iter().zip([u64::from(pages).saturating_mul(PAGE_BYTES), 1200]) {
        windows.files.0.insert(name, File { size, owner: "SYSTEM".to_owned(), modified: now, ..File::default() });
    }
}

/// The jobs that are really there: one whose file was deleted from the spool folder is gone.
#[must_use]
pub fn live_jobs<'w>(windows: &'w Windows, printer: &str) -> Vec<&'w Job> {
    let queue = windows.printers.iter().find(|queue| queue.name.eq_ignore_ascii_case(printer));
    queue.into_iter().flat_map(|queue| &queue.jobs).filter(|job| spooled(windows, job)).collect()
}

/// Whether the job's file still lies in the spool folder.
#[must_use]
pub fn spooled(windows: &Windows, job: &Job) -> bool {
    let [name, _] = files_of(job.id);
    windows.files.0.iter().any(|(path, file)| !file.deleted && path.eq_ignore_ascii_case(&name))
}

/// Drops the jobs whose files were deleted.
pub fn forget_deleted(world: &mut World, device: DeviceId) {
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    let gone: Vec<u32> =
        windows.printers.iter().flat_map(|queue| &queue.jobs).filter(|job| !spooled(windows, job)).map(|job| job.id).collect();
    for queue in &mut windows.printers {
        queue.jobs.retain(|job| !gone.contains(&job.id));
    }
}

/// A job is done or was cancelled: out of the queue, and its files with it.
pub(super) fn take_out(world: &mut World, device: DeviceId, queue: usize, job: u32) {
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    if let Some(queue) = windows.printers.get_mut(queue) {
        queue.jobs.retain(|other| other.id != job);
    }
    for name in files_of(job) {
        windows.files.0.remove(&name);
    }
}

pub(super) fn set_state(world: &mut World, device: DeviceId, queue: usize, job: u32, state: JobState) {
    let Some(windows) = world.device_mut(device).windows_mut() else { return };
    let job = windows.printers.get_mut(queue).and_then(|queue| queue.jobs.iter_mut().find(|other| other.id == job));
    if let Some(job) = job {
        job.state = state;
    }
}

/// Cancels a job. One that hangs in the spooler stays, marked as being deleted; false then.
pub fn cancel(world: &mut World, device: DeviceId, printer: &str, job: u32) -> bool {
    let Some(windows) = world.device_mut(device).windows_mut() else { return false };
    let Some(at) = windows.printers.iter().position(|queue| queue.name.eq_ignore_ascii_case(printer)) else { return false };
    let Some(found) = windows.printers.get(at).and_then(|queue| queue.jobs.iter().find(|other| other.id == job)) else {
        return false;
    };
    if found.corrupt {
        set_state(world, device, at, job, JobState::Deleting);
        return false;
    }
    take_out(world, device, at, job);
    true
}

/// Sends a job again from its beginning.
pub fn restart_job(world: &mut World, device: DeviceId, printer: &str, job: u32) -> bool {
    let Some(windows) = world.device_mut(device).windows_mut() else { return false };
    let queue = windows.printers.iter_mut().find(|queue| queue.name.eq_ignore_ascii_case(printer));
    let Some(found) = queue.and_then(|queue| queue.jobs.iter_mut().find(|other| other.id == job)) else { return false };
    if found.state != JobState::Deleting {
        found.state = JobState::Waiting;
    }
    wake(world, device);
    true
}
