//! The ios command line.

pub mod names;
pub mod status;

use super::{Output, Session};
use crate::world::World;

pub const NAMES: &[&str] = &[];

#[must_use]
pub fn prompt(_world: &World, session: &Session) -> String {
    format!("{}>", session.folder)
}

pub fn run(_world: &mut World, _session: &mut Session, line: &str) -> Output {
    Output::failed(1, format!("{line}\n"))
}
