//! Names, passwords, roles: the rules without the hashing.

use serde::{Deserialize, Serialize};

/// What a person may do in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    Learner,
    /// Sees and assigns for their teams.
    Lead,
    /// Sees reports of their teams.
    ReportReader,
    Admin,
}
