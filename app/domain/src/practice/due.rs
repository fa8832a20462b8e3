//! When an item is due again: the boxes of Leitner.
//!
//! A card that was known moves up a box, one that was not goes back to the first; each box rests for longer than the one before
//! (Sebastian Leitner, *So lernt man lernen*, 1972). Nothing else knows this rule, so that a model of memory can replace it.

/// How long each box rests, the first box first.
const DAYS: [i64; 5] = [1, 2, 4, 8, 16];

const MICROSECONDS_OF_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// `answers`: whether each was right, the first answer first; a new card lies in the first box. `last` and `now` are
/// microseconds since 1970, UTC. What was never answered is not due: it is new.
#[must_use]
pub fn is_due(answers: &[bool], last: i64, now: i64) -> bool {
    !answers.is_empty() && now.saturating_sub(last) >= days(answers) * MICROSECONDS_OF_A_DAY
}

/// The days of the box that the answers have brought a card to.
fn days(answers: &[bool]) -> i64 {
    let top = DAYS.len() - 1;
    let place = answers.iter().fold(0, |place, right| if *right { top.min(place + 1) } else { 0 });
    DAYS[place]
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: bool = true;
    const WRONG: bool = false;

    #[test]
    fn a_card_rests_for_the_days_of_its_box() {
        let cases: [(&[bool], i64); 10] = [
            (&[WRONG], 1),
            (&[RIGHT], 2),
            (&[RIGHT, RIGHT], 4),
            (&[RIGHT; 3], 8),
            (&[RIGHT; 4], 16),
            (&[RIGHT; 9], 16),
            (&[RIGHT, RIGHT, WRONG], 1),
            (&[RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, WRONG, RIGHT], 2),
            (&[WRONG, WRONG, RIGHT], 2),
            (&[WRONG, RIGHT, RIGHT], 4),
        ];
        for (answers, days) in cases {
            let last = 1_000;
            let due = last + days * MICROSECONDS_OF_A_DAY;
            assert!(is_due(answers, last, due) && is_due(answers, last, due + 1), "{answers:?}");
            assert!(!is_due(answers, last, due - 1), "{answers:?} a moment too early");
        }
    }

    #[test]
    fn what_was_never_answered_is_not_due() {
        assert!(!is_due(&[], 0, i64::MAX));
    }

    #[test]
    fn a_clock_that_was_set_back_makes_nothing_due() {
        assert!(!is_due(&[WRONG], i64::MAX, 0));
        assert!(!is_due(&[WRONG], MICROSECONDS_OF_A_DAY, 0));
    }
}
