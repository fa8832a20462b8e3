//! What is done to a radio.

use super::super::{Operation, Refused};
use super::{ROAMING, radio};
use crate::net::wifi::{self, JoinError};
use crate::sorted::Set;
use crate::world::wifi::{Band, Security};
use crate::world::{DeviceId, PortRef, World};

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    let Some(station) = radio(world, device) else { return Err(Refused("No wireless adapter was found.".to_owned())) };
    match operation.verb.as_str() {
        "connect" => connect(world, station, operation),
        "disconnect" => {
            wifi::leave(world, device, station.port);
            Ok("Disconnected.".to_owned())
        }
        "forget" if wifi::forget(world, device, station.port, &operation.target) => {
            Ok(format!("{} is forgotten.", operation.target))
        }
        "forget" => Err(Refused(format!("“{}” is not a known network.", operation.target))),
        "set-automatic" => set_automatic(world, station, operation),
        "turn-on" | "turn-off" => switch(world, station, Some(operation.verb == "turn-on")),
        "hardware-switch" => switch(world, station, None),
        "airplane-mode" => airplane(world, station),
        "set-band" => set_band(world, station, operation),
        "set-roaming" => set_roaming(world, station, operation),
        "accept-portal" if wifi::accept_portal(world, device) => Ok("You are connected to the Internet.".to_owned()),
        "accept-portal" => Err(Refused("There is no sign-in page.".to_owned())),
        _ => operation.unknown(),
    }
}

/// Windows' words for why a station does not join.
fn reason(error: JoinError) -> &'static str {
    match error {
        JoinError::NoRadio => "No wireless adapter was found.",
        JoinError::RadioOff => "Wi-Fi is turned off.",
        JoinError::NotInRange | JoinError::Band => "Can't connect to this network.",
        JoinError::Security => "Can't connect to this network: this adapter does not support its security type.",
        JoinError::WrongKey => "The network security key isn't correct. Please try again.",
        JoinError::NoCertificate => "Can't connect because you need a certificate to sign in. Contact your IT support person.",
    }
}

fn connect(world: &mut World, station: PortRef, operation: &Operation) -> Result<String, Refused> {
    let ssid = operation.target.trim();
    let typed = operation.value("key");
    let known = wifi::client(world, station).is_some_and(|client| client.profiles.iter().any(|profile| profile.ssid == ssid));
    let secured = wifi::scan(world, station.device, station.port)
        .iter()
        .any(|seen| seen.ssid == ssid && matches!(seen.security, Security::Wpa2Personal | Security::Wpa3Personal));
    if typed.is_empty() && secured && !known {
        return Err(Refused("Enter the network security key.".to_owned()));
    }
    let key = (!typed.is_empty()).then(|| wifi::key_number(typed));
    wifi::join(world, station.device, station.port, ssid, key).map_err(|error| Refused(reason(error).to_owned()))?;
    let held = wifi::held_by_portal(world, station.device).is_some();
    Ok(if held { format!("Connected to {ssid}. Action needed: open the sign-in page.") } else { format!("Connected to {ssid}.") })
}

fn set_automatic(world: &mut World, station: PortRef, operation: &Operation) -> Result<String, Refused> {
    let automatic = operation.value("automatic") == "yes";
    let profiles = wifi::client_mut(world, station).map(|client| client.profiles.as_mut_slice()).unwrap_or_default();
    let Some(profile) = profiles.iter_mut().find(|profile| profile.ssid == operation.target) else {
        return Err(Refused(format!("“{}” is not a known network.", operation.target)));
    };
    profile.automatic = automatic;
    Ok("The setting is saved.".to_owned())
}

/// The setting, or the switch on the case where `on` is `None`.
fn switch(world: &mut World, station: PortRef, on: Option<bool>) -> Result<String, Refused> {
    let Some(client) = wifi::client_mut(world, station) else { return Err(Refused("No wireless adapter was found.".to_owned())) };
    if on == Some(true) && !client.hardware_on {
        return Err(Refused("Wi-Fi cannot be turned on: it is off by the switch on the case.".to_owned()));
    }
    let said = if let Some(on) = on {
        client.software_on = on;
        if on { "Wi-Fi is on." } else { "Wi-Fi is off." }
    } else {
        client.hardware_on = !client.hardware_on;
        if client.hardware_on { "The switch is on." } else { "The switch is off." }
    };
    // Turning Wi-Fi on by hand ends airplane mode for it, as Windows does.
    if on == Some(true)
        && let Some(windows) = world.device_mut(station.device).windows_mut()
    {
        windows.settings.airplane_mode = false;
    }
    wifi::settle(world, station.device);
    Ok(said.to_owned())
}

fn airplane(world: &mut World, station: PortRef) -> Result<String, Refused> {
    let Some(windows) = world.device_mut(station.device).windows_mut() else {
        return Err(Refused("This device has no airplane mode.".to_owned()));
    };
    windows.settings.airplane_mode = !windows.settings.airplane_mode;
    let said = if windows.settings.airplane_mode { "Airplane mode is on." } else { "Airplane mode is off." };
    wifi::settle(world, station.device);
    Ok(said.to_owned())
}

fn set_band(world: &mut World, station: PortRef, operation: &Operation) -> Result<String, Refused> {
    let bands = match operation.value("band") {
        "any" => Set::from([Band::Ghz2, Band::Ghz5]),
        "2.4 GHz" => Set::from([Band::Ghz2]),
        "5 GHz" => Set::from([Band::Ghz5]),
        other => return Err(Refused(format!("“{other}” is not a band of this adapter."))),
    };
    let legacy = world.device(station.device).windows().is_none();
    if legacy && bands != Set::from([Band::Ghz2]) {
        return Err(Refused("This device has a 2.4 GHz radio only.".to_owned()));
    }
    if let Some(client) = wifi::client_mut(world, station) {
        client.bands = bands;
    }
    wifi::settle(world, station.device);
    Ok("The setting is saved.".to_owned())
}

fn set_roaming(world: &mut World, station: PortRef, operation: &Operation) -> Result<String, Refused> {
    let level = ROAMING.iter().find(|(name, _)| *name == operation.value("level"));
    let Some((_, limit)) = level else { return Err(Refused("Choose a level.".to_owned())) };
    if let Some(client) = wifi::client_mut(world, station) {
        client.roams_below = *limit;
    }
    wifi::settle(world, station.device);
    Ok("The setting is saved.".to_owned())
}
