//! Cmdlets of the system: `Get-Service`, `Get-WinEvent`, …

use super::Cmdlet;

pub const CMDLETS: &[Cmdlet] = &[];
