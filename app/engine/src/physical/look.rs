//! What is seen, heard and smelled in front of a device. All of it is read from the model.

use super::cables;
use crate::machine::power::{self, boot::Signal, load};
use crate::net::link;
use crate::world::device::{Device, Kind, System};
use crate::world::hardware::{DiskKind, DisplayInput, PowerState};
use crate::world::port::Media;
use crate::world::{CableId, DeviceId, PortIndex, PortRef, World};

/// Disks with this many remapped sectors are heard (no standard says when; drives that click have hundreds).
const CLICKS: u32 = 100;
/// Dust that is seen through the grille, permille.
const DUSTY: u16 = 350;

/// Everything about a device that needs no tool.
#[must_use]
pub fn look(world: &World, device: DeviceId) -> String {
    let found = world.device(device);
    let place = world.places.get(usize::from(found.place.0)).map_or("", |place| place.name.as_str());
    let mut lines = vec![format!("{} – {}, {place}", found.name, found.model)];
    lines.push(format!("Power: {}", mains(world, device)));
    lines.extend(signal(world, device).map(|signal| {
        let beeps = if signal.beeps == 0 { "no beep".to_owned() } else { format!("{} beeps, again and again", signal.beeps) };
        format!("Start: {beeps}; the light “{}” on the board is lit", signal.led)
    }));
    for at in 0..found.hardware.displays.len() {
        lines.push(display_picture(world, device, u8::try_from(at).unwrap_or(u8::MAX)));
    }
    lines.extend(noises(world, device));
    lines.extend(battery(found));
    lines.extend(raid_lights(found));
    lines.extend(found.hardware.removable.iter().map(|stick| format!("USB: a stick “{}” is plugged in", stick.name)));
    for (at, port) in (0_u8..).zip(&found.ports) {
        if port.media != Media::Radio {
            lines.push(port_line(world, PortRef { device, port: PortIndex(at) }));
        }
    }
    if let System::Printer(printer) = &found.system
        && let Some(page) = printer.output.last()
    {
        lines.push(format!("Tray: {} pages, the last is “{}”", printer.output.len(), page.document));
    }
    lines.join("\n") + "\n"
}

fn mains(world: &World, device: DeviceId) -> String {
    let power = world.device(device).power;
    let feed = if power.poe_mw > 0 {
        "by its network cable".to_owned()
    } else if !power.plugged {
        "its plug is out".to_owned()
    } else if power.strip_on {
        "plugged in, the lamp of the strip is lit".to_owned()
    } else {
        "plugged in, the lamp of the strip is dark, and so is everything else on that strip".to_owned()
    };
    let light = match power::state(world, device) {
        PowerState::Starting => "the power light is on, it is starting",
        PowerState::Running | PowerState::Halted => "the power light is on",
        PowerState::Off if power::supplied(world, device) && power::has_button(world, device) => {
            "it is off; a small standby light is lit on the board"
        }
        PowerState::Off => "no light at all, not even standby",
    };
    format!("{feed}; {light}")
}

/// The beeps and lights of a machine that hangs before its system.
fn signal(world: &World, device: DeviceId) -> Option<Signal> {
    if !matches!(power::state(world, device), PowerState::Halted | PowerState::Starting) {
        return None;
    }
    power::stop(world, device)?.signal()
}

/// What a display shows, in one line.
#[must_use]
pub fn display_picture(world: &World, device: DeviceId, at: u8) -> String {
    let hardware = &world.device(device).hardware;
    let Some(display) = hardware.displays.get(usize::from(at)) else { return String::new() };
    let state = power::state(world, device);
    let socket = match display.input {
        DisplayInput::None => "its cable hangs loose",
        DisplayInput::Motherboard => "cable in the board's socket",
        DisplayInput::Gpu => "cable in the graphics card",
        DisplayInput::BuiltIn => "built in",
    };
    let shown = if state == PowerState::Off {
        "dark".to_owned()
    } else if !carries_picture(world, device, display.input) {
        "“No signal”".to_owned()
    } else {
        let picture = picture(world, device);
        if display.backlight_works {
            picture + quality(display)
        } else {
            format!("dark; with a torch one can make out: {picture}")
        }
    };
    format!("{}: {shown} ({socket})", display.name)
}

/// The socket gives a picture: a graphics card switches the board's own sockets off.
pub(crate) fn carries_picture(world: &World, device: DeviceId, input: DisplayInput) -> bool {
    let hardware = &world.device(device).hardware;
    let post_ok = !power::stop(world, device).is_some_and(|stop| matches!(stop, power::Stop::Memory | power::Stop::Graphics));
    post_ok
        && match input {
            DisplayInput::None => false,
            DisplayInput::Motherboard => hardware.gpu.is_none(),
            DisplayInput::Gpu => hardware.gpu.as_ref().is_some_and(|card| card.works),
            DisplayInput::BuiltIn => true,
        }
}

fn quality(display: &crate::world::hardware::Display) -> &'static str {
    match (display.native_resolution, display.refresh_hz) {
        (false, _) => "; letters are blurred",
        (true, ..50) => "; it flickers and stutters",
        _ => "",
    }
}

fn picture(world: &World, device: DeviceId) -> String {
    let found = world.device(device);
    match power::state(world, device) {
        PowerState::Off => "dark".to_owned(),
        PowerState::Starting => "the maker's logo".to_owned(),
        PowerState::Halted => {
            power::stop(world, device).map_or_else(String::new, |stop| format!("“{}”", stop.screen().replace('\n', " / ")))
        }
        PowerState::Running => match &found.system {
            System::Windows(windows) if !shell_starts(windows) && windows.signed_in.is_some() => {
                "black, with a mouse pointer".to_owned()
            }
            System::Windows(windows) => windows
                .signed_in
                .as_ref()
                .map_or_else(|| "the sign-in screen".to_owned(), |user| format!("the desktop of {user}")),
            System::Linux(linux) => linux
                .emergency
                .as_ref()
                .map_or_else(|| "a sign-in prompt".to_owned(), |_| "“You are in emergency mode.” and a prompt".to_owned()),
            _ => "its menu".to_owned(),
        },
    }
}

/// The desktop appears after signing in.
pub(crate) fn desktop_comes(world: &World, device: DeviceId) -> bool {
    world.device(device).windows().is_none_or(shell_starts)
}

/// Winlogon starts Explorer as the shell.
pub(crate) fn shell_starts(windows: &crate::world::windows::Windows) -> bool {
    windows.registry.get(WINLOGON_SHELL).is_none_or(|shell| shell.eq_ignore_ascii_case("explorer.exe"))
}

/// The value that names the program which draws desktop and taskbar.
pub const WINLOGON_SHELL: &str = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon\\Shell";

fn noises(world: &World, device: DeviceId) -> Vec<String> {
    let hardware = &world.device(device).hardware;
    let mut heard = Vec::new();
    if power::state(world, device) == PowerState::Off {
        if hardware.cpu.dust >= DUSTY {
            heard.push("Grille: grey with dust".to_owned());
        }
        return heard;
    }
    for (at, disk) in hardware.disks.iter().enumerate().filter(|(_, disk)| disk.kind == DiskKind::Hdd) {
        if disk.seated && (!disk.alive || disk.reallocated_sectors >= CLICKS) {
            heard.push(format!("Noise: disk {at} clicks"));
        }
    }
    if hardware.cpu.watts > 0 && !hardware.cpu.fan_works {
        heard.push("Fan: the processor's fan stands still".to_owned());
    }
    if hardware.cpu.dust >= DUSTY {
        heard.push("Grille: grey with dust, hardly any air comes out".to_owned());
    }
    if hardware.cpu.watts > 0 && load::temperature(hardware, false) >= 60_000 {
        heard.push("Case: hot to the touch".to_owned());
    }
    heard
}

fn battery(found: &Device) -> Option<String> {
    let battery = found.hardware.battery?;
    if battery.swollen {
        return Some("Case: it bulges, the touchpad is lifted; it does not lie flat".to_owned());
    }
    let charger = match battery.charger_watts {
        0 => "no charger".to_owned(),
        watts => format!("a charger marked {watts} W"),
    };
    Some(format!("Battery: {charger}"))
}

fn raid_lights(found: &Device) -> Vec<String> {
    let hardware = &found.hardware;
    let rebuilding = |slot: u8| hardware.raid_rebuild.is_some_and(|(at, _)| at == slot);
    let lights = hardware.disks.iter().filter_map(|disk| {
        let slot = disk.raid_slot?;
        let light = if !disk.seated || !disk.alive {
            "amber"
        } else if rebuilding(slot) {
            "green and amber in turn"
        } else {
            "green"
        };
        Some(format!("Drive bay {slot}: {light}"))
    });
    let mut lines: Vec<_> = lights.collect();
    if hardware.disks.iter().any(|disk| disk.raid_slot.is_some() && !(disk.seated && disk.alive)) {
        lines.push("Noise: the RAID controller beeps".to_owned());
    }
    lines
}

fn port_line(world: &World, port: PortRef) -> String {
    let device = world.device(port.device);
    let name = device.ports.get(usize::from(port.port.0)).map_or("?", |port| port.name.as_str());
    let cable = world.cables.iter().position(|cable| cable.ends.contains(&Some(port)));
    let plugged = cable.map_or_else(
        || "nothing plugged in".to_owned(),
        |at| cables::describe(world, CableId(u16::try_from(at).unwrap_or(u16::MAX))),
    );
    format!("{name}: {plugged}; light {}", port_light(world, port))
}

/// The light beside a port: dark, amber or green, and whether it blinks.
#[must_use]
pub fn port_light(world: &World, port: PortRef) -> &'static str {
    let device = world.device(port.device);
    let state = power::state(world, port.device);
    let Some(found) = device.ports.get(usize::from(port.port.0)) else { return "dark" };
    // Wake-on-LAN keeps the network chip of a computer that is off under power, but nothing here needs that.
    if state == PowerState::Off {
        return "dark";
    }
    let switch = matches!(device.kind, Kind::Switch);
    if let Some(switching) = &found.switching {
        if switching.err_disabled.is_some() {
            return "amber, steady";
        }
        if switching.blocked && link::of(world, port).is_some() {
            return "amber";
        }
    }
    let storm = device.switching.as_ref().is_some_and(|switching| switching.storm);
    match link::of(world, port) {
        None => "dark",
        Some(_) if storm => "green, blinking wildly without a pause",
        Some(link) if link.speed < 1000 && !switch => "orange (slower than 1 Gb/s), blinking",
        Some(_) => "green, blinking",
    }
}
