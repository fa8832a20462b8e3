//! Hands on a printer: clearing, cleaning, and parts that wear.

use crate::world::hardware::SparePart;
use crate::world::{DeviceId, World};

/// Opens the doors and takes out what does not belong: `path` or `sensor`, `drum`, `rollers`.
pub fn clean(world: &mut World, device: DeviceId, what: &str) -> Result<String, String> {
    let Some(printer) = world.device_mut(device).printer_mut() else { return Err("This is no printer.".to_owned()) };
    match what {
        "path" | "sensor" => {
            let found = printer.scrap_at_sensor;
            printer.scrap_at_sensor = false;
            printer.jam = None;
            Ok(if found {
                "A torn corner of paper sat at the exit sensor. The path is clear now.".to_owned()
            } else {
                "There is no paper left in the path.".to_owned()
            })
        }
        "drum" | "wire" => Ok(if printer.drum_scratched {
            "The wire is wiped. The drum has a fine scratch all the way round: wiping does not take it away.".to_owned()
        } else {
            "The wire and the drum are wiped. They were clean.".to_owned()
        }),
        "rollers" | "pick-up roller" => Ok(if printer.pick_up_roller_worn {
            "The pick-up roller is wiped. It is smooth and shiny: it will slip again.".to_owned()
        } else {
            "The rollers are wiped. They grip well.".to_owned()
        }),
        _ => Err("There is nothing like that to clean: path, drum or rollers.".to_owned()),
    }
}

/// Takes a part from the shelf and puts it in: `drum`, `toner`, `fuser`, `pick-up roller`.
pub fn replace(world: &mut World, device: DeviceId, part: &str) -> Result<String, String> {
    let wanted = match part {
        "drum" => SparePart::Drum,
        "toner" => SparePart::Toner,
        "fuser" => SparePart::Fuser,
        "pick-up roller" | "roller" => SparePart::PickUpRoller,
        _ => return Err("This printer has a drum, toner, a fuser and a pick-up roller.".to_owned()),
    };
    if world.device(device).printer().is_none() {
        return Err("This is no printer.".to_owned());
    }
    let Some(spare) = world.shelf.iter_mut().find(|spare| spare.part == wanted && spare.count > 0) else {
        return Err(format!("There is no {part} on the shelf: it has to be ordered."));
    };
    spare.count = spare.count.saturating_sub(1);
    let Some(printer) = world.device_mut(device).printer_mut() else { return Err("This is no printer.".to_owned()) };
    match wanted {
        SparePart::Drum => printer.drum_scratched = false,
        SparePart::Toner => printer.toner = 1000,
        SparePart::Fuser => printer.fuser_works = true,
        _ => {
            printer.pick_up_roller_worn = false;
            printer.jam = printer.scrap_at_sensor.then(|| printer.jam.clone()).flatten();
        }
    }
    Ok(format!("The {part} is new."))
}
