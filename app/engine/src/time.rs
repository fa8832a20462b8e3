//! The one virtual clock: integer milliseconds, and the timers that fire on it in order.

use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

use crate::sorted::Map;
use crate::world::{DeviceId, InterfaceIndex};

/// A moment: milliseconds since 1970-01-01 00:00 UTC, in the world's own time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Time(pub u64);

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span(pub u64);

impl Span {
    pub const ZERO: Self = Self(0);

    #[must_use]
    pub const fn millis(n: u64) -> Self {
        Self(n)
    }

    #[must_use]
    pub const fn seconds(n: u64) -> Self {
        Self(n.saturating_mul(1000))
    }

    #[must_use]
    pub const fn minutes(n: u64) -> Self {
        Self(n.saturating_mul(60_000))
    }

    #[must_use]
    pub const fn hours(n: u64) -> Self {
        Self(n.saturating_mul(3_600_000))
    }

    #[must_use]
    pub const fn days(n: u64) -> Self {
        Self(n.saturating_mul(86_400_000))
    }

    #[must_use]
    pub const fn as_seconds(self) -> u64 {
        self.0 / 1000
    }
}

impl Add<Span> for Time {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub for Time {
    type Output = Span;

    /// Zero when `earlier` is not earlier.
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Sub<Span> for Time {
    type Output = Self;

    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// A date and time of day of the proleptic Gregorian calendar, in UTC unless it was shifted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    pub year: i64,
    /// 1–12.
    pub month: u8,
    /// 1–31.
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    /// 0 is Sunday.
    pub weekday: u8,
}

pub const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
pub const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

impl Time {
    /// Shifted by a zone's offset or a machine's wrong clock, in milliseconds.
    #[must_use]
    pub fn shifted(self, offset: i64) -> Self {
        Self(self.0.saturating_add_signed(offset))
    }

    /// Days to a civil date after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    #[must_use]
    pub fn civil(self) -> Civil {
        let seconds = self.0 / 1000;
        let days = i64::try_from(seconds / 86_400).unwrap_or(i64::MAX / 2);
        let of_day = seconds % 86_400;
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let small = |n: i64| u8::try_from(n).unwrap_or_default();
        let month = small(if from_march < 10 { from_march + 3 } else { from_march - 9 });
        let part = |n: u64| u8::try_from(n).unwrap_or_default();
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: small(of_year - (153 * from_march + 2) / 5 + 1),
            hour: part(of_day / 3600),
            minute: part(of_day / 60 % 60),
            second: part(of_day % 60),
            weekday: small((days + 4).rem_euclid(7)),
        }
    }

    /// The moment of a civil date and time in UTC; the inverse of [`Time::civil`].
    #[must_use]
    pub fn from_civil(year: i64, month: u8, day: u8, hour: u8, minute: u8) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let from_march = i64::from(if month > 2 { month - 3 } else { month + 9 });
        let of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        let seconds = days * 86_400 + i64::from(hour) * 3600 + i64::from(minute) * 60;
        Self(u64::try_from(seconds).unwrap_or_default() * 1000)
    }
}

/// What happens by itself when its time has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timer {
    /// A DHCP client reaches T1, T2 or the end of its lease, or tries again after no answer.
    DhcpClient(DeviceId, InterfaceIndex),
    /// A machine that was told to restart or was switched on has finished starting.
    Started(DeviceId),
    /// A service with a recovery action or a slow start reaches its next state.
    Service(DeviceId, String),
    /// A stale credential somewhere tries to sign in again (fault A2 and its kin).
    StaleCredential(DeviceId),
    /// A print queue looks at its next job.
    PrintQueue(DeviceId),
    /// A shutdown that was announced (`shutdown /s /t 60`) takes place; true restarts.
    ShutDown(DeviceId, bool),
    /// Something a scenario has set up for later.
    Fault,
}

/// Timers in order of time; those of one moment in the order in which they were set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timers {
    queue: Map<(Time, u32), Timer>,
}

impl Timers {
    pub fn set(&mut self, at: Time, timer: Timer) {
        // Counted within the moment: a timer that is set and cancelled again leaves the state as it was.
        let next = self.queue.range((at, 0)..=(at, u32::MAX)).next_back().map_or(0, |((_, last), _)| last.saturating_add(1));
        self.queue.insert((at, next), timer);
    }

    /// Forgets every timer that is equal to `timer`.
    pub fn cancel(&mut self, timer: &Timer) {
        self.queue.retain(|_, waiting| waiting != timer);
    }

    /// Whether a timer equal to `timer` is set.
    #[must_use]
    pub fn is_set(&self, timer: &Timer) -> bool {
        self.queue.values().any(|waiting| waiting == timer)
    }

    /// Those that are wanted.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&Timer) -> bool) -> Self {
        let queue = self.queue.iter().filter(|(_, timer)| wanted(timer)).map(|(at, timer)| (*at, timer.clone())).collect();
        Self { queue }
    }

    /// The next timer that is due by `until`, with its time.
    pub fn due(&mut self, until: Time) -> Option<(Time, Timer)> {
        self.queue.first_key_value().filter(|((at, _), _)| *at <= until)?;
        self.queue.pop_first().map(|((at, _), timer)| (at, timer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn civil_dates_go_both_ways() {
        for (year, month, day, weekday) in [(1970, 1, 1, 4), (2000, 2, 29, 2), (2024, 2, 29, 4), (2026, 9, 7, 1), (2100, 3, 1, 1)]
        {
            let civil = Time::from_civil(year, month, day, 13, 5).civil();
            assert_eq!((civil.year, civil.month, civil.day, civil.hour, civil.minute), (year, month, day, 13, 5));
            assert_eq!(civil.weekday, weekday, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn timers_of_one_moment_fire_in_the_order_they_were_set() {
        let mut timers = Timers::default();
        timers.set(Time(5), Timer::Fault);
        timers.set(Time(5), Timer::Started(DeviceId(1)));
        timers.set(Time(3), Timer::Started(DeviceId(2)));
        assert_eq!(timers.due(Time(4)), Some((Time(3), Timer::Started(DeviceId(2)))));
        assert_eq!(timers.due(Time(4)), None);
        assert_eq!(timers.due(Time(5)), Some((Time(5), Timer::Fault)));
        assert_eq!(timers.due(Time(5)), Some((Time(5), Timer::Started(DeviceId(1)))));
    }
}
