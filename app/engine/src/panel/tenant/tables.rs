//! What the admin centre lists.

use crate::machine::services::disks::size_exact;
use crate::panel::Table;
use crate::panel::parts::table;
use crate::world::World;
use crate::world::tenant::{CloudUser, Tenant};

/// Newest entries of the sign-in log that one page shows.
const SIGN_INS: usize = 50;

pub fn all(world: &World, tenant: &Tenant) -> Vec<Table> {
    let licences = tenant
        .licences
        .iter()
        .map(|(name, bought)| vec![name.clone(), bought.to_string(), used(tenant, name).to_string()])
        .collect();
    let incidents = tenant
        .health
        .iter()
        .map(|incident| {
            let state = if incident.open { "Service degradation" } else { "Service restored" };
            vec![incident.id.clone(), incident.service.clone(), state.to_owned(), incident.text.clone()]
        })
        .collect();
    vec![
        table("Licences", &["Licence", "Bought", "Assigned"], licences),
        table(
            "Users",
            &["User", "Licences", "Storage", "Recycle bin", "Country", "Second factor", "Sessions", "Forwarding", "State"],
            tenant.users.iter().map(|(name, user)| row(tenant, name, user)).collect(),
        ),
        table("Synchronisation errors", &["User", "Path", "Reason"], sync_errors(world, tenant)),
        table("Sign-in log", &["Time", "User", "Country", "Application", "Result", "Policy or reason"], sign_ins(world, tenant)),
        table("Service health", &["Id", "Service", "State", "Message"], incidents),
    ]
}

/// How many users hold a licence.
pub fn used(tenant: &Tenant, licence: &str) -> usize {
    tenant.users.values().filter(|user| user.licences.contains(licence)).count()
}

fn row(tenant: &Tenant, name: &str, user: &CloudUser) -> Vec<String> {
    let factors = user.mfa.iter().map(|method| method.device.clone()).collect::<Vec<_>>();
    let mut state = Vec::new();
    if user.blocked {
        state.push("sign-in blocked");
    }
    if tenant.exempt.contains(name) {
        state.push("exception to conditional access");
    }
    vec![
        name.to_owned(),
        user.licences.iter().cloned().collect::<Vec<_>>().join(", "),
        format!("{} of {}", size_exact(user.used.into()), size_exact(user.quota.into())),
        size_exact(user.recycle_bin.into()),
        user.country.clone(),
        if factors.is_empty() { "none".to_owned() } else { factors.join(", ") },
        user.sessions.join("; "),
        user.forwarding.clone().unwrap_or_default(),
        if state.is_empty() { "active".to_owned() } else { state.join(", ") },
    ]
}

/// An error is listed while the file keeps that name on the person's computer.
fn sync_errors(world: &World, tenant: &Tenant) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (name, user) in &tenant.users {
        let device = world.people.iter().find(|person| person.account == *name).and_then(|person| person.device);
        for (path, reason) in &user.sync_errors {
            if crate::probe::accounts::still_there(world, device, path) {
                rows.push(vec![name.clone(), path.clone(), reason.clone()]);
            }
        }
        if user.used >= user.quota {
            rows.push(vec![name.clone(), String::new(), "Storage is full".to_owned()]);
        }
    }
    rows
}

fn sign_ins(world: &World, tenant: &Tenant) -> Vec<Vec<String>> {
    let local = i64::from(world.zone_minutes).saturating_mul(60_000);
    tenant
        .sign_ins
        .iter()
        .rev()
        .take(SIGN_INS)
        .map(|entry| {
            vec![
                crate::text::iso(entry.at.shifted(local).civil()),
                entry.user.clone(),
                entry.country.clone(),
                entry.application.clone(),
                if entry.ok { "Success" } else { "Failure" }.to_owned(),
                entry.reason.clone(),
            ]
        })
        .collect()
}
