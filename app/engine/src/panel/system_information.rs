//! System Information (`msinfo32`) and About Windows: the machine and its parts, to read only.

use super::parts::{table, windows};
use super::{Operation, Refused, View};
use crate::machine::services::{clock, disks, processes};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let found = world.device(device);
    let hardware = &found.hardware;
    let megabytes = |kib: u64| format!("{} MB", kib >> 10);
    let installed = processes::installed_kib(found);
    let facts = [
        ("OS Name", format!("Microsoft {}", windows.edition)),
        ("Version", format!("10.0.{0} Build {0}", windows.build)),
        ("System Name", found.name.clone()),
        ("System Model", found.model.clone()),
        ("System Type", "x64-based PC".to_owned()),
        ("Processor", format!("{}, {} Core(s)", hardware.cpu.model, hardware.cpu.cores)),
        ("BIOS Version", hardware.firmware.version.clone()),
        ("Time Zone", clock::zone_name(windows.clock.zone_minutes)),
        ("Installed Physical Memory (RAM)", megabytes(installed)),
        ("Available Physical Memory", megabytes(installed.saturating_sub(processes::memory_kib(windows)))),
        ("Page File", if windows.settings.page_file { "C:\\pagefile.sys" } else { "" }.to_owned()),
    ];
    let drives = disks::present(world, device)
        .into_iter()
        .map(|(number, disk)| vec![format!("Disk {number}"), disk.model.clone(), disks::size_exact(u64::from(disk.gib) << 10)]);
    let adapters = found.stack.interfaces.iter().map(|interface| {
        let addresses = interface.addresses.iter().map(|address| address.ip.to_string()).collect::<Vec<_>>().join(", ");
        vec![interface.name.clone(), addresses, if interface.dhcp.enabled { "Yes" } else { "No" }.to_owned()]
    });
    let displays = hardware.displays.iter().map(|display| vec![display.name.clone(), format!("{} Hz", display.refresh_hz)]);
    Some(View {
        title: "System Information".to_owned(),
        facts: facts.into_iter().map(|(label, value)| (label.to_owned(), value)).collect(),
        tables: vec![
            table("Disks", &["Disk", "Model", "Size"], drives.collect()),
            table("Network adapters", &["Name", "IP Address", "DHCP Enabled"], adapters.collect()),
            table("Display", &["Name", "Refresh rate"], displays.collect()),
        ],
        ..View::default()
    })
}

pub fn apply(_world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    operation.unknown()
}
