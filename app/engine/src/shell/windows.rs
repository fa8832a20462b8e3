//! The programs of Windows, for `cmd` and PowerShell alike.

pub mod cmdlets_network;
pub mod cmdlets_system;
pub mod network;
pub mod system;

use super::{Output, Session};
use crate::world::World;

/// A program with the name people type, without `.exe` and in lower case; cmdlets as they are written: `Get-Service`.
pub struct Command {
    pub name: &'static str,
    /// The arguments as the shell split them, without the name.
    pub run: fn(&mut World, &mut Session, &[String]) -> Output,
}
