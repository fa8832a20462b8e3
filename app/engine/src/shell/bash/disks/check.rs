//! `fsck` and the `e2fsck` that it calls for ext4.

use super::super::call::{Call, Done, options};

/// `fsck` names itself, then `e2fsck` does.
pub(super) fn fsck(call: &mut Call<'_>, args: &[String]) -> Done {
    const WRAPPER: &str = "fsck from util-linux 2.38.1\n";
    if options(args, "t").1.is_empty() {
        return Done::ok(WRAPPER);
    }
    let done = checked(call, args, "fsck.ext4");
    if done.err.is_empty() {
        Done { out: WRAPPER.to_owned() + &done.out, ..done }
    } else {
        Done { err: WRAPPER.to_owned() + &done.err, ..done }
    }
}

pub(super) fn e2fsck(call: &mut Call<'_>, args: &[String]) -> Done {
    if options(args, "t").1.is_empty() {
        return Done::failed(
            16,
            "Usage: e2fsck [-panyrcdfktvDFV] [-b superblock] [-B blocksize]\n\t\t[-l|-L bad_blocks_file] [-C fd] [-j external_journal]\n\t\t[-E extended-options] [-z undo_file] device\n",
        );
    }
    checked(call, args, "e2fsck")
}

fn checked(call: &mut Call<'_>, args: &[String], program: &str) -> Done {
    const VERSION: &str = "e2fsck 1.47.0 (5-Feb-2023)\n";
    let (_, names) = options(args, "t");
    let name = names.first().map_or("", String::as_str);
    if !call.is_root() {
        return Done::failed(
            8,
            format!(
                "{VERSION}{program}: Permission denied while trying to open {name}\nYou must have r/w access to the filesystem or be root\n"
            ),
        );
    }
    let Some(mount) = call.linux().mounts.iter().find(|mount| mount.source == *name || mount.target == *name).cloned() else {
        // What fsck cannot look at it takes for the oldest kind.
        let program = if program == "fsck.ext4" { "fsck.ext2" } else { program };
        return Done::failed(
            8,
            format!("{VERSION}{program}: No such file or directory while trying to open {name}\nPossibly non-existent device?\n"),
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
