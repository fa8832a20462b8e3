//! From credit to the exam's scale.

use serde::{Deserialize, Serialize};

use crate::scoring::Credit;

/// A score on the exam's scale, and how far chance may have moved it.
///
/// `CompTIA` does not publish how it makes its scale, so this is an estimate and is shown as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    pub scaled: u16,
    /// One standard error below and above, within the scale: about two of three repeats would fall between.
    pub low: u16,
    pub high: u16,
}

/// `scale_min + (scale_max - scale_min) * credit / questions`, rounded half up. What is not answered has no credit.
///
/// The standard error is the binomial one of a single test, `sqrt(x (n - x) / (n - 1))` for `x` of `n` points (F. M. Lord,
/// "Estimating test reliability", Educational and Psychological Measurement 15, 1955), on the same scale.
#[must_use]
pub fn estimate(credit: Credit, questions: u16, (min, max): (u16, u16)) -> Estimate {
    let (questions, range) = (u64::from(questions.max(1)), u64::from(max.saturating_sub(min)));
    let whole = 100 * questions;
    let reached = u64::from(credit.hundredths).min(whole);
    let scaled = (range * reached * 2 + whole) / (whole * 2);
    let variance = reached * (whole - reached) * range * range / (whole * whole * (questions - 1).max(1));
    let error = variance.isqrt();
    let on_scale = |above_min: u64| min.saturating_add(u16::try_from(above_min).unwrap_or(u16::MAX)).min(max);
    Estimate {
        scaled: on_scale(scaled),
        low: on_scale(scaled.saturating_sub(error)),
        high: on_scale((scaled + error).min(range)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(right: u32, questions: u16) -> Estimate {
        estimate(Credit { hundredths: right * 100 }, questions, (100, 900))
    }

    #[test]
    fn nothing_and_everything_are_the_ends_of_the_scale() {
        assert_eq!(of(0, 90), Estimate { scaled: 100, low: 100, high: 100 });
        assert_eq!(of(90, 90), Estimate { scaled: 900, low: 900, high: 900 });
    }

    #[test]
    fn the_score_rises_evenly_and_the_band_is_the_binomial_error() {
        // 45 of 90: sqrt(45 * 45 / 89) = 4.77 questions of 800 / 90 points each: 42.4.
        assert_eq!(of(45, 90), Estimate { scaled: 500, low: 458, high: 542 });
        // 65 of 90: 677.8; sqrt(65 * 25 / 89) = 4.27 questions: 37.98.
        assert_eq!(of(65, 90), Estimate { scaled: 678, low: 641, high: 715 });
        let scores: Vec<_> = (0..=90).map(|right| of(right, 90).scaled).collect();
        assert!(scores.is_sorted_by(|a, b| a < b), "{scores:?}");
    }

    #[test]
    fn a_shorter_form_has_a_wider_band() {
        let width = |estimate: Estimate| estimate.high - estimate.low;
        assert!(width(of(10, 20)) > 2 * width(of(45, 90)) - 10, "{:?}", of(10, 20));
        assert_eq!(of(1, 1).scaled, 900);
    }

    #[test]
    fn part_credit_counts_in_part() {
        assert_eq!(estimate(Credit { hundredths: 66 }, 1, (100, 900)).scaled, 628);
        assert_eq!(estimate(Credit { hundredths: 999 }, 1, (100, 900)).scaled, 900, "never beyond the scale");
    }
}
