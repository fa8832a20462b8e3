//! A RAID set that spares one member: hot swap, rebuild, and the wrong disk pulled.

use super::incident;
use crate::machine::power;
use crate::time::Span;
use crate::world::hardware::{Disk, Hardware};
use crate::world::{DeviceId, Harm, World};

/// A rebuild reads and writes every sector: about 100 MB/s on a set that works on.
const MIB_PER_SECOND: u64 = 100;

/// A member gives its data: in its bay, alive, and not being filled.
fn whole(hardware: &Hardware, disk: &Disk, now: crate::time::Time) -> bool {
    let filling = hardware.raid_rebuild.is_some_and(|(slot, until)| Some(slot) == disk.raid_slot && until > now);
    disk.seated && disk.alive && !filling
}

/// Another member than `at` is missing already.
fn without_spare(world: &World, device: DeviceId, at: usize) -> bool {
    let hardware = &world.device(device).hardware;
    let members = hardware.disks.iter().enumerate().filter(|(_, disk)| disk.raid_slot.is_some());
    members.filter(|(other, _)| *other != at).any(|(_, disk)| !whole(hardware, disk, world.now))
}

/// A disk comes out of its bay, if only for a moment.
pub fn pulled(world: &mut World, device: DeviceId, at: usize) {
    let hardware = &world.device(device).hardware;
    let Some(disk) = hardware.disks.get(at).filter(|disk| disk.raid_slot.is_some()) else { return };
    if whole(hardware, disk, world.now) && without_spare(world, device, at) {
        lose(world, device);
    }
}

/// A new disk is in the place of the one at `at`.
pub fn replaced(world: &mut World, device: DeviceId, at: usize, new: impl Fn(Option<u8>) -> Disk) {
    let now = world.now;
    let hardware = &world.device(device).hardware;
    let Some(old) = hardware.disks.get(at).cloned() else { return };
    let was_whole = whole(hardware, &old, now);
    let alone = without_spare(world, device, at);
    if old.raid_slot.is_none() {
        if old.alive {
            incident(world, device, Harm::Data, "A disk that still worked was replaced: what was on it is not on the new one.");
        }
        empty_volumes(world, device, at);
    } else if alone && was_whole {
        lose(world, device);
    }
    let hardware = &mut world.device_mut(device).hardware;
    let disk = new(old.raid_slot);
    let minutes = (u64::from(disk.gib) << 10) / MIB_PER_SECOND / 60;
    if let Some(place) = hardware.disks.get_mut(at) {
        *place = disk;
    }
    if let Some(slot) = old.raid_slot
        && !hardware.raid_lost
    {
        hardware.raid_rebuild = Some((slot, now + Span::minutes(minutes.max(1))));
    }
}

fn lose(world: &mut World, device: DeviceId) {
    incident(world, device, Harm::Data, "A good member of a degraded RAID set was pulled: the set is lost.");
    world.device_mut(device).hardware.raid_lost = true;
    power::hold(world, device);
}

/// A blank disk holds no files. The system's own volumes are kept aside: they come back with the company's image.
fn empty_volumes(world: &mut World, device: DeviceId, at: usize) {
    if power::boot::system_disk(world.device(device)) == at {
        return;
    }
    if let Some(windows) = world.device_mut(device).windows_mut() {
        let gone: Vec<char> =
            windows.volumes.iter().filter(|volume| usize::from(volume.disk) == at).filter_map(|volume| volume.letter).collect();
        windows.volumes.retain(|volume| usize::from(volume.disk) != at);
        windows.files.0.retain(|path, _| !path.chars().next().is_some_and(|letter| gone.contains(&letter)));
    }
}

/// All members are whole.
#[must_use]
pub fn is_whole(hardware: &Hardware, now: crate::time::Time) -> bool {
    !hardware.raid_lost && hardware.disks.iter().filter(|disk| disk.raid_slot.is_some()).all(|disk| whole(hardware, disk, now))
}
