//! `icacls` and `takeown`: who may do what with a file, and whose it is.

mod icacls;
mod takeown;
#[cfg(test)]
mod tests;

use crate::sorted::Set;

use super::disk::{self, Spot};
use super::{Command, is_own};
use crate::shell::Session;
use crate::world::files::{AccessEntry, Right};
use crate::world::{DeviceId, World};

pub const COMMANDS: &[Command] = &[Command { name: "icacls", run: icacls::run }, Command { name: "takeown", run: takeown::run }];

/// The entries in force at a path: a share's folder has those of the file server's own view.
fn entries(world: &World, spot: &Spot) -> Vec<AccessEntry> {
    for share in &world.device(spot.device).roles.shares {
        if let Some(rest) = within(spot, &share.folder) {
            return crate::machine::sign_in::shares::ntfs(world, spot.device, share, rest.trim_start_matches('\\'));
        }
    }
    disk::entries(world, spot.device, &spot.path)
}

/// What of a path lies below a folder; `None`: it is elsewhere.
fn within<'s>(spot: &'s Spot, folder: &str) -> Option<&'s str> {
    let folder = folder.trim_end_matches('\\');
    let head = spot.path.get(..folder.len())?;
    let rest = spot.path.get(folder.len()..)?;
    (head.eq_ignore_ascii_case(folder) && (rest.is_empty() || rest.starts_with('\\'))).then_some(rest)
}

fn owner(world: &World, spot: &Spot) -> String {
    disk::entry(world, spot).map(|(_, file)| file.owner.clone()).filter(|owner| !owner.is_empty()).unwrap_or_default()
}

/// The owner may always, others need full control.
fn may_change(world: &World, session: &Session, spot: &Spot) -> bool {
    owner(world, spot).eq_ignore_ascii_case(&session.user) || right(world, session, spot) == Right::Full
}

fn right(world: &World, session: &Session, spot: &Spot) -> Right {
    if spot.device != session.device {
        return spot.limit;
    }
    // The list of a share names who reaches it from outside; the server's own administrators keep theirs.
    if session.elevated && world.device(spot.device).roles.shares.iter().any(|share| within(spot, &share.folder).is_some()) {
        return Right::Full;
    }
    let mut groups: Set<String> = super::groups(world, session);
    groups.extend(["Users".to_owned(), "Authenticated Users".to_owned()]);
    groups.remove("Administrators");
    if session.elevated {
        groups.insert("Administrators".to_owned());
    }
    crate::world::files::effective(&entries(world, spot), &session.user, &groups)
}

/// Everything below a folder, itself first.
fn below(world: &World, spot: &Spot) -> Vec<Spot> {
    let mut found = vec![spot.clone()];
    let mut at = 0;
    while let Some(folder) = found.get(at).cloned() {
        if disk::is_folder(world, &folder) {
            found.extend(disk::list(world, &folder).iter().map(|one| folder.below(&one.name)));
        }
        at += 1;
    }
    found
}

/// A name as the access lists keep it: without the domain or machine before it. `None`: nobody has this name.
fn known(world: &World, device: DeviceId, name: &str) -> Option<String> {
    let bare = name.rsplit('\\').next().unwrap_or_default();
    let built_in = ["Everyone", "SYSTEM", "Users", "Authenticated Users", "Administrators"];
    if let Some(found) = built_in.iter().find(|known| known.eq_ignore_ascii_case(bare)) {
        return Some((*found).to_owned());
    }
    let local = world.device(device).windows().map(|windows| &*windows.accounts);
    let joined = world.device(device).windows().is_some_and(|windows| windows.joined.is_some());
    let directory = world.devices.iter().find_map(|device| device.roles.directory.as_ref()).filter(|_| joined);
    let directory = directory.map(|directory| &directory.accounts);
    local.into_iter().chain(directory).find_map(|accounts| {
        let group = accounts.groups.keys().find(|group| group.eq_ignore_ascii_case(bare)).cloned();
        group.or_else(|| accounts.user(bare).map(|user| user.name.clone()))
    })
}

/// `CLINIC\Staff`, `BUILTIN\Users`, `NT AUTHORITY\SYSTEM`, `PC-07\ada`.
fn qualified(world: &World, device: DeviceId, who: &str) -> String {
    let machine = world.device(device);
    match who {
        "Everyone" => return who.to_owned(),
        "SYSTEM" | "Authenticated Users" => return format!("NT AUTHORITY\\{who}"),
        "Users" | "Administrators" | "Remote Desktop Users" => return format!("BUILTIN\\{who}"),
        _ => {}
    }
    let joined = machine.windows().and_then(|windows| windows.joined.as_ref());
    let directory = world.devices.iter().find_map(|device| device.roles.directory.as_ref()).map(|directory| &directory.accounts);
    let there = directory.is_some_and(|accounts| {
        accounts.user(who).is_some() || accounts.groups.keys().any(|group| group.eq_ignore_ascii_case(who))
    });
    let place = joined.filter(|_| there).and_then(|joined| joined.domain.split('.').next()).unwrap_or(&machine.name);
    format!("{}\\{who}", place.to_uppercase())
}

/// The account of the shell as these programs write it.
fn own_name(world: &World, session: &Session) -> String {
    let name = qualified(world, session.device, &session.user);
    // Outside a domain an administrator who is not signed in is the machine's own.
    if is_own(world, session) || name.contains('\\') { name } else { session.user.clone() }
}
