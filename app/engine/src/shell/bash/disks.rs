//! File systems: `df`, `du`, `lsblk`, `blkid`, `mount`, `umount`, `fsck`, `findmnt`.

use std::fmt::Write;

use super::call::{Call, Done, has, human, options, stranger, value};
use super::{Command, command};
use crate::machine::linux_files::{self, path};
use crate::machine::units::boot::{self, FstabEntry};
use crate::world::hardware::DiskKind;
use crate::world::linux::{Linux, Mount, UnitState};

pub const COMMANDS: &[Command] = &[
    command("df", "", df),
    command("du", "", du),
    command("lsblk", "", lsblk),
    command("blkid", "", blkid),
    command("mount", "", mount),
    command("umount", "", umount),
    command("findmnt", "", findmnt),
    command("fsck", "", fsck),
    command("fsck.ext4", "", fsck),
    command("e2fsck", "", fsck),
];

/// Percent, rounded up, as df does.
fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{}%", (part * 100).div_ceil(whole)) }
}

fn df(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "txB");
    let known = ["h", "H", "i", "T", "a", "l", "k", "m", "t", "x", "P", "--human-readable", "--inodes", "--total"];
    if let Some(complaint) = stranger("df", &given, &known) {
        return complaint;
    }
    let mut done = Done::default();
    let mut found: Vec<Mount> = Vec::new();
    if names.is_empty() {
        found.extend(call.linux().mounts.iter().filter(|mount| mounted(mount)).cloned());
    }
    for name in &names {
        let at = call.path(name);
        let entry = call.linux().mounts.iter().find(|mount| mount.source == *name).or_else(|| {
            linux_files::entry(call.linux(), &at)?;
            linux_files::mount_of(call.linux(), &at)
        });
        match entry {
            Some(mount) => found.push(mount.clone()),
            None => done.complain(1, format!("df: {name}: No such file or directory\n")),
        }
    }
    if let Some(kind) = value(&given, &["t"]) {
        found.retain(|mount| mount.file_system == kind);
    }
    if found.is_empty() {
        return done;
    }
    let in_inodes = has(&given, &["i", "--inodes"]);
    let readable = has(&given, &["h", "H", "--human-readable"]);
    let show = |kib: u64| {
        if readable {
            human(kib)
        } else if has(&given, &["m"]) {
            kib.div_ceil(1024).to_string()
        } else {
            kib.to_string()
        }
    };
    let count = |number: u64| if readable { human_count(number) } else { number.to_string() };
    let head: [&str; 4] = match (in_inodes, readable) {
        (true, _) => ["Inodes", "IUsed", "IFree", "IUse%"],
        (false, true) => ["Size", "Used", "Avail", "Use%"],
        (false, false) => [if has(&given, &["m"]) { "1M-blocks" } else { "1K-blocks" }, "Used", "Available", "Use%"],
    };
    let rows: Vec<[String; 4]> = found
        .iter()
        .map(|mount| {
            if in_inodes {
                let free = mount.inodes.saturating_sub(mount.inodes_used);
                [count(mount.inodes), count(mount.inodes_used), count(free), percent(mount.inodes_used, mount.inodes)]
            } else {
                let free = linux_files::available(mount);
                [show(mount.size), show(mount.used), show(free), percent(mount.used, mount.used + free)]
            }
        })
        .collect();
    let kind = has(&given, &["T"]);
    done.out = table(&found, &head, &rows, kind);
    done
}

/// A disk's device that is not mounted now has no line anywhere but in `lsblk` and `blkid`.
fn mounted(mount: &Mount) -> bool {
    mount.mounted && mount.file_system != "swap"
}

fn human_count(number: u64) -> String {
    if number < 1000 { number.to_string() } else { super::call::human_bytes(number) }
}

/// df's columns: at least 14 and 5 wide, the last of the numbers 4.
fn table(found: &[Mount], head: &[&str; 4], rows: &[[String; 4]], kind: bool) -> String {
    let source = found.iter().map(|mount| mount.source.len()).max().unwrap_or(0).max(14);
    let width = |at: usize, least: usize| rows.iter().map(|row| row[at].len()).max().unwrap_or(0).max(head[at].len()).max(least);
    let widths = [width(0, 5), width(1, 5), width(2, 5), width(3, 4)];
    let mut out = String::new();
    let mut line = |name: &str, kind_of: &str, cells: [&str; 4], target: &str| {
        let _ = write!(out, "{name:<source$} ");
        if kind {
            let _ = write!(out, "{kind_of:<4} ");
        }
        for (cell, width) in cells.iter().zip(widths) {
            let _ = write!(out, "{cell:>width$} ");
        }
        let _ = writeln!(out, "{target}");
    };
    line("Filesystem", "Type", *head, "Mounted on");
    for (mount, row) in found.iter().zip(rows) {
        line(&mount.source, &mount.file_system, [&row[0], &row[1], &row[2], &row[3]], &mount.target);
    }
    out
}

fn du(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, mut names) = options(args, "d");
    let known = ["s", "h", "a", "c", "k", "m", "x", "d", "--max-depth", "--summarize", "--human-readable"];
    if let Some(complaint) = stranger("du", &given, &known) {
        return complaint;
    }
    if names.is_empty() {
        names.push(".".to_owned());
    }
    let depth = if has(&given, &["s", "--summarize"]) {
        0
    } else {
        value(&given, &["d", "--max-depth"]).and_then(|depth| depth.parse().ok()).unwrap_or(usize::MAX)
    };
    let readable = has(&given, &["h", "--human-readable"]);
    let show = |kib: u64| {
        if readable {
            human(kib)
        } else if has(&given, &["m"]) {
            kib.div_ceil(1024).to_string()
        } else {
            kib.to_string()
        }
    };
    let mut done = Done::default();
    let mut total = 0;
    for name in &names {
        let at = call.path(name);
        if linux_files::open(call.linux(), &at, &call.actor(), 0).is_err() {
            done.complain(1, format!("du: cannot access '{name}': No such file or directory\n"));
            continue;
        }
        total += linux_files::usage(call.linux(), &at);
        let mut lines = Vec::new();
        below(call, name, &at, depth, has(&given, &["a"]), &mut lines, &mut done);
        for (kib, shown) in lines {
            let _ = writeln!(done.out, "{}\t{shown}", show(kib));
        }
    }
    if has(&given, &["c"]) {
        let _ = writeln!(done.out, "{}\ttotal", show(total));
    }
    done
}

/// Folders below first, as du goes.
fn below(call: &Call<'_>, shown: &str, at: &str, depth: usize, files: bool, lines: &mut Vec<(u64, String)>, done: &mut Done) {
    let linux = call.linux();
    let Some(entry) = linux_files::entry(linux, at) else { return };
    if entry.folder {
        if linux_files::open(linux, at, &call.actor(), linux_files::READ | linux_files::ENTER).is_err() {
            done.complain(1, format!("du: cannot read directory '{shown}': Permission denied\n"));
            lines.push((4, shown.to_owned()));
            return;
        }
        if depth > 0 {
            for child in linux_files::children(linux, at) {
                let below_here = path::join(at, &child);
                let is_folder = linux_files::entry(linux, &below_here).is_some_and(|file| file.folder);
                if (is_folder || files) && !matches!(below_here.as_str(), "/proc" | "/sys" | "/dev" | "/run") {
                    below(call, &path::join(shown.trim_end_matches('/'), &child), &below_here, depth - 1, files, lines, done);
                }
            }
        }
        // A folder itself takes a block.
        lines.push((linux_files::usage(linux, at).max(4), shown.to_owned()));
    } else {
        lines.push((linux_files::kib(&entry), shown.to_owned()));
    }
}

/// The kernel's name of each disk that answers: `sda`, `nvme0n1`.
pub fn disk_names(call: &Call<'_>) -> Vec<(String, usize)> {
    let (mut letters, mut numbers) = (b'a', 0_u8);
    let mut found = Vec::new();
    for (at, disk) in call.device().hardware.disks.iter().enumerate() {
        let name = if disk.kind == DiskKind::Nvme {
            numbers = numbers.saturating_add(1);
            format!("nvme{}n1", numbers - 1)
        } else {
            letters = letters.saturating_add(1);
            format!("sd{}", char::from(letters - 1))
        };
        if disk.alive && disk.seated {
            found.push((name, at));
        }
    }
    found
}

/// Major and minor number: 8 for `sd`, 259 for `nvme` (the kernel's `devices.txt`).
pub fn numbers(source: &str) -> String {
    let name = path::name(source);
    let partition: u32 = name
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect::<String>()
        .parse()
        .unwrap_or(0);
    if name.starts_with("nvme") {
        let partition = if name.contains('p') { partition } else { 0 };
        return format!("259:{partition}");
    }
    let letter =
        name.strip_prefix("sd").and_then(|rest| rest.bytes().next()).map_or(0, |letter| u32::from(letter.saturating_sub(b'a')));
    format!("8:{}", letter * 16 + partition)
}

fn lsblk(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "o");
    if let Some(complaint) = stranger("lsblk", &given, &["f", "p", "a", "--fs"]) {
        return complaint;
    }
    let fs = has(&given, &["f", "--fs"]);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let heads: Vec<&str> = if fs {
        vec!["NAME", "FSTYPE", "UUID", "FSAVAIL", "FSUSE%", "MOUNTPOINTS"]
    } else {
        vec!["NAME", "MAJ:MIN", "RM", "SIZE", "RO", "TYPE", "MOUNTPOINTS"]
    };
    for (disk, at) in disk_names(call) {
        let gib = call.device().hardware.disks.get(at).map_or(0, |disk| disk.gib);
        let blank = |count: usize| vec![String::new(); count];
        let mut row = vec![disk.clone()];
        if fs {
            row.extend(blank(5));
        } else {
            row.extend([numbers(&disk), "0".to_owned(), format!("{gib}G"), "0".to_owned(), "disk".to_owned(), String::new()]);
        }
        rows.push(row);
        let parts: Vec<&Mount> =
            call.linux().mounts.iter().filter(|mount| path::name(&mount.source).starts_with(&disk)).collect();
        for (number, mount) in parts.iter().enumerate() {
            let branch = if number + 1 == parts.len() { "└─" } else { "├─" };
            let name = format!("{branch}{}", path::name(&mount.source));
            let target = match (mount.mounted, mount.file_system.as_str()) {
                (true, "swap") => "[SWAP]".to_owned(),
                (true, _) => mount.target.clone(),
                (false, _) => String::new(),
            };
            rows.push(if fs {
                let free = linux_files::available(mount);
                let (free, used) = if mounted(mount) {
                    (human(free), percent(mount.used, mount.used + free))
                } else {
                    (String::new(), String::new())
                };
                vec![name, mount.file_system.clone(), mount.uuid.clone(), free, used, target]
            } else {
                let read_only = u8::from(mount.read_only).to_string();
                vec![name, numbers(&mount.source), "0".to_owned(), human(mount.size), read_only, "part".to_owned(), target]
            });
        }
    }
    Done::ok(block_table(&heads, &rows, fs))
}

fn block_table(heads: &[&str], rows: &[Vec<String>], left: bool) -> String {
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count());
        cells.max().unwrap_or(0).max(heads.get(at).map_or(0, |head| head.len()))
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let right = |at: usize| if left { matches!(at, 3 | 4) } else { matches!(at, 1..=4) };
    let mut out = String::new();
    let all = std::iter::once(heads.iter().map(|head| (*head).to_owned()).collect()).chain(rows.iter().cloned());
    for row in all {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| {
                if right(at) {
                    format!("{cell:>width$}")
                } else if at + 1 == heads.len() {
                    cell.clone()
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        let _ = writeln!(out, "{}", cells.join(" "));
    }
    out
}

/// The disk of a file system answers.
fn present(call: &Call<'_>, mount: &Mount) -> bool {
    let names = disk_names(call);
    call.device().hardware.disks.is_empty() || names.iter().any(|(disk, _)| path::name(&mount.source).starts_with(disk))
}

fn blkid(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut out = String::new();
    for mount in call.linux().mounts.iter().filter(|mount| mount.source.starts_with("/dev/") && present(call, mount)) {
        if args.is_empty() || args.contains(&mount.source) {
            let block = if mount.file_system == "swap" { "" } else { " BLOCK_SIZE=\"4096\"" };
            let _ = writeln!(out, "{}: UUID=\"{}\"{block} TYPE=\"{}\"", mount.source, mount.uuid, mount.file_system);
        }
    }
    Done { exit: if out.is_empty() { 2 } else { 0 }, out, ..Done::default() }
}

const HINT: &str = "mount: (hint) your fstab has been modified, but systemd still uses\n       the old version; use 'systemctl daemon-reload' to reload.\n";

fn mount(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn umount(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn findmnt(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "");
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
    let source = call.linux().mounts.iter().map(|mount| mount.source.len()).max().unwrap_or(0).max(6);
    let target = call.linux().mounts.iter().map(|mount| mount.target.len()).max().unwrap_or(0).max(6);
    let mut out = format!("{:<target$} {:<source$} {:<6} OPTIONS\n", "TARGET", "SOURCE", "FSTYPE");
    for mount in call.linux().mounts.iter().filter(|mount| mounted(mount)) {
        let mode = if mount.read_only { "ro" } else { "rw" };
        let _ = writeln!(out, "{:<target$} {:<source$} {:<6} {mode},relatime", mount.target, mount.source, mount.file_system);
    }
    Done::ok(out)
}

fn fsck(call: &mut Call<'_>, args: &[String]) -> Done {
    const VERSION: &str = "fsck from util-linux 2.38.1\n";
    let (_, names) = options(args, "t");
    let Some(name) = names.first() else { return Done::ok(VERSION) };
    if !call.is_root() {
        return Done::failed(
            8,
            format!(
                "{VERSION}fsck.ext4: Permission denied while trying to open {name}\nYou must have r/w access to the filesystem or be root\n"
            ),
        );
    }
    let Some(mount) = call.linux().mounts.iter().find(|mount| mount.source == *name || mount.target == *name).cloned() else {
        return Done::failed(
            8,
            format!("{VERSION}fsck.ext2: No such file or directory while trying to open {name}\nPossibly non-existent device?\n"),
        );
    };
    if mount.mounted {
        return Done::failed(8, format!("{VERSION}{} is mounted.\ne2fsck: Cannot continue, aborting.\n\n\n", mount.source));
    }
    // e2fsck counts blocks of 4 KiB.
    Done::ok(format!(
        "{VERSION}{}: clean, {}/{} files, {}/{} blocks\n",
        mount.source,
        mount.inodes_used,
        mount.inodes,
        mount.used / 4,
        mount.size / 4
    ))
}
