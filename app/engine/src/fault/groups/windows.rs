//! Windows: group W of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
