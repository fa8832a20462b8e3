//! Who may do what with a file.

use crate::sorted::Set;

use super::entry;
use super::path;
use super::space::mount_of;
use crate::world::accounts::Accounts;
use crate::world::files::File;
use crate::world::linux::Linux;

/// Why a file operation fails, as `errno` names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileError {
    NotFound,
    Denied,
    IsFolder,
    NotFolder,
    NoSpace,
    ReadOnly,
    Exists,
    NotEmpty,
    /// Only the owner or root may change mode and owner.
    NotPermitted,
}

impl FileError {
    /// The text of `strerror(3)`.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NotFound => "No such file or directory",
            Self::Denied => "Permission denied",
            Self::IsFolder => "Is a directory",
            Self::NotFolder => "Not a directory",
            Self::NoSpace => "No space left on device",
            Self::ReadOnly => "Read-only file system",
            Self::Exists => "File exists",
            Self::NotEmpty => "Directory not empty",
            Self::NotPermitted => "Operation not permitted",
        }
    }
}

/// Whose rights count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    pub user: String,
    /// The groups of this sign-in, with the user's own.
    pub groups: Set<String>,
}

impl Actor {
    #[must_use]
    pub fn root() -> Self {
        Self { user: "root".to_owned(), groups: Set::from(["root".to_owned()]) }
    }

    /// As a new sign-in of this account would be.
    #[must_use]
    pub fn fresh(accounts: &Accounts, user: &str) -> Self {
        let mut groups = accounts.groups_of(user);
        groups.insert(user.to_owned());
        Self { user: user.to_owned(), groups }
    }

    #[must_use]
    pub fn is_root(&self) -> bool {
        self.user == "root"
    }
}

/// The bits of one class: read 4, write 2, enter or run 1.
pub const READ: u16 = 4;

pub const WRITE: u16 = 2;

pub const ENTER: u16 = 1;

/// Whether the bits of the class that the actor falls into grant all of `want`. Root may do everything but run what nobody may.
#[must_use]
pub fn grants(file: &File, actor: &Actor, want: u16) -> bool {
    if actor.is_root() {
        return file.folder || want & ENTER == 0 || file.mode & 0o111 != 0;
    }
    let class = if file.owner == actor.user {
        file.mode >> 6
    } else if actor.groups.contains(&file.group) {
        file.mode >> 3
    } else {
        file.mode
    };
    class & want == want
}

/// Every folder on the way can be entered.
pub(super) fn reachable(linux: &Linux, path: &str, actor: &Actor) -> Result<(), FileError> {
    for above in path::ancestors(path) {
        let file = entry(linux, &above).ok_or(FileError::NotFound)?;
        if !file.folder {
            return Err(FileError::NotFolder);
        }
        if !grants(&file, actor, ENTER) {
            return Err(FileError::Denied);
        }
    }
    Ok(())
}

/// The entry, if the actor can get at it and it grants `want`.
pub fn open(linux: &Linux, path: &str, actor: &Actor, want: u16) -> Result<File, FileError> {
    reachable(linux, path, actor)?;
    let file = entry(linux, path).ok_or(FileError::NotFound)?;
    if !grants(&file, actor, want) {
        return Err(FileError::Denied);
    }
    if want & WRITE != 0 && mount_of(linux, path).is_some_and(|mount| mount.read_only) {
        return Err(FileError::ReadOnly);
    }
    Ok(file)
}
