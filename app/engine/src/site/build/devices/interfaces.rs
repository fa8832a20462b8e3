//! IPv4 interfaces, routes and translation.

use ipnet::Ipv4Net;

use super::Builder;
use crate::site::spec::{Device as Spec, Interface as InterfaceSpec, Kind, Nat as NatSpec};
use crate::world::interface::{Attach, DhcpClient, Hop, Interface, Origin, PortForward, Route};
use crate::world::mac::Mac;
use crate::world::port::VlanId;
use crate::world::{DeviceId, InterfaceIndex, PortIndex};

impl Builder<'_> {
    pub(super) fn interfaces(&mut self, path: &str, id: DeviceId, spec: &Spec) {
        for (at, written) in spec.interface.iter().enumerate() {
            self.interface(&format!("{path}.interface[{at}]"), id, written);
        }
        // A computer's ports have an interface each, also where nobody says so; they ask for a lease.
        let hosts = matches!(
            spec.kind,
            Kind::Desktop | Kind::Laptop | Kind::Server | Kind::LinuxServer | Kind::LinuxDesktop | Kind::Printer | Kind::Phone
        );
        if hosts {
            let names: Vec<_> = self.world.device(id).ports.iter().map(|port| port.name.clone()).collect();
            for name in names {
                if !self.world.device(id).stack.interfaces.iter().any(|interface| interface.name == name) {
                    let written = InterfaceSpec { name, address: Some("dhcp".to_owned()), ..InterfaceSpec::default() };
                    self.interface(path, id, &written);
                }
            }
        }
        for (at, text) in spec.route.iter().enumerate() {
            self.route(&format!("{path}.route[{at}]"), id, text);
        }
        if let Some(nat) = &spec.nat {
            self.nat(&format!("{path}.nat"), id, nat);
        }
    }

    fn interface(&mut self, path: &str, id: DeviceId, written: &InterfaceSpec) {
        let Some((attach, mac)) = self.attach(id, &written.name) else {
            let ports: Vec<_> = self.world.device(id).ports.iter().map(|port| port.name.clone()).collect();
            self.complain(
                format!("{path}.name"),
                format!(
                    "“{}” is neither a port of {} ({}) nor Vlan… nor Loopback….",
                    written.name,
                    self.world.device(id).name,
                    ports.join(", ")
                ),
            );
            return;
        };
        let dhcp = written.address.as_deref() == Some("dhcp");
        let address = written.address.as_ref().filter(|_| !dhcp).and_then(|text| self.host(&format!("{path}.address"), text));
        let manual_gateway = written.gateway.as_ref().and_then(|text| self.ip(&format!("{path}.gateway"), text));
        if let (Some(gateway), Some(address)) = (manual_gateway, address)
            && !address.network().contains(&gateway)
        {
            self.complain(
                format!("{path}.gateway"),
                format!("{gateway} is not in {}: a gateway must be on the link.", address.network()),
            );
        }
        let manual_dns = self.ips(&format!("{path}.dns"), &written.dns);
        let helpers = self.ips(&format!("{path}.helper"), &written.helper);
        let radio = matches!(attach, Attach::Port(port) if self.world.device(id).ports[usize::from(port.0)].wifi.is_some());
        self.world.device_mut(id).stack.interfaces.push(Interface {
            name: written.name.clone(),
            attach,
            enabled: true,
            mac,
            mtu: written.mtu.unwrap_or(1500),
            addresses: address.into_iter().collect(),
            origin: if dhcp { Origin::Dhcp } else { Origin::Manual },
            dhcp: DhcpClient { enabled: dhcp, ..DhcpClient::default() },
            manual_dns,
            manual_gateway,
            // Windows' automatic metrics: 25 for gigabit Ethernet, 50 for Wi-Fi of middling speed.
            metric: if radio { 50 } else { 25 },
            helpers,
            acl_in: None,
            acl_out: None,
        });
    }

    fn attach(&self, id: DeviceId, name: &str) -> Option<(Attach, Mac)> {
        let device = self.world.device(id);
        let index = |wanted: &str| device.ports.iter().position(|port| port.name == wanted);
        let port = |at: usize| PortIndex(u8::try_from(at).unwrap_or(u8::MAX));
        let own = device.ports.first().map_or(Mac::default(), |port| port.mac);
        if let Some(at) = index(name) {
            return Some((Attach::Port(port(at)), device.ports[at].mac));
        }
        if let Some(number) = name.strip_prefix("Vlan").and_then(|number| number.parse().ok()) {
            return device.switching.is_some().then_some((Attach::Vlan(VlanId(number)), own));
        }
        if name.starts_with("Loopback") {
            return Some((Attach::Loopback, own));
        }
        let (parent, number) = name.rsplit_once('.')?;
        let at = index(parent)?;
        Some((Attach::Sub(port(at), VlanId(number.parse().ok()?)), device.ports[at].mac))
    }

    /// `192.168.20.0/24 via 192.168.10.1`.
    fn route(&mut self, path: &str, id: DeviceId, text: &str) {
        let Some((to, via)) = text.split_once(" via ") else {
            self.complain(path, "Write a route as \"0.0.0.0/0 via 192.168.10.1\".");
            return;
        };
        let to: Option<Ipv4Net> = self.network(path, to.trim());
        let via = self.ip(path, via.trim());
        if let (Some(to), Some(via)) = (to, via) {
            let on_link = self.world.device(id).stack.interfaces.iter().any(|interface| {
                interface.dhcp.enabled || interface.addresses.iter().any(|address| address.network().contains(&via))
            });
            if !on_link {
                self.complain(path, format!("No interface of {} is in the network of {via}.", self.world.device(id).name));
            }
            self.world.device_mut(id).stack.routes.push(Route { to, via: Hop::Gateway(via), metric: 1, persistent: true });
        }
    }

    fn nat(&mut self, path: &str, id: DeviceId, spec: &NatSpec) {
        let outside = self.world.device(id).stack.interfaces.iter().position(|interface| interface.name == spec.outside);
        if outside.is_none() {
            self.complain(
                format!("{path}.outside"),
                format!("{} has no interface “{}”.", self.world.device(id).name, spec.outside),
            );
        }
        let inside: Vec<_> = spec.inside.iter().filter_map(|text| self.network(&format!("{path}.inside"), text)).collect();
        let forwards: Vec<_> = spec.forward.iter().filter_map(|text| self.forward(&format!("{path}.forward"), text)).collect();
        let nat = &mut self.world.device_mut(id).stack.nat;
        nat.outside = outside.map(|at| InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX)));
        nat.inside = inside;
        nat.forwards = forwards;
    }

    /// `tcp 8443 to 192.168.10.20:443`.
    fn forward(&mut self, path: &str, text: &str) -> Option<PortForward> {
        let drawn = self.drawn(text);
        let words: Vec<_> = drawn.split_whitespace().collect();
        let parsed = match words.as_slice() {
            [protocol, port, "to", target] => (|| {
                let (ip, to_port) = target.split_once(':')?;
                Some(PortForward {
                    protocol: super::super::addresses::protocol(protocol)?,
                    outside_port: port.parse().ok()?,
                    to: ip.parse().ok()?,
                    to_port: to_port.parse().ok()?,
                })
            })(),
            _ => None,
        };
        if parsed.is_none() {
            self.complain(path, "Write a port forward as \"tcp 8443 to 192.168.10.20:443\".");
        }
        parsed
    }
}
