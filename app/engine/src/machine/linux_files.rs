//! Files of a Linux machine: who may do what, how much space and how many inodes there are.
//!
//! Folders above a file need no entry of their own: they are `root:root 755` until somebody changes them. Every change of size
//! is booked on the file system it lies on, so `df`, `du` and "No space left on device" cannot disagree.

mod change;
pub mod generated;
pub mod path;
mod rights;
mod space;
pub mod sudoers;

use crate::time::Time;
use crate::world::files::File;
use crate::world::linux::{Linux, Mount};

pub use change::{Written, clear_pile, make_folder, many, release, remove, write};
pub use rights::{Actor, ENTER, FileError, READ, WRITE, grants, open};
pub use space::{available, bytes, kib, mount_of};

use space::BLOCK;

/// Folders that are there on every machine, with their modes where these are not 755.
const STANDARD: &[(&str, u16)] = &[
    ("/", 0o755),
    ("/bin", 0o755),
    ("/boot", 0o755),
    ("/dev", 0o755),
    ("/etc", 0o755),
    ("/home", 0o755),
    ("/lib", 0o755),
    ("/media", 0o755),
    ("/mnt", 0o755),
    ("/opt", 0o755),
    ("/proc", 0o555),
    ("/root", 0o700),
    ("/run", 0o755),
    ("/sbin", 0o755),
    ("/srv", 0o755),
    ("/sys", 0o555),
    ("/tmp", 0o1777),
    ("/usr", 0o755),
    ("/usr/bin", 0o755),
    ("/usr/sbin", 0o755),
    ("/var", 0o755),
    ("/var/backups", 0o755),
    ("/var/cache", 0o755),
    ("/var/lib", 0o755),
    ("/var/log", 0o755),
    ("/var/spool", 0o755),
    ("/var/tmp", 0o1777),
];

/// A file or folder as it stands; implied folders too.
#[must_use]
pub fn entry(linux: &Linux, path: &str) -> Option<File> {
    if let Some(file) = linux.files.0.get(path) {
        return (!file.deleted).then(|| file.clone());
    }
    if let Some(file) = generated::entry(path) {
        return Some(file);
    }
    let standard = STANDARD.iter().find(|(name, _)| *name == path).map(|(_, mode)| *mode);
    let implied =
        standard.is_some() || path::has_children(linux, path) || counted(linux).any(|known| path::is_within(known, path));
    implied.then(|| folder("root", "root", standard.unwrap_or(0o755), Time::default()))
}

/// Folders that are known by their size or as mount points only.
fn counted(linux: &Linux) -> impl Iterator<Item = &str> {
    linux.mounts.iter().flat_map(|mount| {
        let sized = mount.largest.iter().chain(&mount.many_files).map(|(path, _)| path.as_str());
        sized.chain(std::iter::once(mount.target.as_str()))
    })
}

/// A new folder's entry.
#[must_use]
pub fn folder(owner: &str, group: &str, mode: u16, modified: Time) -> File {
    File { folder: true, owner: owner.to_owned(), group: group.to_owned(), mode, modified, size: BLOCK, ..File::default() }
}

/// The names right below a folder, in order.
#[must_use]
pub fn children(linux: &Linux, folder: &str) -> Vec<String> {
    let mut names = path::children(linux.files.0.iter().filter(|(_, file)| !file.deleted).map(|(path, _)| path.as_str()), folder);
    names.extend(path::children(STANDARD.iter().map(|(path, _)| *path), folder));
    names.extend(path::children(generated::PATHS.iter().copied(), folder));
    names.extend(path::children(counted(linux), folder));
    names.into_iter().collect()
}

/// KiB below a path, as `du` finds them: what has a name. Deleted files that are held open have none.
#[must_use]
pub fn usage(linux: &Linux, path: &str) -> u64 {
    let held = |mount: &Mount| -> u64 {
        let lies_here = |deleted: &&(String, u64)| mount_of(linux, &deleted.0).is_some_and(|on| on.target == mount.target);
        linux.processes.iter().flat_map(|process| &process.deleted_open).filter(lies_here).map(|(_, kib)| *kib).sum()
    };
    let whole = linux
        .mounts
        .iter()
        .filter(|mount| mount.mounted && mount.target.starts_with('/') && path::is_within(&mount.target, path));
    let mut total: u64 = whole.clone().map(|mount| mount.used.saturating_sub(held(mount))).sum();
    let counted: Vec<&str> = whole.map(|mount| mount.target.as_str()).collect();
    let apart = |name: &str| path::is_within(name, path) && !counted.iter().any(|target| path::is_within(name, target));
    total += linux.files.0.iter().filter(|(name, file)| !file.deleted && apart(name)).map(|(_, file)| kib(file)).sum::<u64>();
    for mount in &linux.mounts {
        total += mount.largest.iter().filter(|(name, _)| apart(name)).map(|(_, kib)| *kib).sum::<u64>();
        total += mount.many_files.iter().filter(|(name, _)| apart(name)).map(|(_, count)| count * (BLOCK / 1024)).sum::<u64>();
    }
    total
}
