//! Slow Windows computers: V1 to V4 of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
