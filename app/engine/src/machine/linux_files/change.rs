//! Writing, making, removing.

use super::generated;
use super::path;
use super::rights::{Actor, ENTER, FileError, WRITE, grants, open, reachable};
use super::space::{BLOCK, book, bytes, kib, mount_index};
use super::{STANDARD, children, entry, folder};
use crate::time::Time;
use crate::world::files::File;
use crate::world::linux::{Linux, Mount};

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
