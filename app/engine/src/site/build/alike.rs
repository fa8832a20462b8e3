//! Machines of one company are much alike; what is the same is held once.

use crate::world::World;
use crate::world::device::{Device, System};
use crate::world::shared::Shared;
use crate::world::windows::Windows;

/// Lets equal parts of machines be one. It changes no state: whoever changes a part gets one of their own.
pub(super) fn share(world: &mut World) {
    part(world, |device| Some(&mut device.roles));
    part(world, |device| Some(&mut device.stack.filter));
    part(world, |device| Some(&mut device.stack.nat));
    part(world, |device| Some(&mut device.stack.listeners));
    part(world, |device| Some(&mut device.stack.resolver));
    part(world, |device| Some(&mut device.hardware.peripherals));
    part(world, |device| Some(&mut device.hardware.cpu));
    part(world, |device| Some(&mut device.hardware.firmware));
    part(world, |device| Some(&mut device.hardware.displays));
    part(world, |device| Some(&mut device.hardware));
    part_of_windows(world, |windows| &mut windows.boot);
    part_of_windows(world, |windows| &mut windows.token_groups);
    part_of_windows(world, |windows| &mut windows.accounts);
    part_of_windows(world, |windows| &mut windows.services);
    part_of_windows(world, |windows| &mut windows.volumes);
    part_of_windows(world, |windows| &mut windows.files);
    part_of_windows(world, |windows| &mut windows.updates);
    part_of_windows(world, |windows| &mut windows.programs);
    part_of_windows(world, |windows| &mut windows.startup);
    part_of_windows(world, |windows| &mut windows.proxy);
    part_of_windows(world, |windows| &mut windows.certificates);
    part_of_windows(world, |windows| &mut windows.clock);
    part_of_windows(world, |windows| &mut windows.defender);
    part_of_windows(world, |windows| &mut windows.policy);
    part_of_windows(world, |windows| &mut windows.browser);
    part_of_windows(world, |windows| &mut windows.settings);
}

fn part_of_windows<T: PartialEq>(world: &mut World, of: impl Fn(&mut Windows) -> &mut Shared<T>) {
    part(world, |device| match &mut device.system {
        System::Windows(windows) => Some(of(windows)),
        _ => None,
    });
}

fn part<T: PartialEq>(world: &mut World, of: impl Fn(&mut Device) -> Option<&mut Shared<T>>) {
    /// Only the last few kinds are compared, so that a company of many kinds takes no longer.
    const KINDS: usize = 8;
    let mut kinds: Vec<Shared<T>> = Vec::new();
    for part in world.devices.iter_mut().filter_map(of) {
        if let Some(same) = kinds.iter().find(|kind| **kind == *part) {
            *part = same.clone();
            continue;
        }
        if kinds.len() == KINDS {
            kinds.remove(0);
        }
        kinds.push(part.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::site::profile::windows::tests::{clinic, device, windows};

    #[test]
    fn what_two_desktops_have_in_common_is_held_once() {
        let world = clinic();
        let (one, other) = (windows(&world, "PC-01"), windows(&world, "PC-02"));
        assert!(one.services.is(&other.services) && one.volumes.is(&other.volumes) && one.settings.is(&other.settings));
        assert!(one.programs.is(&other.programs) && one.defender.is(&other.defender) && one.browser.is(&other.browser));
        let (one, other) = (world.device(device(&world, "PC-01")), world.device(device(&world, "PC-02")));
        assert!(one.hardware.displays.is(&other.hardware.displays) && one.hardware.cpu.is(&other.hardware.cpu));
        assert!(one.stack.filter.is(&other.stack.filter) && one.stack.listeners.is(&other.stack.listeners));
    }
}
