//! Time and search: services that stand still, a flat battery.

use super::super::twin;
use super::{Trace, change, every, windows};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::power::down::firmware_epoch;
use crate::probe::windows::SKEW;
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{EventLevel, EventLog, ServiceState, StartType, Windows};

const TIME: &str = "W32Time";
const SEARCH: &str = "WSearch";

pub const W6: Fault = Fault {
    id: "W6",
    title: "Wrong time zone, or the time service is off",
    layer: Layer::OperatingSystem,
    component: "clock",
    tier: Tier::T1,
    targets: |world| {
        let named = |name: &'static str| every(world).into_iter().map(move |target| Target { name: name.to_owned(), ..target });
        named("service").chain(named("zone")).collect()
    },
    inject: wrong_clock,
    traces: |world, target| {
        if target.name == "service" {
            switched_off(world, target, "Windows Time");
        }
    },
    present: |world, target| {
        windows(world, target.device).is_some_and(|windows| {
            if target.name == "zone" {
                windows.clock.zone_minutes != world.zone_minutes
            } else {
                windows.clock.offset.unsigned_abs() >= SKEW || is_disabled(windows, TIME)
            }
        })
    },
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.clock.clone_from(&well.clock);
            same_service(sick, well, TIME);
        }
    },
};

fn wrong_clock(world: &mut World, target: &Target, chance: &mut Chance) {
    let zone = world.zone_minutes;
    let hours = i32::try_from(chance.between(5, 9)).unwrap_or(6);
    let minutes = i64::from(chance.between(12, 50));
    let last = world.now - Span::days(41);
    change(world, target.device, |windows| {
        if target.name == "zone" {
            windows.clock.zone_minutes = zone - 60 * hours;
            return;
        }
        switch_off(windows, TIME);
        windows.clock.offset = -minutes * 60_000;
        windows.clock.last_sync = Some(last);
    });
}

fn switch_off(windows: &mut Windows, name: &str) {
    if let Some(service) = windows.services.get_mut(name) {
        (service.state, service.start, service.pid) = (ServiceState::Stopped, StartType::Disabled, 0);
    }
}

fn is_disabled(windows: &Windows, name: &str) -> bool {
    windows.services.get(name).is_none_or(|service| service.start == StartType::Disabled)
}

fn same_service(sick: &mut Windows, well: &Windows, name: &str) {
    if let (Some(sick), Some(well)) = (sick.services.get_mut(name), well.services.get(name)) {
        sick.clone_from(well);
    }
}

fn switched_off(world: &mut World, target: &Target, display: &str) {
    let trace = |id, hours| Trace {
        ago: Span::hours(hours),
        log: EventLog::System,
        source: "Service Control Manager",
        id,
        level: EventLevel::Information,
    };
    let text = format!("The start type of the {display} service was changed from auto start to disabled.");
    trace(7040, 30).write(world, target.device, text);
    trace(7036, 29).write(world, target.device, format!("The {display} service entered the stopped state."));
}

pub const W7: Fault = Fault {
    id: "W7",
    title: "Flat CMOS battery",
    layer: Layer::Hardware,
    component: "CMOS battery",
    tier: Tier::T1,
    targets: |world| super::computers(world, |device, _| device.hardware.battery.is_none()),
    inject: |world, target, _| {
        let behind = world.now - firmware_epoch();
        let device = world.device_mut(target.device);
        device.hardware.cmos.battery_flat = true;
        device.hardware.firmware.clock_lost = true;
        change(world, target.device, |windows| windows.clock.offset = -i64::try_from(behind.0).unwrap_or_default());
    },
    traces: no_traces,
    present: |world, target| world.device(target.device).hardware.cmos.battery_flat,
    repair: |world, target, healthy| {
        let well = &healthy.device(target.device).hardware;
        let hardware = &mut world.device_mut(target.device).hardware;
        hardware.cmos = well.cmos;
        hardware.firmware.clock_lost = well.firmware.clock_lost;
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            sick.clock.clone_from(&well.clock);
        }
    },
};

pub const W9: Fault = Fault {
    id: "W9",
    title: "The search service is disabled",
    layer: Layer::OperatingSystem,
    component: "service",
    tier: Tier::T1,
    targets: |world| super::computers(world, |_, windows| windows.services.contains_key(SEARCH)),
    inject: |world, target, _| change(world, target.device, |windows| switch_off(windows, SEARCH)),
    traces: |world, target| switched_off(world, target, "Windows Search"),
    present: |world, target| {
        !crate::machine::runs(world, target.device, SEARCH)
            || windows(world, target.device).is_some_and(|windows| is_disabled(windows, SEARCH))
    },
    repair: |world, target, healthy| {
        if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
            same_service(sick, well, SEARCH);
        }
    },
};
