//! Which of the items a learner is asked: what each pool means.
//!
//! All of it rests on finished attempts at the exam, quizzes and exams alike: what is still open may change, and a running exam
//! must not be told about.

use serde::{Deserialize, Serialize};

use super::Seen;
use super::due::is_due;
use crate::content::blueprint::Blueprint;
use crate::exams::Confidence;

/// What to draw from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pool {
    /// Unseen items first, then the ones seen longest ago.
    #[default]
    All,
    Unseen,
    /// Items whose latest answer was wrong.
    Missed,
    /// Items that were wrong, or open at the end, in one of the last finished attempts; see [`Rules::last`].
    MissedLately,
    /// Items marked in the latest attempt that they were answered or marked in.
    Flagged,
    /// Items whose latest word on confidence is "unsure". Exams ask for it, and quizzes do not.
    Unsure,
    /// Items that took more than one and a half times the exam's pace in the latest exam that they were answered in.
    Slow,
    /// Items whose time to be reviewed has come: see [`is_due`].
    Due,
}

/// The numbers of finished attempts that [`Pool::MissedLately`] may look back on.
pub const FEWEST_LAST: u16 = 1;
pub const MOST_LAST: u16 = 20;
pub const USUAL_LAST: u16 = 5;

/// What finished attempts tell about one item and one learner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub seen: Option<Seen>,
    /// Whether each answer was right, the first answer first.
    pub answers: Vec<bool>,
    /// How many attempts ago it was wrong or left open for the last time; 1: in the latest one.
    pub missed_ago: Option<u32>,
    /// In the latest attempt in which it was answered or marked.
    pub marked: bool,
    /// The latest.
    pub confidence: Option<Confidence>,
    /// Milliseconds that it took in the latest exam in which it was answered.
    pub exam_ms: Option<u64>,
}

/// What the pools are measured by.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'b> {
    pub exam: &'b Blueprint,
    /// How many finished attempts at this exam [`Pool::MissedLately`] looks back on.
    pub last: u16,
    /// Microseconds since 1970, UTC.
    pub now: i64,
}

impl Pool {
    pub const ALL: [Self; 8] =
        [Self::All, Self::Unseen, Self::Missed, Self::MissedLately, Self::Flagged, Self::Unsure, Self::Slow, Self::Due];

    /// Its word in forms, as serde writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Unseen => "Unseen",
            Self::Missed => "Missed",
            Self::MissedLately => "MissedLately",
            Self::Flagged => "Flagged",
            Self::Unsure => "Unsure",
            Self::Slow => "Slow",
            Self::Due => "Due",
        }
    }

    /// Whether [`Known::seen`] is not enough to tell what belongs to it.
    #[must_use]
    pub fn needs_history(self) -> bool {
        !matches!(self, Self::All | Self::Unseen | Self::Missed)
    }

    #[must_use]
    pub fn admits(self, known: &Known, rules: Rules<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Unseen => known.seen.is_none(),
            Self::Missed => known.seen.is_some_and(|seen| !seen.correct),
            Self::MissedLately => known.missed_ago.is_some_and(|ago| ago <= u32::from(rules.last)),
            Self::Flagged => known.marked,
            Self::Unsure => known.confidence == Some(Confidence::Unsure),
            Self::Slow => known.exam_ms.is_some_and(|spent| is_slow(spent, rules.exam)),
            Self::Due => known.seen.is_some_and(|seen| is_due(&known.answers, seen.at, rules.now)),
        }
    }
}

/// More than 1.5 times what an exam of full length has for each question.
fn is_slow(milliseconds: u64, exam: &Blueprint) -> bool {
    // spent > 1.5 · minutes · 60 · 1000 / questions, without a division.
    milliseconds * 2 * u64::from(exam.max_questions) > 3 * u64::from(exam.minutes) * 60 * 1000
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IntoDeserializer as _;

    use crate::testing::blueprint;

    const DAY: i64 = 24 * 60 * 60 * 1_000_000;

    /// The pools that admit an item, asked a day after 1970.
    fn pools(known: &Known, last: u16) -> Vec<Pool> {
        let exam = blueprint(&[100]);
        let rules = Rules { exam: &exam, last, now: DAY };
        Pool::ALL.into_iter().filter(|pool| pool.admits(known, rules)).collect()
    }

    #[test]
    fn each_fact_brings_an_item_into_its_pool_and_no_other() {
        let seen = |correct| Some(Seen { correct, at: DAY - 1 });
        let known = Known { seen: seen(true), answers: vec![true], ..Known::default() };
        let cases = [
            (Known::default(), vec![Pool::Unseen]),
            (known.clone(), vec![]),
            (Known { seen: seen(false), answers: vec![false], ..Known::default() }, vec![Pool::Missed]),
            (Known { missed_ago: Some(5), ..known.clone() }, vec![Pool::MissedLately]),
            (Known { missed_ago: Some(6), ..known.clone() }, vec![]),
            (Known { marked: true, ..known.clone() }, vec![Pool::Flagged]),
            (Known { confidence: Some(Confidence::Unsure), ..known.clone() }, vec![Pool::Unsure]),
            (Known { confidence: Some(Confidence::Sure), ..known.clone() }, vec![]),
            (Known { exam_ms: Some(90_001), ..known.clone() }, vec![Pool::Slow]),
            (Known { exam_ms: Some(90_000), ..known.clone() }, vec![]),
            (Known { seen: Some(Seen { correct: true, at: -DAY }), answers: vec![true], ..Known::default() }, vec![Pool::Due]),
        ];
        for (known, mut expected) in cases {
            expected.insert(0, Pool::All);
            assert_eq!(pools(&known, USUAL_LAST), expected, "{known:?}");
        }
    }

    #[test]
    fn missed_lately_reaches_back_as_far_as_asked() {
        let known = Known { missed_ago: Some(3), ..Known::default() };
        for (last, admitted) in [(FEWEST_LAST, false), (2, false), (3, true), (MOST_LAST, true)] {
            assert_eq!(pools(&known, last).contains(&Pool::MissedLately), admitted, "{last}");
        }
        // Only left open, never answered: still new.
        assert_eq!(pools(&known, 3), [Pool::All, Pool::Unseen, Pool::MissedLately]);
    }

    #[test]
    fn slow_is_measured_by_the_pace_of_the_exam() {
        let mut exam = blueprint(&[100]);
        (exam.max_questions, exam.minutes) = (80, 90);
        // 67.5 s for each of 80 questions in 90 minutes, and half as much again: 101.25 s.
        assert!(is_slow(101_251, &exam) && !is_slow(101_250, &exam) && !is_slow(0, &exam));
    }

    #[test]
    fn words_are_those_of_forms_and_stored_requests() {
        for pool in Pool::ALL {
            let word: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = pool.as_str().into_deserializer();
            assert_eq!(Pool::deserialize(word), Ok(pool));
        }
    }
}
