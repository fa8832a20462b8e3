//! `groupadd`, `gpasswd`, `deluser`.

use super::super::call::{Call, Done, options, value};
use super::user::{FIRST_PERSON, userdel};
use crate::world::accounts::Group;

pub(super) fn groupadd(call: &mut Call<'_>, args: &[String]) -> Done {
    let (_, names) = options(args, "g");
    if !call.is_root() {
        return Done::failed(10, "groupadd: Permission denied.\ngroupadd: cannot lock /etc/group; try again later.\n");
    }
    let Some(name) = names.first().cloned() else { return Done::failed(2, "Usage: groupadd [options] GROUP\n") };
    let groups = &mut call.linux_mut().accounts.groups;
    if groups.contains_key(&name) {
        return Done::failed(9, format!("groupadd: group '{name}' already exists\n"));
    }
    let gid = groups
        .values()
        .map(|group| group.gid)
        .filter(|gid| (FIRST_PERSON..60_000).contains(gid))
        .max()
        .map_or(FIRST_PERSON, |gid| gid + 1);
    groups.insert(name, Group { gid, ..Group::default() });
    Done::default()
}

pub(super) fn gpasswd(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "ad");
    let Some(group) = names.first().cloned() else { return Done::failed(2, "Usage: gpasswd [option] GROUP\n") };
    if !call.is_root() {
        return Done::failed(1, "gpasswd: Permission denied.\n");
    }
    let (adds, user) = match (value(&given, &["a"]), value(&given, &["d"])) {
        (Some(user), _) => (true, user.to_owned()),
        (None, Some(user)) => (false, user.to_owned()),
        (None, None) => return call.not_modelled("group passwords (gpasswd)"),
    };
    if call.linux().accounts.user(&user).is_none() {
        return Done::failed(3, format!("gpasswd: user '{user}' does not exist\n"));
    }
    let Some(found) = call.linux_mut().accounts.groups.get_mut(&group) else {
        return Done::failed(3, format!("gpasswd: group '{group}' does not exist in /etc/group\n"));
    };
    if adds {
        found.members.insert(user.to_lowercase());
        return Done::ok(format!("Adding user {user} to group {group}\n"));
    }
    if !found.members.remove(&user.to_lowercase()) {
        return Done::failed(3, format!("gpasswd: user '{user}' is not a member of '{group}'\n"));
    }
    Done::ok(format!("Removing user {user} from group {group}\n"))
}

pub(super) fn deluser(call: &mut Call<'_>, args: &[String]) -> Done {
    match args {
        [user, group] => {
            let (user, group) = (user.clone(), group.clone());
            gpasswd(call, &["-d".to_owned(), user, group])
        }
        [user] => {
            let user = user.clone();
            userdel(call, &[user])
        }
        _ => Done::failed(1, "deluser: Only one or two names allowed.\n"),
    }
}
