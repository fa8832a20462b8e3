//! Phones: group M of the catalogue, as far as the device management of the tenant holds them.

#[cfg(test)]
mod tests;

use super::{accounts, twin};
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::phones::{self, OLDEST_SYSTEM, WORKING_SPACE};
use crate::time::Span;
use crate::world::World;
use crate::world::phone::{App, Phone};

pub const FAULTS: &[Fault] = &[M5, M6, M7, M10, M11];

/// Phones of people who have a computer here as well: it is theirs that a probe asks for.
fn targets(world: &World) -> Vec<Target> {
    let owners = world.people.iter().filter_map(|person| Some((person, person.device?)));
    let owners = owners.filter(|(person, _)| phones::of(world, &person.account).is_some());
    owners
        .map(|(person, device)| Target { person: Some(person.id), name: person.account.clone(), ..Target::device(device) })
        .collect()
}

fn change(world: &mut World, target: &Target, change: impl FnOnce(&mut Phone)) {
    if let Some(phone) = phones::of_mut(world, &target.name) {
        change(phone);
    }
}

fn is_so(world: &World, target: &Target, wanted: impl FnOnce(&Phone) -> bool) -> bool {
    phones::of(world, &target.name).is_some_and(wanted)
}

/// The phone as it was, and as it stands among the second factors.
fn repair(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::cloud_user(world, healthy, &target.name) {
        sick.phone.clone_from(&well.phone);
        sick.mfa.clone_from(&well.mfa);
    }
}

const M5: Fault = Fault {
    id: "M5",
    title: "The phone's system is too old for the company's rules",
    layer: Layer::OperatingSystem,
    component: "phone",
    tier: Tier::T1,
    targets,
    inject: |world, target, chance| {
        let behind = u16::try_from(chance.between(1, 2)).unwrap_or(1);
        change(world, target, |phone| {
            phone.system = OLDEST_SYSTEM - behind;
            phone.compliant = false;
        });
    },
    traces: no_traces,
    // A rule that allows more lets the phone in, and leaves it as open as it is.
    present: |world, target| is_so(world, target, |phone| phone.system < OLDEST_SYSTEM || !phone.compliant),
    repair,
};

const M6: Fault = Fault {
    id: "M6",
    title: "The phone's mail keeps an old password and locks the account",
    layer: Layer::AccountOrPermission,
    component: "phone",
    tier: Tier::T1,
    targets: |world| {
        let with_phone = targets(world);
        let known =
            |person, keeper| with_phone.iter().find(|target| target.person == Some(person)).map(|target| (target, keeper));
        let members = accounts::members(world).into_iter().filter_map(|(person, _, keeper)| known(person, keeper));
        members.map(|(target, keeper)| Target { other: Some(keeper), ..target.clone() }).collect()
    },
    inject: forget_the_phone,
    traces: |world, target| {
        let source = phones::of(world, &target.name).map(|phone| phone.name.clone()).unwrap_or_default();
        accounts::stale::locked_out_twice(world, target, &source);
    },
    // Unlocking leaves it there.
    present: |world, target| {
        let password = accounts::user(world, target.other, &target.name).map(|user| user.password);
        is_so(world, target, |phone| !phone.wiped && Some(phone.mail_password) != password)
    },
    repair: |world, target, healthy| {
        repair(world, target, healthy);
        accounts::stale::let_in(world, target, healthy);
    },
};

fn forget_the_phone(world: &mut World, target: &Target, chance: &mut Chance) {
    let source = phones::of(world, &target.name).map(|phone| phone.name.clone()).unwrap_or_default();
    if let Some((_, old)) = accounts::stale::lock_out(world, target, &source, chance) {
        change(world, target, |phone| phone.mail_password = old);
    }
}

const M7: Fault = Fault {
    id: "M7",
    title: "The phone's storage is full",
    layer: Layer::Hardware,
    component: "phone",
    tier: Tier::T1,
    targets,
    inject: |world, target, chance| {
        let left = chance.between(0, 90);
        change(world, target, |phone| {
            phone.pictures += phone.free - left;
            phone.free = left;
        });
    },
    traces: no_traces,
    present: |world, target| is_so(world, target, |phone| phone.free < WORKING_SPACE),
    repair,
};

const M10: Fault = Fault {
    id: "M10",
    title: "A phone with the company's data is lost",
    layer: Layer::Security,
    component: "phone",
    tier: Tier::Security,
    targets,
    inject: |world, target, chance| {
        let seen = world.now - Span::minutes(u64::from(chance.between(35, 170)));
        change(world, target, |phone| (phone.lost, phone.last_seen) = (true, seen));
        let user = world.tenant.as_mut().and_then(|tenant| tenant.users.get_mut(&target.name));
        if let Some(user) = user {
            let name = user.phone.as_ref().map(|phone| phone.name.clone());
            // What is lost answers no second factor.
            user.mfa.iter_mut().filter(|method| Some(&method.device) == name.as_ref()).for_each(|method| method.in_hand = false);
        }
    },
    traces: no_traces,
    // A lock keeps a finder out for a while; what is on it is safe when it is gone.
    present: |world, target| is_so(world, target, |phone| phone.lost && !phone.wiped),
    repair,
};

const M11: Fault = Fault {
    id: "M11",
    title: "A hostile app runs on the phone",
    layer: Layer::Security,
    component: "phone",
    tier: Tier::Security,
    targets,
    inject: |world, target, chance| {
        let data = chance.between(6200, 14_800);
        let app = App { name: APP.to_owned(), publisher: String::new(), administrator: true, data };
        change(world, target, |phone| phone.apps.push(app));
    },
    traces: no_traces,
    present: |world, target| is_so(world, target, |phone| phone.apps.iter().any(|app| app.name == APP)),
    repair,
};

const APP: &str = "Battery Doctor Free";
