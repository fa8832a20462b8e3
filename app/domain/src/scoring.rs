//! Marks and points: what was right of what was asked.
//!
//! One rule for each interaction, stated to the learner before the start. Points are never negative and nothing is taken away
//! for a wrong part (the real exams have no negative marking either):
//!
//! - *choice*: one point if the chosen set is the key set. No part credit, whether one or several are to be chosen.
//! - *ordering*: one point for each step at its right position ("absolute position" of Moodle's ordering question). By chance
//!   one step is right on average, however many there are.
//! - *matching*: one point for each term with its right match (`mapResponse` of IMS QTI 2 without a penalty). A match may fit
//!   several terms or none, so that the last pair is not found by elimination.
//! - *placing*: matching on a picture, by the same rule: one point for each numbered place with its right label.
//! - *typed*: one point if the answer means the same as an accepted one.
//! - *simulation*: three points for the state in which the company is left, see [`score_of_state`].
//!
//! A question counts as right if all of its points are reached; what was reached of it is its part credit.

use engine::ticket::Verdict;
use serde::{Deserialize, Serialize};

use crate::content::item::{Interaction, Typed};
use crate::response::Response;

/// `correct` of `of`. Never more correct than asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub correct: u32,
    pub of: u32,
}

impl Mark {
    pub fn add(&mut self, correct: bool) {
        self.of += 1;
        self.correct += u32::from(correct);
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { correct: self.correct + other.correct, of: self.of + other.of }
    }

    /// Whole percent, rounded half up; `None` where nothing was asked.
    #[must_use]
    pub fn percent(self) -> Option<u32> {
        (self.of > 0).then(|| (self.correct * 200 + self.of) / (self.of * 2))
    }
}

/// Points of one response. Never more than there are, and there is at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    pub points: u8,
    pub of: u8,
}

impl Score {
    /// All points of the question.
    #[must_use]
    pub fn is_right(self) -> bool {
        self.points == self.of
    }

    /// Some points, and not all.
    #[must_use]
    pub fn is_part(self) -> bool {
        self.points > 0 && !self.is_right()
    }
}

/// Whole questions and parts of them, in hundredths of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    pub hundredths: u32,
}

impl Credit {
    /// A share of a question, rounded down.
    pub fn add(&mut self, score: Score) {
        self.hundredths += u32::from(score.points) * 100 / u32::from(score.of.max(1));
    }
}

/// Applies the rule of the interaction. A response to another interaction has no points.
#[must_use]
pub fn score(interaction: &Interaction, response: &Response) -> Score {
    match (interaction, response) {
        (Interaction::Choice(choice), Response::Chosen(chosen)) => {
            let keys: Vec<bool> = choice.options.iter().map(|option| option.key).collect();
            Score { points: is_key_set(&keys, chosen).into(), of: 1 }
        }
        (Interaction::Ordering(steps), Response::Ordered(given)) => {
            each(&(0..=u8::MAX).take(steps.len()).collect::<Vec<_>>(), given)
        }
        (Interaction::Matching(matching), Response::Matched(given)) => each(&matching.key(), given),
        (Interaction::Typed(typed), Response::Typed(text)) => Score { points: is_accepted(typed, text).into(), of: 1 },
        _ => Score { points: 0, of: 1 },
    }
}

/// A point each: what the requester needs works; the cause is gone; nothing else was damaged, if one of the others was reached,
/// for doing nothing damages nothing.
#[must_use]
pub fn score_of_state(verdict: &Verdict) -> Score {
    let reached = u8::from(verdict.service_restored) + u8::from(verdict.root_cause_fixed);
    Score { points: reached + u8::from(reached > 0 && verdict.damage.is_empty()), of: 3 }
}

/// Whether an answer means the same as an accepted one.
#[must_use]
pub fn is_accepted(typed: &Typed, text: &str) -> bool {
    typed.accepted.iter().any(|accepted| means_the_same(typed, text, accepted))
}

/// Whether two answers mean the same where this is asked; `false` if one of them cannot be read.
#[must_use]
pub fn means_the_same(typed: &Typed, text: &str, other: &str) -> bool {
    let read = |text: &str| typed.form.read(text).ok();
    read(text).zip(read(other)).is_some_and(|(text, other)| text.is_same(&other, typed.tolerance))
}

fn is_key_set(keys: &[bool], chosen: &[u8]) -> bool {
    keys.iter().enumerate().all(|(index, key)| *key == chosen.iter().any(|choice| usize::from(*choice) == index))
        && chosen.iter().all(|choice| usize::from(*choice) < keys.len())
}

/// A point for each place where both say the same.
fn each(key: &[u8], given: &[u8]) -> Score {
    let right = key.iter().zip(given).filter(|(key, given)| key == given).count();
    let small = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    Score { points: small(right), of: small(key.len()).max(1) }
}

#[cfg(test)]
mod tests;
