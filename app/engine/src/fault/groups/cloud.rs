//! Cloud and virtualisation: group C of the catalogue, as far as a tenant and a firmware hold it.

mod tenant;
#[cfg(test)]
mod tests;
mod virtualisation;

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[tenant::C1, tenant::C2, tenant::C3, tenant::C4, virtualisation::C9];
