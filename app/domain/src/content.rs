//! Content as data: blueprints, items, and the rules that both must meet.

pub mod blueprint;
pub mod item;
pub mod prose;
