//! File systems: `df`, `du`, `lsblk`, `blkid`, `mount`, `umount`, `fsck`, `findmnt`.

mod block;
mod check;
mod mount;
mod space;
#[cfg(test)]
mod tests;

use super::{Command, command};

use block::{blkid, lsblk};
use check::{e2fsck, fsck};
use mount::{findmnt, mount, umount};
use space::{df, du};

pub use block::disk_names;
pub use block::numbers;

pub const COMMANDS: &[Command] = &[
    command("df", "", df),
    command("du", "", du),
    command("lsblk", "", lsblk),
    command("blkid", "", blkid),
    command("mount", "", mount),
    command("umount", "", umount),
    command("findmnt", "", findmnt),
    command("fsck", "", fsck),
    command("fsck.ext4", "", e2fsck),
    command("e2fsck", "", e2fsck),
];
