//! Debian-like servers and workstations: what is on them when they are healthy.

mod accounts;
mod services;
#[cfg(test)]
mod tests;

use std::fmt::Write;

use crate::chance::Chance;
use crate::machine::units::network;
use crate::time::{Span, Time};
use crate::world::files::File;
use crate::world::hardware::{Cpu, Disk, DiskKind, Firmware, Hardware, Psu, RamStick};
use crate::world::interface::Attach;
use crate::world::linux::{JournalLine, Linux, Mount, Package};
use crate::world::{DeviceId, World};

pub use accounts::TEAM;

const MIB: u64 = 1024;
const GIB: u64 = 1024 * 1024;

#[must_use]
pub fn server(_name: &str, now: Time, chance: &mut Chance) -> (Linux, Hardware) {
    let mut linux = base(now, chance);
    linux.mounts = vec![
        file_system("/dev/sda1", "/", 18 * GIB, 4 * GIB + 210 * MIB, chance),
        swap("/dev/sda2", chance),
        file_system("/dev/sda3", "/var", 4 * GIB, GIB + 150 * MIB, chance),
        file_system("/dev/sdb1", "/srv", 100 * GIB, 31 * GIB, chance),
    ];
    sized(&mut linux, "/", &[("/usr", 2_930 * MIB), ("/boot", 96 * MIB), ("/opt", 240 * MIB)]);
    sized(&mut linux, "/var", &[("/var/lib/mysql", 412 * MIB), ("/var/cache/apt", 228 * MIB), ("/var/log/journal", 128 * MIB)]);
    sized(&mut linux, "/srv", &[("/srv/team/projects", 27 * GIB), ("/srv/team/scans", 3 * GIB)]);
    fstab(&mut linux);
    accounts::team(&mut linux, now);
    install(&mut linux, &["openssh-server", "systemd-resolved", "lsof", "ethtool", "smartmontools", "ufw", "iptables"]);
    let hardware = Hardware {
        psu: Some(Psu { watts: 500, works: true }),
        ram: vec![RamStick { gib: 4, slot: 0, seated: true, failing: false }],
        disks: vec![disk("SATA SSD 32GB", 32, DiskKind::Ssd, chance), disk("SATA HDD 120GB", 112, DiskKind::Hdd, chance)],
        cpu: Cpu { model: "4-core server processor @ 2.40GHz".to_owned(), cores: 4, watts: 80, fan_works: true, dust: 40 }.into(),
        firmware: Firmware { version: "2.4.0".to_owned(), ..Firmware::default() }.into(),
        ..Hardware::default()
    };
    (linux, hardware)
}

#[must_use]
pub fn workstation(_name: &str, now: Time, chance: &mut Chance) -> (Linux, Hardware) {
    let mut linux = base(now, chance);
    linux.memory_mib = 7_820;
    linux.mounts = vec![file_system("/dev/nvme0n1p1", "/", 220 * GIB, 38 * GIB, chance), swap("/dev/nvme0n1p2", chance)];
    sized(&mut linux, "/", &[("/usr", 9 * GIB), ("/var/cache/apt", 640 * MIB), ("/var/log/journal", 256 * MIB)]);
    fstab(&mut linux);
    install(&mut linux, &["network-manager", "firefox-esr"]);
    let hardware = Hardware {
        psu: Some(Psu { watts: 300, works: true }),
        ram: vec![RamStick { gib: 8, slot: 0, seated: true, failing: false }],
        disks: vec![disk("NVMe SSD 240GB", 223, DiskKind::Nvme, chance)],
        cpu: Cpu { model: "6-core processor @ 2.50GHz".to_owned(), cores: 6, watts: 65, fan_works: true, dust: 60 }.into(),
        firmware: Firmware { version: "1.14.0".to_owned(), ..Firmware::default() }.into(),
        ..Hardware::default()
    };
    (linux, hardware)
}

/// What both have.
fn base(now: Time, chance: &mut Chance) -> Linux {
    let mut linux = Linux {
        distribution: "Debian GNU/Linux 12 (bookworm)".to_owned(),
        kernel: "6.1.0-25-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.106-3 (2024-08-26)".to_owned(),
        ntp: true,
        memory_mib: 3_910,
        swap_mib: 976,
        ..Linux::default()
    };
    accounts::system(&mut linux, now - Span::days(u64::from(chance.between(120, 400))));
    let common = [
        "apt",
        "bash",
        "bind9-dnsutils",
        "bind9-host",
        "chrony",
        "coreutils",
        "cron",
        "curl",
        "iproute2",
        "iputils-ping",
        "linux-image-amd64",
        "logrotate",
        "net-tools",
        "netcat-openbsd",
        "psmisc",
        "sudo",
        "systemd",
        "traceroute",
        "wget",
    ];
    install(&mut linux, &common);
    linux
}

/// Debian 12's versions of what is looked at; the rest shares one.
fn install(linux: &mut Linux, names: &[&str]) {
    for name in names {
        let version = match *name {
            "nginx" => "1.22.1-9",
            "mariadb-server" => "1:10.11.6-0+deb12u1",
            "openssh-server" => "1:9.2p1-2+deb12u3",
            "systemd" | "systemd-resolved" => "252.30-1~deb12u2",
            "curl" => "7.88.1-10+deb12u7",
            "bind9-dnsutils" | "bind9-host" | "bind9" => "1:9.18.28-1~deb12u2",
            "chrony" => "4.3-2+deb12u1",
            "linux-image-amd64" => "6.1.106-3",
            _ => "1.0-1",
        };
        let package = Package { version: version.to_owned(), candidate: version.to_owned(), held: false };
        linux.packages.insert((*name).to_owned(), package);
    }
}

fn disk(model: &str, gib: u32, kind: DiskKind, chance: &mut Chance) -> Disk {
    Disk {
        model: model.to_owned(),
        gib,
        kind,
        seated: true,
        alive: true,
        reallocated_sectors: 0,
        pending_sectors: 0,
        power_on_hours: chance.between(6_000, 26_000),
        temperature: 34_000,
        raid_slot: None,
        blank: false,
    }
}

/// ext4 with an inode for every 16 KiB (mke2fs.conf(5), `inode_ratio`).
fn file_system(source: &str, target: &str, size: u64, used: u64, chance: &mut Chance) -> Mount {
    Mount {
        source: source.to_owned(),
        uuid: uuid(chance),
        target: target.to_owned(),
        file_system: "ext4".to_owned(),
        mounted: true,
        size,
        used,
        inodes: size / 16,
        inodes_used: size / 16 / u64::from(chance.between(14, 22)),
        ..Mount::default()
    }
}

fn swap(source: &str, chance: &mut Chance) -> Mount {
    Mount {
        source: source.to_owned(),
        uuid: uuid(chance),
        target: "none".to_owned(),
        file_system: "swap".to_owned(),
        mounted: true,
        size: 976 * MIB,
        ..Mount::default()
    }
}

/// RFC 9562, version 4.
fn uuid(chance: &mut Chance) -> String {
    let part: Vec<u32> = (0..8).map(|_| chance.below(0x1_0000)).collect();
    let at = |index: usize| part.get(index).copied().unwrap_or(0);
    let (third, fourth) = (at(3) & 0xfff, at(4) & 0xfff);
    format!("{:04x}{:04x}-{:04x}-4{third:03x}-a{fourth:03x}-{:04x}{:04x}{:04x}", at(0), at(1), at(2), at(5), at(6), at(7))
}

fn sized(linux: &mut Linux, target: &str, folders: &[(&str, u64)]) {
    if let Some(mount) = linux.mounts.iter_mut().find(|mount| mount.target == target) {
        mount.largest = folders.iter().map(|(name, kib)| ((*name).to_owned(), *kib)).collect();
    }
}

fn fstab(linux: &mut Linux) {
    let mut text = "# <file system> <mount point> <type> <options> <dump> <pass>\n".to_owned();
    for mount in &linux.mounts {
        let _ = match (mount.file_system.as_str(), mount.target.as_str()) {
            ("swap", _) => writeln!(text, "UUID={} none swap sw 0 0", mount.uuid),
            (kind, "/") => writeln!(text, "UUID={} / {kind} errors=remount-ro 0 1", mount.uuid),
            (kind, target) => writeln!(text, "UUID={} {target} {kind} defaults 0 2", mount.uuid),
        };
    }
    put(linux, "/etc/fstab", &text, ("root", "root", 0o644));
}

/// Owner, group and mode of a file.
type Rights = (&'static str, &'static str, u16);

fn put(linux: &mut Linux, path: &str, text: &str, (owner, group, mode): Rights) {
    let file = File { text: text.to_owned(), owner: owner.to_owned(), group: group.to_owned(), mode, ..File::default() };
    linux.files.0.insert(path.to_owned(), file);
}

fn put_folder(linux: &mut Linux, path: &str, (owner, group, mode): Rights) {
    linux.files.0.insert(path.to_owned(), crate::machine::linux_files::folder(owner, group, mode, Time::default()));
}

/// After the site has given a machine its interfaces, roles and people: units for what it serves, their settings, ports and
/// processes, the files of its network, and accounts for the people who work with it.
pub fn complete(world: &mut World, id: DeviceId) {
    let people = world.people.clone();
    let now = world.now;
    let device = world.device_mut(id);
    let (roles, started, kind, user) = (device.roles.clone(), device.started, device.kind, device.user);
    let interfaces = device.stack.interfaces.clone();
    let owners: Vec<String> =
        device.stack.listeners.iter().map(|listener| listener.owner.clone()).filter(|owner| !owner.is_empty()).collect();
    let Some(linux) = device.linux_mut() else { return };
    for interface in interfaces.iter().filter(|interface| interface.attach != Attach::Loopback) {
        put(linux, &network::file_name(interface), &network::file(interface), ("root", "root", 0o644));
    }
    let server = kind == crate::world::device::Kind::Server;
    accounts::people(linux, &people, user, server, id, now);
    services::install(linux, &roles, &owners, server);
    services::run(linux, started);
    for mount in &linux.mounts.clone() {
        journal(
            linux,
            started,
            "",
            "kernel",
            &format!("EXT4-fs ({}): mounted filesystem", mount.source.trim_start_matches("/dev/")),
            mount,
        );
    }
    services::own_roles(world, id);
    services::open(world, id);
}

fn journal(linux: &mut Linux, at: Time, unit: &str, identifier: &str, text: &str, mount: &Mount) {
    if mount.file_system == "swap" {
        return;
    }
    linux.journal.push(JournalLine {
        at,
        unit: unit.to_owned(),
        identifier: identifier.to_owned(),
        pid: 0,
        priority: 6,
        text: text.to_owned(),
    });
}
