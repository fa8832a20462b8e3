//! Backup jobs.

use super::parts::{offer_on, refuse, table, text, toggle, yes_no};
use super::{Operation, Refused, View};
use crate::machine::services::backups;
use crate::machine::services::clock;
use crate::text::windows_short;
use crate::time::{Span, Time};
use crate::world::accounts::password_number;
use crate::world::server::BackupJob;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let jobs = &world.device(device).roles.backups;
    if jobs.is_empty() || !crate::machine::is_up(world, device) {
        return None;
    }
    let date = |at: Time| match world.device(device).windows() {
        Some(windows) => windows_short(clock::stamp(windows, at)),
        None => crate::text::iso(at.civil()),
    };
    let rows = jobs.iter().map(|job| {
        vec![
            job.name.clone(),
            job.source.clone(),
            job.target.clone(),
            job.user.clone(),
            yes_no(job.enabled).to_owned(),
            job.runs.last().map_or("never run", |run| if run.ok { "Success" } else { "Failed" }).to_owned(),
            format!("{} MB", job.size_mib),
            format!("{} MB", job.target_free_mib),
            job.tested.map_or_else(|| "never".to_owned(), date),
        ]
    });
    let history = jobs.iter().flat_map(|job| {
        job.runs.iter().rev().map(move |run| {
            let result = if run.ok { "Success" } else { "Failed" };
            vec![job.name.clone(), date(run.at), result.to_owned(), run.message.clone()]
        })
    });
    let names: Vec<String> = jobs.iter().map(|job| job.name.clone()).collect();
    Some(View {
        title: "Backup".to_owned(),
        tables: vec![
            table(
                "Jobs",
                &["Job", "Source", "Target", "Account", "Enabled", "Last result", "Size", "Free on target", "Restore tested"],
                rows.collect(),
            ),
            table("History", &["Job", "Time", "Result", "Message"], history.collect()),
        ],
        operations: operations(jobs.first(), &names),
        ..View::default()
    })
}

fn operations(first: Option<&BackupJob>, names: &[String]) -> Vec<super::Offer> {
    let value = |pick: fn(&BackupJob) -> &String| first.map_or("", |job| pick(job).as_str());
    let on = |verb: &str, label: &str, fields| offer_on(verb, label, names.to_vec(), fields);
    [
        on("run", "Run now", Vec::new()),
        on("restore-test", "Restore a sample to an alternate place", Vec::new()),
        on("set-source", "Change what is saved", vec![text("source", "Source", value(|job| &job.source))]),
        on("set-target", "Change the target", vec![text("target", "Target", value(|job| &job.target))]),
        on(
            "set-credential",
            "Change the account",
            vec![text("user", "Account", value(|job| &job.user)), text("password", "Password", "")],
        ),
        on("prune", "Remove generations older than two weeks", Vec::new()),
        on("set-enabled", "Enable or disable", vec![toggle("enabled", "Enabled", true)]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if !crate::machine::is_up(world, device) {
        return refuse("This device is not running.");
    }
    let name = operation.target.as_str();
    match operation.verb.as_str() {
        "run" => {
            return match backups::run(world, device, name) {
                Some(Ok(())) => Ok("The backup completed.".to_owned()),
                Some(Err(trouble)) => refuse(trouble.text()),
                None => refuse(format!("There is no job “{name}”.")),
            };
        }
        "restore-test" => {
            return match backups::restore_test(world, device, name) {
                Some(Ok(held)) => Ok(format!("Restored and compared: {}.", held.join(", "))),
                Some(Err(why)) => refuse(why),
                None => refuse(format!("There is no job “{name}”.")),
            };
        }
        _ => {}
    }
    let now = world.now;
    let Some(job) = world.device_mut(device).roles.backups.iter_mut().find(|job| job.name.eq_ignore_ascii_case(name)) else {
        return refuse(format!("There is no job “{name}”."));
    };
    let filled = |field: &str| match operation.value(field).trim() {
        "" => refuse(format!("Enter the {field}.")),
        value => Ok(value.to_owned()),
    };
    match operation.verb.as_str() {
        "set-source" => job.source = filled("source")?,
        "set-target" => {
            job.target = filled("target")?;
            // A fresh target: nothing is on it yet.
            job.target_free_mib = job.size_mib.saturating_mul(8);
        }
        "set-credential" => {
            job.user = filled("user")?;
            job.password = password_number(operation.value("password"));
        }
        "prune" => {
            let before = job.runs.len();
            job.runs.retain(|run| now - run.at < Span::days(14));
            // What older generations held beside the full copy.
            job.target_free_mib = job.target_free_mib.saturating_add(job.size_mib.saturating_mul(2));
            return Ok(format!("{} entries were removed.", before - job.runs.len()));
        }
        "set-enabled" => job.enabled = operation.value("enabled") == "yes",
        _ => return operation.unknown(),
    }
    Ok("Saved.".to_owned())
}
