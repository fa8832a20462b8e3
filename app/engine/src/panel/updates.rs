//! Windows Update.

use super::parts::{number, offer, offer_on, refuse, table, text, windows, windows_mut, yes_no};
use super::{Operation, Refused, View};
use crate::machine::services::updates::{self, Trouble};
use crate::machine::services::{self, clock};
use crate::text::windows_short;
use crate::time::{Span, Timer};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let state = &windows.updates;
    let mut notices = Vec::new();
    if windows.boot.restart_pending {
        notices.push("Restart required to finish installing updates.".to_owned());
    }
    if state.paused {
        notices.push("Updates are paused.".to_owned());
    }
    if state.disabled {
        notices.push("*Some settings are managed by your organization".to_owned());
    }
    let days = (world.now - world.device(device).started).as_seconds() / 86_400;
    let row = |update: &crate::world::windows::Update, installed: bool| {
        let at = if installed { windows_short(clock::stamp(windows, update.at)) } else { String::new() };
        vec![update.kb.clone(), update.title.clone(), at]
    };
    let waiting = state.waiting.iter().map(|update| row(update, false)).collect();
    let installed = state.installed.iter().rev().map(|update| row(update, true)).collect();
    let (from, to) = state.active_hours;
    Some(View {
        title: "Windows Update".to_owned(),
        notices,
        facts: vec![
            ("Last error".to_owned(), if state.last_error.is_empty() { "none".to_owned() } else { state.last_error.clone() }),
            ("Active hours".to_owned(), format!("{from}:00 to {to}:00")),
            ("Paused".to_owned(), yes_no(state.paused).to_owned()),
            ("Days since the last restart".to_owned(), days.to_string()),
        ],
        tables: vec![
            table("Waiting", &["Update", "Title", "Installed on"], waiting),
            table("Update history", &["Update", "Title", "Installed on"], installed),
        ],
        operations: [
            Some(offer("install", "Download and install all", Vec::new(), Vec::new())),
            Some(offer("pause", "Pause updates", Vec::new(), Vec::new())),
            Some(offer("resume", "Resume updates", Vec::new(), Vec::new())),
            Some(offer(
                "set-active-hours",
                "Change active hours",
                Vec::new(),
                vec![text("from", "From hour", &from.to_string()), text("to", "To hour", &to.to_string())],
            )),
            Some(offer("restart", "Restart now", Vec::new(), Vec::new())),
            Some(offer("schedule-restart", "Schedule the restart", Vec::new(), vec![text("hour", "At hour", "22")])),
            offer_on("uninstall", "Uninstall", state.installed.iter().map(|update| update.kb.clone()).collect(), Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let windows = windows_mut(world, device)?;
    match operation.verb.as_str() {
        "pause" => windows.updates.paused = true,
        "resume" => windows.updates.paused = false,
        "set-active-hours" => {
            let (from, to): (u8, u8) = (number(operation.value("from"), "hour")?, number(operation.value("to"), "hour")?);
            // Windows allows 18 hours at most.
            if from > 23 || to > 24 || (u32::from(to) + 24 - u32::from(from)) % 24 > 18 || from == to {
                return refuse("Choose an end time that's no more than 18 hours from the start time.");
            }
            windows.updates.active_hours = (from, to);
        }
        "install" => {
            return match updates::install(world, device) {
                Ok(()) => Ok("You're up to date, or a restart finishes it.".to_owned()),
                Err(Trouble::Paused) => refuse("Updates are paused. Resume them first."),
                Err(trouble) => refuse(format!("There were some problems installing updates. Error: {}", trouble.code())),
            };
        }
        "restart" => {
            services::shut_down(world, device, true);
            return Ok("The computer restarts.".to_owned());
        }
        "schedule-restart" => {
            let hour: u8 = number(operation.value("hour"), "hour")?;
            return schedule(world, device, hour);
        }
        "uninstall" => {
            if !updates::uninstall(world, device, &operation.target) {
                return refuse(format!("{} is not installed.", operation.target));
            }
            return Ok(format!("{} was uninstalled.", operation.target));
        }
        _ => return operation.unknown(),
    }
    Ok("Saved.".to_owned())
}

/// At the next full hour of that name, by the machine's own clock.
fn schedule(world: &mut World, device: DeviceId, hour: u8) -> Result<String, Refused> {
    if hour > 23 {
        return refuse("Choose an hour of the day.");
    }
    let Some(local) = windows(world, device).map(|windows| clock::local(windows, world.now)) else {
        return refuse("Not running.");
    };
    let now = u64::from(local.hour) * 3600 + u64::from(local.minute) * 60 + u64::from(local.second);
    let wanted = u64::from(hour) * 3600;
    let ahead = (wanted + 86_400 - now) % 86_400;
    world.timers.set(world.now + Span::seconds(ahead.max(60)), Timer::ShutDown(device, true));
    Ok(format!("The restart is scheduled for {hour}:00."))
}
