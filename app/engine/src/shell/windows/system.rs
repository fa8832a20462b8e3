//! Programs of the system: `sc`, `net`, `tasklist`, `sfc`, …

use super::Command;

pub const COMMANDS: &[Command] = &[];
