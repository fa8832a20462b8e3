//! Cmdlets of the network: `Get-NetAdapter`, `Test-NetConnection`, …

use super::Cmdlet;

pub const CMDLETS: &[Cmdlet] = &[];
