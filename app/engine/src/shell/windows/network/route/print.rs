//! The table as `route print` writes it.

use std::fmt::Write;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::shell::windows::network::adapters::{self, Adapter};
use crate::shell::windows::network::arguments::mask_of;
use crate::sorted;
use crate::world::interface::Hop;
use crate::world::{DeviceId, World};

/// Windows gives routes to the own network and its addresses 256 more than the interface.
const ON_LINK: u32 = 256;
/// The loopback interface's own metric is 75.
const LOOPBACK: u32 = ON_LINK + 75;

/// One line of the active routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Active {
    pub to: Ipv4Net,
    /// `None` is `On-link`.
    pub gateway: Option<Ipv4Addr>,
    pub interface: Ipv4Addr,
    pub metric: u32,
}

const RULE: &str = "===========================================================================\n";

pub fn table(world: &World, device: DeviceId, pattern: Option<&str>) -> String {
    let mut text = interface_list(world, device);
    let _ = write!(
        text,
        "\nIPv4 Route Table\n{RULE}Active Routes:\nNetwork Destination        Netmask          Gateway       Interface  Metric\n"
    );
    let shown =
        |to: Ipv4Net| pattern.is_none_or(|pattern| crate::shell::cmd::wildcard::matches(pattern, &to.network().to_string()));
    for route in active(world, device).into_iter().filter(|route| shown(route.to)) {
        let (to, mask) = (route.to.network().to_string(), mask_of(route.to.prefix_len()).to_string());
        let interface = route.interface.to_string();
        let metric = route.metric;
        let _ = match route.gateway {
            Some(gateway) => writeln!(text, "{to:>17}{mask:>17}{:>17}{interface:>17}{metric:>7}", gateway.to_string()),
            None => writeln!(text, "{to:>17}{mask:>17}{:>16}{interface:>18}{metric:>7}", "On-link"),
        };
    }
    text.push_str(RULE);
    persistent(&mut text, world, device);
    // The model has no IPv6.
    let _ = writeln!(text, "\nIPv6 Route Table\n{RULE}Active Routes:\n  None\nPersistent Routes:\n  None");
    text
}

fn interface_list(world: &World, device: DeviceId) -> String {
    let mut text = format!("{RULE}Interface List\n");
    let mut adapters = adapters::enabled(world, device);
    adapters.reverse();
    for adapter in adapters {
        let mac = adapter.mac.hyphens().replace('-', " ");
        let _ = writeln!(text, "{:>3}...{mac} ......{}", adapter.number(), adapter.description);
    }
    text.push_str("  1...........................Software Loopback Interface 1\n");
    text.push_str(RULE);
    text
}

/// Every route in force, in order.
#[must_use]
pub fn active(world: &World, device: DeviceId) -> Vec<Active> {
    let mut found = loopback();
    let adapters = adapters::enabled(world, device);
    for adapter in &adapters {
        of_adapter(&mut found, world, device, adapter);
    }
    let written = &world.device(device).stack.routes;
    for route in written {
        let (gateway, adapter) = match route.via {
            Hop::Gateway(gateway) => (Some(gateway), adapters.iter().find(|adapter| reaches(adapter, gateway))),
            Hop::Interface(index) => (None, adapters.iter().find(|adapter| adapter.interface == index)),
            Hop::Blackhole | Hop::Unreachable | Hop::Prohibit => (None, None),
        };
        if let Some((adapter, own)) = adapter.and_then(|adapter| Some((adapter, adapter.live_addresses().first()?))) {
            let metric = route.metric.saturating_add(adapter.metric);
            found.push(Active { to: route.to, gateway, interface: own.ip, metric });
        }
    }
    sorted::sort(&mut found);
    found
}

/// Whether a gateway lies in a network of the adapter.
pub fn reaches(adapter: &Adapter, gateway: Ipv4Addr) -> bool {
    adapter.live_addresses().iter().any(|own| own.network().contains(&gateway))
}

fn loopback() -> Vec<Active> {
    let interface = Ipv4Addr::LOCALHOST;
    [
        (Ipv4Addr::new(127, 0, 0, 0), 8),
        (interface, 32),
        (Ipv4Addr::new(127, 255, 255, 255), 32),
        (MULTICAST, 4),
        (Ipv4Addr::BROADCAST, 32),
    ]
    .into_iter()
    .filter_map(|(ip, prefix)| Ipv4Net::new(ip, prefix).ok())
    .map(|to| Active { to, gateway: None, interface, metric: LOOPBACK })
    .collect()
}

/// 224.0.0.0/4.
const MULTICAST: Ipv4Addr = Ipv4Addr::new(224, 0, 0, 0);

fn of_adapter(found: &mut Vec<Active>, world: &World, device: DeviceId, adapter: &Adapter) {
    let metric = adapter.metric.saturating_add(ON_LINK);
    let conflicts = &world.device(device).stack.conflicts;
    let live: Vec<_> = adapter.live_addresses().iter().filter(|address| !conflicts.contains(&address.ip)).collect();
    for address in &live {
        let network = address.network();
        let host = |ip| Ipv4Net::new(ip, 32).unwrap_or_default();
        for to in [network, host(address.ip), host(network.broadcast())] {
            found.push(Active { to, gateway: None, interface: address.ip, metric });
        }
    }
    let Some(first) = live.first() else { return };
    for (ip, prefix) in [(MULTICAST, 4), (Ipv4Addr::BROADCAST, 32)] {
        let to = Ipv4Net::new(ip, prefix).unwrap_or_default();
        found.push(Active { to, gateway: None, interface: first.ip, metric });
    }
    if let Some(gateway) = adapter.gateway {
        found.push(Active { to: Ipv4Net::default(), gateway: Some(gateway), interface: first.ip, metric: adapter.metric });
    }
}

fn persistent(text: &mut String, world: &World, device: DeviceId) {
    let stack = &world.device(device).stack;
    let mut rows: Vec<(Ipv4Net, String, String)> = stack
        .interfaces
        .iter()
        .filter_map(|interface| interface.manual_gateway)
        .map(|gateway| (Ipv4Net::default(), gateway.to_string(), "Default".to_owned()))
        .collect();
    for route in stack.routes.iter().filter(|route| route.persistent) {
        let gateway = match route.via {
            Hop::Gateway(gateway) => gateway.to_string(),
            _ => "On-link".to_owned(),
        };
        rows.push((route.to, gateway, route.metric.to_string()));
    }
    text.push_str("Persistent Routes:\n");
    if rows.is_empty() {
        text.push_str("  None\n");
        return;
    }
    text.push_str("  Network Address          Netmask  Gateway Address  Metric\n");
    for (to, gateway, metric) in rows {
        let (address, mask) = (to.network().to_string(), mask_of(to.prefix_len()).to_string());
        let _ = writeln!(text, "{address:>17}{mask:>17}{gateway:>17}{metric:>8}");
    }
    text.push_str(RULE);
}
