//! Progress: the home page of a learner.

pub mod api;
