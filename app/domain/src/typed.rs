//! Short typed answers, read by what they mean: `/26` and `255.255.255.192` are one prefix.

mod command;
mod meaning;

use serde::{Deserialize, Serialize};

pub use meaning::{Meaning, millionths};

/// The longest typed answer, in characters: longer than any path or command that an item asks for (own choice).
pub const MOST_CHARACTERS: u16 = 200;

/// What is asked for, and so how it is read. Holds nothing of the key: learners are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypedForm {
    /// Four numbers from 0 to 255 with points between them.
    Ipv4,
    /// A prefix length with or without its slash, or the mask that means the same.
    Prefix,
    /// Digits with a point before decimals; the unit, where there is one, may be written after it.
    Number { unit: String },
    /// A file or folder.
    Path(System),
    /// A command line.
    Command(System),
    /// A name or a term of a few words.
    Word,
}

/// Whose rules of writing hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum System {
    /// No difference between capitals and small letters, nor between `\` and `/` in paths and `-` and `/` before options.
    Windows,
    /// Capitals and small letters differ.
    Linux,
    /// The command line of switches and routers: no difference between capitals and small letters.
    Ios,
}

/// Why an answer says nothing in its form. It is not wrong, and is not scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    TooLong,
    NotAnAddress,
    NotAPrefix,
    NotANumber,
    /// A quotation mark without its second.
    OpenQuote,
}
