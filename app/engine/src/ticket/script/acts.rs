//! Physical acts.

use super::{Names, device};
use crate::physical::{Act, PowerAct};
use crate::world::{CableId, PortIndex, PortRef};

const HELP: &str = "Write: do look D | unplug D/PORT | plug CABLE D/PORT | replace-cable CABLE | test-cable CABLE | power D \
                    on|hold|plug|unplug|strip-on|strip-off|restart | reseat D PART N | replace D PART N | clean D PART | \
                    move-display D N gpu|motherboard | move-device D NAME N | remove-stick D | take-away D";

pub fn act(words: &[String], names: &Names<'_>) -> Result<Act, String> {
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    Ok(match words.as_slice() {
        ["look", name] => Act::Look(device(name, names)?),
        ["unplug", end] => Act::Unplug(port(end, names)?),
        ["plug", number, end] => Act::Plug(cable(number, names)?, port(end, names)?),
        ["replace-cable", number] => Act::ReplaceCable(cable(number, names)?),
        ["test-cable", number] => Act::TestCable(cable(number, names)?),
        ["power", name, what] => Act::Power(device(name, names)?, power(what)?),
        ["reseat", name, part] => Act::Reseat(device(name, names)?, (*part).to_owned(), 0),
        ["reseat", name, part, at] => Act::Reseat(device(name, names)?, (*part).to_owned(), number(at)?),
        ["replace", name, part] => Act::Replace(device(name, names)?, (*part).to_owned(), 0),
        ["replace", name, part, at] => Act::Replace(device(name, names)?, (*part).to_owned(), number(at)?),
        ["clean", name, part] => Act::Clean(device(name, names)?, (*part).to_owned()),
        ["move-display", name, at, to] => Act::MoveDisplay(device(name, names)?, number(at)?, (*to).to_owned()),
        ["move-device", name, what, at] => Act::MovePeripheral(device(name, names)?, (*what).to_owned(), number(at)?),
        ["remove-stick", name] => Act::RemoveStick(device(name, names)?),
        ["take-away", name] => Act::TakeAway(device(name, names)?),
        _ => return Err(HELP.to_owned()),
    })
}

fn number(text: &str) -> Result<u8, String> {
    text.parse().map_err(|_| format!("“{text}” is no number of a part."))
}

fn power(word: &str) -> Result<PowerAct, String> {
    Ok(match word {
        "on" => PowerAct::ButtonOn,
        "hold" => PowerAct::ButtonHold,
        "plug" => PowerAct::Plug,
        "unplug" => PowerAct::Unplug,
        "strip-on" => PowerAct::StripOn,
        "strip-off" => PowerAct::StripOff,
        "restart" => PowerAct::Restart,
        _ => return Err("power takes on, hold, plug, unplug, strip-on, strip-off or restart.".to_owned()),
    })
}

/// `SW-1/Gi0/5`: the device's label ends at the first slash.
fn port(text: &str, names: &Names<'_>) -> Result<PortRef, String> {
    let (name, port) = text.split_once('/').ok_or_else(|| format!("“{text}” is no port: write DEVICE/PORT."))?;
    let device = device(name, names)?;
    let ports = &names.world.device(device).ports;
    let at = ports.iter().position(|one| one.name.eq_ignore_ascii_case(port));
    at.map(|at| PortRef { device, port: PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) }).ok_or_else(|| {
        format!("{name} has no port “{port}”: {}.", ports.iter().map(|port| port.name.as_str()).collect::<Vec<_>>().join(", "))
    })
}

/// By its label, by its number, or by a port that it is in: `at:PC-01/Ethernet`.
fn cable(text: &str, names: &Names<'_>) -> Result<CableId, String> {
    let cables = &names.world.cables;
    let at = match text.strip_prefix("at:") {
        Some(end) => {
            let end = port(end, names)?;
            cables.iter().position(|cable| cable.ends.contains(&Some(end)))
        }
        None => cables
            .iter()
            .position(|cable| !cable.label.is_empty() && cable.label.eq_ignore_ascii_case(text))
            .or_else(|| text.parse::<usize>().ok().filter(|at| *at < cables.len())),
    };
    at.map(|at| CableId(u16::try_from(at).unwrap_or(u16::MAX)))
        .ok_or_else(|| format!("There is no cable “{text}”: give its label, its number or at:DEVICE/PORT."))
}
