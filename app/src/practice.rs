//! Practice: build a study quiz, work through it, see the result.

pub mod api;
pub mod builder;
pub mod exhibit;
pub mod history;
pub mod question;
pub mod quiz;
pub mod result;
