//! Practice exams: lobby, exam room, review, result.

pub mod api;
