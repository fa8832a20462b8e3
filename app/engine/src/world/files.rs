//! A few hundred small files: enough for logs, settings, documents and the marks malware leaves.

use serde::{Deserialize, Serialize};

use crate::sorted::{Map, Set};
use crate::time::Time;

/// Files by their full path as the system writes it: `C:\Users\ada\report.docx`, `/etc/fstab`.
/// Windows paths are compared without case by the callers in `shell`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files(pub Map<String, File>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub folder: bool,
    /// What `type` or `cat` shows; documents may have none.
    pub text: String,
    /// Bytes, where it is more than the text.
    pub size: u64,
    pub owner: String,
    pub group: String,
    /// Linux permission bits, 0o0000–0o7777.
    pub mode: u16,
    /// Windows: who may do what. Empty inherits from the folder above.
    pub acl: Vec<AccessEntry>,
    pub modified: Time,
    /// Earlier versions that can be restored (shadow copies).
    pub versions: Vec<Time>,
    /// Deleted, but kept in a shadow copy or held open by a process.
    pub deleted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessEntry {
    /// A user or a group.
    pub who: String,
    pub right: Right,
    pub allow: bool,
}

/// In order of strength.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Right {
    #[default]
    None,
    Read,
    Modify,
    Full,
}

/// The strongest right that entries give to somebody in these groups; a denial wins over what is allowed.
#[must_use]
pub fn effective(entries: &[AccessEntry], user: &str, groups: &Set<String>) -> Right {
    let concerns = |entry: &&AccessEntry| {
        entry.who.eq_ignore_ascii_case(user)
            || entry.who == "Everyone"
            || groups.iter().any(|group| entry.who.eq_ignore_ascii_case(group))
    };
    let allowed = entries.iter().filter(concerns).filter(|entry| entry.allow).map(|entry| entry.right).max().unwrap_or_default();
    let denied = entries.iter().filter(concerns).filter(|entry| !entry.allow).map(|entry| entry.right).min();
    match denied {
        None | Some(Right::None) => allowed,
        Some(Right::Read) => Right::None,
        Some(Right::Modify | Right::Full) => allowed.min(Right::Read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(who: &str, right: Right, allow: bool) -> AccessEntry {
        AccessEntry { who: who.to_owned(), right, allow }
    }

    #[test]
    fn the_strongest_grant_counts_and_a_denial_wins() {
        let groups = Set::from(["Staff".to_owned()]);
        let entries = [entry("Everyone", Right::Read, true), entry("Staff", Right::Modify, true)];
        assert_eq!(effective(&entries, "ada", &groups), Right::Modify);
        let denied = [entry("Staff", Right::Full, true), entry("ada", Right::Modify, false)];
        assert_eq!(effective(&denied, "ada", &groups), Right::Read);
        assert_eq!(effective(&denied, "bob", &Set::new()), Right::None);
    }
}
