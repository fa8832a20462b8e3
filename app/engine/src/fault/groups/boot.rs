//! Boot: group B of the catalogue.

mod linux;

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[linux::B8];
