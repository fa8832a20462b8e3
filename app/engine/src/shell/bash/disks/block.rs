//! `lsblk` and `blkid`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, human, options, stranger};
use super::space::{mounted, percent};
use crate::machine::linux_files;
use crate::machine::linux_files::path;
use crate::world::hardware::DiskKind;
use crate::world::linux::Mount;

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

pub(super) fn lsblk(call: &mut Call<'_>, args: &[String]) -> Done {
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

pub(super) fn blkid(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut out = String::new();
    for mount in call.linux().mounts.iter().filter(|mount| mount.source.starts_with("/dev/") && present(call, mount)) {
        if args.is_empty() || args.contains(&mount.source) {
            let block = if mount.file_system == "swap" { "" } else { " BLOCK_SIZE=\"4096\"" };
            let _ = writeln!(out, "{}: UUID=\"{}\"{block} TYPE=\"{}\"", mount.source, mount.uuid, mount.file_system);
        }
    }
    Done { exit: if out.is_empty() { 2 } else { 0 }, out, ..Done::default() }
}
