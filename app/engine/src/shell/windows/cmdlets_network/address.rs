//! `Get-NetIPConfiguration`, `…-NetIPAddress`, `Set-NetIPInterface`.

use std::net::Ipv4Addr;

use super::{chosen, denied, invalid, not_found};
use crate::shell::Session;
use crate::shell::windows::network::adapters::{self, Adapter, change};
use crate::shell::windows::{Answer, Call, Object, Value, View};
use crate::sorted;
use crate::world::World;
use crate::world::interface::{Address, Origin, Profile};
use crate::world::{DeviceId, InterfaceIndex};

/// The network's name as Windows knows it: the domain, the Wi-Fi's name, or just "Network".
pub fn network_name(world: &World, device: DeviceId, adapter: &Adapter) -> String {
    let found = world.device(device);
    let domain = found.stack.filter.profiles.is_some_and(|profiles| profiles.active == Profile::Domain);
    if let Some(joined) = found.windows().and_then(|windows| windows.joined.as_ref()).filter(|_| domain) {
        return joined.domain.clone();
    }
    let port = adapter.port.and_then(|place| found.ports.get(usize::from(place.port.0)));
    let joined = port.and_then(|port| port.wifi.as_ref()).and_then(|radio| radio.joined.as_ref());
    joined.map_or_else(|| "Network".to_owned(), |joined| joined.ssid.clone())
}

pub fn configuration(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let mut found = match chosen(world, session, call, "InterfaceAlias", "Get-NetIPConfiguration") {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    found.retain(|adapter| adapter.enabled);
    sorted::by_key(&mut found, |adapter| !adapter.connected);
    let objects = found.iter().map(|adapter| {
        let object = Object::new()
            .with("InterfaceAlias", adapter.name.clone())
            .with("InterfaceIndex", adapter.number())
            .with("InterfaceDescription", adapter.description.clone());
        if !adapter.connected {
            return object.with("NetAdapter.Status", "Disconnected");
        }
        let live: Vec<String> = adapter.live_addresses().iter().map(|address| address.ip.to_string()).collect();
        let dns: Vec<String> = adapter.dns.iter().map(ToString::to_string).collect();
        object
            .with("NetProfile.Name", network_name(world, session.device, adapter))
            .with("IPv4Address", live.join("\n"))
            .with("IPv4DefaultGateway", adapter.gateway.map(|gateway| gateway.to_string()))
            .with("DNSServer", dns.join("\n"))
    });
    let names = &[
        "InterfaceAlias",
        "InterfaceIndex",
        "InterfaceDescription",
        "NetProfile.Name",
        "IPv4Address",
        "IPv4DefaultGateway",
        "DNSServer",
        "NetAdapter.Status",
    ];
    Answer::new(View::List(names), objects.collect())
}

const LIST: &[&str] = &[
    "IPAddress",
    "InterfaceIndex",
    "InterfaceAlias",
    "AddressFamily",
    "Type",
    "PrefixLength",
    "PrefixOrigin",
    "SuffixOrigin",
    "AddressState",
    "ValidLifetime",
    "PreferredLifetime",
    "SkipAsSource",
    "PolicyStore",
];

fn object(world: &World, device: DeviceId, adapter: &Adapter, address: Address) -> Object {
    let (prefix, suffix) = match adapter.origin {
        _ if address.ip.is_link_local() => ("WellKnown", "Link"),
        Origin::Dhcp => ("Dhcp", "Dhcp"),
        Origin::Manual | Origin::LinkLocal => ("Manual", "Manual"),
    };
    let duplicate = world.device(device).stack.conflicts.contains(&address.ip);
    let state = if !adapter.connected {
        "Tentative"
    } else if duplicate {
        "Duplicate"
    } else {
        "Preferred"
    };
    Object::new()
        .with("IPAddress", address.ip.to_string())
        .with("InterfaceIndex", adapter.number())
        .with("InterfaceAlias", adapter.name.clone())
        .with("AddressFamily", "IPv4")
        .with("Type", "Unicast")
        .with("PrefixLength", u32::from(address.prefix))
        .with("PrefixOrigin", prefix)
        .with("SuffixOrigin", suffix)
        .with("AddressState", state)
        .with("ValidLifetime", lifetime(world, adapter))
        .with("PreferredLifetime", lifetime(world, adapter))
        .with("SkipAsSource", false)
        .with("PolicyStore", "ActiveStore")
}

/// `7.23:59:30` of a lease; nothing where it does not end.
fn lifetime(world: &World, adapter: &Adapter) -> Value {
    let Some(lease) = &adapter.lease else { return Value::Empty };
    let left = (lease.expires - world.now).as_seconds();
    let (days, hours, minutes, seconds) = (left / 86_400, left / 3600 % 24, left / 60 % 60, left % 60);
    let before = if days > 0 { format!("{days}.") } else { String::new() };
    Value::Text(format!("{before}{hours:02}:{minutes:02}:{seconds:02}"))
}

pub fn get(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    let found = match chosen(world, session, call, "InterfaceAlias", "Get-NetIPAddress") {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    if call.text("AddressFamily").is_some_and(|family| family.eq_ignore_ascii_case("IPv6")) {
        return Answer::not_modelled(world, "IPv6");
    }
    let mut objects: Vec<Object> = found
        .iter()
        .filter(|adapter| adapter.enabled)
        .flat_map(|adapter| adapter.addresses.iter().map(|address| object(world, session.device, adapter, *address)))
        .collect();
    if !call.piped && !call.values.contains_key("InterfaceAlias") && !call.values.contains_key("InterfaceIndex") {
        objects.push(loopback());
    }
    for (property, parameter) in [("IPAddress", "IPAddress"), ("PrefixOrigin", "PrefixOrigin")] {
        if let Some(wanted) = call.text(parameter) {
            objects.retain(|object| object.text(property).eq_ignore_ascii_case(wanted));
            if objects.is_empty() {
                return Answer::failed(not_found("Get-NetIPAddress", property, wanted));
            }
        }
    }
    Answer::new(View::List(LIST), objects)
}

fn loopback() -> Object {
    Object::new()
        .with("IPAddress", Ipv4Addr::LOCALHOST.to_string())
        .with("InterfaceIndex", 1u32)
        .with("InterfaceAlias", "Loopback Pseudo-Interface 1")
        .with("AddressFamily", "IPv4")
        .with("Type", "Unicast")
        .with("PrefixLength", 8u32)
        .with("PrefixOrigin", "WellKnown")
        .with("SuffixOrigin", "WellKnown")
        .with("AddressState", "Preferred")
        .with("ValidLifetime", Value::Empty)
        .with("PreferredLifetime", Value::Empty)
        .with("SkipAsSource", false)
        .with("PolicyStore", "ActiveStore")
}

/// One adapter that was named, in an elevated shell.
fn target(world: &World, session: &Session, call: &Call, cmdlet: &str) -> Result<Adapter, Box<Answer>> {
    let found = chosen(world, session, call, "InterfaceAlias", cmdlet).map_err(|failure| Box::new(Answer::failed(failure)))?;
    if !session.elevated {
        return Err(Box::new(denied(cmdlet)));
    }
    let [one] = found.as_slice() else { return Err(Box::new(invalid(cmdlet, "The parameter is incorrect. "))) };
    Ok(one.clone())
}

pub fn new(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    const NAME: &str = "New-NetIPAddress";
    let adapter = match target(world, session, call, NAME) {
        Ok(adapter) => adapter,
        Err(answer) => return *answer,
    };
    let parsed = |name: &str| call.text(name).map(str::parse::<Ipv4Addr>);
    let (Some(Ok(ip)), Ok(gateway)) = (parsed("IPAddress"), parsed("DefaultGateway").transpose()) else {
        return invalid(NAME, "Invalid parameter IPAddress or DefaultGateway ");
    };
    let prefix = call.text("PrefixLength").and_then(|text| text.parse::<u8>().ok()).unwrap_or(32);
    if prefix > 32 {
        return invalid(NAME, "Invalid parameter PrefixLength ");
    }
    match change::check_address(ip, prefix, gateway) {
        Err(why) => invalid(NAME, why),
        Ok(address) if adapter.addresses.contains(&address) && !adapter.dhcp => {
            invalid(NAME, "Instance MSFT_NetIPAddress already exists ")
        }
        Ok(address) => {
            change::set_manual(world, session.device, adapter.interface, address, gateway);
            let adapter = adapters::named(world, session.device, &adapter.name).unwrap_or(adapter);
            Answer::new(View::List(LIST), vec![object(world, session.device, &adapter, address)])
        }
    }
}

/// Takes the address away; the gateway that was typed in stays, as in life.
pub fn remove(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    const NAME: &str = "Remove-NetIPAddress";
    let adapters = match chosen(world, session, call, "InterfaceAlias", NAME) {
        Ok(found) => found,
        Err(failure) => return Answer::failed(failure),
    };
    if !session.elevated {
        return denied(NAME);
    }
    let wanted = call.list_or_input("IPAddress");
    let mut gone = false;
    for adapter in adapters {
        let stack = &mut world.device_mut(session.device).stack;
        let Some(interface) = stack.interfaces.get_mut(usize::from(adapter.interface.0)) else { continue };
        let before = interface.addresses.len();
        interface.addresses.retain(|address| !wanted.contains(&address.ip.to_string()));
        gone |= interface.addresses.len() < before;
    }
    if gone { Answer::default() } else { Answer::failed(not_found(NAME, "IPAddress", wanted.first().map_or("", String::as_str))) }
}

pub fn set_interface(world: &mut World, session: &mut Session, call: &Call) -> Answer {
    const NAME: &str = "Set-NetIPInterface";
    let adapter = match target(world, session, call, NAME) {
        Ok(adapter) => adapter,
        Err(answer) => return *answer,
    };
    let number = |name: &str| call.text(name).and_then(|text| text.parse::<u32>().ok());
    if let Some(metric) = number("InterfaceMetric") {
        with(world, session.device, adapter.interface, |interface| interface.metric = metric);
    }
    if let Some(mtu) = number("NlMtuBytes").and_then(|mtu| u16::try_from(mtu).ok()) {
        with(world, session.device, adapter.interface, |interface| interface.mtu = mtu);
    }
    match call.text("Dhcp").map(str::to_lowercase).as_deref() {
        Some("enabled") if !adapter.dhcp => change::set_automatic(world, session.device, adapter.interface),
        Some("disabled") if adapter.dhcp => with(world, session.device, adapter.interface, |interface| {
            interface.dhcp.enabled = false;
            interface.origin = Origin::Manual;
        }),
        _ => {}
    }
    Answer::default()
}

fn with(world: &mut World, device: DeviceId, index: InterfaceIndex, act: impl FnOnce(&mut crate::world::interface::Interface)) {
    if let Some(interface) = world.device_mut(device).stack.interfaces.get_mut(usize::from(index.0)) {
        act(interface);
    }
}
