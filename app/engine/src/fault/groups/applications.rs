//! Applications: group S of the catalogue.

mod browser;
mod data;
mod start;
#[cfg(test)]
mod tests;

use crate::fault::Fault;

pub const FAULTS: &[Fault] = &[start::S1, start::S2, data::S3, browser::S4, start::S5, start::S6, data::S7, browser::S8];
