//! DHCP: group D of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
