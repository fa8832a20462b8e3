//! Progress: where a learner stands, and what to do next.

pub mod api;
mod day;
pub mod home;
pub mod next_step;
