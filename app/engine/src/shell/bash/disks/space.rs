//! `df` and `du`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, human, options, stranger, value};
use crate::machine::linux_files;
use crate::machine::linux_files::path;
use crate::world::linux::Mount;

/// Percent, rounded up, as df does.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{}%", (part * 100).div_ceil(whole)) }
}

/// A size as `-h`, `-m` or neither asks for it.
fn size(kib: u64, readable: bool, in_mebibytes: bool) -> String {
    match (readable, in_mebibytes) {
        (true, _) => human(kib),
        (false, true) => kib.div_ceil(1024).to_string(),
        (false, false) => kib.to_string(),
    }
}

pub(super) fn df(call: &mut Call<'_>, args: &[String]) -> Done {
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
    let show = |kib: u64| size(kib, readable, has(&given, &["m"]));
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
pub(super) fn mounted(mount: &Mount) -> bool {
    mount.mounted && mount.file_system != "swap"
}

fn human_count(number: u64) -> String {
    if number < 1000 { number.to_string() } else { super::super::call::human_bytes(number) }
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

pub(super) fn du(call: &mut Call<'_>, args: &[String]) -> Done {
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
    let show = |kib: u64| size(kib, readable, has(&given, &["m"]));
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
