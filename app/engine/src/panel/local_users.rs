//! Local users and groups: `lusrmgr.msc`.

use super::parts::{choice_of, offer, offer_on, refuse, table, text, toggle, windows, windows_mut, yes_no};
use super::{Operation, Refused, View};
use crate::world::accounts::{User, password_number};
use crate::world::{DeviceId, World};

#[must_use]
pub fn view(world: &World, device: DeviceId) -> Option<View> {
    // A domain controller has no local accounts.
    if world.device(device).roles.directory.is_some() {
        return None;
    }
    let windows = windows(world, device)?;
    let accounts = &windows.accounts;
    let names: Vec<String> = accounts.users.values().map(|user| user.name.clone()).collect();
    let groups: Vec<String> = accounts.groups.keys().cloned().collect();
    let users = accounts.users.values().map(|user| {
        vec![
            user.name.clone(),
            user.full_name.clone(),
            yes_no(!user.enabled).to_owned(),
            yes_no(accounts.is_locked(user, world.now)).to_owned(),
            yes_no(user.must_change).to_owned(),
            yes_no(user.never_expires).to_owned(),
        ]
    });
    let rows = accounts.groups.iter().map(|(name, group)| {
        vec![name.clone(), group.members.iter().cloned().collect::<Vec<_>>().join(", "), group.description.clone()]
    });
    Some(View {
        title: "Local Users and Groups".to_owned(),
        tables: vec![
            table(
                "Users",
                &["Name", "Full name", "Disabled", "Locked out", "Must change password", "Password never expires"],
                users.collect(),
            ),
            table("Groups", &["Name", "Members", "Description"], rows.collect()),
        ],
        operations: [
            offer_on("enable", "Enable account", names.clone(), Vec::new()),
            offer_on("disable", "Disable account", names.clone(), Vec::new()),
            offer_on("unlock", "Unlock account", names.clone(), Vec::new()),
            offer_on(
                "set-password",
                "Set password",
                names.clone(),
                vec![
                    text("password", "New password", ""),
                    toggle("must-change", "User must change password at next logon", false),
                ],
            ),
            offer_on("delete", "Delete user", names.clone(), Vec::new()),
            Some(offer("create", "New user", Vec::new(), vec![text("name", "User name", ""), text("password", "Password", "")])),
            offer_on("add-member", "Add to group", groups.clone(), vec![choice_of("user", "User", names.clone(), "")]),
            offer_on("remove-member", "Remove from group", groups, vec![choice_of("user", "User", names, "")]),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..View::default()
    })
}

pub fn apply(world: &mut World, device: DeviceId, operation: &Operation) -> Result<String, Refused> {
    if world.device(device).roles.directory.is_some() {
        return refuse("A domain controller has no local users and groups.");
    }
    let now = world.now;
    let accounts = &mut windows_mut(world, device)?.accounts;
    let target = operation.target.clone();
    let password = operation.value("password");
    let too_short = password.chars().count() < usize::from(accounts.policy.minimum_length);
    match operation.verb.as_str() {
        "create" => {
            let name = operation.value("name").trim().to_owned();
            if name.is_empty() || accounts.user(&name).is_some() {
                return refuse("The user name is empty or already in use.");
            }
            if too_short {
                return refuse("The password does not meet the password policy requirements.");
            }
            let user = User {
                name: name.clone(),
                enabled: true,
                password: password_number(password),
                password_set: now,
                ..User::default()
            };
            accounts.users.insert(name.to_lowercase(), user);
            accounts.groups.entry("Users".to_owned()).or_default().members.insert(name.to_lowercase());
            return Ok(format!("{name} was created."));
        }
        "add-member" | "remove-member" => {
            let user = operation.value("user").to_lowercase();
            let known = accounts.user(&user).is_some();
            let Some(group) = accounts.groups.get_mut(&target) else {
                return refuse(format!("There is no group “{target}”."));
            };
            if operation.verb == "remove-member" {
                return if group.members.remove(&user) {
                    Ok(format!("{user} left {target}."))
                } else {
                    refuse("Not a member of this group.")
                };
            }
            if !known {
                return refuse(format!("An object named “{user}” cannot be found."));
            }
            group.members.insert(user.clone());
            return Ok(format!("{user} is a member of {target}."));
        }
        "delete" => {
            if accounts.users.remove(&target.to_lowercase()).is_none() {
                return refuse(format!("There is no user “{target}”."));
            }
            for group in accounts.groups.values_mut() {
                group.members.remove(&target.to_lowercase());
            }
            return Ok(format!("{target} was deleted."));
        }
        _ => {}
    }
    let Some(user) = accounts.user_mut(&target) else { return refuse(format!("There is no user “{target}”.")) };
    match operation.verb.as_str() {
        "enable" => user.enabled = true,
        "disable" => user.enabled = false,
        "unlock" => (user.locked_since, user.bad_attempts) = (None, 0),
        "set-password" if too_short => return refuse("The password does not meet the password policy requirements."),
        "set-password" => {
            (user.password, user.password_set) = (password_number(password), now);
            user.must_change = operation.value("must-change") == "yes";
            crate::machine::sign_in::people_learn(world, &target, password_number(operation.value("password")));
        }
        _ => return operation.unknown(),
    }
    Ok(format!("{target} was changed."))
}
