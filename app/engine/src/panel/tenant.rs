//! The admin centre of the company's SaaS tenant.

mod accounts;
mod tables;

use super::parts::{choice_of, offer, offer_on, refuse, text, toggle, yes_no};
use super::{Offer, Operation, Refused, View};
use crate::world::tenant::{CloudUser, Tenant};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let tenant = world.tenant.as_ref()?;
    if !super::tickets::is_computer(world, device) {
        return None;
    }
    let countries = tenant.allowed_countries.iter().cloned().collect::<Vec<_>>().join(", ");
    Some(View {
        title: format!("Admin centre: {}", tenant.domain),
        notices: tenant
            .health
            .iter()
            .filter(|incident| incident.open)
            .map(|incident| format!("{} {}: {}", incident.id, incident.service, incident.text))
            .collect(),
        facts: vec![
            ("Sign-in allowed from".to_owned(), if countries.is_empty() { "everywhere".to_owned() } else { countries }),
            ("Multifactor authentication required".to_owned(), yes_no(tenant.mfa_required).to_owned()),
        ],
        tables: tables::all(world, tenant),
        operations: operations(tenant),
    })
}

fn operations(tenant: &Tenant) -> Vec<Offer> {
    let users = |wanted: &dyn Fn(&String, &CloudUser) -> bool| -> Vec<String> {
        tenant.users.iter().filter(|(name, user)| wanted(name, user)).map(|(name, _)| name.clone()).collect()
    };
    let all = users(&|_, _| true);
    let licences: Vec<String> = tenant.licences.keys().cloned().collect();
    let licence = || choice_of("licence", "Licence", licences.clone(), licences.first().map_or("", String::as_str));
    let countries = tenant.allowed_countries.iter().cloned().collect::<Vec<_>>().join(", ");
    [
        offer_on("assign-licence", "Assign a licence", all.clone(), vec![licence()]),
        offer_on("remove-licence", "Remove a licence", users(&|_, user| !user.licences.is_empty()), vec![licence()]),
        offer_on("buy-licences", "Buy licences", licences.clone(), vec![text("count", "How many more", "1")]),
        offer_on("reset-password", "Reset password", all.clone(), vec![text("password", "New password", "")]),
        offer_on("revoke-sessions", "Sign out of all sessions", users(&|_, user| !user.sessions.is_empty()), Vec::new()),
        offer_on("block", "Block sign-in", users(&|_, user| !user.blocked), Vec::new()),
        offer_on("unblock", "Allow sign-in", users(&|_, user| user.blocked), Vec::new()),
        offer_on("require-registration", "Require to register multifactor authentication again", all.clone(), Vec::new()),
        offer_on("exempt", "Add an exception to conditional access", users(&|name, _| !tenant.exempt.contains(name)), Vec::new()),
        offer_on("end-exemption", "End the exception", tenant.exempt.iter().cloned().collect(), Vec::new()),
        offer_on("remove-forwarding", "Remove mail forwarding", users(&|_, user| user.forwarding.is_some()), Vec::new()),
        offer_on("empty-recycle-bin", "Empty the recycle bin", users(&|_, user| user.recycle_bin > 0), Vec::new()),
        offer_on("set-quota", "Set the storage limit", all, vec![text("mib", "MiB", "")]),
        Some(offer(
            "set-countries",
            "Allowed countries",
            Vec::new(),
            vec![text("countries", "Countries, with commas", &countries)],
        )),
        Some(offer(
            "set-mfa",
            "Multifactor authentication",
            Vec::new(),
            vec![toggle("required", "Required", tenant.mfa_required)],
        )),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn apply(world: &mut World, _device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if world.tenant.is_none() {
        return refuse("This company has no tenant.");
    }
    match operation.verb.as_str() {
        "assign-licence" | "remove-licence" | "buy-licences" => licences(world, operation),
        "set-countries" => {
            let countries: Vec<String> = operation
                .value("countries")
                .split(',')
                .map(|country| country.trim().to_owned())
                .filter(|country| !country.is_empty())
                .collect();
            if let Some(tenant) = &mut world.tenant {
                tenant.allowed_countries = countries.into_iter().collect();
            }
            Ok("The policy is saved.".to_owned())
        }
        "set-mfa" => {
            let required = operation.value("required") == "yes";
            if let Some(tenant) = &mut world.tenant {
                tenant.mfa_required = required;
            }
            Ok("The policy is saved.".to_owned())
        }
        _ => accounts::apply(world, operation),
    }
}

fn licences(world: &mut World, operation: &Operation) -> Result<String, Refused> {
    let Some(tenant) = &mut world.tenant else { return refuse("This company has no tenant.") };
    if operation.verb == "buy-licences" {
        let more: u16 = super::parts::number(operation.value("count"), "number of licences")?;
        let Some(bought) = tenant.licences.get_mut(&operation.target) else {
            return refuse(format!("There is no licence “{}”.", operation.target));
        };
        *bought = bought.saturating_add(more);
        return Ok(format!("{} licences of {} now.", *bought, operation.target));
    }
    let licence = operation.value("licence").to_owned();
    let Some(bought) = tenant.licences.get(&licence).copied() else {
        return refuse(format!("There is no licence “{licence}”."));
    };
    let assigned = tables::used(tenant, &licence);
    let Some(user) = tenant.users.get_mut(&operation.target.to_lowercase()) else {
        return refuse(format!("There is no user “{}”.", operation.target));
    };
    if operation.verb == "remove-licence" {
        return if user.licences.remove(&licence) {
            Ok(format!("{licence} was taken from {}.", operation.target))
        } else {
            refuse(format!("{} does not have {licence}.", operation.target))
        };
    }
    if user.licences.contains(&licence) {
        return refuse(format!("{} has {licence} already.", operation.target));
    }
    if assigned >= usize::from(bought) {
        return refuse(format!("You don't have enough {licence} licences: {assigned} of {bought} are assigned."));
    }
    user.licences.insert(licence.clone());
    Ok(format!("{licence} was assigned to {}.", operation.target))
}
