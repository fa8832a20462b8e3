//! The devices of a world. Copies of a world share every device that neither has changed since, so that trying something out on
//! a copy, as probes, grading and the log do all the time, costs what is touched and not what is there.

use std::iter::Map;
use std::ops::{Index, IndexMut};
use std::slice;

use serde::{Deserialize, Serialize};

use super::device::Device;
use super::shared::Shared;

/// Devices in the order of [`super::DeviceId`]; behaves as a `Vec<Device>` and is written as one. Whatever hands out a device to
/// be changed parts it from the copies first, so look before asking for one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Devices(Vec<Shared<Device>>);

/// From [`Devices::iter`].
pub type Iter<'d> = Map<slice::Iter<'d, Shared<Device>>, fn(&'d Shared<Device>) -> &'d Device>;
/// From [`Devices::iter_mut`].
pub type IterMut<'d> = Map<slice::IterMut<'d, Shared<Device>>, fn(&'d mut Shared<Device>) -> &'d mut Device>;

impl Devices {
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Device> {
        self.0.get(at).map(|device| &**device)
    }

    pub fn get_mut(&mut self, at: usize) -> Option<&mut Device> {
        self.0.get_mut(at).map(|device| &mut **device)
    }

    #[must_use]
    pub fn last(&self) -> Option<&Device> {
        self.0.last().map(|device| &**device)
    }

    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(|device| &**device)
    }

    /// Parts every device that it comes to from its copies.
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        self.0.iter_mut().map(|device| &mut **device)
    }

    pub fn push(&mut self, device: Device) {
        self.0.push(Shared::new(device));
    }

    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// The pairs of devices at the same places that may differ: those that are still shared are left out.
    pub fn parted<'d>(&'d self, other: &'d Self) -> impl Iterator<Item = (&'d Device, &'d Device)> {
        let pairs = self.0.iter().zip(&other.0);
        pairs.filter(|(own, other)| !own.is(other)).map(|(own, other)| (&**own, &**other))
    }
}

impl PartialEq for Devices {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.parted(other).all(|(own, other)| own == other)
    }
}

impl Index<usize> for Devices {
    type Output = Device;

    fn index(&self, at: usize) -> &Device {
        &self.0[at]
    }
}

impl IndexMut<usize> for Devices {
    fn index_mut(&mut self, at: usize) -> &mut Device {
        &mut self.0[at]
    }
}

impl<'d> IntoIterator for &'d Devices {
    type Item = &'d Device;
    type IntoIter = Iter<'d>;

    fn into_iter(self) -> Iter<'d> {
        self.iter()
    }
}

impl<'d> IntoIterator for &'d mut Devices {
    type Item = &'d mut Device;
    type IntoIter = IterMut<'d>;

    fn into_iter(self) -> IterMut<'d> {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use crate::net::lab::{lab, linux, windows};

    #[test]
    fn a_copy_shares_what_it_has_not_changed_and_never_changes_the_other() {
        let mut lab = lab(&(linux("A", "10.0.0.1/24", "") + &windows("B", "10.0.0.2/24", "")), "");
        let (a, b) = (lab.id("A"), lab.id("B"));
        let before = lab.world.clone();
        assert_eq!(before.devices.parted(&lab.world.devices).count(), 0);
        lab.device("B").model = "Another".to_owned();
        let parted: Vec<_> = before.devices.parted(&lab.world.devices).map(|(old, _)| old.id).collect();
        assert_eq!(parted, [b]);
        assert_ne!(before.device(b).model, "Another");
        assert_ne!(before.devices, lab.world.devices);
        assert_eq!(before.device(a), lab.world.device(a));
    }

    #[test]
    fn they_are_written_as_a_list_of_devices() {
        let world = lab(&(linux("A", "10.0.0.1/24", "") + &windows("B", "10.0.0.2/24", "")), "").world;
        let plain: Vec<_> = world.devices.iter().cloned().collect();
        let bytes = postcard::to_allocvec(&world.devices).unwrap();
        assert_eq!(bytes, postcard::to_allocvec(&plain).unwrap());
        assert_eq!(postcard::from_bytes::<super::Devices>(&bytes).unwrap(), world.devices);
    }
}
