//! Accounts: sign-up, sign-in, and a person's own settings.

pub mod api;
pub mod words;
