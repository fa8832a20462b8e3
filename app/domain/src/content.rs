//! Content as data: blueprints, items, and the rules that both must meet.
//!
//! Reading a file returns the value *and* every complaint with its line, so that an author sees all mistakes at once.

pub mod bank;
pub mod blueprint;
pub mod check;
mod complaint;
pub mod coverage;
pub mod exhibit;
mod fields;
pub mod item;
pub mod picture;
pub mod prose;
pub mod reviews;
pub mod tickets;

pub use complaint::{Complaint, Parsed, Severity};
