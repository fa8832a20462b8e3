//! Files that are a view of other state: accounts, the resolver, the kernel. They are read like any file and change with it.

use std::fmt::Write;

use crate::sorted;
use crate::time::Time;
use crate::world::device::Device;
use crate::world::files::File;
use crate::world::{DeviceId, World};

/// Every generated file.
pub const PATHS: &[&str] = &[
    "/etc/group",
    "/etc/hostname",
    "/etc/hosts",
    "/etc/os-release",
    "/etc/passwd",
    "/etc/resolv.conf",
    "/etc/shadow",
    "/proc/cpuinfo",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/mounts",
    "/proc/uptime",
    "/proc/version",
];

/// Its owner and mode; the text comes from [`text`].
#[must_use]
pub fn entry(path: &str) -> Option<File> {
    if !PATHS.contains(&path) {
        return None;
    }
    let (group, mode) = match path {
        "/etc/shadow" => ("shadow", 0o640),
        _ if path.starts_with("/proc") => ("root", 0o444),
        _ => ("root", 0o644),
    };
    Some(File { owner: "root".to_owned(), group: group.to_owned(), mode, modified: Time::default(), ..File::default() })
}

/// `None` where the path is not a generated file.
#[must_use]
pub fn text(world: &World, device: DeviceId, path: &str) -> Option<String> {
    let found = world.device(device);
    let linux = found.linux()?;
    let mut out = String::new();
    match path {
        "/etc/passwd" => passwd(&mut out, linux),
        "/etc/shadow" => shadow(&mut out, linux),
        "/etc/group" => group(&mut out, linux),
        "/etc/hostname" => out = format!("{}\n", host_name(found)),
        "/etc/hosts" => hosts(&mut out, world, device),
        "/etc/os-release" => os_release(&mut out, &linux.distribution),
        "/etc/resolv.conf" => resolver(&mut out, world, device),
        "/proc/cpuinfo" => {
            for core in 0..found.hardware.cpu.cores.max(1) {
                let _ = write!(out, "processor\t: {core}\nmodel name\t: {}\n\n", found.hardware.cpu.model);
            }
        }
        "/proc/meminfo" => {
            let used: u64 = linux.processes.iter().map(|process| u64::from(process.rss_kib)).sum();
            let total = u64::from(linux.memory_mib) * 1024;
            let _ = write!(out, "MemTotal:       {total:>8} kB\nMemFree:        {:>8} kB\n", total.saturating_sub(used));
        }
        "/proc/mounts" => {
            for mount in linux.mounts.iter().filter(|mount| mount.mounted) {
                let mode = if mount.read_only { "ro" } else { "rw" };
                let _ = writeln!(out, "{} {} {} {mode},relatime 0 0", mount.source, mount.target, mount.file_system);
            }
        }
        "/proc/uptime" => {
            let up = (world.now - found.started).as_seconds();
            let _ = writeln!(out, "{up}.00 {}.00", up.saturating_mul(u64::from(found.hardware.cpu.cores.max(1))));
        }
        "/proc/loadavg" => {
            let load = load(linux);
            let _ = writeln!(out, "{load} {load} {load} 1/{} {}", linux.processes.len(), linux.processes.len());
        }
        "/proc/version" => out = format!("Linux version {}\n", linux.kernel),
        _ => return None,
    }
    Some(out)
}

/// Runnable work as the processes show it: `0.42`.
#[must_use]
pub fn load(linux: &crate::world::linux::Linux) -> String {
    let permille: u32 = linux.processes.iter().map(|process| u32::from(process.cpu)).sum();
    format!("{}.{:02}", permille / 1000, permille % 1000 / 10)
}

/// What a Linux machine calls itself: the name that it was given, or its label in lower case as is the custom: `SRV-APP` is
/// `srv-app`.
#[must_use]
pub fn host_name(device: &Device) -> String {
    match device.linux() {
        Some(linux) if !linux.host_name.is_empty() => linux.host_name.clone(),
        _ => device.name.to_lowercase(),
    }
}

type Linux = crate::world::linux::Linux;

fn passwd(out: &mut String, linux: &Linux) {
    let mut users: Vec<_> = linux.accounts.users.values().collect();
    sorted::by_key(&mut users, |user| user.uid);
    for user in users {
        let gid = linux.accounts.groups.get(&user.name).map_or(user.uid, |group| group.gid);
        let _ = writeln!(out, "{}:x:{}:{gid}:{}:{}:{}", user.name, user.uid, user.full_name, user.home, user.shell);
    }
}

/// Whether there is a password and whether it is locked is shown; hashes are not part of the model.
fn shadow(out: &mut String, linux: &Linux) {
    const DAY: u64 = 86_400_000;
    let maximum = linux.accounts.policy.maximum_age.0 / DAY;
    let mut users: Vec<_> = linux.accounts.users.values().collect();
    sorted::by_key(&mut users, |user| user.uid);
    for user in users {
        let secret = match (user.password, user.enabled) {
            (0, _) => "*",
            (_, false) => "!$y$",
            (_, true) => "$y$",
        };
        let expires = user.expires.map_or_else(String::new, |at| (at.0 / DAY).to_string());
        let maximum = if maximum == 0 || user.never_expires { "99999".to_owned() } else { maximum.to_string() };
        let _ = writeln!(out, "{}:{secret}:{}:0:{maximum}:7::{expires}:", user.name, user.password_set.0 / DAY);
    }
}

fn group(out: &mut String, linux: &Linux) {
    let mut groups: Vec<_> = linux.accounts.groups.iter().collect();
    sorted::by_key(&mut groups, |(_, group)| group.gid);
    for (name, group) in groups {
        let members: Vec<&str> = group.members.iter().map(String::as_str).filter(|member| member != name).collect();
        let _ = writeln!(out, "{name}:x:{}:{}", group.gid, members.join(","));
    }
}

fn hosts(out: &mut String, world: &World, device: DeviceId) {
    let found = world.device(device);
    let _ = write!(out, "127.0.0.1\tlocalhost\n127.0.1.1\t{}\n", host_name(found));
    for (address, name) in &found.stack.resolver.hosts {
        let _ = writeln!(out, "{address}\t{name}");
    }
}

fn os_release(out: &mut String, distribution: &str) {
    let version = distribution.split_once("Linux ").map_or(distribution, |(_, version)| version);
    let number = version.split(' ').next().unwrap_or_default();
    let _ = write!(
        out,
        "PRETTY_NAME=\"{distribution}\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"{number}\"\nVERSION=\"{version}\"\nID=debian\n"
    );
}

/// With systemd-resolved the file names its stub; without it, the servers themselves.
fn resolver(out: &mut String, world: &World, device: DeviceId) {
    let found = world.device(device);
    if found.linux().is_some_and(|linux| linux.units.contains_key("systemd-resolved.service")) {
        out.push_str("# This is /run/systemd/resolve/stub-resolv.conf managed by man:systemd-resolved(8).\n");
        out.push_str("nameserver 127.0.0.53\noptions edns0 trust-ad\n");
    } else {
        for server in crate::net::dns::servers(world, device) {
            let _ = writeln!(out, "nameserver {server}");
        }
    }
    let suffixes = &found.stack.resolver.suffixes;
    if !suffixes.is_empty() {
        let _ = writeln!(out, "search {}", suffixes.join(" "));
    }
}
