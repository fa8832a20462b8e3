//! The adapters of a Windows machine as its network tools see them: computed from ports, interfaces and leases, never kept.

pub mod change;

use std::net::Ipv4Addr;

use crate::net;
use crate::time::Time;
use crate::world::hardware::Peripheral;
use crate::world::interface::{Address, Attach, Interface, Lease, Origin};
use crate::world::mac::Mac;
use crate::world::port::PortRef;
use crate::world::{DeviceId, InterfaceIndex, World};

/// One adapter with what is in force on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adapter {
    pub interface: InterfaceIndex,
    pub port: Option<PortRef>,
    /// As the connection is named: `Ethernet`, `Wi-Fi`.
    pub name: String,
    /// As Device Manager names the hardware.
    pub description: String,
    pub mac: Mac,
    pub wireless: bool,
    pub enabled: bool,
    pub connected: bool,
    /// Mb/s, where there is a link.
    pub speed: Option<u32>,
    pub mtu: u16,
    pub metric: u32,
    pub addresses: Vec<Address>,
    pub origin: Origin,
    pub dhcp: bool,
    pub lease: Option<Lease>,
    pub gateway: Option<Ipv4Addr>,
    pub dns: Vec<Ipv4Addr>,
    /// Servers were typed in.
    pub dns_is_manual: bool,
    /// The connection's own DNS suffix.
    pub suffix: String,
}

/// Every adapter that Network Connections shows, disabled ones too; those that Device Manager has switched off are not there.
#[must_use]
pub fn all(world: &World, device: DeviceId) -> Vec<Adapter> {
    let interfaces = &world.device(device).stack.interfaces;
    (0u8..).zip(interfaces).filter_map(|(index, interface)| adapter(world, device, InterfaceIndex(index), interface)).collect()
}

/// Those that are switched on.
#[must_use]
pub fn enabled(world: &World, device: DeviceId) -> Vec<Adapter> {
    all(world, device).into_iter().filter(|adapter| adapter.enabled).collect()
}

/// By the connection's name, in any case.
#[must_use]
pub fn named(world: &World, device: DeviceId, name: &str) -> Option<Adapter> {
    all(world, device).into_iter().find(|adapter| adapter.name.eq_ignore_ascii_case(name))
}

fn adapter(world: &World, device: DeviceId, index: InterfaceIndex, interface: &Interface) -> Option<Adapter> {
    let found = world.device(device);
    let Attach::Port(port_index) = interface.attach else { return None };
    let port = found.ports.get(usize::from(port_index.0))?;
    let place = PortRef { device, port: port_index };
    let hardware = peripheral(world, place);
    if hardware.is_some_and(|peripheral| !peripheral.connected || peripheral.disabled) {
        return None;
    }
    let sound = |peripheral: &Peripheral| peripheral.works && !peripheral.driver.version.is_empty() && !peripheral.driver.faulty;
    if hardware.is_some_and(|peripheral| !sound(peripheral) || peripheral.driver.cannot_start) {
        return None;
    }
    let enabled = interface.enabled && port.enabled;
    let link = net::link::of(world, place);
    let connected = enabled && link.is_some();
    let lease = interface.dhcp.lease.clone().filter(|_| interface.dhcp.enabled);
    let leased_dns = lease.as_ref().map(|lease| lease.dns.clone()).unwrap_or_default();
    Some(Adapter {
        interface: index,
        port: Some(place),
        name: interface.name.clone(),
        description: hardware.map_or_else(|| format!("{} adapter", port.name), |peripheral| peripheral.name.clone()),
        mac: interface.mac,
        wireless: port.wifi.is_some(),
        enabled,
        connected,
        speed: link.map(|link| link.speed),
        mtu: interface.mtu,
        metric: interface.metric,
        addresses: interface.addresses.clone(),
        origin: interface.origin,
        dhcp: interface.dhcp.enabled,
        gateway: net::route::gateway(&found.stack, index),
        dns: if interface.manual_dns.is_empty() { leased_dns } else { interface.manual_dns.clone() },
        dns_is_manual: !interface.manual_dns.is_empty(),
        suffix: lease.as_ref().map(|lease| lease.domain.clone()).unwrap_or_default(),
        lease,
    })
}

/// The card behind a port.
fn peripheral(world: &World, port: PortRef) -> Option<&Peripheral> {
    let at = net::link::adapter(world, port)?;
    world.device(port.device).hardware.peripherals.get(at)
}

impl Adapter {
    /// As `route print`, `arp -a` and `Get-NetAdapter` number it; 1 is the loopback interface.
    #[must_use]
    pub fn number(&self) -> u32 {
        /// Windows gives the first numbers to the loopback and to its own tunnel adapters.
        const FIRST: u32 = 5;
        FIRST + u32::from(self.interface.0)
    }

    /// The adapter's identity in the registry, made from its hardware address.
    #[must_use]
    pub fn guid(&self) -> String {
        let node = self.mac.hyphens_upper().replace('-', "");
        let digits = |from: usize, to: usize| node.get(from..to).unwrap_or_default();
        let (first, second, third, fourth) = (digits(4, 12), digits(0, 4), digits(5, 8), digits(9, 12));
        format!("{{{first}-{second}-4{third}-A{fourth}-{node}}}")
    }

    /// Addresses are in force only while there is a link.
    #[must_use]
    pub fn live_addresses(&self) -> &[Address] {
        if self.connected { &self.addresses } else { &[] }
    }

    /// `Ethernet adapter` or `Wireless LAN adapter`.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        if self.wireless { "Wireless LAN adapter" } else { "Ethernet adapter" }
    }

    /// `1 Gbps`, `100 Mbps`, as `Get-NetAdapter` prints it.
    #[must_use]
    pub fn link_speed(&self) -> String {
        match self.speed.filter(|_| self.connected) {
            None => "0 bps".to_owned(),
            Some(mbps) if mbps >= 1000 && mbps.is_multiple_of(1000) => format!("{} Gbps", mbps / 1000),
            Some(mbps) if mbps >= 1000 => format!("{}.{} Gbps", mbps / 1000, mbps % 1000 / 100),
            Some(mbps) => format!("{mbps} Mbps"),
        }
    }
}

/// The machine's own idea of a moment: its clock may be wrong and in another zone.
#[must_use]
pub fn local_time(world: &World, device: DeviceId, at: Time) -> Time {
    let Some(windows) = world.device(device).windows() else { return at };
    let zone = i64::from(windows.clock.zone_minutes).saturating_mul(60_000);
    at.shifted(zone.saturating_add(windows.clock.offset))
}

/// The DNS suffix of the machine itself: the domain it is joined to.
#[must_use]
pub fn primary_suffix(world: &World, device: DeviceId) -> String {
    world
        .device(device)
        .windows()
        .and_then(|windows| windows.joined.as_ref())
        .map(|joined| joined.domain.clone())
        .unwrap_or_default()
}

/// Suffixes that are tried for short names: those of the resolver's list, or the primary and the connections' own ones.
#[must_use]
pub fn suffixes(world: &World, device: DeviceId) -> Vec<String> {
    let listed = &world.device(device).stack.resolver.suffixes;
    if !listed.is_empty() {
        return listed.clone();
    }
    let mut found = vec![primary_suffix(world, device)];
    found.extend(enabled(world, device).into_iter().filter(|adapter| adapter.connected).map(|adapter| adapter.suffix));
    let mut seen = crate::sorted::Set::new();
    found.retain(|suffix| !suffix.is_empty() && seen.insert(suffix.to_lowercase()));
    found
}

/// The name that a PTR record gives an address: asked of the first server that answers.
pub fn name_of(world: &mut World, device: DeviceId, address: Ipv4Addr) -> Option<String> {
    use crate::net::dns::{Answer, query, servers};
    use crate::world::server::{RecordData, RecordType};
    let own =
        world.device(device).stack.interfaces.iter().any(|interface| interface.addresses.iter().any(|own| own.ip == address));
    if own {
        return Some(full_name(world, device));
    }
    let hosts = &world.device(device).stack.resolver.hosts;
    if let Some((_, name)) = hosts.iter().find(|(ip, _)| *ip == address) {
        return Some(name.clone());
    }
    let [a, b, c, d] = address.octets();
    let reverse = format!("{d}.{c}.{b}.{a}.in-addr.arpa");
    for server in servers(world, device) {
        match query(world, device, server, &reverse, RecordType::Ptr) {
            Answer::TimedOut | Answer::PortUnreachable => {}
            Answer::Records { records, .. } => {
                return records.into_iter().find_map(|(_, record)| match record.data {
                    RecordData::Ptr(name) => Some(name),
                    _ => None,
                });
            }
            _ => return None,
        }
    }
    None
}

/// `PC-07.clinic.example`, or the bare name outside a domain.
#[must_use]
pub fn full_name(world: &World, device: DeviceId) -> String {
    let (name, suffix) = (&world.device(device).name, primary_suffix(world, device));
    if suffix.is_empty() { name.clone() } else { format!("{name}.{suffix}") }
}

/// A name as the resolver completed it: the suffix that led to an answer is in its cache then.
#[must_use]
pub fn completed(world: &World, device: DeviceId, name: &str) -> String {
    use crate::world::server::RecordType;
    if name.contains('.') {
        return name.to_owned();
    }
    let cache = &world.device(device).stack.resolver.cache;
    let full = |suffix: &String| format!("{name}.{suffix}");
    suffixes(world, device)
        .iter()
        .map(full)
        .find(|full| cache.get(&(full.to_lowercase(), RecordType::A)).is_some_and(|cached| cached.exists))
        .unwrap_or_else(|| name.to_owned())
}
