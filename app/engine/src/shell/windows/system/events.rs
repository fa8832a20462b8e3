//! `wevtutil` and `eventvwr`.

use std::fmt::Write;

use super::{after_colon, full_name, of};
use crate::machine::services::{self, clock};
use crate::panel::PanelKind;
use crate::shell::windows::disk;
use crate::shell::{Output, Session};
use crate::text::iso;
use crate::world::World;
use crate::world::windows::{Event, EventLevel, EventLog, Windows};

pub fn eventvwr(_world: &mut World, _session: &mut Session, _arguments: &[String]) -> Output {
    Output { opens: Some(PanelKind::EventViewer), ..Output::default() }
}

/// The log by the name people type.
#[must_use]
pub fn log(name: &str) -> Option<EventLog> {
    match name.to_lowercase().as_str() {
        "system" => Some(EventLog::System),
        "application" => Some(EventLog::Application),
        "security" => Some(EventLog::Security),
        _ => None,
    }
}

/// As the tools write it.
#[must_use]
pub fn log_name(log: EventLog) -> &'static str {
    match log {
        EventLog::System => "System",
        EventLog::Application => "Application",
        EventLog::Security => "Security",
    }
}

/// As the tools write it; audits are information with a keyword.
#[must_use]
pub fn level_name(level: EventLevel) -> &'static str {
    match level {
        EventLevel::Critical => "Critical",
        EventLevel::Error => "Error",
        EventLevel::Warning => "Warning",
        EventLevel::Information | EventLevel::AuditSuccess | EventLevel::AuditFailure => "Information",
    }
}

pub fn wevtutil(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["el" | "enum-logs"] => Output::ok("Application\nSecurity\nSystem\n"),
        ["qe" | "query-events", name, ..] => query(world, session, name, arguments),
        ["cl" | "clear-log", name, ..] => clear(world, session, name),
        ["epl" | "export-log", name, path, ..] => export(world, session, name, path, arguments),
        _ => Output::not_modelled(world, &format!("wevtutil {}", arguments.join(" "))),
    }
}

fn refused() -> Output {
    Output::failed(5, "Failed to read events. Access is denied.\n")
}

fn query(world: &mut World, session: &Session, name: &str, arguments: &[String]) -> Output {
    let Some(wanted) = log(name) else {
        return Output::failed(15_007, "Failed to read events. The specified channel could not be found. \n");
    };
    if wanted == EventLog::Security && !session.elevated {
        return refused();
    }
    let form = after_colon(arguments, "f").unwrap_or("xml").to_lowercase();
    if !["text", "xml"].contains(&form.as_str()) {
        return Output::not_modelled(world, &format!("wevtutil qe /f:{form}"));
    }
    let id = match after_colon(arguments, "q") {
        None => None,
        Some(filter) => match event_id(filter) {
            Some(id) => Some(id),
            None => return Output::not_modelled(world, &format!("wevtutil qe /q:{filter}")),
        },
    };
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let mut events: Vec<&Event> =
        windows.events.iter().filter(|event| event.log == wanted && id.is_none_or(|id| event.id == id)).collect();
    if after_colon(arguments, "rd").is_some_and(|text| text.eq_ignore_ascii_case("true")) {
        events.reverse();
    }
    let count = after_colon(arguments, "c").and_then(|count| count.parse::<usize>().ok()).unwrap_or(usize::MAX);
    let computer = full_name(world, session.device);
    let mut text = String::new();
    for (number, event) in events.into_iter().take(count).enumerate() {
        if form == "xml" {
            text.push_str(&xml(windows, event, &computer));
            continue;
        }
        let date = iso(clock::stamp(windows, event.at)).replace(' ', "T");
        _ = write!(
            text,
            "Event[{number}]\n  Log Name: {}\n  Source: {}\n  Date: {date}.0000000Z\n  Event ID: {}\n  Task: N/A\n  Level: {}\n  Opcode: N/A\n  Keyword: {}\n  User: N/A\n  User Name: N/A\n  Computer: {computer}\n  Description: \n{}\n\n",
            log_name(event.log),
            event.source,
            event.id,
            level_name(event.level),
            keyword(event.level),
            event.text
        );
    }
    Output::ok(text)
}

/// One event as one line, in the schema of 2004; a text stands where the source's own fields would.
fn xml(windows: &Windows, event: &Event, computer: &str) -> String {
    let date = iso(clock::stamp(windows, event.at)).replace(' ', "T");
    let level = match event.level {
        EventLevel::Critical => 1,
        EventLevel::Error => 2,
        EventLevel::Warning => 3,
        EventLevel::Information => 4,
        EventLevel::AuditSuccess | EventLevel::AuditFailure => 0,
    };
    let keywords = match event.level {
        EventLevel::AuditSuccess => "0x8020000000000000",
        EventLevel::AuditFailure => "0x8010000000000000",
        _ => "0x80000000000000",
    };
    let number =
        windows.events.iter().take_while(|other| !std::ptr::eq(*other, event)).filter(|other| other.log == event.log).count();
    let plain = event.text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='{}'/><EventID>{}</EventID><Level>{level}</Level><Task>0</Task><Keywords>{keywords}</Keywords><TimeCreated SystemTime='{date}.0000000Z'/><EventRecordID>{}</EventRecordID><Channel>{}</Channel><Computer>{computer}</Computer><Security/></System><EventData><Data>{plain}</Data></EventData></Event>\n",
        event.source,
        event.id,
        number + 1,
        log_name(event.log)
    )
}

/// `epl`: the log's events into a file, which only `/ow:true` may overwrite.
fn export(world: &mut World, session: &Session, name: &str, path: &str, arguments: &[String]) -> Output {
    let Some(wanted) = log(name) else {
        return Output::failed(15_007, format!("Failed to export log {name}.\nThe specified channel could not be found. \n"));
    };
    let failed = |why: &str| Output::failed(1, format!("Failed to export log {name}. {why}\n"));
    if wanted == EventLog::Security && !session.elevated {
        return failed("Access is denied.");
    }
    let computer = full_name(world, session.device);
    let text = of(world, session.device).map_or_else(String::new, |windows| {
        windows.events.iter().filter(|event| event.log == wanted).map(|event| xml(windows, event, &computer)).collect()
    });
    let spot = match disk::locate(world, session, path) {
        Ok(spot) => spot,
        Err(error) => return failed(error.text()),
    };
    let over = after_colon(arguments, "ow").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    if disk::is_file(world, &spot) && !over {
        return failed("The file exists.");
    }
    match disk::write(world, session, &spot, &text, false) {
        Ok(()) => Output::ok(""),
        Err(error) => failed(error.text()),
    }
}

fn keyword(level: EventLevel) -> &'static str {
    match level {
        EventLevel::AuditSuccess => "Audit Success",
        EventLevel::AuditFailure => "Audit Failure",
        _ => "Classic",
    }
}

/// The number in `*[System[(EventID=7036)]]`.
fn event_id(filter: &str) -> Option<u32> {
    let (_, rest) = filter.split_once("EventID=")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn clear(world: &mut World, session: &Session, name: &str) -> Output {
    let Some(wanted) = log(name) else {
        return Output::failed(15_007, format!("Failed to clear log {name}.\nThe specified channel could not be found. \n"));
    };
    if !session.elevated {
        return Output::failed(5, format!("Failed to clear log {name}.\nAccess is denied.\n"));
    }
    services::events::clear(world, session.device, wanted, &session.user);
    Output::ok("")
}
