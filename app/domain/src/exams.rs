//! Practice exams: how long they are, how a form is drawn to the blueprint, what a score means on the exam's scale.

mod enemies;
mod form;
mod scale;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::accounts::TimeAllowance;
use crate::content::blueprint::Blueprint;

pub use enemies::enemies;
pub use form::{Candidate, Form, TooSmall, assemble};
pub use scale::{Estimate, estimate};

/// How many questions one form has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Length {
    /// As many questions and minutes as the real exam has at most.
    #[default]
    Full,
    Half,
    Short,
}

/// Questions of the short form.
const SHORT: u16 = 20;

/// Answers that were on their way at the deadline still count when they arrive this many seconds later: Moodle calls it the
/// submission grace period. It is not shown as time and gives nobody more of it.
pub const GRACE_SECONDS: u16 = 5;

impl Length {
    pub const ALL: [Self; 3] = [Self::Full, Self::Half, Self::Short];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Half => "half",
            Self::Short => "short",
        }
    }

    #[must_use]
    pub fn questions(self, blueprint: &Blueprint) -> u16 {
        match self {
            Self::Full => blueprint.max_questions,
            Self::Half => blueprint.max_questions.div_ceil(2),
            Self::Short => SHORT.min(blueprint.max_questions),
        }
    }

    /// The exam's own pace for this many questions, and more for who is allowed more. Whole seconds, rounded up.
    #[must_use]
    pub fn seconds(self, blueprint: &Blueprint, allowance: TimeAllowance) -> u32 {
        pace_seconds(blueprint, self.questions(blueprint), allowance)
    }
}

/// The exam's own pace for so many questions, and more for who is allowed more. Whole seconds, rounded up.
#[must_use]
pub fn pace_seconds(blueprint: &Blueprint, questions: u16, allowance: TimeAllowance) -> u32 {
    let most = u32::from(blueprint.max_questions).max(1);
    allowance.stretch((u32::from(blueprint.minutes) * 60 * u32::from(questions)).div_ceil(most))
}

/// How an exam is taken. Both have a clock and say nothing about answers before the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// The clock can be stopped.
    #[default]
    Practice,
    /// The clock runs to the end, as in the real exam.
    Exam,
}

impl Mode {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Exam => "exam",
        }
    }
}

/// How sure a learner is of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    Sure,
    Unsure,
}

impl Confidence {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Unsure => "unsure",
        }
    }
}

/// A word that names none of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this word is none of the choices")
    }
}

impl std::error::Error for UnknownWord {}

impl FromStr for Length {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or(UnknownWord)
    }
}

impl FromStr for Mode {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Practice, Self::Exam].into_iter().find(|one| one.as_str() == text).ok_or(UnknownWord)
    }
}

impl FromStr for Confidence {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Sure, Self::Unsure].into_iter().find(|one| one.as_str() == text).ok_or(UnknownWord)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::blueprint;

    #[test]
    fn forms_keep_the_pace_of_the_exam() {
        let exam = blueprint(&[50, 50]);
        let of = |length: Length, allowance| (length.questions(&exam), length.seconds(&exam, allowance));
        assert_eq!(of(Length::Full, TimeAllowance::Standard), (90, 5400));
        assert_eq!(of(Length::Half, TimeAllowance::Standard), (45, 2700));
        assert_eq!(of(Length::Short, TimeAllowance::Standard), (20, 1200));
        assert_eq!(of(Length::Full, TimeAllowance::QuarterMore), (90, 6750));
        assert_eq!(of(Length::Short, TimeAllowance::Double), (20, 2400));
    }

    #[test]
    fn a_form_is_never_longer_than_the_exam() {
        let tiny = Blueprint { max_questions: 9, minutes: 10, ..blueprint(&[100]) };
        assert_eq!(Length::Short.questions(&tiny), 9);
        assert_eq!((Length::Half.questions(&tiny), Length::Half.seconds(&tiny, TimeAllowance::Standard)), (5, 334));
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for length in Length::ALL {
            assert_eq!(length.as_str().parse(), Ok(length));
        }
        for mode in [Mode::Practice, Mode::Exam] {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        for confidence in [Confidence::Sure, Confidence::Unsure] {
            assert_eq!(confidence.as_str().parse(), Ok(confidence));
        }
        assert_eq!("".parse::<Length>(), Err(UnknownWord));
        assert!("Exam".parse::<Mode>().is_err() && "maybe".parse::<Confidence>().is_err());
    }
}
