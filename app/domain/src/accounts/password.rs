//! What a password must be before it is hashed: long enough, of any characters, the same however it was typed.

use std::fmt;
use std::ops::RangeInclusive;

use unicode_normalization::UnicodeNormalization as _;

/// In code points after NFC. 15 is NIST's figure for passwords that stand alone (SP 800-63B-4); the upper bound only keeps
/// requests small.
pub const PASSWORD_LENGTH: RangeInclusive<usize> = 15..=256;

/// A password in NFC, so that two keyboards that compose `é` differently send the same one. It cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a new password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    TooShort,
    TooLong,
    /// Common, breached, or easy to build from what is known of the person.
    Guessable,
}

impl Password {
    /// A password that someone signs in with: any text, since only the hash can say whether it is right.
    #[must_use]
    pub fn given(text: &str) -> Self {
        Self(text.nfc().collect())
    }

    /// A password that someone wants to have. Its length is the only rule about its form.
    ///
    /// # Errors
    /// [`PasswordProblem::TooShort`] or [`PasswordProblem::TooLong`].
    pub fn chosen(text: &str) -> Result<Self, PasswordProblem> {
        let password = Self::given(text);
        let length = password.0.chars().count();
        if length < *PASSWORD_LENGTH.start() {
            return Err(PasswordProblem::TooShort);
        }
        if length > *PASSWORD_LENGTH.end() {
            return Err(PasswordProblem::TooLong);
        }
        Ok(password)
    }

    /// For hashing and checking only.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_code_points() {
        let cases: [(String, Result<(), PasswordProblem>); 8] = [
            ("a".repeat(14), Err(PasswordProblem::TooShort)),
            ("a".repeat(15), Ok(())),
            ("a".repeat(256), Ok(())),
            ("a".repeat(257), Err(PasswordProblem::TooLong)),
            // 15 characters of 4 bytes each.
            ("\u{1f511}".repeat(15), Ok(())),
            // 14 characters written as 28 code points.
            ("e\u{301}".repeat(14), Err(PasswordProblem::TooShort)),
            (" ".repeat(15), Ok(())),
            (String::new(), Err(PasswordProblem::TooShort)),
        ];
        for (text, expected) in cases {
            assert_eq!(Password::chosen(&text).map(|_| ()), expected, "{text:?}");
        }
    }

    #[test]
    fn the_same_password_from_two_keyboards_is_the_same() {
        assert_eq!(Password::given("cafe\u{301} au lait"), Password::given("caf\u{e9} au lait"));
    }

    #[test]
    fn nothing_is_trimmed_or_folded() {
        assert_ne!(Password::given(" a"), Password::given("a"));
        assert_ne!(Password::given("A"), Password::given("a"));
    }

    #[test]
    fn debug_output_hides_it() {
        assert_eq!(format!("{:?}", Password::given("correct horse")), "Password(hidden)");
    }
}
