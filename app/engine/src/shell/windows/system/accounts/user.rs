//! `net user`.

use std::fmt::Write;

use super::super::services::{net_error, system_error};
use super::super::{ask, given, of};
use super::{DONE, Keeper, RULE, keeper, may_change, read, write};
use crate::machine::services::clock;
use crate::shell::{Output, Session};
use crate::text::windows_short;
use crate::time::{Span, Time};
use crate::world::World;
use crate::world::accounts::{User, password_number};

/// Names in three columns of 25, as `net` prints them.
fn columns<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    names.chunks(3).map(|row| row.iter().map(|name| format!("{name:<25}")).collect::<Vec<_>>().concat() + "\n").collect()
}

pub fn user(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let asked = match typed_password(session, arguments) {
        Ok(asked) => asked,
        Err(output) => return output,
    };
    let arguments = asked.as_deref().unwrap_or(arguments);
    let (keeper, head) = match keeper(world, session, arguments) {
        Ok(found) => found,
        Err(output) => return output,
    };
    let words: Vec<String> = arguments.iter().filter(|word| !word.starts_with('/')).cloned().collect();
    let Some(name) = words.first() else {
        let Some(accounts) = read(world, session, &keeper) else { return system_error(5) };
        let machine = match keeper {
            Keeper::Local => &world.device(session.device).name,
            Keeper::Directory(server) => &world.device(server).name,
        };
        let names = columns(accounts.users.values().map(|user| user.name.as_str()));
        return Output::ok(format!("{head}\nUser accounts for \\\\{machine}\n\n{RULE}{names}{DONE}"));
    };
    let changes = words.len() > 1 || arguments.iter().any(|word| word.starts_with('/') && !word.eq_ignore_ascii_case("/domain"));
    if !changes {
        return show(world, session, &keeper, name, &head);
    }
    if !may_change(world, session, &keeper) {
        return system_error(5);
    }
    let output = change(world, session, &keeper, name, words.get(1).map(String::as_str), arguments);
    Output { text: head + &output.text, ..output }
}

/// `net user ben *` asks for the password twice. `Ok` holds the arguments with the password in place of `*` once both are typed,
/// and nothing where no question is needed; `Err` the question, or why the password is not taken.
fn typed_password(session: &mut Session, arguments: &[String]) -> Result<Option<Vec<String>>, Output> {
    let (words, answers): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|word| !word.starts_with('<'));
    if words.get(1).is_none_or(|word| *word != "*") || given(arguments, "delete") {
        return Ok(None);
    }
    let line = |more: &str| {
        let words = words.iter().map(|word| format!(" \"{word}\"")).collect::<Vec<_>>().concat();
        format!("net user{words}{more}")
    };
    match answers.as_slice() {
        [] => Err(ask(session, "", "Type a password for the user: ", &line(""))),
        [first] => Err(ask(session, "", "Retype the password to confirm: ", &line(&format!(" \"{first}\"")))),
        [first, second, ..] if first == second => {
            let password = first.trim_start_matches('<').to_owned();
            Ok(Some(words.iter().map(|word| if *word == "*" { password.clone() } else { (*word).clone() }).collect()))
        }
        _ => Err(net_error(3728)),
    }
}

fn change(
    world: &mut World,
    session: &Session,
    keeper: &Keeper,
    name: &str,
    password: Option<&str>,
    options: &[String],
) -> Output {
    let now = world.now;
    let zone = of(world, session.device).map_or(0, |windows| i64::from(windows.clock.zone_minutes) * 60_000);
    let Some(accounts) = write(world, session, keeper) else { return system_error(5) };
    let (exists, minimum) = (accounts.user(name).is_some(), accounts.policy.minimum_length);
    if given(options, "delete") {
        if accounts.users.remove(&name.to_lowercase()).is_none() {
            return net_error(2221);
        }
        for group in accounts.groups.values_mut() {
            group.members.remove(&name.to_lowercase());
        }
        return Output::ok(DONE);
    }
    if password.is_some_and(|password| password.chars().count() < usize::from(minimum)) {
        return net_error(2245);
    }
    if given(options, "add") {
        if exists {
            return net_error(2224);
        }
        accounts
            .users
            .insert(name.to_lowercase(), User { name: name.to_owned(), enabled: true, password_set: now, ..User::default() });
        let group = if matches!(keeper, Keeper::Local) { "Users" } else { "Domain Users" };
        accounts.groups.entry(group.to_owned()).or_default().members.insert(name.to_lowercase());
    }
    let Some(user) = accounts.user_mut(name) else { return net_error(2221) };
    if let Some(password) = password {
        (user.password, user.password_set, user.must_change) = (password_number(password), now, false);
    }
    for option in options.iter().filter_map(|option| option.strip_prefix('/')) {
        match option.to_lowercase().split_once(':') {
            Some(("active", "yes")) => (user.enabled, user.locked_since, user.bad_attempts) = (true, None, 0),
            Some(("active", "no")) => user.enabled = false,
            Some(("logonpasswordchg", "yes")) => user.must_change = true,
            Some(("logonpasswordchg", "no")) => user.must_change = false,
            Some(("expires", "never")) => user.expires = None,
            Some(("expires", date)) => match day(date) {
                Some(end) => user.expires = Some(end.shifted(-zone)),
                None => return Output::not_modelled(world, &format!("net user /expires:{date}")),
            },
            Some(("comment", _)) => option.get("comment:".len()..).unwrap_or_default().clone_into(&mut user.comment),
            Some(("fullname", _)) => option.get("fullname:".len()..).unwrap_or_default().clone_into(&mut user.full_name),
            None if matches!(option.to_lowercase().as_str(), "add" | "domain" | "y") => {}
            _ => {
                let what = format!("net user /{option}");
                return Output::not_modelled(world, &what);
            }
        }
    }
    if let Some(password) = password {
        let number = password_number(password);
        match keeper {
            Keeper::Local => crate::machine::sign_in::people_learn(world, name, number),
            Keeper::Directory(_) => crate::machine::sign_in::admin::synchronise(world, name, number),
        }
    }
    Output::ok(DONE)
}

/// `12/31/2026`, as the regional settings of the United States write a day: the moment it begins.
fn day(text: &str) -> Option<Time> {
    let mut parts = text.split('/').map(|part| part.parse::<u16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let begins = Time::from_civil(year.into(), month, day, 0, 0);
    let found = begins.civil();
    // A day that the calendar does not have comes out as another one.
    ((found.month, found.day) == (month, day) && parts.next().is_none()).then_some(begins)
}

fn show(world: &World, session: &Session, keeper: &Keeper, name: &str, head: &str) -> Output {
    let (Some(accounts), Some(windows)) = (read(world, session, keeper), of(world, session.device)) else {
        return net_error(2221);
    };
    let Some(user) = accounts.user(name) else {
        return Output {
            text: format!("{head}The user name could not be found.\n\nMore help is available by typing NET HELPMSG 2221.\n\n"),
            exit: 2,
            opens: None,
        };
    };
    let yes = |truth| if truth { "Yes" } else { "No" };
    let active = if accounts.is_locked(user, world.now) { "Locked" } else { yes(user.enabled) };
    let date = |at: Time| windows_short(clock::stamp(windows, at));
    let age = accounts.policy.maximum_age;
    let expires = if user.never_expires || age == Span::ZERO { "Never".to_owned() } else { date(user.password_set + age) };
    let groups: Vec<String> = accounts
        .groups
        .iter()
        .filter(|(_, group)| group.members.contains(&user.name.to_lowercase()))
        .map(|(name, _)| format!("*{name}"))
        .collect();
    let (local, global) = match keeper {
        Keeper::Local => (groups.as_slice(), &[][..]),
        Keeper::Directory(_) => (&[][..], groups.as_slice()),
    };
    let mut text = head.to_owned();
    let mut line = |label: &str, value: &str| {
        let blank = label.is_empty();
        _ = if blank { writeln!(text) } else { writeln!(text, "{label:<29}{value}") };
    };
    line("User name", &user.name);
    line("Full Name", &user.full_name);
    line("Comment", &user.comment);
    line("User's comment", "");
    line("Country/region code", "000 (System Default)");
    line("Account active", active);
    line("Account expires", &user.expires.map_or_else(|| "Never".to_owned(), date));
    line("", "");
    line("Password last set", &date(user.password_set));
    line("Password expires", &expires);
    line("Password changeable", &date(user.password_set));
    line("Password required", "Yes");
    line("User may change password", "Yes");
    line("", "");
    line("Workstations allowed", "All");
    line("Logon script", "");
    line("User profile", "");
    line("Home directory", "");
    line("", "");
    line("Logon hours allowed", "All");
    line("", "");
    line("Local Group Memberships", &memberships(local));
    line("Global Group memberships", &memberships(global));
    text.push_str(DONE);
    Output::ok(text)
}

/// Two a line, 21 wide each; the lines after the first are indented to the value.
fn memberships(groups: &[String]) -> String {
    if groups.is_empty() {
        return "*None".to_owned();
    }
    let rows: Vec<String> =
        groups.chunks(2).map(|row| row.iter().map(|group| format!("{group:<21}")).collect::<Vec<_>>().concat()).collect();
    rows.join(&format!("\n{:29}", ""))
}
