//! File systems: what is on which, and how full it is.

use super::path;
use super::rights::FileError;
use crate::world::files::File;
use crate::world::linux::{Linux, Mount};

/// Bytes that a block of ext4 holds; what `du` counts in.
pub(super) const BLOCK: u64 = 4096;

/// The file system a path lies on.
#[must_use]
pub fn mount_of<'a>(linux: &'a Linux, path: &str) -> Option<&'a Mount> {
    let at = mount_index(linux, path)?;
    linux.mounts.get(at)
}

pub(super) fn mount_index(linux: &Linux, path: &str) -> Option<usize> {
    let holds = |mount: &Mount| mount.mounted && path::is_within(path, &mount.target);
    (0..linux.mounts.len())
        .filter(|at| linux.mounts.get(*at).is_some_and(holds))
        .max_by_key(|at| linux.mounts.get(*at).map_or(0, |mount| mount.target.len()))
}

/// KiB that users may still write: ext4 keeps 5 % for root (mke2fs(8), `-m`).
#[must_use]
pub fn available(mount: &Mount) -> u64 {
    (mount.size - mount.size / 20).saturating_sub(mount.used)
}

/// KiB on disk, in whole blocks.
#[must_use]
pub fn kib(file: &File) -> u64 {
    bytes(file).div_ceil(BLOCK) * (BLOCK / 1024)
}

/// As `ls -l` shows it.
#[must_use]
pub fn bytes(file: &File) -> u64 {
    file.size.max(u64::try_from(file.text.len()).unwrap_or(u64::MAX))
}

/// Books a change of size and number of files.
pub(super) fn book(linux: &mut Linux, path: &str, old: Option<u64>, new: Option<u64>) -> Result<(), FileError> {
    let Some(mount) = mount_index(linux, path).and_then(|at| linux.mounts.get_mut(at)) else { return Ok(()) };
    if mount.read_only {
        return Err(FileError::ReadOnly);
    }
    let (before, after) = (old.unwrap_or(0), new.unwrap_or(0));
    if after > before && available(mount) < after - before {
        return Err(FileError::NoSpace);
    }
    if old.is_none() && new.is_some() {
        if mount.inodes_used >= mount.inodes {
            return Err(FileError::NoSpace);
        }
        mount.inodes_used += 1;
    } else if old.is_some() && new.is_none() {
        mount.inodes_used = mount.inodes_used.saturating_sub(1);
    }
    mount.used = (mount.used + after).saturating_sub(before);
    Ok(())
}
