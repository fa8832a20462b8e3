//! Looking at the same thing in a world and in its healthy twin.

use crate::world::device::Device;
use crate::world::printer::Printer;
use crate::world::server::Directory;
use crate::world::tenant::{CloudUser, Tenant};
use crate::world::windows::{InstalledPrinter, Windows};
use crate::world::{DeviceId, World};

/// Puts one part of a device back as its twin has it.
pub fn put_back<T: Clone>(world: &mut World, healthy: &World, device: DeviceId, part: impl Fn(&mut Device) -> Option<&mut T>) {
    let mut well = healthy.device(device).clone();
    if let Some((sick, well)) = part(world.device_mut(device)).zip(part(&mut well)) {
        sick.clone_from(well);
    }
}

/// The Windows of a device, to mend, and as it was.
pub fn windows<'w>(world: &'w mut World, healthy: &'w World, device: DeviceId) -> Option<(&'w mut Windows, &'w Windows)> {
    world.device_mut(device).windows_mut().zip(healthy.device(device).windows())
}

pub fn directory<'w>(world: &'w mut World, healthy: &'w World, device: DeviceId) -> Option<(&'w mut Directory, &'w Directory)> {
    world.device_mut(device).roles.directory.as_mut().zip(healthy.device(device).roles.directory.as_ref())
}

pub fn tenant<'w>(world: &'w mut World, healthy: &'w World) -> Option<(&'w mut Tenant, &'w Tenant)> {
    world.tenant.as_deref_mut().zip(healthy.tenant.as_deref())
}

pub fn cloud_user<'w>(world: &'w mut World, healthy: &'w World, name: &str) -> Option<(&'w mut CloudUser, &'w CloudUser)> {
    let (sick, well) = tenant(world, healthy)?;
    sick.users.get_mut(name).zip(well.users.get(name))
}

pub fn printer<'w>(world: &'w mut World, healthy: &'w World, device: DeviceId) -> Option<(&'w mut Printer, &'w Printer)> {
    world.device_mut(device).printer_mut().zip(healthy.device(device).printer())
}

/// A queue of a computer by its name.
pub fn queue<'w>(
    world: &'w mut World,
    healthy: &'w World,
    device: DeviceId,
    name: &str,
) -> Option<(&'w mut InstalledPrinter, &'w InstalledPrinter)> {
    let (sick, well) = windows(world, healthy, device)?;
    sick.printers.iter_mut().find(|queue| queue.name == name).zip(well.printers.iter().find(|queue| queue.name == name))
}
