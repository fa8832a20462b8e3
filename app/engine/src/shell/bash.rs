//! The bash command line.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Output, Session};
use crate::world::World;

/// What a bash remembers between lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// `$?`.
    pub last_exit: i32,
    /// The groups of this sign-in; `None` until the first line asks for them. A new group counts from the next sign-in on.
    pub groups: Option<BTreeSet<String>>,
    /// The shells that `su` and `sudo -i` were typed in, outermost first: what `exit` goes back to.
    pub outer: Vec<Outer>,
    /// Variables that were set, by name.
    pub variables: Vec<(String, String)>,
}

/// A shell that waits below another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outer {
    pub user: String,
    pub elevated: bool,
    pub folder: String,
    pub groups: Option<BTreeSet<String>>,
}

pub const NAMES: &[&str] = &[];

#[must_use]
pub fn prompt(_world: &World, session: &Session) -> String {
    format!("{}>", session.folder)
}

pub fn run(_world: &mut World, _session: &mut Session, line: &str) -> Output {
    Output::failed(1, format!("{line}\n"))
}
