//! How long a sign-in lasts.

use super::Role;

const HOUR: u32 = 60 * 60;
const DAY: u32 = 24 * HOUR;

/// A session ends with whichever comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLifetime {
    /// Without any request.
    pub idle_seconds: u32,
    /// Since the sign-in.
    pub absolute_seconds: u32,
}

/// Whoever sees or changes other people's data signs in daily; a learner's own data can wait for a month.
#[must_use]
pub fn session_lifetime(role: Role) -> SessionLifetime {
    match role {
        Role::Learner => SessionLifetime { idle_seconds: 7 * DAY, absolute_seconds: 30 * DAY },
        Role::Lead | Role::ReportReader | Role::Admin => SessionLifetime { idle_seconds: HOUR, absolute_seconds: 12 * HOUR },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_learners_stay_signed_in_for_weeks() {
        for role in Role::ALL {
            let lifetime = session_lifetime(role);
            assert!(lifetime.idle_seconds < lifetime.absolute_seconds);
            assert_eq!(lifetime.absolute_seconds > DAY, role == Role::Learner, "{role}");
        }
    }
}
