//! Probes of Windows machines.
//!
//! Conditions, by the word after `condition:`
//!
//! | word | passes when |
//! |---|---|
//! | `start-menu` | Windows' own files are whole, so that Start opens |
//! | `search` | the search service runs |
//! | `page-file` | Windows manages a page file |
//! | `sign-in-time` | no drive that is mapped at sign-in leads to a server that is gone, and start-up apps take little |
//! | `profile` | people get their own profile and not a temporary one |
//! | `second-screen` | two displays show two things |
//! | `active-hours` | Windows does not restart by itself between 08:00 and 22:59 |
//! | `updates` | an update would install now |
//! | `restart` | no restart has been waiting for two weeks |
//! | `default-browser` | the default browser is a program the company wants |
//! | `vpn` | no installed update has taken the VPN adapter away |
//! | `deleted-files` | everything that was deleted here by mistake is back, or a copy of it |
//! | `open-files` | no file of this server is held by a session that is gone |
//! | `site:HOST` | pages of that host do not stay blank |
//! | `plug-in:PROGRAM/NAME` | the plug-in loads |
//! | `sessions` | one more person can sign in over Remote Desktop |
//! | `unwanted` | no unwanted program, extension or notification |

use crate::machine::services::browsing;
use crate::machine::services::processes;
use crate::machine::services::{backups, programs, remote, updates};
use crate::time::Span;
use crate::world::windows::{DisplayMode, Integrity, VolumeKind, Windows};
use crate::world::{DeviceId, World};

/// Kerberos and certificates bear five minutes (RFC 4120, section 5.2.3 leaves it to the site; Windows' default).
pub const SKEW: u64 = 5 * 60_000;
/// Start-up apps that take longer than this together are what people call slow, in seconds.
pub const STARTUP: u32 = 45;
/// Percent of the system volume that Windows needs free for its page file, updates and temporary files.
pub const FREE: u64 = 5;

pub fn clock(world: &mut World, device: DeviceId) -> bool {
    let found = world.device(device);
    let flat = found.hardware.cmos.battery_flat;
    let right = found
        .windows()
        .is_some_and(|windows| windows.clock.offset.unsigned_abs() < SKEW && windows.clock.zone_minutes == world.zone_minutes);
    let linux = found.linux().is_some_and(|linux| linux.clock_offset.unsigned_abs() < SKEW);
    (right || linux) && !flat
}

/// It opens as the one who is signed in opens it; `Excel/Report Builder` means a plug-in.
pub fn program(world: &mut World, device: DeviceId, name: &str) -> bool {
    crate::machine::is_up(world, device) && programs::check(world, device, name, false).is_ok()
}

/// Seconds that start-up apps add to signing in.
#[must_use]
pub fn startup_seconds(windows: &Windows) -> u32 {
    windows.startup.iter().filter(|item| item.enabled).map(|item| u32::from(item.seconds)).sum()
}

#[must_use]
pub fn is_full(windows: &Windows) -> bool {
    windows.volumes.iter().any(|volume| volume.kind == VolumeKind::System && volume.free * 100 < volume.size * FREE)
}

pub fn responsive(world: &mut World, device: DeviceId) -> bool {
    /// Permille of the processors.
    const BUSY: u16 = 900;
    /// Percent of the memory.
    const LITTLE_LEFT: u64 = 92;
    let found = world.device(device);
    let Some(windows) = found.windows() else { return crate::machine::is_up(world, device) };
    let short = processes::memory_kib(windows) * 100 > processes::installed_kib(found) * LITTLE_LEFT;
    crate::machine::is_up(world, device)
        && processes::cpu(windows) < BUSY
        && !short
        && !is_full(windows)
        && startup_seconds(windows) <= STARTUP
}

/// The job would run now, its last run was well, and what people work with is in it.
pub fn backup(world: &mut World, device: DeviceId, job: &str) -> bool {
    let Some(job) = backups::find(world, device, job) else { return false };
    crate::machine::is_up(world, device)
        && backups::obstacle(world, device, job).is_none()
        && backups::left_out(world, device, job).is_empty()
        && job.runs.last().is_some_and(|run| run.ok)
}

/// Nothing hostile or unwanted runs or lies in wait, and protection is on.
pub fn clean(world: &mut World, device: DeviceId) -> bool {
    let protected = crate::machine::runs(world, device, "WinDefend");
    let Some(windows) = world.device(device).windows() else { return true };
    let hostile = windows.processes.iter().any(|process| process.publisher.is_empty());
    // A drive's root keeps the whole drive out of every scan.
    let blind = windows.defender.exclusions.iter().any(|path| path.trim_end_matches('\\').len() <= 2);
    let lurking = windows.startup.iter().any(|item| item.enabled && item.publisher.is_empty() && !item.needed);
    let found = world.device(device).hardware.removable.iter().any(|stick| stick.found);
    protected && !found && windows.defender.real_time && !hostile && !blind && !lurking && !unwanted(windows)
}

fn unwanted(windows: &Windows) -> bool {
    windows.programs.iter().any(|program| !program.wanted)
        || windows.browser.extensions.iter().any(|extension| extension.enabled && !extension.wanted)
        || !windows.browser.notifications.is_empty()
}

/// Stored data of the browser leaves a page blank.
#[must_use]
pub fn blank(world: &World, device: DeviceId, url: &str) -> bool {
    world.device(device).windows().is_some_and(|windows| browsing::breaks(windows, &browsing::host(url)))
}

/// The server that a path such as `\\OLD-FS\scans` leads to is not there.
#[must_use]
pub fn leads_nowhere(world: &World, path: &str) -> bool {
    let host = path.trim_start_matches('\\').split('\\').next().unwrap_or_default();
    let label = host.split('.').next().unwrap_or_default();
    world.find(label).is_none() && !host.eq_ignore_ascii_case(&world.domain)
}

/// `None`: not a condition of this room.
pub fn condition(world: &mut World, device: DeviceId, what: &str) -> Option<bool> {
    let found = world.device(device);
    if what == "open-files" {
        return Some(!found.roles.open_files.iter().any(|file| file.stale));
    }
    let windows = found.windows()?;
    if let Some(host) = what.strip_prefix("site:") {
        return Some(!browsing::breaks(windows, host));
    }
    if let Some(plug_in) = what.strip_prefix("plug-in:") {
        return Some(programs::check(world, device, plug_in, false).is_ok());
    }
    Some(match what {
        "start-menu" => windows.system_files == Integrity::Sound,
        "search" => crate::machine::runs(world, device, "WSearch"),
        "page-file" => windows.settings.page_file,
        "sign-in-time" => {
            startup_seconds(windows) <= STARTUP && !windows.mapped_drives.iter().any(|drive| leads_nowhere(world, &drive.path))
        }
        "profile" => !has_temporary_profile(windows),
        "second-screen" => found.hardware.displays.len() < 2 || windows.settings.display_mode == DisplayMode::Extend,
        "active-hours" => (8..23).all(|hour| updates::is_active(windows.updates.active_hours, hour)),
        "updates" => updates::obstacle(windows).is_none(),
        "restart" => !windows.boot.restart_pending || world.now - found.started < Span::days(14),
        "default-browser" => programs::find(windows, &windows.browser.default).is_some_and(|program| program.wanted),
        "sessions" => crate::machine::is_up(world, device) && !remote::is_full(windows),
        "vpn" => !windows.updates.installed.iter().any(|update| update.breaks == "vpn"),
        "deleted-files" => windows
            .files
            .0
            .iter()
            .filter(|(_, file)| file.deleted && !file.versions.is_empty())
            .all(|(path, _)| windows.files.0.contains_key(&format!("{path} (restored)"))),
        "unwanted" => !unwanted(windows),
        _ => return None,
    })
}

/// Where Windows keeps whose profile lies where.
pub const PROFILES: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

/// A profile's key that carries `.bak` is not found, and a temporary one is made instead.
#[must_use]
pub fn has_temporary_profile(windows: &Windows) -> bool {
    windows
        .registry
        .iter()
        .any(|(path, data)| path.strip_prefix(PROFILES).is_some_and(|rest| rest.contains(".bak\\") || data.ends_with("\\TEMP")))
}
