//! Disks, partitions and volumes of a Windows machine: what `diskpart`, `format` and Disk Management change.

use crate::world::hardware::Disk;
use crate::world::windows::{Volume, VolumeKind, Windows};
use crate::world::{DeviceId, World};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// The disk holds the running Windows.
    InUse,
    /// The volume is Windows' own.
    Protected,
    NoRoom,
    LetterTaken,
    Missing,
}

/// The disks that answer, with their numbers.
#[must_use]
pub fn present(world: &World, device: DeviceId) -> Vec<(u8, &Disk)> {
    (0_u8..).zip(&world.device(device).hardware.disks).filter(|(_, disk)| disk.seated && disk.alive).collect()
}

/// MiB of a disk that no volume takes. Less than 16 MiB is not offered.
#[must_use]
pub fn free_mib(world: &World, device: DeviceId, number: u8) -> u64 {
    let Some(disk) = world.device(device).hardware.disks.get(usize::from(number)) else { return 0 };
    let taken: u64 = windows(world, device)
        .map_or(0, |windows| windows.volumes.iter().filter(|volume| volume.disk == number).map(|volume| volume.size).sum());
    let free = (u64::from(disk.gib) << 10).saturating_sub(taken);
    if free < 16 { 0 } else { free }
}

/// `476 GB`, `100 MB`, as `diskpart` writes MiB.
#[must_use]
pub fn size_text(mib: u64) -> String {
    if mib >= 10 << 20 {
        format!("{} TB", mib >> 20)
    } else if mib >= 1 << 10 {
        format!("{} GB", mib >> 10)
    } else {
        format!("{mib} MB")
    }
}

/// `475.2 GB`, as panels and cmdlets write MiB: one digit after the point.
#[must_use]
pub fn size_exact(mib: u64) -> String {
    if mib < 1 << 10 {
        return format!("{mib} MB");
    }
    format!("{}.{} GB", mib >> 10, (mib % 1024) * 10 / 1024)
}

fn windows(world: &World, device: DeviceId) -> Option<&Windows> {
    world.device(device).windows()
}

fn at(world: &mut World, device: DeviceId, volume: u8) -> Result<&mut Volume, NotDone> {
    let windows = world.device_mut(device).windows_mut().ok_or(NotDone::Missing)?;
    windows.volumes.get_mut(usize::from(volume)).ok_or(NotDone::Missing)
}

/// Removes every volume of a disk, with what is on them.
pub fn clean(world: &mut World, device: DeviceId, disk: u8, recovery: bool) -> Result<(), NotDone> {
    let Some(found) = world.device_mut(device).windows_mut() else { return Err(NotDone::Missing) };
    let holds_windows = found.volumes.iter().any(|volume| volume.disk == disk && volume.kind == VolumeKind::System);
    if holds_windows && !recovery {
        return Err(NotDone::InUse);
    }
    let lost: Vec<char> = found.volumes.iter().filter(|volume| volume.disk == disk).filter_map(|volume| volume.letter).collect();
    found.volumes.retain(|volume| volume.disk != disk);
    for letter in lost {
        forget_files(found, letter);
    }
    Ok(())
}

/// A new partition without a file system; its number among the volumes.
pub fn create(world: &mut World, device: DeviceId, disk: u8, size: Option<u64>) -> Result<u8, NotDone> {
    let free = free_mib(world, device, disk);
    let size = size.unwrap_or(free);
    if size == 0 || size > free {
        return Err(NotDone::NoRoom);
    }
    let windows = world.device_mut(device).windows_mut().ok_or(NotDone::Missing)?;
    windows.volumes.push(Volume { size, free: size, disk, ..Volume::default() });
    Ok(u8::try_from(windows.volumes.len().saturating_sub(1)).unwrap_or(u8::MAX))
}

/// Gives a letter: the one that is asked for, or the next one free from D on.
pub fn assign(world: &mut World, device: DeviceId, volume: u8, letter: Option<char>) -> Result<char, NotDone> {
    let windows = world.device(device).windows().ok_or(NotDone::Missing)?;
    let taken = |letter: char| {
        windows.volumes.iter().any(|volume| volume.letter == Some(letter))
            || windows.mapped_drives.iter().any(|drive| drive.letter == letter)
    };
    let letter = match letter.map(|letter| letter.to_ascii_uppercase()) {
        Some(letter) if !letter.is_ascii_uppercase() || taken(letter) => return Err(NotDone::LetterTaken),
        Some(letter) => letter,
        None => ('D'..='Z').find(|letter| !taken(*letter)).ok_or(NotDone::LetterTaken)?,
    };
    let found = at(world, device, volume)?;
    if found.kind == VolumeKind::System {
        return Err(NotDone::Protected);
    }
    found.letter = Some(letter);
    Ok(letter)
}

pub fn remove_letter(world: &mut World, device: DeviceId, volume: u8) -> Result<(), NotDone> {
    let found = at(world, device, volume)?;
    if found.kind == VolumeKind::System {
        return Err(NotDone::Protected);
    }
    found.letter = None;
    Ok(())
}

pub fn delete(world: &mut World, device: DeviceId, volume: u8, recovery: bool) -> Result<(), NotDone> {
    let found = at(world, device, volume)?.clone();
    if matches!(found.kind, VolumeKind::System | VolumeKind::Efi | VolumeKind::Recovery) && !recovery {
        return Err(NotDone::Protected);
    }
    let windows = world.device_mut(device).windows_mut().ok_or(NotDone::Missing)?;
    windows.volumes.remove(usize::from(volume));
    if let Some(letter) = found.letter {
        forget_files(windows, letter);
    }
    Ok(())
}

/// Makes an empty file system; whatever was on the volume is lost.
pub fn format_volume(
    world: &mut World,
    device: DeviceId,
    volume: u8,
    file_system: &str,
    label: &str,
    recovery: bool,
) -> Result<(), NotDone> {
    let found = at(world, device, volume)?;
    if matches!(found.kind, VolumeKind::System | VolumeKind::Efi | VolumeKind::Recovery) && !recovery {
        return Err(NotDone::Protected);
    }
    file_system.clone_into(&mut found.file_system);
    label.clone_into(&mut found.label);
    found.free = found.size;
    found.dirty = false;
    found.shadow_copies.clear();
    found.largest.clear();
    let letter = found.letter;
    if let (Some(letter), Some(windows)) = (letter, world.device_mut(device).windows_mut()) {
        forget_files(windows, letter);
    }
    Ok(())
}

/// [`format_volume`] by letter, where the caller knows that it may.
pub fn format(world: &mut World, device: DeviceId, letter: char, file_system: &str, label: &str) {
    let index =
        windows(world, device).and_then(|windows| windows.volumes.iter().position(|volume| volume.letter == Some(letter)));
    if let Some(index) = index.and_then(|index| u8::try_from(index).ok()) {
        // Whoever calls has said no for Windows' own volumes before.
        _ = format_volume(world, device, index, file_system, label, true);
    }
}

fn forget_files(windows: &mut Windows, letter: char) {
    let start = format!("{letter}:\\");
    windows.files.0.retain(|path, _| !path.starts_with(&start));
}
