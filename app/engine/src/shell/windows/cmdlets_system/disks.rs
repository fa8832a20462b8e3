//! `Get-PhysicalDisk`, `Get-Disk`, `Get-Volume`.

use super::{Answer, Call, Column, Failure, Object, Parameter, View, column, number, windows};
use crate::machine::services::disks;
use crate::shell::Session;
use crate::world::World;
use crate::world::hardware::{Disk, DiskKind};
use crate::world::windows::VolumeKind;

pub const NUMBER: &[Parameter] = &[Parameter::positional("Number")];
pub const VOLUME: &[Parameter] = &[Parameter::positional("DriveLetter")];

const PHYSICAL: &[Column] = &[
    column("Number", "DeviceId"),
    column("FriendlyName", "FriendlyName"),
    column("MediaType", "MediaType"),
    column("OperationalStatus", "OperationalStatus"),
    column("HealthStatus", "HealthStatus"),
    number("Size", "SizeText"),
];
const DISK: &[Column] = &[
    column("Number", "Number"),
    column("Friendly Name", "FriendlyName"),
    column("HealthStatus", "HealthStatus"),
    column("OperationalStatus", "OperationalStatus"),
    number("Total Size", "SizeText"),
    column("Partition Style", "PartitionStyle"),
];
const VOLUMES: &[Column] = &[
    column("DriveLetter", "DriveLetter"),
    column("FriendlyName", "FileSystemLabel"),
    column("FileSystemType", "FileSystem"),
    column("DriveType", "DriveType"),
    column("HealthStatus", "HealthStatus"),
    column("OperationalStatus", "OperationalStatus"),
    number("SizeRemaining", "RemainingText"),
    number("Size", "SizeText"),
];

/// Windows calls a disk that gave up sectors a warning, and one that cannot read some unhealthy.
fn health(disk: &Disk) -> (&'static str, &'static str) {
    if disk.pending_sectors > 0 {
        ("Predictive Failure", "Warning")
    } else if disk.reallocated_sectors > 0 {
        ("OK", "Warning")
    } else {
        ("OK", "Healthy")
    }
}

pub fn physical(world: &mut World, session: &mut Session, _call: &Call) -> Answer {
    let objects = disks::present(world, session.device).into_iter().map(|(number, disk)| {
        let (operational, health) = health(disk);
        let size = u64::from(disk.gib) << 10;
        Object::new()
            .with("DeviceId", u32::from(number))
            .with("FriendlyName", disk.model.as_str())
            .with("MediaType", if disk.kind == DiskKind::Hdd { "HDD" } else { "SSD" })
            .with("OperationalStatus", operational)
            .with("HealthStatus", health)
            .with("SizeText", disks::size_exact(size))
            .with("Size", size << 20)
    });
    Answer::new(View::Table(PHYSICAL), objects.collect())
}

pub fn disk(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let wanted = call.list("Number");
    let objects = disks::present(world, session.device)
        .into_iter()
        .filter(|(number, _)| wanted.is_empty() || wanted.iter().any(|wanted| wanted.parse() == Ok(*number)))
        .map(|(number, disk)| {
            let size = u64::from(disk.gib) << 10;
            Object::new()
                .with("Number", u32::from(number))
                .with("FriendlyName", disk.model.as_str())
                .with("HealthStatus", health(disk).1)
                .with("OperationalStatus", "Online")
                .with("SizeText", disks::size_exact(size))
                .with("PartitionStyle", "GPT")
                .with("Size", size << 20)
        });
    Answer::new(View::Table(DISK), objects.collect())
}

fn no_volume(letter: &str) -> Failure {
    Failure::new(
        format!(
            "No MSFT_Volume objects found with property 'DriveLetter' equal to '{letter}'.  Verify the value of the property and retry."
        ),
        format!("ObjectNotFound: ({letter}:Char) [Get-Volume], CimJobException"),
        "CmdletizationQuery_NotFound_DriveLetter,Get-Volume",
    )
}

pub fn volume(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let Some(windows) = windows(world, session) else { return Answer::default() };
    let wanted = call.list("DriveLetter");
    let letter = |letter: Option<char>| letter.map(|letter| letter.to_string()).unwrap_or_default();
    let objects = windows
        .volumes
        .iter()
        .filter(|volume| wanted.is_empty() || wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(&letter(volume.letter))))
        .map(|volume| {
            Object::new()
                .with("DriveLetter", letter(volume.letter))
                .with("FileSystemLabel", volume.label.as_str())
                .with("FileSystem", volume.file_system.as_str())
                .with("DriveType", if volume.kind == VolumeKind::Removable { "Removable" } else { "Fixed" })
                .with("HealthStatus", if volume.dirty { "Warning" } else { "Healthy" })
                .with("OperationalStatus", if volume.dirty { "Full Repair Needed" } else { "OK" })
                .with("RemainingText", disks::size_exact(volume.free))
                .with("SizeText", disks::size_exact(volume.size))
                .with("SizeRemaining", volume.free << 20)
                .with("Size", volume.size << 20)
        });
    let mut answer = Answer::new(View::Table(VOLUMES), objects.collect());
    let known = |wanted: &&String| !windows.volumes.iter().any(|volume| wanted.eq_ignore_ascii_case(&letter(volume.letter)));
    answer.failures = wanted.iter().filter(known).map(|wanted| no_volume(wanted)).collect();
    answer
}
