//! `ps`, `top`, `kill`, `free`, `uptime`, `lsof`.

mod list;
mod load;
mod lsof;
mod signal;

use super::call::Call;
use super::{Command, command};
use crate::machine::units;
use crate::world::linux::{Linux, Process};

use list::ps;
use load::{free, top, uptime};
use lsof::lsof;
use signal::{kill, pgrep, pkill};

pub use load::uptime_line;
pub use lsof::inode;

pub const COMMANDS: &[Command] = &[
    command("ps", "", ps),
    command("top", "", top),
    command("htop", "htop", top),
    command("kill", "", kill),
    command("pkill", "", pkill),
    command("killall", "psmisc", signal::killall),
    command("pgrep", "", pgrep),
    command("free", "", free),
    command("uptime", "", uptime),
    command("lsof", "lsof", lsof),
];

/// Permille of the machine's memory.
fn memory_permille(linux: &Linux, process: &Process) -> u64 {
    u64::from(process.rss_kib) * 1000 / (u64::from(linux.memory_mib).max(1) * 1024)
}

/// Processor time since its start, in seconds: its share of a core times its age.
fn cpu_seconds(call: &Call<'_>, process: &Process) -> u64 {
    (call.world.now - process.started).as_seconds() * u64::from(process.cpu) / 1000
}

fn tenths(permille: u64) -> String {
    format!("{}.{}", permille / 10, permille % 10)
}

/// The first word that a command line is known by: `sshd`.
fn short(process: &Process) -> String {
    units::program(&process.command).trim_end_matches(':').chars().take(15).collect()
}
