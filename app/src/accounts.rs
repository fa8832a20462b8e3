//! Accounts: sign-up, sign-in, and a person's own settings.

pub mod account;
pub mod api;
mod new_password;
pub mod reset_password;
mod session_list;
pub mod sign_in;
pub mod sign_up;
pub mod words;
