//! `arp`: the neighbours that the adapters know.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::adapters::{self, Adapter};
use super::arguments::{option, wants_help};
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::interface::{Neighbour, NeighbourState};
use crate::world::mac::Mac;
use crate::world::{DeviceId, World};

const USAGE: &str = "
Displays and modifies the IP-to-Physical address translation tables used by
address resolution protocol (ARP).

ARP -s inet_addr eth_addr [if_addr]
ARP -d inet_addr [if_addr]
ARP -a [inet_addr] [-N if_addr] [-v]

  -a            Displays current ARP entries.  If inet_addr is specified, the
                entry of that address only.
  -g            Same as -a.
  -d            Deletes the host specified by inet_addr; * deletes all hosts.
  -s            Adds the host and associates the Internet address inet_addr
                with the Physical address eth_addr.  The entry is permanent.

";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let nth = |at: usize| arguments.get(at).map(String::as_str);
    if arguments.is_empty() || wants_help(arguments) {
        return Output::ok(USAGE);
    }
    match (nth(0).and_then(option).map(str::to_lowercase).as_deref(), nth(1)) {
        (Some("a" | "g"), None) => list(world, session.device, None),
        (Some("a" | "g"), Some(text)) if text.starts_with('-') => Output::not_modelled(world, &format!("arp -a {text}")),
        (Some("a" | "g"), Some(text)) => match text.parse() {
            Ok(address) => list(world, session.device, Some(address)),
            Err(_) => bad(text),
        },
        (Some("d"), target) => delete(world, session, target),
        (Some("s"), Some(address)) => match (address.parse(), nth(2).and_then(Mac::parse)) {
            (Ok(address), Some(mac)) => add(world, session, address, mac),
            (Err(_), _) => bad(address),
            (Ok(_), None) => bad(nth(2).unwrap_or_default()),
        },
        _ => Output::failed(1, USAGE),
    }
}

fn bad(text: &str) -> Output {
    Output::failed(1, format!("ARP: bad argument: {text}\n"))
}

fn list(world: &World, device: DeviceId, only: Option<Ipv4Addr>) -> Output {
    let mut text = String::new();
    for adapter in adapters::enabled(world, device) {
        let Some(own) = adapter.live_addresses().first() else { continue };
        let rows = rows(world, device, &adapter, only);
        if rows.is_empty() {
            continue;
        }
        let _ = write!(
            text,
            "\nInterface: {} --- {:#x}\n  Internet Address      Physical Address      Type\n",
            own.ip,
            adapter.number()
        );
        for (address, mac, kind) in rows {
            let _ = writeln!(text, "  {:<22}{:<22}{kind:<10}", address.to_string(), mac.hyphens());
        }
    }
    if text.is_empty() { Output::failed(1, "No ARP Entries Found.\n") } else { Output::ok(text) }
}

/// What was learned, what was written, and the rows that follow from the addresses: broadcast and multicast (RFC 1112).
fn rows(world: &World, device: DeviceId, adapter: &Adapter, only: Option<Ipv4Addr>) -> Vec<(Ipv4Addr, Mac, &'static str)> {
    let neighbours = world.device(device).stack.neighbours.iter().filter(|((interface, _), _)| *interface == adapter.interface);
    let mut found: Vec<(Ipv4Addr, Mac, &'static str)> = neighbours
        .filter_map(|((_, address), neighbour)| match neighbour.state {
            NeighbourState::Reachable | NeighbourState::Stale => Some((*address, neighbour.mac, "dynamic")),
            NeighbourState::Permanent => Some((*address, neighbour.mac, "static")),
            NeighbourState::Incomplete | NeighbourState::Failed => None,
        })
        .collect();
    for address in adapter.live_addresses() {
        found.push((address.network().broadcast(), Mac::BROADCAST, "static"));
    }
    found.push((Ipv4Addr::new(224, 0, 0, 22), Mac([0x01, 0x00, 0x5e, 0, 0, 0x16]), "static"));
    if adapter.dhcp {
        found.push((Ipv4Addr::BROADCAST, Mac::BROADCAST, "static"));
    }
    found.retain(|(address, ..)| only.is_none_or(|only| only == *address));
    sorted::sort(&mut found);
    found.dedup_by_key(|(address, ..)| *address);
    found
}

fn delete(world: &mut World, session: &Session, target: Option<&str>) -> Output {
    if !session.elevated {
        return Output::failed(1, "The ARP entry deletion failed: The requested operation requires elevation.\n");
    }
    let neighbours = &mut world.device_mut(session.device).stack.neighbours;
    match target {
        None | Some("*") => neighbours.clear(),
        Some(text) => {
            let Ok(address) = text.parse::<Ipv4Addr>() else { return bad(text) };
            let before = neighbours.len();
            neighbours.retain(|(_, known), _| *known != address);
            if neighbours.len() == before {
                return Output::failed(1, "The ARP entry deletion failed: The parameter is incorrect.\n");
            }
        }
    }
    Output::ok("")
}

fn add(world: &mut World, session: &Session, address: Ipv4Addr, mac: Mac) -> Output {
    if !session.elevated {
        return Output::failed(1, "The ARP entry addition failed: Access is denied.\n");
    }
    let on_link = |adapter: &Adapter| adapter.live_addresses().iter().any(|own| own.network().contains(&address));
    let Some(adapter) = adapters::enabled(world, session.device).into_iter().find(on_link) else {
        return Output::failed(1, "The ARP entry addition failed: The parameter is incorrect.\n");
    };
    let neighbour = Neighbour { state: NeighbourState::Permanent, mac, confirmed: world.now };
    world.device_mut(session.device).stack.neighbours.insert((adapter.interface, address), neighbour);
    Output::ok("")
}
