//! B4–B7: Windows does not come up.

use super::super::twin::put_back;
use super::{desktops, run_again, stand};
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::power::boot::BREAKS_BOOT;
use crate::physical::look::{WINLOGON_SHELL, shell_starts};
use crate::time::Span;
use crate::world::World;
use crate::world::windows::{Boot, Update, Windows};

fn boot<'w>(world: &'w World, target: &Target) -> Option<&'w Boot> {
    world.device(target.device).windows().map(|windows| &*windows.boot)
}

fn change(world: &mut World, target: &Target, change: impl FnOnce(&mut Windows)) {
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        change(windows);
    }
}

pub const B4: Fault = Fault {
    id: "B4",
    title: "The boot configuration data is damaged",
    layer: Layer::OperatingSystem,
    component: "boot store",
    tier: Tier::T2,
    targets: desktops,
    inject: |world, target, _| {
        change(world, target, |windows| windows.boot.store_ok = false);
        stand(world, target.device);
    },
    traces: no_traces,
    present: |world, target| boot(world, target).is_some_and(|boot| !boot.store_ok),
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.boot));
        run_again(world, target.device, healthy);
    },
};

pub const B5: Fault = Fault {
    id: "B5",
    title: "What the TPM measures has changed, so BitLocker asks for the recovery key",
    layer: Layer::Security,
    component: "drive encryption",
    tier: Tier::T1,
    targets: |world| {
        let kept = |name: &str| {
            let directories = world.devices.iter().filter_map(|device| device.roles.directory.as_ref());
            directories.flat_map(|directory| directory.recovery_keys.keys()).any(|computer| computer.eq_ignore_ascii_case(name))
        };
        let encrypted = world.devices.iter().filter(|device| {
            device.user.is_some() && device.windows().is_some_and(|windows| windows.boot.bitlocker) && kept(&device.name)
        });
        encrypted.map(|device| Target::device(device.id)).collect()
    },
    inject: |world, target, _| {
        // A firmware update over night is what usually does it.
        let firmware = &mut world.device_mut(target.device).hardware.firmware;
        firmware.version.push_str(".1");
        change(world, target, |windows| windows.boot.bitlocker_locked = true);
        stand(world, target.device);
    },
    traces: no_traces,
    // Encryption that was taken away asks for nothing, and mends nothing.
    present: |world, target| boot(world, target).is_some_and(|boot| boot.bitlocker_locked || !boot.bitlocker),
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.firmware.version));
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.boot));
        run_again(world, target.device, healthy);
    },
};

pub const B6: Fault = Fault {
    id: "B6",
    title: "An update was installed half-way",
    layer: Layer::OperatingSystem,
    component: "update",
    tier: Tier::T2,
    targets: desktops,
    inject: |world, target, chance| {
        let at = world.now - Span::hours(9);
        let kb = format!("KB09{}", chance.between(41_000, 64_999));
        let title = format!("Cumulative Update for Windows 11 ({kb})");
        change(world, target, |windows| {
            windows.updates.installed.push(Update { kb, title, at, breaks: BREAKS_BOOT.to_owned() });
        });
        stand(world, target.device);
    },
    traces: no_traces,
    present: |world, target| {
        world
            .device(target.device)
            .windows()
            .is_some_and(|windows| windows.updates.installed.iter().any(|update| update.breaks == BREAKS_BOOT))
    },
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.updates));
        run_again(world, target.device, healthy);
    },
};

pub const B7: Fault = Fault {
    id: "B7",
    title: "Winlogon starts another program than Explorer as the shell",
    layer: Layer::OperatingSystem,
    component: "registry",
    tier: Tier::T2,
    targets: desktops,
    inject: |world, target, _| {
        change(world, target, |windows| {
            windows.registry.insert(WINLOGON_SHELL.to_owned(), "kiosk.exe".to_owned());
        });
    },
    traces: no_traces,
    present: |world, target| world.device(target.device).windows().is_some_and(|windows| !shell_starts(windows)),
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.windows_mut()?.registry));
    },
};
