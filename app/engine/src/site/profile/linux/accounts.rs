//! Users and groups of a Linux machine.

use super::{put, put_folder};
use crate::sorted::Set;
use crate::time::{Span, Time};
use crate::world::DeviceId;
use crate::world::accounts::{Group, Policy, User};
use crate::world::linux::{CronJob, Linux};
use crate::world::person::{Person, PersonId, Skill};

/// The folder that the company's people share on a server, and its group.
pub const TEAM: (&str, &str) = ("/srv/team", "team");

/// Who always is there: root, the accounts of programs, and the support account.
pub fn system(linux: &mut Linux, set: Time) {
    // Debian's defaults: passwords do not expire; three bad tries lock for ten minutes where pam_faillock is set up.
    linux.accounts.policy =
        Policy { maximum_age: Span::ZERO, lockout_threshold: 3, minimum_length: 8, history: 0, ..Policy::default() };
    for (name, uid, home, shell) in [
        ("root", 0, "/root", "/bin/bash"),
        ("www-data", 33, "/var/www", "/usr/sbin/nologin"),
        ("mysql", 101, "/nonexistent", "/bin/false"),
        ("_chrony", 102, "/var/lib/chrony", "/usr/sbin/nologin"),
        ("support", 1000, "/home/support", "/bin/bash"),
    ] {
        add(linux, name, "", uid, home, shell, set);
    }
    for (name, gid, members) in [("adm", 4, &["support"][..]), ("sudo", 27, &["support"][..])] {
        group(linux, name, gid, members);
    }
    put_folder(linux, "/home/support", ("support", "support", 0o750));
}

pub fn add(linux: &mut Linux, name: &str, full_name: &str, uid: u32, home: &str, shell: &str, set: Time) {
    let password = if shell.ends_with("bash") { 2_000 + uid } else { 0 };
    let user = User {
        name: name.to_owned(),
        full_name: full_name.to_owned(),
        password,
        password_set: set,
        never_expires: true,
        enabled: true,
        uid,
        home: home.to_owned(),
        shell: shell.to_owned(),
        ..User::default()
    };
    linux.accounts.users.insert(name.to_lowercase(), user);
    group(linux, name, uid, &[]);
}

fn group(linux: &mut Linux, name: &str, gid: u32, members: &[&str]) {
    let members: Set<String> = members.iter().map(|member| (*member).to_owned()).collect();
    linux.accounts.groups.insert(name.to_owned(), Group { members, gid, ..Group::default() });
}

/// The team's folder and the account of the nightly export.
pub fn team(linux: &mut Linux, now: Time) {
    let (folder, name) = TEAM;
    group(linux, name, 1100, &["support"]);
    put_folder(linux, folder, ("root", name, 0o2775));
    put(linux, "/srv/team/rota.csv", "day,early,late\nMon,A,B\nTue,B,A\n", ("support", name, 0o664));
    add(linux, "nightly", "Nightly export", 990, "/var/lib/nightly", "/bin/bash", now - Span::days(200));
    put(linux, "/usr/local/bin/nightly-export", "#!/bin/sh\n# Writes the day's figures to /srv/team.\n", ("root", "root", 0o755));
    let last = now - Span::hours(5);
    linux.cron.push(CronJob {
        user: "nightly".to_owned(),
        schedule: "15 2 * * *".to_owned(),
        command: "/usr/local/bin/nightly-export".to_owned(),
        last_run: Some(last),
        last_ok: true,
    });
}

/// People get accounts where they work: on a server the first few of the company, on a workstation its user.
pub fn people(linux: &mut Linux, people: &[Person], user: Option<PersonId>, server: bool, device: DeviceId, now: Time) {
    /// More would only fill lists.
    const MOST: usize = 4;
    let mine = |person: &&Person| if server { true } else { user == Some(person.id) || person.device == Some(device) };
    // The one who knows computers best keeps the server; of several the first.
    let keeper = people.iter().filter(mine).take(MOST).min_by_key(|person| match person.skill {
        Skill::Expert => 0_u8,
        Skill::Everyday => 1,
        Skill::Novice => 2,
    });
    let keeper = keeper.map(|person| person.id);
    for (at, person) in people.iter().filter(mine).take(MOST).enumerate() {
        let name = person.account.to_lowercase();
        if name.is_empty() {
            continue;
        }
        let uid = 1001 + u32::try_from(at).unwrap_or(0);
        if linux.accounts.user(&name).is_none() {
            add(linux, &name, &person.name, uid, &format!("/home/{name}"), "/bin/bash", now - Span::days(90));
        }
        if person.password != 0
            && let Some(user) = linux.accounts.user_mut(&name)
        {
            user.password = person.password;
        }
        if let Some(team) = linux.accounts.groups.get_mut(TEAM.1) {
            team.members.insert(name.clone());
        }
        if !server || keeper == Some(person.id) {
            for trusted in ["sudo", "adm"] {
                if let Some(group) = linux.accounts.groups.get_mut(trusted) {
                    group.members.insert(name.clone());
                }
            }
        }
        let home = crate::machine::linux_files::folder(&name, &name, 0o750, Time::default());
        linux.files.0.insert(format!("/home/{name}"), home);
    }
}
