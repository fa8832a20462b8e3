//! Machines of one company are much alike; what is the same is held once.

use crate::world::World;
use crate::world::device::System;
use crate::world::shared::Shared;

/// What stood in machines so far. Only the last few kinds are compared, so that a company of many kinds takes no longer.
struct Kinds<T>(Vec<Shared<T>>);

const KINDS: usize = 8;

impl<T: PartialEq> Kinds<T> {
    const fn new() -> Self {
        Self(Vec::new())
    }

    fn share(&mut self, part: &mut Shared<T>) {
        if let Some(same) = self.0.iter().find(|kind| **kind == *part) {
            *part = same.clone();
            return;
        }
        if self.0.len() == KINDS {
            self.0.remove(0);
        }
        self.0.push(part.clone());
    }
}

/// Lets equal parts of machines be one. It changes no state: whoever changes a part gets one of their own.
pub(super) fn share(world: &mut World) {
    let (mut roles, mut filters, mut peripherals) = (Kinds::new(), Kinds::new(), Kinds::new());
    let (mut accounts, mut services, mut files) = (Kinds::new(), Kinds::new(), Kinds::new());
    let (mut updates, mut programs, mut startup) = (Kinds::new(), Kinds::new(), Kinds::new());
    let mut certificates = Kinds::new();
    for device in &mut world.devices {
        roles.share(&mut device.roles);
        filters.share(&mut device.stack.filter);
        peripherals.share(&mut device.hardware.peripherals);
        let System::Windows(windows) = &mut device.system else { continue };
        let windows = &mut **windows;
        accounts.share(&mut windows.accounts);
        services.share(&mut windows.services);
        files.share(&mut windows.files);
        updates.share(&mut windows.updates);
        programs.share(&mut windows.programs);
        startup.share(&mut windows.startup);
        certificates.share(&mut windows.certificates);
    }
}
