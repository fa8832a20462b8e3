//! Port security: which stations may speak on a port.

use crate::machine::power::links;
use crate::net::event::Reason;
use crate::net::link;
use crate::shell::ios::names;
use crate::world::mac::Mac;
use crate::world::port::{ErrDisable, Port};
use crate::world::{Device, PortIndex, PortRef, World};

/// A station too many shuts the port.
pub(super) fn check(world: &mut World, port: PortRef, source: Mac) -> Result<(), Reason> {
    let device = world.device_mut(port.device);
    let Some(found) = device.ports.get_mut(usize::from(port.port.0)) else { return Ok(()) };
    let Some(security) = found.switching.as_mut().and_then(|settings| settings.port_security.as_mut()) else { return Ok(()) };
    if security.learned.contains(&source) {
        return Ok(());
    }
    if security.learned.len() < usize::from(security.maximum) {
        security.learned.insert(source);
        return Ok(());
    }
    security.violations = security.violations.saturating_add(1);
    shut(world, port, ErrDisable::PortSecurity, "psecure-violation");
    let name = link::at(world, port).map(|port| names::long(&port.name)).unwrap_or_default();
    let text = format!("Security violation occurred, caused by MAC address {} on port {name}.", source.dotted());
    links::write(world, port.device, "PORT_SECURITY", 2, "PSECURE_VIOLATION", text);
    Err(Reason::PortSecurity)
}

/// A switch shuts a port by itself and writes why, and that its link is gone.
pub(in crate::net) fn shut(world: &mut World, port: PortRef, why: ErrDisable, cause: &str) {
    let device = world.device_mut(port.device);
    let Some(found) = device.ports.get_mut(usize::from(port.port.0)) else { return };
    let Some(settings) = &mut found.switching else { return };
    settings.err_disabled = Some(why);
    let (short, long) = (names::short(&found.name), names::long(&found.name));
    if let Some(switching) = &mut device.switching {
        switching.mac_table.retain(|_, (learned, _)| *learned != port.port);
    }
    let text = format!("{cause} error detected on {short}, putting {short} in err-disable state");
    links::write(world, port.device, "PM", 4, "ERR_DISABLE", text);
    let text = format!("Line protocol on Interface {long}, changed state to down");
    links::write(world, port.device, "LINEPROTO", 5, "UPDOWN", text);
    links::write(world, port.device, "LINK", 3, "UPDOWN", format!("Interface {long}, changed state to down"));
}

/// Addresses that a port learned and that are not to stick are forgotten with the link.
pub(in crate::net) fn forget(world: &mut World) {
    // Every walk comes here, and few ports are secured.
    let secured: Vec<_> = world.devices.iter().flat_map(secured).collect();
    for port in secured {
        if link::of(world, port).is_some() {
            continue;
        }
        let found = world.device_mut(port.device).ports.get_mut(usize::from(port.port.0));
        let settings = found.and_then(|port| port.switching.as_mut());
        if let Some(security) = settings.and_then(|settings| settings.port_security.as_mut()) {
            security.learned.clear();
        }
    }
}

/// The ports of a device that have learned what is not to stick.
fn secured(device: &Device) -> impl Iterator<Item = PortRef> {
    let learned = |port: &Port| {
        port.switching.as_ref().is_some_and(|settings| {
            settings.err_disabled.is_none()
                && settings.port_security.as_ref().is_some_and(|security| !security.sticky && !security.learned.is_empty())
        })
    };
    let ports = (0_u8..).zip(&device.ports).filter(move |(_, port)| learned(port));
    ports.map(|(at, _)| PortRef { device: device.id, port: PortIndex(at) })
}
