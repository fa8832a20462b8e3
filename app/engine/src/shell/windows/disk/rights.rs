//! Who may do what in a local path, and the folders that every Windows has.

use crate::shell::Session;
use crate::sorted::Set;
use crate::world::files::{Right, effective};
use crate::world::{DeviceId, World};

/// The groups that a shell's access is checked with. Administrators count only in an elevated one.
#[must_use]
pub fn groups(world: &World, session: &Session) -> Set<String> {
    let mut groups = Set::from(["Users".to_owned(), "Authenticated Users".to_owned()]);
    if let Some(windows) = world.device(session.device).windows() {
        groups.extend(windows.token_groups.iter().cloned());
        groups.extend(windows.accounts.groups_of(&session.user));
    }
    groups.remove("Administrators");
    if session.elevated {
        groups.insert("Administrators".to_owned());
    }
    groups
}

/// From the entry nearest above that has a list of its own, or what Windows gives by itself.
#[must_use]
pub fn local(world: &World, session: &Session, path: &str) -> Right {
    let Some(windows) = world.device(session.device).windows() else { return Right::None };
    let mut at = path;
    loop {
        let entry = windows.files.0.iter().find(|(known, file)| !file.deleted && known.eq_ignore_ascii_case(at));
        if let Some((_, file)) = entry.filter(|(_, file)| !file.acl.is_empty()) {
            return effective(&file.acl, &session.user, &groups(world, session));
        }
        match at.rsplit_once('\\') {
            Some((up, _)) if !up.is_empty() => at = up,
            _ => break,
        }
    }
    by_default(session, path)
}

/// An administrator everywhere, a user in the own profile; programs and system folders are for reading.
fn by_default(session: &Session, path: &str) -> Right {
    if session.elevated {
        return Right::Full;
    }
    let lower = path.to_lowercase();
    let own = format!("c:\\users\\{}", session.user.to_lowercase());
    let within = |folder: &str| lower.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('\\'));
    if within(&own) || within("c:\\users\\public") {
        return Right::Full;
    }
    if lower.starts_with("c:\\users\\") {
        return Right::None;
    }
    if lower == "c:\\"
        || ["c:\\windows", "c:\\program files", "c:\\program files (x86)", "c:\\users"].iter().any(|folder| within(folder))
    {
        return Right::Read;
    }
    Right::Modify
}

/// Folders that are there without an entry of their own.
#[must_use]
pub fn standard_folders(world: &World, device: DeviceId) -> Vec<String> {
    let Some(windows) = world.device(device).windows() else { return Vec::new() };
    let mut found: Vec<String> = [
        "C:\\Windows",
        "C:\\Windows\\System32",
        "C:\\Windows\\System32\\drivers",
        "C:\\Windows\\System32\\drivers\\etc",
        "C:\\Windows\\Temp",
        "C:\\Program Files",
        "C:\\Program Files (x86)",
        "C:\\Users",
        "C:\\Users\\Public",
        "C:\\Users\\support",
    ]
    .map(str::to_owned)
    .into();
    if let Some(user) = &windows.signed_in {
        let home = format!("C:\\Users\\{user}");
        for folder in ["Desktop", "Documents", "Downloads", "Music", "Pictures", "Videos", "AppData", "AppData\\Local\\Temp"] {
            found.push(format!("{home}\\{folder}"));
        }
        found.push(home);
    }
    found
}
