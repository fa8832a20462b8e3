//! Accounts, from the calls that the pages make down to the rows.

#![expect(clippy::unwrap_used, reason = "a helper that fails must fail its test")]

mod back_off;
mod invitations;
mod pages;
mod passwords;
mod reset_links;
mod sessions;
mod sign_in;

use std::time::Duration;

use app::error::AppError;

/// The refusal of a wrong password or name.
fn is_mismatch(answer: &Result<(), AppError>) -> bool {
    matches!(answer, Err(AppError::Invalid(errors)) if errors.len() == 1 && errors[0].field == "password")
}

/// The middle one.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
