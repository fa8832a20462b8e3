//! Files: folders, what fills the drives, previous versions, permissions.

use super::parts::{choice, offer_on, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::{clock, disks, storage};
use crate::text::windows_short;
use crate::world::files::{AccessEntry, File, Right};
use crate::world::{DeviceId, World};

const RIGHTS: [&str; 4] = ["none", "read", "modify", "full"];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let date = |at| windows_short(clock::stamp(windows, at));
    let drives = windows.volumes.iter().filter_map(|volume| {
        let shadows: Vec<String> = volume.shadow_copies.iter().map(|at| date(*at)).collect();
        Some(vec![
            format!("{}:", volume.letter?),
            volume.label.clone(),
            disks::size_exact(volume.free),
            disks::size_exact(volume.size),
            shadows.join(", "),
        ])
    });
    let large = windows.volumes.iter().flat_map(|volume| &volume.largest);
    let large: Vec<Vec<String>> = large.map(|(folder, mib)| vec![folder.clone(), disks::size_exact(*mib)]).collect();
    let there = || windows.files.0.iter().filter(|(_, file)| !file.deleted);
    let files: Vec<Vec<String>> = there()
        .map(|(path, file)| {
            let kind = if file.folder { "Folder" } else { "File" };
            vec![path.clone(), kind.to_owned(), file.owner.clone(), date(file.modified), access(file)]
        })
        .collect();
    let gone: Vec<Vec<String>> = windows
        .files
        .0
        .iter()
        .filter(|(_, file)| file.deleted && !file.versions.is_empty())
        .map(|(path, file)| vec![path.clone(), file.versions.iter().map(|at| date(*at)).collect::<Vec<_>>().join(", ")])
        .collect();
    let names = |rows: &[Vec<String>]| -> Vec<String> { rows.iter().filter_map(|row| row.first().cloned()).collect() };
    let letters: Vec<String> = windows.volumes.iter().filter_map(|volume| Some(format!("{}:", volume.letter?))).collect();
    let entry = vec![text("who", "User or group", ""), choice("right", "Permission", &RIGHTS, "modify")];
    let restore_to = vec![choice("to", "Restore to", &["alternate", "original"], "alternate")];
    let (removable, kept) = (names(&large), names(&files));
    Some(View {
        title: "File Explorer".to_owned(),
        tables: vec![
            table("Drives", &["Drive", "Label", "Free", "Size", "Shadow copies"], drives.collect()),
            table("Largest folders", &["Folder", "Size"], large),
            table("Files", &["Path", "Kind", "Owner", "Modified", "Permissions"], files),
            table("Previous versions of deleted items", &["Path", "Versions"], gone.clone()),
        ],
        operations: [
            offer_on("clean-up", "Disk clean-up", letters, Vec::new()),
            offer_on("delete", "Delete", removable.iter().chain(&kept).cloned().collect(), Vec::new()),
            offer_on("move", "Move to another drive", removable, vec![text("to", "Drive", "D:")]),
            offer_on("restore", "Restore previous version", names(&gone), restore_to),
            offer_on("set-permission", "Set permission", kept, entry),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

fn access(file: &File) -> String {
    let entries = file.acl.iter().map(|entry| {
        let right = RIGHTS.get(usize::from(entry.right as u8)).copied().unwrap_or_default();
        format!("{} {}{right}", entry.who, if entry.allow { "" } else { "deny " })
    });
    entries.collect::<Vec<_>>().join(", ")
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let now = world.now;
    let windows = windows_mut(world, device)?;
    let target = operation.target.as_str();
    match operation.verb.as_str() {
        "clean-up" => {
            let Some(letter) = target.chars().next() else { return refuse("Choose a drive.") };
            let gained = storage::clean_up(windows, letter.to_ascii_uppercase());
            Ok(format!("{} were freed.", disks::size_exact(gained)))
        }
        "delete" | "move" if storage::is_system(target) => {
            refuse("You need permission from TrustedInstaller to make changes to this folder.")
        }
        "delete" => {
            if let Some(gained) = storage::remove(windows, target) {
                return Ok(format!("{target} was deleted: {} were freed.", disks::size_exact(gained)));
            }
            match windows.files.0.get_mut(target).filter(|file| !file.deleted) {
                Some(file) => {
                    file.deleted = true;
                    Ok(format!("{target} was deleted."))
                }
                None => refuse(format!("There is no “{target}”.")),
            }
        }
        "move" => {
            let to = operation.value("to").chars().next().map(|letter| letter.to_ascii_uppercase());
            let Some(mib) = windows
                .volumes
                .iter()
                .flat_map(|volume| &volume.largest)
                .find(|(folder, _)| folder == target)
                .map(|(_, mib)| *mib)
            else {
                return refuse(format!("There is no large folder “{target}”."));
            };
            let Some(volume) = windows.volumes.iter_mut().find(|volume| volume.letter == to && to.is_some()) else {
                return refuse("There is no such drive.");
            };
            if volume.free < mib {
                return refuse("There is not enough space on that drive.");
            }
            volume.free -= mib;
            let name = target.rsplit('\\').next().unwrap_or(target);
            volume.largest.push((format!("{}:\\{name}", volume.letter.unwrap_or(' ')), mib));
            storage::remove(windows, target);
            Ok(format!("{target} was moved."))
        }
        "restore" => restore(world, device, target, operation.value("to") == "original"),
        "set-permission" => {
            let wanted = operation.value("right");
            let right = match wanted {
                "none" => Right::None,
                "read" => Right::Read,
                "modify" => Right::Modify,
                "full" => Right::Full,
                _ => return refuse(format!("“{wanted}” is not a permission.")),
            };
            let who = operation.value("who").trim();
            let Some(file) = windows.files.0.get_mut(target) else { return refuse(format!("There is no “{target}”.")) };
            if who.is_empty() {
                return refuse("Enter the name of a user or group.");
            }
            file.acl.retain(|entry| !entry.who.eq_ignore_ascii_case(who));
            if right > Right::None {
                file.acl.push(AccessEntry { who: who.to_owned(), right, allow: true });
            }
            file.modified = now;
            Ok(format!("{who}: {wanted}."))
        }
        _ => operation.unknown(),
    }
}

/// From a shadow copy: beside the original place, so that nothing is overwritten, or back to where it was.
fn restore(world: &mut World, device: DeviceId, path: &str, original: bool) -> Result<String, Refused> {
    let windows = windows_mut(world, device)?;
    let Some(file) = windows.files.0.get_mut(path).filter(|file| !file.versions.is_empty()) else {
        return refuse("There are no previous versions available.");
    };
    if original {
        file.deleted = false;
        return Ok(format!("{path} was restored."));
    }
    let copy = File { deleted: false, versions: Vec::new(), ..file.clone() };
    let beside = format!("{path} (restored)");
    windows.files.0.insert(beside.clone(), copy);
    Ok(format!("The previous version was restored to {beside}."))
}
