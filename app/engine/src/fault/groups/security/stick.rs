//! X7: somebody found a USB stick outside and put it in to see whose it is.

use super::super::twin::put_back;
use super::computers;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::time::Span;
use crate::world::World;
use crate::world::files::File;
use crate::world::hardware::Removable;
use crate::world::windows::{Volume, VolumeKind, Windows};

pub const X7: Fault = Fault {
    id: "X7",
    title: "A USB stick that somebody found is plugged in",
    layer: Layer::Security,
    component: "USB stick",
    tier: Tier::Security,
    targets: |world| {
        let free = |target: &Target| world.device(target.device).hardware.removable.is_empty();
        let all = computers(world).into_iter();
        all.map(|(device, person)| Target { person: Some(person), ..Target::device(device) }).filter(free).collect()
    },
    inject: plug_in,
    traces: no_traces,
    // Off the network it can still run what is on it.
    present: |world, target| world.device(target.device).hardware.removable.iter().any(|stick| stick.found),
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.removable));
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.volumes));
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.files));
    },
};

const STICK: &str = "USB stick without a label, 16 GB";
/// Curiosity is the trap: it looks like a table and is a program.
const BAIT: &str = "Salaries and bonuses.xlsx.exe";
const MIB: u64 = 14_900;

/// The first letter after the system's that nothing has.
fn letter(windows: &Windows) -> Option<char> {
    let volumes = windows.volumes.iter().filter_map(|volume| volume.letter);
    let taken: Vec<char> = volumes.chain(windows.mapped_drives.iter().map(|drive| drive.letter.to_ascii_uppercase())).collect();
    ('D'..='Z').find(|letter| !taken.contains(letter))
}

fn plug_in(world: &mut World, target: &Target, chance: &mut Chance) {
    let minutes = u64::from(chance.between(300, 4000));
    let modified = world.now - Span::minutes(minutes);
    let device = world.device_mut(target.device);
    let disk = u8::try_from(device.hardware.disks.len()).unwrap_or(u8::MAX);
    let Some(windows) = device.windows_mut() else { return };
    let letter = letter(windows);
    windows.volumes.push(Volume {
        letter,
        label: "BACKUP".to_owned(),
        file_system: "FAT32".to_owned(),
        size: MIB,
        free: MIB - 3,
        disk,
        kind: VolumeKind::Removable,
        ..Volume::default()
    });
    if let Some(letter) = letter {
        windows.files.0.insert(format!("{letter}:\\{BAIT}"), File { size: 2_310_144, modified, ..File::default() });
    }
    device.hardware.removable.push(Removable { name: STICK.to_owned(), gib: 14, bootable: false, letter, found: true });
}
