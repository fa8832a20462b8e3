//! Small hand-made networks for tests.

use std::net::Ipv4Addr;

use super::{Connection, Echo, EchoOutcome, Hop, TraceProbe};
use crate::site;
use crate::world::device::Device;
use crate::world::port::Port;
use crate::world::{CableId, DeviceId, PortIndex, PortRef, World};

/// A world with names instead of numbers.
pub struct Lab {
    pub world: World,
}

const HEAD: &str = r#"
id = "lab"
organisation = "Lab"
domain = "lab.example"
summary = "A test"
start = "2026-09-07 07:40"
place = [{ name = "Lab" }]
vlan = [{ id = 10, name = "TEN" }, { id = 20, name = "TWENTY" }]
"#;

/// A world of the devices and links written as TOML array items; every device stands in the lab.
pub fn lab(devices: &str, links: &str) -> Lab {
    // Only a device says its kind.
    let devices = devices.replace("kind = ", "place = \"Lab\", kind = ");
    let text = format!("{HEAD}\ndevice = [{devices}]\nlink = [{links}]\n");
    let parsed: site::Site = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    let built = site::build(&parsed, 1).unwrap_or_else(|complaints| panic!("{complaints:?}"));
    Lab { world: built.world }
}

/// A Linux host with one interface, as an item for [`lab`].
pub fn linux(name: &str, address: &str, gateway: &str) -> String {
    host(name, "linux-server", "eth0", address, gateway)
}

/// A Windows host with one interface.
pub fn windows(name: &str, address: &str, gateway: &str) -> String {
    host(name, "desktop", "Ethernet", address, gateway)
}

fn host(name: &str, kind: &str, interface: &str, address: &str, gateway: &str) -> String {
    let gateway = if gateway.is_empty() { String::new() } else { format!(", gateway = \"{gateway}\"") };
    format!(
        "{{ name = \"{name}\", kind = \"{kind}\", interface = [{{ name = \"{interface}\", address = \"{address}\"{gateway} }}] }},\n"
    )
}

/// A cable, as an item for [`lab`].
pub fn wire(from: &str, to: &str) -> String {
    format!("{{ from = \"{from}\", to = \"{to}\" }},\n")
}

impl Lab {
    pub fn id(&self, name: &str) -> DeviceId {
        self.world.find(name).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn device(&mut self, name: &str) -> &mut Device {
        let id = self.id(name);
        self.world.device_mut(id)
    }

    /// `SW/Gi0/1`; a device alone is its first port.
    pub fn port_ref(&self, text: &str) -> PortRef {
        let (name, port) = text.split_once('/').unwrap_or((text, ""));
        let device = self.id(name);
        let at = self.world.device(device).ports.iter().position(|found| port.is_empty() || found.name == port);
        PortRef { device, port: PortIndex(u8::try_from(at.unwrap_or_else(|| panic!("no {text}"))).unwrap()) }
    }

    pub fn port(&mut self, text: &str) -> &mut Port {
        let at = self.port_ref(text);
        &mut self.world.device_mut(at.device).ports[usize::from(at.port.0)]
    }

    /// The cable in a port.
    pub fn cable(&mut self, text: &str) -> &mut crate::world::Cable {
        let at = self.port_ref(text);
        self.world.cables.iter_mut().find(|cable| cable.ends.contains(&Some(at))).unwrap()
    }

    /// Its number.
    pub fn cable_id(&self, text: &str) -> CableId {
        let at = self.port_ref(text);
        let at = self.world.cables.iter().position(|cable| cable.ends.contains(&Some(at)));
        CableId(u16::try_from(at.unwrap_or_else(|| panic!("no cable in {text}"))).unwrap())
    }

    pub fn ping(&mut self, from: &str, to: &str) -> EchoOutcome {
        self.echo(from, to, Echo::default())
    }

    pub fn echo(&mut self, from: &str, to: &str, echo: Echo) -> EchoOutcome {
        let from = self.id(from);
        super::ping(&mut self.world, from, ip(to), echo)
    }

    pub fn answers(&mut self, from: &str, to: &str) -> bool {
        matches!(self.ping(from, to), EchoOutcome::Reply { .. })
    }

    pub fn connect(&mut self, from: &str, to: &str, port: u16) -> Connection {
        let from = self.id(from);
        super::connect(&mut self.world, from, ip(to), port)
    }

    pub fn udp(&mut self, from: &str, to: &str, port: u16) -> Connection {
        let from = self.id(from);
        super::udp(&mut self.world, from, ip(to), port)
    }

    pub fn trace(&mut self, from: &str, to: &str, probe: TraceProbe) -> Vec<Hop> {
        let from = self.id(from);
        super::trace(&mut self.world, from, ip(to), probe, 30)
    }
}

pub fn ip(text: &str) -> Ipv4Addr {
    text.parse().unwrap()
}
