//! A7, A8, A9: the computer's own standing in the domain.

use super::super::twin;
use crate::chance::Chance;
use crate::fault::{Fault, Layer, Target, Tier, no_traces};
use crate::machine::sign_in::{events, shares};
use crate::time::Span;
use crate::world::device::Kind;
use crate::world::server::GroupPolicy;
use crate::world::windows::{Event, EventLevel, EventLog, MappedDrive};
use crate::world::{DeviceId, World};

pub const A7: Fault = Fault {
    id: "A7",
    title: "The computer's account in the domain does not match its own secret any more",
    layer: Layer::AccountOrPermission,
    component: "computer account",
    tier: Tier::T2,
    targets: joined,
    inject: distrust,
    traces: distrust_traces,
    present: distrusted,
    repair: trust,
};

pub const A8: Fault = Fault {
    id: "A8",
    title: "A session with the server as somebody else is open already",
    layer: Layer::AccountOrPermission,
    component: "mapped drive",
    tier: Tier::T1,
    targets: mapped,
    inject: other_identity,
    traces: no_traces,
    present: two_identities,
    repair: one_identity,
};

pub const A9: Fault = Fault {
    id: "A9",
    title: "The computer stands in a unit that the policy is not linked to",
    layer: Layer::AccountOrPermission,
    component: "group policy",
    tier: Tier::T2,
    targets: managed,
    inject: misplace,
    traces: no_traces,
    present: misplaced,
    repair: replace,
};

fn joined(world: &World) -> Vec<Target> {
    super::members(world)
        .into_iter()
        .map(|(person, device, keeper)| Target { person: Some(person), other: Some(keeper), ..Target::device(device) })
        .collect()
}

fn distrust(world: &mut World, target: &Target, _chance: &mut Chance) {
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    if let Some(joined) = &mut windows.joined {
        joined.trust_ok = false;
    }
}

fn distrust_traces(world: &mut World, target: &Target) {
    let (at, domain) = (world.now - Span::minutes(25), events::short_domain(world));
    let server = target.other.map(|keeper| world.device(keeper).name.clone()).unwrap_or_default();
    let text = format!(
        "This computer could not authenticate with \\\\{server}, a Windows domain controller for domain {domain}, and therefore this computer might deny logon requests. This inability to authenticate might be caused by another computer on the same network using the same name or the password for this computer account is not recognized. If this message appears again, contact your system administrator."
    );
    let event =
        Event { at, log: EventLog::System, source: "NETLOGON".into(), id: 3210, level: EventLevel::Error, text: text.into() };
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        let place = windows.events.iter().rposition(|other| other.at <= at).map_or(0, |last| last.saturating_add(1));
        windows.events.insert(place, event);
    }
}

fn distrusted(world: &World, target: &Target) -> bool {
    target.other.is_some_and(|keeper| !crate::machine::sign_in::trusted(world, target.device, keeper))
}

fn trust(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.joined.clone_from(&well.joined);
    }
}

/// Computers whose person has a drive on a server.
fn mapped(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for (person, device, _) in super::members(world) {
        let drives = world.device(device).windows().map(|windows| windows.mapped_drives.as_slice()).unwrap_or_default();
        let servers: crate::sorted::Set<_> =
            drives.iter().filter_map(|drive| shares::parse(&drive.path)).map(|(server, ..)| server.to_owned()).collect();
        for server in servers {
            let other = world.find(&server);
            found.push(Target { person: Some(person), other, name: server, ..Target::device(device) });
        }
    }
    found
}

/// A colleague helped out with their own name "just for a moment".
fn other_identity(world: &mut World, target: &Target, chance: &mut Chance) {
    let name = super::account(world, target.person);
    let others: Vec<String> =
        world.people.iter().filter(|person| person.account != name).map(|person| person.account.clone()).collect();
    let user = chance.pick(&others).cloned().unwrap_or_else(|| "support".to_owned());
    let Some(windows) = world.device_mut(target.device).windows_mut() else { return };
    let Some(path) = windows
        .mapped_drives
        .iter()
        .map(|drive| drive.path.clone())
        .find(|path| shares::parse(path).is_some_and(|(server, ..)| server == target.name))
    else {
        return;
    };
    let free = ('F'..='Z').rev().find(|letter| windows.mapped_drives.iter().all(|drive| drive.letter != *letter));
    if let Some(letter) = free {
        windows.mapped_drives.insert(0, MappedDrive { letter, path, user, persistent: false });
    }
}

fn two_identities(world: &World, target: &Target) -> bool {
    let name = super::account(world, target.person);
    world.device(target.device).windows().is_some_and(|windows| {
        windows.mapped_drives.iter().any(|drive| {
            let same = shares::parse(&drive.path).is_some_and(|(server, ..)| server.eq_ignore_ascii_case(&target.name));
            same && !drive.user.is_empty() && crate::machine::sign_in::bare(&drive.user) != name
        })
    })
}

fn one_identity(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.mapped_drives.clone_from(&well.mapped_drives);
    }
}

/// A policy reaches every unit below the one it is linked to; one without a unit reaches all.
fn reaches(policy: &GroupPolicy, unit: &str) -> bool {
    policy.unit.is_empty() || unit == policy.unit || unit.strip_prefix(&policy.unit).is_some_and(|rest| rest.starts_with('/'))
}

fn unit<'w>(world: &'w World, target: &Target) -> Option<&'w str> {
    let directory = world.device(target.other?).roles.directory.as_ref()?;
    let name = &world.device(target.device).name;
    directory.computers.iter().find(|(computer, _)| computer.eq_ignore_ascii_case(name)).map(|(_, unit)| unit.as_str())
}

fn policy<'w>(world: &'w World, keeper: Option<DeviceId>, name: &str) -> Option<&'w GroupPolicy> {
    world.device(keeper?).roles.directory.as_ref()?.policies.iter().find(|policy| policy.name == name)
}

/// Computers with a policy that is linked to their own unit or one above it, and is applied.
fn managed(world: &World) -> Vec<Target> {
    let mut found = Vec::new();
    for target in joined(world) {
        if world.device(target.device).kind == Kind::Server {
            continue;
        }
        let applied = world.device(target.device).windows().map(|windows| windows.policy.applied.clone()).unwrap_or_default();
        for name in applied {
            let linked = policy(world, target.other, &name)
                .is_some_and(|policy| !policy.unit.is_empty() && unit(world, &target).is_some_and(|unit| reaches(policy, unit)));
            if linked {
                found.push(Target { name, ..target.clone() });
            }
        }
    }
    found
}

/// Somebody tidied up and put the computer among those that are to be scrapped; its policies are those of that unit since.
fn misplace(world: &mut World, target: &Target, _chance: &mut Chance) {
    let name = world.device(target.device).name.clone();
    let Some(directory) = target.other.and_then(|keeper| world.device_mut(keeper).roles.directory.as_mut()) else { return };
    let computer = directory.computers.iter_mut().find(|(computer, _)| computer.eq_ignore_ascii_case(&name));
    if let Some((_, unit)) = computer {
        "Retired".clone_into(unit);
    }
    let drives = directory.policies.iter().find(|policy| policy.name == target.name).map(|policy| policy.drives.clone());
    if let Some(windows) = world.device_mut(target.device).windows_mut() {
        windows.policy.applied.retain(|applied| *applied != target.name);
        "Retired".clone_into(&mut windows.policy.unit);
        for (letter, path) in drives.unwrap_or_default() {
            windows.mapped_drives.retain(|drive| drive.letter != letter || drive.path != path);
        }
    }
}

/// Until the computer stands where the policy is linked and has fetched it.
fn misplaced(world: &World, target: &Target) -> bool {
    let placed = policy(world, target.other, &target.name)
        .is_some_and(|policy| unit(world, target).is_some_and(|unit| reaches(policy, unit)));
    let applied = world.device(target.device).windows().is_some_and(|windows| windows.policy.applied.contains(&target.name));
    !(placed && applied)
}

fn replace(world: &mut World, target: &Target, healthy: &World) {
    if let Some((sick, well)) = target.other.and_then(|keeper| twin::directory(world, healthy, keeper)) {
        let name = &healthy.device(target.device).name;
        for (computer, unit) in &well.computers {
            if computer.eq_ignore_ascii_case(name)
                && let Some(place) = sick.computers.get_mut(computer)
            {
                place.clone_from(unit);
            }
        }
    }
    if let Some((sick, well)) = twin::windows(world, healthy, target.device) {
        sick.policy.clone_from(&well.policy);
        sick.mapped_drives.clone_from(&well.mapped_drives);
    }
}
