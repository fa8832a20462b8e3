//! What the dialogues do. Network Connections asks for an administrator by itself, so nothing is refused for lack of rights.

use std::net::Ipv4Addr;

use super::SPEEDS;
use crate::panel::parts::windows_mut;
use crate::panel::{Operation, Refused};
use crate::shell::windows::network::adapters::{self, Adapter, change};
use crate::shell::windows::network::arguments::prefix_of;
use crate::world::{DeviceId, World};

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    const VERBS: &[&str] = &["enable", "disable", "set-automatic", "set-address", "set-dns-automatic", "set-dns", "set-speed"];
    if !VERBS.contains(&operation.verb.as_str()) {
        return operation.unknown();
    }
    windows_mut(world, device)?;
    let adapter = adapters::named(world, device, &operation.target)
        .ok_or_else(|| Refused(format!("There is no connection “{}”.", operation.target)))?;
    match operation.verb.as_str() {
        "enable" => {
            change::set_enabled(world, device, &adapter, true);
            Ok(format!("{} is enabled.", adapter.name))
        }
        "disable" => {
            change::set_enabled(world, device, &adapter, false);
            Ok(format!("{} is disabled.", adapter.name))
        }
        "set-automatic" => {
            change::set_automatic(world, device, adapter.interface);
            Ok(format!("{} obtains its address automatically.", adapter.name))
        }
        "set-address" => address(world, device, &adapter, operation),
        "set-dns-automatic" => {
            change::set_dns(world, device, adapter.interface, Vec::new());
            Ok(format!("{} obtains its DNS servers automatically.", adapter.name))
        }
        "set-dns" => dns(world, device, &adapter, operation),
        _ => speed(world, device, &adapter, operation),
    }
}

fn parse(operation: &Operation, name: &str, label: &str) -> Result<Option<Ipv4Addr>, Refused> {
    let text = operation.value(name).trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Refused(format!("{label}: “{text}” is not an IP address. It has four numbers from 0 to 255.")))
}

fn address(world: &mut World, device: DeviceId, adapter: &Adapter, operation: &Operation) -> Result<String, Refused> {
    let ip = parse(operation, "address", "IP address")?
        .ok_or_else(|| Refused("The adapter requires at least one IP address. Please enter one.".to_owned()))?;
    let mask = parse(operation, "mask", "Subnet mask")?.ok_or_else(|| {
        Refused("You have entered an address that is missing its subnet mask. Please add a subnet mask.".to_owned())
    })?;
    let prefix = prefix_of(mask).filter(|prefix| *prefix > 0).ok_or_else(|| {
        Refused("The subnet mask you have entered is not valid. Please type a valid subnet mask: ones, then zeros.".to_owned())
    })?;
    let gateway = parse(operation, "gateway", "Default gateway")?;
    let address = change::check_address(ip, prefix, gateway).map_err(|why| Refused(why.to_owned()))?;
    change::set_manual(world, device, adapter.interface, address, gateway);
    let mut text = format!("{} uses {ip}.", adapter.name);
    // Windows takes it after a warning: the gateway cannot be reached then.
    if gateway.is_some_and(|gateway| !address.network().contains(&gateway)) {
        text.push_str(" Warning: the default gateway is not on the same network segment (subnet) that is defined by the IP address and subnet mask.");
    }
    if world.device(device).stack.conflicts.contains(&ip) {
        text.push_str(" Windows has detected an IP address conflict: another computer on this network has the same IP address.");
    }
    Ok(text)
}

fn dns(world: &mut World, device: DeviceId, adapter: &Adapter, operation: &Operation) -> Result<String, Refused> {
    let preferred = parse(operation, "preferred", "Preferred DNS server")?;
    let alternate = parse(operation, "alternate", "Alternate DNS server")?;
    let servers: Vec<Ipv4Addr> = preferred.into_iter().chain(alternate).collect();
    if servers.is_empty() {
        return Err(Refused("Please enter the address of a DNS server, or obtain it automatically.".to_owned()));
    }
    if preferred.is_some() && preferred == alternate {
        return Err(Refused("The DNS server list is not valid: a server is listed twice.".to_owned()));
    }
    let names: Vec<String> = servers.iter().map(ToString::to_string).collect();
    change::set_dns(world, device, adapter.interface, servers);
    Ok(format!("{} uses the DNS servers {}.", adapter.name, names.join(", ")))
}

fn speed(world: &mut World, device: DeviceId, adapter: &Adapter, operation: &Operation) -> Result<String, Refused> {
    let wanted = operation.value("speed");
    let (name, speed, duplex) = SPEEDS
        .iter()
        .find(|(name, ..)| name.eq_ignore_ascii_case(wanted))
        .ok_or_else(|| Refused(format!("The adapter has no setting “{wanted}”.")))?;
    let place = adapter
        .port
        .filter(|_| !adapter.wireless)
        .ok_or_else(|| Refused("A wireless adapter has no such setting.".to_owned()))?;
    if let Some(port) = world.device_mut(device).ports.get_mut(usize::from(place.port.0)) {
        (port.speed, port.duplex) = (*speed, *duplex);
    }
    Ok(format!("{}: Speed & Duplex is “{name}”.", adapter.name))
}
