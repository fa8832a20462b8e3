//! The time left: drawn every second, spoken at half, ten, five minutes and one, hidden where somebody likes it better.

use std::time::Duration;

use leptos::prelude::*;

use super::state::Room;
use crate::exams::words::span;

#[component]
pub fn TimeLeft(room: Room) -> AnyView {
    let seconds = RwSignal::new(room.clock.with_untracked(|clock| clock.milliseconds_left / 1000));
    let spoken = RwSignal::new(String::new());
    Effect::new(move || {
        let tick = move || {
            let now = room.milliseconds_left().div_ceil(1000);
            let before = seconds.get_untracked();
            seconds.set(now);
            if let Some(words) = warning(before, now, room.clock.with_untracked(|clock| clock.limit_seconds)) {
                spoken.set(words);
            }
            if now == 0 && room.ready.get_untracked() && !room.finishing.get_untracked() {
                room.finish();
            }
        };
        if let Ok(handle) = set_interval_with_handle(tick, Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
    });
    view! {
        <details class="exam-time" open>
            <summary>"Time left"</summary>
            <span role="timer" class="exam-time-left">{move || digits(seconds.get())}</span>
        </details>
        <p class="visually-hidden" role="status">{spoken}</p>
    }
    .into_any()
}

/// What is said when the clock passes a mark.
fn warning(before: u64, now: u64, limit: u32) -> Option<String> {
    let passes = |mark: u64| before > mark && now <= mark;
    let marks = [u64::from(limit) / 2, 600, 300, 60];
    // After sleep several are passed at once, and the last one matters.
    let mark = marks.into_iter().filter(|mark| *mark < u64::from(limit) && passes(*mark)).min()?;
    let half = if mark == marks[0] { "Half of the time is over: " } else { "" };
    Some(format!("{half}{} left.", span(mark)))
}

/// `1:02:03` or `02:03`.
fn digits(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_speaks_at_half_ten_five_and_one() {
        assert_eq!(warning(2701, 2700, 5400).as_deref(), Some("Half of the time is over: 45 minutes left."));
        assert_eq!(warning(601, 600, 5400).as_deref(), Some("10 minutes left."));
        assert_eq!(warning(301, 299, 5400).as_deref(), Some("5 minutes left."));
        assert_eq!(warning(61, 60, 5400).as_deref(), Some("1 minute left."));
        assert_eq!(warning(60, 59, 5400), None);
        assert_eq!(warning(5400, 5399, 5400), None);
        assert_eq!(warning(5000, 30, 5400).as_deref(), Some("1 minute left."), "after sleep");
    }

    #[test]
    fn digits_have_hours_only_where_there_are_some() {
        assert_eq!((digits(3723), digits(3599), digits(0)), ("1:02:03".to_owned(), "59:59".to_owned(), "00:00".to_owned()));
    }
}
