//! Laptop and mobile: group M of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
