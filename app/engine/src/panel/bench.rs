//! Physical bench: what stands there, and what hands can do with it.

use super::{Field, Input, Offer, Operation, Refused, Table, View};
use crate::machine::power::load;
use crate::physical::{self, Act, PowerAct};
use crate::world::port::Media;
use crate::world::{CableId, DeviceId, PortIndex, PortRef, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let found = world.device(device);
    if found.kind == crate::world::device::Kind::Internet {
        return None;
    }
    let facts = physical::look(world, device);
    let facts = facts.lines().enumerate().map(|(at, line)| match line.split_once(": ") {
        Some((label, value)) if at > 0 => (label.to_owned(), value.to_owned()),
        _ => ("Device".to_owned(), line.to_owned()),
    });
    Some(View {
        title: format!("Physical bench – {}", found.name),
        facts: facts.collect(),
        tables: vec![parts(world, device), cables(world, device), shelf(world)],
        operations: offers(world, device),
        ..View::default()
    })
}

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { title: title.to_owned(), columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows }
}

fn parts(world: &World, device: DeviceId) -> Table {
    let rows = physical::parts(world, device).into_iter().map(|part| {
        let spare = if physical::can_replace(world, device, part.name, part.at) { "yes" } else { "no" };
        vec![format!("{} {}", part.name, part.at), part.seen, spare.to_owned()]
    });
    table("Parts", &["Part", "What one sees", "Spare on the shelf"], rows.collect())
}

fn cables(world: &World, device: DeviceId) -> Table {
    let here = |at: usize| world.cables[at].ends.iter().flatten().any(|end| end.device == device);
    let loose = |at: usize| world.cables[at].ends.contains(&None);
    let rows = (0..world.cables.len()).filter(|at| here(*at) || loose(*at)).map(|at| {
        let id = CableId(u16::try_from(at).unwrap_or(u16::MAX));
        vec![at.to_string(), physical::describe_cable(world, id)]
    });
    table("Cables", &["Cable", "Where it runs"], rows.collect())
}

fn shelf(world: &World) -> Table {
    let rows = world.shelf.iter().map(|spare| vec![spare.name.clone(), what_it_is(&spare.name), spare.count.to_string()]);
    table("Shelf", &["Part", "What it is", "Count"], rows.collect())
}

/// A spare's label on the shelf, `ram 8`, in words; the rest says what it is by itself.
fn what_it_is(label: &str) -> String {
    let (kind, size) = label.rsplit_once(' ').unwrap_or((label, ""));
    match kind {
        "ram" => format!("Memory module, {size} GB"),
        "psu" => format!("Power supply, {size} W"),
        "disk ssd" | "disk nvme" => format!("Solid-state drive, {size} GB"),
        "disk hdd" => format!("Hard disk, {size} GB"),
        "charger" => format!("Charger, {size} W"),
        "optic" => format!("Optic, {}", size.to_uppercase()),
        "cable" => format!("Patch cable, {}", size.replace("cat", "Cat ")),
        _ => match label {
            "fan" => "Processor fan",
            "cmos battery" => "Coin cell for the board's clock",
            "toner" => "Toner cartridge",
            "drum" => "Printer drum",
            "fuser" => "Fuser unit",
            "laptop battery" => "Battery pack of a laptop",
            "pick-up roller" => "Pick-up roller of a printer",
            "display cable" => "Cable between computer and monitor",
            other => other,
        }
        .to_owned(),
    }
}

fn field(name: &str, label: &str, choices: Vec<String>) -> Field {
    let input = if choices.is_empty() { Input::Text } else { Input::Choice(choices) };
    Field { name: name.to_owned(), label: label.to_owned(), input, value: String::new() }
}

fn offers(world: &World, device: DeviceId) -> Vec<Offer> {
    let found = world.device(device);
    let mut all: Vec<Offer> = Vec::new();
    let mut offer = |verb: &str, label: &str, targets: Vec<String>, fields: Vec<Field>| {
        all.push(Offer { verb: verb.to_owned(), label: label.to_owned(), targets, fields });
    };
    for (verb, label, _) in POWER {
        let mains = matches!(*verb, "plug-power" | "unplug-power");
        if !(mains && found.power.poe_mw > 0) {
            offer(verb, label, Vec::new(), Vec::new());
        }
    }
    let all_parts = physical::parts(world, device);
    let named = |part: &physical::Part| format!("{} {}", part.name, part.at);
    let reseat: Vec<_> = all_parts.iter().filter(|part| part.reseat).map(named).collect();
    if !reseat.is_empty() {
        offer("reseat", "Take out and put back", reseat, Vec::new());
    }
    let replace = all_parts.iter().filter(|part| physical::can_replace(world, device, part.name, part.at)).map(named);
    let replace: Vec<_> = replace.collect();
    if !replace.is_empty() {
        offer("replace", "Replace from the shelf", replace, Vec::new());
    }
    if found.hardware.cpu.watts > 0 || found.printer().is_some() {
        offer("clean", "Clean", Vec::new(), Vec::new());
    }
    if found.hardware.cpu.watts > 0 {
        offer("work", "Work it hard for five minutes", Vec::new(), Vec::new());
    }
    let (plugged, free) = ports(world, device);
    let ids = |rows: &[Vec<String>]| rows.iter().filter_map(|row| row.first().cloned()).collect::<Vec<_>>();
    let cables = ids(&cables(world, device).rows);
    offer("unplug", "Pull the cable out", plugged, Vec::new());
    offer("plug", "Plug a cable in", free, vec![field("cable", "Cable", cables.clone())]);
    offer("replace-cable", "Replace the cable", cables.clone(), Vec::new());
    offer("test-cable", "Put the tester on it", cables, Vec::new());
    let displays: Vec<_> = found.hardware.displays.iter().map(|display| display.name.clone()).collect();
    if !displays.is_empty() {
        let sockets = ["motherboard", "gpu", "none"].map(str::to_owned).to_vec();
        offer("move-display", "Plug a display's cable into", displays, vec![field("socket", "Socket", sockets)]);
    }
    let usb = found.hardware.peripherals.iter().filter(|peripheral| peripheral.controller.is_some() && peripheral.endpoints > 0);
    let usb: Vec<_> = usb.map(|peripheral| peripheral.name.clone()).collect();
    if !usb.is_empty() {
        offer("move-usb", "Plug into another USB controller", usb, vec![field("controller", "Controller", Vec::new())]);
    }
    if !found.hardware.removable.is_empty() {
        offer("remove-stick", "Take the USB stick out", Vec::new(), Vec::new());
    }
    offer("take-away", "Disconnect it and take it away", Vec::new(), Vec::new());
    all
}

const POWER: &[(&str, &str, PowerAct)] = &[
    ("press", "Press the power button", PowerAct::ButtonOn),
    ("hold", "Hold the power button", PowerAct::ButtonHold),
    ("restart", "Restart", PowerAct::Restart),
    ("plug-power", "Put the power plug in", PowerAct::Plug),
    ("unplug-power", "Pull the power plug", PowerAct::Unplug),
    ("strip-on", "Switch the power strip on", PowerAct::StripOn),
    ("strip-off", "Switch the power strip off", PowerAct::StripOff),
];

/// Names of ports with a cable in them, and of those without.
fn ports(world: &World, device: DeviceId) -> (Vec<String>, Vec<String>) {
    let wired = (0_u8..).zip(&world.device(device).ports).filter(|(_, port)| port.media != Media::Radio);
    let (plugged, free): (Vec<_>, Vec<_>) = wired.partition(|(at, _)| {
        let port = PortRef { device, port: PortIndex(*at) };
        world.cables.iter().any(|cable| cable.ends.contains(&Some(port)))
    });
    let names = |ports: Vec<(u8, &crate::world::port::Port)>| ports.into_iter().map(|(_, port)| port.name.clone()).collect();
    (names(plugged), names(free))
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if let Some((_, _, act)) = POWER.iter().find(|(verb, ..)| *verb == operation.verb) {
        return physical::act(world, &Act::Power(device, *act)).map_err(Refused);
    }
    if operation.verb == "work" {
        return work(world, device);
    }
    let act = act(world, device, operation)?;
    physical::act(world, &act).map_err(Refused)
}

fn act(world: &World, device: DeviceId, operation: &Operation) -> Result<Act, Refused> {
    let target = operation.target.as_str();
    let number = |text: &str| text.trim().parse::<u16>().ok();
    Ok(match operation.verb.as_str() {
        "reseat" | "replace" => {
            let (part, at) = target.rsplit_once(' ').and_then(|(part, at)| Some((part, at.parse().ok()?))).unwrap_or((target, 0));
            let part = part.to_owned();
            if operation.verb == "reseat" { Act::Reseat(device, part, at) } else { Act::Replace(device, part, at) }
        }
        "clean" => Act::Clean(device, target.to_owned()),
        "unplug" => Act::Unplug(port(world, device, target)?),
        "plug" => {
            let cable = number(operation.value("cable")).ok_or_else(|| Refused("Say which cable, by its number.".to_owned()))?;
            Act::Plug(CableId(cable), port(world, device, target)?)
        }
        "replace-cable" | "test-cable" => {
            let cable = number(target).ok_or_else(|| Refused("Say which cable, by its number.".to_owned()))?;
            if operation.verb == "test-cable" { Act::TestCable(CableId(cable)) } else { Act::ReplaceCable(CableId(cable)) }
        }
        "move-display" => {
            let displays = &world.device(device).hardware.displays;
            let at = displays.iter().position(|display| display.name.eq_ignore_ascii_case(target));
            let at = at.ok_or_else(|| Refused(format!("There is no display “{target}”.")))?;
            Act::MoveDisplay(device, u8::try_from(at).unwrap_or(u8::MAX), operation.value("socket").to_owned())
        }
        "move-usb" => {
            let controller = operation.value("controller").trim().parse();
            let controller = controller.map_err(|_| Refused("Say which controller, by its number.".to_owned()))?;
            Act::MovePeripheral(device, target.to_owned(), controller)
        }
        "remove-stick" => Act::RemoveStick(device),
        "take-away" => Act::TakeAway(device),
        _ => return operation.unknown(),
    })
}

fn port(world: &World, device: DeviceId, name: &str) -> Result<PortRef, Refused> {
    let at = world.device(device).ports.iter().position(|port| port.name.eq_ignore_ascii_case(name));
    let at = at.ok_or_else(|| Refused(format!("There is no port “{name}”.")))?;
    Ok(PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) })
}

fn work(world: &mut World, device: DeviceId) -> Result<String, Refused> {
    let Some(outcome) = load::work(world, device) else {
        return Err(Refused("It does not run.".to_owned()));
    };
    let hardware = &world.device(device).hardware;
    let degrees = load::temperature(hardware, true) / 1000;
    Ok(match outcome {
        load::UnderLoad::Holds => format!("It runs on. Processor {degrees} °C."),
        load::UnderLoad::Overheats => {
            format!("The temperature rose to {} °C, then it went dark at once.", load::TRIP / 1000)
        }
        load::UnderLoad::Overloads => format!("At {degrees} °C it went dark at once."),
        load::UnderLoad::Crashes(code) => {
            format!("Blue screen: “Stop code: {}”. It restarts.", load::stop_name(code))
        }
    })
}
