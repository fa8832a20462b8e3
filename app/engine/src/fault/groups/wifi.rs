//! Wi-Fi: group F of the catalogue.

mod air;
mod rogue;
mod station;

use crate::fault::{Fault, Layer, Tier, no_traces};

pub const FAULTS: &[Fault] = &[
    Fault {
        id: "F1",
        title: "The computer's radio is switched off",
        layer: Layer::Physical,
        component: "Wi-Fi radio",
        tier: Tier::T1,
        targets: station::radios,
        inject: station::switch_off,
        traces: no_traces,
        present: station::is_off,
        repair: station::repair,
    },
    Fault {
        id: "F2",
        title: "The Wi-Fi key was changed; the computer keeps the old one",
        layer: Layer::DataLink,
        component: "Wi-Fi profile",
        tier: Tier::T1,
        targets: station::keyed,
        inject: station::change_key,
        traces: station::key_traces,
        present: station::key_is_old,
        repair: station::repair_key,
    },
    Fault {
        id: "F3",
        title: "No network is offered that the old device's radio can join",
        layer: Layer::DataLink,
        component: "Wi-Fi network",
        tier: Tier::T3,
        targets: air::legacy,
        inject: air::modernise,
        traces: no_traces,
        present: air::legacy_is_left_out,
        repair: air::repair_networks,
    },
    Fault {
        id: "F4",
        title: "A microwave oven disturbs 2.4 GHz",
        layer: Layer::Physical,
        component: "Wi-Fi radio",
        tier: Tier::T3,
        targets: air::near_kitchen,
        inject: air::cook,
        traces: no_traces,
        present: air::is_disturbed,
        repair: air::repair_kitchen,
    },
    Fault {
        id: "F5",
        title: "All access points use the same 2.4 GHz channel",
        layer: Layer::Physical,
        component: "Wi-Fi channel",
        tier: Tier::T3,
        targets: air::crowdable,
        inject: air::crowd,
        traces: no_traces,
        present: air::is_crowded,
        repair: air::repair_channels,
    },
    Fault {
        id: "F6",
        title: "The computer clings to an access point that is too far away",
        layer: Layer::DataLink,
        component: "Wi-Fi roaming",
        tier: Tier::T3,
        targets: station::walkers,
        inject: station::cling,
        traces: no_traces,
        present: station::clings,
        repair: station::repair,
    },
    Fault {
        id: "F7",
        title: "The network's sign-in page was not accepted",
        layer: Layer::Application,
        component: "captive portal",
        tier: Tier::T1,
        targets: station::visitors,
        inject: station::stand_at_portal,
        traces: no_traces,
        present: station::stands_at_portal,
        repair: station::repair_portal,
    },
    Fault {
        id: "F8",
        title: "The computer lacks the certificate that the network asks for",
        layer: Layer::Security,
        component: "certificate",
        tier: Tier::T2,
        targets: station::certified,
        inject: station::lose_certificate,
        traces: station::certificate_traces,
        present: station::lacks_certificate,
        repair: station::repair_certificates,
    },
    Fault {
        id: "F9",
        title: "A foreign access point imitates the company's network",
        layer: Layer::Security,
        component: "foreign device",
        tier: Tier::Security,
        targets: rogue::targets,
        inject: rogue::imitate,
        traces: no_traces,
        present: rogue::is_fooled,
        repair: rogue::repair,
    },
    Fault {
        id: "F10",
        title: "One guest's device uses nearly all of the air",
        layer: Layer::DataLink,
        component: "Wi-Fi network",
        tier: Tier::T3,
        targets: air::limitable,
        inject: air::saturate,
        traces: no_traces,
        present: air::is_saturated,
        repair: air::repair_limit,
    },
];

/// What several of them need to know of stations.
mod stations {
    use crate::fault::Target;
    use crate::net::wifi;
    use crate::world::wifi::{Joined, WifiClient};
    use crate::world::{DeviceId, PortRef, World};

    /// The radios that are joined to an access point of the company's, with what they are joined to.
    pub fn joined(world: &World) -> Vec<(PortRef, Joined)> {
        let radios = world
            .device_ids()
            .flat_map(|device| wifi::radios(world, device).into_iter().map(move |port| PortRef { device, port }));
        let linked = radios.filter(|station| {
            wifi::uplink(world, *station)
                .and_then(|(device, _)| world.device(device).access_point())
                .is_some_and(|found| !found.rogue)
        });
        linked.filter_map(|station| Some((station, wifi::client(world, station)?.joined.clone()?))).collect()
    }

    pub fn of(target: &Target) -> PortRef {
        PortRef { device: target.device, port: target.port.unwrap_or_default() }
    }

    /// A station as a target; the network's name stands in `name`.
    pub fn target(world: &World, station: PortRef, ssid: &str) -> Target {
        Target {
            port: Some(station.port),
            person: world.device(station.device).user,
            name: ssid.to_owned(),
            ..Target::device(station.device)
        }
    }

    pub fn is_windows(world: &World, device: DeviceId) -> bool {
        world.device(device).windows().is_some()
    }

    /// The radio as it was in the healthy twin.
    pub fn restore(world: &mut World, station: PortRef, healthy: &World) {
        let before: Option<WifiClient> = wifi::client(healthy, station).cloned();
        if let Some(port) = world
            .devices
            .get_mut(usize::from(station.device.0))
            .and_then(|device| device.ports.get_mut(usize::from(station.port.0)))
        {
            port.wifi = before.map(Box::new);
        }
    }

    /// Radios and networks of the company's access points as they were.
    pub fn restore_access_points(world: &mut World, healthy: &World) {
        for (device, before) in wifi::own_access_points(healthy) {
            if let Some(found) = world.device_mut(device).access_point_mut() {
                *found = before.clone();
            }
        }
    }
}

#[cfg(test)]
mod tests;
