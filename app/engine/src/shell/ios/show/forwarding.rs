//! Who was heard where: MAC table and ARP cache.

use crate::net::switching;
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::shell::ios::names;
use crate::sorted;
use crate::world::PortIndex;
use crate::world::interface::NeighbourState;
use crate::world::mac::Mac;
use crate::world::port::VlanId;
use std::fmt::Write;

type Entry = (VlanId, Mac, PortIndex);

pub fn mac_table(call: &mut Call) -> Output {
    table(call, true, |_| true)
}

pub fn mac_dynamic(call: &mut Call) -> Output {
    table(call, false, |_| true)
}

pub fn mac_interface(call: &mut Call) -> Output {
    let at = call.found().ports.iter().position(|port| port.name == call.text(0));
    table(call, false, |(_, _, port)| Some(usize::from(port.0)) == at)
}

pub fn mac_vlan(call: &mut Call) -> Output {
    let wanted = call.number(0);
    table(call, false, |(vlan, ..)| u32::from(vlan.0) == wanted)
}

pub fn mac_address(call: &mut Call) -> Output {
    let Some(wanted) = Mac::parse(call.text(0)) else { return call.invalid(0) };
    table(call, false, |(_, mac, _)| *mac == wanted)
}

/// Addresses that the switch itself listens to: CDP and the bridge groups of IEEE 802.1D, table 7-10.
fn own() -> Vec<Mac> {
    let mut found = vec![Mac([0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcc]), Mac([0x01, 0x00, 0x0c, 0xcc, 0xcc, 0xcd])];
    found.extend((0..=0x10).map(|last| Mac([0x01, 0x80, 0xc2, 0x00, 0x00, last])));
    found.push(Mac::BROADCAST);
    found
}

fn table(call: &mut Call, with_own: bool, wanted: impl Fn(&Entry) -> bool) -> Output {
    let (world, device) = (&*call.world, call.device);
    let mut text = "          Mac Address Table\n-------------------------------------------\n\nVlan    Mac Address       Type        Ports\n----    -----------       --------    -----\n".to_owned();
    let mut count = 0_u32;
    if with_own {
        for mac in own() {
            _ = writeln!(text, "{:>4}    {}    {:<8}    CPU", "All", mac.dotted(), "STATIC");
            count += 1;
        }
    }
    for (vlan, mac, port) in switching::mac_table(world, device).into_iter().filter(|entry| wanted(entry)) {
        let name = world.device(device).ports.get(usize::from(port.0)).map_or("", |port| port.name.as_str());
        _ = writeln!(text, "{:>4}    {}    {:<8}    {}", vlan.0, mac.dotted(), "DYNAMIC", names::short(name));
        count += 1;
    }
    _ = writeln!(text, "Total Mac Addresses for this criterion: {count}");
    Output::ok(text)
}

pub fn arp(call: &mut Call) -> Output {
    let (world, stack) = (&*call.world, &call.found().stack);
    let mut rows = Vec::new();
    for (index, interface) in (0_u8..).zip(&stack.interfaces) {
        for own in interface.addresses.iter().filter(|_| interface.mac != Mac::default()) {
            rows.push((own.ip, "-".to_owned(), interface.mac.dotted(), interface.name.clone()));
        }
        for ((_, ip), neighbour) in stack.neighbours.iter().filter(|((at, _), _)| at.0 == index) {
            let (age, mac) = match neighbour.state {
                NeighbourState::Incomplete | NeighbourState::Failed => ("0".to_owned(), "Incomplete    ".to_owned()),
                NeighbourState::Permanent => ("-".to_owned(), neighbour.mac.dotted()),
                NeighbourState::Reachable | NeighbourState::Stale => {
                    (((world.now - neighbour.confirmed).as_seconds() / 60).to_string(), neighbour.mac.dotted())
                }
            };
            rows.push((*ip, age, mac, interface.name.clone()));
        }
    }
    sorted::sort(&mut rows);
    let mut text = "Protocol  Address          Age (min)  Hardware Addr   Type   Interface\n".to_owned();
    for (ip, age, mac, name) in rows {
        // The interface of an entry nobody answered for is not printed.
        let name = if mac.starts_with("Incomplete") { String::new() } else { names::long(&name) };
        let line = format!("Internet  {:<15} {age:>9}   {mac}  ARPA   {name}", ip.to_string());
        _ = writeln!(text, "{}", line.trim_end());
    }
    Output::ok(text)
}
