//! Tickets: the queue, the bench, the debrief.

pub mod api;
