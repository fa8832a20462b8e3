//! Parts: taken out and put back, replaced from the shelf, cleaned.

pub mod raid;

use super::incident;
use crate::machine::power::{self, links};
use crate::machine::print;
use crate::world::device::{Device, Kind, System};
use crate::world::hardware::{Disk, PowerState, Psu, RamStick, SparePart};
use crate::world::port::Media;
use crate::world::{DeviceId, Harm, World};

/// A part as acts name it, with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: &'static str,
    pub at: u8,
    /// What one sees of it.
    pub seen: String,
    pub reseat: bool,
}

/// Everything in a device that can be taken out.
#[must_use]
pub fn parts(world: &World, device: DeviceId) -> Vec<Part> {
    let found = world.device(device);
    let hardware = &found.hardware;
    let mut all = Vec::new();
    let mut add = |name, at: usize, seen: String, reseat| {
        all.push(Part { name, at: u8::try_from(at).unwrap_or(u8::MAX), seen, reseat });
    };
    if let Some(psu) = hardware.psu {
        add("psu", 0, format!("Power supply, {} W", psu.watts), false);
    }
    for (at, stick) in hardware.ram.iter().enumerate() {
        let seat = if stick.seated { "latched" } else { "one latch stands open" };
        add("ram", at, format!("Memory, {} GB, slot {}: {seat}", stick.gib, stick.slot), true);
    }
    for (at, disk) in hardware.disks.iter().enumerate() {
        let seat = if disk.seated { "in place" } else { "not pushed in fully" };
        add("disk", at, format!("{}, {} GB: {seat}", disk.model, disk.gib), true);
    }
    if hardware.cpu.watts > 0 {
        add("fan", 0, "Processor fan".to_owned(), false);
        add("cmos battery", 0, "Coin cell CR2032".to_owned(), false);
    }
    if let Some(card) = &hardware.gpu {
        add("gpu", 0, format!("Graphics card {}", card.model), true);
    }
    if let Some(battery) = hardware.battery {
        add("battery", 0, format!("Battery, {} cycles", battery.cycles), false);
        add("charger", 0, format!("Charger, {} W", battery.charger_watts), false);
    }
    for (at, display) in hardware.displays.iter().enumerate() {
        if display.input != crate::world::hardware::DisplayInput::BuiltIn {
            add("display cable", at, format!("Cable of {}", display.name), true);
        }
    }
    for (at, port) in found.ports.iter().enumerate() {
        if let Media::Fibre(_) = port.media {
            add("optic", at, format!("Optic of {}", port.name), true);
        }
    }
    if matches!(found.system, System::Printer(_)) {
        for name in ["drum", "toner", "fuser", "pick-up roller"] {
            add(name, 0, format!("The printer's {name}"), false);
        }
    }
    all
}

/// A spare that fits is on the shelf.
#[must_use]
pub fn can_replace(world: &World, device: DeviceId, part: &str, at: u8) -> bool {
    spare_for(world, device, part, at).is_some()
}

/// Parts that may be changed while the machine runs.
fn hot(found: &Device, part: &str, at: u8) -> bool {
    match part {
        "disk" => found.hardware.disks.get(usize::from(at)).is_some_and(|disk| disk.raid_slot.is_some()),
        "charger" | "display cable" | "optic" | "toner" | "drum" => true,
        _ => false,
    }
}

/// Opening a machine that runs hurts somebody or something; it is done, and kept.
fn open_case(world: &mut World, device: DeviceId, part: &str, at: u8) {
    if hot(world.device(device), part, at) {
        return;
    }
    let running = power::state(world, device) != PowerState::Off;
    let mains = world.device(device).power.plugged && power::has_button(world, device);
    if running {
        incident(world, device, Harm::Equipment, format!("The {part} was touched while the machine ran."));
        power::hold(world, device);
    } else if part == "psu" && mains {
        incident(world, device, Harm::People, "The power supply was changed with the mains plug in.");
    }
}

pub fn reseat(world: &mut World, device: DeviceId, part: &str, at: u8) -> Result<String, String> {
    let there = parts(world, device).into_iter().find(|found| found.name == part && found.at == at);
    let Some(there) = there.filter(|found| found.reseat) else {
        return Err(format!("There is no {part} {at} in {} that could be taken out and put back.", world.device(device).name));
    };
    open_case(world, device, part, at);
    let index = usize::from(at);
    if part == "disk" {
        raid::pulled(world, device, index);
    }
    let hardware = &mut world.device_mut(device).hardware;
    match part {
        "ram" => hardware.ram.iter_mut().skip(index).take(1).for_each(|stick| stick.seated = true),
        "disk" => hardware.disks.iter_mut().skip(index).take(1).for_each(|disk| disk.seated = true),
        _ => {}
    }
    Ok(format!("Out and in again: {}. It sits firmly now.", there.seen))
}

pub fn replace(world: &mut World, device: DeviceId, part: &str, at: u8) -> Result<String, String> {
    if world.device(device).printer().is_some() {
        return print::parts::replace(world, device, part);
    }
    let name = world.device(device).name.clone();
    if !parts(world, device).iter().any(|found| found.name == part && found.at == at) {
        return Err(format!("There is no {part} {at} in {name}."));
    }
    let Some(shelf) = spare_for(world, device, part, at) else {
        return Err(format!("There is no {part} on the shelf that fits {name}."));
    };
    open_case(world, device, part, at);
    let spare = world.shelf[shelf].part.clone();
    world.shelf[shelf].count = world.shelf[shelf].count.saturating_sub(1);
    let words = world.shelf[shelf].name.clone();
    links::watch(world, |world| put_in(world, device, usize::from(at), &spare));
    if !power::supplied(world, device) && power::state(world, device) == PowerState::Off {
        world.device_mut(device).power.state = PowerState::Off;
    }
    Ok(format!("The old {part} is out, “{words}” from the shelf is in."))
}

/// The position on the shelf of a part that fits.
fn spare_for(world: &World, device: DeviceId, part: &str, at: u8) -> Option<usize> {
    let found = world.device(device);
    let index = usize::from(at);
    let fits = |spare: &SparePart| match (part, spare) {
        ("psu", SparePart::Psu(_))
        | ("cmos battery", SparePart::CmosBattery)
        | ("fan", SparePart::Fan)
        | ("battery", SparePart::LaptopBattery)
        | ("charger", SparePart::Charger(_))
        | ("display cable", SparePart::DisplayCable)
        | ("drum", SparePart::Drum)
        | ("toner", SparePart::Toner)
        | ("fuser", SparePart::Fuser)
        | ("pick-up roller", SparePart::PickUpRoller) => true,
        ("ram", SparePart::Ram(gib)) => found.hardware.ram.get(index).is_some_and(|stick| stick.gib <= *gib),
        ("disk", SparePart::Disk(kind, gib)) => found
            .hardware
            .disks
            .get(index)
            .is_some_and(|disk| disk.gib <= *gib && (disk.kind == *kind || disk.raid_slot.is_none())),
        ("optic", SparePart::Optic(_)) => found.ports.get(index).is_some_and(|port| matches!(port.media, Media::Fibre(_))),
        _ => false,
    };
    let fitting = world.shelf.iter().enumerate().filter(|(_, spare)| spare.count > 0 && fits(&spare.part));
    // The smallest that does: nobody takes the last 2 TB disk for a 256 GB one, nor a charger that is too weak again.
    fitting.min_by_key(|(_, spare)| rank(found, &spare.part)).map(|(at, _)| at)
}

/// Enough first, then small.
fn rank(found: &Device, part: &SparePart) -> (bool, u32) {
    match part {
        SparePart::Psu(watts) => (u32::from(*watts) < power::load::demand(&found.hardware), u32::from(*watts)),
        SparePart::Charger(watts) => {
            (found.hardware.battery.is_some_and(|battery| *watts < battery.needs_watts), u32::from(*watts))
        }
        SparePart::Ram(gib) => (false, u32::from(*gib)),
        SparePart::Disk(_, gib) => (false, *gib),
        _ => (false, 0),
    }
}

fn put_in(world: &mut World, device: DeviceId, at: usize, spare: &SparePart) {
    if let SparePart::Disk(kind, gib) = spare {
        let new = |slot| Disk {
            model: "New disk".to_owned(),
            gib: *gib,
            kind: *kind,
            seated: true,
            alive: true,
            reallocated_sectors: 0,
            pending_sectors: 0,
            power_on_hours: 0,
            temperature: 30_000,
            raid_slot: slot,
            blank: slot.is_none(),
        };
        raid::replaced(world, device, at, new);
        return;
    }
    let found = world.device_mut(device);
    let hardware = &mut found.hardware;
    match spare {
        SparePart::Psu(watts) => hardware.psu = Some(Psu { watts: *watts, works: true }),
        SparePart::Ram(gib) => {
            if let Some(stick) = hardware.ram.get_mut(at) {
                *stick = RamStick { gib: *gib, slot: stick.slot, seated: true, failing: false };
            }
        }
        SparePart::CmosBattery => hardware.cmos.battery_flat = false,
        SparePart::Fan => hardware.cpu.fan_works = true,
        SparePart::LaptopBattery => {
            if let Some(battery) = &mut hardware.battery {
                (battery.full, battery.charge, battery.cycles, battery.swollen) = (battery.design, battery.design / 2, 0, false);
            }
        }
        SparePart::Charger(watts) => {
            if let Some(battery) = &mut hardware.battery {
                battery.charger_watts = *watts;
            }
        }
        SparePart::DisplayCable => {
            // High-speed cables carry the panel's own size at 60 Hz and more.
            hardware.displays.iter_mut().skip(at).take(1).for_each(|display| display.cable_hz = 75);
        }
        SparePart::Optic(optic) => {
            found.ports.iter_mut().skip(at).take(1).for_each(|port| port.media = Media::Fibre(*optic));
        }
        // A printer's own parts are put in by `machine::print`.
        SparePart::Drum
        | SparePart::Toner
        | SparePart::Fuser
        | SparePart::PickUpRoller
        | SparePart::Cable(_)
        | SparePart::Disk(..) => {}
    }
}

pub fn clean(world: &mut World, device: DeviceId, what: &str) -> Result<String, String> {
    if world.device(device).printer().is_some() {
        return print::parts::clean(world, device, what);
    }
    let found = world.device(device);
    let fans = ["fan", "cooler", "dust", "inside", ""].contains(&what);
    if found.hardware.cpu.watts > 0 && fans && matches!(found.kind, Kind::Desktop | Kind::Laptop | Kind::Server) {
        open_case(world, device, "cooler", 0);
        world.device_mut(device).hardware.cpu.dust = 0;
        return Ok("Dust is out of the cooler and the grille.".to_owned());
    }
    Err(format!("There is no {what} to clean on {}.", world.device(device).name))
}
