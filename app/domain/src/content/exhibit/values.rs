//! Values for `{name}` in the texts of an item, read from the company or from the exhibit itself.
//!
//! | selector | is |
//! |---|---|
//! | `FIELD of DEVICE` | a setting of the device as it is now |
//! | `healthy FIELD of DEVICE` | the same in the company with nothing wrong |
//! | `vlan of DEVICE/PORT` | the access VLAN of a switch port |
//! | `after "TEXT"` | the first word after the first TEXT in the exhibit |
//! | `before "TEXT"` | the last word before it |
//! | `count "TEXT"` | how many of its lines hold TEXT |
//! | `= TEXT` | TEXT itself, for what its braces stand for |

use std::net::Ipv4Addr;

use engine::world::device::Device;
use engine::world::interface::{Address, Attach, Hop, Interface};
use engine::world::port::SwitchMode;
use engine::world::{DeviceId, PortIndex, PortRef, World};

use super::render::{Scene, find};

type Field = fn(&World, &Device) -> Option<String>;

/// Of its first interface that has an address, where it has several.
const FIELDS: &[(&str, Field)] = &[
    ("address", |_, device| address(device).map(|address| address.ip.to_string())),
    ("prefix", |_, device| address(device).map(|address| format!("/{}", address.prefix))),
    ("mask", |_, device| address(device).map(|address| address.network().netmask().to_string())),
    ("network", |_, device| address(device).map(|address| address.network().network().to_string())),
    ("broadcast", |_, device| address(device).map(|address| address.network().broadcast().to_string())),
    ("gateway", |_, device| gateway(device).map(|gateway| gateway.to_string())),
    ("dns", |_, device| dns(device).map(|server| server.to_string())),
    ("dhcp", |_, device| first(device)?.dhcp.lease.as_ref().map(|lease| lease.server.to_string())),
    ("mac", |_, device| device.ports.first().map(|port| port.mac.hyphens_upper())),
    ("user", |world, device| device.user.map(|person| world.person(person).account.clone())),
    ("port", |world, device| far_port(world, device.id)),
    ("room", |world, device| world.places.get(usize::from(device.place.0)).map(|place| place.name.clone())),
];

/// # Errors
/// What to write instead, or that there is no such value now.
pub fn read(selector: &str, scene: &Scene<'_>) -> Result<String, String> {
    if let Some(text) = selector.strip_prefix("after ") {
        return after(unquoted(text)?, scene.text);
    }
    if let Some(text) = selector.strip_prefix("before ") {
        return before(unquoted(text)?, scene.text);
    }
    if let Some(text) = selector.strip_prefix("count ") {
        let text = unquoted(text)?;
        return Ok(scene.text.lines().filter(|line| line.contains(text)).count().to_string());
    }
    if let Some(text) = selector.strip_prefix("= ") {
        return Ok(text.to_owned());
    }
    let (world, selector) = match selector.strip_prefix("healthy ") {
        Some(rest) => (&scene.built.world, rest),
        None => (scene.world, selector),
    };
    let (field, of) = selector.split_once(" of ").ok_or_else(|| format!("write {}", forms()))?;
    if field == "vlan" {
        return vlan(world, of);
    }
    let read = FIELDS.iter().find(|(name, _)| *name == field).map(|(_, read)| read);
    let read = read.ok_or_else(|| format!("there is no field “{field}”: write {}", forms()))?;
    let device = find(world, of)?;
    read(world, world.device(device)).ok_or_else(|| format!("{of} has no {field} now"))
}

fn forms() -> String {
    let names: Vec<_> = FIELDS.iter().map(|(name, _)| *name).collect();
    format!(
        "`FIELD of DEVICE` with one of {}; `vlan of DEVICE/PORT`, `after \"TEXT\"`, `before \"TEXT\"`, `count \"TEXT\"` or `= TEXT`",
        names.join(", ")
    )
}

fn unquoted(text: &str) -> Result<&str, String> {
    text.trim().strip_prefix('"').and_then(|text| text.strip_suffix('"')).ok_or_else(|| "put the text in quotes".to_owned())
}

fn after(text: &str, exhibit: &str) -> Result<String, String> {
    let (_, rest) = halves(text, exhibit)?;
    word(rest.split_whitespace().next()).ok_or_else(|| format!("nothing stands after “{text}”"))
}

fn before(text: &str, exhibit: &str) -> Result<String, String> {
    let (rest, _) = halves(text, exhibit)?;
    word(rest.split_whitespace().next_back()).ok_or_else(|| format!("nothing stands before “{text}”"))
}

fn halves<'t>(text: &str, exhibit: &'t str) -> Result<(&'t str, &'t str), String> {
    exhibit.split_once(text).ok_or_else(|| format!("“{text}” does not stand in it. It shows:\n{exhibit}"))
}

/// Without the punctuation around it.
fn word(found: Option<&str>) -> Option<String> {
    let word = found?.trim_end_matches([',', ';', ':', ')', ']', '.']).trim_start_matches(['(', '[']);
    (!word.is_empty()).then(|| word.to_owned())
}

fn vlan(world: &World, of: &str) -> Result<String, String> {
    let (label, port) = of.split_once('/').ok_or("write `vlan of DEVICE/PORT`")?;
    let device: DeviceId = find(world, label)?;
    let found = world.device(device).ports.iter().find(|one| one.name == port || abbreviated(&one.name) == port);
    let found = found.ok_or_else(|| format!("{label} has no port “{port}”"))?;
    match found.switching.as_ref().map(|switching| &switching.mode) {
        Some(SwitchMode::Access(vlan)) => Ok(vlan.0.to_string()),
        _ => Err(format!("{label}/{port} is no access port")),
    }
}

/// Where the cable at its first port leads to.
fn far_port(world: &World, device: DeviceId) -> Option<String> {
    let own = PortRef { device, port: PortIndex(0) };
    let cable = world.cables.iter().find(|cable| cable.ends.contains(&Some(own)))?;
    let far = cable.ends.iter().flatten().find(|end| **end != own)?;
    world.device(far.device).ports.get(usize::from(far.port.0)).map(|port| abbreviated(&port.name))
}

/// `Gi0/1` for `GigabitEthernet0/1`.
fn abbreviated(name: &str) -> String {
    name.replace("GigabitEthernet", "Gi")
}

fn first(device: &Device) -> Option<&Interface> {
    let outward = device.stack.interfaces.iter().filter(|interface| interface.attach != Attach::Loopback);
    outward.into_iter().find(|interface| !interface.addresses.is_empty())
}

fn address(device: &Device) -> Option<Address> {
    first(device)?.addresses.first().copied()
}

fn gateway(device: &Device) -> Option<Ipv4Addr> {
    let interface = first(device)?;
    let leased = interface.dhcp.lease.as_ref().and_then(|lease| lease.router);
    let routed = device.stack.routes.iter().find(|route| route.to.prefix_len() == 0).and_then(|route| match route.via {
        Hop::Gateway(gateway) => Some(gateway),
        _ => None,
    });
    interface.manual_gateway.or(leased).or(routed)
}

fn dns(device: &Device) -> Option<Ipv4Addr> {
    let interface = first(device)?;
    let leased = interface.dhcp.lease.as_ref().and_then(|lease| lease.dns.first());
    interface.manual_dns.first().or(leased).copied()
}
