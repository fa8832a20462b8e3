//! A bash on a Linux machine.
//!
//! A line goes through [`parse`], words are expanded, each command gets a [`Call`] and answers with a [`Done`]; pipes and files
//! take what it prints. Rights are real permission bits of the machine's files, and programs are there when their package is.

mod accounts;
mod call;
mod capture;
mod clock;
mod disks;
mod dns;
mod execute;
mod expand;
mod files;
mod filters;
mod find;
mod firewall;
mod hardware;
mod host;
mod ip;
mod journal;
mod list;
mod manager;
mod packages;
mod parse;
mod permissions;
mod ping;
mod processes;
mod regex;
mod sed;
mod sockets;
mod superuser;
mod systemctl;
mod web;

#[cfg(test)]
pub mod tests;

use serde::{Deserialize, Serialize};

use super::{Mode, Output, Session};
use crate::sorted::Set;
use crate::world::World;
use call::{Call, Done};

/// What a bash remembers between lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory {
    /// `$?`.
    pub last_exit: i32,
    /// The groups of this sign-in; `None` until the first line asks for them. A new group counts from the next sign-in on.
    pub groups: Option<Set<String>>,
    /// The shells that `su` and `sudo -i` were typed in, outermost first: what `exit` goes back to.
    pub outer: Vec<Outer>,
    /// The `tcpdump` that runs behind the prompt.
    pub job: Option<capture::Job>,
    /// Variables that were set, by name.
    pub variables: Vec<(String, String)>,
}

/// A shell that waits below another one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outer {
    pub user: String,
    pub elevated: bool,
    pub folder: String,
    pub groups: Option<Set<String>>,
}

/// A program or builtin. `package` is what brings it, or empty where it is always there.
struct Command {
    name: &'static str,
    package: &'static str,
    run: fn(&mut Call<'_>, &[String]) -> Done,
}

/// Shorthand for the tables of the families.
const fn command(name: &'static str, package: &'static str, run: fn(&mut Call<'_>, &[String]) -> Done) -> Command {
    Command { name, package, run }
}

/// Every family of commands.
const FAMILIES: &[&[Command]] = &[
    accounts::COMMANDS,
    capture::COMMANDS,
    clock::COMMANDS,
    disks::COMMANDS,
    dns::COMMANDS,
    files::COMMANDS,
    filters::COMMANDS,
    find::COMMANDS,
    firewall::COMMANDS,
    hardware::COMMANDS,
    host::COMMANDS,
    ip::COMMANDS,
    journal::COMMANDS,
    list::COMMANDS,
    manager::COMMANDS,
    packages::COMMANDS,
    permissions::COMMANDS,
    ping::COMMANDS,
    processes::COMMANDS,
    sed::COMMANDS,
    sockets::COMMANDS,
    superuser::COMMANDS,
    systemctl::COMMANDS,
    web::COMMANDS,
];

/// For help and Tab completion.
pub const NAMES: &[&str] = &[
    "apt",
    "arp",
    "blkid",
    "cat",
    "cd",
    "chage",
    "chgrp",
    "chmod",
    "chown",
    "cp",
    "crontab",
    "curl",
    "cut",
    "date",
    "df",
    "dig",
    "dmesg",
    "du",
    "echo",
    "ethtool",
    "exit",
    "faillock",
    "find",
    "free",
    "fsck",
    "getent",
    "gpasswd",
    "grep",
    "groups",
    "head",
    "fg",
    "host",
    "hostname",
    "hostnamectl",
    "id",
    "ip",
    "iptables",
    "journalctl",
    "jobs",
    "kill",
    "less",
    "ln",
    "ls",
    "lsblk",
    "lsof",
    "lspci",
    "lsusb",
    "mkdir",
    "mount",
    "mtr",
    "mv",
    "nano",
    "nc",
    "netstat",
    "nft",
    "nginx",
    "nmap",
    "nmcli",
    "nslookup",
    "passwd",
    "ping",
    "ps",
    "pwd",
    "reboot",
    "resolvectl",
    "rm",
    "rmdir",
    "sed",
    "service",
    "smartctl",
    "sort",
    "ss",
    "stat",
    "su",
    "sudo",
    "systemctl",
    "tail",
    "tcpdump",
    "tee",
    "timedatectl",
    "top",
    "touch",
    "traceroute",
    "truncate",
    "ufw",
    "umount",
    "uname",
    "uniq",
    "uptime",
    "useradd",
    "usermod",
    "w",
    "wc",
    "wget",
    "who",
    "whoami",
];

/// `support@srv-app:~$ `, as Debian's own `PS1` makes it.
#[must_use]
pub fn prompt(world: &World, session: &Session) -> String {
    if matches!(session.mode, Mode::Nslookup { .. }) {
        return "> ".to_owned();
    }
    let device = world.device(session.device);
    let emergency = device.linux().is_some_and(|linux| linux.emergency.is_some());
    let root = session.elevated || session.user == "root" || emergency;
    let user = if root { "root" } else { session.user.as_str() };
    let home = device.linux().map_or_else(String::new, |linux| call::home(linux, user));
    let folder = match session.folder.strip_prefix(&home) {
        Some(rest) if !home.is_empty() && (rest.is_empty() || rest.starts_with('/')) => format!("~{rest}"),
        _ => session.folder.clone(),
    };
    let sign = if root { '#' } else { '$' };
    format!("{user}@{}:{folder}{sign} ", crate::machine::linux_files::generated::host_name(device))
}

pub fn run(world: &mut World, session: &mut Session, line: &str) -> Output {
    let Some(linux) = world.device(session.device).linux() else {
        return Output::failed(1, "[simulation] there is no bash on this device\n");
    };
    if linux.emergency.is_some() && !session.elevated {
        // sulogin: the emergency shell is root's.
        session.elevated = true;
        "/root".clone_into(&mut session.folder);
    }
    if session.bash.groups.is_none() {
        let mut groups = linux.accounts.groups_of(&session.user);
        groups.insert(session.user.clone());
        session.bash.groups = Some(groups);
    }
    if let Mode::Nslookup { server, kind } = session.mode {
        let done = dns::line(&mut Call::new(world, session), server, kind, line);
        return Output { text: done.err + &done.out, exit: done.exit, opens: None };
    }
    let done = match parse::parse(line) {
        Ok(parsed) => execute::line(world, session, &parsed),
        Err(complaint) => Done { err: complaint, exit: 2, ..Done::default() },
    };
    session.bash.last_exit = done.exit;
    let captured = capture::follow(world, session);
    Output { text: done.err + &done.out + &captured, exit: done.exit, opens: None }
}
