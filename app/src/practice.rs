//! Practice: build a study quiz, work through it, see the result.

pub mod api;
