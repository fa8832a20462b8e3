//! Dates and tables as the modelled systems print them.

use crate::time::{Civil, MONTHS, WEEKDAYS};

/// `Thursday, June 22, 2023 10:39:04 AM`, as `ipconfig /all` prints it.
#[must_use]
pub fn windows_long(date: Civil) -> String {
    let (hour, half) = twelve_hours(date.hour);
    format!(
        "{}, {} {}, {} {hour}:{:02}:{:02} {half}",
        WEEKDAYS[usize::from(date.weekday)],
        month(date),
        date.day,
        date.year,
        date.minute,
        date.second
    )
}

/// `6/22/2023 10:39:04 AM`, as most Windows tools print it.
#[must_use]
pub fn windows_short(date: Civil) -> String {
    let (hour, half) = twelve_hours(date.hour);
    format!("{}/{}/{} {hour}:{:02}:{:02} {half}", date.month, date.day, date.year, date.minute, date.second)
}

/// `Jun 22 10:39:04`, as syslog and `journalctl` print it.
#[must_use]
pub fn syslog(date: Civil) -> String {
    format!("{} {:02} {:02}:{:02}:{:02}", &month(date)[..3], date.day, date.hour, date.minute, date.second)
}

/// `2023-06-22 10:39:04`.
#[must_use]
pub fn iso(date: Civil) -> String {
    format!("{}-{:02}-{:02} {:02}:{:02}:{:02}", date.year, date.month, date.day, date.hour, date.minute, date.second)
}

/// `Thu Jun 22 10:39:04 UTC 2023`, as `date` and `dig` print it.
#[must_use]
pub fn unix(date: Civil) -> String {
    format!(
        "{} {} {:2} {:02}:{:02}:{:02} UTC {}",
        &WEEKDAYS[usize::from(date.weekday)][..3],
        &month(date)[..3],
        date.day,
        date.hour,
        date.minute,
        date.second,
        date.year
    )
}

fn month(date: Civil) -> &'static str {
    MONTHS[usize::from(date.month.clamp(1, 12) - 1)]
}

fn twelve_hours(hour: u8) -> (u8, &'static str) {
    (if hour.is_multiple_of(12) { 12 } else { hour % 12 }, if hour < 12 { "AM" } else { "PM" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    #[test]
    fn every_form_of_a_date() {
        let date = (Time::from_civil(2023, 6, 22, 10, 39) + crate::time::Span::seconds(4)).civil();
        assert_eq!(windows_long(date), "Thursday, June 22, 2023 10:39:04 AM");
        assert_eq!(windows_short(date), "6/22/2023 10:39:04 AM");
        assert_eq!(syslog(date), "Jun 22 10:39:04");
        assert_eq!(unix(date), "Thu Jun 22 10:39:04 UTC 2023");
        assert_eq!(twelve_hours(0), (12, "AM"));
        assert_eq!(twelve_hours(12), (12, "PM"));
    }
}
