//! Backup jobs of a server: running them, and finding out whether they can be restored from.

use crate::machine::sign_in::directory_server;
use crate::time::Span;
use crate::world::accounts::Accounts;
use crate::world::server::{BackupJob, BackupRun};
use crate::world::{DeviceId, World};

const RUNNING: Span = Span::minutes(35);
const RESTORING: Span = Span::minutes(10);

/// Why a job does not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Disabled,
    /// The target has less room than one run takes.
    TargetFull,
    /// The password it has stored is not the account's, or the account cannot sign in.
    Credential,
}

impl Trouble {
    /// As the job's log says it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Disabled => "The job is disabled.",
            Self::TargetFull => "There is not enough disk space to create the backup on the storage location. (0x80780048)",
            Self::Credential => "The user name or password is incorrect. (0x8007052E)",
        }
    }
}

#[must_use]
pub fn find<'w>(world: &'w World, device: DeviceId, name: &str) -> Option<&'w BackupJob> {
    world.device(device).roles.backups.iter().find(|job| job.name.eq_ignore_ascii_case(name))
}

/// What would stop the job now.
#[must_use]
pub fn obstacle(world: &World, device: DeviceId, job: &BackupJob) -> Option<Trouble> {
    let directory = directory_server(world).and_then(|server| world.device(server).roles.directory.as_ref());
    let of_directory = directory.map(|directory| &directory.accounts);
    let local = world.device(device).windows().map(|windows| &*windows.accounts);
    let account = |accounts: Option<&Accounts>| {
        let accounts = accounts?;
        let user = accounts.user(&job.user)?;
        Some(
            user.enabled
                && user.password == job.password
                && !accounts.is_locked(user, world.now)
                && !accounts.password_expired(user, world.now),
        )
    };
    if !job.enabled {
        Some(Trouble::Disabled)
    } else if account(of_directory).or_else(|| account(local)) == Some(false) {
        Some(Trouble::Credential)
    } else if job.target_free_mib < job.size_mib {
        Some(Trouble::TargetFull)
    } else {
        None
    }
}

/// Runs the job once and keeps its result.
pub fn run(world: &mut World, device: DeviceId, name: &str) -> Option<Result<(), Trouble>> {
    let job = find(world, device, name)?.clone();
    let found = obstacle(world, device, &job);
    world.wait(if found.is_none() { RUNNING } else { Span::minutes(1) });
    let now = world.now;
    let kept = world.device_mut(device).roles.backups.iter_mut().find(|kept| kept.name == job.name)?;
    kept.runs.push(BackupRun { at: now, ok: found.is_none(), message: found.map_or("Completed", Trouble::text).to_owned() });
    if found.is_none() {
        // One more generation; what is changed a day is a small part of the whole.
        kept.target_free_mib = kept.target_free_mib.saturating_sub(kept.size_mib / 20);
    }
    Some(found.map_or(Ok(()), Err))
}

/// The folders that people's shares stand on and that the job does not hold.
#[must_use]
pub fn left_out(world: &World, device: DeviceId, job: &BackupJob) -> Vec<String> {
    let source = job.source.trim_end_matches(['\\', '/']).to_lowercase();
    let within = |folder: &str| {
        let folder = folder.to_lowercase();
        folder.strip_prefix(&source).is_some_and(|rest| rest.is_empty() || rest.starts_with(['\\', '/']))
    };
    let shares = world.device(device).roles.shares.iter();
    shares.map(|share| share.folder.clone()).filter(|folder| !within(folder)).collect()
}

/// Restores a sample beside the original and looks at it: the folders that came back, or nothing.
pub fn restore_test(world: &mut World, device: DeviceId, name: &str) -> Option<Result<Vec<String>, String>> {
    let job = find(world, device, name)?.clone();
    world.wait(RESTORING);
    if !job.runs.iter().any(|run| run.ok) {
        return Some(Err("There is no backup to restore from.".to_owned()));
    }
    let missing = left_out(world, device, &job);
    let held: Vec<String> = world
        .device(device)
        .roles
        .shares
        .iter()
        .map(|share| share.folder.clone())
        .filter(|folder| !missing.contains(folder))
        .collect();
    if held.is_empty() && !missing.is_empty() {
        return Some(Err("The restore ended without an error, and the folder it made is empty.".to_owned()));
    }
    let now = world.now;
    let kept = world.device_mut(device).roles.backups.iter_mut().find(|kept| kept.name == job.name)?;
    kept.tested = Some(now);
    Some(Ok(held))
}
