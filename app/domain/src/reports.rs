//! Reports of faults in items: what can be said of an item, and what becomes of it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest note, in characters: a paragraph, with room for an address and a quotation.
pub const LONGEST_NOTE: u16 = 500;

/// New reports of one learner within an hour. Who reads a whole form of an exam with care finds fewer faults than this.
pub const MOST_AN_HOUR: u16 = 30;

/// What is wrong with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What is told as right is wrong.
    Key,
    /// More than one answer is right.
    Several,
    /// A fact is out of date.
    Outdated,
    /// Hard to understand.
    Unclear,
    /// Spelling or layout.
    Layout,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Key, Self::Several, Self::Outdated, Self::Unclear, Self::Layout];

    /// As the database, forms and the command line write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Several => "several",
            Self::Outdated => "outdated",
            Self::Unclear => "unclear",
            Self::Layout => "layout",
        }
    }
}

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Mended,
    NoFault,
}

impl Outcome {
    pub const ALL: [Self; 2] = [Self::Mended, Self::NoFault];

    /// As the database and forms write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mended => "mended",
            Self::NoFault => "no-fault",
        }
    }
}

/// How the item that was reported stands in the bank now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// As it was reported.
    Present,
    /// With another text.
    Changed,
    /// Not any more.
    Gone,
}

/// A word that names none of the choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this word is none of the choices")
    }
}

impl std::error::Error for UnknownWord {}

impl FromStr for Kind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownWord)
    }
}

impl FromStr for Outcome {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text).ok_or(UnknownWord)
    }
}

/// What a learner adds in words; may be empty. Plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note(String);

/// The note has more than [`LONGEST_NOTE`] characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Note {
    /// Browsers send each end of a line as two characters and count it as one, so it is one here as well. Other control characters
    /// are dropped: nothing shows them, and the database takes no NUL.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn parse(text: &str) -> Result<Self, TooLong> {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n");
        let plain: String = lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let note = plain.trim();
        if note.chars().count() > usize::from(LONGEST_NOTE) { Err(TooLong) } else { Ok(Self(note.to_owned())) }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
        for outcome in Outcome::ALL {
            assert_eq!(outcome.as_str().parse(), Ok(outcome));
        }
        assert_eq!("Key".parse::<Kind>(), Err(UnknownWord));
        assert_eq!("".parse::<Outcome>(), Err(UnknownWord));
    }

    #[test]
    fn a_note_is_plain_text_of_a_certain_length() {
        assert_eq!(Note::parse("  one\r\ntwo\rthree\u{0}\u{1b}[31m \n"), Ok(Note("one\ntwo\nthree[31m".to_owned())));
        assert_eq!(Note::parse(" \r\n "), Ok(Note::default()));
        let longest = "é".repeat(LONGEST_NOTE.into());
        assert_eq!(Note::parse(&longest).map(|note| note.0), Ok(longest.clone()));
        assert_eq!(Note::parse(&format!("{longest}é")), Err(TooLong));
        let lines = "\r\n".repeat(LONGEST_NOTE.into());
        assert_eq!(Note::parse(&format!("a{}b", &lines[4..])).map(|note| note.0.len()), Ok(usize::from(LONGEST_NOTE)));
    }
}
