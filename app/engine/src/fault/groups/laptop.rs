//! Laptop and mobile: group M of the catalogue, as far as laptops hold it.

#[cfg(test)]
mod tests;

use super::hardware::targets_of;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::world::device::Kind;
use crate::world::hardware::Battery;
use crate::world::windows::{BluetoothDevice, Settings};
use crate::world::{DeviceId, World};

pub const FAULTS: &[Fault] = &[M1, M2, M3, M4, M8, M9];

fn battery(world: &World, device: DeviceId) -> Option<Battery> {
    world.device(device).hardware.battery
}

fn with_battery(world: &World) -> Vec<Target> {
    targets_of(world, Kind::Laptop, |world, device| battery(world, device).is_some())
}

fn change_battery(world: &mut World, target: &Target, change: impl FnOnce(&mut Battery)) {
    if let Some(battery) = &mut world.device_mut(target.device).hardware.battery {
        change(battery);
    }
}

fn repair_battery(world: &mut World, target: &Target, healthy: &World) {
    world.device_mut(target.device).hardware.battery = battery(healthy, target.device);
}

const M1: Fault = Fault {
    id: "M1",
    title: "The battery is worn out",
    layer: Layer::Hardware,
    component: "battery",
    tier: Tier::T2,
    targets: with_battery,
    inject: |world, target, chance| {
        let cycles = u16::try_from(chance.between(900, 1400)).unwrap_or(900);
        change_battery(world, target, |battery| {
            battery.full = battery.design / 100 * 22;
            battery.charge = battery.charge.min(battery.full);
            battery.cycles = cycles;
        });
    },
    traces: no_traces,
    // Makers call a battery consumed below 60 to 80 % of what it was made for.
    present: |world, target| {
        battery(world, target.device).is_some_and(|battery| u64::from(battery.full) * 10 < u64::from(battery.design) * 6)
    },
    repair: repair_battery,
};

const M2: Fault = Fault {
    id: "M2",
    title: "The battery is swollen",
    layer: Layer::Hardware,
    component: "battery",
    tier: Tier::Facilities,
    targets: with_battery,
    inject: |world, target, _| change_battery(world, target, |battery| battery.swollen = true),
    traces: no_traces,
    present: |world, target| battery(world, target.device).is_some_and(|battery| battery.swollen),
    repair: repair_battery,
};

const M3: Fault = Fault {
    id: "M3",
    title: "The charger is too weak for this laptop",
    layer: Layer::Hardware,
    component: "charger",
    tier: Tier::T1,
    targets: |world| {
        targets_of(world, Kind::Laptop, |world, device| battery(world, device).is_some_and(|battery| battery.needs_watts > WEAK))
    },
    inject: |world, target, _| {
        change_battery(world, target, |battery| {
            battery.charger_watts = WEAK;
            battery.charge = battery.full / 5;
        });
    },
    traces: no_traces,
    present: |world, target| battery(world, target.device).is_some_and(|battery| battery.charger_watts < battery.needs_watts),
    repair: repair_battery,
};

/// A charger for telephones and small docks.
const WEAK: u16 = 45;

fn settings(world: &World, device: DeviceId) -> Option<&Settings> {
    world.device(device).windows().map(|windows| &*windows.settings)
}

const M4: Fault = Fault {
    id: "M4",
    title: "The touchpad is switched off",
    layer: Layer::OperatingSystem,
    component: "touchpad",
    tier: Tier::T1,
    targets: |world| {
        targets_of(world, Kind::Laptop, |world, device| settings(world, device).is_some_and(|settings| settings.touchpad))
    },
    inject: |world, target, _| {
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            windows.settings.touchpad = false;
        }
    },
    traces: no_traces,
    present: |world, target| settings(world, target.device).is_some_and(|settings| !settings.touchpad),
    repair: |world, target, healthy| {
        let well = settings(healthy, target.device).is_some_and(|settings| settings.touchpad);
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            windows.settings.touchpad = well;
        }
    },
};

const M8: Fault = Fault {
    id: "M8",
    title: "A Bluetooth device is paired with an old key",
    layer: Layer::OperatingSystem,
    component: "bluetooth",
    tier: Tier::T1,
    targets: |world| targets_of(world, Kind::Laptop, |world, device| !bluetooth(world, device).is_empty()),
    inject: |world, target, _| {
        let windows = world.device_mut(target.device).windows_mut();
        windows.into_iter().flat_map(|windows| &mut windows.bluetooth).take(1).for_each(|found| found.key_matches = false);
    },
    traces: no_traces,
    // Removed and not paired anew, it is not mended.
    present: |world, target| bluetooth(world, target.device).iter().any(|found| !found.paired || !found.key_matches),
    repair: |world, target, healthy| {
        let well = bluetooth(healthy, target.device).to_vec();
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            windows.bluetooth = well.into();
        }
    },
};

fn bluetooth(world: &World, device: DeviceId) -> &[BluetoothDevice] {
    world.device(device).windows().map_or(&[], |windows| &windows.bluetooth)
}

const M9: Fault = Fault {
    id: "M9",
    title: "Location services are switched off",
    layer: Layer::OperatingSystem,
    component: "privacy settings",
    tier: Tier::T1,
    targets: |world| {
        targets_of(world, Kind::Laptop, |world, device| settings(world, device).is_some_and(|settings| settings.location_allowed))
    },
    inject: |world, target, _| {
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            windows.settings.location_allowed = false;
        }
    },
    traces: no_traces,
    present: |world, target| settings(world, target.device).is_some_and(|settings| !settings.location_allowed),
    repair: |world, target, healthy| {
        let well = settings(healthy, target.device).is_some_and(|settings| settings.location_allowed);
        if let Some(windows) = world.device_mut(target.device).windows_mut() {
            windows.settings.location_allowed = well;
        }
    },
};
