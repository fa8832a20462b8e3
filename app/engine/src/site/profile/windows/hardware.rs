//! The parts of an office computer and of a small server.

use crate::chance::Chance;
use crate::world::hardware::{
    Battery, Cpu, Disk, DiskKind, Display, DisplayInput, Driver, Firmware, Hardware, Peripheral, Psu, RamStick,
};
use crate::world::shared::Shared;

pub fn client(laptop: bool, chance: &mut Chance) -> Hardware {
    let hours = chance.between(2_800, 9_400);
    let ram = |slot| RamStick { gib: 8, slot, seated: true, failing: false };
    Hardware {
        psu: (!laptop).then_some(Psu { watts: 300, works: true }),
        ram: vec![ram(0), ram(1)],
        disks: vec![disk("NVMe SSD 512GB", 476, DiskKind::Nvme, hours)],
        cpu: Cpu { model: "6-core processor @ 2.50GHz".to_owned(), cores: 6, watts: 65, fan_works: true, dust: 60 }.into(),
        battery: laptop.then_some(Battery {
            design: 54_000,
            full: 48_600,
            charge: 45_200,
            cycles: u16::try_from(chance.between(80, 260)).unwrap_or(80),
            swollen: false,
            charger_watts: 65,
            needs_watts: 65,
        }),
        firmware: Firmware { version: "1.14.0".to_owned(), ..Firmware::default() }.into(),
        displays: displays(laptop).into(),
        peripherals: peripherals(laptop).into(),
        ..Hardware::default()
    }
}

pub fn server(chance: &mut Chance) -> Hardware {
    let hours = chance.between(14_000, 31_000);
    let ram = |slot| RamStick { gib: 16, slot, seated: true, failing: false };
    Hardware {
        psu: Some(Psu { watts: 750, works: true }),
        ram: vec![ram(0), ram(1)],
        disks: vec![disk("SATA SSD 480GB", 447, DiskKind::Ssd, hours), disk("SATA HDD 4TB", 3_726, DiskKind::Hdd, hours)],
        cpu: Cpu { model: "8-core server processor @ 2.80GHz".to_owned(), cores: 8, watts: 120, fan_works: true, dust: 40 }
            .into(),
        firmware: Firmware { version: "2.9.1".to_owned(), ..Firmware::default() }.into(),
        peripherals: Shared::new(vec![
            peripheral("Gigabit Network Connection", "Network adapters", "12.19.2.50", None, 0),
            peripheral("Standard SATA AHCI Controller", "Storage controllers", "10.0.20348.1", None, 0),
        ]),
        ..Hardware::default()
    }
}

/// The last disk gets a second one beside it that holds the same.
pub fn mirror(hardware: &mut Hardware) {
    let Some(second) = hardware.disks.last().cloned() else { return };
    hardware.disks.push(second);
    let from = hardware.disks.len().saturating_sub(2);
    for (slot, disk) in (1..).zip(hardware.disks.iter_mut().skip(from)) {
        disk.raid_slot = Some(slot);
    }
}

fn disk(model: &str, gib: u32, kind: DiskKind, power_on_hours: u32) -> Disk {
    Disk {
        model: model.to_owned(),
        gib,
        kind,
        seated: true,
        alive: true,
        reallocated_sectors: 0,
        pending_sectors: 0,
        power_on_hours,
        temperature: 38_000,
        raid_slot: None,
        blank: false,
    }
}

fn displays(laptop: bool) -> Vec<Display> {
    let display = |name: &str, input| Display {
        name: name.to_owned(),
        input,
        backlight_works: true,
        refresh_hz: 60,
        native_resolution: true,
        cable_hz: 75,
    };
    let first =
        if laptop { display("Built-in display", DisplayInput::BuiltIn) } else { display("Monitor 1", DisplayInput::Motherboard) };
    vec![first, display("Monitor 2", DisplayInput::Motherboard)]
}

fn peripherals(laptop: bool) -> Vec<Peripheral> {
    let mut found = vec![
        peripheral("Integrated Graphics", "Display adapters", "31.0.101.4502", None, 0),
        peripheral("Gigabit Network Connection", "Network adapters", "12.19.2.50", None, 0),
        peripheral("USB 3.20 eXtensible Host Controller 0", "Universal Serial Bus controllers", "10.0.26100.1", Some(0), 0),
        peripheral("USB 3.20 eXtensible Host Controller 1", "Universal Serial Bus controllers", "10.0.26100.1", Some(1), 0),
        peripheral("USB Keyboard", "Keyboards", "10.0.26100.1", Some(0), 3),
        peripheral("USB Mouse", "Mice and other pointing devices", "10.0.26100.1", Some(0), 2),
        peripheral("High Definition Audio Device", "Sound, video and game controllers", "10.0.26100.1", None, 0),
    ];
    if laptop {
        found.push(peripheral("Wi-Fi 6 Wireless Adapter", "Network adapters", "23.60.1.2", None, 0));
        found.push(peripheral("Wireless Bluetooth", "Bluetooth", "23.60.0.1", Some(1), 8));
        found.push(peripheral("Integrated Camera", "Cameras", "10.0.26100.1", Some(1), 12));
        found.push(peripheral("Precision Touchpad", "Human Interface Devices", "10.0.26100.1", None, 0));
    }
    found
}

fn peripheral(name: &str, class: &str, version: &str, controller: Option<u8>, endpoints: u16) -> Peripheral {
    Peripheral {
        name: name.to_owned(),
        class: class.to_owned(),
        connected: true,
        works: true,
        disabled: false,
        driver: Driver { version: version.to_owned(), ..Driver::default() },
        controller,
        endpoints,
    }
}
