//! Practice: which items make a study quiz.

use serde::{Deserialize, Serialize};

/// What to draw from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pool {
    /// Unseen items first, then the ones seen longest ago.
    #[default]
    All,
    Unseen,
    /// Items whose latest answer was wrong.
    Missed,
}
