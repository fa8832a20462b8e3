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
