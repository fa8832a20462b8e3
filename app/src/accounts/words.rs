//! The sentences that the forms of accounts say.

use domain::accounts::{NameProblem, PasswordProblem, Role};

/// Of a wrong password and of a name that nobody bears alike.
pub const MISMATCH: &str = "This name and this password do not belong together. Check both.";
pub const WRONG_PASSWORD: &str = "This is not your current password.";
pub const NAME_TAKEN: &str = "This name is taken. Choose another one.";
pub const NAME_RULE: &str = "3 to 40 letters, digits and . _ -";
pub const PASSWORD_RULE: &str = "At least 15 characters of any kind. A short sentence is easy to remember and fine.";

#[must_use]
pub fn name_problem(problem: NameProblem) -> &'static str {
    match problem {
        NameProblem::TooShort => "Write a name of at least 3 characters.",
        NameProblem::TooLong => "Write a name of at most 40 characters.",
        NameProblem::OtherCharacter => "Write the name with letters, digits and . _ - only, without spaces.",
    }
}

#[must_use]
pub fn password_problem(problem: PasswordProblem) -> &'static str {
    match problem {
        PasswordProblem::TooShort => "Choose a password of at least 15 characters. A short sentence is fine.",
        PasswordProblem::TooLong => "Choose a password of at most 256 characters.",
        PasswordProblem::Guessable => "This password is common or easy to guess. Use a few unrelated words or another sentence.",
    }
}

#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Learner => "Learner",
        Role::Lead => "Lead",
        Role::ReportReader => "Report reader",
        Role::Admin => "Admin",
    }
}
