//! Parts as Linux shows them: `lspci`, `smartctl`, `ethtool`.

use std::fmt::Write;

use super::call::{Call, Done, options};
use super::{Command, command};
use crate::net::link;
use crate::world::PortRef;
use crate::world::hardware::{Disk, DiskKind, FAILING_SECTORS};
use crate::world::interface::Attach;
use crate::world::port::{Duplex, Media, Speed};

pub const COMMANDS: &[Command] = &[
    command("lspci", "", lspci),
    command("lsusb", "", lsusb),
    command("smartctl", "smartmontools", smartctl),
    command("ethtool", "ethtool", ethtool),
    command("lscpu", "", lscpu),
];

fn lspci(call: &mut Call<'_>, args: &[String]) -> Done {
    if !args.is_empty() {
        return call.not_modelled("options of lspci");
    }
    let hardware = &call.device().hardware;
    let mut out = String::new();
    let mut slot = 2;
    let mut line = |class: &str, name: &str| {
        let _ = writeln!(out, "00:{slot:02x}.0 {class}: {name}");
        slot += 1;
    };
    if let Some(gpu) = &hardware.gpu {
        line("VGA compatible controller", &gpu.model);
    }
    for disk in hardware.disks.iter().filter(|disk| disk.kind == DiskKind::Nvme && disk.seated) {
        line("Non-Volatile memory controller", &disk.model);
    }
    for peripheral in hardware.peripherals.iter().filter(|peripheral| peripheral.connected) {
        match peripheral.class.as_str() {
            "Network adapters" => line("Ethernet controller", &peripheral.name),
            "Display adapters" => line("VGA compatible controller", &peripheral.name),
            "Sound, video and game controllers" => line("Audio device", &peripheral.name),
            _ => {}
        }
    }
    Done::ok(out)
}

/// What hangs on the USB controllers. The numbers of real makers are not in the model: they follow from the part's name, equal for
/// equal parts; those of the controllers are Linux' own (`drivers/usb/core/hcd.c`).
fn lsusb(call: &mut Call<'_>, args: &[String]) -> Done {
    if !args.is_empty() {
        return call.not_modelled("options of lsusb");
    }
    let parts = &call.device().hardware.peripherals;
    let plugged = parts.iter().filter(|part| part.connected).filter_map(|part| Some((part.controller?, &part.name)));
    let last = parts.iter().filter_map(|part| part.controller).max().unwrap_or(0);
    let mut out = String::new();
    for controller in 0..=last {
        let bus = u16::from(controller) + 1;
        let _ = writeln!(out, "Bus {bus:03} Device 001: ID 1d6b:0002 Linux Foundation 2.0 root hub");
        for ((_, name), number) in plugged.clone().filter(|(at, _)| *at == controller).zip(2_u8..) {
            let id = crate::hash::fnv1a(name.as_bytes());
            let _ = writeln!(out, "Bus {bus:03} Device {number:03}: ID {:04x}:{:04x} {name}", id >> 16 & 0xffff, id & 0xffff);
        }
    }
    Done::ok(out)
}

fn lscpu(call: &mut Call<'_>, _args: &[String]) -> Done {
    let cpu = &call.device().hardware.cpu;
    Done::ok(format!(
        "Architecture:            x86_64\nCPU(s):                  {}\nModel name:              {}\n",
        cpu.cores, cpu.model
    ))
}

fn smartctl(call: &mut Call<'_>, args: &[String]) -> Done {
    const BANNER: &str = "smartctl 7.3 2022-02-28 r5338 [x86_64-linux] (local build)\n\n";
    let (given, names) = options(args, "dltn");
    let Some(name) = names.first() else {
        return Done::failed(
            1,
            format!("{BANNER}ERROR: smartctl requires a device name as the final command-line argument.\n\n"),
        );
    };
    if !call.is_root() {
        return Done::failed(2, format!("{BANNER}Smartctl open device: {name} failed: Permission denied\n"));
    }
    let found = super::disks::disk_names(call).into_iter().find(|(disk, _)| format!("/dev/{disk}") == *name);
    let Some(disk) = found.and_then(|(_, at)| call.device().hardware.disks.get(at).cloned()) else {
        return Done::failed(2, format!("{BANNER}Smartctl open device: {name} failed: No such device\n"));
    };
    let wants = |letters: &[&str]| super::call::has(&given, letters);
    let mut out = BANNER.to_owned();
    if wants(&["i", "a", "x"]) {
        let rotation = if disk.kind == DiskKind::Hdd { "7200 rpm" } else { "Solid State Device" };
        let _ = write!(
            out,
            "=== START OF INFORMATION SECTION ===\nDevice Model:     {}\nUser Capacity:    {} bytes\nRotation Rate:    {rotation}\n\n",
            disk.model,
            u64::from(disk.gib) * 1024 * 1024 * 1024
        );
    }
    let failing = disk.reallocated_sectors >= FAILING_SECTORS;
    if wants(&["H", "a", "x"]) {
        let verdict = if failing { "FAILED!\nDrive failure expected in less than 24 hours. SAVE ALL DATA." } else { "PASSED" };
        let _ = write!(
            out,
            "=== START OF READ SMART DATA SECTION ===\nSMART overall-health self-assessment test result: {verdict}\n\n"
        );
    }
    if wants(&["A", "a", "x"]) {
        out.push_str(&attributes(&disk));
    }
    // smartctl(8), exit status: bit 3 is set when the disk says that it fails.
    Done { out, exit: if failing { 8 } else { 0 }, ..Done::default() }
}

fn attributes(disk: &Disk) -> String {
    let mut out = "Vendor Specific SMART Attributes with Thresholds:\nID# ATTRIBUTE_NAME          FLAG     VALUE WORST THRESH TYPE      UPDATED  WHEN_FAILED RAW_VALUE\n".to_owned();
    let health = 100_u32.saturating_sub(disk.reallocated_sectors * 90 / FAILING_SECTORS.max(1)).max(1);
    let celsius = disk.temperature / 1000;
    let rows: [(u8, &str, u32, u32, String); 4] = [
        (5, "Reallocated_Sector_Ct", health, 10, disk.reallocated_sectors.to_string()),
        (9, "Power_On_Hours", 100, 0, disk.power_on_hours.to_string()),
        (194, "Temperature_Celsius", 100, 0, celsius.to_string()),
        (197, "Current_Pending_Sector", 100, 0, disk.pending_sectors.to_string()),
    ];
    for (id, name, value, threshold, raw) in rows {
        let kind = if threshold > 0 { "Pre-fail" } else { "Old_age" };
        let failed = if threshold > 0 && value <= threshold { "FAILING_NOW" } else { "-" };
        let _ = writeln!(
            out,
            "{id:>3} {name:<23} 0x0032   {value:03}   {value:03}   {threshold:03}    {kind:<9} Always   {failed:<11} {raw}"
        );
    }
    out
}

fn ethtool(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    let Some(name) = names.first().cloned() else {
        return Done::failed(1, "ethtool: bad command line argument(s)\nFor more information run ethtool -h\n");
    };
    let device = call.session.device;
    let port =
        call.device().stack.interfaces.iter().find(|interface| interface.name == name).and_then(|interface| {
            match interface.attach {
                Attach::Port(port) | Attach::Sub(port, _) => Some(port),
                _ => None,
            }
        });
    let Some(port) = port else {
        return Done::failed(
            75,
            "netlink error: no device matches name (offset 24)\nnetlink error: No such device\nNo data available\n",
        );
    };
    let Some(found) = call.device().ports.get(usize::from(port.0)).cloned() else { return Done::default() };
    if super::call::has(&given, &["S"]) {
        let counters = found.counters;
        return Done::ok(format!(
            "NIC statistics:\n     rx_packets: {}\n     tx_packets: {}\n     rx_bytes: {}\n     tx_bytes: {}\n     rx_crc_errors: {}\n     collisions: {}\n     tx_window_errors: {}\n     rx_dropped: {}\n",
            counters.frames_in,
            counters.frames_out,
            counters.bytes_in,
            counters.bytes_out,
            counters.crc_errors,
            counters.collisions,
            counters.late_collisions,
            counters.dropped
        ));
    }
    if super::call::has(&given, &["s"]) {
        return set_port(call, port.0, &names);
    }
    if !given.is_empty() {
        return call.not_modelled("this option of ethtool");
    }
    let link = link::of(call.world, PortRef { device, port });
    let speed = link.map_or_else(|| "Unknown!".to_owned(), |link| format!("{}Mb/s", link.speed));
    let duplex = link.map_or("Unknown! (255)", |link| if link.full_duplex { "Full" } else { "Half" });
    let auto = if found.speed == Speed::Auto && found.duplex == Duplex::Auto { "on" } else { "off" };
    let kind = match found.media {
        Media::Fibre(_) => "FIBRE",
        _ => "Twisted Pair",
    };
    Done::ok(format!(
        "Settings for {name}:\n\tSupported ports: [ TP ]\n\tSpeed: {speed}\n\tDuplex: {duplex}\n\tAuto-negotiation: {auto}\n\tPort: {kind}\n\tLink detected: {}\n",
        if link.is_some() { "yes" } else { "no" }
    ))
}

/// `ethtool -s eth0 speed 100 duplex full autoneg off`.
fn set_port(call: &mut Call<'_>, port: u8, words: &[String]) -> Done {
    if !call.is_root() {
        return Done::failed(1, "netlink error: Operation not permitted\n");
    }
    let Some(found) = call.device_mut().ports.get_mut(usize::from(port)) else { return Done::default() };
    for pair in words.get(1..).unwrap_or_default().chunks(2) {
        match pair {
            [key, value] if key == "speed" => found.speed = value.parse().map_or(Speed::Auto, Speed::Fixed),
            [key, value] if key == "duplex" => found.duplex = if value == "full" { Duplex::Full } else { Duplex::Half },
            [key, value] if key == "autoneg" && value == "on" => (found.speed, found.duplex) = (Speed::Auto, Duplex::Auto),
            [key, _] if key == "autoneg" => {}
            _ => return Done::failed(1, "ethtool: bad command line argument(s)\nFor more information run ethtool -h\n"),
        }
    }
    Done::default()
}
