//! Performance and servers: group V of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
