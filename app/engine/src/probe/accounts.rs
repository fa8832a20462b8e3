//! Probes of what people may do and reach.

use crate::machine::phones;
use crate::machine::sign_in::cloud::{self, CloudAnswer};
use crate::machine::sign_in::shares::{self, Opened};
use crate::machine::sign_in::{self};
use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::world::accounts::SignIn;
use crate::world::files::Right;
use crate::world::tenant::{CloudUser, Tenant};
use crate::world::{DeviceId, PersonId, World};

/// A person comes to a machine, types what they know, and is in. Somebody who is asked for a new password because the help desk
/// gave them a first one chooses one; somebody whose password ran out by itself is stopped.
pub fn sign_in(world: &mut World, device: DeviceId, person: PersonId) -> bool {
    sign_in::person_signs_in(world, device, person) == SignIn::Accepted
}

/// A person opens a path of a server from a machine, with at least this right, and nothing there is kept open by a dead session.
pub fn share(world: &mut World, device: DeviceId, person: PersonId, path: &str, right: Right) -> bool {
    let account = world.person(person).account.clone();
    let present = world.device(device).windows().and_then(|windows| windows.signed_in.clone());
    if world.device(device).windows().is_some() && present.is_none_or(|name| !name.eq_ignore_ascii_case(&account)) {
        sign_in::person_signs_in(world, device, person);
    }
    if other_identity(world, device, path, &account) {
        return false;
    }
    let Opened::Granted { server, right: given } = shares::open(world, device, path, &account, None) else { return false };
    given >= right && (right < Right::Modify || !held_open(world, server, path))
}

/// The machine's session with this server is somebody else's.
fn other_identity(world: &World, device: DeviceId, path: &str, account: &str) -> bool {
    let session = shares::parse(path).and_then(|(server, ..)| shares::session_user(world, device, server));
    session.is_some_and(|user| !user.eq_ignore_ascii_case(account))
}

/// A file of that very path stands open in a session that is dead: nobody can save it.
fn held_open(world: &World, server: DeviceId, path: &str) -> bool {
    let Some((_, share, rest)) = shares::parse(path) else { return false };
    if rest.is_empty() {
        return false;
    }
    let Some(share) = shares::find(world, server, share) else { return false };
    let file = format!("{}\\{rest}", share.folder.trim_end_matches('\\'));
    world.device(server).roles.open_files.iter().any(|open| open.stale && open.path.eq_ignore_ascii_case(&file))
}

/// A person's mail program reaches its server, is let in, and finds room; with a tenant only, its mail service does.
pub fn mail(world: &mut World, person: PersonId) -> bool {
    let (device, account, password) = {
        let person = world.person(person);
        (person.device, person.account.clone(), person.password)
    };
    let profile = device.and_then(|device| world.device(device).windows()).and_then(|windows| windows.mail.clone());
    let own_server = world.devices.iter().any(|device| device.roles.mail.is_some());
    let Some((device, profile)) = device.zip(profile).filter(|_| own_server) else {
        return cloud(world, person, "mail");
    };
    if profile.size >= profile.limit || !crate::machine::is_up(world, device) {
        return false;
    }
    let Some(server) = mail_server(world, device, &profile.server) else { return false };
    crate::machine::print::scan::may_send(world, server, &account, password)
}

fn mail_server(world: &mut World, device: DeviceId, host: &str) -> Option<DeviceId> {
    /// IMAP over TLS, RFC 8314.
    const IMAPS: u16 = 993;
    let Resolution::Address(address) = resolve(world, device, host) else { return None };
    match connect(world, device, address, IMAPS) {
        Connection::Connected { device, .. } => world.device(device).roles.mail.as_ref().map(|_| device),
        _ => None,
    }
}

/// A person uses a service of the tenant: a licence by its name, or `mail`, `files`, `office`.
pub fn cloud(world: &mut World, person: PersonId, service: &str) -> bool {
    let account = world.person(person).account.to_lowercase();
    let device = world.person(person).device;
    let Some(tenant) = &world.tenant else { return false };
    let Some(user) = tenant.users.get(&account) else { return false };
    let licensed = match tenant.licences.keys().find(|name| name.eq_ignore_ascii_case(service)) {
        Some(licence) => user.licences.contains(licence),
        None => !user.licences.is_empty(),
    };
    let out_of_order = tenant.health.iter().any(|incident| incident.open && concerns(&incident.service, service));
    let full = user.used >= user.quota;
    let synchronises = !user.sync_errors.iter().any(|(path, _)| still_there(world, device, path));
    let keeps_files = service.eq_ignore_ascii_case("files");
    licensed
        && !out_of_order
        && !(keeps_files && (full || !synchronises))
        && cloud::sign_in(world, person) == CloudAnswer::Accepted
}

/// Only they know the password, every session is from where they or the company are, and nothing forwards their mail outside.
pub fn private(world: &World, person: PersonId) -> bool {
    let person = world.person(person);
    let account = person.account.to_lowercase();
    let own = |user: &CloudUser, tenant: &Tenant| {
        let expected = |session: &String| session.starts_with(&user.country) || session.starts_with(&tenant.country);
        let inside = |address: &String| address.ends_with(&format!("@{}", world.domain));
        !user.compromised && user.sessions.iter().all(expected) && user.forwarding.iter().all(inside)
    };
    let profile = person.device.and_then(|device| world.device(device).windows()?.mail.as_ref());
    let theirs = profile.filter(|profile| profile.address.starts_with(&format!("{account}@")));
    let forwarded = theirs.is_some_and(|profile| {
        profile
            .rules
            .iter()
            .any(|rule| !rule.forwards_to.is_empty() && !rule.forwards_to.ends_with(&format!("@{}", world.domain)))
    });
    let tenant = world.tenant.as_ref();
    !forwarded && tenant.and_then(|tenant| Some(own(tenant.users.get(&account)?, tenant))).unwrap_or(true)
}

/// An incident of mail stops mail, and nobody who only writes a letter.
fn concerns(incident: &str, service: &str) -> bool {
    incident.eq_ignore_ascii_case(service)
}

/// An error of synchronisation lasts while the file keeps that name.
#[must_use]
pub fn still_there(world: &World, device: Option<DeviceId>, path: &str) -> bool {
    let files = device.and_then(|device| world.device(device).windows()).map(|windows| &windows.files.0);
    files.is_some_and(|files| files.iter().any(|(name, file)| !file.deleted && name.eq_ignore_ascii_case(path)))
}

/// Conditions of accounts and phones. `policy Workstation settings` is applied on a machine; of the phone of whoever works there:
/// `phone mail` arrives, `phone apps` have room to work, `phone safe`: nothing of the company is open to strangers on it. `None`: not
/// a condition of this room.
pub fn condition(world: &World, device: DeviceId, what: &str) -> Option<bool> {
    if let Some(what) = what.strip_prefix("phone ") {
        let account = phones::account_at(world, device)?;
        let phone = phones::of(world, account)?;
        return match what {
            "mail" => Some(phones::no_mail(world, account).is_none()),
            "apps" => Some(phone.wiped || phone.free >= phones::WORKING_SPACE),
            "safe" => Some(phones::is_safe(phone)),
            _ => None,
        };
    }
    let name = what.strip_prefix("policy ")?;
    let windows = world.device(device).windows();
    Some(windows.is_some_and(|windows| windows.policy.applied.iter().any(|applied| applied.eq_ignore_ascii_case(name))))
}
