//! `Get-WinEvent` and `Get-EventLog`.

use super::{Answer, Call, Column, Failure, Object, Parameter, Value, View, column, fits, number, windows};
use crate::shell::Session;
use crate::shell::windows::system::events::{level_name, log, log_name};
use crate::time::Time;
use crate::world::World;
use crate::world::windows::{Event, EventLevel, EventLog, Windows};

pub const WIN: &[Parameter] = &[
    Parameter::positional("LogName"),
    Parameter::named("MaxEvents"),
    Parameter::named("ProviderName"),
    Parameter::named("FilterHashtable"),
    Parameter::switch("Oldest"),
];
pub const LOG: &[Parameter] = &[
    Parameter::positional("LogName"),
    Parameter::named("Newest"),
    Parameter::named("EntryType"),
    Parameter::named("Source"),
    Parameter::named("InstanceId"),
];

const WIN_TABLE: &[Column] = &[
    column("TimeCreated", "TimeCreated"),
    number("Id", "Id"),
    column("LevelDisplayName", "LevelDisplayName"),
    column("Message", "Message"),
];
const LOG_TABLE: &[Column] = &[
    number("Index", "Index"),
    column("Time", "TimeGenerated"),
    column("EntryType", "EntryType"),
    column("Source", "Source"),
    number("InstanceID", "InstanceID"),
    column("Message", "Message"),
];

/// Local time as a value that a pipeline can compare and print.
fn local(windows: &Windows, at: Time) -> Value {
    Value::Time(at.shifted(i64::from(windows.clock.zone_minutes).saturating_mul(60_000)))
}

/// What `@{LogName='System'; Id=7036; Level=2; ProviderName='…'}` asks for.
struct Wanted {
    log: Option<EventLog>,
    ids: Vec<u32>,
    levels: Vec<EventLevel>,
    provider: Option<String>,
}

fn hashtable(text: &str) -> Option<Wanted> {
    let mut wanted = Wanted { log: None, ids: Vec::new(), levels: Vec::new(), provider: None };
    for pair in text.trim().strip_prefix("@{")?.strip_suffix('}')?.split(';').filter(|pair| !pair.trim().is_empty()) {
        let (name, value) = pair.split_once('=')?;
        let value = value.trim().trim_matches(['\'', '"']);
        match name.trim().to_lowercase().as_str() {
            "logname" => wanted.log = Some(log(value)?),
            "id" => wanted.ids = value.split(',').map(|id| id.trim().parse().ok()).collect::<Option<_>>()?,
            "level" => {
                for level in value.split(',') {
                    wanted.levels.push(match level.trim() {
                        "1" => EventLevel::Critical,
                        "2" => EventLevel::Error,
                        "3" => EventLevel::Warning,
                        "4" | "0" => EventLevel::Information,
                        _ => return None,
                    });
                }
            }
            "providername" => wanted.provider = Some(value.to_owned()),
            _ => return None,
        }
    }
    Some(wanted)
}

pub fn win(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let filter = call.list("FilterHashtable").join(",");
    let mut wanted = if filter.is_empty() {
        Wanted { log: None, ids: Vec::new(), levels: Vec::new(), provider: call.text("ProviderName").map(str::to_owned) }
    } else {
        match hashtable(&filter) {
            Some(wanted) => wanted,
            None => return Answer::not_modelled(world, &format!("Get-WinEvent -FilterHashtable {filter}")),
        }
    };
    if let Some(name) = call.text("LogName") {
        let Some(found) = log(name) else {
            return Answer::failed(Failure::new(
                format!("There is not an event log on the localhost computer that matches \"{name}\"."),
                format!("ObjectNotFound: ({name}:String) [Get-WinEvent], Exception"),
                "NoMatchingLogsFound,Microsoft.PowerShell.Commands.GetWinEventCommand",
            ));
        };
        wanted.log = Some(found);
    }
    if wanted.log == Some(EventLog::Security) && !session.elevated {
        return Answer::failed(Failure::new(
            "Attempted to perform an unauthorized operation.",
            "NotSpecified: (:) [Get-WinEvent], UnauthorizedAccessException",
            "System.UnauthorizedAccessException,Microsoft.PowerShell.Commands.GetWinEventCommand",
        ));
    }
    let Some(windows) = windows(world, session) else { return Answer::default() };
    let chosen = |event: &&Event| {
        wanted.log.map_or(event.log != EventLog::Security || session.elevated, |log| event.log == log)
            && (wanted.ids.is_empty() || wanted.ids.contains(&event.id))
            && (wanted.levels.is_empty() || wanted.levels.contains(&event.level))
            && wanted.provider.as_ref().is_none_or(|provider| fits(provider, &event.source))
    };
    let mut events: Vec<&Event> = windows.events.iter().filter(chosen).collect();
    if !call.has("Oldest") {
        events.reverse();
    }
    let count = call.text("MaxEvents").and_then(|count| count.parse::<usize>().ok()).unwrap_or(usize::MAX);
    if events.is_empty() {
        return Answer::failed(Failure::new(
            "No events were found that match the specified selection criteria.",
            "ObjectNotFound: (:) [Get-WinEvent], Exception",
            "NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand",
        ));
    }
    let objects = events.into_iter().take(count).map(|event| {
        Object::new()
            .with("TimeCreated", local(windows, event.at))
            .with("Id", event.id)
            .with("LevelDisplayName", level_name(event.level))
            .with("Message", &*event.text)
            .with("ProviderName", &*event.source)
            .with("LogName", log_name(event.log))
    });
    Answer::new(View::Table(WIN_TABLE), objects.collect())
}

fn entry_type(level: EventLevel) -> &'static str {
    match level {
        EventLevel::Critical | EventLevel::Error => "Error",
        EventLevel::Warning => "Warning",
        EventLevel::Information => "Information",
        EventLevel::AuditSuccess => "SuccessAudit",
        EventLevel::AuditFailure => "FailureAudit",
    }
}

pub fn classic(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let Some(name) = call.text("LogName") else { return Answer::not_modelled(world, "Get-EventLog without -LogName") };
    let Some(wanted) = log(name) else {
        return Answer::failed(Failure::new(
            format!("The event log '{name}' on computer '.' does not exist."),
            "NotSpecified: (:) [Get-EventLog], InvalidOperationException",
            "System.InvalidOperationException,Microsoft.PowerShell.Commands.GetEventLogCommand",
        ));
    };
    if wanted == EventLog::Security && !session.elevated {
        return Answer::failed(Failure::new(
            "Requested registry access is not allowed.",
            "NotSpecified: (:) [Get-EventLog], SecurityException",
            "System.Security.SecurityException,Microsoft.PowerShell.Commands.GetEventLogCommand",
        ));
    }
    let Some(windows) = windows(world, session) else { return Answer::default() };
    let types = call.list("EntryType");
    let of_log = (1_u32..).zip(windows.events.iter().filter(|event| event.log == wanted));
    let mut events: Vec<(u32, &Event)> = of_log
        .filter(|(_, event)| types.is_empty() || types.iter().any(|kind| kind.eq_ignore_ascii_case(entry_type(event.level))))
        .filter(|(_, event)| call.text("Source").is_none_or(|source| fits(source, &event.source)))
        .filter(|(_, event)| call.text("InstanceId").is_none_or(|id| id.parse() == Ok(event.id)))
        .collect();
    events.reverse();
    let count = call.text("Newest").and_then(|count| count.parse::<usize>().ok()).unwrap_or(usize::MAX);
    let objects = events.into_iter().take(count).map(|(index, event)| {
        Object::new()
            .with("Index", index)
            .with("TimeGenerated", local(windows, event.at))
            .with("EntryType", entry_type(event.level))
            .with("Source", &*event.source)
            .with("InstanceID", event.id)
            .with("Message", &*event.text)
    });
    Answer::new(View::Table(LOG_TABLE), objects.collect())
}
