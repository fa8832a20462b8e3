//! Practice exams: the lobby, the exam room with its review, and the result.

pub mod api;
pub mod lobby;
pub mod result;
pub mod room;
mod told;
pub mod words;
