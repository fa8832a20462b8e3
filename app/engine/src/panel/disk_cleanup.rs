//! Disk Cleanup: what Windows may remove from a drive without asking anybody.

use super::parts::{offer_on, refuse, table, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::{disks, storage};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let mut rows = Vec::new();
    let mut facts = Vec::new();
    let mut drives = Vec::new();
    for volume in &windows.volumes {
        let Some(letter) = volume.letter else { continue };
        let disposable = volume.largest.iter().filter(|(folder, _)| storage::is_disposable(folder));
        let gain: u64 = disposable.clone().map(|(_, mib)| *mib).sum();
        facts.push((format!("Space to gain on drive {letter}"), disks::size_exact(gain)));
        rows.extend(disposable.map(|(folder, mib)| vec![folder.clone(), disks::size_exact(*mib)]));
        if gain > 0 {
            drives.push(format!("{letter}:"));
        }
    }
    Some(View {
        title: "Disk Cleanup".to_owned(),
        facts,
        tables: vec![table("Files to delete", &["Folder", "Size"], rows)],
        operations: offer_on("clean-up", "Delete files", drives, Vec::new()).into_iter().collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if operation.verb != "clean-up" {
        return operation.unknown();
    }
    let windows = windows_mut(world, device)?;
    let letter = operation.target.chars().next().map(|letter| letter.to_ascii_uppercase());
    let Some(letter) = letter.filter(|letter| windows.volumes.iter().any(|volume| volume.letter == Some(*letter))) else {
        return refuse(format!("There is no drive “{}”.", operation.target));
    };
    let gained = storage::clean_up(windows, letter);
    Ok(format!("{} were freed.", disks::size_exact(gained)))
}
