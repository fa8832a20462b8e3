//! DNS: group Q of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
