//! H6, H7, H12: a disk that dies, a RAID set that lost a member, a drive without a letter.

use super::{event_now, past_event, targets_of};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::power::boot::system_disk;
use crate::physical::parts::raid;
use crate::time::Span;
use crate::world::World;
use crate::world::device::Kind;
use crate::world::hardware::FAILING_SECTORS;
use crate::world::windows::{EventLevel, Volume, VolumeKind};

pub const H6: Fault = Fault {
    id: "H6",
    title: "The disk is failing: its reallocated sectors rise",
    layer: Layer::Hardware,
    component: "disk",
    tier: Tier::T2,
    targets: |world| targets_of(world, Kind::Desktop, |world, device| !world.device(device).hardware.disks.is_empty()),
    inject: |world, target, chance| {
        let device = world.device_mut(target.device);
        let at = system_disk(device);
        if let Some(disk) = device.hardware.disks.get_mut(at) {
            disk.reallocated_sectors = FAILING_SECTORS.saturating_add(chance.between(80, 900));
            disk.pending_sectors = chance.between(12, 90);
        }
    },
    traces: |world, target| {
        const BAD: &str = "The device, \\Device\\Harddisk0\\DR0, has a bad block.";
        const RETRIED: &str =
            "The IO operation at logical block address 0x1a2b3c8 for Disk 0 (PDO name: \\Device\\00000031) was retried.";
        for hours in [70, 45, 20, 3] {
            past_event(world, target.device, Span::hours(hours), "disk", 7, EventLevel::Error, BAD);
            past_event(world, target.device, Span::hours(hours), "disk", 153, EventLevel::Warning, RETRIED);
        }
        let paging = "An error was detected on device \\Device\\Harddisk0\\DR0 during a paging operation.";
        event_now(world, target.device, "disk", 51, EventLevel::Warning, paging);
    },
    present: |world, target| {
        world.device(target.device).hardware.disks.iter().any(|disk| disk.reallocated_sectors >= FAILING_SECTORS)
    },
    repair: |world, target, healthy| {
        let well = &healthy.device(target.device).hardware.disks;
        for (disk, was) in world.device_mut(target.device).hardware.disks.iter_mut().zip(well) {
            (disk.reallocated_sectors, disk.pending_sectors) = (was.reallocated_sectors, was.pending_sectors);
        }
    },
};

pub const H7: Fault = Fault {
    id: "H7",
    title: "A member of the RAID set has failed",
    layer: Layer::Hardware,
    component: "RAID set",
    tier: Tier::T2,
    targets: |world| {
        let whole = |device: &&crate::world::Device| {
            device.hardware.disks.iter().filter(|disk| disk.raid_slot.is_some()).count() > 1
                && raid::is_whole(&device.hardware, world.now)
        };
        world.devices.iter().filter(whole).map(|device| Target::device(device.id)).collect()
    },
    inject: fail_member,
    traces: no_traces,
    present: |world, target| !raid::is_whole(&world.device(target.device).hardware, world.now),
    repair: |world, target, healthy| {
        let well = &healthy.device(target.device).hardware;
        let hardware = &mut world.device_mut(target.device).hardware;
        for (disk, was) in hardware.disks.iter_mut().zip(&well.disks) {
            disk.alive = was.alive;
        }
        hardware.raid_rebuild = well.raid_rebuild;
        hardware.raid_lost = well.raid_lost;
    },
};

fn fail_member(world: &mut World, target: &Target, chance: &mut Chance) {
    let disks = &mut world.device_mut(target.device).hardware.disks;
    let members: Vec<usize> = disks.iter().enumerate().filter(|(_, disk)| disk.raid_slot.is_some()).map(|(at, _)| at).collect();
    if let Some(disk) = chance.pick(&members).and_then(|at| disks.get_mut(*at)) {
        disk.alive = false;
    }
}

const LABEL: &str = "PHOTOS";

pub const H12: Fault = Fault {
    id: "H12",
    title: "The USB drive has no drive letter",
    layer: Layer::OperatingSystem,
    component: "volume",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Desktop, |_, _| true),
    inject: |world, target, _| {
        let device = world.device_mut(target.device);
        let disk = u8::try_from(device.hardware.disks.len()).unwrap_or(u8::MAX);
        if let Some(windows) = device.windows_mut() {
            windows.volumes.push(Volume {
                letter: None,
                label: LABEL.to_owned(),
                file_system: "exFAT".to_owned(),
                size: SIZE,
                free: SIZE / 3,
                disk,
                kind: VolumeKind::Removable,
                ..Volume::default()
            });
        }
    },
    traces: no_traces,
    present: |world, target| {
        let Some(windows) = world.device(target.device).windows() else { return false };
        let plugged = windows.volumes.iter().filter(|volume| volume.kind == VolumeKind::Removable);
        // Formatting it gives a letter and takes the photos: that mends nothing.
        plugged.into_iter().any(|volume| volume.letter.is_none() || volume.label != LABEL)
    },
    repair: |world, target, healthy| {
        let well = healthy.device(target.device).windows().map(|windows| windows.volumes.clone());
        if let (Some(windows), Some(well)) = (world.device_mut(target.device).windows_mut(), well) {
            windows.volumes = well;
        }
    },
};

/// MiB of a 64-GB drive.
const SIZE: u64 = 61_000;
