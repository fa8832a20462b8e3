//! C1 to C4: licences, storage, conditional access, the provider's own trouble.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::sign_in::cloud::COUNTRY_POLICY;
use crate::time::Span;
use crate::world::files::File;
use crate::world::tenant::{CloudSignIn, CloudUser, Incident, Tenant};
use crate::world::{DeviceId, World};

pub const C1: Fault = Fault {
    id: "C1",
    title: "The person has no licence any more",
    layer: Layer::Application,
    component: "licence",
    tier: Tier::T1,
    targets: licensed,
    inject: take_licence,
    traces: no_traces,
    present: unlicensed,
    repair: give_licence,
};

pub const C2: Fault = Fault {
    id: "C2",
    title: "Something in the cloud drive cannot be synchronised",
    layer: Layer::Application,
    component: "cloud drive",
    tier: Tier::T1,
    targets: drives,
    inject: stop_synchronising,
    traces: no_traces,
    present: not_synchronised,
    repair: synchronise,
};

pub const C3: Fault = Fault {
    id: "C3",
    title: "Conditional access does not allow the country the person is in",
    layer: Layer::AccountOrPermission,
    component: "conditional access",
    tier: Tier::T2,
    targets: travellers,
    inject: travel,
    traces: refused_abroad,
    present: refused,
    repair: come_home,
};

pub const C4: Fault = Fault {
    id: "C4",
    title: "The provider has an incident",
    layer: Layer::Application,
    component: "provider",
    tier: Tier::Vendor,
    targets: services,
    inject: incident,
    traces: no_traces,
    present: open_incident,
    repair: close_incident,
};

fn people(world: &World, wanted: impl Fn(&Tenant, &CloudUser) -> bool) -> Vec<Target> {
    let Some(tenant) = &world.tenant else { return Vec::new() };
    world
        .people
        .iter()
        .filter(|person| tenant.users.get(&person.account).is_some_and(|user| wanted(tenant, user)))
        .map(|person| Target {
            person: Some(person.id),
            name: person.account.clone(),
            ..Target::device(person.device.unwrap_or(DeviceId::default()))
        })
        .collect()
}

fn user<'w>(world: &'w World, target: &Target) -> Option<&'w CloudUser> {
    world.tenant.as_ref()?.users.get(account(target))
}

fn user_mut<'w>(world: &'w mut World, target: &Target) -> Option<&'w mut CloudUser> {
    world.tenant.as_mut()?.users.get_mut(account(target))
}

/// The name of a target of C2 carries its kind too: `mabbott path`.
fn account(target: &Target) -> &str {
    target.name.split(' ').next().unwrap_or_default()
}

fn licensed(world: &World) -> Vec<Target> {
    people(world, |_, user| !user.licences.is_empty())
}

fn take_licence(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(user) = user_mut(world, target) {
        user.licences.clear();
    }
}

fn unlicensed(world: &World, target: &Target) -> bool {
    user(world, target).is_none_or(|user| user.licences.is_empty())
}

fn give_licence(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::cloud_user(world, healthy, account(target)) {
        sick.licences.clone_from(&well.licences);
    }
}

fn drives(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for target in people(world, |_, _| true) {
        let windows = world.device(target.device).windows().is_some();
        for kind in ["quota", "path"] {
            if kind == "quota" || windows {
                found.push(Target { name: format!("{} {kind}", target.name), ..target.clone() });
            }
        }
    }
    found
}

/// Longer than the 400 characters that a path may have in the cloud, below the drive's own folder.
fn long_path(account: &str) -> String {
    const FOLDER: &str = "Minutes of the meetings of the working group on the rearrangement of the archive";
    let deep = [FOLDER; 5].join("\\");
    format!("C:\\Users\\{account}\\Cloud\\{deep}\\Draft.docx")
}

fn stop_synchronising(world: &mut World, target: &Target, _chance: &mut Chance) {
    let name = account(target).to_owned();
    if target.name.ends_with(" quota") {
        if let Some(user) = user_mut(world, target) {
            user.recycle_bin = user.quota / 3;
            user.used = user.quota;
        }
        return;
    }
    let (path, now) = (long_path(&name), world.now);
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        let file = File { size: 48_212, owner: name, modified: now - Span::hours(3), ..File::default() };
        windows.files.0.insert(path.clone(), file);
    }
    if let Some(user) = user_mut(world, target) {
        user.sync_errors.push((path, "The file path is too long".to_owned()));
    }
}

fn not_synchronised(world: &World, target: &Target) -> bool {
    user(world, target).is_some_and(|user| {
        user.used >= user.quota
            || user.sync_errors.iter().any(|(path, _)| crate::probe::accounts::still_there(world, Some(target.device), path))
    })
}

fn synchronise(world: &mut World, target: &Target, healthy: &World) {
    let path = long_path(account(target));
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        windows.files.0.remove(&path);
    }
    if let Some((sick, well)) = twin::cloud_user(world, healthy, account(target)) {
        sick.sync_errors.clone_from(&well.sync_errors);
        (sick.used, sick.quota, sick.recycle_bin) = (well.used, well.quota, well.recycle_bin);
    }
}

fn travellers(world: &World) -> Vec<Target> {
    people(world, |tenant, _| !tenant.allowed_countries.is_empty())
}

fn travel(world: &mut World, target: &Target, chance: &mut Chance) {
    let Some(tenant) = &world.tenant else { return };
    let abroad: Vec<&str> = ["Portugal", "Norway", "Canada", "Japan"]
        .into_iter()
        .filter(|country| !tenant.allowed_countries.contains(*country))
        .collect();
    let country = chance.pick(&abroad).copied().unwrap_or("Portugal");
    if let Some(user) = user_mut(world, target) {
        country.clone_into(&mut user.country);
    }
}

fn refused_abroad(world: &mut World, target: &Target) {
    let at = world.now - Span::minutes(18);
    let country = user(world, target).map(|user| user.country.clone()).unwrap_or_default();
    let entry = CloudSignIn {
        at,
        user: account(target).to_owned(),
        country,
        application: "Mail".to_owned(),
        ok: false,
        reason: COUNTRY_POLICY.to_owned(),
    };
    if let Some(tenant) = &mut world.tenant {
        tenant.sign_ins.push(entry);
    }
}

/// An approved exception for this person is the answer; a policy that lets everybody in from there, or from everywhere, is none.
fn refused(world: &World, target: &Target) -> bool {
    let Some(tenant) = &world.tenant else { return false };
    user(world, target).is_some_and(|user| user.country != tenant.country && !tenant.exempt.contains(account(target)))
}

fn come_home(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::cloud_user(world, healthy, account(target)) {
        sick.country.clone_from(&well.country);
    }
}

fn services(world: &World) -> Vec<Target> {
    let Some(tenant) = &world.tenant else { return Vec::new() };
    let names = tenant.licences.keys().cloned();
    names.map(|name| Target { name, ..Target::default() }).collect()
}

const INCIDENT: &str = "EX731845";

fn incident(world: &mut World, target: &Target, _chance: &mut Chance) {
    if let Some(tenant) = &mut world.tenant {
        tenant.health.push(Incident {
            service: target.name.clone(),
            id: INCIDENT.to_owned(),
            text: "Users may be unable to use the service or see delays. We are rerouting traffic. Next update in two hours."
                .to_owned(),
            open: true,
        });
    }
}

fn open_incident(world: &World, target: &Target) -> bool {
    let incidents = world.tenant.as_ref().map(|tenant| tenant.health.as_slice()).unwrap_or_default();
    incidents.iter().any(|incident| incident.open && incident.service == target.name)
}

fn close_incident(world: &mut World, _target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::tenant(world, healthy) {
        sick.health.clone_from(&well.health);
    }
}
