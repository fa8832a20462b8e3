//! The powershell command line.

pub mod call;
pub mod object;

use super::{Output, Session};
use crate::world::World;

pub const NAMES: &[&str] = &[];

#[must_use]
pub fn prompt(session: &Session) -> String {
    format!("{}>", session.folder)
}

pub fn run(_world: &mut World, _session: &mut Session, line: &str) -> Output {
    Output::failed(1, format!("{line}\n"))
}
