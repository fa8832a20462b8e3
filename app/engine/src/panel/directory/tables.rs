//! What the directory's console lists.

use crate::panel::Table;
use crate::panel::parts::table;
use crate::world::World;
use crate::world::accounts::User;
use crate::world::server::Directory;

pub fn all(world: &World, directory: &Directory) -> Vec<Table> {
    vec![
        table(
            "Users",
            &["Account", "Name", "Unit", "State", "Password set", "Bad logons", "Last bad logon from", "Groups"],
            users(world, directory),
        ),
        table("Groups", &["Group", "Description", "Members"], groups(directory)),
        table("Computers", &["Computer", "Unit", "BitLocker recovery key"], computers(directory)),
        table("Group Policy", &["Policy", "Linked to", "Drives", "Settings"], policies(directory)),
        table("Units", &["Unit"], units(directory).into_iter().map(|unit| vec![unit]).collect()),
    ]
}

fn users(world: &World, directory: &Directory) -> Vec<Vec<String>> {
    let accounts = &directory.accounts;
    let local = i64::from(world.zone_minutes).saturating_mul(60_000);
    accounts
        .users
        .values()
        .map(|user| {
            vec![
                user.name.clone(),
                user.full_name.clone(),
                user.unit.clone(),
                state(world, directory, user),
                crate::text::windows_short(user.password_set.shifted(local).civil()),
                user.bad_attempts.to_string(),
                user.last_bad_from.clone(),
                accounts.groups_of(&user.name).into_iter().collect::<Vec<_>>().join(", "),
            ]
        })
        .collect()
}

fn state(world: &World, directory: &Directory, user: &User) -> String {
    let accounts = &directory.accounts;
    let mut words = Vec::new();
    if !user.enabled {
        words.push("disabled");
    }
    if accounts.is_locked(user, world.now) {
        words.push("locked out");
    }
    if user.expires.is_some_and(|end| world.now >= end) {
        words.push("account expired");
    }
    if user.must_change {
        words.push("must change password");
    } else if accounts.password_expired(user, world.now) {
        words.push("password expired");
    }
    if user.never_expires {
        words.push("password never expires");
    }
    if words.is_empty() { "enabled".to_owned() } else { words.join(", ") }
}

fn groups(directory: &Directory) -> Vec<Vec<String>> {
    let row = |(name, group): (&String, &crate::world::accounts::Group)| {
        vec![name.clone(), group.description.clone(), group.members.iter().cloned().collect::<Vec<_>>().join(", ")]
    };
    directory.accounts.groups.iter().map(row).collect()
}

fn computers(directory: &Directory) -> Vec<Vec<String>> {
    let key = |name: &String| directory.recovery_keys.get(name).cloned().unwrap_or_default();
    directory.computers.iter().map(|(name, unit)| vec![name.clone(), unit.clone(), key(name)]).collect()
}

fn policies(directory: &Directory) -> Vec<Vec<String>> {
    directory
        .policies
        .iter()
        .map(|policy| {
            let drives = policy.drives.iter().map(|(letter, path)| format!("{letter}: {path}")).collect::<Vec<_>>();
            let settings = policy.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>();
            let place = if policy.unit.is_empty() { directory.domain.clone() } else { policy.unit.clone() };
            vec![policy.name.clone(), place, drives.join(", "), settings.join(", ")]
        })
        .collect()
}

/// Every unit in use, with those above it.
pub fn units(directory: &Directory) -> Vec<String> {
    let used = directory
        .accounts
        .users
        .values()
        .map(|user| user.unit.as_str())
        .chain(directory.computers.values().map(String::as_str))
        .chain(directory.policies.iter().map(|policy| policy.unit.as_str()));
    let mut found = crate::sorted::Set::new();
    for unit in used {
        let mut above = unit;
        while !above.is_empty() {
            found.insert(above.to_owned());
            above = above.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    found.into_iter().collect()
}
