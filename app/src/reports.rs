//! Reports of faults in items: a learner sends one where the answer is told, an administrator sees them all.

pub mod api;
pub mod form;
pub mod list;
pub mod words;
