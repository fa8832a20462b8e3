//! Ethernet addresses and their five ways of print.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mac(pub [u8; 6]);

impl Mac {
    pub const BROADCAST: Self = Self([0xff; 6]);

    /// `00-1a-2b-3c-4d-5e`, as Windows' `arp` prints it.
    #[must_use]
    pub fn hyphens(self) -> String {
        self.joined("-")
    }

    /// `00-1A-2B-3C-4D-5E`, as `ipconfig /all` and `getmac` print it.
    #[must_use]
    pub fn hyphens_upper(self) -> String {
        self.joined("-").to_uppercase()
    }

    /// `00:1a:2b:3c:4d:5e`, as Linux prints it.
    #[must_use]
    pub fn colons(self) -> String {
        self.joined(":")
    }

    /// `001a.2b3c.4d5e`, as IOS prints it.
    #[must_use]
    pub fn dotted(self) -> String {
        let hex: String = self.joined("");
        format!("{}.{}.{}", &hex[..4], &hex[4..8], &hex[8..])
    }

    fn joined(self, separator: &str) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(separator)
    }

    /// Reads any of the usual forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex: String = text.chars().filter(|c| !matches!(c, ':' | '-' | '.')).collect();
        if hex.len() != 12 || !hex.is_ascii() {
            return None;
        }
        let mut bytes = [0; 6];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.colons())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_printed_and_read() {
        let mac = Mac([0x00, 0x1a, 0x2b, 0x3c, 0x4d, 0x5e]);
        assert_eq!(mac.dotted(), "001a.2b3c.4d5e");
        for text in [mac.hyphens(), mac.hyphens_upper(), mac.colons(), mac.dotted()] {
            assert_eq!(Mac::parse(&text), Some(mac), "{text}");
        }
        assert_eq!(Mac::parse("00:1a:2b"), None);
        assert_eq!(Mac::parse("00:1a:2b:3c:4d:éé"), None);
    }
}
