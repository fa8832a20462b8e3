//! Date and time.

use super::parts::{choice_of, offer, refuse, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::clock::{self, Unsynchronised};
use crate::text::{windows_long, windows_short};
use crate::time::{Span, Time};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let last = windows.clock.last_sync.map_or_else(|| "never".to_owned(), |at| windows_short(clock::stamp(windows, at)));
    let zones = clock::ZONES.iter().map(|(_, name)| (*name).to_owned()).collect();
    let zone = clock::zone_name(windows.clock.zone_minutes);
    let now = clock::local(windows, world.now);
    let typed = format!("{}-{:02}-{:02} {:02}:{:02}", now.year, now.month, now.day, now.hour, now.minute);
    Some(View {
        title: "Date & time".to_owned(),
        facts: vec![
            ("Date and time".to_owned(), windows_long(now)),
            ("Time zone".to_owned(), zone.clone()),
            ("Time server".to_owned(), windows.clock.source.split(',').next().unwrap_or_default().to_owned()),
            ("Last successful time synchronization".to_owned(), last),
        ],
        operations: vec![
            offer("sync", "Sync now", Vec::new(), Vec::new()),
            offer("set-zone", "Change time zone", Vec::new(), vec![choice_of("zone", "Time zone", zones, &zone)]),
            offer("set-clock", "Set the date and time by hand", Vec::new(), vec![text("time", "Date and time", &typed)]),
        ],
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    match operation.verb.as_str() {
        "sync" => {
            world.wait(Span::seconds(3));
            match clock::synchronise(world, device) {
                Ok(()) => Ok("The clock was successfully synchronized.".to_owned()),
                Err(Unsynchronised::ServiceStopped) => {
                    refuse("Time synchronization failed: the Windows Time service is not running.")
                }
                Err(Unsynchronised::NoData) => refuse("Time synchronization failed. Check your network connection."),
            }
        }
        "set-zone" => {
            let wanted = operation.value("zone");
            let found = clock::ZONES.iter().find(|(minutes, name)| *name == wanted || minutes.to_string() == wanted);
            let Some((minutes, name)) = found else { return refuse(format!("There is no time zone “{wanted}”.")) };
            windows_mut(world, device)?.clock.zone_minutes = *minutes;
            Ok(format!("The time zone is {name}."))
        }
        "set-clock" => {
            let now = world.now;
            let windows = windows_mut(world, device)?;
            let Some(wanted) = parse(operation.value("time")) else { return refuse("Write it as 2026-03-09 14:05.") };
            let zone = i64::from(windows.clock.zone_minutes).saturating_mul(60_000);
            let difference = i128::from(wanted.0) - i128::from(zone) - i128::from(now.0);
            windows.clock.offset = i64::try_from(difference).unwrap_or_default();
            Ok("The clock is set.".to_owned())
        }
        _ => operation.unknown(),
    }
}

/// `2026-03-09 14:05`, local.
fn parse(text: &str) -> Option<Time> {
    let (date, time) = text.trim().split_once(' ')?;
    let mut date = date.split('-').map(str::parse::<u16>);
    let (year, month, day) = (date.next()?.ok()?, u8::try_from(date.next()?.ok()?).ok()?, u8::try_from(date.next()?.ok()?).ok()?);
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    let fits = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    fits.then(|| Time::from_civil(year.into(), month, day, hour, minute))
}
