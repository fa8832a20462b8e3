//! Hands: cables, power, parts, lights. What one can see and do standing in front of a device.

pub(crate) mod cables;
pub(crate) mod look;
pub(crate) mod parts;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use cables::describe as describe_cable;
pub use look::{display_picture, look, port_light};
pub use parts::{Part, can_replace, parts};

use crate::machine::power::{self, links};
use crate::time::Span;
use crate::world::hardware::{DisplayInput, PowerState, USB_CONTROLLERS};
use crate::world::windows::VolumeKind;
use crate::world::{CableId, DeviceId, Harm, Incident, PortRef, World};

/// One act. Script: `do unplug PC-07/Ethernet`, `do plug 12 SW-1/Gi0/5`, `do reseat PC-07 ram 0`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Looks at a device: lights, screen, noises, smells, what is plugged where.
    Look(DeviceId),
    /// Pulls the cable out of a port.
    Unplug(PortRef),
    /// Puts the loose end of a cable into a port.
    Plug(CableId, PortRef),
    /// Takes a cable of the same kind from the shelf and puts it in its place.
    ReplaceCable(CableId),
    /// Cable tester at the cable's ends: wire map, length, or light.
    TestCable(CableId),
    Power(DeviceId, PowerAct),
    /// Takes a part out and puts it back: `ram 0`, `disk 1`.
    Reseat(DeviceId, String, u8),
    /// Puts a part from the shelf in the place of one: `psu`, `ram 0`, `disk 0`, `cmos battery`, `fan`, `drum`.
    Replace(DeviceId, String, u8),
    Clean(DeviceId, String),
    /// Moves a display's cable to another output: `gpu`, `motherboard`.
    MoveDisplay(DeviceId, u8, String),
    /// Moves a peripheral to another USB controller, by name.
    MovePeripheral(DeviceId, String, u8),
    /// Takes a USB stick out.
    RemoveStick(DeviceId),
    /// Disconnects a foreign device from power and network and takes it away.
    TakeAway(DeviceId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PowerAct {
    ButtonOn,
    /// Held for seconds: whatever was not saved is lost.
    ButtonHold,
    Plug,
    Unplug,
    StripOn,
    StripOff,
    Restart,
}

/// Does it and tells what is seen then.
pub fn act(world: &mut World, act: &Act) -> Result<String, String> {
    if !exists(world, act) {
        return Err("There is no such thing here.".to_owned());
    }
    world.wait(cost(act));
    match act {
        Act::Look(device) => Ok(look(world, *device)),
        Act::Unplug(port) => cables::unplug(world, *port),
        Act::Plug(cable, port) => cables::plug(world, *cable, *port),
        Act::ReplaceCable(cable) => cables::replace(world, *cable),
        Act::TestCable(cable) => cables::test(world, *cable),
        Act::Power(device, act) => power_act(world, *device, *act),
        Act::Reseat(device, part, at) => parts::reseat(world, *device, part, *at),
        Act::Replace(device, part, at) => parts::replace(world, *device, part, *at),
        Act::Clean(device, what) => parts::clean(world, *device, what),
        Act::MoveDisplay(device, at, output) => move_display(world, *device, *at, output),
        Act::MovePeripheral(device, name, controller) => move_peripheral(world, *device, name, *controller),
        Act::RemoveStick(device) => remove_stick(world, *device),
        Act::TakeAway(device) => Ok(take_away(world, *device)),
    }
}

/// The device, port and cable that an act names are there: ids come from outside.
fn exists(world: &World, act: &Act) -> bool {
    let device = |id: DeviceId| usize::from(id.0) < world.devices.len();
    let cable = |id: CableId| usize::from(id.0) < world.cables.len();
    let port = |at: PortRef| crate::net::link::at(world, at).is_some();
    match act {
        Act::Unplug(at) => port(*at),
        Act::Plug(id, at) => cable(*id) && port(*at),
        Act::ReplaceCable(id) | Act::TestCable(id) => cable(*id),
        Act::Look(id)
        | Act::Power(id, _)
        | Act::Reseat(id, ..)
        | Act::Replace(id, ..)
        | Act::Clean(id, _)
        | Act::MoveDisplay(id, ..)
        | Act::MovePeripheral(id, ..)
        | Act::RemoveStick(id)
        | Act::TakeAway(id) => device(*id),
    }
}

/// How long hands take beyond the minute that every act takes.
#[must_use]
pub fn cost(act: &Act) -> Span {
    match act {
        Act::Look(_) | Act::Unplug(_) | Act::Plug(..) | Act::Power(..) | Act::RemoveStick(_) => Span::ZERO,
        Act::TestCable(_) | Act::MoveDisplay(..) | Act::MovePeripheral(..) => Span::minutes(1),
        Act::ReplaceCable(_) | Act::TakeAway(_) => Span::minutes(3),
        Act::Reseat(..) => Span::minutes(4),
        Act::Replace(..) | Act::Clean(..) => Span::minutes(9),
    }
}

/// Keeps what should not have been done for graders.
pub(crate) fn incident(world: &mut World, device: DeviceId, harm: Harm, text: impl Into<String>) {
    let at = world.now;
    world.incidents.push(Incident { at, device, harm, text: text.into() });
}

fn power_act(world: &mut World, device: DeviceId, act: PowerAct) -> Result<String, String> {
    let before = power::state(world, device);
    match act {
        PowerAct::ButtonOn => power::press(world, device),
        PowerAct::ButtonHold => {
            if before == PowerState::Running {
                incident(world, device, Harm::Equipment, "The power button was held while the system ran: unsaved work is lost.");
            }
            power::hold(world, device);
        }
        PowerAct::Restart => power::restart(world, device),
        PowerAct::Plug | PowerAct::Unplug | PowerAct::StripOn | PowerAct::StripOff => switch_mains(world, device, act)?,
    }
    let name = world.device(device).name.clone();
    let seen = match (before, power::state(world, device)) {
        (PowerState::Off, PowerState::Off) => "nothing moves, it stays dark",
        (_, PowerState::Off) => "it goes dark",
        (PowerState::Off, PowerState::Starting) => "a light comes on, fans turn, it starts",
        (_, PowerState::Starting) => "the screen goes dark and it starts again",
        (PowerState::Off, _) => "it is on",
        (..) => "it goes on as before",
    };
    Ok(format!("{name}: {seen}."))
}

fn switch_mains(world: &mut World, device: DeviceId, act: PowerAct) -> Result<(), String> {
    if world.device(device).power.poe_mw > 0 && matches!(act, PowerAct::Plug | PowerAct::Unplug) {
        return Err("It has no mains plug: it lives on the power of its network cable.".to_owned());
    }
    let had = power::supplied(world, device);
    let running = power::state(world, device) == PowerState::Running;
    links::watch(world, |world| {
        let mains = &mut world.device_mut(device).power;
        match act {
            PowerAct::Plug => mains.plugged = true,
            PowerAct::Unplug => mains.plugged = false,
            PowerAct::StripOn => mains.strip_on = true,
            _ => mains.strip_on = false,
        }
    });
    match (had, power::supplied(world, device)) {
        (true, false) => {
            if running {
                incident(world, device, Harm::Equipment, "It lost its power while it ran.");
            }
            power::power_loss(world, device);
        }
        (false, true) => power::power_back(world, device),
        _ => {}
    }
    Ok(())
}

fn move_display(world: &mut World, device: DeviceId, at: u8, output: &str) -> Result<String, String> {
    let has_card = world.device(device).hardware.gpu.is_some();
    let Some(display) = world.device_mut(device).hardware.displays.get_mut(usize::from(at)) else {
        return Err("There is no such display.".to_owned());
    };
    let to = match output {
        "gpu" if has_card => DisplayInput::Gpu,
        "gpu" => return Err("There is no graphics card, only the board's own sockets.".to_owned()),
        "motherboard" => DisplayInput::Motherboard,
        "none" => DisplayInput::None,
        other => return Err(format!("There is no socket “{other}”: gpu, motherboard or none.")),
    };
    if display.input == DisplayInput::BuiltIn {
        return Err("It is built in: there is no cable to move.".to_owned());
    }
    display.input = to;
    Ok(display_picture(world, device, at))
}

fn move_peripheral(world: &mut World, device: DeviceId, name: &str, controller: u8) -> Result<String, String> {
    let peripherals = &mut world.device_mut(device).hardware.peripherals;
    let there = peripherals.iter().any(|other| {
        other.class == USB_CONTROLLERS && other.controller == Some(controller) && !other.name.eq_ignore_ascii_case(name)
    });
    let Some(found) = peripherals.iter_mut().find(|peripheral| peripheral.name.eq_ignore_ascii_case(name)) else {
        return Err(format!("There is no “{name}” here."));
    };
    if found.controller.is_none() || found.class == USB_CONTROLLERS {
        return Err(format!("{} does not hang on USB.", found.name));
    }
    if !there {
        return Err(format!("There is no USB controller {controller}."));
    }
    found.controller = Some(controller);
    Ok(format!("{} is plugged into a socket of USB controller {controller} now.", found.name))
}

fn remove_stick(world: &mut World, device: DeviceId) -> Result<String, String> {
    let machine = world.device_mut(device);
    if machine.hardware.removable.is_empty() {
        return Err("There is no USB stick in it.".to_owned());
    }
    let stick = machine.hardware.removable.remove(0);
    if let (Some(letter), Some(windows)) = (stick.letter, machine.windows_mut()) {
        // Its drive goes with it, and everything on it.
        let drive = format!("{letter}:\\");
        windows.volumes.retain(|volume| volume.kind != VolumeKind::Removable || volume.letter != Some(letter));
        windows.files.0.retain(|path, _| !path.starts_with(&drive));
    }
    Ok(format!("“{}” is out.", stick.name))
}

fn take_away(world: &mut World, device: DeviceId) -> String {
    links::watch(world, |world| {
        for cable in &mut world.cables {
            for end in &mut cable.ends {
                if end.is_some_and(|end| end.device == device) {
                    *end = None;
                }
            }
        }
        world.device_mut(device).power.plugged = false;
    });
    if !power::supplied(world, device) {
        power::power_loss(world, device);
    }
    format!("{} is off the network, without power, and taken away.", world.device(device).name)
}

/// What a person reads on the screen of a device instead of their work; empty when there is nothing unusual.
#[must_use]
pub fn screen(world: &World, device: DeviceId) -> String {
    match power::state(world, device) {
        PowerState::Halted => power::stop(world, device).map(|stop| stop.screen()).unwrap_or_default(),
        PowerState::Running if !look::desktop_comes(world, device) => "A black screen with a mouse pointer.".to_owned(),
        _ => String::new(),
    }
}
