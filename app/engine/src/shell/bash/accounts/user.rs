//! `useradd`, `usermod`, `userdel`.

use super::super::call::{Call, Done, has, options, stranger, value};
use super::{denied, unknown};
use crate::sorted::Set;
use crate::time::{Span, Time};
use crate::world::accounts::{Group, User};

/// The first number that Debian gives to people.
pub(super) const FIRST_PERSON: u32 = 1000;

pub(super) fn useradd(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "Gsdceug");
    if let Some(complaint) = stranger("useradd", &given, &["m", "M", "r", "G", "s", "d", "c", "e", "u", "g", "N", "U"]) {
        return complaint;
    }
    if let Some(denied) = denied(call, "useradd") {
        return denied;
    }
    let Some(name) = names.first().cloned() else {
        return Done::failed(2, "Usage: useradd [options] LOGIN\n       useradd -D\n       useradd -D [options]\n");
    };
    if call.linux().accounts.user(&name).is_some() {
        return Done::failed(9, format!("useradd: user '{name}' already exists\n"));
    }
    let supplementary: Vec<String> =
        value(&given, &["G"]).map_or_else(Vec::new, |list| list.split(',').map(str::to_owned).collect());
    if let Some(missing) = supplementary.iter().find(|group| !call.linux().accounts.groups.contains_key(*group)) {
        return Done::failed(6, format!("useradd: group '{missing}' does not exist\n"));
    }
    let now = call.now();
    let home = value(&given, &["d"]).map_or_else(|| format!("/home/{name}"), str::to_owned);
    let accounts = &mut call.linux_mut().accounts;
    let uid = accounts
        .users
        .values()
        .map(|user| user.uid)
        .filter(|uid| (FIRST_PERSON..60_000).contains(uid))
        .max()
        .map_or(FIRST_PERSON, |uid| uid + 1);
    let shell = value(&given, &["s"]).unwrap_or("/bin/sh").to_owned();
    let full_name = value(&given, &["c"]).unwrap_or_default().to_owned();
    let user = User {
        name: name.clone(),
        full_name,
        enabled: true,
        uid,
        home: home.clone(),
        shell,
        never_expires: true,
        ..User::default()
    };
    accounts.users.insert(name.to_lowercase(), user);
    accounts.groups.insert(name.clone(), Group { members: Set::from([name.clone()]), gid: uid, ..Group::default() });
    for group in supplementary {
        if let Some(group) = accounts.groups.get_mut(&group) {
            group.members.insert(name.to_lowercase());
        }
    }
    if has(&given, &["m"]) {
        let folder = crate::machine::linux_files::folder(&name, &name, 0o755, now);
        call.linux_mut().files.0.insert(home, folder);
    }
    call.log("", "useradd", 6, &format!("new user: name={name}, UID={uid}, GID={uid}"));
    Done::default()
}

/// `adduser ada sudo` puts a user into a group; the question-and-answer form makes a new one.
pub(super) fn adduser(call: &mut Call<'_>, args: &[String]) -> Done {
    let (_, names) = options(args, "");
    match names.as_slice() {
        [user, group] => {
            let (user, group) = (user.clone(), group.clone());
            if !call.is_root() {
                return Done::failed(1, "adduser: Only root may add a user or group to the system.\n");
            }
            if call.linux().accounts.user(&user).is_none() {
                return Done::failed(1, format!("adduser: The user `{user}' does not exist.\n"));
            }
            let Some(found) = call.linux_mut().accounts.groups.get_mut(&group) else {
                return Done::failed(1, format!("adduser: The group `{group}' does not exist.\n"));
            };
            found.members.insert(user.to_lowercase());
            Done::ok(format!("Adding user `{user}' to group `{group}' ...\nDone.\n"))
        }
        [user] => {
            let user = user.clone();
            useradd(call, &["-m".to_owned(), "-s".to_owned(), "/bin/bash".to_owned(), user])
        }
        _ => Done::failed(1, "adduser: Only one or two names allowed.\n"),
    }
}

pub(super) fn usermod(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "Gsdceu");
    if let Some(complaint) =
        stranger("usermod", &given, &["a", "G", "s", "d", "c", "e", "L", "U", "--append", "--groups", "--expiredate"])
    {
        return complaint;
    }
    if let Some(denied) = denied(call, "usermod") {
        return denied;
    }
    // `--groups sudo` leaves its value among the names.
    let Some(name) = names.last().cloned() else { return Done::failed(2, "Usage: usermod [options] LOGIN\n") };
    if call.linux().accounts.user(&name).is_none() {
        return unknown("usermod", &name);
    }
    if let Some(list) = value(&given, &["G"]) {
        let wanted: Vec<String> = list.split(',').filter(|group| !group.is_empty()).map(str::to_owned).collect();
        if let Some(missing) = wanted.iter().find(|group| !call.linux().accounts.groups.contains_key(*group)) {
            return Done::failed(6, format!("usermod: group '{missing}' does not exist\n"));
        }
        let append = has(&given, &["a", "--append"]);
        for (group, held) in &mut call.linux_mut().accounts.groups {
            if wanted.contains(group) {
                held.members.insert(name.to_lowercase());
            } else if !append && *group != name {
                // Without -a the list replaces every other group: the classic slip.
                held.members.remove(&name.to_lowercase());
            }
        }
    }
    let expires = value(&given, &["e", "--expiredate"]).map(|text| (day(text), text));
    if let Some((Day::NotADate, text)) = expires {
        return Done::failed(3, format!("usermod: invalid date '{text}'\n"));
    }
    let Some(user) = call.linux_mut().accounts.user_mut(&name) else { return unknown("usermod", &name) };
    if let Some((at, _)) = &expires {
        user.expires = at.time();
    }
    if has(&given, &["L"]) {
        user.enabled = false;
    }
    if has(&given, &["U"]) {
        user.enabled = true;
    }
    if let Some(shell) = value(&given, &["s"]) {
        shell.clone_into(&mut user.shell);
    }
    if let Some(comment) = value(&given, &["c"]) {
        comment.clone_into(&mut user.full_name);
    }
    if let Some(home) = value(&given, &["d"]) {
        home.clone_into(&mut user.home);
    }
    Done::default()
}

/// What `usermod -e` and `chage -E` take.
pub(super) enum Day {
    Never,
    On(Time),
    NotADate,
}

impl Day {
    pub(super) fn time(&self) -> Option<Time> {
        if let Self::On(at) = self { Some(*at) } else { None }
    }
}

/// `2027-01-31`, days since 1970, or empty and `-1` for never.
pub(super) fn day(text: &str) -> Day {
    if text.is_empty() || text == "-1" {
        return Day::Never;
    }
    if let Ok(days) = text.parse::<u32>() {
        return Day::On(Time(Span::days(u64::from(days)).0));
    }
    civil_day(text).map_or(Day::NotADate, Day::On)
}

fn civil_day(text: &str) -> Option<Time> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let sound = (1970..3000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day) && parts.next().is_none();
    sound.then(|| Time::from_civil(year, month, day, 0, 0))
}

pub(super) fn userdel(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(denied) = denied(call, "userdel") {
        return denied;
    }
    let Some(name) = names.first().cloned() else { return Done::failed(2, "Usage: userdel [options] LOGIN\n") };
    let linux = call.linux_mut();
    let Some(user) = linux.accounts.users.remove(&name.to_lowercase()) else { return unknown("userdel", &name) };
    linux.accounts.groups.remove(&name);
    for group in linux.accounts.groups.values_mut() {
        group.members.remove(&name.to_lowercase());
    }
    if has(&given, &["r"]) {
        let home = user.home;
        linux.files.0.retain(|path, _| !crate::machine::linux_files::path::is_within(path, &home));
    }
    Done::default()
}
