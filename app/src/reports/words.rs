//! Words of reports.

use domain::reports::{Kind, Outcome, Standing};

use crate::error::AppError;

#[must_use]
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Key => "The key is wrong",
        Kind::Several => "More than one answer is right",
        Kind::Outdated => "A fact is out of date",
        Kind::Unclear => "Hard to understand",
        Kind::Layout => "Spelling or layout",
    }
}

#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Mended => "Mended",
        Outcome::NoFault => "No fault",
    }
}

#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Present => "As it is now",
        Standing::Changed => "Changed since",
        Standing::Gone => "No longer in the bank",
    }
}

/// What a learner is told of a report that is stored. `before`: the same had been said already.
#[must_use]
pub fn filed(before: bool) -> &'static str {
    if before {
        "You have reported this before. It is with those who look after the questions."
    } else {
        "Thank you. Your report is stored for those who look after the questions."
    }
}

/// Why a report is not stored: what to do about its field, where it is one.
#[must_use]
pub fn not_filed(error: &AppError) -> String {
    match error {
        AppError::Invalid(fields) => fields.iter().map(|field| field.message.as_str()).collect::<Vec<_>>().join(" "),
        AppError::TooMany { .. } => "You have reported a lot within an hour. Please go on a little later.".to_owned(),
        other => other.to_string(),
    }
}
