//! The programs of Windows, for `cmd` and PowerShell alike.
//!
//! A program that asks something sets [`Mode::Question`] with the question as it is printed and its own line as `command`; the
//! shell shows the question as the prompt and runs the line again with the answer, which [`answered`] finds. While the mode is
//! [`Mode::Diskpart`] or [`Mode::Nslookup`], each line goes to that program split into words.

pub mod cmdlets_directory;
pub mod cmdlets_network;
pub mod cmdlets_system;
mod credentials;
pub mod disk;
pub mod network;
mod permissions;
pub mod system;

pub use super::powershell::call::{Call, Cmdlet, Parameter};
pub use super::powershell::object::{Answer, Column, Failure, Object, Value, View};
use super::{Mode, Output, Session};
use crate::world::windows::MappedDrive;
use crate::world::{DeviceId, World};

/// A program with the name people type, without `.exe` and in lower case.
pub struct Command {
    pub name: &'static str,
    /// The arguments as the shell split them, without the name.
    pub run: fn(&mut World, &mut Session, &[String]) -> Output,
}

/// What a Windows shell remembers between lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Memory {
    /// Variables that were set in it: by upper-case name in `cmd`, by lower-case name in PowerShell.
    pub variables: crate::sorted::Map<String, String>,
    /// Drives that an elevated shell mapped: its sign-in has its own, and Explorer does not show them.
    pub drives: Vec<MappedDrive>,
    /// The folders that `pushd` left, the last one last.
    pub folders: Vec<String>,
}

/// Where a terminal stands after "Run as administrator".
pub const SYSTEM_FOLDER: &str = "C:\\Windows\\System32";

/// The technicians' account: a domain administrator where there is a domain, a local one on every machine.
const SUPPORT: &str = "support";

/// Whose name an elevated shell runs under. A person who is a local administrator of a machine outside a domain only confirms;
/// everywhere else the prompt asks for an administrator.
#[must_use]
pub fn administrator(world: &World, device: DeviceId, person: &str) -> String {
    let outside = world.device(device).windows().filter(|windows| windows.joined.is_none());
    let own = outside.is_some_and(|windows| windows.accounts.groups_of(person).contains("Administrators"));
    if own { person.to_owned() } else { SUPPORT.to_owned() }
}

/// Whether the shell runs as the account that is signed in at the screen: stored credentials belong to that one.
#[must_use]
pub fn is_own(world: &World, session: &Session) -> bool {
    let windows = world.device(session.device).windows();
    windows.and_then(|windows| windows.signed_in.as_deref()).is_none_or(|name| name.eq_ignore_ascii_case(&session.user))
}

/// The groups of the account a shell runs as: those of the sign-in, or for another account what the machine and the directory
/// say now.
#[must_use]
pub fn groups(world: &World, session: &Session) -> crate::sorted::Set<String> {
    let Some(windows) = world.device(session.device).windows() else { return crate::sorted::Set::new() };
    let mut found = windows.accounts.groups_of(&session.user);
    if is_own(world, session) {
        found.extend(windows.token_groups.iter().cloned());
    } else if windows.joined.is_some()
        && let Some(directory) = world.devices.iter().find_map(|device| device.roles.directory.as_ref())
    {
        found.extend(directory.accounts.groups_of(&session.user));
    }
    found
}

/// The mapped drives this shell sees.
#[must_use]
pub fn drives<'a>(world: &'a World, session: &'a Session) -> &'a [MappedDrive] {
    if session.elevated {
        return &session.windows.drives;
    }
    world.device(session.device).windows().map_or(&[], |windows| windows.mapped_drives.as_slice())
}

/// The same, to change them; `None` on a device that is no Windows machine.
pub fn drives_mut<'a>(world: &'a mut World, session: &'a mut Session) -> Option<&'a mut Vec<MappedDrive>> {
    if session.elevated {
        return Some(&mut session.windows.drives);
    }
    world.device_mut(session.device).windows_mut().map(|windows| &mut windows.mapped_drives)
}

/// No shell lets a word begin like this: it would be a redirection.
const ANSWER: char = '<';

/// Asks: prints `before`, and shows `asked` as the prompt of the next line.
pub fn ask(session: &mut Session, before: &str, asked: &str, command: &str) -> Output {
    session.mode = Mode::Question { asked: asked.to_owned(), command: command.to_owned() };
    Output::ok(before)
}

/// The answer to the question that this command asked, and its other arguments; `None` on its first run.
#[must_use]
pub fn answered(arguments: &[String]) -> Option<(&str, &[String])> {
    let (last, rest) = arguments.split_last()?;
    Some((last.strip_prefix(ANSWER)?, rest))
}

/// The program by that name, with or without `.exe`.
#[must_use]
pub fn program(name: &str) -> Option<&'static Command> {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    network::COMMANDS
        .iter()
        .chain(system::COMMANDS)
        .chain(credentials::COMMANDS)
        .chain(permissions::COMMANDS)
        .find(|command| command.name == name)
}

/// The cmdlet by that name, in any case.
#[must_use]
pub fn cmdlet(name: &str) -> Option<&'static Cmdlet> {
    cmdlets_network::CMDLETS
        .iter()
        .chain(cmdlets_system::CMDLETS)
        .chain(cmdlets_directory::CMDLETS)
        .find(|cmdlet| cmdlet.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests;
