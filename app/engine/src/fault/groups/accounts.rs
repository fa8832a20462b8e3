//! Accounts and permissions: group A of the catalogue.

mod keyboard;
mod linux;
mod machine;
mod password;
mod second_factor;
mod shares;
pub mod stale;
#[cfg(test)]
mod tests;

use crate::fault::Fault;
use crate::machine::sign_in;
use crate::world::accounts::{Accounts, User};
use crate::world::{DeviceId, PersonId, World};

pub const FAULTS: &[Fault] = &[
    keyboard::A1,
    stale::A2,
    password::A3,
    shares::A4,
    shares::A5,
    shares::A6,
    machine::A7,
    machine::A8,
    machine::A9,
    linux::A10,
    linux::A11,
    second_factor::A12,
];

/// People of the directory with their own Windows computer.
pub fn members(world: &World) -> Vec<(PersonId, DeviceId, DeviceId)> {
    let Some(keeper) = sign_in::directory_server(world) else { return Vec::new() };
    let known = |account: &str| directory(world, keeper).is_some_and(|accounts| accounts.user(account).is_some());
    world
        .people
        .iter()
        .filter(|person| known(&person.account))
        .filter_map(|person| {
            let device = person.device?;
            let joined = world.device(device).windows().is_some_and(|windows| windows.joined.is_some());
            joined.then_some((person.id, device, keeper))
        })
        .collect()
}

fn directory(world: &World, keeper: DeviceId) -> Option<&Accounts> {
    world.device(keeper).roles.directory.as_ref().map(|directory| &directory.accounts)
}

fn account(world: &World, person: Option<PersonId>) -> String {
    person.and_then(|id| world.people.get(usize::from(id.0))).map(|person| person.account.clone()).unwrap_or_default()
}

pub fn user<'w>(world: &'w World, keeper: Option<DeviceId>, name: &str) -> Option<&'w User> {
    directory(world, keeper?)?.user(name)
}

fn user_mut<'w>(world: &'w mut World, keeper: Option<DeviceId>, name: &str) -> Option<&'w mut User> {
    world.device_mut(keeper?).roles.directory.as_mut()?.accounts.user_mut(name)
}
