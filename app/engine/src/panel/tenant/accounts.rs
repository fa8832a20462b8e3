//! What an administrator does to one account of the tenant.

use crate::machine::sign_in::{admin, cloud};
use crate::panel::parts::{number, refuse};
use crate::panel::{Operation, Refused};
use crate::world::World;
use crate::world::accounts::password_number;
use crate::world::tenant::{CloudUser, MfaMethod, Tenant};

/// Shorter ones are refused (the usual rule of such tenants).
const SHORTEST_PASSWORD: usize = 8;

pub fn apply(world: &mut World, operation: &Operation) -> Result<String, Refused> {
    let name = operation.target.to_lowercase();
    if !world.tenant.as_ref().is_some_and(|tenant| tenant.users.contains_key(&name)) {
        return if known(&operation.verb) {
            refuse(format!("There is no user “{}”.", operation.target))
        } else {
            operation.unknown()
        };
    }
    match operation.verb.as_str() {
        "reset-password" => reset_password(world, &name, operation.value("password")),
        "revoke-sessions" => {
            user(world, &name, |user| user.sessions.clear());
            cloud::intruder_returns(world, &name);
            Ok(format!("{name} was signed out of all sessions."))
        }
        "block" => {
            user(world, &name, |user| {
                user.blocked = true;
                user.sessions.clear();
            });
            Ok(format!("{name} can no longer sign in."))
        }
        "unblock" => {
            user(world, &name, |user| user.blocked = false);
            Ok(format!("{name} can sign in."))
        }
        "require-registration" => Ok(register_again(world, &name)),
        "exempt" => {
            tenant(world, |tenant| _ = tenant.exempt.insert(name.clone()));
            Ok(format!("Conditional access does not apply to {name}."))
        }
        "end-exemption" => {
            tenant(world, |tenant| _ = tenant.exempt.remove(&name));
            Ok(format!("Conditional access applies to {name}."))
        }
        "remove-forwarding" => {
            user(world, &name, |user| user.forwarding = None);
            Ok(format!("Mail of {name} stays in the mailbox."))
        }
        "empty-recycle-bin" => {
            user(world, &name, |user| {
                user.used = user.used.saturating_sub(user.recycle_bin);
                user.recycle_bin = 0;
            });
            Ok(format!("The recycle bin of {name} is empty."))
        }
        "set-quota" => {
            let mib: u32 = number(operation.value("mib"), "size in MiB")?;
            user(world, &name, |user| user.quota = mib);
            Ok(format!("{name} may store {mib} MiB."))
        }
        _ => operation.unknown(),
    }
}

fn known(verb: &str) -> bool {
    const VERBS: [&str; 10] = [
        "reset-password",
        "revoke-sessions",
        "block",
        "unblock",
        "require-registration",
        "exempt",
        "end-exemption",
        "remove-forwarding",
        "empty-recycle-bin",
        "set-quota",
    ];
    VERBS.contains(&verb)
}

fn user(world: &mut World, name: &str, change: impl FnOnce(&mut CloudUser)) {
    if let Some(user) = world.tenant.as_mut().and_then(|tenant| tenant.users.get_mut(name)) {
        change(user);
    }
}

fn tenant(world: &mut World, change: impl FnOnce(&mut Tenant)) {
    if let Some(tenant) = &mut world.tenant {
        change(tenant);
    }
}

fn reset_password(world: &mut World, name: &str, password: &str) -> Result<String, Refused> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return refuse(format!("The password must have at least {SHORTEST_PASSWORD} characters."));
    }
    admin::new_password(world, name, password_number(password));
    Ok(format!("The password of {name} was reset. Open sessions stay open until they are revoked."))
}

/// The methods on file are forgotten; whoever signs in next with the password registers what they hold.
fn register_again(world: &mut World, name: &str) -> String {
    let owner = world.people.iter().find(|person| person.account == *name);
    let impostor = owner.is_some_and(|person| person.impostor);
    let given = owner.and_then(|person| person.name.split(' ').next()).unwrap_or("User").to_owned();
    user(world, name, |user| {
        // Whoever asked for this gets in: the help desk has just given them the second factor.
        user.compromised |= impostor;
        let device = if impostor { "Unknown phone".to_owned() } else { format!("{given}'s new phone") };
        user.mfa = vec![MfaMethod { device, in_hand: !impostor }];
    });
    format!("{name} registers a second factor at the next sign-in.")
}
