//! Wired network: group N of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
