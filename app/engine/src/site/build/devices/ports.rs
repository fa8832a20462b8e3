//! Ports: how many a kind has, what they are called, and what the site says about them.

use super::Builder;
use crate::site::spec::{Device as Spec, Kind, Port as PortSpec};
use crate::sorted::Set;
use crate::world::DeviceId;
use crate::world::mac::Mac;
use crate::world::port::{Counters, Duplex, Media, Optic, Poe, Port, PortSecurity, Speed, SwitchMode, SwitchPort, VlanId};
use crate::world::wifi::{Band, WifiClient};

impl Builder<'_> {
    pub(super) fn ports(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        let names = port_names(spec);
        let family = family(spec.kind);
        let switched = self.world.device(id).switching.is_some();
        for name in names {
            let mac = self.mac(family);
            let mut port = plain(name, mac, Media::Copper(1000));
            port.switching = (switched && !port.name.starts_with("WAN")).then(|| access(VlanId(1)));
            if spec.kind == Kind::Internet || port.name.starts_with("WAN") || port.name == "Line" {
                port.media = Media::Line;
            }
            self.world.device_mut(id).ports.push(port);
        }
        if spec.kind == Kind::Laptop {
            let mac = self.mac(family);
            let mut port = plain("Wi-Fi".to_owned(), mac, Media::Radio);
            port.wifi = Some(
                WifiClient {
                    hardware_on: true,
                    software_on: true,
                    bands: Set::from([Band::Ghz2, Band::Ghz5]),
                    wpa3: true,
                    profiles: Vec::new(),
                    joined: None,
                    roams_below: -72,
                }
                .into(),
            );
            self.world.device_mut(id).ports.push(port);
        }
        for (at, port) in spec.port.iter().enumerate() {
            self.port(&format!("{path}.port[{at}]"), id, port);
        }
    }

    fn port(&mut self, path: &str, id: DeviceId, spec: &PortSpec) {
        let names = expand(&spec.name);
        for name in names {
            let vlan = |number: u16| VlanId(number);
            self.vlans_are_known(path, spec);
            let Some(port) = self.world.device_mut(id).ports.iter_mut().find(|port| port.name == name) else {
                let known: Vec<_> = self.world.device(id).ports.iter().map(|port| port.name.clone()).collect();
                self.complain(
                    path,
                    format!("{} has no port “{name}”. It has: {}.", self.world.device(id).name, short_list(&known)),
                );
                return;
            };
            if spec.fibre == Some(true) {
                port.media = Media::Fibre(Optic::Sx);
            }
            port.enabled = !spec.shutdown;
            port.description = spec.description.clone().unwrap_or_default();
            port.poe = spec.poe.then_some(Poe { enabled: true });
            if spec.access.is_none() && spec.trunk.is_none() && port.switching.is_none() {
                continue;
            }
            let mut switching = port.switching.take().unwrap_or_else(|| access(VlanId(1)));
            if let Some(number) = spec.access {
                switching.mode = SwitchMode::Access(vlan(number));
            }
            if let Some(allowed) = &spec.trunk {
                let allowed = (!allowed.is_empty()).then(|| allowed.iter().map(|number| vlan(*number)).collect());
                switching.mode = SwitchMode::Trunk { native: vlan(spec.native.unwrap_or(1)), allowed };
            }
            switching.voice_vlan = spec.voice.map(vlan);
            switching.snooping_trusted = spec.trusted;
            switching.portfast = spec.portfast;
            switching.bpdu_guard = spec.portfast;
            let security = |maximum| PortSecurity { maximum, sticky: false, learned: Set::new(), violations: 0 };
            switching.port_security = spec.security.map(|maximum| Box::new(security(maximum)));
            port.switching = Some(switching);
        }
    }
    /// Every VLAN that a port names is one of the site's.
    fn vlans_are_known(&mut self, path: &str, spec: &PortSpec) {
        let trunk = spec.trunk.as_deref().unwrap_or_default();
        let one = |field, number: Option<u16>| number.map(|number| (field, number));
        let named = [one("access", spec.access), one("native", spec.native), one("voice", spec.voice)];
        let all = named.into_iter().flatten().chain(trunk.iter().map(|number| ("trunk", *number)));
        let unknown = all.filter(|(_, number)| *number != 1 && !self.site.vlan.iter().any(|vlan| vlan.id == *number));
        for (field, number) in unknown.collect::<Vec<_>>() {
            let message = format!("There is no VLAN {number}: write [[vlan]] with id = {number}, or another number.");
            self.complain(format!("{path}.{field}"), message);
        }
    }
}

fn plain(name: String, mac: Mac, media: Media) -> Port {
    Port {
        name,
        mac,
        media,
        enabled: true,
        broken: false,
        speed: Speed::Auto,
        duplex: Duplex::Auto,
        counters: Counters::default(),
        switching: None,
        poe: None,
        wifi: None,
        description: String::new(),
    }
}

fn access(vlan: VlanId) -> SwitchPort {
    SwitchPort {
        mode: SwitchMode::Access(vlan),
        voice_vlan: None,
        port_security: None,
        err_disabled: None,
        bpdu_guard: false,
        portfast: false,
        snooping_trusted: false,
        blocked: false,
    }
}

fn port_names(spec: &Spec) -> Vec<String> {
    let numbered = |prefix: &str, from: u8, count: u8| {
        (from..from.saturating_add(count)).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>()
    };
    match spec.kind {
        Kind::Desktop | Kind::Laptop => vec!["Ethernet".to_owned()],
        Kind::Server => numbered("Ethernet", 1, spec.ports.unwrap_or(1))
            .into_iter()
            .map(|name| if name == "Ethernet1" { "Ethernet".to_owned() } else { name })
            .collect(),
        Kind::LinuxServer | Kind::LinuxDesktop | Kind::Printer | Kind::Phone => numbered("eth", 0, spec.ports.unwrap_or(1)),
        Kind::Switch => numbered("Gi0/", 1, spec.ports.unwrap_or(24)),
        Kind::Router | Kind::Firewall => numbered("Gi0/", 0, spec.ports.unwrap_or(3)),
        Kind::UnmanagedSwitch => numbered("Port ", 1, spec.ports.unwrap_or(8)),
        Kind::HomeRouter => [vec!["WAN".to_owned()], numbered("LAN", 1, spec.ports.unwrap_or(4))].concat(),
        Kind::AccessPoint => vec!["LAN".to_owned()],
        Kind::Modem => vec!["Line".to_owned(), "LAN".to_owned()],
        Kind::Internet => numbered("net", 0, spec.ports.unwrap_or(1)),
    }
}

/// `Gi0/1-8` is eight ports.
fn expand(name: &str) -> Vec<String> {
    let range = name.rsplit_once('-').and_then(|(first, last)| {
        let digits = first.chars().rev().take_while(char::is_ascii_digit).count();
        let (stem, from) = first.split_at(first.len() - digits);
        let (from, to): (u8, u8) = (from.parse().ok()?, last.parse().ok()?);
        (from <= to).then(|| (from..=to).map(|at| format!("{stem}{at}")).collect())
    });
    range.unwrap_or_else(|| vec![name.to_owned()])
}

fn short_list(names: &[String]) -> String {
    match names {
        [first, .., last] if names.len() > 6 => format!("{first} … {last}"),
        _ => names.join(", "),
    }
}

fn family(kind: Kind) -> u8 {
    match kind {
        Kind::Desktop => 0x10,
        Kind::Laptop => 0x14,
        Kind::Server | Kind::LinuxServer => 0x20,
        Kind::LinuxDesktop => 0x24,
        Kind::Printer => 0x30,
        Kind::Switch | Kind::UnmanagedSwitch => 0x40,
        Kind::Router | Kind::Firewall => 0x44,
        Kind::HomeRouter => 0x48,
        Kind::AccessPoint => 0x4c,
        Kind::Modem => 0x50,
        Kind::Phone => 0x58,
        Kind::Internet => 0x60,
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn ranges_of_ports() {
        assert_eq!(expand("Gi0/7-9"), ["Gi0/7", "Gi0/8", "Gi0/9"]);
        assert_eq!(expand("Wi-Fi"), ["Wi-Fi"]);
        assert_eq!(expand("Gi0/1"), ["Gi0/1"]);
    }
}
