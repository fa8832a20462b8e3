//! Accounts, from the calls that the pages make down to the rows.

#![expect(clippy::unwrap_used, reason = "a helper that fails must fail its test")]

mod back_off;
mod invitations;
mod pages;
mod passwords;
mod reset_links;
mod sessions;
mod sign_in;
mod visitor;
