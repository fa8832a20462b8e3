//! Routing, VLANs, switching, firewalls: group R of the catalogue.

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[];
