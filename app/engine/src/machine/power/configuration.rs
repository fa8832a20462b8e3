//! What a switch or router keeps over a restart: its start-up configuration, and nothing else.

use super::links::write;
use crate::world::device::System;
use crate::world::interface::Stack;
use crate::world::network_device::Saved;
use crate::world::port::{Port, Switching};
use crate::world::{DeviceId, World};

/// The running configuration as `copy running-config startup-config` saves it.
#[must_use]
pub fn running(world: &World, device: DeviceId) -> Saved {
    let found = world.device(device);
    let mut stack = found.stack.clone();
    forget(&mut stack);
    let hostname = found.ios().map(|ios| ios.hostname.clone()).unwrap_or_default();
    Saved { ports: found.ports.clone(), switching: found.switching.clone(), stack, dhcp: found.roles.dhcp.clone(), hostname }
}

/// Saves what runs.
pub fn save(world: &mut World, device: DeviceId) {
    let saved = running(world, device);
    if let Some(ios) = world.device_mut(device).ios_mut() {
        ios.startup = Some(saved.into());
        ios.unsaved = false;
    }
}

fn forget(stack: &mut Stack) {
    stack.neighbours.clear();
    stack.nat.translations.clear();
    stack.filter.states.clear();
    stack.resolver.cache.clear();
    stack.conflicts.clear();
}

/// After a start: the start-up configuration is what runs now, the log begins anew.
pub fn restarted(world: &mut World, device: DeviceId) {
    let found = world.device_mut(device);
    let System::Ios(ios) = &mut found.system else { return };
    ios.log.clear();
    let unsaved = std::mem::take(&mut ios.unsaved);
    let saved = ios.startup.clone();
    for port in &mut found.ports {
        if let Some(switching) = &mut port.switching {
            switching.err_disabled = None;
        }
    }
    // Without unsaved changes both are the same, and what traffic taught since is not configuration.
    if let (true, Some(saved)) = (unsaved, saved) {
        bring_back(found, saved.into_inner());
    }
    write(world, device, "SYS", 5, "RESTART", "System restarted --".to_owned());
}

fn bring_back(found: &mut crate::world::Device, saved: Saved) {
    for (port, was) in found.ports.iter_mut().zip(saved.ports) {
        bring_back_port(port, was);
    }
    if let (Some(now), Some(was)) = (found.switching.as_deref_mut(), saved.switching) {
        // The VLAN database is a file of its own (vlan.dat) that is written at once, and the budget is the power supply's.
        let (vlans, budget) = (std::mem::take(&mut now.vlans), now.poe_budget_mw);
        *now = Switching { vlans, poe_budget_mw: budget, ..was.into_inner() };
        now.mac_table.clear();
    }
    if let Some(ios) = found.ios_mut() {
        ios.hostname = saved.hostname;
    }
    found.stack = saved.stack;
    forget(&mut found.stack);
    match (&mut found.roles.dhcp, saved.dhcp) {
        (Some(now), Some(mut was)) => {
            // Leases are the server's memory of its clients; they are kept, as with a database agent.
            for scope in &mut was.scopes {
                if let Some(same) = now.scopes.iter().find(|other| other.name == scope.name) {
                    scope.leases.clone_from(&same.leases);
                }
            }
            *now = was;
        }
        (now, was) => *now = was,
    }
}

/// Settings come back; what is plugged in and what is broken stays as it is.
fn bring_back_port(port: &mut Port, was: Port) {
    port.enabled = was.enabled;
    port.speed = was.speed;
    port.duplex = was.duplex;
    port.description = was.description;
    port.poe = was.poe;
    port.switching = was.switching;
    if let Some(switching) = &mut port.switching {
        switching.err_disabled = None;
        switching.blocked = false;
    }
}
