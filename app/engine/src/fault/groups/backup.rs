//! Backup and updates: group U of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
