//! From a company's description to its healthy world.

pub mod profile;
