//! Files of a Linux machine: who may do what, how much space and how many inodes there are.
//!
//! Folders above a file need no entry of their own: they are `root:root 755` until somebody changes them. Every change of size
//! is booked on the file system it lies on, so `df`, `du` and "No space left on device" cannot disagree.

pub mod generated;
pub mod path;
pub mod sudoers;

use crate::sorted::Set;
use crate::time::Time;
use crate::world::accounts::Accounts;
use crate::world::files::File;
use crate::world::linux::{Linux, Mount};

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

/// Bytes that a block of ext4 holds; what `du` counts in.
const BLOCK: u64 = 4096;

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
fn reachable(linux: &Linux, path: &str, actor: &Actor) -> Result<(), FileError> {
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

/// The file system a path lies on.
#[must_use]
pub fn mount_of<'a>(linux: &'a Linux, path: &str) -> Option<&'a Mount> {
    let at = mount_index(linux, path)?;
    linux.mounts.get(at)
}

fn mount_index(linux: &Linux, path: &str) -> Option<usize> {
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
fn book(linux: &mut Linux, path: &str, old: Option<u64>, new: Option<u64>) -> Result<(), FileError> {
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

/// What a file gets that is written.
pub struct Written<'a> {
    pub text: &'a str,
    pub append: bool,
    pub now: Time,
}

/// Writes a file, new or old, as the actor; generated files change what they are read from.
pub fn write(linux: &mut Linux, path: &str, actor: &Actor, written: &Written<'_>) -> Result<(), FileError> {
    reachable(linux, path, actor)?;
    let old = entry(linux, path);
    let mut file = match &old {
        Some(file) if file.folder => return Err(FileError::IsFolder),
        Some(file) if !grants(file, actor, WRITE) => return Err(FileError::Denied),
        Some(file) => file.clone(),
        None => new_file(linux, path, actor)?,
    };
    let grown = if written.append { bytes(&file) + length(written.text) } else { length(written.text) };
    file.text = if written.append { file.text + written.text } else { written.text.to_owned() };
    file.size = if grown > length(&file.text) { grown } else { 0 };
    file.modified = written.now;
    book(linux, path, old.as_ref().map(kib), Some(kib(&file)))?;
    linux.files.0.insert(path.to_owned(), file);
    linux.fstab_stale |= path == "/etc/fstab";
    Ok(())
}

fn length(text: &str) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// With the usual umask 022; a set-group-id folder gives its group, and the team's files stay writable for the group.
fn new_file(linux: &Linux, path: &str, actor: &Actor) -> Result<File, FileError> {
    let above = open(linux, &path::parent(path), actor, WRITE | ENTER)?;
    if !above.folder {
        return Err(FileError::NotFolder);
    }
    let group = if above.mode & 0o2000 == 0 { actor.user.clone() } else { above.group };
    Ok(File { owner: actor.user.clone(), group, mode: 0o644, ..File::default() })
}

pub fn make_folder(linux: &mut Linux, path: &str, actor: &Actor, now: Time) -> Result<(), FileError> {
    reachable(linux, path, actor)?;
    if entry(linux, path).is_some() {
        return Err(FileError::Exists);
    }
    let above = open(linux, &path::parent(path), actor, WRITE | ENTER)?;
    book(linux, path, None, Some(BLOCK / 1024))?;
    let set_group = above.mode & 0o2000;
    let group = if set_group == 0 { actor.user.clone() } else { above.group };
    linux.files.0.insert(path.to_owned(), folder(&actor.user, &group, 0o755 | set_group, now));
    Ok(())
}

/// Takes one name out of its folder. A file that a process holds open keeps its space until that process ends.
pub fn remove(linux: &mut Linux, path: &str, actor: &Actor) -> Result<(), FileError> {
    reachable(linux, path, actor)?;
    let file = entry(linux, path).ok_or(FileError::NotFound)?;
    may_unlink(linux, path, &file, actor)?;
    if path == "/" || generated::entry(path).is_some() || linux.mounts.iter().any(|mount| mount.mounted && mount.target == path) {
        return Err(FileError::Denied);
    }
    if file.folder && (!children(linux, path).is_empty() || many(linux, path).is_some()) {
        return Err(FileError::NotEmpty);
    }
    keep_folder_above(linux, path);
    let holder = linux.processes.iter_mut().find(|process| process.open.iter().any(|open| open == path));
    if let Some(process) = holder {
        process.open.retain(|open| open != path);
        process.deleted_open.push((path.to_owned(), kib(&file)));
        book(linux, path, Some(kib(&file)), None)?;
        let held = kib(&file);
        if let Some(mount) = mount_index(linux, path).and_then(|at| linux.mounts.get_mut(at)) {
            mount.used += held;
        }
    } else {
        book(linux, path, Some(kib(&file)), None)?;
    }
    linux.files.0.remove(path);
    linux.fstab_stale |= path == "/etc/fstab";
    Ok(())
}

/// The folder's write right; in a sticky folder (`/tmp`) only one's own.
fn may_unlink(linux: &Linux, path: &str, file: &File, actor: &Actor) -> Result<(), FileError> {
    let above = open(linux, &path::parent(path), actor, WRITE | ENTER)?;
    if above.mode & 0o1000 != 0 && !actor.is_root() && file.owner != actor.user && above.owner != actor.user {
        return Err(FileError::NotPermitted);
    }
    Ok(())
}

/// An implied folder does not vanish with its last file.
fn keep_folder_above(linux: &mut Linux, path: &str) {
    let above = path::parent(path);
    if !linux.files.0.contains_key(&above) && !STANDARD.iter().any(|(name, _)| *name == above) {
        linux.files.0.insert(above, folder("root", "root", 0o755, Time::default()));
    }
}

/// The folder's pile of small files, which have no entries of their own, and how many.
#[must_use]
pub fn many(linux: &Linux, folder: &str) -> Option<u64> {
    let pile =
        |mount: &Mount| mount.many_files.as_ref().filter(|(path, count)| path == folder && *count > 0).map(|(_, count)| *count);
    linux.mounts.iter().find_map(pile)
}

/// Deletes the pile of small files in a folder; each had an inode and a block.
pub fn clear_pile(linux: &mut Linux, folder: &str, actor: &Actor) -> Result<u64, FileError> {
    open(linux, folder, actor, WRITE | ENTER)?;
    let holds = |mount: &&mut Mount| mount.many_files.as_ref().is_some_and(|(path, _)| path == folder);
    let Some(mount) = linux.mounts.iter_mut().find(holds) else { return Ok(0) };
    let count = mount.many_files.take().map_or(0, |(_, count)| count);
    mount.inodes_used = mount.inodes_used.saturating_sub(count);
    mount.used = mount.used.saturating_sub(count.saturating_mul(BLOCK / 1024));
    Ok(count)
}

/// The space of files that were deleted while this process held them, given back at its end.
pub fn release(linux: &mut Linux, pid: u32) {
    let Some(at) = linux.processes.iter().position(|process| process.pid == pid) else { return };
    let ended = linux.processes.remove(at);
    for (path, held) in ended.deleted_open {
        if let Some(mount) = mount_index(linux, &path).and_then(|at| linux.mounts.get_mut(at)) {
            mount.used = mount.used.saturating_sub(held);
        }
    }
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
