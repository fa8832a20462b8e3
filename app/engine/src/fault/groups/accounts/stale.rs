//! A2: something keeps an old password and locks the account with it, again and again.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::services::tasks;
use crate::machine::sign_in::{admin, bare, events, stale};
use crate::time::{Span, Timer};
use crate::world::accounts::SignIn;
use crate::world::device::Kind;
use crate::world::windows::StoredCredential;
use crate::world::{DeviceId, World};

pub const A2: Fault = Fault {
    id: "A2",
    title: "A stored credential with the old password locks the account again and again",
    layer: Layer::AccountOrPermission,
    component: "stored credential",
    tier: Tier::T1,
    targets,
    inject,
    traces,
    present,
    repair,
};

/// A task that its owner once set up with their own password.
const TASK: &str = "Weekly export";

/// The person's account, and another computer of the company that they once worked on: named after the server whose password its
/// Credential Manager keeps, or after the task that runs there with the password.
fn targets(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for (person, own, keeper) in super::members(world) {
        for device in &world.devices {
            let computer = matches!(device.kind, Kind::Desktop | Kind::Laptop);
            let joined = device.windows().is_some_and(|windows| windows.joined.is_some());
            if computer && joined && device.id != own {
                for name in [world.device(keeper).name.as_str(), TASK] {
                    let target = Target { person: Some(person), other: Some(keeper), ..Target::device(device.id) };
                    found.push(Target { name: name.to_owned(), ..target });
                }
            }
        }
    }
    found
}

fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let source = world.device(target.device).name.clone();
    let Some((name, old)) = lock_out(world, target, &source, chance) else { return };
    let server = target.other.map_or_else(String::new, |keeper| world.device(keeper).name.clone());
    let used_by = if target.name == TASK { tasks::used_by(TASK) } else { "Credential Manager".to_owned() };
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        windows.credentials.push(StoredCredential { target: server, user: name, password: old, used_by, retries: true });
    }
}

/// They changed their password yesterday, and `source` was not told: it has locked the account, and goes on. Account and old password.
pub fn lock_out(world: &mut World, target: &Target, source: &str, chance: &mut Chance) -> Option<(String, u32)> {
    let name = super::account(world, target.person);
    let old = super::user(world, target.other, &name)?.password;
    admin::new_password(world, &name, old.wrapping_add(chance.between(1, 0xffff)));
    let now = world.now;
    let threshold =
        target.other.and_then(|keeper| super::directory(world, keeper)).map_or(0, |accounts| accounts.policy.lockout_threshold);
    if let Some(user) = super::user_mut(world, target.other, &name) {
        user.password_set = now - Span::hours(20);
        user.bad_attempts = threshold;
        user.last_bad = Some(now);
        source.clone_into(&mut user.last_bad_from);
        user.locked_since = (threshold > 0).then_some(now);
    }
    world.timers.set(now + stale::EVERY, Timer::StaleCredential(target.device));
    Some((name, old))
}

/// It has been so since this morning: refused on the computer, locked in the directory.
fn traces(world: &mut World, target: &Target) {
    let (name, source) = (super::account(world, target.person), world.device(target.device).name.clone());
    for minutes in [62, 60, 2, 0] {
        let at = world.now - Span::minutes(minutes);
        events::failed(world, target.device, at, &name, &source, SignIn::UnknownOrWrong, 3);
    }
    locked_out_twice(world, target, &source);
}

/// As the directory tells it.
pub fn locked_out_twice(world: &mut World, target: &Target, source: &str) {
    let name = super::account(world, target.person);
    let Some(keeper) = target.other else { return };
    for minutes in [60, 0] {
        let at = world.now - Span::minutes(minutes);
        events::locked_out_at(world, keeper, at, &name, source);
    }
}

/// Unlocking the account or a higher threshold leaves it there.
fn present(world: &World, target: &Target) -> bool {
    let name = super::account(world, target.person);
    refused(world, target.device, &name, super::user(world, target.other, &name).map(|user| user.password))
}

fn refused(world: &World, device: DeviceId, name: &str, password: Option<u32>) -> bool {
    world.device(device).windows().is_some_and(|windows| {
        windows.credentials.iter().any(|kept| kept.retries && bare(&kept.user) == name && Some(kept.password) != password)
    })
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.credentials.clone_from(&well.credentials);
    }
    let_in(world, target, healthy);
}

/// The account is as it was, and nothing comes back to it.
pub fn let_in(world: &mut World, target: &Target, healthy: &World) {
    world.timers.cancel(&Timer::StaleCredential(target.device));
    super::password::restore(world, target, healthy, &super::account(healthy, target.person));
}
