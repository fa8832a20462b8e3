//! Words that several pages of exams share.

use domain::exams::{Length, Mode};

/// `1 h 30 min`, `45 minutes`, `1 minute`, `30 seconds`.
pub fn span(seconds: u64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match (hours, minutes) {
        (0, 0) => format!("{seconds} seconds"),
        (0, 1) => "1 minute".to_owned(),
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

pub fn length(length: Length) -> &'static str {
    match length {
        Length::Full => "Full length",
        Length::Half => "Half length",
        Length::Short => "Short",
    }
}

pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Practice => "Practice mode",
        Mode::Exam => "Exam mode",
    }
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn spans_are_said_as_people_say_them() {
        let cases = [
            (5400, "1 h 30 min"),
            (2700, "45 minutes"),
            (60, "1 minute"),
            (30, "30 seconds"),
            (3600, "1 hour"),
            (7200, "2 hours"),
        ];
        for (seconds, words) in cases {
            assert_eq!(span(seconds), words);
        }
    }
}
