//! Entries that no table may ever hold.

use std::collections::BTreeSet;

use engine::world::device::Device;
use engine::world::interface::NeighbourState;
use engine::world::mac::Mac;
use engine::world::server::Scope;
use engine::world::{PortRef, World};

/// Everything that is impossible in this world.
pub fn impossible(world: &World) -> Vec<String> {
    let mut found = Vec::new();
    for (at, device) in world.devices.iter().enumerate() {
        if usize::from(device.id.0) != at {
            found.push(format!("{} has the number {} at place {at}", device.name, device.id.0));
        }
        neighbours(device, &mut found);
        switching(device, &mut found);
        for scope in device.roles.dhcp.iter().flat_map(|dhcp| &dhcp.scopes) {
            leases(device, scope, &mut found);
        }
        interfaces(device, &mut found);
    }
    cables(world, &mut found);
    found
}

fn neighbours(device: &Device, found: &mut Vec<String>) {
    for ((interface, ip), neighbour) in &device.stack.neighbours {
        let mut wrong = |what: &str| found.push(format!("{}: neighbour {ip}: {what}", device.name));
        if usize::from(interface.0) >= device.stack.interfaces.len() {
            wrong("on an interface that is not there");
        }
        if ip.is_unspecified() || ip.is_broadcast() || ip.is_multicast() || ip.is_loopback() {
            wrong("no address of a station");
        }
        let known = matches!(neighbour.state, NeighbourState::Reachable | NeighbourState::Stale);
        if known && (neighbour.mac == Mac::BROADCAST || neighbour.mac == Mac::default()) {
            wrong("no station's Ethernet address");
        }
    }
}

fn switching(device: &Device, found: &mut Vec<String>) {
    for ((vlan, mac), (port, _)) in device.switching.iter().flat_map(|switching| &switching.mac_table) {
        if usize::from(port.0) >= device.ports.len() {
            found.push(format!("{}: {mac:?} learned on a port that is not there", device.name));
        }
        // The first byte's lowest bit marks groups (IEEE 802), which never send.
        if mac.0[0] & 1 == 1 {
            found.push(format!("{}: a group address learned: {mac:?}", device.name));
        }
        if vlan.0 > 4094 {
            found.push(format!("{}: VLAN {}", device.name, vlan.0));
        }
    }
}

fn leases(device: &Device, scope: &Scope, found: &mut Vec<String>) {
    let mut wrong = |what: String| found.push(format!("{}: scope {}: {what}", device.name, scope.name));
    let mut holders = BTreeSet::new();
    for (ip, lease) in &scope.leases {
        if !scope.network.contains(ip) {
            wrong(format!("{ip} is outside its network"));
        }
        if !holders.insert(lease.mac) {
            wrong(format!("{:?} holds two leases", lease.mac));
        }
        if scope.reservations.iter().any(|(mac, reserved)| reserved == ip && *mac != lease.mac) {
            wrong(format!("{ip} is reserved for another"));
        }
    }
}

fn interfaces(device: &Device, found: &mut Vec<String>) {
    for interface in &device.stack.interfaces {
        let mut wrong = |what: String| found.push(format!("{} {}: {what}", device.name, interface.name));
        for address in &interface.addresses {
            if address.prefix > 32 {
                wrong(format!("{}/{}", address.ip, address.prefix));
            }
        }
        if let Some(lease) = &interface.dhcp.lease
            && lease.expires < lease.obtained
        {
            wrong("a lease that ends before it begins".to_owned());
        }
    }
}

/// A port takes one plug, and every end is in a port that is there.
fn cables(world: &World, found: &mut Vec<String>) {
    let mut taken: BTreeSet<PortRef> = BTreeSet::new();
    for (at, cable) in world.cables.iter().enumerate() {
        for end in cable.ends.into_iter().flatten() {
            let there =
                world.devices.get(usize::from(end.device.0)).is_some_and(|device| usize::from(end.port.0) < device.ports.len());
            if !there {
                found.push(format!("cable {at} ends in a port that is not there"));
            }
            if !taken.insert(end) {
                found.push(format!("two plugs in one port: {end:?}"));
            }
        }
    }
}
