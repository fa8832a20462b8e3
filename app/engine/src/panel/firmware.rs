//! Firmware set-up: what a machine shows before its system, and what can be done there.

mod recovery;

use super::{Field, Input, Offer, Operation, Refused, Table, View};
use crate::machine::power::{self, load};
use crate::text::iso;
use crate::time::{Span, Time};
use crate::world::device::Kind;
use crate::world::hardware::{BootDevice, DiskKind, FAILING_SECTORS, Hardware, PowerState};
use crate::world::{Device, DeviceId, World};

/// Every order of the three, as the list offers them.
const ORDERS: [(&str, [BootDevice; 3]); 6] = [
    ("disk, usb, network", [BootDevice::Disk, BootDevice::Usb, BootDevice::Network]),
    ("disk, network, usb", [BootDevice::Disk, BootDevice::Network, BootDevice::Usb]),
    ("usb, disk, network", [BootDevice::Usb, BootDevice::Disk, BootDevice::Network]),
    ("usb, network, disk", [BootDevice::Usb, BootDevice::Network, BootDevice::Disk]),
    ("network, disk, usb", [BootDevice::Network, BootDevice::Disk, BootDevice::Usb]),
    ("network, usb, disk", [BootDevice::Network, BootDevice::Usb, BootDevice::Disk]),
];

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let found = world.device(device);
    let computer = matches!(found.kind, Kind::Desktop | Kind::Laptop | Kind::Server);
    // Without power or without a picture there is nothing to read.
    if !computer || !power::supplied(world, device) || blind(world, device) {
        return None;
    }
    let mut view = View {
        title: format!("Firmware set-up – {}", found.name),
        notices: notices(world, device),
        facts: facts(world, found),
        tables: vec![disks(&found.hardware)],
        operations: offers(found),
    };
    recovery::add(world, device, &mut view);
    Some(view)
}

fn blind(world: &World, device: DeviceId) -> bool {
    power::stop(world, device).is_some_and(|stop| matches!(stop, power::Stop::Memory | power::Stop::Graphics))
}

fn notices(world: &World, device: DeviceId) -> Vec<String> {
    let found = world.device(device);
    let mut notices = Vec::new();
    if power::state(world, device) == PowerState::Running {
        notices.push("The system runs: the set-up opens with a restart, and a change here restarts the machine.".to_owned());
    }
    if found.hardware.firmware.clock_lost {
        notices.push("CMOS checksum error – defaults loaded. Date and time are not set.".to_owned());
    }
    if found.hardware.cpu.watts > 0 && !found.hardware.cpu.fan_works {
        notices.push("CPU fan error: 0 RPM.".to_owned());
    }
    notices
}

fn facts(world: &World, found: &Device) -> Vec<(String, String)> {
    let hardware = &found.hardware;
    let firmware = &hardware.firmware;
    let yes = |on| if on { "Enabled" } else { "Disabled" }.to_owned();
    let memory: u32 = hardware.ram.iter().filter(|stick| stick.seated).map(|stick| u32::from(stick.gib)).sum();
    let running = power::state(world, found.id) == PowerState::Running;
    [
        ("Version", firmware.version.clone()),
        ("System date and time", iso(clock(world, found).civil())),
        ("Processor", hardware.cpu.model.clone()),
        ("Memory", format!("{memory} GB in {} modules", hardware.ram.iter().filter(|stick| stick.seated).count())),
        ("Processor temperature", format!("{} °C", if running { load::temperature(hardware, false) } else { 30_000 } / 1000)),
        ("Processor fan", format!("{} RPM", load::fan_rpm(hardware))),
        ("Boot order", order_words(hardware)),
        ("Virtualisation technology", yes(firmware.virtualisation)),
        ("Secure Boot", yes(firmware.secure_boot)),
        ("TPM 2.0", yes(firmware.tpm)),
    ]
    .map(|(label, value)| (label.to_owned(), value))
    .to_vec()
}

/// What the board's clock shows, in the site's zone.
fn clock(world: &World, found: &Device) -> Time {
    let offset = found.windows().map_or(0, |windows| windows.clock.offset);
    world.now.shifted(offset.saturating_add(i64::from(world.zone_minutes).saturating_mul(60_000)))
}

fn order_words(hardware: &Hardware) -> String {
    let word = |entry: &BootDevice| match entry {
        BootDevice::Disk => "disk",
        BootDevice::Usb => "usb",
        BootDevice::Network => "network",
    };
    hardware.firmware.boot_order.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// What the firmware detects: a disk that is dead or not plugged in fully is not there.
fn disks(hardware: &Hardware) -> Table {
    let kind = |kind| match kind {
        DiskKind::Hdd => "SATA HDD",
        DiskKind::Ssd => "SATA SSD",
        DiskKind::Nvme => "NVMe",
    };
    let rows = hardware.disks.iter().enumerate().map(|(at, disk)| {
        let (model, size, smart) = if disk.seated && disk.alive {
            let smart = if disk.reallocated_sectors >= FAILING_SECTORS { "SMART status BAD, back up and replace" } else { "OK" };
            (disk.model.clone(), format!("{} GB", disk.gib), smart)
        } else {
            ("Not detected".to_owned(), String::new(), "")
        };
        vec![format!("disk {at}"), kind(disk.kind).to_owned(), model, size, smart.to_owned()]
    });
    let mut rows: Vec<_> = rows.collect();
    rows.extend(
        hardware.removable.iter().map(|stick| {
            vec![stick.name.clone(), "USB".to_owned(), stick.name.clone(), format!("{} GB", stick.gib), String::new()]
        }),
    );
    Table { title: "Drives".to_owned(), columns: ["Drive", "Kind", "Model", "Size", "SMART"].map(str::to_owned).to_vec(), rows }
}

fn offers(found: &Device) -> Vec<Offer> {
    let hardware = &found.hardware;
    let toggle = |name: &str, label: &str, on: bool| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        input: Input::Toggle,
        value: if on { "yes" } else { "no" }.to_owned(),
    };
    let order = Field {
        name: "order".to_owned(),
        label: "Boot order".to_owned(),
        input: Input::Choice(ORDERS.iter().map(|(words, _)| (*words).to_owned()).collect()),
        value: order_words(hardware),
    };
    let date = Field {
        name: "date".to_owned(),
        label: "Date and time, such as 2026-09-07 08:30".to_owned(),
        input: Input::Text,
        value: String::new(),
    };
    let offer =
        |verb: &str, label: &str, fields| Offer { verb: verb.to_owned(), label: label.to_owned(), targets: Vec::new(), fields };
    vec![
        offer("boot-order", "Set the boot order", vec![order]),
        offer("set-date", "Set date and time", vec![date]),
        offer(
            "set",
            "Set options",
            vec![
                toggle("virtualisation", "Virtualisation technology", hardware.firmware.virtualisation),
                toggle("secure-boot", "Secure Boot", hardware.firmware.secure_boot),
            ],
        ),
        offer("memory-test", "Test the memory", Vec::new()),
        offer("exit", "Save and exit: start the system", Vec::new()),
    ]
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if view(world, device).is_none() {
        return Err(Refused("There is no picture: the set-up cannot be reached.".to_owned()));
    }
    if let Some(result) = recovery::apply(world, device, operation) {
        return result;
    }
    let said = match operation.verb.as_str() {
        "boot-order" => boot_order(world, device, operation.value("order"))?,
        "set-date" => set_date(world, device, operation.value("date"))?,
        "set" => set(world, device, operation),
        "memory-test" => return Ok(memory_test(world, device)),
        "exit" => "The machine starts.".to_owned(),
        _ => return operation.unknown(),
    };
    start_again(world, device);
    Ok(said)
}

/// Leaving the set-up starts the machine.
fn start_again(world: &mut World, device: DeviceId) {
    match power::state(world, device) {
        PowerState::Off => power::press(world, device),
        _ => power::restart(world, device),
    }
}

/// The TPM measures what starts the machine; another order or key set is another measurement.
fn measured(world: &mut World, device: DeviceId) {
    let tpm = world.device(device).hardware.firmware.tpm;
    if let Some(windows) = world.device_mut(device).windows_mut()
        && windows.boot.bitlocker
        && tpm
    {
        windows.boot.bitlocker_locked = true;
    }
}

fn boot_order(world: &mut World, device: DeviceId, words: &str) -> Result<String, Refused> {
    let Some((_, order)) = ORDERS.iter().find(|(known, _)| *known == words) else {
        return Err(Refused(format!("There is no boot order “{words}” in the list.")));
    };
    let firmware = &mut world.device_mut(device).hardware.firmware;
    if firmware.boot_order != order {
        firmware.boot_order = order.to_vec();
        measured(world, device);
    }
    Ok(format!("Boot order: {words}. The machine starts."))
}

fn set_date(world: &mut World, device: DeviceId, text: &str) -> Result<String, Refused> {
    let Some(local) = parse_date(text) else {
        return Err(Refused("Write the date and time as 2026-09-07 08:30.".to_owned()));
    };
    let zone = i64::from(world.zone_minutes).saturating_mul(60_000);
    let set = local.shifted(zone.saturating_neg());
    let now = world.now;
    let ahead = i64::try_from((set - now).0).unwrap_or(i64::MAX).saturating_sub(i64::try_from((now - set).0).unwrap_or(i64::MAX));
    let found = world.device_mut(device);
    found.hardware.firmware.clock_lost = false;
    if let Some(windows) = found.windows_mut() {
        windows.clock.offset = ahead;
    }
    Ok(format!("Date and time: {text}. The machine starts."))
}

fn parse_date(text: &str) -> Option<Time> {
    let (date, hour) = text.trim().split_once([' ', 'T'])?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?.parse::<i64>().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (hours, minutes) = hour.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    let sane = (1980..2108).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) && hours < 24 && minutes < 60;
    sane.then(|| Time::from_civil(year, month, day, hours, minutes))
}

fn set(world: &mut World, device: DeviceId, operation: &Operation) -> String {
    let firmware = &mut world.device_mut(device).hardware.firmware;
    let wanted = |name: &str, now: bool| match operation.value(name) {
        "yes" => true,
        "no" => false,
        _ => now,
    };
    firmware.virtualisation = wanted("virtualisation", firmware.virtualisation);
    let secure = wanted("secure-boot", firmware.secure_boot);
    if std::mem::replace(&mut firmware.secure_boot, secure) != secure {
        measured(world, device);
    }
    "The options are saved. The machine starts.".to_owned()
}

/// Reads and writes every cell; a stick that fails is named by its slot.
fn memory_test(world: &mut World, device: DeviceId) -> String {
    if power::state(world, device) == PowerState::Running {
        power::shut_down(world, device);
    }
    world.wait(Span::minutes(20));
    let sticks = &world.device(device).hardware.ram;
    let failing: Vec<_> = sticks.iter().filter(|stick| stick.failing).map(|stick| format!("slot {}", stick.slot)).collect();
    let said = if failing.is_empty() {
        "Memory test: two passes, no errors.".to_owned()
    } else {
        format!("Memory test: hardware errors were detected in {}.", failing.join(", "))
    };
    start_again(world, device);
    said
}
