//! Security incidents: group X of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
