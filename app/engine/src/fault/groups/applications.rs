//! Applications and crashes: group S of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
