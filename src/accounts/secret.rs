//! Random secrets of 256 bits: session tokens and one-time links. Only their hashes are stored.

use std::fmt;

use app::error::AppError;
use sha2::{Digest as _, Sha256};

use crate::caller::Caller;
use crate::error::OrInternal;

const BYTES: usize = 32;

/// 64 lower-case hexadecimal digits. It cannot be printed by accident.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// # Errors
    /// The operating system gives no randomness.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        Ok(Self(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()))
    }

    /// `None`: not a secret of ours, whatever it is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let well_formed = text.len() == 2 * BYTES && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        well_formed.then(|| Self(text.to_owned()))
    }

    /// For the cookie or the link itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up. The secret is random, so that one fast hash is enough.
    #[must_use]
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl<T> OrInternal<T> for Result<T, getrandom::Error> {
    fn or_internal(self, caller: &Caller) -> Result<T, AppError> {
        self.map_err(|error| {
            tracing::error!(request.id = %caller.request_id, error = %error, "no randomness");
            AppError::Internal { request_id: caller.request_id.clone() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_secret_reads_back_and_differs_from_the_next() {
        let (one, two) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_eq!(Secret::parse(one.expose()).unwrap().hash(), one.hash());
        assert_ne!(one.expose(), two.expose());
        assert!(!format!("{one:?}").contains(one.expose()));
    }

    #[test]
    fn other_texts_are_no_secrets() {
        let (short, long, upper, other) = ("a".repeat(63), "a".repeat(65), "A".repeat(64), "g".repeat(64));
        for text in ["", &short, &long, &upper, &other] {
            assert!(Secret::parse(text).is_none(), "{text:?}");
        }
    }
}
