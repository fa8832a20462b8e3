//! A3: a password that ran out.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::machine::sign_in::events;
use crate::time::Span;
use crate::world::World;
use crate::world::accounts::SignIn;

pub const A3: Fault = Fault {
    id: "A3",
    title: "The password is older than the policy allows",
    layer: Layer::AccountOrPermission,
    component: "account",
    tier: Tier::T1,
    targets,
    inject,
    traces,
    present,
    repair,
};

fn targets(world: &World) -> Vec<Target> {
    let expires = |keeper| super::directory(world, keeper).is_some_and(|accounts| accounts.policy.maximum_age > Span::ZERO);
    super::members(world)
        .into_iter()
        .filter(|(_, _, keeper)| expires(*keeper))
        .map(|(person, device, keeper)| Target { person: Some(person), other: Some(keeper), ..Target::device(device) })
        .collect()
}

fn maximum(world: &World, target: &Target) -> Span {
    target.other.and_then(|keeper| super::directory(world, keeper)).map_or(Span::ZERO, |accounts| accounts.policy.maximum_age)
}

fn inject(world: &mut World, target: &Target, chance: &mut Chance) {
    let (name, now, maximum) = (super::account(world, target.person), world.now, maximum(world, target));
    let past = Span::hours(u64::from(chance.between(2, 60)));
    if let Some(user) = super::user_mut(world, target.other, &name) {
        user.password_set = now - maximum - past;
    }
}

fn traces(world: &mut World, target: &Target) {
    let (name, workstation) = (super::account(world, target.person), world.device(target.device).name.clone());
    let at = world.now - Span::minutes(6);
    events::failed(world, target.device, at, &name, &workstation, SignIn::PasswordExpired, 2);
}

/// A flag that it never expires does not make it any younger.
fn present(world: &World, target: &Target) -> bool {
    let name = super::account(world, target.person);
    let maximum = maximum(world, target);
    super::user(world, target.other, &name).is_some_and(|user| maximum > Span::ZERO && world.now - user.password_set > maximum)
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    let name = super::account(healthy, target.person);
    restore(world, target, healthy, &name);
}

/// The account as the twin has it, in the directory, in the tenant and in its owner's head.
pub fn restore(world: &mut World, target: &Target, healthy: &World, name: &str) {
    if let Some((sick, well)) = target.other.and_then(|keeper| twin::directory(world, healthy, keeper))
        && let Some((sick, well)) = sick.accounts.user_mut(name).zip(well.accounts.user(name))
    {
        sick.clone_from(well);
    }
    if let Some((sick, well)) = twin::cloud_user(world, healthy, name) {
        sick.password = well.password;
        sick.compromised = well.compromised;
        sick.phone.clone_from(&well.phone);
    }
    for (sick, well) in world.people.iter_mut().zip(&healthy.people).filter(|(sick, _)| sick.account == name) {
        (sick.password, sick.cloud_password) = (well.password, well.cloud_password);
    }
}
