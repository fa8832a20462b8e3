//! What kind of trouble a ticket is: the common issues of IT support.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    CrashesAndBugs,
    /// Of laptops and desktop computers.
    DeviceFaults,
    ServerPerformance,
    NetworkConnectivity,
    Printers,
    SecurityIncidents,
    /// Vulnerabilities and updates.
    SoftwareAndUpdates,
    AccountsAndAccess,
}

/// Each kind with its word in files and its title for people.
pub const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::CrashesAndBugs, "crashes-and-bugs", "Crashes and bugs"),
    (Kind::DeviceFaults, "device-faults", "Laptop and desktop faults"),
    (Kind::ServerPerformance, "server-performance", "Server performance"),
    (Kind::NetworkConnectivity, "network-connectivity", "Network connectivity"),
    (Kind::Printers, "printers", "Printers"),
    (Kind::SecurityIncidents, "security-incidents", "Security incidents"),
    (Kind::SoftwareAndUpdates, "software-and-updates", "Software vulnerabilities and updates"),
    (Kind::AccountsAndAccess, "accounts-and-access", "Accounts and access"),
];

impl Kind {
    fn row(self) -> Option<&'static (Self, &'static str, &'static str)> {
        KINDS.iter().find(|(kind, ..)| *kind == self)
    }

    /// As it is written in files: `device-faults`.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().map_or("", |(_, word, _)| word)
    }

    #[must_use]
    pub fn title(self) -> &'static str {
        self.row().map_or("", |(.., title)| title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Holder {
        kind: Kind,
    }

    #[test]
    fn every_kind_is_written_as_its_word() {
        for (kind, word, title) in KINDS {
            assert_eq!(toml::from_str::<Holder>(&format!("kind = \"{word}\"")).unwrap().kind, *kind);
            assert_eq!((kind.word(), kind.title()), (*word, *title));
        }
        assert!(toml::from_str::<Holder>("kind = \"other\"").is_err());
    }
}
