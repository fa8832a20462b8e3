//! How long a door stays shut after failed passwords.

/// Failures in a row that cost no waiting.
pub const FREE_FAILURES: u32 = 5;
/// A longer wait would only shut out the owner of the account.
pub const LONGEST_WAIT_SECONDS: u32 = 900;
/// NIST SP 800-63B-4: no more failures in a row than this. Then only a reset link opens the door.
pub const FAILURES_BEFORE_RESET: u32 = 100;

/// The password door of one name after some failures in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The next try is welcome after this many seconds; 0: at once.
    OpensIn(u32),
    /// Passwords are not tried any more.
    NeedsReset,
}

/// The door after `failures` failures in a row: 5 are free, then 1, 2, 4 … 900 seconds.
#[must_use]
pub fn after_failure(failures: u32) -> Door {
    if failures >= FAILURES_BEFORE_RESET {
        return Door::NeedsReset;
    }
    let Some(doublings) = failures.checked_sub(FREE_FAILURES + 1) else {
        return Door::OpensIn(0);
    };
    let wait = 1_u32.checked_shl(doublings).unwrap_or(LONGEST_WAIT_SECONDS);
    Door::OpensIn(wait.min(LONGEST_WAIT_SECONDS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<Door> = (0..=17).map(after_failure).collect();
        let expected = [0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900];
        assert_eq!(waits, expected.map(Door::OpensIn));
    }

    #[test]
    fn a_hundred_in_a_row_need_a_reset_link() {
        assert_eq!(after_failure(99), Door::OpensIn(900));
        assert_eq!(after_failure(100), Door::NeedsReset);
        assert_eq!(after_failure(u32::MAX), Door::NeedsReset);
    }

    #[test]
    fn a_day_allows_fewer_than_120_tries() {
        let mut seconds = 0;
        let mut tries = 0;
        while let Door::OpensIn(wait) = after_failure(tries) {
            seconds += wait;
            if seconds > 86_400 {
                break;
            }
            tries += 1;
        }
        assert!(tries < 120, "{tries}");
    }
}
