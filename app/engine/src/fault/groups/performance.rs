//! Performance and servers: group V of the catalogue.

pub mod linux;
mod sessions;
pub mod windows;

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[sessions::V10];
