//! A moment as people read it, in UTC, which is what the server knows.

use leptos::prelude::*;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[component]
pub fn Time(
    /// RFC 3339, in UTC.
    #[prop(into)]
    at: String,
) -> AnyView {
    let words = words(&at).unwrap_or_else(|| at.clone());
    view! {
        <time class="time" datetime=at>
            {words}
        </time>
    }
    .into_any()
}

/// `2026-11-22T09:05:31Z` as `22 Nov 2026, 09:05 UTC`; `None` for what is no such moment.
fn words(at: &str) -> Option<String> {
    let (date, time) = at.split_once('T')?;
    let mut date = date.split('-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    let day: u8 = day.parse().ok()?;
    let clock = time.get(..5)?;
    (time.ends_with('Z') || time.ends_with("+00:00")).then(|| format!("{day} {month} {year}, {clock} UTC"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::render;

    #[test]
    fn reads_as_people_write_it() {
        assert_eq!(words("2026-11-22T09:05:31Z").as_deref(), Some("22 Nov 2026, 09:05 UTC"));
        assert_eq!(words("2026-01-02T23:59:31.123456Z").as_deref(), Some("2 Jan 2026, 23:59 UTC"));
        assert_eq!(words("2026-01-02T23:59:31+00:00").as_deref(), Some("2 Jan 2026, 23:59 UTC"));
    }

    #[test]
    fn what_is_no_moment_is_shown_as_it_came() {
        for odd in ["", "yesterday", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-01T00:00:00+02:00"] {
            assert_eq!(words(odd), None, "{odd}");
        }
        let html = render(|| view! { <Time at="soon"/> }.into_any());
        assert!(html.contains(">soon</time>"), "{html}");
    }
}
