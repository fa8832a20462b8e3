//! Directory users and computers: the console of a domain controller.

mod tables;

use super::parts::{choice, choice_of, offer, offer_on, refuse, text, toggle};
use super::{Field, Offer, Operation, Refused, View};
use crate::machine;
use crate::machine::sign_in::admin::{self, Refusal};
use crate::time::Span;
use crate::world::server::Directory;
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    let directory = world.device(device).roles.directory.as_ref()?;
    let policy = directory.accounts.policy;
    Some(View {
        title: format!("Directory: {}", directory.domain),
        facts: vec![
            ("Account lockout threshold".to_owned(), format!("{} invalid logon attempts", policy.lockout_threshold)),
            ("Account lockout duration".to_owned(), minutes(policy.lockout_duration)),
            ("Reset account lockout counter after".to_owned(), minutes(policy.lockout_window)),
            ("Maximum password age".to_owned(), format!("{} days", policy.maximum_age.as_seconds() / 86_400)),
            ("Minimum password length".to_owned(), format!("{} characters", policy.minimum_length)),
        ],
        tables: tables::all(world, directory),
        operations: operations(world, directory),
        ..View::default()
    })
}

fn minutes(span: Span) -> String {
    format!("{} minutes", span.as_seconds() / 60)
}

fn operations(world: &World, directory: &Directory) -> Vec<Offer> {
    let accounts = &directory.accounts;
    let users = |wanted: &dyn Fn(&crate::world::accounts::User) -> bool| -> Vec<String> {
        accounts.users.values().filter(|user| wanted(user)).map(|user| user.name.clone()).collect()
    };
    let everybody = users(&|_| true);
    let mut movable = everybody.clone();
    movable.extend(directory.computers.keys().cloned());
    let groups: Vec<String> = accounts.groups.keys().cloned().collect();
    let group = || choice_of("group", "Group", groups.clone(), groups.first().map_or("", String::as_str));
    let password =
        || vec![text("password", "New password", ""), toggle("must-change", "User must change password at next logon", true)];
    let threshold: Vec<Field> =
        vec![text("threshold", "Invalid logon attempts, 0 never locks", &accounts.policy.lockout_threshold.to_string())];
    [
        offer_on("unlock", "Unlock account", users(&|user| accounts.is_locked(user, world.now)), Vec::new()),
        offer_on("reset-password", "Reset password", everybody.clone(), password()),
        offer_on("enable", "Enable account", users(&|user| !user.enabled), Vec::new()),
        offer_on("disable", "Disable account", users(&|user| user.enabled), Vec::new()),
        offer_on("add-to-group", "Add to a group", everybody.clone(), vec![group()]),
        offer_on("remove-from-group", "Remove from a group", everybody.clone(), vec![group()]),
        offer_on("move", "Move to a unit", movable, vec![choice_of("unit", "Unit", tables::units(directory), "")]),
        offer_on(
            "set-expiry",
            "Account options",
            everybody,
            vec![choice("never-expires", "Password never expires", &["yes", "no"], "no")],
        ),
        offer_on("reset-computer", "Reset computer account", directory.computers.keys().cloned().collect(), Vec::new()),
        Some(offer("set-lockout", "Account lockout policy", Vec::new(), threshold)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if world.device(device).roles.directory.is_none() {
        return refuse("This computer is not a domain controller.");
    }
    if !machine::is_up(world, device) {
        return refuse("The domain controller does not answer.");
    }
    let name = operation.target.clone();
    let group = operation.value("group").to_owned();
    match operation.verb.as_str() {
        "unlock" => admin::unlock(world, device, &name).map(|()| format!("The account {name} is unlocked.")),
        "reset-password" => {
            let (password, must_change) = (operation.value("password").to_owned(), operation.value("must-change") != "no");
            admin::reset_password(world, device, &name, &password, must_change)
                .map(|()| format!("The password for {name} has been changed."))
        }
        "enable" => admin::enable(world, device, &name, true).map(|()| format!("Object {name} has been enabled.")),
        "disable" => admin::enable(world, device, &name, false).map(|()| format!("Object {name} has been disabled.")),
        "add-to-group" => admin::add_member(world, device, &group, &name).map(|()| format!("{name} is now a member of {group}.")),
        "remove-from-group" => {
            admin::remove_member(world, device, &group, &name).map(|()| format!("{name} is no longer a member of {group}."))
        }
        "move" => return move_to(world, device, &name, operation.value("unit")),
        "set-expiry" => return set_expiry(world, device, &name, operation.value("never-expires") == "yes"),
        "reset-computer" => return reset_computer(world, device, &name),
        "set-lockout" => return set_lockout(world, device, operation.value("threshold")),
        _ => return operation.unknown(),
    }
    .map_err(|refusal| said(world, &refusal))
}

fn said(world: &World, refusal: &Refusal) -> Refused {
    Refused(match refusal {
        Refusal::PasswordPolicy => "Windows cannot complete the password change because: The password does not meet the password policy requirements. Check the minimum password length, password complexity and password history requirements.".to_owned(),
        other => other.text(&world.domain),
    })
}

fn move_to(world: &mut World, device: DeviceId, name: &str, unit: &str) -> Result<String, Refused> {
    let Some(directory) = world.device_mut(device).roles.directory.as_mut() else { return refuse("There is no directory here.") };
    if !tables::units(directory).iter().any(|known| known == unit) {
        return refuse(format!("There is no unit “{unit}”."));
    }
    if let Some(user) = directory.accounts.user_mut(name) {
        unit.clone_into(&mut user.unit);
        return Ok(format!("{name} is in {unit} now."));
    }
    let computer = directory.computers.iter_mut().find(|(computer, _)| computer.eq_ignore_ascii_case(name));
    let Some((_, place)) = computer else { return refuse(format!("There is no object “{name}”.")) };
    unit.clone_into(place);
    Ok(format!("{name} is in {unit} now. Its policies change at the next refresh."))
}

fn set_expiry(world: &mut World, device: DeviceId, name: &str, never: bool) -> Result<String, Refused> {
    let user = world.device_mut(device).roles.directory.as_mut().and_then(|directory| directory.accounts.user_mut(name));
    let Some(user) = user else { return refuse(format!("There is no user “{name}”.")) };
    user.never_expires = never;
    Ok(if never {
        format!("The password of {name} never expires.")
    } else {
        format!("The password of {name} expires as the policy says.")
    })
}

/// A reset account has a new secret, which the computer does not know: it has to join again, or repair its channel.
fn reset_computer(world: &mut World, device: DeviceId, name: &str) -> Result<String, Refused> {
    let known = world
        .device(device)
        .roles
        .directory
        .as_ref()
        .is_some_and(|directory| directory.computers.keys().any(|computer| computer.eq_ignore_ascii_case(name)));
    if !known {
        return refuse(format!("There is no computer “{name}”."));
    }
    let joined = world.find(name).and_then(|computer| world.device_mut(computer).windows_mut());
    if let Some(joined) = joined.and_then(|windows| windows.joined.as_mut()) {
        joined.trust_ok = false;
    }
    Ok(format!("Account {name} was successfully reset."))
}

fn set_lockout(world: &mut World, device: DeviceId, threshold: &str) -> Result<String, Refused> {
    let threshold: u16 = super::parts::number(threshold, "number of attempts")?;
    if let Some(directory) = world.device_mut(device).roles.directory.as_mut() {
        directory.accounts.policy.lockout_threshold = threshold;
    }
    Ok(format!("Account lockout threshold: {threshold} invalid logon attempts."))
}
