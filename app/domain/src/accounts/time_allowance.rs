//! More time in whatever has a time limit, for those who need it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Set once on the account and applied to every time limit from then on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TimeAllowance {
    #[default]
    Standard,
    QuarterMore,
    HalfMore,
    Double,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAllowance;

impl TimeAllowance {
    pub const ALL: [Self; 4] = [Self::Standard, Self::QuarterMore, Self::HalfMore, Self::Double];

    /// Of the usual time.
    #[must_use]
    pub fn percent(self) -> u16 {
        match self {
            Self::Standard => 100,
            Self::QuarterMore => 125,
            Self::HalfMore => 150,
            Self::Double => 200,
        }
    }

    /// A limit in seconds with what this person may take more; rounded up.
    #[must_use]
    pub fn stretch(self, seconds: u32) -> u32 {
        (seconds * u32::from(self.percent())).div_ceil(100)
    }

    /// # Errors
    /// Any other number.
    pub fn from_percent(percent: u16) -> Result<Self, UnknownAllowance> {
        Self::ALL.into_iter().find(|one| one.percent() == percent).ok_or(UnknownAllowance)
    }
}

impl FromStr for TimeAllowance {
    type Err = UnknownAllowance;

    /// Percent, as forms send it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map_err(|_| UnknownAllowance).and_then(Self::from_percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_allowance_is_read_as_it_is_written() {
        for one in TimeAllowance::ALL {
            assert_eq!(one.percent().to_string().parse(), Ok(one));
        }
        assert!("110".parse::<TimeAllowance>().is_err() && "much".parse::<TimeAllowance>().is_err());
    }
}
