//! Files written, copied, renamed, removed.

use std::net::Ipv4Addr;

use super::{DiskError, HOSTS, Spot, entry, is_file, is_folder, list, read};
use crate::shell::Session;
use crate::world::World;
use crate::world::files::{AccessEntry, File, Right};

/// Whether something may be put into or taken out of the folder of a path.
fn may_change(world: &World, session: &Session, spot: &Spot) -> Result<(), DiskError> {
    if spot.parent().is_some_and(|parent| !is_folder(world, &parent)) {
        return Err(DiskError::PathNotFound);
    }
    if spot.right(world, session) < Right::Modify { Err(DiskError::Denied) } else { Ok(()) }
}

fn put(world: &mut World, spot: &Spot, file: File) {
    if let Some(windows) = world.device_mut(spot.device).windows_mut() {
        windows.files.0.insert(spot.path.clone(), file);
    }
}

/// The stored name of what is there, so that writing keeps it.
fn stored(world: &World, spot: &Spot) -> Spot {
    entry(world, spot).map_or_else(|| spot.clone(), |(path, _)| Spot { path: path.clone(), ..spot.clone() })
}

/// Writes text, or adds it at the end.
pub fn write(world: &mut World, session: &Session, spot: &Spot, text: &str, append: bool) -> Result<(), DiskError> {
    if is_folder(world, spot) {
        return Err(DiskError::Denied);
    }
    may_change(world, session, spot)?;
    let before = if append { read(world, session, spot).unwrap_or_default() } else { String::new() };
    let text = format!("{before}{text}");
    if spot.path.eq_ignore_ascii_case(HOSTS) {
        world.device_mut(spot.device).stack.resolver.hosts = hosts(&text);
        return Ok(());
    }
    let spot = stored(world, spot);
    let mut file = entry(world, &spot).map(|(_, file)| file.clone()).unwrap_or_default();
    file.text = text;
    file.size = 0;
    file.modified = world.now;
    if file.owner.is_empty() {
        file.owner.clone_from(&session.user);
    }
    put(world, &spot, file);
    Ok(())
}

/// Address and names to a line; the rest after `#` is a comment.
fn hosts(text: &str) -> Vec<(Ipv4Addr, String)> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        if let Some(address) = words.next().and_then(|word| word.parse().ok()) {
            found.extend(words.map(|name| (address, name.to_owned())));
        }
    }
    found
}

pub fn copy(world: &mut World, session: &Session, from: &Spot, to: &Spot) -> Result<(), DiskError> {
    if from.path.eq_ignore_ascii_case(HOSTS) || to.path.eq_ignore_ascii_case(HOSTS) {
        let text = read(world, session, from)?;
        return write(world, session, to, &text, false);
    }
    read(world, session, from)?;
    may_change(world, session, to)?;
    let Some(file) = entry(world, from).map(|(_, file)| file.clone()) else { return Err(DiskError::NotFound) };
    let to = stored(world, to);
    put(world, &to, File { acl: Vec::new(), versions: Vec::new(), owner: session.user.clone(), ..file });
    Ok(())
}

/// Gives a path entries of its own, and an owner where `owner` is set; a share's folder keeps its entries with the share.
pub fn set_access(world: &mut World, spot: &Spot, entries: Option<Vec<AccessEntry>>, owner: Option<&str>) {
    let now = world.now;
    let shared = world.device(spot.device).roles.shares.iter().find(|share| share.folder.eq_ignore_ascii_case(&spot.path));
    let entries = match (shared.map(|share| share.name.clone()), entries) {
        (Some(share), Some(entries)) => {
            crate::machine::sign_in::shares::set_ntfs(world, spot.device, &share, entries);
            None
        }
        (_, entries) => entries,
    };
    if entries.is_none() && owner.is_none() {
        return;
    }
    let folder = is_folder(world, spot);
    let spot = stored(world, spot);
    let mut file = entry(world, &spot).map_or_else(
        || File { folder, owner: "Administrators".to_owned(), modified: now, ..File::default() },
        |(_, file)| file.clone(),
    );
    if let Some(entries) = entries {
        file.acl = entries;
    }
    if let Some(owner) = owner {
        owner.clone_into(&mut file.owner);
    }
    put(world, &spot, file);
}

pub fn make_folder(world: &mut World, session: &Session, spot: &Spot) -> Result<(), DiskError> {
    if is_folder(world, spot) || is_file(world, spot) {
        return Err(DiskError::Exists);
    }
    // `md` makes the folders on the way too.
    if let Some(parent) = spot.parent().filter(|parent| !is_folder(world, parent)) {
        make_folder(world, session, &parent)?;
    }
    may_change(world, session, spot)?;
    let file = File { folder: true, owner: session.user.clone(), modified: world.now, ..File::default() };
    put(world, spot, file);
    Ok(())
}

/// A file goes; what a shadow copy keeps of it stays to be restored.
fn drop_entry(world: &mut World, spot: &Spot) {
    let Some(windows) = world.device_mut(spot.device).windows_mut() else { return };
    let Some(path) = windows.files.0.keys().find(|path| path.eq_ignore_ascii_case(&spot.path)).cloned() else { return };
    if let Some(file) = windows.files.0.get_mut(&path) {
        if file.versions.is_empty() {
            windows.files.0.remove(&path);
        } else {
            file.deleted = true;
        }
    }
}

pub fn remove(world: &mut World, session: &Session, spot: &Spot) -> Result<(), DiskError> {
    if !is_file(world, spot) {
        return Err(DiskError::NotFound);
    }
    may_change(world, session, spot)?;
    if spot.path.eq_ignore_ascii_case(HOSTS) {
        world.device_mut(spot.device).stack.resolver.hosts.clear();
        return Ok(());
    }
    drop_entry(world, spot);
    Ok(())
}

/// A folder; with everything in it where `all` is set.
pub fn remove_tree(world: &mut World, session: &Session, spot: &Spot, all: bool) -> Result<(), DiskError> {
    if !is_folder(world, spot) {
        return Err(DiskError::NotFound);
    }
    let inside = list(world, spot);
    if !inside.is_empty() && !all {
        return Err(DiskError::NotEmpty);
    }
    may_change(world, session, spot)?;
    if super::rights::standard_folders(world, spot.device).iter().any(|path| path.eq_ignore_ascii_case(&spot.path)) {
        return Err(DiskError::Denied);
    }
    for one in inside {
        let below = spot.below(&one.name);
        if one.folder {
            remove_tree(world, session, &below, true)?;
        } else {
            remove(world, session, &below)?;
        }
    }
    drop_entry(world, spot);
    Ok(())
}

/// Another name in the same folder, or another place on the same device; what is in a folder goes along.
pub fn rename(world: &mut World, session: &Session, from: &Spot, to: &Spot) -> Result<(), DiskError> {
    if !is_file(world, from) && !is_folder(world, from) {
        return Err(DiskError::NotFound);
    }
    let same = from.path.eq_ignore_ascii_case(&to.path);
    if !same && (is_file(world, to) || is_folder(world, to)) {
        return Err(DiskError::Exists);
    }
    may_change(world, session, from)?;
    may_change(world, session, to)?;
    let Some(windows) = world.device_mut(from.device).windows_mut() else { return Err(DiskError::NotFound) };
    let old = from.path.to_lowercase();
    let inside = format!("{old}\\");
    let moved: Vec<String> = windows
        .files
        .0
        .keys()
        .filter(|path| path.to_lowercase() == old || path.to_lowercase().starts_with(&inside))
        .cloned()
        .collect();
    let mut taken = Vec::new();
    for path in moved {
        let rest = path.get(from.path.len()..).unwrap_or_default().to_owned();
        if let Some(file) = windows.files.0.remove(&path) {
            taken.push((format!("{}{rest}", to.path), file));
        }
    }
    if let Some(windows) = world.device_mut(to.device).windows_mut() {
        windows.files.0.extend(taken);
    }
    Ok(())
}
