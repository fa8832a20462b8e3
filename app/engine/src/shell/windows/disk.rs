//! Files as the shells of Windows reach them: drive letters, mapped drives, UNC paths, and who may do what.

mod change;
mod rights;

use std::fmt::Write;

use super::network::shares::{self, SystemError};
use crate::shell::Session;
use crate::sorted::Map;
use crate::time::Time;
use crate::world::files::{File, Right};
use crate::world::{DeviceId, World};

pub use change::{copy, make_folder, remove, remove_tree, rename, set_access, write};
pub use rights::entries;

/// A path on the device that holds it, and what the session may do there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    pub device: DeviceId,
    /// With the drive letter and without a last backslash, except for the root: `C:\`, `C:\Users\ada`.
    pub path: String,
    /// What the share lets through, for a path on a server.
    pub limit: Right,
    /// As the session wrote it, completed: `Z:\plans.docx`.
    pub shown: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiskError {
    /// The file is not there.
    NotFound,
    /// A folder on the way is not there.
    PathNotFound,
    DriveNotFound,
    Denied,
    Exists,
    NotEmpty,
    Network(SystemError),
}

impl DiskError {
    /// As the commands of `cmd` print it.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::NotFound => "The system cannot find the file specified.",
            Self::PathNotFound => "The system cannot find the path specified.",
            Self::DriveNotFound => "The system cannot find the drive specified.",
            Self::Denied => "Access is denied.",
            Self::Exists => "A duplicate file name exists, or the file\ncannot be found.",
            Self::NotEmpty => "The directory is not empty.",
            Self::Network(error) => error.text(),
        }
    }
}

/// One line of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub folder: bool,
    pub size: u64,
    pub modified: Time,
}

/// The file that names hosts: the resolver's own list in words.
const HOSTS: &str = "C:\\Windows\\System32\\drivers\\etc\\hosts";

/// Completes a path with the current folder and takes out `.` and `..`. No trailing backslash except for a root.
#[must_use]
pub fn absolute(session: &Session, text: &str) -> String {
    let text = text.trim().trim_matches('"').replace('/', "\\");
    let joined = if text.starts_with("\\\\") || text.chars().nth(1) == Some(':') {
        text
    } else if text.starts_with('\\') {
        format!("{}{text}", drive_of(&session.folder))
    } else {
        format!("{}\\{text}", session.folder.trim_end_matches('\\'))
    };
    let (root, rest) = split_root(&joined);
    let mut parts: Vec<&str> = Vec::new();
    for part in rest.split('\\') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    if parts.is_empty() && !root.starts_with("\\\\") { format!("{root}\\") } else { join(&root, &parts) }
}

fn join(root: &str, parts: &[&str]) -> String {
    let mut path = root.to_owned();
    for part in parts {
        path.push('\\');
        path.push_str(part);
    }
    path
}

/// `C:` of `C:\Users`, `\\SRV-1\team` of a UNC path.
fn drive_of(path: &str) -> String {
    split_root(path).0
}

fn split_root(path: &str) -> (String, &str) {
    if let Some(rest) = path.strip_prefix("\\\\") {
        let mut parts = rest.splitn(3, '\\');
        let (host, share, below) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        return (format!("\\\\{host}\\{share}"), below);
    }
    match path.split_once(':') {
        Some((letter, rest)) => (format!("{}:", letter.to_uppercase()), rest),
        None => ("C:".to_owned(), path),
    }
}

/// Finds where a path leads. A mapped drive or a UNC path is followed to its server, through the network and the share's rights.
pub fn locate(world: &mut World, session: &Session, text: &str) -> Result<Spot, DiskError> {
    let shown = absolute(session, text);
    if shown.starts_with("\\\\") {
        return remote(world, session, &shown, &shown.clone(), &session.user);
    }
    let letter = shown.chars().next().unwrap_or('C');
    if let Some(drive) = super::drives(world, session).iter().find(|drive| drive.letter.eq_ignore_ascii_case(&letter)).cloned() {
        let below = shown.get(2..).unwrap_or_default().trim_end_matches('\\');
        return remote(world, session, &format!("{}{below}", drive.path), &shown, &drive.user);
    }
    let windows = world.device(session.device).windows().ok_or(DiskError::DriveNotFound)?;
    let local = windows.volumes.iter().any(|volume| volume.letter.is_some_and(|known| known.eq_ignore_ascii_case(&letter)));
    let stick = world.device(session.device).hardware.removable.iter().any(|stick| stick.letter == Some(letter));
    if !local && !stick {
        return Err(DiskError::DriveNotFound);
    }
    Ok(Spot { device: session.device, path: shown.clone(), limit: Right::Full, shown })
}

fn remote(world: &mut World, session: &Session, path: &str, shown: &str, user: &str) -> Result<Spot, DiskError> {
    let limit = shares::access(world, session.device, user, path).map_err(DiskError::Network)?;
    let (host, name, below) = shares::parts(path).ok_or(DiskError::PathNotFound)?;
    let server = shares::server(world, session.device, host).map_err(DiskError::Network)?;
    let share = shares::find(world, server, name).ok_or(DiskError::Network(SystemError::NameNotFound))?;
    let folder = share.folder.trim_end_matches('\\');
    let path = if below.is_empty() { folder.to_owned() } else { format!("{folder}\\{below}") };
    Ok(Spot { device: server, path, limit, shown: shown.to_owned() })
}

impl Spot {
    /// The right in force: the folder's own and the share's, whichever is weaker.
    #[must_use]
    pub fn right(&self, world: &World, session: &Session) -> Right {
        if self.device == session.device { rights::local(world, session, &self.path) } else { self.limit }
    }

    /// The folder above; `None` for a root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let up = |path: &str| {
            let (head, _) = path.rsplit_once('\\')?;
            let root = head.ends_with(':') || head.is_empty();
            Some(if root { format!("{head}\\") } else { head.to_owned() })
        };
        if self.path.ends_with('\\') {
            return None;
        }
        let shown = up(&self.shown).unwrap_or_else(|| self.shown.clone());
        Some(Self { path: up(&self.path)?, shown, ..self.clone() })
    }

    /// The last part of the path.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.rsplit('\\').next().unwrap_or_default()
    }

    /// The path of something in this folder.
    #[must_use]
    pub fn below(&self, name: &str) -> Self {
        let add = |path: &str| format!("{}\\{name}", path.trim_end_matches('\\'));
        Self { path: add(&self.path), shown: add(&self.shown), ..self.clone() }
    }
}

fn files(world: &World, device: DeviceId) -> Option<&Map<String, File>> {
    world.device(device).windows().map(|windows| &windows.files.0)
}

/// The entry with the name as it is stored.
#[must_use]
pub fn entry<'a>(world: &'a World, spot: &Spot) -> Option<(&'a String, &'a File)> {
    files(world, spot.device)?.iter().find(|(path, file)| !file.deleted && path.eq_ignore_ascii_case(&spot.path))
}

#[must_use]
pub fn is_folder(world: &World, spot: &Spot) -> bool {
    if spot.path.ends_with('\\') {
        return true;
    }
    if let Some((_, file)) = entry(world, spot) {
        return file.folder;
    }
    let prefix = format!("{}\\", spot.path.to_lowercase());
    let holds = files(world, spot.device)
        .is_some_and(|files| files.iter().any(|(path, file)| !file.deleted && path.to_lowercase().starts_with(&prefix)));
    let shared = world.device(spot.device).roles.shares.iter().any(|share| share.folder.eq_ignore_ascii_case(&spot.path));
    holds || shared || rights::standard_folders(world, spot.device).iter().any(|path| path.eq_ignore_ascii_case(&spot.path))
}

#[must_use]
pub fn is_file(world: &World, spot: &Spot) -> bool {
    spot.path.eq_ignore_ascii_case(HOSTS) || entry(world, spot).is_some_and(|(_, file)| !file.folder)
}

/// What a folder holds, by name.
#[must_use]
pub fn list(world: &World, spot: &Spot) -> Vec<Listed> {
    let prefix = format!("{}\\", spot.path.trim_end_matches('\\')).to_lowercase();
    let mut found: Map<String, Listed> = Map::new();
    let mut add = |path: &str, listed: Option<&File>| {
        let lower = path.to_lowercase();
        let Some(rest) = lower.strip_prefix(&prefix).filter(|rest| !rest.is_empty()) else { return };
        let deeper = rest.contains('\\');
        let name = path.get(prefix.len()..).and_then(|rest| rest.split('\\').next()).unwrap_or_default().to_owned();
        let file = listed.filter(|_| !deeper);
        let entry = found.entry(name.to_lowercase()).or_insert_with(|| Listed {
            name,
            folder: true,
            size: 0,
            modified: world.device(spot.device).started,
        });
        if let Some(file) = file {
            entry.folder = file.folder;
            entry.size = if file.folder { 0 } else { size(file) };
            entry.modified = file.modified;
        }
    };
    for path in rights::standard_folders(world, spot.device) {
        add(&path, None);
    }
    for share in &world.device(spot.device).roles.shares {
        add(&share.folder, None);
    }
    for (path, file) in files(world, spot.device).into_iter().flatten().filter(|(_, file)| !file.deleted) {
        add(path, Some(file));
    }
    let hosts = File { text: hosts_text(world, spot.device), modified: world.device(spot.device).started, ..File::default() };
    if world.device(spot.device).windows().is_some() {
        add(HOSTS, Some(&hosts));
    }
    found.into_values().collect()
}

/// Bytes: those of the text, or more where the file says so. Windows ends lines with two characters.
#[must_use]
pub fn size(file: &File) -> u64 {
    let lines = file.text.matches('\n').count();
    file.size.max(u64::try_from(file.text.len().saturating_add(lines)).unwrap_or(u64::MAX))
}

/// The text of a file.
pub fn read(world: &World, session: &Session, spot: &Spot) -> Result<String, DiskError> {
    if spot.path.eq_ignore_ascii_case(HOSTS) {
        return Ok(hosts_text(world, spot.device));
    }
    if is_folder(world, spot) {
        return Err(DiskError::Denied);
    }
    let Some((_, file)) = entry(world, spot) else {
        let folder = spot.parent().is_none_or(|parent| is_folder(world, &parent));
        return Err(if folder { DiskError::NotFound } else { DiskError::PathNotFound });
    };
    if spot.right(world, session) < Right::Read { Err(DiskError::Denied) } else { Ok(file.text.clone()) }
}

fn hosts_text(world: &World, device: DeviceId) -> String {
    let mut text =
        "# Addresses and the names they stand for, one to a line.\n# Lines that begin with # are comments.\n\n".to_owned();
    for (address, name) in &world.device(device).stack.resolver.hosts {
        let _ = writeln!(text, "{address}\t{name}");
    }
    text
}

/// Bytes that are free on the volume of a path, where it is known.
#[must_use]
pub fn free(world: &World, spot: &Spot) -> u64 {
    let letter = spot.path.chars().next();
    let windows = world.device(spot.device).windows();
    let volume = windows.and_then(|windows| windows.volumes.iter().find(|volume| volume.letter == letter));
    volume.map_or(0, |volume| volume.free.saturating_mul(1 << 20))
}
