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
pub mod system;

pub use super::powershell::call::{Call, Cmdlet, Parameter};
pub use super::powershell::object::{Answer, Column, Failure, Object, Value, View};
use super::{Mode, Output, Session};
use crate::world::World;

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
    network::COMMANDS.iter().chain(system::COMMANDS).chain(credentials::COMMANDS).find(|command| command.name == name)
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
