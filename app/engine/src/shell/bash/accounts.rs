//! Users and groups: `id`, `passwd`, `useradd`, `usermod`, `gpasswd`, `chage`, `faillock`, and who is signed in.

use std::fmt::Write;

use super::call::{Call, Done, has, options, stranger, value};
use super::{Command, command};
use crate::machine::linux_files::generated;
use crate::sorted::{self, Set};
use crate::text;
use crate::time::{MONTHS, Span, Time};
use crate::world::accounts::{Group, User};

pub const COMMANDS: &[Command] = &[
    command("id", "", id),
    command("groups", "", groups),
    command("getent", "", getent),
    command("passwd", "", passwd),
    command("useradd", "", useradd),
    command("adduser", "", adduser),
    command("usermod", "", usermod),
    command("userdel", "", userdel),
    command("groupadd", "", groupadd),
    command("gpasswd", "", gpasswd),
    command("deluser", "", deluser),
    command("chage", "", chage),
    command("faillock", "", faillock),
    command("who", "", who),
    command("w", "", w),
    command("loginctl", "", loginctl),
];

/// The first number that Debian gives to people.
const FIRST_PERSON: u32 = 1000;

fn gid(call: &Call<'_>, group: &str) -> u32 {
    let accounts = &call.linux().accounts;
    accounts.groups.get(group).map(|group| group.gid).or_else(|| accounts.user(group).map(|user| user.uid)).unwrap_or(0)
}

/// Of this shell without a name; of a new sign-in with one.
fn id(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("id", &given, &["u", "g", "G", "n", "r"]) {
        return complaint;
    }
    let (user, groups) = match names.first() {
        None => {
            let actor = call.actor();
            (actor.user, actor.groups)
        }
        Some(name) => match call.linux().accounts.user(name) {
            None => return Done::failed(1, format!("id: '{name}': no such user\n")),
            Some(user) => (user.name.clone(), call.linux().accounts.groups_of(name)),
        },
    };
    let uid = call.linux().accounts.user(&user).map_or(0, |user| user.uid);
    let mut others: Vec<(u32, String)> =
        groups.iter().filter(|group| **group != user).map(|group| (gid(call, group), group.clone())).collect();
    sorted::sort(&mut others);
    let own = gid(call, &user);
    let names_only = has(&given, &["n"]);
    if has(&given, &["u"]) {
        return Done::ok(if names_only { format!("{user}\n") } else { format!("{uid}\n") });
    }
    if has(&given, &["g"]) {
        return Done::ok(if names_only { format!("{user}\n") } else { format!("{own}\n") });
    }
    others.insert(0, (own, user.clone()));
    let shown = |(gid, name): &(u32, String)| match (has(&given, &["G"]), names_only) {
        (true, true) => name.clone(),
        (true, false) => gid.to_string(),
        _ => format!("{gid}({name})"),
    };
    let list: Vec<String> = others.iter().map(shown).collect();
    Done::ok(if has(&given, &["G"]) {
        format!("{}\n", list.join(" "))
    } else {
        format!("uid={uid}({user}) gid={own}({user}) groups={}\n", list.join(","))
    })
}

fn groups(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut done = Done::default();
    let list = |user: &str, groups: &Set<String>| {
        let others = groups.iter().filter(|group| *group != user).cloned();
        std::iter::once(user.to_owned()).chain(others).collect::<Vec<_>>().join(" ")
    };
    if args.is_empty() {
        let actor = call.actor();
        return Done::ok(list(&actor.user, &actor.groups) + "\n");
    }
    for name in args {
        if call.linux().accounts.user(name).is_none() {
            done.complain(1, format!("groups: '{name}': no such user\n"));
        } else {
            let found = call.linux().accounts.groups_of(name);
            let _ = writeln!(done.out, "{name} : {}", list(name, &found));
        }
    }
    done
}

fn getent(call: &mut Call<'_>, args: &[String]) -> Done {
    let (database, key) = (args.first().map_or("", String::as_str), args.get(1));
    let path = match database {
        "passwd" | "group" | "hosts" => format!("/etc/{database}"),
        "shadow" if call.is_root() => "/etc/shadow".to_owned(),
        "" => return Done::failed(1, "getent: wrong number of arguments\n"),
        _ => return Done::failed(1, format!("Unknown database: {database}\n")),
    };
    let text = generated::text(call.world, call.session.device, &path).unwrap_or_default();
    let Some(key) = key else { return Done::ok(text) };
    let fits = |line: &&str| {
        line.split([':', '\t']).any(|field| field == key) && (line.starts_with(key.as_str()) || database == "hosts")
    };
    let found: String = text.lines().filter(fits).fold(String::new(), |all, line| all + line + "\n");
    if found.is_empty() { Done { exit: 2, ..Done::default() } } else { Done::ok(found) }
}

fn denied(call: &Call<'_>, program: &str) -> Option<Done> {
    (!call.is_root()).then(|| {
        Done::failed(1, format!("{program}: Permission denied.\n{program}: cannot lock /etc/passwd; try again later.\n"))
    })
}

fn unknown(program: &str, user: &str) -> Done {
    Done::failed(6, format!("{program}: user '{user}' does not exist\n"))
}

fn passwd(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("passwd", &given, &["l", "u", "S", "e", "d", "--status", "--lock", "--unlock", "--expire"])
    {
        return complaint;
    }
    let name = names.first().cloned().unwrap_or_else(|| call.user());
    if call.linux().accounts.user(&name).is_none() {
        return Done::failed(1, format!("passwd: user '{name}' does not exist\n"));
    }
    if !call.is_root() && (name != call.user() || has(&given, &["l", "u", "e", "d"])) {
        return Done::failed(
            1,
            if given.is_empty() {
                format!("passwd: You may not view or modify password information for {name}.\n")
            } else {
                "passwd: Permission denied.\n".to_owned()
            },
        );
    }
    let now = call.world.now;
    if has(&given, &["S", "--status"]) {
        return password_status(call, &name);
    }
    // A new number: equal to no other, as a new password would be.
    let fresh = u32::try_from(crate::hash::fnv1a(format!("{name} {}", now.0).as_bytes()) & 0xffff_ffff).unwrap_or(1).max(1);
    let Some(user) = call.linux_mut().accounts.user_mut(&name) else { return unknown("passwd", &name) };
    if has(&given, &["l", "--lock"]) {
        user.enabled = false;
        return Done::ok("passwd: password changed.\n");
    }
    if has(&given, &["u", "--unlock"]) {
        user.enabled = true;
        return Done::ok("passwd: password changed.\n");
    }
    if has(&given, &["e", "--expire"]) {
        user.must_change = true;
        return Done::ok("passwd: password changed.\n");
    }
    (user.password, user.password_set, user.must_change) = (fresh, now, false);
    call.log("", "passwd", 5, &format!("pam_unix(passwd:chauthtok): password changed for {name}"));
    Done::ok("New password: \nRetype new password: \npasswd: password updated successfully\n")
}

/// `ada P 2026-11-01 0 99999 7 -1`.
fn password_status(call: &Call<'_>, name: &str) -> Done {
    let accounts = &call.linux().accounts;
    let Some(user) = accounts.user(name) else { return unknown("passwd", name) };
    let state = match (user.password, user.enabled) {
        (0, _) => "NP",
        (_, false) => "L",
        _ => "P",
    };
    let set = call.local(user.password_set);
    let maximum = accounts.policy.maximum_age.0 / Span::days(1).0;
    let maximum = if user.never_expires || maximum == 0 { 99_999 } else { maximum };
    Done::ok(format!("{name} {state} {}-{:02}-{:02} 0 {maximum} 7 -1\n", set.year, set.month, set.day))
}

fn useradd(call: &mut Call<'_>, args: &[String]) -> Done {
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
fn adduser(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn usermod(call: &mut Call<'_>, args: &[String]) -> Done {
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
enum Day {
    Never,
    On(Time),
    NotADate,
}

impl Day {
    fn time(&self) -> Option<Time> {
        if let Self::On(at) = self { Some(*at) } else { None }
    }
}

/// `2027-01-31`, days since 1970, or empty and `-1` for never.
fn day(text: &str) -> Day {
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

fn userdel(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn groupadd(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn gpasswd(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn deluser(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn chage(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "EMdmWI");
    if let Some(complaint) = stranger("chage", &given, &["l", "E", "M", "d", "m", "W", "I"]) {
        return complaint;
    }
    let Some(name) = names.first().cloned() else { return Done::failed(2, "Usage: chage [options] LOGIN\n") };
    if call.linux().accounts.user(&name).is_none() {
        return Done::failed(1, format!("chage: user '{name}' does not exist in /etc/passwd\n"));
    }
    if has(&given, &["l"]) {
        if !call.is_root() && name != call.user() {
            return Done::failed(1, "chage: Permission denied.\n");
        }
        return ages(call, &name);
    }
    if !call.is_root() {
        return Done::failed(1, "chage: Permission denied.\n");
    }
    if has(&given, &["m", "W", "I"]) || given.is_empty() {
        return call.not_modelled("this option of chage");
    }
    let expires = value(&given, &["E"]).map(|text| (day(text), text));
    if let Some((Day::NotADate, text)) = expires {
        return Done::failed(2, format!("chage: invalid date '{text}'\n"));
    }
    let changed = value(&given, &["d"]).map(day);
    let maximum = value(&given, &["M"]).and_then(|days| days.parse::<i64>().ok());
    if let Some(user) = call.linux_mut().accounts.user_mut(&name) {
        if let Some((at, _)) = &expires {
            user.expires = at.time();
        }
        if let Some(at) = &changed {
            // Day 0 stands for "must be changed at the next sign-in" (shadow(5)).
            user.must_change = at.time() == Some(Time(0));
            user.password_set = at.time().unwrap_or(user.password_set);
        }
        if let Some(days) = maximum {
            user.never_expires = !(0..99_999).contains(&days);
        }
    }
    Done::default()
}

fn ages(call: &Call<'_>, name: &str) -> Done {
    let accounts = &call.linux().accounts;
    let Some(user) = accounts.user(name) else { return Done::default() };
    let date = |at: Time| {
        let civil = call.local(at);
        let month = MONTHS[usize::from(civil.month.clamp(1, 12) - 1)].get(..3).unwrap_or_default();
        format!("{month} {:02}, {}", civil.day, civil.year)
    };
    let age = accounts.policy.maximum_age;
    let ends = !user.never_expires && age > Span::ZERO;
    let expires = if user.must_change {
        "password must be changed".to_owned()
    } else if ends {
        date(user.password_set + age)
    } else {
        "never".to_owned()
    };
    let changed = if user.must_change { "password must be changed".to_owned() } else { date(user.password_set) };
    let account = user.expires.map_or_else(|| "never".to_owned(), date);
    let maximum = if ends { age.0 / Span::days(1).0 } else { 99_999 };
    Done::ok(format!(
        "Last password change\t\t\t\t\t: {changed}\nPassword expires\t\t\t\t\t: {expires}\nPassword inactive\t\t\t\t\t: never\n\
         Account expires\t\t\t\t\t\t: {account}\nMinimum number of days between password change\t\t: 0\n\
         Maximum number of days between password change\t\t: {maximum}\nNumber of days of warning before password expires\t: 7\n"
    ))
}

fn faillock(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut user = None;
    let mut reset = false;
    let mut words = args.iter();
    while let Some(arg) = words.next() {
        match arg.as_str() {
            "--user" => user = words.next().cloned(),
            "--reset" => reset = true,
            other => match other.strip_prefix("--user=") {
                Some(name) => user = Some(name.to_owned()),
                None => return Done::failed(2, "Usage: faillock [--dir /path/to/tally-directory] [--user username] [--reset]\n"),
            },
        }
    }
    if !call.is_root() && user.as_deref().is_none_or(|name| name != call.user()) {
        return Done::failed(5, "faillock: Error opening the tally file: Permission denied\n");
    }
    let names: Vec<String> =
        call.linux().accounts.users.keys().filter(|name| user.as_ref().is_none_or(|wanted| wanted == *name)).cloned().collect();
    let mut done = Done::default();
    for name in names {
        if reset {
            if let Some(user) = call.linux_mut().accounts.user_mut(&name) {
                (user.bad_attempts, user.locked_since) = (0, None);
            }
            continue;
        }
        let Some(found) = call.linux().accounts.user(&name).cloned() else { continue };
        if user.is_none() && found.bad_attempts == 0 {
            continue;
        }
        let _ = writeln!(done.out, "{name}:\n{:<19} {:<5} {:<48} Valid", "When", "Type", "Source");
        if let Some(at) = found.last_bad.filter(|_| found.bad_attempts > 0) {
            let when = text::iso(call.local(at));
            for _ in 0..found.bad_attempts {
                let _ = writeln!(
                    done.out,
                    "{when} {:<5} {:<52} V",
                    if found.last_bad_from.is_empty() { "TTY" } else { "RHOST" },
                    found.last_bad_from
                );
            }
        }
    }
    done
}

/// Everybody who is signed in, this terminal last.
fn signed_in(call: &Call<'_>) -> Vec<(String, String, Time, String)> {
    let logins = &call.linux().logins;
    let mut all: Vec<_> =
        logins.iter().map(|login| (login.user.clone(), login.terminal.clone(), login.since, login.from.clone())).collect();
    let taken = logins.iter().filter(|login| login.terminal.starts_with("pts/")).count();
    let since = call.world.now;
    let user = call.session.bash.outer.first().map_or_else(|| call.session.user.clone(), |outer| outer.user.clone());
    all.push((user, format!("pts/{taken}"), since, String::new()));
    all
}

pub fn signed_in_count(call: &Call<'_>) -> usize {
    signed_in(call).len()
}

fn who(call: &mut Call<'_>, _args: &[String]) -> Done {
    let mut text = String::new();
    for (user, terminal, since, from) in signed_in(call) {
        let at = text::iso(call.local(since));
        let from = if from.is_empty() { String::new() } else { format!(" ({from})") };
        let _ = writeln!(text, "{user:<8} {terminal:<12} {}{from}", at.get(..16).unwrap_or_default());
    }
    Done::ok(text)
}

fn w(call: &mut Call<'_>, _args: &[String]) -> Done {
    let mut text = super::processes::uptime_line(call);
    text.push_str("USER     TTY      FROM             LOGIN@   IDLE   JCPU   PCPU WHAT\n");
    for (user, terminal, since, from) in signed_in(call) {
        let at = call.local(since);
        let from = if from.is_empty() { "-" } else { &from };
        let _ = writeln!(text, "{user:<8} {terminal:<8} {from:<16} {:02}:{:02}    0.00s  0.00s  0.00s -bash", at.hour, at.minute);
    }
    Done::ok(text)
}

fn loginctl(call: &mut Call<'_>, args: &[String]) -> Done {
    match (args.first().map(String::as_str), args.get(1)) {
        (None | Some("list-sessions"), _) => {
            let mut text = format!("{:>7} {:>4} {:<7} {:<4} TTY\n", "SESSION", "UID", "USER", "SEAT");
            let all = signed_in(call);
            for (number, (user, terminal, ..)) in all.iter().enumerate() {
                let uid = call.linux().accounts.user(user).map_or(0, |user| user.uid);
                let seat = if terminal.starts_with("tty") { "seat0" } else { "" };
                let _ = writeln!(text, "{:>7} {uid:>4} {user:<7} {seat:<4} {terminal}", number + 1);
            }
            let _ = write!(text, "\n{} sessions listed.\n", all.len());
            Done::ok(text)
        }
        (Some("terminate-user" | "kill-user"), Some(user)) => {
            let user = user.clone();
            if call.linux().accounts.user(&user).is_none() {
                return Done::failed(1, format!("Failed to look up user {user}: No such process\n"));
            }
            if !call.is_root() {
                return Done::failed(1, "Could not terminate user: Access denied\n");
            }
            call.linux_mut().logins.retain(|login| login.user != user);
            Done::default()
        }
        _ => call.not_modelled("this command of loginctl"),
    }
}
