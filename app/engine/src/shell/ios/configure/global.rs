//! Global configuration: names, VLANs, routes, translation, snooping, spanning tree; and the way into sections.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{silent, vlan_list};
use crate::shell::Output;
use crate::shell::ios::call::{Call, incomplete};
use crate::world::interface::{Attach, DhcpClient, Hop, Interface, Origin, PortForward, Protocol, Route, Stack};
use crate::world::mac::Mac;
use crate::world::network_device::Ios;
use crate::world::port::VlanId;
use crate::world::{InterfaceIndex, PortIndex};

pub fn on_ios(call: &mut Call, change: impl FnOnce(&mut Ios)) -> Output {
    if let Some(ios) = call.ios_mut() {
        change(ios);
        ios.unsaved = true;
    }
    silent()
}

/// RFC 1123 names; IOS wants a letter first and warns otherwise.
pub fn hostname(call: &mut Call) -> Output {
    if call.no {
        return on_ios(call, |ios| "Switch".clone_into(&mut ios.hostname));
    }
    let name = call.text(0).to_owned();
    if name.is_empty() {
        return incomplete();
    }
    let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')) && name.len() <= 63;
    if !fits || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Output::failed(1, "% Hostname contains one or more illegal characters.\n\n");
    }
    on_ios(call, |ios| ios.hostname = name)
}

pub fn line(call: &mut Call) -> Output {
    let name = call.text(0).to_owned();
    call.enter(Some(format!("line {name}")))
}

pub fn range(call: &mut Call) -> Output {
    let names = call.text(0).to_owned();
    call.enter(Some(format!("range {names}")))
}

/// Enters an interface; an SVI, loopback or subinterface is made on the way.
pub fn interface(call: &mut Call) -> Output {
    let name = call.text(0).to_owned();
    let physical = call.found().ports.iter().any(|port| port.name == name);
    let at = call.found().stack.interfaces.iter().position(|interface| interface.name == name);
    if call.no {
        return match at {
            Some(at) if !physical => remove(call, at),
            _ if physical => Output::failed(1, "% Removal of physical interfaces is not permitted\n"),
            _ => silent(),
        };
    }
    if !physical && at.is_none() {
        let Some(attach) = attach(call, &name) else { return call.invalid(0) };
        make(call, &name, attach);
    }
    call.enter(Some(format!("interface {name}")))
}

fn attach(call: &Call, name: &str) -> Option<Attach> {
    if let Some(number) = name.strip_prefix("Vlan") {
        return number.parse().ok().map(|number| Attach::Vlan(VlanId(number)));
    }
    if name.starts_with("Loopback") {
        return Some(Attach::Loopback);
    }
    let (parent, _) = name.rsplit_once('.')?;
    let port = call.found().ports.iter().position(|port| port.name == parent)?;
    // Without an encapsulation it belongs to no VLAN yet.
    Some(Attach::Sub(PortIndex(u8::try_from(port).ok()?), VlanId(0)))
}

fn make(call: &mut Call, name: &str, attach: Attach) {
    let mac = call.found().ports.first().map_or(Mac::default(), |port| port.mac);
    let interface = Interface {
        name: name.to_owned(),
        attach,
        enabled: true,
        mac,
        mtu: 1500,
        addresses: Vec::new(),
        origin: Origin::Manual,
        dhcp: DhcpClient::default(),
        manual_dns: Vec::new(),
        manual_gateway: None,
        metric: 0,
        helpers: Vec::new(),
        acl_in: None,
        acl_out: None,
    };
    call.change(|device| device.stack.interfaces.push(interface));
}

/// Interfaces are known by their position, so what names a later one moves with it.
fn remove(call: &mut Call, at: usize) -> Output {
    call.change(|device| {
        let stack = &mut device.stack;
        stack.interfaces.remove(at);
        let moved = |index: InterfaceIndex| match usize::from(index.0) {
            here if here == at => None,
            here if here > at => Some(InterfaceIndex(index.0.saturating_sub(1))),
            _ => Some(index),
        };
        stack.nat.outside = stack.nat.outside.and_then(moved);
        stack.routes.retain_mut(|route| match route.via {
            Hop::Interface(index) => moved(index).is_some_and(|index| {
                route.via = Hop::Interface(index);
                true
            }),
            _ => true,
        });
        let known = std::mem::take(&mut stack.neighbours);
        stack.neighbours = known.into_iter().filter_map(|((index, ip), found)| Some(((moved(index)?, ip), found))).collect();
    })
}

/// `VLAN0020`, as a VLAN is called before it has a name.
pub fn default_vlan_name(vlan: VlanId) -> String {
    if vlan.0 == 1 { "default".to_owned() } else { format!("VLAN{:04}", vlan.0) }
}

pub fn vlan(call: &mut Call) -> Output {
    let vlan = VlanId(u16::try_from(call.number(0)).unwrap_or(1));
    if call.found().switching.is_none() {
        return call.invalid(0);
    }
    if (1002..=1005).contains(&vlan.0) || (call.no && vlan.0 == 1) {
        return Output::failed(1, format!("Default VLAN {} may not be deleted.\n", vlan.0));
    }
    let no = call.no;
    call.change(|device| {
        let Some(switching) = &mut device.switching else { return };
        if no {
            switching.vlans.remove(&vlan);
            switching.mac_table.retain(|(of, _), _| *of != vlan);
        } else {
            switching.vlans.entry(vlan).or_insert_with(|| default_vlan_name(vlan));
        }
    });
    if no { silent() } else { call.enter(Some(format!("vlan {}", vlan.0))) }
}

pub fn vlan_name(call: &mut Call) -> Output {
    let Ok(vlan) = call.section().parse().map(VlanId) else { return silent() };
    let name = if call.no { default_vlan_name(vlan) } else { call.text(0).chars().take(32).collect() };
    let taken = call.found().switching.as_ref().is_some_and(|switching| {
        switching.vlans.iter().any(|(other, known)| *other != vlan && known.eq_ignore_ascii_case(&name))
    });
    if taken {
        return Output::failed(1, format!("%VLAN #{} and another VLAN have an identical name: {name}\n", vlan.0));
    }
    call.change(|device| {
        if let Some(switching) = &mut device.switching {
            switching.vlans.insert(vlan, name);
        }
    })
}

pub fn routing(call: &mut Call) -> Output {
    let on = !call.no;
    call.change(|device| device.stack.forwarding = on)
}

/// A destination whose host bits are set is refused as IOS refuses it.
fn destination(call: &Call) -> Result<Ipv4Net, Output> {
    let wrong = || Output::failed(1, "%Inconsistent address and mask\n");
    let net = Ipv4Net::with_netmask(call.ip(0), call.ip(1)).map_err(|_| call.invalid(1))?;
    if net.trunc() == net { Ok(net) } else { Err(wrong()) }
}

pub fn route(call: &mut Call) -> Output {
    let via = Hop::Gateway(call.ip(2));
    set_route(call, via)
}

pub fn route_interface(call: &mut Call) -> Output {
    let name = call.text(2).to_owned();
    let at = call.found().stack.interfaces.iter().position(|interface| interface.name == name);
    let Some(at) = at.and_then(|at| u8::try_from(at).ok()) else { return call.invalid(2) };
    set_route(call, Hop::Interface(InterfaceIndex(at)))
}

fn set_route(call: &mut Call, via: Hop) -> Output {
    let to = match destination(call) {
        Ok(to) => to,
        Err(output) => return output,
    };
    let no = call.no;
    let there = call.found().stack.routes.iter().any(|route| route.to == to && route.via == via);
    if no && !there {
        return Output::failed(1, "%No matching route to delete\n");
    }
    if let Hop::Gateway(gateway) = via
        && crate::net::route::owner(call.world, call.device, gateway).is_some()
    {
        return Output::failed(1, "%Invalid next hop address (it's this router)\n");
    }
    let metric = call.number(3).max(1);
    call.change(|device| {
        device.stack.routes.retain(|route| !(route.to == to && route.via == via));
        if !no {
            device.stack.routes.push(Route { to, via, metric, persistent: true });
        }
    })
}

/// The gateway of a switch that does not route stands at its management interface.
pub fn default_gateway(call: &mut Call) -> Output {
    let gateway = (!call.no).then(|| call.ip(0));
    let interfaces = &call.found().stack.interfaces;
    let near = |interface: &Interface| {
        gateway.is_none_or(|gateway| interface.addresses.iter().any(|own| own.network().contains(&gateway)))
    };
    let Some(at) = interfaces.iter().position(near).or_else(|| (!interfaces.is_empty()).then_some(0)) else {
        return call.not_modelled("a default gateway without an interface");
    };
    call.change(|device| {
        for interface in &mut device.stack.interfaces {
            interface.manual_gateway = None;
        }
        if let Some(interface) = device.stack.interfaces.get_mut(at) {
            interface.manual_gateway = gateway;
        }
    })
}

/// Names are never looked up here, as after `no ip domain-lookup`.
pub fn domain_lookup(call: &mut Call) -> Output {
    if call.no { silent() } else { call.not_modelled("looking up names from the configuration") }
}

/// The number of the list that says what is translated. The model keeps networks, so it is the first standard list that names
/// the same ones, else 1.
pub fn nat_list(stack: &Stack) -> u16 {
    let same = stack.filter.access_lists.iter().find(|(_, rules)| {
        let sources: Vec<Ipv4Net> = rules.iter().filter_map(|rule| rule.from).collect();
        !sources.is_empty() && sources == stack.nat.inside
    });
    same.map_or(1, |(number, _)| *number)
}

pub fn nat_overload(call: &mut Call) -> Output {
    let number = u16::try_from(call.number(0)).unwrap_or_default();
    let name = call.text(1).to_owned();
    let Some(index) = index_of(call, &name) else { return call.invalid(1) };
    let stack = &call.found().stack;
    let sources: Vec<Ipv4Net> = match stack.filter.access_lists.get(&number) {
        Some(rules) => rules
            .iter()
            .filter(|rule| rule.verdict == crate::world::interface::Verdict::Accept)
            .map(|rule| rule.from.unwrap_or_default())
            .collect(),
        None => Vec::new(),
    };
    let no = call.no;
    call.change(|device| {
        let nat = &mut device.stack.nat;
        nat.translations.clear();
        nat.inside = if no { Vec::new() } else { sources };
        if !no {
            nat.outside = Some(index);
        }
    })
}

fn index_of(call: &Call, name: &str) -> Option<InterfaceIndex> {
    let at = call.found().stack.interfaces.iter().position(|interface| interface.name == name)?;
    u8::try_from(at).ok().map(InterfaceIndex)
}

pub fn nat_static_tcp(call: &mut Call) -> Output {
    nat_static(call, Protocol::Tcp)
}

pub fn nat_static_udp(call: &mut Call) -> Output {
    nat_static(call, Protocol::Udp)
}

fn nat_static(call: &mut Call, protocol: Protocol) -> Output {
    let to: Ipv4Addr = call.ip(0);
    let port = |call: &Call, at| u16::try_from(call.number(at)).unwrap_or_default();
    let name = call.text(2).to_owned();
    let Some(index) = index_of(call, &name) else { return call.invalid(2) };
    let forward = PortForward { protocol, outside_port: port(call, 3), to, to_port: port(call, 1) };
    let no = call.no;
    let outside_port = forward.outside_port;
    let other = move |known: &PortForward| known.protocol == protocol && known.outside_port == outside_port;
    let forwards = &call.found().stack.nat.forwards;
    if !no && forwards.iter().any(|known| other(known) && *known != forward) {
        return Output::failed(1, format!("% similar static entry ({to} -> {}) already exists\n", forward.outside_port));
    }
    if no && !forwards.contains(&forward) {
        return Output::failed(1, "%Translation not found\n");
    }
    call.change(|device| {
        let nat = &mut device.stack.nat;
        nat.forwards.retain(|known| !other(known));
        if !no {
            nat.forwards.push(forward);
            nat.outside = Some(index);
        }
    })
}

pub fn snooping(call: &mut Call) -> Output {
    let on = !call.no;
    call.change(|device| {
        if let Some(switching) = &mut device.switching {
            switching.snooping = on;
        }
    })
}

pub fn snooping_vlan(call: &mut Call) -> Output {
    let vlans = vlan_list(call.text(0)).unwrap_or_default();
    let no = call.no;
    call.change(|device| {
        let Some(switching) = &mut device.switching else { return };
        if no {
            switching.snooping_vlans.retain(|vlan| !vlans.contains(vlan));
        } else {
            switching.snooping_vlans.extend(vlans);
        }
    })
}

/// The model keeps one tree for all VLANs: it is off when it is switched off for every VLAN there is.
pub fn spanning_tree(call: &mut Call) -> Output {
    let vlans = vlan_list(call.text(0)).unwrap_or_default();
    let all = call.found().switching.as_ref().is_some_and(|switching| switching.vlans.keys().all(|vlan| vlans.contains(vlan)));
    if call.no && !all {
        return call.not_modelled("spanning tree for some VLANs only");
    }
    let on = !call.no;
    call.change(|device| {
        if let Some(switching) = &mut device.switching {
            switching.spanning_tree = on;
        }
    })
}

/// Both modes give the same tree; how fast is not modelled.
pub fn spanning_tree_mode(call: &mut Call) -> Output {
    call.change(|device| {
        if let Some(switching) = &mut device.switching {
            switching.spanning_tree = true;
        }
    })
}
