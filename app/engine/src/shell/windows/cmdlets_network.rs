//! Cmdlets of the network: `Get-NetAdapter`, `Test-NetConnection`, …

use super::Command;

pub const CMDLETS: &[Command] = &[];
