//! Wi-Fi: group F of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
