//! Backup and updates: group U of the catalogue.

mod jobs;
#[cfg(test)]
mod tests;
mod updates;

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[jobs::U1, jobs::U2, jobs::U3, updates::U4, updates::U5, updates::U6];
