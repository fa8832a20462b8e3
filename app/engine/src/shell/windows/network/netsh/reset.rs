//! `winsock reset` and `int ip reset`.

use std::fmt::Write;

use super::NEEDS_ELEVATION;
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::interface::{Attach, Origin};

/// The catalogue of socket providers is not modelled beyond this: a reset changes nothing but needs a restart.
pub fn winsock(world: &mut World, session: &Session) -> Output {
    if !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    restart_pending(world, session);
    Output::ok("\nSuccessfully reset the Winsock Catalog.\nYou must restart the computer in order to complete the reset.\n\n")
}

/// Every adapter goes back to DHCP; routes and servers that were typed in are gone.
pub fn stack(world: &mut World, session: &Session) -> Output {
    if !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    let stack = &mut world.device_mut(session.device).stack;
    stack.routes.clear();
    stack.neighbours.clear();
    let ports = stack.interfaces.iter_mut().filter(|interface| matches!(interface.attach, Attach::Port(_)));
    for interface in ports {
        interface.manual_dns.clear();
        interface.manual_gateway = None;
        if !interface.dhcp.enabled {
            interface.dhcp.enabled = true;
            interface.origin = Origin::Dhcp;
            interface.addresses.clear();
        }
    }
    restart_pending(world, session);
    super::interface::ask_for_leases(world, session.device);
    let steps = [
        "Compartment Forwarding",
        "Compartment",
        "Control Protocol",
        "Echo Sequence Request",
        "Global",
        "Interface",
        "Anycast Address",
        "Multicast Address",
        "Unicast Address",
        "Neighbor",
        "Path",
        "Potential",
        "Prefix Policy",
        "Proxy Neighbor",
        "Route",
        "Site Prefix",
        "Subinterface",
        "Wakeup Pattern",
        "Resolve Neighbor",
    ];
    let mut text = String::new();
    for step in steps {
        let _ = writeln!(text, "Resetting {step}, OK!");
    }
    text.push_str("Restart the computer to complete this action.\n\n");
    Output::ok(text)
}

fn restart_pending(world: &mut World, session: &Session) {
    if let Some(windows) = world.device_mut(session.device).windows_mut() {
        windows.boot.restart_pending = true;
    }
}
