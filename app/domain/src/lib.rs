//! What the product believes: what a right answer is, which items make a form, what counts as progress.
//!
//! Pure rules and content types. Time and chance are arguments; there is no clock, no file, no database, no screen text here
//! beyond what content itself says.

pub mod accounts;
pub mod content;
pub mod exams;
pub mod generators;
pub mod ids;
pub mod practice;
pub mod progress;
pub mod reports;
pub mod response;
pub mod scoring;
#[cfg(test)]
mod testing;
pub mod tickets;
pub mod typed;
