//! Shares and open files of a file server.

use super::parts::{choice, choice_of, offer_on, refuse, table, text};
use super::{Operation, Refused, View};
use crate::machine;
use crate::machine::sign_in::{self, shares};
use crate::world::files::{AccessEntry, Right};
use crate::world::server::Share;
use crate::world::{DeviceId, World};

const RIGHTS: [&str; 4] = ["none", "read", "modify", "full"];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let roles = &world.device(device).roles;
    if roles.shares.is_empty() {
        return None;
    }
    let names: Vec<String> = roles.shares.iter().map(|share| share.name.clone()).collect();
    let shares = roles.shares.iter().map(|share| vec![share.name.clone(), share.folder.clone()]).collect();
    let share_rows = roles.shares.iter().flat_map(|share| entry_rows(share, &share.permissions)).collect();
    let folder_rows = roles.shares.iter().flat_map(|share| entry_rows(share, &shares::ntfs(world, device, share, ""))).collect();
    let open_rows = roles
        .open_files
        .iter()
        .map(|open| vec![open.path.clone(), open.user.clone(), open.host.clone(), if open.stale { "0" } else { "1" }.to_owned()])
        .collect();
    let entry = || {
        vec![
            text("who", "User or group", ""),
            choice("right", "Permission", &RIGHTS, "read"),
            choice("type", "Type", &["allow", "deny"], "allow"),
        ]
    };
    let who = || vec![text("who", "User or group", "")];
    let people: Vec<String> = world.people.iter().map(|person| person.account.clone()).collect();
    Some(View {
        title: format!("Shares of {}", world.device(device).name),
        tables: vec![
            table("Shares", &["Share", "Folder"], shares),
            table("Share permissions", &["Entry", "Share", "User or group", "Type", "Permission"], share_rows),
            table("Folder permissions (NTFS)", &["Entry", "Share", "User or group", "Type", "Permission"], folder_rows),
            table("Open files", &["Open file", "Accessed by", "Computer", "Sessions alive"], open_rows),
        ],
        operations: [
            offer_on("set-share-permission", "Set a share permission", names.clone(), entry()),
            offer_on("remove-share-permission", "Remove a share permission", names.clone(), who()),
            offer_on("set-folder-permission", "Set a folder permission", names.clone(), entry()),
            offer_on("remove-folder-permission", "Remove a folder permission", names.clone(), who()),
            offer_on("effective-access", "View effective access", names, vec![choice_of("who", "User", people, "")]),
            offer_on(
                "close-file",
                "Close open file",
                roles.open_files.iter().map(|open| open.path.clone()).collect(),
                Vec::new(),
            ),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

fn entry_rows(share: &Share, entries: &[AccessEntry]) -> Vec<Vec<String>> {
    let row = |entry: &AccessEntry| {
        vec![
            format!("{}: {}", share.name, entry.who),
            share.name.clone(),
            entry.who.clone(),
            if entry.allow { "Allow" } else { "Deny" }.to_owned(),
            right_words(entry.right).to_owned(),
        ]
    };
    entries.iter().map(row).collect()
}

fn right_words(right: Right) -> &'static str {
    match right {
        Right::None => "none",
        Right::Read => "Read",
        Right::Modify => "Modify",
        Right::Full => "Full control",
    }
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if !machine::is_up(world, device) {
        return refuse("The server does not answer.");
    }
    if operation.verb == "close-file" {
        return close(world, device, &operation.target);
    }
    let Some(share) = shares::find(world, device, &operation.target).cloned() else {
        return refuse(format!("There is no share “{}”.", operation.target));
    };
    match operation.verb.as_str() {
        "set-share-permission" => {
            let entry = entry(world, device, operation)?;
            let entries = with(&share.permissions, &entry);
            set_share(world, device, &share.name, entries);
            Ok(format!("{}: {} {}", share.name, entry.who, right_words(entry.right)))
        }
        "remove-share-permission" => {
            set_share(world, device, &share.name, without(&share.permissions, operation.value("who"))?);
            Ok(format!("The entry is removed from the share {}.", share.name))
        }
        "set-folder-permission" => {
            let entry = entry(world, device, operation)?;
            let entries = with(&shares::ntfs(world, device, &share, ""), &entry);
            shares::set_ntfs(world, device, &share.name, entries);
            Ok(format!("{}: {} {}", share.folder, entry.who, right_words(entry.right)))
        }
        "remove-folder-permission" => {
            let entries = without(&shares::ntfs(world, device, &share, ""), operation.value("who"))?;
            shares::set_ntfs(world, device, &share.name, entries);
            Ok(format!("The entry is removed from {}.", share.folder))
        }
        "effective-access" => effective(world, device, &share, operation.value("who")),
        _ => operation.unknown(),
    }
}

fn entry(world: &World, device: DeviceId, operation: &Operation) -> Result<AccessEntry, Refused> {
    let right = match operation.value("right") {
        "none" => Right::None,
        "read" => Right::Read,
        "modify" => Right::Modify,
        "full" => Right::Full,
        other => return refuse(format!("“{other}” is not a permission.")),
    };
    let who = operation.value("who");
    let Some(who) = known(world, device, who) else {
        return refuse(format!(
            "An object named \"{who}\" cannot be found. Check the selected object types and location for accuracy."
        ));
    };
    Ok(AccessEntry { who, right, allow: operation.value("type") != "deny" })
}

/// A user or group as it is written where it is kept.
fn known(world: &World, device: DeviceId, who: &str) -> Option<String> {
    if who.eq_ignore_ascii_case("Everyone") {
        return Some("Everyone".to_owned());
    }
    let directory = sign_in::directory_server(world).and_then(|keeper| world.device(keeper).roles.directory.as_ref());
    let local = world.device(device).windows().map(|windows| &*windows.accounts);
    let mut places = directory.map(|directory| &directory.accounts).into_iter().chain(local);
    places.find_map(|accounts| {
        let group = accounts.groups.keys().find(|group| group.eq_ignore_ascii_case(who)).cloned();
        group.or_else(|| accounts.user(who).map(|user| user.name.clone()))
    })
}

/// One entry a person or group and type: the new one takes the old one's place.
fn with(entries: &[AccessEntry], new: &AccessEntry) -> Vec<AccessEntry> {
    let mut kept = entries.to_vec();
    match kept.iter_mut().find(|entry| entry.who.eq_ignore_ascii_case(&new.who) && entry.allow == new.allow) {
        Some(old) => old.clone_from(new),
        None => kept.push(new.clone()),
    }
    kept
}

fn without(entries: &[AccessEntry], who: &str) -> Result<Vec<AccessEntry>, Refused> {
    let kept: Vec<_> = entries.iter().filter(|entry| !entry.who.eq_ignore_ascii_case(who)).cloned().collect();
    if kept.len() == entries.len() { refuse(format!("“{who}” has no entry here.")) } else { Ok(kept) }
}

fn set_share(world: &mut World, device: DeviceId, name: &str, entries: Vec<AccessEntry>) {
    if let Some(share) = world.device_mut(device).roles.shares.iter_mut().find(|share| share.name == name) {
        share.permissions = entries;
    }
}

fn effective(world: &World, device: DeviceId, share: &Share, who: &str) -> Result<String, Refused> {
    let keeper = sign_in::directory_server(world);
    let groups = keeper.map(|keeper| sign_in::directory_groups(world, keeper, who)).unwrap_or_default();
    if known(world, device, who).is_none() {
        return refuse(format!("An object named \"{who}\" cannot be found."));
    }
    let by_share = crate::world::files::effective(&share.permissions, who, &groups);
    let by_files = crate::world::files::effective(&shares::ntfs(world, device, share, ""), who, &groups);
    let limit = match by_share.cmp(&by_files) {
        std::cmp::Ordering::Less => "limited by the share",
        std::cmp::Ordering::Greater => "limited by file permissions",
        std::cmp::Ordering::Equal => "share and file permissions agree",
    };
    Ok(format!("Effective access of {who} to {}: {} ({limit})", share.name, right_words(by_share.min(by_files))))
}

fn close(world: &mut World, device: DeviceId, path: &str) -> Result<String, Refused> {
    let open = &mut world.device_mut(device).roles.open_files;
    let before = open.len();
    open.retain(|file| !file.path.eq_ignore_ascii_case(path));
    if open.len() == before { refuse("That file is not open.") } else { Ok(format!("{path} was closed.")) }
}
