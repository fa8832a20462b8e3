//! Cmdlets of the system: `Get-Service`, `Get-WinEvent`, …

use super::Command;

pub const CMDLETS: &[Command] = &[];
