//! B1–B3, B9: what the firmware does not find.

use super::super::twin::put_back;
use super::{desktops, run_again, stand};
use crate::fault::{Fault, Layer, Tier, no_traces};
use crate::machine::power::boot::system_disk;
use crate::world::World;
use crate::world::hardware::{BootDevice, Removable};

const STICK: &str = "USB stick 32 GB";

pub const B1: Fault = Fault {
    id: "B1",
    title: "A USB stick comes first in the boot order",
    layer: Layer::Hardware,
    component: "boot order",
    tier: Tier::T1,
    targets: |world| {
        let mut found = desktops(world);
        found.retain(|target| world.device(target.device).hardware.removable.is_empty());
        found
    },
    inject: |world, target, _| {
        let hardware = &mut world.device_mut(target.device).hardware;
        hardware.firmware.boot_order = vec![BootDevice::Usb, BootDevice::Disk, BootDevice::Network];
        hardware.removable.push(Removable { name: STICK.to_owned(), gib: 29, bootable: false, letter: None, found: false });
        stand(world, target.device);
    },
    traces: no_traces,
    present: |world, target| {
        // Without the stick it starts, until the next one is forgotten in it.
        let order = &world.device(target.device).hardware.firmware.boot_order;
        let place = |wanted| order.iter().position(|entry| *entry == wanted).unwrap_or(usize::MAX);
        place(BootDevice::Usb) < place(BootDevice::Disk)
    },
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.firmware.boot_order));
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.removable));
        run_again(world, target.device, healthy);
    },
};

pub const B2: Fault = Fault {
    id: "B2",
    title: "The disk is not seated",
    layer: Layer::Hardware,
    component: "disk",
    tier: Tier::T1,
    targets: desktops,
    inject: |world, target, _| {
        let device = world.device_mut(target.device);
        let at = system_disk(device);
        if let Some(disk) = device.hardware.disks.get_mut(at) {
            disk.seated = false;
        }
        stand(world, target.device);
    },
    traces: no_traces,
    present: |world, target| world.device(target.device).hardware.disks.iter().any(|disk| !disk.seated),
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.disks));
        run_again(world, target.device, healthy);
    },
};

pub const B3: Fault = Fault {
    id: "B3",
    title: "The disk is dead",
    layer: Layer::Hardware,
    component: "disk",
    tier: Tier::T2,
    targets: desktops,
    inject: |world, target, _| {
        let device = world.device_mut(target.device);
        let at = system_disk(device);
        if let Some(disk) = device.hardware.disks.get_mut(at) {
            disk.alive = false;
        }
        stand(world, target.device);
    },
    traces: no_traces,
    present: |world, target| world.device(target.device).hardware.disks.iter().any(|disk| !disk.alive || disk.blank),
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.disks));
        run_again(world, target.device, healthy);
    },
};

pub const B9: Fault = Fault {
    id: "B9",
    title: "A memory module is not seated",
    layer: Layer::Hardware,
    component: "memory",
    tier: Tier::T1,
    targets: |world| {
        let mut found = desktops(world);
        found.retain(|target| !world.device(target.device).hardware.ram.is_empty());
        found
    },
    inject: |world, target, chance| {
        let ram = &mut world.device_mut(target.device).hardware.ram;
        let at = chance.below(u32::try_from(ram.len()).unwrap_or(1)) as usize;
        if let Some(stick) = ram.get_mut(at) {
            stick.seated = false;
        }
        stand(world, target.device);
    },
    traces: no_traces,
    present: unseated,
    repair: |world, target, healthy| {
        put_back(world, healthy, target.device, |device| Some(&mut device.hardware.ram));
        run_again(world, target.device, healthy);
    },
};

fn unseated(world: &World, target: &crate::fault::Target) -> bool {
    world.device(target.device).hardware.ram.iter().any(|stick| !stick.seated)
}
