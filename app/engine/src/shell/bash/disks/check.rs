//! `fsck`.

use super::super::call::{Call, Done, options};

pub(super) fn fsck(call: &mut Call<'_>, args: &[String]) -> Done {
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
