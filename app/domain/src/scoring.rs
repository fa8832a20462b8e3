//! Marks: what was right of what was asked.

use serde::{Deserialize, Serialize};

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

    /// Whole percent, rounded half up; `None` where nothing was asked.
    #[must_use]
    pub fn percent(self) -> Option<u32> {
        (self.of > 0).then(|| (self.correct * 200 + self.of) / (self.of * 2))
    }
}

/// The scoring rule of single and multiple choice in study: the chosen set must be the key set. No partial credit.
#[must_use]
pub fn is_correct(keys: &[bool], chosen: &[u8]) -> bool {
    keys.iter().enumerate().all(|(index, key)| *key == chosen.iter().any(|choice| usize::from(*choice) == index))
        && chosen.iter().all(|choice| usize::from(*choice) < keys.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_key_set_is_correct() {
        let keys = [true, false, true, false];
        assert!(is_correct(&keys, &[0, 2]));
        assert!(is_correct(&keys, &[2, 0]));
        for wrong in [&[0][..], &[0, 1], &[0, 2, 3], &[], &[0, 2, 9]] {
            assert!(!is_correct(&keys, wrong), "{wrong:?}");
        }
    }

    #[test]
    fn percent_rounds_half_up_and_knows_nothing_of_nothing() {
        assert_eq!(Mark { correct: 1, of: 8 }.percent(), Some(13));
        assert_eq!(Mark { correct: 1, of: 3 }.percent(), Some(33));
        assert_eq!(Mark { correct: 10, of: 10 }.percent(), Some(100));
        assert_eq!(Mark::default().percent(), None);
    }
}
