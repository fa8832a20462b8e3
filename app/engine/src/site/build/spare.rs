//! Containers grew while the site was built; what they kept in reserve is given back.

use crate::world::World;
use crate::world::device::{Device, System};

/// Only where it is much: at every port, interface and station of the company. It changes no state.
pub(super) fn give_back(world: &mut World) {
    for device in &mut world.devices {
        give_back_of(device);
    }
}

fn give_back_of(device: &mut Device) {
    device.ports.shrink_to_fit();
    device.stack.interfaces.shrink_to_fit();
    device.stack.neighbours.shrink_to_fit();
    if let Some(switching) = &mut device.switching {
        switching.mac_table.shrink_to_fit();
    }
    if device.roles.dhcp.is_some() {
        let scopes = device.roles.dhcp.iter_mut().flat_map(|server| &mut server.scopes);
        scopes.for_each(|scope| scope.leases.shrink_to_fit());
    }
    if let System::Windows(windows) = &mut device.system {
        windows.certificates.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use crate::site::profile::windows::tests::clinic;

    #[test]
    fn no_device_holds_room_for_ports_and_interfaces_it_has_not() {
        for device in &clinic().devices {
            assert_eq!(device.ports.capacity(), device.ports.len(), "{}", device.name);
            assert_eq!(device.stack.interfaces.capacity(), device.stack.interfaces.len(), "{}", device.name);
        }
    }
}
