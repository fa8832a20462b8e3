//! Bluetooth devices of a machine with a radio for them: what is paired, and whether it holds.

use super::parts::{offer_on, refuse, table, windows, windows_mut};
use super::{Operation, Refused, View};
use crate::machine::peripherals::class_works;
use crate::world::windows::BluetoothDevice;
use crate::world::{DeviceId, World};

/// Device Manager's heading of the radio.
const CLASS: &str = "Bluetooth";

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let windows = windows(world, device)?;
    let machine = world.device(device);
    if !machine.hardware.peripherals.iter().any(|peripheral| peripheral.class == CLASS) {
        return None;
    }
    let works = class_works(machine, CLASS);
    let rows = windows.bluetooth.iter().map(|found| vec![found.name.clone(), status(found, works).to_owned()]);
    let names = |paired: bool| -> Vec<String> {
        windows.bluetooth.iter().filter(|found| found.paired == paired).map(|found| found.name.clone()).collect()
    };
    Some(View {
        title: "Bluetooth & devices".to_owned(),
        facts: vec![("Bluetooth".to_owned(), if works { "on" } else { "not available" }.to_owned())],
        tables: vec![table("Devices", &["Name", "Status"], rows.collect())],
        operations: [
            offer_on("remove", "Remove device", names(true), Vec::new()),
            offer_on("pair", "Add device", names(false), Vec::new()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

fn status(found: &BluetoothDevice, works: bool) -> &'static str {
    match (found.paired, works && found.key_matches) {
        (false, _) => "Not paired",
        (true, true) => "Connected",
        (true, false) if works => "Paired: connects and drops again",
        (true, false) => "Paired",
    }
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let works = class_works(world.device(device), CLASS);
    let windows = windows_mut(world, device)?;
    let paired = match operation.verb.as_str() {
        "remove" => true,
        "pair" if !works => return refuse("Try connecting your device again: Bluetooth is not available."),
        "pair" => false,
        _ => return operation.unknown(),
    };
    let mut all = windows.bluetooth.iter_mut();
    let Some(found) = all.find(|found| found.paired == paired && found.name.eq_ignore_ascii_case(&operation.target)) else {
        return refuse(format!("There is no device “{}” to do that with.", operation.target));
    };
    found.paired = !paired;
    // Both ends make a new key when they pair.
    found.key_matches |= found.paired;
    Ok(if paired { format!("{} was removed.", found.name) } else { format!("{} is ready to go.", found.name) })
}
