//! From the kernel to the units: file systems by `/etc/fstab` first, and the emergency shell when one of them is missing.

use super::{log, mount_unit, start};
use crate::world::interface::Attach;
use crate::world::linux::{Linux, UnitState};
use crate::world::{DeviceId, World};

/// One line of `/etc/fstab` (fstab(5)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FstabEntry {
    /// Counted from 1.
    pub line: usize,
    pub source: String,
    pub target: String,
    pub file_system: String,
    pub options: Vec<String>,
}

impl FstabEntry {
    #[must_use]
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|have| have == option)
    }
}

/// The entries with a mount point; lines that are too short are skipped, as mount does.
#[must_use]
pub fn fstab(linux: &Linux) -> Vec<FstabEntry> {
    let text = linux.files.0.get("/etc/fstab").map_or("", |file| file.text.as_str());
    let entry = |(at, line): (usize, &str)| {
        let mut fields = line.split('#').next()?.split_whitespace().map(str::to_owned);
        let (source, target, file_system) = (fields.next()?, fields.next()?, fields.next()?);
        let options = fields.next().unwrap_or_default().split(',').map(str::to_owned).collect();
        target.starts_with('/').then_some(FstabEntry { line: at + 1, source, target, file_system, options })
    };
    text.lines().enumerate().filter_map(entry).collect()
}

/// Why an entry cannot be mounted, as mount(8) says it.
#[must_use]
pub fn obstacle(linux: &Linux, entry: &FstabEntry) -> Option<String> {
    if matches!(entry.file_system.as_str(), "tmpfs" | "proc" | "sysfs" | "devtmpfs") {
        return None;
    }
    let Some(at) = device_index(linux, &entry.source) else {
        let source = entry.source.strip_prefix("UUID=").map_or_else(|| entry.source.clone(), |uuid| format!("UUID={uuid}"));
        return Some(if source.starts_with("UUID=") {
            format!("mount: {}: can't find {source}.", entry.target)
        } else {
            format!("mount: {}: special device {source} does not exist.", entry.target)
        });
    };
    let device = linux.mounts.get(at)?;
    if entry.file_system != "auto" && entry.file_system != device.file_system {
        return Some(if ["ext4", "ext3", "ext2", "xfs", "vfat", "btrfs"].contains(&entry.file_system.as_str()) {
            format!(
                "mount: {}: wrong fs type, bad option, bad superblock on {}, missing codepage or helper program, or other error.",
                entry.target, device.source
            )
        } else {
            format!("mount: {}: unknown filesystem type '{}'.", entry.target, entry.file_system)
        });
    }
    None
}

/// The file system that `UUID=…` or `/dev/…` means.
#[must_use]
pub fn device_index(linux: &Linux, source: &str) -> Option<usize> {
    let wanted = source.trim_matches('"');
    linux.mounts.iter().position(|mount| match wanted.strip_prefix("UUID=") {
        Some(uuid) => mount.uuid == uuid.trim_matches('"'),
        None => mount.source == wanted,
    })
}

/// Everything from the start of the kernel on; called when the machine has finished its self test.
pub fn boot(world: &mut World, device: DeviceId) {
    let Some(linux) = world.device_mut(device).linux_mut() else { return };
    linux.emergency = None;
    linux.fstab_stale = false;
    linux.logins.clear();
    linux.capture = None;
    let pids: Vec<u32> = linux.processes.iter().map(|process| process.pid).collect();
    for pid in pids {
        crate::machine::linux_files::release(linux, pid);
    }
    for unit in linux.units.values_mut() {
        (unit.state, unit.pid) = (UnitState::Inactive, 0);
    }
    let kernel = linux.kernel.clone();
    log(world, device, "", "kernel", 5, &format!("Linux version {kernel}"));
    if mount_all(world, device) { start_all(world, device) } else { network(world, device, false) }
}

/// `true`: every file system that must be there is there.
fn mount_all(world: &mut World, device: DeviceId) -> bool {
    let Some(linux) = world.device_mut(device).linux_mut() else { return false };
    let entries = fstab(linux);
    for mount in &mut linux.mounts {
        mount.mounted = mount.target == "/" || mount.file_system == "swap";
    }
    let mut failed = None;
    for entry in entries.iter().filter(|entry| !entry.has("noauto")) {
        match obstacle(linux, entry) {
            None => attach(linux, entry),
            Some(_) if entry.has("nofail") => {}
            Some(why) => failed = failed.or(Some((entry.clone(), why))),
        }
    }
    let Some((entry, why)) = failed else { return true };
    report(world, device, &entry, &why);
    false
}

/// Mounts what an entry says.
pub fn attach(linux: &mut Linux, entry: &FstabEntry) {
    let Some(mount) = device_index(linux, &entry.source).and_then(|at| linux.mounts.get_mut(at)) else { return };
    mount.mounted = true;
    mount.target.clone_from(&entry.target);
    mount.read_only = entry.has("ro");
}

/// What the journal of a boot holds that ends in the emergency shell (systemd 252).
pub fn report(world: &mut World, device: DeviceId, entry: &FstabEntry, why: &str) {
    let unit = mount_unit(&entry.target);
    if let Some(uuid) = entry.source.strip_prefix("UUID=") {
        let waited = format!("dev-disk-by\\x2duuid-{}.device", uuid.replace('-', "\\x2d"));
        log(world, device, &waited, "systemd", 4, &format!("{waited}: Job {waited}/start timed out."));
        log(world, device, &waited, "systemd", 3, &format!("Timed out waiting for device /dev/disk/by-uuid/{uuid}."));
        log(world, device, &unit, "systemd", 4, &format!("Dependency failed for {unit} - {}.", entry.target));
        log(world, device, &unit, "systemd", 5, &format!("{unit}: Job {unit}/start failed with result 'dependency'."));
    } else {
        log(world, device, &unit, "mount", 3, why);
        log(world, device, &unit, "systemd", 5, &format!("{unit}: Mount process exited, code=exited, status=32/n/a"));
        log(world, device, &unit, "systemd", 3, &format!("Failed to mount {unit} - {}.", entry.target));
    }
    log(world, device, "local-fs.target", "systemd", 4, "Dependency failed for local-fs.target - Local File Systems.");
    log(world, device, "emergency.service", "systemd", 6, "Started emergency.service - Emergency Shell.");
    log(world, device, "emergency.target", "systemd", 6, "Reached target emergency.target - Emergency Mode.");
    if let Some(linux) = world.device_mut(device).linux_mut() {
        linux.emergency = Some(unit);
    }
}

/// The enabled units, in order of name; what they require comes first by itself.
fn start_all(world: &mut World, device: DeviceId) {
    network(world, device, true);
    super::network::apply(world, device);
    let Some(linux) = world.device(device).linux() else { return };
    let wanted = linux.units.iter().filter(|(_, unit)| unit.enabled && !unit.masked).map(|(name, _)| name.clone());
    for name in wanted.collect::<Vec<_>>() {
        let _ = start(world, device, &name);
    }
}

/// The emergency shell has no network: `network.target` comes after the local file systems.
fn network(world: &mut World, device: DeviceId, up: bool) {
    for interface in &mut world.device_mut(device).stack.interfaces {
        if interface.attach != Attach::Loopback {
            interface.enabled = up;
        }
    }
}

/// Leaves the emergency shell (`exit`, `systemctl default`): tries again from the file systems on.
pub fn resume(world: &mut World, device: DeviceId) -> bool {
    if mount_all(world, device) {
        if let Some(linux) = world.device_mut(device).linux_mut() {
            linux.emergency = None;
        }
        start_all(world, device);
        return true;
    }
    false
}
