//! Virus and threat protection.

use super::parts::{offer, offer_on, refuse, table, text, toggle, windows, windows_mut, yes_no};
use super::{Operation, Refused, View};
use crate::machine::services::{clock, scan};
use crate::text::windows_short;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let defender = &windows.defender;
    let runs = crate::machine::runs(world, device, "WinDefend");
    let mut notices = Vec::new();
    if !runs {
        notices.push("The threat service has stopped. Restart it now.".to_owned());
    } else if !defender.real_time {
        notices.push("Real-time protection is off, leaving your device vulnerable.".to_owned());
    }
    let date = |at| windows_short(clock::stamp(windows, at));
    let one = |items: &[String]| items.iter().map(|item| vec![item.clone()]).collect();
    Some(View {
        title: "Virus & threat protection".to_owned(),
        notices,
        facts: vec![
            ("Service".to_owned(), if runs { "Running" } else { "Stopped" }.to_owned()),
            ("Real-time protection".to_owned(), yes_no(defender.real_time).to_owned()),
            ("Tamper protection".to_owned(), yes_no(defender.tamper_protection).to_owned()),
            ("Security intelligence of".to_owned(), date(defender.signatures)),
            ("Last scan".to_owned(), defender.last_scan.map_or_else(|| "none".to_owned(), date)),
        ],
        tables: vec![
            table("Protection history", &["Quarantined"], one(&defender.quarantine)),
            table("Exclusions", &["Excluded"], one(&defender.exclusions)),
        ],
        operations: [
            Some(offer("quick-scan", "Quick scan", Vec::new(), Vec::new())),
            Some(offer("full-scan", "Full scan", Vec::new(), Vec::new())),
            Some(offer("offline-scan", "Microsoft Defender Offline scan", Vec::new(), Vec::new())),
            Some(offer("update", "Check for updates", Vec::new(), Vec::new())),
            Some(offer("set-real-time", "Real-time protection", Vec::new(), vec![toggle("on", "On", defender.real_time)])),
            Some(offer("set-tamper", "Tamper protection", Vec::new(), vec![toggle("on", "On", defender.tamper_protection)])),
            Some(offer("add-exclusion", "Add an exclusion", Vec::new(), vec![text("path", "Folder", "")])),
            offer_on("remove-exclusion", "Remove exclusion", defender.exclusions.clone(), Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    let on = operation.value("on") == "yes";
    match operation.verb.as_str() {
        "quick-scan" | "full-scan" => {
            return match scan::run(world, device, operation.verb == "full-scan") {
                Ok(0) => Ok("No current threats.".to_owned()),
                Ok(count) => Ok(format!("{count} threats were found and removed.")),
                Err(scan::Off) => refuse("The threat service has stopped."),
            };
        }
        "offline-scan" => return offline(world, device),
        _ => {}
    }
    let running = crate::machine::runs(world, device, "WinDefend");
    let now = world.now;
    let defender = &mut windows_mut(world, device)?.defender;
    match operation.verb.as_str() {
        _ if !running => return refuse("The threat service has stopped."),
        "update" => defender.signatures = now,
        "set-real-time" => defender.real_time = on,
        "set-tamper" => defender.tamper_protection = on,
        "add-exclusion" => {
            let path = operation.value("path").trim();
            if path.is_empty() {
                return refuse("Choose a folder.");
            }
            defender.exclusions.push(path.to_owned());
        }
        "remove-exclusion" => {
            let before = defender.exclusions.len();
            defender.exclusions.retain(|path| *path != operation.target);
            if defender.exclusions.len() == before {
                return refuse("There is no such exclusion.");
            }
        }
        _ => return operation.unknown(),
    }
    Ok("Saved.".to_owned())
}

/// Scans from outside Windows: nothing hides, and no exclusion counts; then the computer starts again.
fn offline(world: &mut World, device: DeviceId) -> Result<String, Refused> {
    let windows = windows_mut(world, device)?;
    let exclusions = std::mem::take(&mut windows.defender.exclusions);
    let result = scan::run(world, device, true);
    windows_mut(world, device)?.defender.exclusions = exclusions;
    let Ok(count) = result else { return refuse("The threat service has stopped.") };
    crate::machine::services::shut_down(world, device, true);
    Ok(format!("The computer restarts. The offline scan removed {count} threats."))
}
