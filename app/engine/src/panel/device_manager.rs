//! Device Manager.

use super::parts::windows;
use super::{Field, Input, Offer, Operation, Refused, Table, View};
use crate::machine::peripherals::{self, code, message};
use crate::machine::power::links;
use crate::time::Span;
use crate::world::hardware::Peripheral;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    windows(world, device)?;
    let found = world.device(device);
    let listed: Vec<(usize, &Peripheral)> = listed(found.hardware.peripherals.iter().enumerate());
    let rows = listed.iter().map(|(at, peripheral)| {
        let mark = match code(found, *at) {
            None => "",
            Some(22) => "down arrow",
            Some(_) => "yellow mark",
        };
        let class = if code(found, *at) == Some(28) { "Other devices" } else { peripheral.class.as_str() };
        let words = [
            peripheral.name.as_str(),
            class,
            mark,
            message(code(found, *at)),
            peripheral.driver.version.as_str(),
            peripheral.driver.previous.as_deref().unwrap_or("none"),
        ];
        words.map(str::to_owned).to_vec()
    });
    let columns = ["Device", "Class", "Mark", "Device status", "Driver version", "Roll back to"].map(str::to_owned).to_vec();
    Some(View {
        title: format!("Device Manager – {}", found.name),
        tables: vec![Table { title: "Devices".to_owned(), columns, rows: rows.collect() }],
        operations: offers(&listed),
        ..View::default()
    })
}

/// Hidden: what is not plugged in, and what was uninstalled and not scanned for since.
fn listed<'p>(all: impl Iterator<Item = (usize, &'p Peripheral)>) -> Vec<(usize, &'p Peripheral)> {
    all.filter(|(_, peripheral)| peripheral.connected && !uninstalled(peripheral)).collect()
}

/// Uninstalling leaves the package in the driver store: no driver is loaded, one is known.
fn uninstalled(peripheral: &Peripheral) -> bool {
    peripheral.driver.version.is_empty() && peripheral.driver.previous.is_some()
}

fn offers(listed: &[(usize, &Peripheral)]) -> Vec<Offer> {
    let names = |wanted: &dyn Fn(&Peripheral) -> bool| {
        listed
            .iter()
            .filter(|(_, peripheral)| wanted(peripheral))
            .map(|(_, peripheral)| peripheral.name.clone())
            .collect::<Vec<_>>()
    };
    let offer = |verb: &str, label: &str, targets: Vec<String>, fields| Offer {
        verb: verb.to_owned(),
        label: label.to_owned(),
        targets,
        fields,
    };
    let package = Field {
        name: "delete-driver".to_owned(),
        label: "Attempt to remove the driver for this device".to_owned(),
        input: Input::Toggle,
        value: "no".to_owned(),
    };
    vec![
        offer("enable", "Enable device", names(&|peripheral| peripheral.disabled), Vec::new()),
        offer("disable", "Disable device", names(&|peripheral| !peripheral.disabled), Vec::new()),
        offer("update", "Update driver", names(&|_| true), Vec::new()),
        offer("roll-back", "Roll back driver", names(&|peripheral| peripheral.driver.previous.is_some()), Vec::new()),
        offer("uninstall", "Uninstall device", names(&|_| true), vec![package]),
        offer("scan", "Scan for hardware changes", Vec::new(), Vec::new()),
    ]
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if view(world, device).is_none() {
        return Err(Refused("Device Manager is not there: Windows does not run.".to_owned()));
    }
    if operation.verb == "scan" {
        return Ok(scan(world, device));
    }
    let found = peripherals::find(world, device, &operation.target).filter(|at| {
        world
            .device(device)
            .hardware
            .peripherals
            .get(*at)
            .is_some_and(|peripheral| peripheral.connected && !uninstalled(peripheral))
    });
    let Some(at) = found else { return Err(Refused(format!("There is no device “{}” in the list.", operation.target))) };
    match operation.verb.as_str() {
        "enable" => change(world, device, at, |peripheral| {
            peripheral.disabled = false;
            Ok("The device was enabled.".to_owned())
        }),
        "disable" => change(world, device, at, |peripheral| {
            peripheral.disabled = true;
            Ok("The device was disabled.".to_owned())
        }),
        "update" => {
            world.wait(Span::minutes(2));
            change(world, device, at, |peripheral| Ok(update(peripheral)))
        }
        "roll-back" => change(world, device, at, roll_back),
        "uninstall" => {
            change(world, device, at, |peripheral| Ok(uninstall(peripheral, operation.value("delete-driver") == "yes")))
        }
        _ => operation.unknown(),
    }
}

/// Drivers change links and codes at once.
fn change(
    world: &mut World,
    device: DeviceId,
    at: usize,
    how: impl FnOnce(&mut Peripheral) -> Result<String, Refused>,
) -> Result<String, Refused> {
    let said = links::watch(world, |world| world.device_mut(device).hardware.peripherals.get_mut(at).map(how));
    let said = said.unwrap_or_else(|| Err(Refused("The device is gone.".to_owned())))?;
    Ok(format!("{said} Device status: {}", message(code(world.device(device), at))))
}

/// "Search automatically for drivers": helps where none is there or the one that is there does not start.
fn update(peripheral: &mut Peripheral) -> String {
    /// The driver that Windows brings itself.
    const INBOX: &str = "10.0.26100.1";
    if peripheral.driver.version.is_empty() {
        INBOX.clone_into(&mut peripheral.driver.version);
        return "Windows has successfully updated your drivers.".to_owned();
    }
    if peripheral.driver.cannot_start {
        peripheral.driver.cannot_start = false;
        let newer = next(&peripheral.driver.version);
        peripheral.driver.previous = Some(std::mem::replace(&mut peripheral.driver.version, newer));
        return "Windows has successfully updated your drivers.".to_owned();
    }
    "The best drivers for your device are already installed.".to_owned()
}

/// The version after this one: its last number is one higher.
fn next(version: &str) -> String {
    match version.rsplit_once('.').and_then(|(front, last)| Some((front, last.parse::<u32>().ok()?))) {
        Some((front, last)) => format!("{front}.{}", last.saturating_add(1)),
        None => format!("{version}.1"),
    }
}

fn roll_back(peripheral: &mut Peripheral) -> Result<String, Refused> {
    let Some(previous) = peripheral.driver.previous.take() else {
        return Err(Refused("The Roll Back Driver button is grey: no earlier driver is kept for this device.".to_owned()));
    };
    peripheral.driver.version = previous;
    peripheral.driver.faulty = false;
    Ok("The earlier driver is in use again.".to_owned())
}

fn uninstall(peripheral: &mut Peripheral, package: bool) -> String {
    let version = std::mem::take(&mut peripheral.driver.version);
    peripheral.disabled = false;
    if package && peripheral.driver.previous.is_some() {
        // The earlier package is what the next scan finds.
        peripheral.driver.faulty = false;
        peripheral.driver.cannot_start = false;
    } else {
        peripheral.driver.previous = Some(version);
    }
    "The device was uninstalled.".to_owned()
}

fn scan(world: &mut World, device: DeviceId) -> String {
    links::watch(world, |world| {
        for peripheral in world.device_mut(device).hardware.peripherals.iter_mut().filter(|found| found.connected) {
            if uninstalled(peripheral) {
                peripheral.driver.version = peripheral.driver.previous.take().unwrap_or_default();
            }
        }
    });
    "Devices that were found have the drivers that Windows knows for them.".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panel::{self, PanelKind};
    use crate::site::profile::windows::tests::clinic;

    fn apply_to(world: &mut World, verb: &str, target: &str) -> Result<String, Refused> {
        let pc = world.find("PC-01").unwrap();
        let operation = Operation { verb: verb.to_owned(), target: target.to_owned(), ..Operation::default() };
        panel::apply(world, pc, PanelKind::DeviceManager, &operation)
    }

    fn status(world: &World, name: &str) -> String {
        let pc = world.find("PC-01").unwrap();
        let view = view(world, pc).unwrap();
        view.tables[0].rows.iter().find(|row| row[0] == name).map_or_else(String::new, |row| row[3].clone())
    }

    #[test]
    fn codes_follow_what_is_done() {
        const SOUND: &str = "High Definition Audio Device";
        let mut world = clinic();
        assert_eq!(status(&world, SOUND), "This device is working properly.");
        apply_to(&mut world, "disable", SOUND).unwrap();
        assert_eq!(status(&world, SOUND), "This device is disabled. (Code 22)");
        apply_to(&mut world, "enable", SOUND).unwrap();
        let pc = world.find("PC-01").unwrap();
        let at = peripherals::find(&world, pc, SOUND).unwrap();
        let driver = &mut world.device_mut(pc).hardware.peripherals[at].driver;
        (driver.faulty, driver.previous) = (true, Some("9.9".to_owned()));
        assert_eq!(status(&world, SOUND), "Windows has stopped this device because it has reported problems. (Code 43)");
        assert!(apply_to(&mut world, "update", SOUND).unwrap().contains("already installed"));
        apply_to(&mut world, "roll-back", SOUND).unwrap();
        assert_eq!(status(&world, SOUND), "This device is working properly.");
        assert!(apply_to(&mut world, "roll-back", SOUND).unwrap_err().0.contains("grey"));
    }

    #[test]
    fn uninstalling_and_scanning_brings_the_same_driver_back() {
        const SOUND: &str = "High Definition Audio Device";
        let mut world = clinic();
        let before = crate::hash::of(&world.device(world.find("PC-01").unwrap()).hardware);
        apply_to(&mut world, "uninstall", SOUND).unwrap();
        assert_eq!(status(&world, SOUND), "");
        assert!(apply_to(&mut world, "disable", SOUND).is_err());
        apply_to(&mut world, "scan", "").unwrap();
        assert_eq!(crate::hash::of(&world.device(world.find("PC-01").unwrap()).hardware), before);
    }

    #[test]
    fn a_disabled_network_adapter_has_no_link() {
        let mut world = clinic();
        let pc = world.find("PC-01").unwrap();
        let port = crate::world::PortRef { device: pc, port: crate::world::PortIndex(0) };
        assert!(crate::net::link::of(&world, port).is_some());
        apply_to(&mut world, "disable", "Gigabit Network Connection").unwrap();
        assert!(crate::net::link::of(&world, port).is_none());
    }
}
