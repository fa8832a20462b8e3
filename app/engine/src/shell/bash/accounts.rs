//! Users and groups: `id`, `passwd`, `useradd`, `usermod`, `gpasswd`, `chage`, `faillock`, and who is signed in.

mod faillock;
mod group;
mod login;
mod password;
mod user;

use std::fmt::Write;

use super::call::{Call, Done, has, options, stranger};
use super::{Command, command};
use crate::machine::linux_files::generated;
use crate::sorted::{self, Set};

use faillock::faillock;
use group::{deluser, gpasswd, groupadd};
use login::{loginctl, w, who};
use password::{chage, passwd};
use user::{adduser, useradd, userdel, usermod};

pub use login::signed_in_count;

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
