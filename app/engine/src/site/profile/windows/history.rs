//! The event logs of a normal week: starts, updates, and the old warnings that every Windows has and that mean nothing.

use crate::chance::Chance;
use crate::sorted;
use crate::time::{Span, Time};
use crate::world::windows::{Event, EventLevel, EventLog};

use EventLevel::{Error, Information, Warning};
use EventLog::{Application, System};

/// Days ago, log, source, id, level, text.
const WEEK: [(u64, EventLog, &str, u32, EventLevel, &str); 8] = [
    (6, System, "EventLog", 6005, Information, "The Event log service was started."),
    (
        6,
        System,
        "DistributedCOM",
        10016,
        Warning,
        "The application-specific permission settings do not grant Local Activation permission for the COM Server application.",
    ),
    (5, Application, "ESENT", 642, Warning, "The database format feature version 9120 could not be used."),
    (
        4,
        System,
        "DNS Client Events",
        1014,
        Warning,
        "Name resolution for the name wpad timed out after none of the configured DNS servers responded.",
    ),
    (3, Application, "SecurityCenter", 15, Information, "Updated Defender status successfully to SECURITY_PRODUCT_STATE_ON."),
    (2, Application, "Application Hang", 1002, Error, "The program msedge.exe stopped interacting with Windows and was closed."),
    (1, System, "EventLog", 6005, Information, "The Event log service was started."),
    (1, System, "Time-Service", 37, Information, "The time provider NtpClient is currently receiving valid time data."),
];

/// In order of time.
pub fn week(now: Time, chance: &mut Chance) -> Vec<Event> {
    let mut events: Vec<Event> = WEEK
        .iter()
        .map(|(days, log, source, id, level, text)| Event {
            at: now - Span::days(*days) - Span::minutes(u64::from(chance.below(240))),
            log: *log,
            source: (*source).into(),
            id: *id,
            level: *level,
            text: (*text).into(),
        })
        .collect();
    sorted::by_key(&mut events, |event| event.at);
    events
}
