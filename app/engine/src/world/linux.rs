//! A Linux server or workstation, as far as a technician looks into it.

use serde::{Deserialize, Serialize};

use super::accounts::Accounts;
use super::files::Files;
use super::port::PortIndex;
use crate::net::event::Frame;
use crate::sorted::{Map, Set};
use crate::time::Time;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Linux {
    /// `Debian GNU/Linux 12 (bookworm)`.
    pub distribution: String,
    pub kernel: String,
    /// What it was called by `hostnamectl`; empty as long as its label is its name.
    pub host_name: String,
    pub accounts: Accounts,
    pub files: Files,
    /// By full name: `nginx.service`.
    pub units: Map<String, Unit>,
    pub journal: Vec<JournalLine>,
    pub mounts: Vec<Mount>,
    pub processes: Vec<Process>,
    pub packages: Map<String, Package>,
    /// Users that may use sudo beside the members of group sudo.
    pub sudoers: Vec<String>,
    pub sysctl: Map<String, String>,
    pub cron: Vec<CronJob>,
    /// How far the clock is ahead of the true time, in milliseconds; and whether it is kept.
    pub clock_offset: i64,
    pub ntp: bool,
    /// Started into the emergency shell, and why.
    pub emergency: Option<String>,
    /// Memory in MiB: all, used by processes, in cache.
    pub memory_mib: u32,
    pub swap_mib: u32,
    /// Who is signed in, with the groups that the sign-in got: a new group counts from the next sign-in on.
    pub logins: Vec<Login>,
    /// `/etc/fstab` was changed since systemd last read it.
    pub fstab_stale: bool,
    /// A `tcpdump` that runs.
    pub capture: Option<Capture>,
}

/// Frames that passed a port while somebody captured, not yet read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The process; when it is gone, nothing is captured any more.
    pub pid: u32,
    /// `None` is every port.
    pub port: Option<PortIndex>,
    pub frames: Vec<Captured>,
    /// Frames that found the buffer full.
    pub dropped: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    pub at: Time,
    /// Microseconds after `at`: the way of a question through the network takes no time of the world's clock.
    pub micros: u32,
    /// Sent, not received.
    pub sent: bool,
    pub frame: Frame,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub user: String,
    /// `tty1`, `pts/0`.
    pub terminal: String,
    /// Where from, or empty at the machine itself.
    pub from: String,
    pub since: Time,
    pub groups: Set<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub description: String,
    pub state: UnitState,
    pub enabled: bool,
    pub masked: bool,
    pub requires: Vec<String>,
    /// The command line of its main process.
    pub exec: String,
    /// The account it runs as.
    pub user: String,
    pub pid: u32,
    pub since: Time,
    /// The settings file it reads, and the complaint it starts with when that is wrong; see `machine::units`.
    pub config: Option<String>,
    /// It fails when this word stands in its settings file: file line is named in the journal.
    pub bad_word: String,
    pub exit_status: u8,
    /// Folders it must be able to write into: a full or read-only file system, or missing rights, make it fail.
    pub writes: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitState {
    #[default]
    Inactive,
    Active,
    Failed,
    Activating,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalLine {
    pub at: Time,
    /// syslog identifier and pid: `nginx[812]`.
    pub unit: String,
    pub identifier: String,
    pub pid: u32,
    /// syslog priority, 0–7.
    pub priority: u8,
    pub text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// `/dev/sda1`.
    pub source: String,
    pub uuid: String,
    pub target: String,
    pub file_system: String,
    pub mounted: bool,
    pub read_only: bool,
    /// KiB.
    pub size: u64,
    pub used: u64,
    pub inodes: u64,
    pub inodes_used: u64,
    /// What fills it: folder and KiB, largest first.
    pub largest: Vec<(String, u64)>,
    /// Folder with very many small files, and how many.
    pub many_files: Option<(String, u64)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub pid: u32,
    pub user: String,
    pub command: String,
    /// Permille of one core.
    pub cpu: u16,
    pub rss_kib: u32,
    pub started: Time,
    /// The unit it belongs to, or empty.
    pub unit: String,
    /// Files it holds open.
    pub open: Vec<String>,
    /// Files it holds open although they were deleted, and their KiB.
    pub deleted_open: Vec<(String, u64)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    pub version: String,
    pub candidate: String,
    pub held: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CronJob {
    pub user: String,
    /// Five fields and the command.
    pub schedule: String,
    pub command: String,
    pub last_run: Option<Time>,
    pub last_ok: bool,
}
