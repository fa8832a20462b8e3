//! Who may use sudo: members of group sudo, the list in `/etc/sudoers`, and the files in `/etc/sudoers.d`.

use super::path;
use crate::sorted::Set;
use crate::world::linux::Linux;

/// With the groups that count: those of a sign-in, or those of the account.
#[must_use]
pub fn may(linux: &Linux, user: &str, groups: &Set<String>) -> bool {
    if user == "root" || groups.contains("sudo") || linux.sudoers.iter().any(|listed| listed == user) {
        return true;
    }
    let parts =
        linux.files.0.iter().filter(|(name, file)| path::parent(name) == "/etc/sudoers.d" && !file.folder && !file.deleted);
    parts.flat_map(|(_, file)| file.text.lines()).any(|line| {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let (who, what) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        // `ada ALL=(ALL:ALL) ALL`, `%team ALL=(ALL) ALL` (sudoers(5)).
        what.starts_with("ALL=") && (who == user || who.strip_prefix('%').is_some_and(|group| groups.contains(group)))
    })
}
