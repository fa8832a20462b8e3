//! Accounts and permissions: group A of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
