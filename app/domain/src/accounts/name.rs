//! The name that a person signs in with.

use std::fmt;

use unicode_normalization::UnicodeNormalization as _;

const LENGTH: std::ops::RangeInclusive<usize> = 3..=40;

/// A name as its owner writes it, and the form it is compared in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountName {
    shown: String,
    key: String,
}

/// Why a text is no account name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameProblem {
    /// Fewer than 3 characters.
    TooShort,
    /// More than 40 characters.
    TooLong,
    /// Something other than letters, digits and `. _ -`.
    OtherCharacter,
}

impl AccountName {
    /// Space around the name is not part of it. Look-alike forms of one character (NFKC) are one character, so that nobody can
    /// sign up under a name that only looks different to the computer.
    ///
    /// # Errors
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let shown: String = text.trim().nfkc().collect();
        let length = shown.chars().count();
        if length < *LENGTH.start() {
            return Err(NameProblem::TooShort);
        }
        if length > *LENGTH.end() {
            return Err(NameProblem::TooLong);
        }
        if !shown.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-')) {
            return Err(NameProblem::OtherCharacter);
        }
        let key = shown.to_lowercase().nfkc().collect();
        Ok(Self { shown, key })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.shown
    }

    /// Equal for names that count as the same.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_accepted_or_refused_by_rule() {
        let forty = "a".repeat(40);
        let forty_one = "a".repeat(41);
        let cases: [(&str, Result<&str, NameProblem>); 14] = [
            ("ada", Ok("ada")),
            ("Ada.Lovelace-1815_x", Ok("ada.lovelace-1815_x")),
            ("  ada  ", Ok("ada")),
            ("Jörg", Ok("jörg")),
            ("Jo\u{308}rg", Ok("jörg")),
            ("ａｄａ", Ok("ada")),
            (&forty, Ok(&forty)),
            ("", Err(NameProblem::TooShort)),
            ("ab", Err(NameProblem::TooShort)),
            (&forty_one, Err(NameProblem::TooLong)),
            ("ada lovelace", Err(NameProblem::OtherCharacter)),
            ("ada@example.org", Err(NameProblem::OtherCharacter)),
            ("ada\0lovelace", Err(NameProblem::OtherCharacter)),
            ("ada\u{202e}eve", Err(NameProblem::OtherCharacter)),
        ];
        for (text, expected) in cases {
            let name = AccountName::parse(text);
            assert_eq!(name.as_ref().map(AccountName::key).map_err(|problem| *problem), expected, "{text:?}");
        }
    }

    #[test]
    fn the_name_is_shown_as_it_was_written() {
        assert_eq!(AccountName::parse(" Ada ").map(|name| name.to_string()), Ok("Ada".to_owned()));
    }
}
