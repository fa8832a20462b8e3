//! How long a drill may take.

use serde::{Deserialize, Serialize};

use crate::accounts::TimeAllowance;
use crate::content::blueprint::Blueprint;
use crate::exams::pace_seconds;

/// What a drill's time is measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timing {
    /// No limit.
    #[default]
    None,
    /// As much for each question as the exam has.
    Pace,
    /// So many minutes for all of it.
    Minutes,
}

pub const FEWEST_MINUTES: u16 = 1;
pub const MOST_MINUTES: u16 = 180;

impl Timing {
    pub const ALL: [Self; 3] = [Self::None, Self::Pace, Self::Minutes];

    /// Its word in forms, as serde writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "None",
            Self::Pace => "Pace",
            Self::Minutes => "Minutes",
        }
    }

    /// The limit in seconds, with more for who is allowed more; `None`: there is none. `minutes` counts for [`Self::Minutes`].
    #[must_use]
    pub fn seconds(self, exam: &Blueprint, questions: u16, minutes: u16, allowance: TimeAllowance) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Pace => Some(pace_seconds(exam, questions, allowance)),
            Self::Minutes => Some(allowance.stretch(u32::from(minutes) * 60)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IntoDeserializer as _;

    use crate::testing::blueprint;

    #[test]
    fn a_limit_is_none_the_pace_of_the_exam_or_minutes() {
        // 90 questions in 90 minutes.
        let exam = blueprint(&[100]);
        let seconds = |timing: Timing, questions, minutes| timing.seconds(&exam, questions, minutes, TimeAllowance::Standard);
        assert_eq!(seconds(Timing::None, 10, 5), None);
        assert_eq!(seconds(Timing::Pace, 10, 5), Some(600));
        assert_eq!(seconds(Timing::Minutes, 10, 5), Some(300));
        assert_eq!(seconds(Timing::Minutes, 1, MOST_MINUTES), Some(10_800));
    }

    #[test]
    fn who_is_allowed_more_time_has_more_of_either() {
        let exam = blueprint(&[100]);
        let seconds = |timing: Timing, allowance| timing.seconds(&exam, 10, 5, allowance);
        assert_eq!(seconds(Timing::Pace, TimeAllowance::HalfMore), Some(900));
        assert_eq!(seconds(Timing::Minutes, TimeAllowance::QuarterMore), Some(375));
        assert_eq!(seconds(Timing::None, TimeAllowance::Double), None);
    }

    #[test]
    fn words_are_those_of_forms_and_stored_requests() {
        for timing in Timing::ALL {
            let word: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = timing.as_str().into_deserializer();
            assert_eq!(Timing::deserialize(word), Ok(timing));
        }
    }
}
