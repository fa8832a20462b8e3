//! A site as plain data, for drawings and for checks by other programs.

use std::io::{self, Write};

use domain::content::tickets::Library;
use engine::world::interface::{Attach, Hop, Protocol};
use engine::world::port::SwitchMode;
use engine::world::{Device, World};
use serde::Serialize;

#[derive(Serialize)]
struct Export {
    devices: Vec<ExportedDevice>,
    links: Vec<Link>,
    vlans: Vec<Vlan>,
    routes: Vec<Route>,
    services: Vec<Service>,
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<Vec<ExportedFault>>,
}

#[derive(Serialize)]
struct ExportedDevice {
    name: String,
    kind: String,
    place: String,
    on: bool,
    interfaces: Vec<Interface>,
    ports: Vec<Port>,
}

#[derive(Serialize)]
struct Interface {
    name: String,
    mac: String,
    /// The port it is on, or `VLAN 10`.
    on: String,
    enabled: bool,
    addresses: Vec<Address>,
    gateway: Option<String>,
}

#[derive(Serialize)]
struct Address {
    #[serde(rename = "address")]
    ip: String,
    mask: String,
    prefix: u8,
}

#[derive(Serialize)]
struct Port {
    name: String,
    enabled: bool,
    up: bool,
    /// Mb/s.
    speed: Option<u32>,
    vlan: Option<String>,
}

#[derive(Serialize)]
struct Link {
    from: Option<String>,
    to: Option<String>,
    cable: String,
    metres: u16,
    up: bool,
}

#[derive(Serialize)]
struct Vlan {
    device: String,
    id: u16,
    name: String,
}

#[derive(Serialize)]
struct Route {
    device: String,
    to: String,
    via: String,
}

#[derive(Serialize)]
struct Service {
    device: String,
    protocol: &'static str,
    port: u16,
    owner: String,
    open: bool,
}

#[derive(Serialize)]
struct ExportedFault {
    id: &'static str,
    device: String,
    herring: bool,
}

/// `faults` also says what is wrong: for authors.
pub fn export(library: &Library, scenario: &str, seed: u64, faults: bool, out: &mut impl Write) -> io::Result<()> {
    let (scenario, site) = super::find(library, scenario)?;
    let given = super::given(scenario, site, seed, &super::Instead::Nothing)?;
    let world = &given.start;
    let export = Export {
        devices: world.devices.iter().map(|device| exported(world, device)).collect(),
        links: links(world),
        vlans: vlans(world),
        routes: routes(world),
        services: services(world),
        faults: faults.then(|| {
            let told = |one: &engine::ticket::run::Injected| ExportedFault {
                id: one.fault.id,
                device: world.device(one.target.device).name.clone(),
                herring: one.herring,
            };
            given.injected.iter().map(told).collect()
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &export)?;
    writeln!(out)
}

fn exported(world: &World, device: &Device) -> ExportedDevice {
    let ports = device.ports.iter().enumerate().map(|(at, port)| {
        let link = engine::net::link::of(world, port_ref(device, at));
        Port {
            name: port.name.clone(),
            enabled: port.enabled,
            up: link.is_some(),
            speed: link.map(|link| link.speed),
            vlan: port.switching.as_ref().map(|switching| match &switching.mode {
                SwitchMode::Access(vlan) => vlan.0.to_string(),
                SwitchMode::Trunk { .. } => "trunk".to_owned(),
            }),
        }
    });
    ExportedDevice {
        name: device.name.clone(),
        kind: format!("{:?}", device.kind).to_lowercase(),
        place: world.places.get(usize::from(device.place.0)).map(|place| place.name.clone()).unwrap_or_default(),
        on: engine::machine::is_up(world, device.id),
        interfaces: interfaces(device),
        ports: ports.collect(),
    }
}

fn port_ref(device: &Device, at: usize) -> engine::world::PortRef {
    engine::world::PortRef { device: device.id, port: engine::world::PortIndex(u8::try_from(at).unwrap_or(u8::MAX)) }
}

fn interfaces(device: &Device) -> Vec<Interface> {
    let port =
        |at: engine::world::PortIndex| device.ports.get(usize::from(at.0)).map(|port| port.name.clone()).unwrap_or_default();
    let told = |(at, one): (usize, &engine::world::interface::Interface)| Interface {
        name: one.name.clone(),
        mac: one.mac.colons(),
        on: match one.attach {
            Attach::Port(at) => port(at),
            Attach::Vlan(vlan) => format!("VLAN {}", vlan.0),
            Attach::Sub(at, vlan) => format!("{} VLAN {}", port(at), vlan.0),
            Attach::Loopback => "loopback".to_owned(),
        },
        enabled: one.enabled,
        addresses: one.addresses.iter().copied().map(address).collect(),
        gateway: engine::net::route::gateway(&device.stack, engine::world::InterfaceIndex(u8::try_from(at).unwrap_or(u8::MAX)))
            .map(|gateway| gateway.to_string()),
    };
    device.stack.interfaces.iter().enumerate().map(told).collect()
}

fn address(address: engine::world::interface::Address) -> Address {
    Address { ip: address.ip.to_string(), mask: address.network().netmask().to_string(), prefix: address.prefix }
}

fn links(world: &World) -> Vec<Link> {
    let end = |end: Option<engine::world::PortRef>| {
        end.map(|end| {
            let device = world.device(end.device);
            let port = device.ports.get(usize::from(end.port.0)).map(|port| port.name.clone()).unwrap_or_default();
            format!("{}/{port}", device.name)
        })
    };
    let told = |cable: &engine::world::Cable| Link {
        from: end(cable.ends[0]),
        to: end(cable.ends[1]),
        cable: format!("{:?}", cable.kind).to_lowercase(),
        metres: cable.metres,
        up: cable.ends[0].is_some_and(|port| engine::net::link::of(world, port).is_some()),
    };
    world.cables.iter().map(told).collect()
}

fn vlans(world: &World) -> Vec<Vlan> {
    let of = |device: &Device| {
        let name = device.name.clone();
        let vlans = device.switching.iter().flat_map(|switching| switching.vlans.clone()).collect::<Vec<_>>();
        vlans.into_iter().map(move |(id, label)| Vlan { device: name.clone(), id: id.0, name: label })
    };
    world.devices.iter().flat_map(of).collect()
}

fn routes(world: &World) -> Vec<Route> {
    let of = |device: &Device| {
        let told = |route: &engine::world::interface::Route| Route {
            device: device.name.clone(),
            to: route.to.to_string(),
            via: match route.via {
                Hop::Gateway(gateway) => gateway.to_string(),
                Hop::Interface(at) => {
                    device.stack.interfaces.get(usize::from(at.0)).map(|one| one.name.clone()).unwrap_or_default()
                }
                Hop::Blackhole => "blackhole".to_owned(),
                Hop::Unreachable => "unreachable".to_owned(),
                Hop::Prohibit => "prohibit".to_owned(),
            },
        };
        device.stack.routes.iter().map(told).collect::<Vec<_>>()
    };
    world.devices.iter().flat_map(of).collect()
}

fn services(world: &World) -> Vec<Service> {
    let of = |device: &Device| {
        let told = |listener: &engine::world::interface::Listener| Service {
            device: device.name.clone(),
            protocol: match listener.protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
                Protocol::Icmp => "icmp",
            },
            port: listener.port,
            owner: listener.owner.clone(),
            open: engine::machine::runs(world, device.id, &listener.owner),
        };
        device.stack.listeners.iter().map(told).collect::<Vec<_>>()
    };
    world.devices.iter().flat_map(of).collect()
}
