//! Event Viewer.

use super::parts::{offer, refuse, table, windows};
use super::{Operation, Refused, View};
use crate::machine::services::{clock, events};
use crate::text::windows_short;
use crate::world::windows::{EventLevel, EventLog, Windows};
use crate::world::{DeviceId, World};

const LOGS: [(EventLog, &str); 3] =
    [(EventLog::Application, "Application"), (EventLog::Security, "Security"), (EventLog::System, "System")];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let tables = LOGS.iter().map(|(log, title)| {
        table(title, &["Number", "Level", "Date and time", "Source", "Event ID", "Message"], rows(windows, *log))
    });
    Some(View {
        title: "Event Viewer (Local)".to_owned(),
        tables: tables.collect(),
        operations: vec![offer("clear", "Clear log", LOGS.iter().map(|(_, title)| (*title).to_owned()).collect(), Vec::new())],
        ..View::default()
    })
}

/// The newest first.
fn rows(windows: &Windows, log: EventLog) -> Vec<Vec<String>> {
    let of_log = (1_u32..).zip(windows.events.iter().filter(|event| event.log == log));
    let mut rows: Vec<Vec<String>> = of_log
        .map(|(number, event)| {
            vec![
                number.to_string(),
                level(event.level).to_owned(),
                windows_short(clock::stamp(windows, event.at)),
                event.source.to_string(),
                event.id.to_string(),
                event.text.to_string(),
            ]
        })
        .collect();
    rows.reverse();
    rows
}

fn level(level: EventLevel) -> &'static str {
    match level {
        EventLevel::Critical => "Critical",
        EventLevel::Error => "Error",
        EventLevel::Warning => "Warning",
        EventLevel::Information => "Information",
        EventLevel::AuditSuccess => "Audit Success",
        EventLevel::AuditFailure => "Audit Failure",
    }
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if operation.verb != "clear" {
        return operation.unknown();
    }
    let Some((log, title)) = LOGS.iter().find(|(_, title)| title.eq_ignore_ascii_case(&operation.target)) else {
        return refuse(format!("There is no log “{}”.", operation.target));
    };
    let user = windows(world, device).and_then(|windows| windows.signed_in.clone()).unwrap_or_else(|| "support".to_owned());
    events::clear(world, device, *log, &user);
    Ok(format!("The {title} log was cleared."))
}
