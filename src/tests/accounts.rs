//! Accounts, from the calls that the pages make down to the rows.

mod back_off;
mod invitations;
mod pages;
mod passwords;
mod reset_links;
mod sessions;
mod sign_in;
mod visitor;
