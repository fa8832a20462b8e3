//! `lsof`: open files and ports.

use std::fmt::Write;

use super::super::call::{Call, Done};
use super::short;
use super::signal::may_signal;
use crate::machine::linux_files;
use crate::machine::linux_files::path;

/// A number that stands for a file as long as its path does: the model keeps no inode numbers.
pub fn inode(path: &str) -> u64 {
    crate::hash::fnv1a(path.as_bytes()) % 1_000_000 + 12
}

/// Open files: all of them, `+L1` for those without a name, or those below a path.
pub(super) fn lsof(call: &mut Call<'_>, args: &[String]) -> Done {
    let deleted_only = args.iter().any(|arg| arg == "+L1" || arg == "+aL1");
    if args.iter().any(|arg| arg.starts_with("-i")) {
        return super::super::sockets::lsof(call);
    }
    let mut rest = args.iter();
    let (mut names, mut pid) = (Vec::new(), None);
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-p" => pid = rest.next().and_then(|pid| pid.parse::<u32>().ok()),
            "+L1" | "+aL1" | "-n" | "-P" | "-nP" => {}
            "+D" | "+d" => names.extend(rest.next().map(|name| call.path(name))),
            option if option.starts_with(['-', '+']) => return call.not_modelled(&format!("lsof {option}")),
            name => names.push(call.path(name)),
        }
    }
    let mut rows = Vec::new();
    for process in
        call.linux().processes.iter().filter(|process| may_signal(call, process) && pid.is_none_or(|pid| pid == process.pid))
    {
        let open = process
            .open
            .iter()
            .map(|path| (path.clone(), linux_files::entry(call.linux(), path).map_or(0, |file| linux_files::bytes(&file)), 1));
        let gone = process.deleted_open.iter().map(|(path, kib)| (path.clone(), kib * 1024, 0));
        for (at, (path, bytes, links)) in gone.chain(open).enumerate() {
            let near = names.is_empty() || names.iter().any(|name| path::is_within(&path, name));
            if near && (!deleted_only || links == 0) {
                rows.push((process, at + 3, path, bytes, links));
            }
        }
    }
    if rows.is_empty() {
        return Done { exit: 1, ..Done::default() };
    }
    let mut out = String::new();
    let link_head = if deleted_only { " NLINK" } else { "" };
    let _ =
        writeln!(out, "{:<9} {:>6} {:>9} {:>4}   TYPE DEVICE   SIZE/OFF{link_head}    NODE NAME", "COMMAND", "PID", "USER", "FD");
    for (process, handle, path, bytes, links) in rows {
        let device = linux_files::mount_of(call.linux(), &path)
            .map_or("0,0".to_owned(), |mount| super::super::disks::numbers(&mount.source).replace(':', ","));
        let name: String = short(process).chars().take(9).collect();
        let mark = if links == 0 { " (deleted)" } else { "" };
        let links = if deleted_only { format!(" {links:>5}") } else { String::new() };
        let _ = writeln!(
            out,
            "{name:<9} {:>6} {:>9} {:>4}    REG {device:>6} {bytes:>10}{links} {:>7} {path}{mark}",
            process.pid,
            process.user,
            format!("{handle}w"),
            inode(&path)
        );
    }
    Done::ok(out)
}
