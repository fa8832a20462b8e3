//! Tickets: the queue, the bench, the debrief.

pub mod api;
pub mod bench;
pub mod debrief;
pub mod map;
pub mod queue;
pub mod seen;
pub mod words;
