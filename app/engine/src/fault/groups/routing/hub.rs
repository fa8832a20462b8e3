//! A switch of one's own at the desk, on a port that allows one station: R4.

use super::super::wired::{port_of, wired_hosts};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::power::links;
use crate::net::link;
use crate::shell::ios::names;
use crate::sorted::Set;
use crate::world::cable::{Cable, CableKind, Damage};
use crate::world::device::{Device, Kind, System};
use crate::world::interface::{Attach, DhcpClient, Interface, Origin, Stack};
use crate::world::mac::Mac;
use crate::world::port::{Counters, Duplex, ErrDisable, Media, Port, PortSecurity, Speed, SwitchMode, SwitchPort, Switching};
use crate::world::shared::Shared;
use crate::world::{DeviceId, PortIndex, PortRef, VlanId, World};

pub const SECURITY: Fault = Fault {
    id: "R4",
    title: "Port security shut the port: somebody plugged in a switch with more machines",
    layer: Layer::DataLink,
    component: "switch port",
    tier: Tier::T3,
    targets: |world| {
        let access = wired_hosts(world).into_iter().filter(|(own, far)| {
            let settings = link::at(world, *far).and_then(|port| port.switching.as_ref());
            let settled = settings.is_some_and(|settings| matches!(settings.mode, SwitchMode::Access(_)));
            let person = matches!(world.device(own.device).kind, Kind::Desktop | Kind::Laptop);
            settled && person && world.device(far.device).ios().is_some()
        });
        access
            .map(|(own, far)| Target {
                device: far.device,
                port: Some(far.port),
                other: Some(own.device),
                name: if secured(world, far) { SECURED.to_owned() } else { String::new() },
                ..Target::default()
            })
            .collect()
    },
    inject,
    traces: |world, target| {
        let Some(intruder) = world.devices.last().and_then(|device| device.ports.first()).map(|port| port.mac) else { return };
        let Some(name) = link::at(world, port_of(target)).map(|port| port.name.clone()) else { return };
        let (short, long) = (names::short(&name), names::long(&name));
        let text = format!("psecure-violation error detected on {short}, putting {short} in err-disable state");
        links::write(world, target.device, "PM", 4, "ERR_DISABLE", text);
        let text = format!("Security violation occurred, caused by MAC address {} on port {long}.", intruder.dotted());
        links::write(world, target.device, "PORT_SECURITY", 2, "PSECURE_VIOLATION", text);
        let text = format!("Line protocol on Interface {long}, changed state to down");
        links::write(world, target.device, "LINEPROTO", 5, "UPDOWN", text);
        links::write(world, target.device, "LINK", 3, "UPDOWN", format!("Interface {long}, changed state to down"));
    },
    // The foreign switch is off the port, the port is up, and it counts its stations if it did before.
    present: |world, target| {
        let port = port_of(target);
        let settings = link::at(world, port).and_then(|port| port.switching.as_ref());
        let foreign = link::other_end(world, port).is_some_and(|(_, far)| world.device(far.device).name == HUB);
        let open = target.name == SECURED && !secured(world, port);
        foreign || open || settings.is_none_or(|settings| settings.err_disabled.is_some())
    },
    repair: |world, target, healthy| {
        world.devices.truncate(healthy.devices.len());
        world.cables.truncate(healthy.cables.len());
        let port = port_of(target);
        if let Some(at) = super::super::wired::cable_at(healthy, port) {
            world.cables[at].clone_from(&healthy.cables[at]);
        }
        let sound = link::at(healthy, port).and_then(|port| port.switching.clone());
        if let Some(found) = world.device_mut(port.device).ports.get_mut(usize::from(port.port.0)) {
            found.switching = sound;
        }
    },
};

/// The name of targets where the company itself set port security up; elsewhere the port had it from somebody's try.
const SECURED: &str = "secured";

fn secured(world: &World, port: PortRef) -> bool {
    let settings = link::at(world, port).and_then(|port| port.switching.as_ref());
    settings.is_some_and(|settings| settings.port_security.is_some())
}

/// What everybody calls the foreign switch.
const HUB: &str = "Private switch";
const GUEST: &str = "Private laptop";

fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let port = port_of(target);
    let Some((at, host)) = link::other_end(world, port)
        .map(|(_, host)| host)
        .and_then(|host| Some((super::super::wired::cable_at(world, port)?, host)))
    else {
        return;
    };
    let known = link::at(world, host).map(|port| port.mac).unwrap_or_default();
    let mut mac = || Mac([0x02, 0x5e, byte(chance), byte(chance), byte(chance), byte(chance)]);
    let place = world.device(host.device).place;
    let hub = DeviceId::from_index(world.devices.len());
    let ports = (1..=4).map(|number| plain_port(format!("Port {number}"), mac(), true)).collect();
    world.devices.push(foreign(world, hub, HUB, Kind::Switch, place, ports));
    let guest = DeviceId::from_index(world.devices.len());
    let port_of_guest = plain_port("Ethernet".to_owned(), mac(), false);
    world.devices.push(foreign(world, guest, GUEST, Kind::Laptop, place, vec![port_of_guest]));
    let socket = |device, port| Some(PortRef { device, port: PortIndex(port) });
    for end in world.cables[at].ends.iter_mut().filter(|end| **end == Some(host)) {
        *end = socket(hub, 0);
    }
    let lead = |a, b| Cable {
        kind: CableKind::Cat5e,
        ends: [a, b],
        metres: 2,
        damage: Damage::Whole,
        beside_motor: false,
        label: String::new(),
    };
    world.cables.push(lead(Some(host), socket(hub, 1)));
    world.cables.push(lead(socket(guest, 0), socket(hub, 2)));
    let Some(found) = world.device_mut(port.device).ports.get_mut(usize::from(port.port.0)) else { return };
    if let Some(settings) = &mut found.switching {
        let security = settings
            .port_security
            .get_or_insert(PortSecurity { maximum: 1, sticky: true, learned: Set::new(), violations: 0 }.into());
        security.learned.insert(known);
        security.violations = security.violations.saturating_add(1);
        settings.err_disabled = Some(ErrDisable::PortSecurity);
    }
}

fn byte(chance: &mut Chance) -> u8 {
    u8::try_from(chance.below(256)).unwrap_or_default()
}

fn plain_port(name: String, mac: Mac, switched: bool) -> Port {
    let settings = SwitchPort {
        mode: SwitchMode::Access(VlanId(1)),
        voice_vlan: None,
        port_security: None,
        err_disabled: None,
        bpdu_guard: false,
        portfast: false,
        snooping_trusted: false,
        blocked: false,
    };
    Port {
        name,
        mac,
        media: Media::Copper(1000),
        enabled: true,
        broken: false,
        speed: Speed::Auto,
        duplex: Duplex::Auto,
        counters: Counters::default(),
        switching: switched.then_some(settings),
        poe: None,
        wifi: None,
        description: String::new(),
    }
}

/// A thing that is in nobody's inventory. The laptop asks for a lease, and so shows its address to the switch.
fn foreign(world: &World, id: DeviceId, name: &str, kind: Kind, place: crate::world::PlaceId, ports: Vec<Port>) -> Device {
    let switched = kind == Kind::Switch;
    let interface = ports.first().filter(|_| !switched).map(|port| Interface {
        name: port.name.clone(),
        attach: Attach::Port(PortIndex(0)),
        enabled: true,
        mac: port.mac,
        mtu: 1500,
        addresses: Vec::new(),
        origin: Origin::Dhcp,
        dhcp: DhcpClient { enabled: true, ..DhcpClient::default() },
        manual_dns: Vec::new(),
        manual_gateway: None,
        metric: 25,
        helpers: Vec::new(),
        acl_in: None,
        acl_out: None,
    });
    Device {
        id,
        name: name.to_owned(),
        kind,
        model: if switched { "Small unmanaged switch" } else { "Somebody's own laptop" }.to_owned(),
        place,
        user: None,
        power: crate::world::hardware::Power::default(),
        hardware: Shared::default(),
        ports,
        switching: switched.then(|| Switching::default().into()),
        stack: Stack { interfaces: interface.into_iter().collect(), initial_ttl: 128, ..Stack::default() },
        system: System::Fixed,
        roles: Shared::default(),
        started: world.now,
    }
}
