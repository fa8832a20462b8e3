//! `netsh wlan`: the radio, its profiles, the networks in range.

use std::fmt::Write;

use super::{not_found, tag};
use crate::machine;
use crate::net::wifi::{Visible, scan};
use crate::shell::windows::network::adapters::{self, Adapter};
use crate::shell::{Output, Session};
use crate::sorted::Map;
use crate::time::Span;
use crate::world::port::Port;
use crate::world::wifi::{Band, Security, WifiClient};
use crate::world::{DeviceId, World};

/// 24H2: from here on, lists of networks in range need the location permission.
const BUILD_24H2: u32 = 26_100;

pub fn run(world: &mut World, session: &Session, verbs: &[&str], words: &[&str]) -> Output {
    if !service_runs(world, session.device) {
        return Output::failed(1, "The Wireless AutoConfig Service (wlansvc) is not running.\n\n");
    }
    match verbs {
        ["show", "interface" | "interfaces", ..] => interfaces(world, session),
        ["show", "profile" | "profiles"] => profiles(world, session),
        ["show", "profile" | "profiles", ..] => profile(world, session, words),
        ["show", "network" | "networks", rest @ ..] => networks(world, session, rest.iter().any(|word| word.contains("bssid"))),
        ["delete", "profile", ..] => delete_profile(world, session, words),
        ["disconnect", ..] => disconnect(world, session),
        ["connect" | "add" | "set" | "export" | "show" | "reportissues" | "start" | "stop" | "refresh", ..] => {
            Output::not_modelled(world, &format!("netsh wlan {}", words.join(" ")))
        }
        _ => not_found(&format!("wlan {}", words.join(" "))),
    }
}

fn service_runs(world: &World, device: DeviceId) -> bool {
    const AUTO_CONFIG: &str = "WlanSvc";
    let known = world.device(device).windows().is_some_and(|windows| windows.services.contains_key(AUTO_CONFIG));
    !known || machine::runs(world, device, AUTO_CONFIG)
}

/// Since 24H2 a program needs the permission to know where the machine is before it may see which networks are around it.
fn location_denied(world: &World, device: DeviceId) -> Option<Output> {
    let windows = world.device(device).windows()?;
    (windows.build >= BUILD_24H2 && !windows.settings.location_allowed).then(|| {
        Output::failed(
            1,
            "Network shell commands need location permission to access WLAN information. Turn on Location services on the \
             Location page in Privacy & security settings.\n\nHere is the URI for the Location page in the Settings app:\n\
             ms-settings:privacy-location\n\nFunction WlanQueryInterface returns error 5:\nAccess is denied.\n\n",
        )
    })
}

/// The radios, with what each is in.
fn radios(world: &World, device: DeviceId) -> Vec<(Adapter, Port, WifiClient)> {
    adapters::enabled(world, device)
        .into_iter()
        .filter_map(|adapter| {
            let port = world.device(device).ports.get(usize::from(adapter.port?.port.0))?.clone();
            let radio = port.wifi.as_deref()?.clone();
            Some((adapter, port, radio))
        })
        .collect()
}

fn none_there() -> Output {
    Output::failed(1, "There is no wireless interface on the system.\n\n")
}

fn line(text: &mut String, label: &str, value: &str) {
    let _ = writeln!(text, "    {label:<23}: {value}");
}

fn interfaces(world: &World, session: &Session) -> Output {
    if let Some(denied) = location_denied(world, session.device) {
        return denied;
    }
    let radios = radios(world, session.device);
    if radios.is_empty() {
        return none_there();
    }
    let mut text = match radios.len() {
        1 => "\nThere is 1 interface on the system:\n\n".to_owned(),
        many => format!("\nThere are {many} interfaces on the system:\n\n"),
    };
    for (adapter, _, radio) in &radios {
        line(&mut text, "Name", &adapter.name);
        line(&mut text, "Description", &adapter.description);
        line(&mut text, "GUID", adapter.guid().to_lowercase().trim_matches(['{', '}']));
        line(&mut text, "Physical address", &adapter.mac.colons());
        line(&mut text, "Interface type", "Primary");
        line(&mut text, "State", if adapter.connected { "connected" } else { "disconnected" });
        if adapter.connected {
            joined(&mut text, world, session.device, adapter, radio);
        } else {
            let switch = |on: bool| if on { "On" } else { "Off" };
            line(&mut text, "Radio status", &format!("Hardware {}", switch(radio.hardware_on)));
            let _ = writeln!(text, "{:29}Software {}", "", switch(radio.software_on));
        }
        text.push('\n');
    }
    Output::ok(text)
}

fn joined(text: &mut String, world: &World, device: DeviceId, adapter: &Adapter, radio: &WifiClient) {
    let Some(joined) = &radio.joined else { return };
    let Some(port) = adapter.port else { return };
    let seen = scan(world, device, port.port).into_iter().find(|seen| seen.bssid == joined.bssid && seen.ssid == joined.ssid);
    line(text, "SSID", &joined.ssid);
    line(text, "AP BSSID", &joined.bssid.colons());
    line(text, "Band", band(joined.band));
    if let Some(seen) = &seen {
        line(text, "Channel", &seen.channel.to_string());
    }
    line(text, "Network type", "Infrastructure");
    line(text, "Radio type", radio_type(joined.band));
    if let Some(seen) = &seen {
        let (authentication, cipher) = words(seen.security);
        line(text, "Authentication", authentication);
        line(text, "Cipher", cipher);
    }
    line(text, "Connection mode", "Auto Connect");
    if let Some(rate) = adapter.speed {
        line(text, "Receive rate (Mbps)", &rate.to_string());
        line(text, "Transmit rate (Mbps)", &rate.to_string());
    }
    if let Some(seen) = &seen {
        line(text, "Signal", &format!("{}% ", percent(seen.dbm)));
    }
    line(text, "Profile", &joined.ssid);
}

/// Windows' signal quality: −100 dBm is 0 %, −50 dBm is 100 % (`WLAN_ASSOCIATION_ATTRIBUTES`).
fn percent(dbm: i8) -> u8 {
    u8::try_from((i16::from(dbm) + 100).clamp(0, 50) * 2).unwrap_or(0)
}

fn band(band: Band) -> &'static str {
    match band {
        Band::Ghz2 => "2.4 GHz",
        Band::Ghz5 => "5 GHz",
        Band::Ghz6 => "6 GHz",
    }
}

/// The model's radios are Wi-Fi 6 everywhere.
fn radio_type(_band: Band) -> &'static str {
    "802.11ax"
}

fn words(security: Security) -> (&'static str, &'static str) {
    match security {
        Security::Open => ("Open", "None"),
        Security::Wpa2Personal => ("WPA2-Personal", "CCMP"),
        Security::Wpa3Personal => ("WPA3-Personal", "CCMP"),
        Security::Wpa2Enterprise => ("WPA2-Enterprise", "CCMP"),
    }
}

fn profiles(world: &World, session: &Session) -> Output {
    let radios = radios(world, session.device);
    if radios.is_empty() {
        return none_there();
    }
    let mut text = String::new();
    for (adapter, _, radio) in radios {
        let _ = write!(
            text,
            "\nProfiles on interface {}:\n\nGroup policy profiles (read only)\n---------------------------------\n    <None>\n\nUser \
             profiles\n-------------\n",
            adapter.name
        );
        if radio.profiles.is_empty() {
            text.push_str("    <None>\n");
        }
        for profile in radio.profiles {
            let _ = writeln!(text, "    All User Profile     : {}", profile.ssid);
        }
    }
    text.push('\n');
    Output::ok(text)
}

/// `show profile name="Clinic" [key=clear]`. The model keeps no key in words, so none is shown.
fn profile(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let given = tag(words, "name").or_else(|| words.get(2).copied().filter(|word| !word.contains('=')));
    let Some(name) = given.map(|name| name.trim_matches('"').to_owned()) else {
        return Output::not_modelled(world, &format!("netsh wlan {}", words.join(" ")));
    };
    if tag(words, "key").is_some_and(|value| value.eq_ignore_ascii_case("clear")) {
        return Output::not_modelled(world, "netsh wlan show profile key=clear: keys are not kept in words");
    }
    for (adapter, _, radio) in radios(world, session.device) {
        let Some(profile) = radio.profiles.iter().find(|profile| profile.ssid.eq_ignore_ascii_case(&name)) else { continue };
        let (authentication, cipher) = self::words(profile.security);
        let mode = if profile.automatic { "Connect automatically" } else { "Connect manually" };
        let key = if profile.security == Security::Open { "Absent" } else { "Present" };
        return Output::ok(format!(
            "\nProfile {ssid} on interface {}:\n=======================================================================\n\nApplied: All \
             User Profile\n\nProfile information\n-------------------\n    Version                : 1\n    Type                   : \
             Wireless LAN\n    Name                   : {ssid}\n    Control options        :\n        Connection mode    : \
             {mode}\n\nConnectivity settings\n---------------------\n    Number of SSIDs        : 1\n    SSID name              : \
             \"{ssid}\"\n    Network type           : Infrastructure\n\nSecurity settings\n-----------------\n    Authentication         \
             : {authentication}\n    Cipher                 : {cipher}\n    Security key           : {key}\n\n",
            adapter.name,
            ssid = profile.ssid
        ));
    }
    Output::failed(1, format!("Profile \"{name}\" is not found on the system.\n"))
}

/// One block for each name; with `mode=bssid` one for each radio in it.
fn networks(world: &mut World, session: &Session, by_bssid: bool) -> Output {
    if let Some(denied) = location_denied(world, session.device) {
        return denied;
    }
    world.wait(Span::seconds(2));
    let radios = radios(world, session.device);
    if radios.is_empty() {
        return none_there();
    }
    let mut text = String::new();
    for (adapter, _, radio) in radios {
        if !radio.hardware_on || !radio.software_on {
            let _ = write!(
                text,
                "\nInterface name : {}\nThe wireless local area network interface is powered down and doesn't support \
                 the requested operation.\n\n",
                adapter.name
            );
            continue;
        }
        let Some(port) = adapter.port else { continue };
        let seen = scan(world, session.device, port.port);
        let mut by_name: Map<&str, Vec<&Visible>> = Map::new();
        let mut order: Vec<&str> = Vec::new();
        for one in &seen {
            if !by_name.contains_key(one.ssid.as_str()) {
                order.push(&one.ssid);
            }
            by_name.entry(&one.ssid).or_default().push(one);
        }
        let count = order.len();
        let _ = writeln!(text, "\nInterface name : {}\nThere are {count} networks currently visible.\n", adapter.name);
        for (number, name) in (1u32..).zip(order) {
            network(&mut text, number, name, by_name.get(name).map_or(&[], Vec::as_slice), by_bssid);
        }
    }
    Output::ok(text)
}

fn network(text: &mut String, number: u32, name: &str, radios: &[&Visible], by_bssid: bool) {
    let Some(first) = radios.first() else { return };
    let (authentication, encryption) = words(first.security);
    let _ = writeln!(text, "SSID {number} : {name}");
    line(text, "Network type", "Infrastructure");
    line(text, "Authentication", authentication);
    line(text, "Encryption", encryption);
    for (at, radio) in (1u32..).zip(radios).filter(|_| by_bssid) {
        line(text, &format!("BSSID {at}"), &radio.bssid.colons());
        let mut deeper = |label: &str, value: &str| {
            let _ = writeln!(text, "         {label:<18}: {value}");
        };
        deeper("Signal", &format!("{}%", percent(radio.dbm)));
        deeper("Radio type", radio_type(radio.band));
        deeper("Band", band(radio.band));
        deeper("Channel", &radio.channel.to_string());
    }
    text.push('\n');
}

fn delete_profile(world: &mut World, session: &Session, words: &[&str]) -> Output {
    let given = tag(words, "name").or_else(|| words.get(2).copied());
    let Some(name) = given.map(|name| name.trim_matches('"').to_owned()) else {
        return not_found(&format!("wlan {}", words.join(" ")));
    };
    let mut text = String::new();
    for adapter in adapters::all(world, session.device) {
        let Some(place) = adapter.port else { continue };
        let port = world.device_mut(session.device).ports.get_mut(usize::from(place.port.0));
        let Some(radio) = port.and_then(|port| port.wifi.as_mut()) else { continue };
        let before = radio.profiles.len();
        radio.profiles.retain(|profile| !(name == "*" || profile.ssid.eq_ignore_ascii_case(&name)));
        if radio.profiles.len() < before {
            // Windows leaves a network whose profile is forgotten.
            if radio.joined.as_ref().is_some_and(|joined| name == "*" || joined.ssid.eq_ignore_ascii_case(&name)) {
                radio.joined = None;
            }
            let _ = writeln!(text, "Profile \"{name}\" is deleted from interface \"{}\".", adapter.name);
        }
    }
    if text.is_empty() {
        return Output::failed(1, format!("Profile \"{name}\" is not found on any interface.\n"));
    }
    Output::ok(text)
}

fn disconnect(world: &mut World, session: &Session) -> Output {
    let mut text = String::new();
    for adapter in adapters::all(world, session.device) {
        let Some(place) = adapter.port else { continue };
        let port = world.device_mut(session.device).ports.get_mut(usize::from(place.port.0));
        if let Some(radio) = port.and_then(|port| port.wifi.as_mut()) {
            radio.joined = None;
            let _ = writeln!(text, "Disconnection request was completed successfully for interface \"{}\".", adapter.name);
        }
    }
    if text.is_empty() { none_there() } else { Output::ok(text) }
}
