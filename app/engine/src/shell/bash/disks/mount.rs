//! `mount`, `umount`, `findmnt`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options, stranger, value};
use super::space::mounted;
use crate::machine::linux_files;
use crate::machine::linux_files::path;
use crate::machine::units::boot;
use crate::machine::units::boot::FstabEntry;
use crate::world::linux::{Linux, Mount, UnitState};

const HINT: &str = "mount: (hint) your fstab has been modified, but systemd still uses\n       the old version; use 'systemctl daemon-reload' to reload.\n";

pub(super) fn mount(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "ot");
    if let Some(complaint) = stranger("mount", &given, &["a", "o", "t", "v", "--all"]) {
        return complaint;
    }
    if args.is_empty() {
        let mut out = String::new();
        for mount in call.linux().mounts.iter().filter(|mount| mounted(mount)) {
            let mode = if mount.read_only { "ro" } else { "rw" };
            let _ = writeln!(out, "{} on {} type {} ({mode},relatime)", mount.source, mount.target, mount.file_system);
        }
        return Done::ok(out);
    }
    if !call.is_root() {
        let about = names.last().map_or_else(String::new, |name| format!("{name}: "));
        return Done::failed(1, format!("mount: {about}must be superuser to use mount.\n"));
    }
    let mut done = if has(&given, &["a", "--all"]) { mount_all(call) } else { mount_one(call, &given, &names) };
    if call.linux().fstab_stale {
        done.err.push_str(HINT);
    }
    done
}

fn mount_all(call: &mut Call<'_>) -> Done {
    let mut done = Done::default();
    for entry in boot::fstab(call.linux()) {
        let already = call.linux().mounts.iter().any(|mount| mount.mounted && mount.target == entry.target);
        if entry.has("noauto") || already {
            continue;
        }
        done.add(attach(call, &entry));
    }
    done
}

fn attach(call: &mut Call<'_>, entry: &FstabEntry) -> Done {
    if let Some(why) = boot::obstacle(call.linux(), entry) {
        // mount(8): 32 is a failed mount.
        return Done::failed(32, why + "\n");
    }
    if linux_files::entry(call.linux(), &entry.target).is_none() {
        return Done::failed(32, format!("mount: {}: mount point does not exist.\n", entry.target));
    }
    boot::attach(call.linux_mut(), entry);
    Done::default()
}

fn mount_one(call: &mut Call<'_>, given: &[(String, String)], names: &[String]) -> Done {
    let wanted: Vec<String> = value(given, &["o"]).map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect());
    match names {
        [target] => {
            let at = call.path(target);
            if wanted.iter().any(|option| option == "remount") {
                let read_only = wanted.iter().any(|option| option == "ro");
                let Some(mount) = call.linux_mut().mounts.iter_mut().find(|mount| mount.mounted && mount.target == at) else {
                    return Done::failed(32, format!("mount: {at}: mount point not mounted or bad option.\n"));
                };
                mount.read_only = read_only;
                return Done::default();
            }
            let found = boot::fstab(call.linux()).into_iter().find(|entry| entry.target == at || entry.source == *target);
            let Some(mut entry) = found else { return Done::failed(1, format!("mount: {target}: can't find in /etc/fstab.\n")) };
            if call.linux().mounts.iter().any(|mount| mount.mounted && mount.target == entry.target) {
                return Done::failed(32, format!("mount: {}: {} already mounted on {0}.\n", entry.target, entry.source));
            }
            entry.options.extend(wanted);
            attach(call, &entry)
        }
        [source, target] => {
            let target = call.path(target);
            let file_system = value(given, &["t"]).unwrap_or("auto").to_owned();
            attach(call, &FstabEntry { line: 0, source: source.clone(), target, file_system, options: wanted })
        }
        _ => Done::failed(1, "mount: bad usage\nTry 'mount --help' for more information.\n"),
    }
}

pub(super) fn umount(call: &mut Call<'_>, args: &[String]) -> Done {
    let (_, names) = options(args, "");
    let Some(name) = names.first() else {
        return Done::failed(1, "umount: bad usage\nTry 'umount --help' for more information.\n");
    };
    if !call.is_root() {
        return Done::failed(32, format!("umount: {name}: must be superuser to unmount.\n"));
    }
    let at = call.path(name);
    let Some(position) =
        call.linux().mounts.iter().position(|mount| mount.mounted && (mount.target == at || mount.source == *name))
    else {
        let known = linux_files::entry(call.linux(), &at).is_some();
        return Done::failed(
            32,
            if known { format!("umount: {at}: not mounted.\n") } else { format!("umount: {name}: no mount point specified.\n") },
        );
    };
    let target = call.linux().mounts.get(position).map_or_else(String::new, |mount| mount.target.clone());
    if target == "/" || busy(call.linux(), &target) || path::is_within(&call.session.folder, &target) {
        return Done::failed(32, format!("umount: {target}: target is busy.\n"));
    }
    if let Some(mount) = call.linux_mut().mounts.get_mut(position) {
        mount.mounted = false;
    }
    Done::default()
}

fn busy(linux: &Linux, target: &str) -> bool {
    let opens = linux.processes.iter().any(|process| process.open.iter().any(|open| path::is_within(open, target)));
    let writes = |unit: &crate::world::linux::Unit| {
        unit.state == UnitState::Active && unit.writes.iter().any(|folder| path::is_within(folder, target))
    };
    opens || linux.units.values().any(writes)
}

pub(super) fn findmnt(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "T");
    if has(&given, &["--verify", "x"]) {
        let mut out = String::new();
        let mut errors = 0;
        for entry in boot::fstab(call.linux()) {
            if let Some(why) = boot::obstacle(call.linux(), &entry) {
                errors += 1;
                let reason = if why.contains("wrong fs") || why.contains("unknown filesystem") {
                    format!(
                        "{} does not match with on-disk {}",
                        entry.file_system,
                        boot::device_index(call.linux(), &entry.source)
                            .and_then(|at| call.linux().mounts.get(at))
                            .map_or("?", |mount| mount.file_system.as_str())
                    )
                } else {
                    format!("unreachable on boot required source: {}", entry.source)
                };
                let _ = write!(out, "{}\n   [E] {reason}\n", entry.target);
            }
        }
        let _ = if errors == 0 {
            writeln!(out, "Success, no errors or warnings detected")
        } else {
            writeln!(out, "\n0 parse errors, {errors} errors, 0 warnings")
        };
        return Done { exit: i32::from(errors > 0), out, ..Done::default() };
    }
    // A name is a mount point or a device; with -T any path, and what holds it is shown.
    let inside = value(&given, &["T", "--target"]).map(|path| call.path(path));
    let linux = call.linux();
    let holder = inside.as_ref().map(|path| linux_files::mount_of(linux, path).map(|mount| &mount.target));
    let asked = |mount: &Mount| names.is_empty() || names.iter().any(|name| mount.target == *name || mount.source == *name);
    let holds = |mount: &Mount| holder.is_none_or(|target| target == Some(&mount.target));
    let found: Vec<&Mount> = linux.mounts.iter().filter(|mount| mounted(mount) && asked(mount) && holds(mount)).collect();
    if found.is_empty() {
        return Done::failed(1, String::new());
    }
    let source = found.iter().map(|mount| mount.source.len()).max().unwrap_or(0).max(6);
    let target = found.iter().map(|mount| mount.target.len()).max().unwrap_or(0).max(6);
    let mut out = format!("{:<target$} {:<source$} {:<6} OPTIONS\n", "TARGET", "SOURCE", "FSTYPE");
    for mount in found {
        let mode = if mount.read_only { "ro" } else { "rw" };
        let _ = writeln!(out, "{:<target$} {:<source$} {:<6} {mode},relatime", mount.target, mount.source, mount.file_system);
    }
    Done::ok(out)
}
