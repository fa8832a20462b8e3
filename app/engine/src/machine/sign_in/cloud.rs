//! Signing in to the company's SaaS tenant.

use crate::net::dns::{Resolution, resolve};
use crate::net::{Connection, connect};
use crate::world::tenant::{CloudSignIn, CloudUser, Tenant};
use crate::world::{DeviceId, PersonId, World};

/// What the portal answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CloudAnswer {
    Accepted,
    /// The portal itself does not answer from there.
    Unreachable,
    NoAccount,
    WrongPassword,
    Blocked,
    /// Conditional access: not from this country.
    Country(String),
    /// The second factor goes to something the person does not have.
    NoSecondFactor,
}

/// What the sign-in log calls the policy that decides by country.
pub const COUNTRY_POLICY: &str = "Allowed countries";

/// A person signs in to the tenant from a device of theirs, or from anywhere.
pub fn sign_in(world: &mut World, person: PersonId) -> CloudAnswer {
    let (account, password, device) = {
        let person = world.person(person);
        (person.account.to_lowercase(), person.cloud_password, person.device)
    };
    if !device.is_none_or(|device| portal_answers(world, device)) {
        return CloudAnswer::Unreachable;
    }
    let Some(tenant) = &world.tenant else { return CloudAnswer::NoAccount };
    let answer = tenant.users.get(&account).map_or(CloudAnswer::NoAccount, |user| judge(tenant, &account, user, password));
    log(world, &account, &answer);
    answer
}

fn judge(tenant: &Tenant, account: &str, user: &CloudUser, password: u32) -> CloudAnswer {
    if user.blocked {
        return CloudAnswer::Blocked;
    }
    if user.password != password {
        return CloudAnswer::WrongPassword;
    }
    if !country_allowed(tenant, account, &user.country) {
        return CloudAnswer::Country(user.country.clone());
    }
    if tenant.mfa_required && !tenant.exempt.contains(account) && !user.mfa.iter().any(|method| method.in_hand) {
        return CloudAnswer::NoSecondFactor;
    }
    CloudAnswer::Accepted
}

/// Conditional access by country: an empty list allows all.
#[must_use]
pub fn country_allowed(tenant: &Tenant, account: &str, country: &str) -> bool {
    tenant.allowed_countries.is_empty() || tenant.exempt.contains(account) || tenant.allowed_countries.contains(country)
}

fn log(world: &mut World, account: &str, answer: &CloudAnswer) {
    let (ok, reason) = match answer {
        CloudAnswer::Accepted => (true, String::new()),
        CloudAnswer::Unreachable | CloudAnswer::NoAccount => return,
        CloudAnswer::WrongPassword => (false, "Invalid user name or password".to_owned()),
        CloudAnswer::Blocked => (false, "Account is blocked".to_owned()),
        CloudAnswer::Country(_) => (false, COUNTRY_POLICY.to_owned()),
        CloudAnswer::NoSecondFactor => (false, "Second factor was not completed".to_owned()),
    };
    let at = world.now;
    if let Some(tenant) = &mut world.tenant {
        let country = tenant.users.get(account).map(|user| user.country.clone()).unwrap_or_default();
        let entry = CloudSignIn { at, user: account.to_owned(), country, application: "Office".to_owned(), ok, reason };
        tenant.sign_ins.push(entry);
    }
}

/// HTTPS to the tenant's host, where the site names one.
fn portal_answers(world: &mut World, device: DeviceId) -> bool {
    const HTTPS: u16 = 443;
    let Some(host) = world.tenant.as_ref().map(|tenant| tenant.portal.clone()) else { return false };
    if host.is_empty() {
        return true;
    }
    match resolve(world, device, &host) {
        Resolution::Address(address) => matches!(connect(world, device, address, HTTPS), Connection::Connected { .. }),
        Resolution::NotFound | Resolution::Failed => false,
    }
}

/// Whoever knows a password comes back as long as it is not changed: revoking sessions alone does not keep them out.
pub fn intruder_returns(world: &mut World, account: &str) {
    let at = world.now;
    let Some(tenant) = &mut world.tenant else { return };
    let Some(abroad) = intruder_country(tenant, account) else { return };
    let Some(user) = tenant.users.get_mut(account) else { return };
    if !user.compromised || !user.sessions.is_empty() && user.sessions.iter().any(|session| session.starts_with(&abroad)) {
        return;
    }
    user.sessions.push(format!("{abroad} · browser"));
    let entry = CloudSignIn {
        at,
        user: account.to_owned(),
        country: abroad,
        application: "Mail".to_owned(),
        ok: true,
        reason: String::new(),
    };
    tenant.sign_ins.push(entry);
}

/// Where the log saw somebody sign in to this account who is not where the person is.
fn intruder_country(tenant: &Tenant, account: &str) -> Option<String> {
    let home = &tenant.users.get(account)?.country;
    let entry = tenant.sign_ins.iter().rev().find(|entry| entry.user == account && entry.ok && entry.country != *home)?;
    Some(entry.country.clone())
}
