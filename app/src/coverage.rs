//! The coverage map: what the bank of an exam has, and what it lacks. For whoever writes items or trains with them.

pub mod api;
pub mod map;
