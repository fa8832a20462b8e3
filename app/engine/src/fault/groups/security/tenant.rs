//! X2, X3: somebody else has the password of a mailbox.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier};
use crate::time::Span;
use crate::world::tenant::{CloudSignIn, CloudUser};
use crate::world::windows::MailRule;
use crate::world::{DeviceId, World};

pub const X2: Fault = Fault {
    id: "X2",
    title: "A phished password is in use from abroad",
    layer: Layer::Security,
    component: "account",
    tier: Tier::Security,
    targets,
    inject: phish,
    traces,
    present: phished,
    repair,
};

pub const X3: Fault = Fault {
    id: "X3",
    title: "A mailbox was taken over, and a rule forwards its mail",
    layer: Layer::Security,
    component: "mailbox",
    tier: Tier::Security,
    targets,
    inject: take_over,
    traces,
    present: taken_over,
    repair,
};

const ABROAD: &str = "Elsewhere";
const OUTSIDE: &str = "collect@inbox-backup.example";
const RULE: &str = ".";

fn targets(world: &World) -> Vec<Target> {
    let Some(tenant) = &world.tenant else { return Vec::new() };
    world
        .people
        .iter()
        .filter(|person| tenant.users.contains_key(&person.account))
        .map(|person| Target {
            person: Some(person.id),
            name: person.account.clone(),
            ..Target::device(person.device.unwrap_or(DeviceId::default()))
        })
        .collect()
}

fn user_mut<'w>(world: &'w mut World, target: &Target) -> Option<&'w mut CloudUser> {
    world.tenant.as_mut()?.users.get_mut(&target.name)
}

fn phish(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(user) = user_mut(world, target) {
        user.compromised = true;
        user.sessions.push(format!("{ABROAD} · browser"));
    }
}

fn take_over(world: &mut World, target: &Target, chance: &mut Chance) {
    phish(world, target, chance);
    if let Some(user) = user_mut(world, target) {
        user.forwarding = Some(OUTSIDE.to_owned());
    }
    let profile = world.device_mut(target.device).windows_mut().and_then(|windows| windows.mail.as_mut());
    if let Some(profile) = profile.filter(|profile| profile.address.starts_with(&format!("{}@", target.name))) {
        profile.rules.push(MailRule { name: RULE.to_owned(), forwards_to: OUTSIDE.to_owned() });
    }
}

fn traces(world: &mut World, target: &Target) {
    let now = world.now;
    if let Some(tenant) = &mut world.tenant {
        for hours in [7, 1] {
            tenant.sign_ins.push(CloudSignIn {
                at: now - Span::hours(hours),
                user: target.name.clone(),
                country: ABROAD.to_owned(),
                application: "Mail".to_owned(),
                ok: true,
                reason: String::new(),
            });
        }
    }
}

/// A new password alone leaves the open session; sessions alone leave the password.
fn phished(world: &World, target: &Target) -> bool {
    let user = world.tenant.as_ref().and_then(|tenant| tenant.users.get(&target.name));
    user.is_some_and(|user| user.compromised || user.sessions.iter().any(|session| session.starts_with(ABROAD)))
}

fn taken_over(world: &World, target: &Target) -> bool {
    let forwards = |user: &CloudUser| user.forwarding.as_deref() == Some(OUTSIDE);
    let user = world.tenant.as_ref().and_then(|tenant| tenant.users.get(&target.name));
    let profile = world.device(target.device).windows().and_then(|windows| windows.mail.as_ref());
    let rule = profile.is_some_and(|profile| {
        profile.address.starts_with(&format!("{}@", target.name)) && profile.rules.iter().any(|rule| rule.forwards_to == OUTSIDE)
    });
    phished(world, target) || user.is_some_and(forwards) || rule
}

fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::cloud_user(world, healthy, &target.name) {
        sick.compromised = well.compromised;
        sick.sessions.clone_from(&well.sessions);
        sick.forwarding.clone_from(&well.forwarding);
    }
    if let Some((sick, well)) = twin::windows(world, healthy, target.device)
        && let Some((sick, well)) = sick.mail.as_mut().zip(well.mail.as_ref())
    {
        sick.rules.clone_from(&well.rules);
    }
}
