//! The clock of a Windows machine and the service that keeps it.

use std::net::Ipv4Addr;

use crate::net::packet::Connection;
use crate::net::{dns, packet};
use crate::time::{Civil, Time};
use crate::world::windows::Windows;
use crate::world::{DeviceId, World};

/// NTP, RFC 5905.
const NTP: u16 = 123;
const MINUTE: i64 = 60_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsynchronised {
    ServiceStopped,
    /// No server answered.
    NoData,
}

/// What the machine takes the moment for, in UTC.
#[must_use]
pub fn utc(windows: &Windows, now: Time) -> Time {
    now.shifted(windows.clock.offset)
}

/// What the clock in the corner of the screen shows at a moment of true time.
#[must_use]
pub fn local(windows: &Windows, at: Time) -> Civil {
    let zone = i64::from(windows.clock.zone_minutes).saturating_mul(MINUTE);
    at.shifted(windows.clock.offset.saturating_add(zone)).civil()
}

/// An event or a file's time, stamped when it happened: the zone is the one that is set now.
#[must_use]
pub fn stamp(windows: &Windows, at: Time) -> Civil {
    at.shifted(i64::from(windows.clock.zone_minutes).saturating_mul(MINUTE)).civil()
}

/// The address of the time source, where its name is known and it answers.
#[must_use]
pub fn server(world: &mut World, device: DeviceId) -> Option<Ipv4Addr> {
    let source = world.device(device).windows()?.clock.source.clone();
    let dns::Resolution::Address(address) = dns::resolve(world, device, source.split(',').next()?) else { return None };
    matches!(packet::udp(world, device, address, NTP), Connection::Connected { .. }).then_some(address)
}

/// Asks the time source once and sets the clock.
pub fn synchronise(world: &mut World, device: DeviceId) -> Result<(), Unsynchronised> {
    if !crate::machine::runs(world, device, "W32Time") {
        return Err(Unsynchronised::ServiceStopped);
    }
    server(world, device).ok_or(Unsynchronised::NoData)?;
    let now = world.now;
    if let Some(windows) = world.device_mut(device).windows_mut() {
        windows.clock.offset = 0;
        windows.clock.last_sync = Some(now);
    }
    Ok(())
}

/// Time zones that can be chosen: minutes east of UTC and Windows' name for it.
pub const ZONES: &[(i32, &str)] = &[
    (-480, "(UTC-08:00) Pacific Time (US & Canada)"),
    (-420, "(UTC-07:00) Mountain Time (US & Canada)"),
    (-360, "(UTC-06:00) Central Time (US & Canada)"),
    (-300, "(UTC-05:00) Eastern Time (US & Canada)"),
    (-180, "(UTC-03:00) Brasilia"),
    (0, "(UTC+00:00) Dublin, Edinburgh, Lisbon, London"),
    (60, "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"),
    (120, "(UTC+02:00) Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius"),
    (180, "(UTC+03:00) Nairobi"),
    (330, "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi"),
    (480, "(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi"),
    (540, "(UTC+09:00) Osaka, Sapporo, Tokyo"),
    (600, "(UTC+10:00) Canberra, Melbourne, Sydney"),
];

/// Windows' name for a zone; one that is not in the list is written as its difference.
#[must_use]
pub fn zone_name(minutes: i32) -> String {
    ZONES.iter().find(|(zone, _)| *zone == minutes).map_or_else(
        || {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("(UTC{sign}{:02}:{:02})", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
        },
        |(_, name)| (*name).to_owned(),
    )
}
