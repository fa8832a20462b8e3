//! Linux: B8 of the catalogue.

use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::units::boot;
use crate::world::World;
use crate::world::linux::Linux;

pub const B8: Fault = Fault {
    id: "B8",
    title: "A line of /etc/fstab names a file system that is not there, so the start ends in the emergency shell",
    layer: Layer::OperatingSystem,
    component: "file system table",
    tier: Tier::T2,
    targets,
    inject,
    traces: |world, target| {
        let entry = world.device(target.device).linux().and_then(bad_entry);
        if let Some((entry, why)) = entry {
            boot::report(world, target.device, &entry, &why);
        }
    },
    present,
    repair,
};

/// A file system beside the root that the table mounts.
fn targets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for device in world.device_ids() {
        let Some(linux) = world.device(device).linux() else { continue };
        let mut data = boot::fstab(linux).into_iter().filter(|entry| entry.target != "/" && entry.source.starts_with("UUID="));
        found.extend(data.next_back().map(|entry| Target { name: entry.target, ..Target::device(device) }));
    }
    found
}

fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(linux) = world.device_mut(target.device).linux_mut() else { return };
    let Some(entry) = boot::fstab(linux).into_iter().find(|entry| entry.target == target.name) else { return };
    // One digit of the UUID, as a slip of the keyboard makes it.
    let at = entry.source.len() - 1 - usize::try_from(chance.below(6)).unwrap_or(0);
    let slip: String =
        entry.source.char_indices().map(|(index, c)| if index == at { if c == '7' { '1' } else { '7' } } else { c }).collect();
    if let Some(file) = linux.files.0.get_mut("/etc/fstab") {
        file.text = file.text.replacen(&entry.source, &slip, 1);
    }
    let journal = linux.journal.clone();
    boot::boot(world, target.device);
    if let Some(linux) = world.device_mut(target.device).linux_mut() {
        linux.journal = journal;
    }
}

fn bad_entry(linux: &Linux) -> Option<(boot::FstabEntry, String)> {
    let stops = |entry: boot::FstabEntry| boot::obstacle(linux, &entry).map(|why| (entry, why));
    boot::fstab(linux).into_iter().filter(|entry| !entry.has("nofail") && !entry.has("noauto")).find_map(stops)
}

/// A line that stops the start, or none at all for what belongs there.
fn present(world: &World, target: &Target) -> bool {
    let Some(linux) = world.device(target.device).linux() else { return false };
    bad_entry(linux).is_some() || !boot::fstab(linux).iter().any(|entry| entry.target == target.name)
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    let Some(well) = healthy.device(target.device).linux().cloned() else { return };
    let enabled: Vec<bool> = healthy.device(target.device).stack.interfaces.iter().map(|interface| interface.enabled).collect();
    let device = world.device_mut(target.device);
    for (interface, enabled) in device.stack.interfaces.iter_mut().zip(enabled) {
        interface.enabled = enabled;
    }
    let Some(sick) = device.linux_mut() else { return };
    if let Some(file) = well.files.0.get("/etc/fstab") {
        sick.files.0.insert("/etc/fstab".to_owned(), file.clone());
    }
    (sick.units, sick.processes, sick.mounts) = (well.units, well.processes, well.mounts);
    (sick.logins, sick.emergency, sick.fstab_stale) = (well.logins, well.emergency, well.fstab_stale);
}
