//! Antivirus scans.

use crate::time::Span;
use crate::world::windows::{EventLevel, EventLog, Process};
use crate::world::{DeviceId, World};

/// The antivirus service does not run, so nothing scans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Off;

const QUICK: Span = Span::minutes(3);
const FULL: Span = Span::minutes(55);

/// Scans, puts what it finds into quarantine and says how many things that were. What is excluded is not looked at, and what
/// hides from a running Windows is not found.
pub fn run(world: &mut World, device: DeviceId, full: bool) -> Result<u32, Off> {
    if !crate::machine::runs(world, device, "WinDefend") {
        return Err(Off);
    }
    world.wait(if full { FULL } else { QUICK });
    let now = world.now;
    let Some(windows) = world.device_mut(device).windows_mut() else { return Err(Off) };
    windows.defender.last_scan = Some(now);
    let exclusions = windows.defender.exclusions.clone();
    let excluded = |path: &str| exclusions.iter().any(|folder| path.to_lowercase().starts_with(&folder.to_lowercase()));
    let hostile = |process: &Process| process.publisher.is_empty() && !process.path.is_empty() && !excluded(&process.path);
    let mut found: Vec<String> =
        windows.processes.iter().filter(|process| hostile(process)).map(|process| process.path.clone().into_owned()).collect();
    windows.processes.retain(|process| !hostile(process));
    if full {
        // Unwanted programs are found where they are installed.
        found.extend(windows.programs.iter().filter(|program| !program.wanted).map(|program| program.name.clone()));
        windows.programs.retain(|program| program.wanted);
        windows.startup.retain(|item| !item.publisher.is_empty() || item.needed);
    }
    windows.defender.quarantine.extend(found.iter().cloned());
    for path in &found {
        let text = format!(
            "Microsoft Defender Antivirus has taken action to protect this machine from malware or other potentially unwanted software: {path}"
        );
        super::log(world, device, EventLog::System, "Windows Defender", 1117, EventLevel::Information, text);
    }
    Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
}
