//! Progress: where the next hour of practice gains most.

use crate::scoring::Mark;

/// One domain of an exam as a learner stands in it.
#[derive(Clone, Copy, Debug)]
pub struct DomainRecord {
    pub number: u8,
    /// Percent of the exam.
    pub weight: u8,
    /// First answers to different items.
    pub mark: Mark,
    /// Items in the bank: nothing can be practised where there are none.
    pub items: u32,
}

/// How much of a share of a form is expected to be answered wrong, in the unit of the share, rounded down.
///
/// The chance of a wrong answer is estimated as in [`next_domain`].
#[must_use]
pub fn expected_loss(share: u32, mark: Mark) -> u32 {
    let wrong = u64::from(mark.of.saturating_sub(mark.correct)) + 1;
    u32::try_from(u64::from(share) * wrong / (u64::from(mark.of) + 2)).unwrap_or(u32::MAX)
}

/// The domain where practice gains most: weight times the chance to answer wrong.
///
/// The chance is estimated by Laplace's rule of succession, (wrong + 1) / (answered + 2), so that an untouched domain counts as
/// half known and a single answer does not decide. Equal gains: the earlier domain.
#[must_use]
pub fn next_domain(records: &[DomainRecord]) -> Option<&DomainRecord> {
    let gain = |record: &DomainRecord| {
        let wrong = record.mark.of.saturating_sub(record.mark.correct);
        (u64::from(record.weight) * u64::from(wrong + 1), u64::from(record.mark.of + 2))
    };
    records.iter().filter(|record| record.items > 0).reduce(|best, record| {
        let ((a, a_of), (b, b_of)) = (gain(best), gain(record));
        if b * a_of > a * b_of { record } else { best }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: u8, weight: u8, correct: u32, of: u32) -> DomainRecord {
        DomainRecord { number, weight, mark: Mark { correct, of }, items: 10 }
    }

    #[test]
    fn what_is_unknown_is_expected_to_be_lost_by_half() {
        assert_eq!(expected_loss(600, Mark::default()), 300);
        assert_eq!(expected_loss(600, Mark { correct: 8, of: 8 }), 60);
        assert_eq!(expected_loss(600, Mark { correct: 0, of: 8 }), 540);
    }

    fn next(records: &[DomainRecord]) -> Option<u8> {
        next_domain(records).map(|record| record.number)
    }

    #[test]
    fn the_heaviest_untouched_domain_comes_first() {
        assert_eq!(next(&[record(1, 20, 0, 0), record(2, 30, 0, 0), record(3, 30, 0, 0)]), Some(2));
    }

    #[test]
    fn weakness_outweighs_weight_when_it_is_large_enough() {
        // 30 * 1/12 = 2.5 against 20 * 7/12 = 11.7
        assert_eq!(next(&[record(1, 30, 10, 10), record(2, 20, 4, 10)]), Some(2));
        // 30 * 4/12 = 10 against 20 * 5/12 = 8.3
        assert_eq!(next(&[record(1, 30, 7, 10), record(2, 20, 6, 10)]), Some(1));
    }

    #[test]
    fn a_domain_without_items_is_never_next() {
        assert_eq!(next(&[DomainRecord { items: 0, ..record(1, 90, 0, 0) }, record(2, 10, 9, 10)]), Some(2));
        assert_eq!(next(&[]), None);
    }
}
