//! Small worlds by hand: only what the network needs.

use std::net::Ipv4Addr;

use engine::world::cable::{Cable, CableKind, Damage};
use engine::world::device::{Device, Kind, System};
use engine::world::hardware::Power;
use engine::world::interface::{Address, Attach, HostModel, IcmpPolicy, Interface, Origin, Stack};
use engine::world::linux::Linux;
use engine::world::mac::Mac;
use engine::world::place::Place;
use engine::world::port::{Duplex, Media, Port, Speed, SwitchMode, SwitchPort, Switching};
use engine::world::shared::Shared;
use engine::world::{CableId, DeviceId, InterfaceIndex, PlaceId, PortIndex, PortRef, VlanId, World};

/// The clock of hand-made worlds: any moment well after the epoch will do.
const NOW: engine::time::Time = engine::time::Time(1_790_000_000_000);

pub struct Builder {
    pub world: World,
}

impl Builder {
    pub fn new() -> Self {
        let place = Place { name: "Lab".to_owned(), inside: None, x: 0, y: 0, floor: 0, interference_2_4: false };
        let world = World { domain: "lab.example".to_owned(), now: NOW, places: vec![place].into(), ..World::default() };
        Self { world }
    }

    fn device(&mut self, name: &str, kind: Kind, system: System) -> DeviceId {
        let id = DeviceId::from_index(self.world.devices.len());
        self.world.devices.push(Device {
            id,
            name: name.to_owned(),
            kind,
            model: String::new(),
            place: PlaceId(0),
            user: None,
            power: Power::default(),
            hardware: Shared::default(),
            ports: Vec::new(),
            switching: None,
            stack: Stack { initial_ttl: 64, host_model: HostModel::Weak, icmp: IcmpPolicy::default(), ..Stack::default() },
            system,
            roles: Shared::default(),
            started: NOW,
        });
        id
    }

    /// A Linux host, or a router when it forwards.
    pub fn linux(&mut self, name: &str, forwarding: bool) -> DeviceId {
        let kind = if forwarding { Kind::Router } else { Kind::Server };
        let id = self.device(name, kind, System::Linux(Shared::default()));
        self.world.device_mut(id).stack.forwarding = forwarding;
        if let System::Linux(linux) = &mut self.world.device_mut(id).system {
            **linux = Linux { distribution: "Debian GNU/Linux 12 (bookworm)".to_owned(), ..Linux::default() };
        }
        id
    }

    /// A switch without settings.
    pub fn switch(&mut self, name: &str) -> DeviceId {
        self.bridge(name, System::Fixed)
    }

    /// A switch with VLANs; its ports are in VLAN 1 until told otherwise.
    pub fn managed_switch(&mut self, name: &str) -> DeviceId {
        self.bridge(name, System::Ios(Shared::default()))
    }

    fn bridge(&mut self, name: &str, system: System) -> DeviceId {
        let id = self.device(name, Kind::Switch, system);
        let mut switching = Switching::default();
        switching.vlans.insert(VlanId(1), "default".to_owned());
        self.world.device_mut(id).switching = Some(switching.into());
        id
    }

    /// A copper port of 1 Gb/s; on a switch it forwards.
    pub fn port(&mut self, device: DeviceId, name: &str, mac: Mac) -> PortRef {
        let found = self.world.device_mut(device);
        let switching = found.switching.is_some().then_some(SwitchPort {
            mode: SwitchMode::Access(VlanId(1)),
            voice_vlan: None,
            port_security: None,
            err_disabled: None,
            bpdu_guard: false,
            portfast: true,
            snooping_trusted: false,
            blocked: false,
        });
        let index = PortIndex(u8::try_from(found.ports.len()).expect("few ports"));
        found.ports.push(Port {
            name: name.to_owned(),
            mac,
            media: Media::Copper(1000),
            enabled: true,
            broken: false,
            speed: Speed::Auto,
            duplex: Duplex::Auto,
            counters: engine::world::port::Counters::default(),
            switching,
            poe: None,
            wifi: None,
            description: String::new(),
        });
        PortRef { device, port: index }
    }

    pub fn interface(&mut self, port: PortRef, address: Option<(Ipv4Addr, u8)>) -> InterfaceIndex {
        let device = self.world.device_mut(port.device);
        let (name, mac) = (device.ports[usize::from(port.port.0)].name.clone(), device.ports[usize::from(port.port.0)].mac);
        let index = InterfaceIndex(u8::try_from(device.stack.interfaces.len()).expect("few interfaces"));
        device.stack.interfaces.push(Interface {
            name,
            attach: Attach::Port(port.port),
            enabled: true,
            mac,
            mtu: 1500,
            addresses: address.map(|(ip, prefix)| Address { ip, prefix }).into_iter().collect(),
            origin: Origin::Manual,
            dhcp: engine::world::interface::DhcpClient::default(),
            manual_dns: Vec::new(),
            manual_gateway: None,
            metric: 0,
            helpers: Vec::new(),
            acl_in: None,
            acl_out: None,
        });
        index
    }

    pub fn cable(&mut self, one: PortRef, other: Option<PortRef>) -> CableId {
        let id = CableId(u16::try_from(self.world.cables.len()).expect("few cables"));
        self.world.cables.push(Cable {
            kind: CableKind::Cat6,
            ends: [Some(one), other],
            metres: 3,
            damage: Damage::Whole,
            beside_motor: false,
            label: String::new(),
        });
        id
    }
}

/// A locally administered address (IEEE 802, second bit of the first byte) for port `port` of device `device`.
pub fn mac(device: usize, port: usize) -> Mac {
    let small = |n: usize| u8::try_from(n).expect("few of them");
    Mac([0x02, 0, 0, 0, small(device), small(port)])
}
