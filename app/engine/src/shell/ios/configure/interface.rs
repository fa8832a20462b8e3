//! The IPv4 side of an interface.

use super::silent;
use crate::shell::Output;
use crate::shell::ios::call::{Call, incomplete};
use crate::world::interface::{Address, Attach, Interface, Origin};
use crate::world::port::VlanId;
use crate::world::{InterfaceIndex, PortIndex};

/// The position of the interface that the section is about; a routed port gets one when it needs it.
fn index(call: &mut Call) -> Option<usize> {
    let name = call.section();
    let found = call.found();
    if let Some(at) = found.stack.interfaces.iter().position(|interface| interface.name == name) {
        return Some(at);
    }
    let (at, port) = found.ports.iter().enumerate().find(|(_, port)| port.name == name && port.switching.is_none())?;
    let interface = Interface {
        name: name.clone(),
        attach: Attach::Port(PortIndex(u8::try_from(at).ok()?)),
        enabled: true,
        mac: port.mac,
        mtu: 1500,
        addresses: Vec::new(),
        origin: Origin::Manual,
        dhcp: crate::world::interface::DhcpClient::default(),
        manual_dns: Vec::new(),
        manual_gateway: None,
        metric: 0,
        helpers: Vec::new(),
        acl_in: None,
        acl_out: None,
    };
    call.found_mut().stack.interfaces.push(interface);
    Some(call.found().stack.interfaces.len().saturating_sub(1))
}

fn on(call: &mut Call, change: impl FnOnce(&mut Interface)) -> Output {
    let Some(at) = index(call) else { return call.not_a_port() };
    call.change(|device| {
        if let Some(interface) = device.stack.interfaces.get_mut(at) {
            change(interface);
        }
    })
}

pub fn address(call: &mut Call) -> Output {
    if call.no {
        return on(call, |interface| {
            interface.addresses.clear();
            interface.dhcp.enabled = false;
            interface.dhcp.lease = None;
        });
    }
    if call.args.len() < 2 {
        return incomplete();
    }
    let (ip, mask) = (call.ip(0), call.ip(1));
    let Ok(net) = ipnet::Ipv4Net::with_netmask(ip, mask) else {
        return Output::failed(1, format!("Bad mask 0x{:08X} for address {ip}\n", u32::from(mask)));
    };
    let prefix = net.prefix_len();
    if prefix < 31 && (ip == net.network() || ip == net.broadcast()) {
        return Output::failed(1, format!("Bad mask /{prefix} for address {ip}\n"));
    }
    let name = call.section();
    let overlap = call.found().stack.interfaces.iter().find(|other| {
        other.name != name && other.addresses.iter().any(|own| own.network().contains(&ip) || net.contains(&own.ip))
    });
    if let Some(other) = overlap {
        return Output::failed(1, format!("% {} overlaps with {}\n", net.network(), crate::shell::ios::names::long(&other.name)));
    }
    on(call, |interface| {
        interface.addresses = vec![Address { ip, prefix }];
        interface.origin = Origin::Manual;
        interface.dhcp.enabled = false;
        interface.dhcp.lease = None;
    })
}

pub fn address_dhcp(call: &mut Call) -> Output {
    let no = call.no;
    let Some(at) = index(call) else { return call.not_a_port() };
    let output = on(call, |interface| {
        interface.dhcp.enabled = !no;
        interface.dhcp.lease = None;
        interface.addresses.clear();
        interface.origin = if no { Origin::Manual } else { Origin::Dhcp };
    });
    if !no {
        let index = InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX));
        crate::net::dhcp::renew(call.world, call.device, index);
    }
    output
}

pub fn helper(call: &mut Call) -> Output {
    let (helper, no) = (call.ip(0), call.no);
    on(call, |interface| {
        interface.helpers.retain(|known| *known != helper);
        if !no {
            interface.helpers.push(helper);
        }
    })
}

pub fn group(call: &mut Call, inbound: bool) -> Output {
    let number = u16::try_from(call.number(0)).ok().filter(|_| !call.no);
    on(call, |interface| {
        let place = if inbound { &mut interface.acl_in } else { &mut interface.acl_out };
        *place = number;
    })
}

pub fn mtu(call: &mut Call) -> Output {
    let mtu = if call.no { 1500 } else { u16::try_from(call.number(0)).unwrap_or(1500) };
    on(call, |interface| interface.mtu = mtu)
}

/// Which networks are inside is said by the list of the translation; the interface itself has nothing to keep.
pub fn nat_inside(call: &mut Call) -> Output {
    let Some(at) = index(call) else { return call.not_a_port() };
    let stack = &call.found().stack;
    let is_outside = stack.nat.outside.is_some_and(|outside| usize::from(outside.0) == at);
    let covered = stack
        .interfaces
        .get(at)
        .is_some_and(|interface| interface.addresses.iter().any(|own| stack.nat.inside.iter().any(|net| net.contains(&own.ip))));
    match (call.no, is_outside, covered) {
        (false, true, _) | (true, _, true) => call.not_modelled("ip nat inside apart from the list of the translation"),
        _ => silent(),
    }
}

pub fn nat_outside(call: &mut Call) -> Output {
    let Some(at) = index(call).and_then(|at| u8::try_from(at).ok()) else { return call.not_a_port() };
    let no = call.no;
    call.change(|device| {
        let nat = &mut device.stack.nat;
        nat.translations.clear();
        if !no {
            nat.outside = Some(InterfaceIndex(at));
        } else if nat.outside == Some(InterfaceIndex(at)) {
            nat.outside = None;
        }
    })
}

pub fn encapsulation(call: &mut Call) -> Output {
    let vlan = VlanId(u16::try_from(call.number(0)).unwrap_or_default());
    let name = call.section();
    let interfaces = &call.found().stack.interfaces;
    let Some(Attach::Sub(port, _)) = interfaces.iter().find(|interface| interface.name == name).map(|found| found.attach) else {
        return call.not_a_port();
    };
    let taken = interfaces.iter().any(|other| other.name != name && other.attach == Attach::Sub(port, vlan));
    if taken {
        return Output::failed(
            1,
            "% Configuration of multiple subinterfaces of the same main\ninterface with the same VID is not permitted.\n",
        );
    }
    on(call, |interface| interface.attach = Attach::Sub(port, vlan))
}
