//! How times are written for people and programs. The time itself is asked of the database (`firstline_now()`), but for one
//! case.

use domain::content::item::Date;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// RFC 3339 in UTC, to the second.
#[must_use]
pub fn rfc3339(time: OffsetDateTime) -> String {
    let utc = time.to_offset(time::UtcOffset::UTC);
    utc.replace_nanosecond(0).unwrap_or(utc).format(&Rfc3339).unwrap_or_default()
}

/// The day in UTC, for the content check, which has no database to ask.
#[must_use]
pub fn today() -> Date {
    let date = OffsetDateTime::now_utc().date();
    Date { year: u16::try_from(date.year()).unwrap_or_default(), month: date.month().into(), day: date.day() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_without_fractions() {
        let time = time::macros::datetime!(2026-11-22 13:05:09.123 +2);
        assert_eq!(rfc3339(time), "2026-11-22T11:05:09Z");
    }
}
