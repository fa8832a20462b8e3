//! Tickets: how the stored log of a run is read, what may be taken back, and how long an assessment lasts.

use std::fmt;
use std::str::FromStr;

use engine::ticket::Action;
use engine::ticket::scenario::Rubric;
use engine::ticket::verdict::{Finding, Part, Verdict};
use serde::{Deserialize, Serialize};

use crate::accounts::TimeAllowance;

/// How a ticket is worked on. The simulated company is the same in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Hints, undo and rewind at any time; no limit.
    #[default]
    Practice,
    /// No hints, nothing can be taken back, and a time limit.
    Assessment,
    /// An item of an exam: graded on the state at the exam's end, no hints, and nothing taken back but all of it.
    Simulation,
}

impl Mode {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Practice => "practice",
            Self::Assessment => "assessment",
            Self::Simulation => "simulation",
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Mode {
    type Err = UnknownMode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "practice" => Ok(Self::Practice),
            "assessment" => Ok(Self::Assessment),
            "simulation" => Ok(Self::Simulation),
            _ => Err(UnknownMode),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMode;

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the mode is practice, assessment or simulation")
    }
}

impl std::error::Error for UnknownMode {}

/// One entry of a ticket's stored log. What was taken back stays in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    Act(Action),
    /// Goes back to the moment when this many actions had been done; practice only.
    Rewind {
        to: u32,
    },
    /// What was told, and the points it costs; practice only.
    Hint {
        text: String,
        cost: u16,
    },
}

/// The log as it counts: what was taken back is gone, the price of hints is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The actions that count, in order.
    pub actions: Vec<Action>,
    /// Hints and how many actions had been done when each was taken.
    pub hints: Vec<(u32, Hint)>,
    /// How many actions were taken back.
    pub undone: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    pub text: String,
    pub cost: u16,
}

impl Standing {
    #[must_use]
    pub fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        let mut standing = Self::default();
        for step in steps {
            standing.take(step);
        }
        standing
    }

    pub fn take(&mut self, step: Step) {
        match step {
            Step::Act(action) => self.actions.push(action),
            Step::Rewind { to } => {
                let to = usize::try_from(to).unwrap_or(usize::MAX).min(self.actions.len());
                self.undone += u32::try_from(self.actions.len() - to).unwrap_or(u32::MAX);
                self.actions.truncate(to);
            }
            Step::Hint { text, cost } => {
                let at = u32::try_from(self.actions.len()).unwrap_or(u32::MAX);
                self.hints.push((at, Hint { text, cost }));
            }
        }
    }

    /// How many actions count once this step is taken.
    #[must_use]
    pub fn actions_after(&self, step: &Step) -> usize {
        match step {
            Step::Act(_) => self.actions.len() + 1,
            Step::Rewind { to } => usize::try_from(*to).unwrap_or(usize::MAX).min(self.actions.len()),
            Step::Hint { .. } => self.actions.len(),
        }
    }

    /// The first actions, without what ended the ticket: where another try goes on.
    pub fn continued_after(self, actions: u32) -> impl Iterator<Item = Action> {
        let ends = |action: &Action| matches!(action, Action::Resolve(_) | Action::Escalate(_));
        self.actions.into_iter().take(usize::try_from(actions).unwrap_or(usize::MAX)).filter(move |action| !ends(action))
    }

    /// Points that the hints have cost.
    #[must_use]
    pub fn hint_cost(&self) -> u16 {
        self.hints.iter().fold(0, |sum, (_, hint)| sum.saturating_add(hint.cost))
    }
}

/// The verdict with the price of hints taken off: a part of its own, so that a learner sees what they cost.
#[must_use]
pub fn with_hints(verdict: Verdict, standing: &Standing, rubric: &Rubric) -> Verdict {
    if standing.hints.is_empty() {
        return verdict;
    }
    let findings = standing.hints.iter().map(|(after, hint)| Finding {
        text: format!("−{} for the hint “{}”", hint.cost, hint.text),
        // The last action before it was taken; none at the very start.
        actions: (*after > 0).then_some(*after).into_iter().collect(),
    });
    let part = Part { name: "Hints".to_owned(), points: 0, max: 0, findings: findings.collect() };
    let score = verdict.score.saturating_sub(standing.hint_cost());
    let enough = u32::from(score) * 100 >= u32::from(rubric.pass) * u32::from(verdict.max);
    let pass = verdict.pass && enough;
    Verdict { score, pass, parts: verdict.parts.into_iter().chain([part]).collect(), ..verdict }
}

/// More actions than anybody needs; a log stays quick to replay.
pub const MOST_ACTIONS: u32 = 600;

/// The least time an assessment gives, in minutes: reading the ticket and writing it up take their time whatever the fault is.
const LEAST_MINUTES: u32 = 20;

/// Minutes of real time for an assessment: twice what a good technician needs in the model's own time, and more for who is
/// allowed more.
#[must_use]
pub fn time_limit(minutes: u32, allowance: TimeAllowance) -> u32 {
    let minutes = minutes.saturating_mul(2).max(LEAST_MINUTES);
    minutes.saturating_mul(u32::from(allowance.percent())).div_ceil(100)
}

#[cfg(test)]
mod tests {
    use engine::time::Span;

    use super::*;

    fn wait(seconds: u64) -> Step {
        Step::Act(Action::Wait(Span::seconds(seconds)))
    }

    #[test]
    fn what_was_taken_back_does_not_count_but_hints_keep_their_price() {
        let hint = Step::Hint { text: "Look at the link lights.".to_owned(), cost: 4 };
        let standing = Standing::of([wait(1), wait(2), hint, Step::Rewind { to: 1 }, wait(3)]);
        assert_eq!(standing.actions, [Action::Wait(Span::seconds(1)), Action::Wait(Span::seconds(3))]);
        assert_eq!((standing.undone, standing.hint_cost()), (1, 4));
        assert_eq!(standing.hints[0].0, 2);
    }

    #[test]
    fn a_rewind_beyond_the_log_changes_nothing() {
        let standing = Standing::of([wait(1), Step::Rewind { to: 9 }]);
        assert_eq!((standing.actions.len(), standing.undone), (1, 0));
    }

    #[test]
    fn limits_follow_the_allowance_and_are_never_too_short() {
        assert_eq!(time_limit(30, TimeAllowance::Standard), 60);
        assert_eq!(time_limit(30, TimeAllowance::QuarterMore), 75);
        assert_eq!(time_limit(5, TimeAllowance::Standard), 20);
        assert_eq!(time_limit(5, TimeAllowance::Double), 40);
        assert_eq!(time_limit(u32::MAX, TimeAllowance::Double), u32::MAX.div_ceil(100));
    }

    #[test]
    fn modes_are_written_as_they_are_read() {
        for mode in [Mode::Practice, Mode::Assessment] {
            assert_eq!(mode.as_str().parse(), Ok(mode));
        }
        assert!("exam".parse::<Mode>().is_err());
    }
}
