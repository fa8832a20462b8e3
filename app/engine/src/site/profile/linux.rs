//! Debian-like servers and workstations.

use crate::chance::Chance;
use crate::time::Time;
use crate::world::hardware::Hardware;
use crate::world::linux::Linux;

#[must_use]
pub fn server(_name: &str, _now: Time, _chance: &mut Chance) -> (Linux, Hardware) {
    (Linux::default(), Hardware::default())
}

#[must_use]
pub fn workstation(_name: &str, _now: Time, _chance: &mut Chance) -> (Linux, Hardware) {
    (Linux::default(), Hardware::default())
}
