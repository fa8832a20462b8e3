//! Ports: on and off, speed, VLANs, trunks, security.

use super::{default_vlan_name, silent, vlan_list};
use crate::machine::power::links;
use crate::shell::Output;
use crate::shell::ios::call::{Call, incomplete};
use crate::sorted::Set;
use crate::world::port::{Duplex, PortSecurity, Speed, SwitchMode, SwitchPort, VlanId};

/// Also recovers a port that the switch shut down itself: off and on again.
pub fn shutdown(call: &mut Call) -> Output {
    let on = call.no;
    let names = call.selected();
    let device = call.device;
    links::watch(call.world, |world| {
        let found = world.device_mut(device);
        for port in found.ports.iter_mut().filter(|port| names.contains(&port.name)) {
            port.enabled = on;
            if let (false, Some(switching)) = (on, &mut port.switching) {
                switching.err_disabled = None;
                // Addresses that were learned and do not stick are forgotten with the link.
                if let Some(security) = switching.port_security.as_mut().filter(|security| !security.sticky) {
                    security.learned.clear();
                }
            }
        }
        for interface in found.stack.interfaces.iter_mut().filter(|interface| names.contains(&interface.name)) {
            interface.enabled = on;
        }
    });
    call.changed();
    silent()
}

pub fn description(call: &mut Call) -> Output {
    if !call.no && call.args.is_empty() {
        return incomplete();
    }
    let text = if call.no { String::new() } else { call.text(0).chars().take(240).collect() };
    call.on_ports(|port| port.description.clone_from(&text))
}

/// 0 is automatic.
pub fn speed(call: &mut Call, speed: u32) -> Output {
    let speed = if call.no || speed == 0 { Speed::Auto } else { Speed::Fixed(speed) };
    call.on_ports(|port| port.speed = speed)
}

pub fn duplex_auto(call: &mut Call) -> Output {
    duplex(call, Duplex::Auto)
}

pub fn duplex_full(call: &mut Call) -> Output {
    duplex(call, Duplex::Full)
}

pub fn duplex_half(call: &mut Call) -> Output {
    duplex(call, Duplex::Half)
}

fn duplex(call: &mut Call, duplex: Duplex) -> Output {
    let duplex = if call.no { Duplex::Auto } else { duplex };
    // IEEE 802.3 leaves half duplex out of what gigabit ports of switches do.
    let gigabit = call.ports().iter().any(|at| call.found().ports.get(*at).is_some_and(|port| port.speed == Speed::Fixed(1000)));
    if duplex == Duplex::Half && gigabit {
        return Output::failed(1, "Duplex will not be set until speed is set to non-auto value\n");
    }
    call.on_ports(|port| port.duplex = duplex)
}

pub fn power(call: &mut Call, on: bool) -> Output {
    let on = on || call.no;
    let ports = call.ports();
    if ports.iter().any(|at| call.found().ports.get(*at).is_none_or(|port| port.poe.is_none())) {
        return call.not_a_port();
    }
    call.on_ports(|port| {
        if let Some(poe) = &mut port.poe {
            poe.enabled = on;
        }
    })
}

/// What is asked for is how these ports always are.
pub fn already(call: &mut Call) -> Output {
    if call.no { call.not_modelled("negotiation of trunks, other violation modes") } else { silent() }
}

/// What a port was set to for the other mode is forgotten: the model keeps one mode at a time.
pub fn access_mode(call: &mut Call) -> Output {
    mode(call, |switching| {
        if let SwitchMode::Trunk { .. } = switching.mode {
            switching.mode = SwitchMode::Access(VlanId(1));
        }
    })
}

pub fn trunk_mode(call: &mut Call) -> Output {
    mode(call, |switching| {
        if let SwitchMode::Access(_) = switching.mode {
            switching.mode = SwitchMode::Trunk { native: VlanId(1), allowed: None };
        }
    })
}

/// Changes modes and lets CDP compare native VLANs.
fn mode(call: &mut Call, change: impl Fn(&mut SwitchPort)) -> Output {
    let output = call.on_switch_ports(change);
    for at in call.ports() {
        let port = call.port_ref(at);
        links::native_vlans(call.world, port);
    }
    output
}

fn vlan_of(call: &Call) -> VlanId {
    VlanId(u16::try_from(call.number(0)).unwrap_or(1).max(1))
}

/// A VLAN that a port is put into is made where it is missing.
fn make(call: &mut Call, vlan: VlanId, kind: &str) -> Output {
    let missing = call.found().switching.as_ref().is_some_and(|switching| !switching.vlans.contains_key(&vlan));
    if !missing {
        return silent();
    }
    call.change(|device| {
        if let Some(switching) = &mut device.switching {
            switching.vlans.insert(vlan, default_vlan_name(vlan));
        }
    });
    Output::ok(format!("% {kind} VLAN does not exist. Creating vlan {}\n", vlan.0))
}

pub fn access_vlan(call: &mut Call) -> Output {
    if !call.no && call.args.is_empty() {
        return incomplete();
    }
    let vlan = if call.no { VlanId(1) } else { vlan_of(call) };
    let trunk = call.ports().iter().any(|at| {
        let mode = call.found().ports.get(*at).and_then(|port| port.switching.as_ref()).map(|switching| &switching.mode);
        matches!(mode, Some(SwitchMode::Trunk { .. }))
    });
    if trunk {
        return call.not_modelled("the access VLAN of a port that is a trunk: set its mode first");
    }
    let output = mode(call, |switching| switching.mode = SwitchMode::Access(vlan));
    if output.exit == 0 { make(call, vlan, "Access") } else { output }
}

pub fn voice_vlan(call: &mut Call) -> Output {
    if !call.no && call.args.is_empty() {
        return incomplete();
    }
    let vlan = (!call.no).then(|| vlan_of(call));
    let output = call.on_switch_ports(|switching| switching.voice_vlan = vlan);
    match vlan {
        Some(vlan) if output.exit == 0 => make(call, vlan, "Voice"),
        _ => output,
    }
}

/// Changes trunks; on a port in access mode there is no trunk to change.
fn on_trunks(call: &mut Call, change: impl Fn(&mut VlanId, &mut Option<Set<VlanId>>)) -> Output {
    let access = call.ports().iter().any(|at| {
        let mode = call.found().ports.get(*at).and_then(|port| port.switching.as_ref()).map(|switching| &switching.mode);
        matches!(mode, Some(SwitchMode::Access(_)))
    });
    if access {
        return call.not_modelled("trunk settings of a port in access mode: set its mode first");
    }
    mode(call, |switching| {
        if let SwitchMode::Trunk { native, allowed } = &mut switching.mode {
            change(native, allowed);
        }
    })
}

pub fn native_vlan(call: &mut Call) -> Output {
    if !call.no && call.args.is_empty() {
        return incomplete();
    }
    let vlan = if call.no { VlanId(1) } else { vlan_of(call) };
    on_trunks(call, |native, _| *native = vlan)
}

fn every() -> Set<VlanId> {
    (1..=4094).map(VlanId).collect()
}

/// The full list is kept as "every VLAN".
fn tidy(vlans: Set<VlanId>) -> Option<Set<VlanId>> {
    (vlans.len() < every().len()).then_some(vlans)
}

pub fn allowed(call: &mut Call) -> Output {
    let vlans = vlan_list(call.text(0)).unwrap_or_default();
    on_trunks(call, |_, allowed| *allowed = tidy(vlans.clone()))
}

pub fn allowed_add(call: &mut Call) -> Output {
    let vlans = vlan_list(call.text(0)).unwrap_or_default();
    on_trunks(call, |_, allowed| {
        if let Some(list) = allowed.take() {
            *allowed = tidy(list.iter().chain(&vlans).copied().collect());
        }
    })
}

pub fn allowed_remove(call: &mut Call) -> Output {
    let vlans = vlan_list(call.text(0)).unwrap_or_default();
    on_trunks(call, |_, allowed| {
        let list = allowed.take().unwrap_or_else(every);
        *allowed = Some(list.difference(&vlans).copied().collect());
    })
}

pub fn allowed_except(call: &mut Call) -> Output {
    let vlans = vlan_list(call.text(0)).unwrap_or_default();
    on_trunks(call, |_, allowed| *allowed = tidy(every().difference(&vlans).copied().collect()))
}

pub fn allowed_all(call: &mut Call) -> Output {
    on_trunks(call, |_, allowed| *allowed = None)
}

pub fn allowed_none(call: &mut Call) -> Output {
    on_trunks(call, |_, allowed| *allowed = Some(Set::new()))
}

fn secured(switching: &mut SwitchPort) -> &mut PortSecurity {
    switching
        .port_security
        .get_or_insert_with(|| PortSecurity { maximum: 1, sticky: false, learned: Set::new(), violations: 0 }.into())
}

pub fn security(call: &mut Call) -> Output {
    let no = call.no;
    call.on_switch_ports(|switching| {
        if no {
            switching.port_security = None;
        } else {
            secured(switching);
        }
    })
}

pub fn security_maximum(call: &mut Call) -> Output {
    let maximum = if call.no { 1 } else { u8::try_from(call.number(0)).unwrap_or(1) };
    let too_many = call.ports().iter().find_map(|at| {
        let security = call.found().ports.get(*at)?.switching.as_ref()?.port_security.as_ref()?;
        (security.learned.len() > usize::from(maximum)).then_some(security.learned.len())
    });
    if let Some(learned) = too_many {
        return Output::failed(1, format!("Maximum is less than number of currently secured mac-addresses ({learned}).\n"));
    }
    call.on_switch_ports(|switching| secured(switching).maximum = maximum)
}

pub fn security_sticky(call: &mut Call) -> Output {
    let on = !call.no;
    call.on_switch_ports(|switching| secured(switching).sticky = on)
}

const PORTFAST_WARNING: &str = "%Warning: portfast should only be enabled on ports connected to a single
 host. Connecting hubs, concentrators, switches, bridges, etc... to this
 interface  when portfast is enabled, can cause temporary bridging loops.
 Use with CAUTION

";

pub fn portfast(call: &mut Call) -> Output {
    let on = !call.no;
    let output = call.on_switch_ports(|switching| switching.portfast = on);
    if output.exit == 0 && on { Output::ok(PORTFAST_WARNING) } else { output }
}

pub fn bpdu_guard(call: &mut Call, on: bool) -> Output {
    call.on_switch_ports(|switching| switching.bpdu_guard = on)
}

pub fn trust(call: &mut Call) -> Output {
    let on = !call.no;
    call.on_switch_ports(|switching| switching.snooping_trusted = on)
}
