//! Disk Management.

use super::parts::{choice, number, offer_on, refuse, table, text, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::services::disks::{self, NotDone};
use crate::world::windows::{Volume, VolumeKind};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let rows: Vec<Vec<String>> = (0_u8..).zip(&windows.volumes).map(|(index, volume)| row(index, volume)).collect();
    let present = disks::present(world, device);
    let disk_rows = present.iter().map(|(number, disk)| {
        let free = disks::free_mib(world, device, *number);
        let free = if free == 0 { "none".to_owned() } else { disks::size_exact(free) };
        vec![
            format!("Disk {number}"),
            disk.model.clone(),
            disks::size_exact(u64::from(disk.gib) << 10),
            "Online".to_owned(),
            free,
        ]
    });
    let free_disks = present.iter().filter(|(number, _)| disks::free_mib(world, device, *number) > 0);
    let free_disks = free_disks.map(|(number, _)| format!("Disk {number}")).collect();
    let own = |wanted: bool| -> Vec<String> {
        let fits = |volume: &Volume| matches!(volume.kind, VolumeKind::Data | VolumeKind::Removable) == wanted;
        (0_u8..).zip(&windows.volumes).filter(|(_, volume)| fits(volume)).map(|(index, _)| format!("Volume {index}")).collect()
    };
    let letters: Vec<String> = windows.volumes.iter().filter_map(|volume| Some(format!("{}:", volume.letter?))).collect();
    let systems = ["NTFS", "FAT32", "exFAT"];
    Some(View {
        title: "Disk Management".to_owned(),
        tables: vec![
            table("Disks", &["Disk", "Model", "Capacity", "Status", "Unallocated"], disk_rows.collect()),
            table("Volumes", &["Volume", "Letter", "Label", "Disk", "File system", "Status", "Capacity", "Free space"], rows),
        ],
        operations: [
            offer_on("set-letter", "Change drive letter", own(true), vec![text("letter", "Letter", "")]),
            offer_on("remove-letter", "Remove drive letter", own(true), Vec::new()),
            offer_on(
                "format",
                "Format",
                own(true),
                vec![choice("file-system", "File system", &systems, "NTFS"), text("label", "Label", "")],
            ),
            offer_on("delete", "Delete volume", own(true), Vec::new()),
            offer_on("create", "New simple volume", free_disks, vec![text("letter", "Letter", ""), text("label", "Label", "")]),
            offer_on("check", "Check for errors", letters, Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

fn row(index: u8, volume: &Volume) -> Vec<String> {
    let kind = match volume.kind {
        VolumeKind::System => " (Boot, Page File)",
        VolumeKind::Efi => " (EFI System Partition)",
        VolumeKind::Recovery => " (Recovery Partition)",
        VolumeKind::Data | VolumeKind::Removable => "",
    };
    let health = if volume.dirty { "At risk" } else { "Healthy" };
    vec![
        format!("Volume {index}"),
        volume.letter.map(|letter| format!("{letter}:")).unwrap_or_default(),
        volume.label.clone(),
        format!("Disk {}", volume.disk),
        if volume.file_system.is_empty() { "RAW".to_owned() } else { volume.file_system.clone() },
        format!("{health}{kind}"),
        disks::size_exact(volume.size),
        disks::size_exact(volume.free),
    ]
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    windows_mut(world, device)?;
    let digits = operation.target.rsplit(' ').next().unwrap_or_default();
    let letter = operation.value("letter").trim_end_matches(':').chars().next();
    let result =
        match operation.verb.as_str() {
            "check" => return check(world, device, &operation.target),
            "create" => {
                let disk = number(digits, "disk")?;
                create(world, device, disk, letter, operation.value("label"))
            }
            "set-letter" => disks::assign(world, device, number(digits, "volume")?, letter)
                .map(|letter| format!("The volume is {letter}: now.")),
            "remove-letter" => disks::remove_letter(world, device, number(digits, "volume")?)
                .map(|()| "The volume has no letter now.".to_owned()),
            "format" => {
                let file_system = match operation.value("file-system") {
                    "" => "NTFS",
                    other => other,
                };
                let label = operation.value("label");
                disks::format_volume(world, device, number(digits, "volume")?, file_system, label, false)
                    .map(|()| "The volume is formatted; everything that was on it is gone.".to_owned())
            }
            "delete" => disks::delete(world, device, number(digits, "volume")?, false)
                .map(|()| "The volume is deleted, with everything that was on it.".to_owned()),
            _ => return operation.unknown(),
        };
    result.map_err(|trouble| {
        Refused(
            match trouble {
                NotDone::InUse | NotDone::Protected => "Windows cannot change the volume it runs from.",
                NotDone::NoRoom => "There is not enough space available on the disk to complete this operation.",
                NotDone::LetterTaken => "That drive letter is in use.",
                NotDone::Missing => "There is no such volume.",
            }
            .to_owned(),
        )
    })
}

fn create(world: &mut World, device: DeviceId, disk: u8, letter: Option<char>, label: &str) -> Result<String, NotDone> {
    let volume = disks::create(world, device, disk, None)?;
    disks::format_volume(world, device, volume, "NTFS", label, false)?;
    let letter = disks::assign(world, device, volume, letter)?;
    Ok(format!("The new volume {letter}: is ready."))
}

/// As from a drive's properties: looks while Windows runs, and repairs at the next start where that must be.
fn check(world: &mut World, device: DeviceId, target: &str) -> Result<String, Refused> {
    let letter = target.chars().next().map(|letter| letter.to_ascii_uppercase());
    let windows = windows_mut(world, device)?;
    let Some(volume) = windows.volumes.iter_mut().find(|volume| volume.letter == letter && letter.is_some()) else {
        return refuse(format!("There is no drive “{target}”."));
    };
    if !volume.dirty {
        return Ok("No errors found.".to_owned());
    }
    if volume.kind == VolumeKind::System {
        windows.boot.check_at_start.extend(letter);
        return Ok("Errors found. The drive is repaired when the computer restarts.".to_owned());
    }
    volume.dirty = false;
    Ok("Errors found and repaired.".to_owned())
}
