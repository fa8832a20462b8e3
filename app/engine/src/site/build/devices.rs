//! Devices with their ports and interfaces.

mod filters;
mod interfaces;
mod ports;

use super::Builder;
use crate::site::profile;
use crate::site::spec::{Device as Spec, Kind as SpecKind};
use crate::sorted::{Map, Set};
use crate::world::DeviceId;
use crate::world::device::{Device, Kind, System};
use crate::world::hardware::{Hardware, Power};
use crate::world::interface::{HostModel, Stack};
use crate::world::network_device::Ios;
use crate::world::port::{Switching, VlanId};
use crate::world::shared::Shared;

/// Power-over-Ethernet budget of a small access switch.
const POE_MILLIWATTS: u32 = 124_000;

impl Builder<'_> {
    pub(super) fn devices(&mut self) {
        let specs = &self.site.device;
        for (at, spec) in specs.iter().enumerate() {
            let path = format!("device[{at}]");
            if self.world.find(&spec.name).is_some() {
                self.complain(
                    format!("{path}.name"),
                    format!("There is a device “{}” already: give it another name.", spec.name),
                );
                continue;
            }
            let device = self.device_of(&path, spec);
            self.world.devices.push(device);
        }
        // Interfaces and filters may name other devices, so they come when all are there.
        for (at, spec) in specs.iter().enumerate() {
            if let Some(id) = self.world.find(&spec.name) {
                let path = format!("device[{at}]");
                self.ports(&path, id, spec);
                self.interfaces(&path, id, spec);
                self.filters(&path, id, spec);
            }
        }
    }

    fn device_of(&mut self, path: &str, spec: &Spec) -> Device {
        let place = self.place(&format!("{path}.place"), &spec.place).unwrap_or_default();
        let (system, hardware) = self.system(spec);
        Device {
            id: DeviceId::from_index(self.world.devices.len()),
            name: spec.name.clone(),
            kind: kind(spec.kind),
            model: spec.model.clone().unwrap_or_else(|| default_model(spec.kind).to_owned()),
            place,
            user: None,
            power: Power { poe_mw: spec.powered_by_switch.unwrap_or(0).saturating_mul(1000), ..Power::default() },
            hardware: hardware.into(),
            ports: Vec::new(),
            switching: self.switching(spec).map(Shared::new),
            stack: stack(spec),
            system,
            roles: Shared::default(),
            started: self.now() - crate::time::Span::hours(u64::from(self.chance.between(2, 300))),
        }
    }

    fn system(&mut self, spec: &Spec) -> (System, Hardware) {
        let (now, zone) = (self.now(), self.world.zone_minutes);
        match spec.kind {
            SpecKind::Desktop | SpecKind::Laptop => {
                let (windows, hardware) = profile::windows::client(spec.kind == SpecKind::Laptop, now, zone, &mut self.chance);
                (System::Windows(Shared::new(windows)), hardware)
            }
            SpecKind::Server => {
                let (windows, mut hardware) = profile::windows::server(now, zone, &mut self.chance);
                if spec.raid {
                    profile::windows::mirror(&mut hardware);
                }
                (System::Windows(Shared::new(windows)), hardware)
            }
            SpecKind::LinuxServer => {
                let (linux, hardware) = profile::linux::server(&spec.name, now, &mut self.chance);
                (System::Linux(Shared::new(linux)), hardware)
            }
            SpecKind::LinuxDesktop => {
                let (linux, hardware) = profile::linux::workstation(&spec.name, now, &mut self.chance);
                (System::Linux(Shared::new(linux)), hardware)
            }
            SpecKind::Printer => (System::Printer(Shared::new(profile::printer::laser())), Hardware::default()),
            SpecKind::Switch | SpecKind::Router | SpecKind::Firewall => (System::Ios(Shared::new(ios())), Hardware::default()),
            SpecKind::AccessPoint | SpecKind::HomeRouter => (super::roles::access_point(), Hardware::default()),
            SpecKind::UnmanagedSwitch | SpecKind::Modem | SpecKind::Phone | SpecKind::Internet => {
                (System::Fixed, Hardware::default())
            }
        }
    }

    fn switching(&self, spec: &Spec) -> Option<Switching> {
        let switches = match spec.kind {
            SpecKind::Switch | SpecKind::UnmanagedSwitch | SpecKind::AccessPoint | SpecKind::HomeRouter => true,
            // A firewall or router whose ports are put into VLANs is a switch too.
            SpecKind::Router | SpecKind::Firewall => spec.port.iter().any(|port| port.access.is_some() || port.trunk.is_some()),
            _ => false,
        };
        let managed = matches!(spec.kind, SpecKind::Switch | SpecKind::Router | SpecKind::Firewall);
        let bridges_vlans = managed || spec.kind == SpecKind::AccessPoint;
        switches.then(|| {
            let mut vlans = Map::from([(VlanId(1), "default".to_owned())]);
            if bridges_vlans {
                vlans.extend(self.site.vlan.iter().map(|vlan| (VlanId(vlan.id), vlan.name.clone())));
            }
            Switching {
                snooping_vlans: if spec.snooping { vlans.keys().copied().collect() } else { Set::new() },
                vlans,
                spanning_tree: spec.spanning_tree.unwrap_or(managed),
                poe_budget_mw: spec.poe_watts.map_or(POE_MILLIWATTS, |watts| watts.saturating_mul(1000)),
                snooping: spec.snooping,
                ..Switching::default()
            }
        })
    }

    /// What a saved configuration brings back after a reload: at the start it is what runs.
    pub(super) fn save_configurations(&mut self) {
        for device in &mut self.world.devices {
            if device.ios().is_none() {
                continue;
            }
            let saved = crate::world::network_device::Saved {
                ports: device.ports.clone(),
                switching: device.switching.clone(),
                stack: device.stack.clone(),
                dhcp: device.roles.dhcp.clone(),
                hostname: String::new(),
            };
            if let System::Ios(ios) = &mut device.system {
                ios.startup = Some(saved.into());
            }
        }
    }
}

fn kind(spec: SpecKind) -> Kind {
    match spec {
        SpecKind::Desktop | SpecKind::LinuxDesktop => Kind::Desktop,
        SpecKind::Laptop => Kind::Laptop,
        SpecKind::Server | SpecKind::LinuxServer => Kind::Server,
        SpecKind::Printer => Kind::Printer,
        SpecKind::Switch | SpecKind::UnmanagedSwitch => Kind::Switch,
        SpecKind::Router | SpecKind::HomeRouter => Kind::Router,
        SpecKind::Firewall => Kind::Firewall,
        SpecKind::AccessPoint => Kind::AccessPoint,
        SpecKind::Modem => Kind::Modem,
        SpecKind::Phone => Kind::Phone,
        SpecKind::Internet => Kind::Internet,
    }
}

fn default_model(spec: SpecKind) -> &'static str {
    match spec {
        SpecKind::Desktop | SpecKind::LinuxDesktop => "Small desktop",
        SpecKind::Laptop => "14-inch laptop",
        SpecKind::Server | SpecKind::LinuxServer => "1U server",
        SpecKind::Printer => "Office laser printer",
        SpecKind::Switch => "Managed access switch",
        SpecKind::UnmanagedSwitch => "Unmanaged switch",
        SpecKind::Router => "Branch router",
        SpecKind::Firewall => "Branch firewall",
        SpecKind::HomeRouter => "Home router with Wi-Fi",
        SpecKind::AccessPoint => "Ceiling access point",
        SpecKind::Modem => "Provider's modem",
        SpecKind::Phone => "Desk phone",
        SpecKind::Internet => "Beyond the provider",
    }
}

/// Initial TTLs and host models: reference, section 2.3 and 2.1.
fn stack(spec: &Spec) -> Stack {
    let windows = matches!(spec.kind, SpecKind::Desktop | SpecKind::Laptop | SpecKind::Server);
    let cisco_like = matches!(spec.kind, SpecKind::Switch | SpecKind::Router | SpecKind::Firewall);
    let routes = match spec.kind {
        SpecKind::Router | SpecKind::Firewall | SpecKind::HomeRouter => true,
        // A switch with addresses in two VLANs or more routes between them; a host on the Internet with two interfaces too.
        SpecKind::Switch | SpecKind::Internet => spec.interface.len() > 1,
        _ => false,
    };
    Stack {
        forwarding: routes,
        host_model: if windows { HostModel::Strong } else { HostModel::Weak },
        initial_ttl: if windows {
            128
        } else if cisco_like {
            255
        } else {
            64
        },
        ..Stack::default()
    }
}

fn ios() -> Ios {
    Ios { version: "15.2(7)E".to_owned(), cdp: true, lldp: true, ..Ios::default() }
}
