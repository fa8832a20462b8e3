//! `systeminfo`, `manage-bde`: what the machine is and keeps.

use std::fmt::Write;

use super::{given, letter, of, thousands};
use crate::machine::services::{clock, disks, processes};
use crate::shell::{Output, Session};
use crate::text::windows_short;
use crate::time::Span;
use crate::world::windows::{Volume, VolumeKind, Windows};
use crate::world::{Device, World};

/// It asks everything one by one.
const SLOW: Span = Span::seconds(5);

pub fn systeminfo(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if !arguments.is_empty() {
        return Output::not_modelled(world, &format!("systeminfo {}", arguments.join(" ")));
    }
    world.wait(SLOW);
    let device = world.device(session.device);
    let Some(windows) = device.windows() else { return Output::default() };
    let mut lines = vec![("Host Name", device.name.clone())];
    lines.extend(system(world, device, windows));
    lines.extend(memory(device, windows));
    lines.push(("Page File Location(s)", if windows.settings.page_file { "C:\\pagefile.sys" } else { "N/A" }.to_owned()));
    lines.push(("Domain", windows.joined.as_ref().map_or_else(|| "WORKGROUP".to_owned(), |joined| joined.domain.clone())));
    let logon = if windows.joined.is_some() { crate::machine::sign_in::directory_server(world) } else { None };
    lines.push(("Logon Server", format!("\\\\{}", logon.map_or(&device.name, |server| &world.device(server).name))));
    let updates: Vec<String> = windows.updates.installed.iter().map(|update| update.kb.clone()).collect();
    lines.push(("Hotfix(s)", numbered(&format!("{} Hotfix(s) Installed.", updates.len()), &updates)));
    lines.push(("Network Card(s)", cards(device)));
    let mut text = String::from("\n");
    for (label, value) in lines {
        _ = writeln!(text, "{:<27}{value}", format!("{label}:"));
    }
    Output::ok(text)
}

fn system(world: &World, device: &Device, windows: &Windows) -> Vec<(&'static str, String)> {
    let server = windows.edition.contains("Server");
    let configuration = match (&windows.joined, server, &device.roles.directory) {
        (_, _, Some(_)) => "Primary Domain Controller",
        (Some(_), true, _) => "Member Server",
        (Some(_), false, _) => "Member Workstation",
        (None, true, _) => "Standalone Server",
        (None, false, _) => "Standalone Workstation",
    };
    vec![
        ("OS Name", format!("Microsoft {}", windows.edition)),
        ("OS Version", format!("10.0.{0} N/A Build {0}", windows.build)),
        ("OS Manufacturer", "Microsoft Corporation".to_owned()),
        ("OS Configuration", configuration.to_owned()),
        ("OS Build Type", "Multiprocessor Free".to_owned()),
        ("Registered Organization", world.organisation.clone()),
        ("System Boot Time", windows_short(clock::stamp(windows, device.started)).replacen(' ', ", ", 1)),
        ("System Model", device.model.clone()),
        ("System Type", "x64-based PC".to_owned()),
        ("Processor(s)", numbered("1 Processor(s) Installed.", std::slice::from_ref(&device.hardware.cpu.model))),
        ("BIOS Version", device.hardware.firmware.version.clone()),
        ("Windows Directory", "C:\\Windows".to_owned()),
        ("System Directory", "C:\\Windows\\system32".to_owned()),
        ("Time Zone", clock::zone_name(windows.clock.zone_minutes)),
    ]
}

fn memory(device: &Device, windows: &Windows) -> Vec<(&'static str, String)> {
    let total = processes::installed_kib(device) >> 10;
    let used = processes::memory_kib(windows) >> 10;
    // A page file that Windows sizes starts at an eighth of the memory.
    let limit = if windows.settings.page_file { total + total / 8 } else { total };
    let megabytes = |number| format!("{} MB", thousands(number));
    vec![
        ("Total Physical Memory", megabytes(total)),
        ("Available Physical Memory", megabytes(total.saturating_sub(used))),
        ("Virtual Memory: Max Size", megabytes(limit)),
        ("Virtual Memory: Available", megabytes(limit.saturating_sub(used))),
        ("Virtual Memory: In Use", megabytes(used.min(limit))),
    ]
}

/// A head, and below it the numbered items, indented to the values.
fn numbered(head: &str, items: &[String]) -> String {
    let mut text = head.to_owned();
    for (number, item) in (1..).zip(items) {
        _ = write!(text, "\n{:27}[{number:02}]: {item}", "");
    }
    text
}

fn cards(device: &Device) -> String {
    let adapters: Vec<String> = device
        .stack
        .interfaces
        .iter()
        .map(|interface| {
            let indent = " ".repeat(33);
            let mut text = format!("{0}\n{indent}Connection Name: {0}", interface.name);
            if interface.addresses.is_empty() {
                _ = write!(text, "\n{indent}Status:          Media disconnected");
                return text;
            }
            _ = write!(text, "\n{indent}DHCP Enabled:    {}", if interface.dhcp.enabled { "Yes" } else { "No" });
            if let Some(lease) = &interface.dhcp.lease {
                _ = write!(text, "\n{indent}DHCP Server:     {}", lease.server);
            }
            _ = write!(text, "\n{indent}IP address(es)");
            for (number, address) in (1..).zip(&interface.addresses) {
                _ = write!(text, "\n{indent}[{number:02}]: {}", address.ip);
            }
            text
        })
        .collect();
    numbered(&format!("{} NIC(s) Installed.", adapters.len()), &adapters)
}

pub fn manage_bde(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some(windows) = of(world, session.device) else { return Output::default() };
    let banner = format!(
        "BitLocker Drive Encryption: Configuration Tool version 10.0.{}\nCopyright (C) 2013 Microsoft Corporation. All rights reserved.\n\n",
        windows.build
    );
    let protectors = given(arguments, "protectors") && given(arguments, "get");
    if !given(arguments, "status") && !protectors {
        return Output::not_modelled(world, &format!("manage-bde {}", arguments.join(" ")));
    }
    if !session.elevated && !session.recovery {
        return Output::failed(
            -1,
            format!(
                "{banner}ERROR: An attempt to access a required resource was denied.\n\nCheck that you have administrative rights on the computer.\n"
            ),
        );
    }
    let wanted = arguments.iter().find_map(|argument| letter(argument));
    if protectors {
        return key_protectors(world, session, wanted, &banner);
    }
    let mut text = format!("{banner}Disk volumes that can be protected with\nBitLocker Drive Encryption:\n");
    for volume in windows.volumes.iter().filter(|volume| volume.letter.is_some() && (wanted.is_none() || volume.letter == wanted))
    {
        text.push_str(&protection(windows, volume));
    }
    Output::ok(text)
}

fn protection(windows: &Windows, volume: &Volume) -> String {
    let system = volume.kind == VolumeKind::System;
    let on = system && windows.boot.bitlocker;
    let title = if system { "[OS Volume]" } else { "[Data Volume]" };
    let value = |encrypted, plain| if on { encrypted } else { plain };
    let mut text = format!("Volume {}: [{}]\n{title}\n\n", volume.letter.unwrap_or(' '), volume.label);
    for (label, shown) in [
        ("Size:", disks::size_exact(volume.size)),
        ("BitLocker Version:", value("2.0", "None").to_owned()),
        ("Conversion Status:", value("Used Space Only Encrypted", "Fully Decrypted").to_owned()),
        ("Percentage Encrypted:", value("100.0%", "0.0%").to_owned()),
        ("Encryption Method:", value("XTS-AES 128", "None").to_owned()),
        ("Protection Status:", value("Protection On", "Protection Off").to_owned()),
        ("Lock Status:", if on && windows.boot.bitlocker_locked { "Locked" } else { "Unlocked" }.to_owned()),
        ("Identification Field:", value("Unknown", "None").to_owned()),
    ] {
        _ = writeln!(text, "    {label:<22}{shown}");
    }
    if !system {
        _ = writeln!(text, "    {:<22}Disabled", "Automatic Unlock:");
    }
    text.push_str(if on {
        "    Key Protectors:\n        TPM\n        Numerical Password\n\n"
    } else {
        "    Key Protectors:       None Found\n\n"
    });
    text
}

/// `-protectors -get C:`: the recovery password, as the directory keeps it too.
fn key_protectors(world: &World, session: &Session, wanted: Option<char>, banner: &str) -> Output {
    let machine = &world.device(session.device).name;
    let kept = world.devices.iter().filter_map(|device| device.roles.directory.as_ref()).find_map(|directory| {
        directory.recovery_keys.iter().find(|(computer, _)| computer.eq_ignore_ascii_case(machine)).map(|(_, key)| key.clone())
    });
    let volume = of(world, session.device).and_then(|windows| {
        let protected = windows.boot.bitlocker;
        windows
            .volumes
            .iter()
            .find(|volume| volume.letter.is_some() && volume.letter == wanted && volume.kind == VolumeKind::System && protected)
    });
    let (Some(volume), Some(key)) = (volume, kept) else {
        return Output::failed(-1, format!("{banner}ERROR: No key protectors found.\n"));
    };
    Output::ok(format!(
        "{banner}Volume {}: [{}]\nAll Key Protectors\n\n    TPM:\n      PCR Validation Profile:\n        7, 11\n        (Uses Secure Boot for integrity validation)\n\n    Numerical Password:\n      Password:\n        {key}\n\n",
        volume.letter.unwrap_or(' '),
        volume.label
    ))
}
