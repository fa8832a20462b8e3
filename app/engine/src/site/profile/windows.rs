//! Windows 11 computers and Windows servers.

use crate::chance::Chance;
use crate::time::Time;
use crate::world::hardware::Hardware;
use crate::world::windows::Windows;

/// A desktop or laptop with Windows 11: services, processes, programs, events of a normal week.
#[must_use]
pub fn client(_laptop: bool, _now: Time, _zone_minutes: i32, _chance: &mut Chance) -> (Windows, Hardware) {
    (Windows::default(), Hardware::default())
}

/// A Windows server; the site adds its roles, and `roles_installed` its services.
#[must_use]
pub fn server(_now: Time, _zone_minutes: i32, _chance: &mut Chance) -> (Windows, Hardware) {
    (Windows::default(), Hardware::default())
}
