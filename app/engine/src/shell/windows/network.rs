//! Programs of the network: `ipconfig`, `ping`, `tracert`, …

use super::Command;

pub const COMMANDS: &[Command] = &[];
