//! A12: the second factor goes to a phone that is gone.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::time::Span;
use crate::world::tenant::CloudSignIn;
use crate::world::{DeviceId, World};

pub const A12: Fault = Fault {
    id: "A12",
    title: "The registered second factor is a phone the person no longer has",
    layer: Layer::AccountOrPermission,
    component: "second factor",
    tier: Tier::T1,
    targets,
    inject,
    traces,
    present,
    repair,
};

fn targets(world: &World) -> Vec<Target> {
    let Some(tenant) = world.tenant.as_ref().filter(|tenant| tenant.mfa_required) else { return Vec::new() };
    world
        .people
        .iter()
        .filter(|person| tenant.users.get(&person.account).is_some_and(|user| user.mfa.iter().any(|method| method.in_hand)))
        .map(|person| Target {
            person: Some(person.id),
            name: person.account.clone(),
            ..Target::device(person.device.unwrap_or(DeviceId::default()))
        })
        .collect()
}

fn inject(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(user) = world.tenant.as_mut().and_then(|tenant| tenant.users.get_mut(&target.name)) {
        for method in &mut user.mfa {
            method.in_hand = false;
        }
    }
}

fn traces(world: &mut World, target: &Target) {
    let at = world.now - Span::minutes(12);
    let Some(tenant) = &mut world.tenant else { return };
    let country = tenant.users.get(&target.name).map(|user| user.country.clone()).unwrap_or_default();
    tenant.sign_ins.push(CloudSignIn {
        at,
        user: target.name.clone(),
        country,
        application: "Office".to_owned(),
        ok: false,
        reason: "Second factor was not completed".to_owned(),
    });
}

/// An exemption, or the requirement taken away for all, lets them in and leaves the account without its second factor.
fn present(world: &World, target: &Target) -> bool {
    let user = world.tenant.as_ref().and_then(|tenant| tenant.users.get(&target.name));
    user.is_none_or(|user| !user.mfa.iter().any(|method| method.in_hand))
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::cloud_user(world, healthy, &target.name) {
        sick.mfa.clone_from(&well.mfa);
    }
}
