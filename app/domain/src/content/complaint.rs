//! What a reader or a rule has to say about a file.

use std::fmt;

/// One thing to mend, with the line where an author finds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Complaint {
    /// From 1.
    pub line: u32,
    /// The rule's name in `content/README.md`, such as `O12`.
    pub rule: &'static str,
    pub level: Severity,
    /// One sentence that says what to do.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The bank is refused.
    Error,
    /// The item wants mending, or a waiver with a reason.
    Warning,
}

/// A value, as far as the file gives one, and everything that is wrong with the file.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// `None` only where something that cannot be done without is missing.
    pub value: Option<T>,
    /// In the order of the file.
    pub complaints: Vec<Complaint>,
}

impl Complaint {
    #[must_use]
    pub fn error(rule: &'static str, line: u32, message: impl Into<String>) -> Self {
        Self { line, rule, level: Severity::Error, message: message.into() }
    }

    #[must_use]
    pub fn warning(rule: &'static str, line: u32, message: impl Into<String>) -> Self {
        Self { line, rule, level: Severity::Warning, message: message.into() }
    }
}

impl<T> Parsed<T> {
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed { value: self.value.map(change), complaints: self.complaints }
    }
}

impl fmt::Display for Complaint {
    /// `E O12 message`, to be put after `file:line: `.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.level, self.rule, self.message)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "E",
            Self::Warning => "W",
        })
    }
}
