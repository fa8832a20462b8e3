//! What computers and printers do by themselves: power, start, services, sign-in, printing.

pub mod linux_files;
pub mod peripherals;
pub mod phones;
pub mod power;
pub mod print;
pub mod services;
pub mod sign_in;
pub mod units;

use crate::world::device::System;
use crate::world::linux::UnitState;
use crate::world::windows::ServiceState;
use crate::world::{DeviceId, World};

/// Powered and past its start: only then does anything on it answer.
#[must_use]
pub fn is_up(world: &World, device: DeviceId) -> bool {
    power::state(world, device) == crate::world::hardware::PowerState::Running
}

/// Whether the service or unit named `owner` runs; an empty owner is always there on a machine that is up.
#[must_use]
pub fn runs(world: &World, device: DeviceId, owner: &str) -> bool {
    if !is_up(world, device) {
        return false;
    }
    if owner.is_empty() {
        return true;
    }
    match &world.device(device).system {
        System::Windows(windows) => windows
            .services
            .iter()
            .any(|(name, service)| service.state == ServiceState::Running && name.eq_ignore_ascii_case(owner)),
        System::Linux(linux) => linux.units.get(owner).is_some_and(|unit| unit.state == UnitState::Active),
        System::Ios(_) | System::Printer(_) | System::AccessPoint(_) | System::Fixed => true,
    }
}

pub use power::started;
pub use print::print_queue;
pub use services::service_timer;
pub use sign_in::stale_credential;
