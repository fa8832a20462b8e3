//! `net user`, `net localgroup`, `net accounts`.

use std::fmt::Write;

use super::services::{net_error, system_error};
use super::{given, of};
use crate::machine::services::clock;
use crate::machine::sign_in::controller;
use crate::shell::{Output, Session};
use crate::text::windows_short;
use crate::time::{Span, Time};
use crate::world::accounts::{Accounts, User, password_number};
use crate::world::windows::Windows;
use crate::world::{DeviceId, World};

const DONE: &str = "The command completed successfully.\n\n";
const RULE: &str = "-------------------------------------------------------------------------------\n";

/// Whose accounts: this machine's, or with `/domain` the directory's.
enum Keeper {
    Local,
    Directory(DeviceId),
}

/// The keeper, and the line `net` prints when it asks a domain controller.
fn keeper(world: &mut World, session: &Session, arguments: &[String]) -> Result<(Keeper, String), Output> {
    if let Some(directory) = &world.device(session.device).roles.directory {
        let line = if given(arguments, "domain") { request(&directory.domain) } else { String::new() };
        return Ok((Keeper::Directory(session.device), line));
    }
    if !given(arguments, "domain") {
        return Ok((Keeper::Local, String::new()));
    }
    let domain = of(world, session.device).and_then(|windows| windows.joined.as_ref()).map(|joined| joined.domain.clone());
    let missing = || {
        Output::failed(
            2,
            "System error 1355 has occurred.\n\nThe specified domain either does not exist or could not be contacted.\n\n",
        )
    };
    let domain = domain.ok_or_else(missing)?;
    let server = controller(world, session.device).ok_or_else(missing)?;
    Ok((Keeper::Directory(server), request(&domain)))
}

fn request(domain: &str) -> String {
    format!("The request will be processed at a domain controller for domain {domain}.\n\n")
}

fn read<'w>(world: &'w World, session: &Session, keeper: &Keeper) -> Option<&'w Accounts> {
    match keeper {
        Keeper::Local => of(world, session.device).map(|windows| &*windows.accounts),
        Keeper::Directory(server) => world.device(*server).roles.directory.as_ref().map(|directory| &directory.accounts),
    }
}

fn write<'w>(world: &'w mut World, session: &Session, keeper: &Keeper) -> Option<&'w mut Accounts> {
    match keeper {
        Keeper::Local => world.device_mut(session.device).windows_mut().map(|windows| &mut *windows.accounts),
        Keeper::Directory(server) => world.device_mut(*server).roles.directory.as_mut().map(|directory| &mut directory.accounts),
    }
}

/// Local accounts need an elevated shell; the directory's need somebody who administers it.
fn may_change(world: &World, session: &Session, keeper: &Keeper) -> bool {
    match keeper {
        Keeper::Local => session.elevated,
        Keeper::Directory(_) => read(world, session, keeper)
            .is_some_and(|accounts| session.elevated && accounts.groups_of(&session.user).contains("Domain Admins")),
    }
}

/// Names in three columns of 25, as `net` prints them.
fn columns<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    names.chunks(3).map(|row| row.iter().map(|name| format!("{name:<25}")).collect::<Vec<_>>().concat() + "\n").collect()
}

pub fn user(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (keeper, head) = match keeper(world, session, arguments) {
        Ok(found) => found,
        Err(output) => return output,
    };
    let words: Vec<String> = arguments.iter().filter(|word| !word.starts_with('/')).cloned().collect();
    let Some(name) = words.first() else {
        let Some(accounts) = read(world, session, &keeper) else { return system_error(5) };
        let machine = &world.device(session.device).name;
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

fn change(
    world: &mut World,
    session: &Session,
    keeper: &Keeper,
    name: &str,
    password: Option<&str>,
    options: &[String],
) -> Output {
    let now = world.now;
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
    if password == Some("*") {
        return Output::not_modelled(world, "net user with a password prompt (*)");
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
    line("Comment", "");
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

pub fn localgroup(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (keeper, head) = match keeper(world, session, arguments) {
        Ok(found) => found,
        Err(output) => return output,
    };
    let words: Vec<&str> = arguments.iter().map(String::as_str).filter(|word| !word.starts_with('/')).collect();
    let (add, delete) = (given(arguments, "add"), given(arguments, "delete"));
    if (add || delete) && !may_change(world, session, &keeper) {
        return system_error(5);
    }
    let machine = world.device(session.device).name.clone();
    let domain = of(world, session.device).and_then(short_domain);
    let Some(accounts) = write(world, session, &keeper) else { return system_error(5) };
    let Some(name) = words.first() else {
        let names = accounts.groups.keys().map(|name| format!("*{name}\n")).collect::<Vec<_>>().concat();
        return Output::ok(format!("{head}\nAliases for \\\\{machine}\n\n{RULE}{names}{DONE}"));
    };
    let key = accounts.groups.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
    let members: Vec<String> = words.iter().skip(1).map(|word| word.to_lowercase()).collect();
    let Some(key) = key else {
        if add && members.is_empty() {
            accounts.groups.insert((*name).to_owned(), crate::world::accounts::Group::default());
            return Output::ok(head + DONE);
        }
        return system_error_text(1376, "The specified local group does not exist.");
    };
    let known = |accounts: &Accounts, member: &str| {
        accounts.user(member).is_some() || accounts.groups.contains_key(member) || member.contains('\\')
    };
    if let Some(unknown) = members.iter().find(|member| (add || delete) && !known(accounts, member)) {
        return Output::failed(
            2,
            format!(
                "There is no such global user or group: {unknown}.\n\nMore help is available by typing NET HELPMSG 3783.\n\n"
            ),
        );
    }
    let Some(group) = accounts.groups.get_mut(&key) else { return system_error(5) };
    if delete && members.is_empty() {
        accounts.groups.remove(&key);
        return Output::ok(head + DONE);
    }
    for member in members {
        // A domain account is kept under its own name: CLINIC\ada is ada.
        let bare = member.rsplit('\\').next().unwrap_or_default().to_owned();
        if add && !group.members.insert(bare.clone()) {
            return system_error_text(1378, "The specified account name is already a member of the group.");
        }
        if delete && !group.members.remove(&bare) {
            return system_error_text(1377, "The specified account name is not a member of the group.");
        }
    }
    if add || delete {
        return Output::ok(head + DONE);
    }
    let comment = group.description.clone();
    let members: Vec<String> = group.members.iter().cloned().collect();
    let lines: String = members
        .iter()
        .map(|member| match (accounts.user(member), &domain) {
            (Some(user), _) => format!("{}\n", user.name),
            (None, Some(domain)) => format!("{domain}\\{member}\n"),
            (None, None) => format!("{member}\n"),
        })
        .collect();
    Output::ok(format!("{head}Alias name     {key}\nComment        {comment}\n\nMembers\n\n{RULE}{lines}{DONE}"))
}

fn system_error_text(code: u32, text: &str) -> Output {
    Output::failed(2, format!("System error {code} has occurred.\n\n{text}\n\n"))
}

/// The domain's NetBIOS name: the first label in capitals.
fn short_domain(windows: &Windows) -> Option<String> {
    let joined = windows.joined.as_ref()?;
    Some(joined.domain.split('.').next().unwrap_or_default().to_uppercase())
}

pub fn accounts(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (keeper, head) = match keeper(world, session, arguments) {
        Ok(found) => found,
        Err(output) => return output,
    };
    let changes: Vec<(String, String)> = arguments
        .iter()
        .filter_map(|word| word.strip_prefix('/')?.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.to_lowercase()))
        .collect();
    if !changes.is_empty() && !may_change(world, session, &keeper) {
        return system_error(5);
    }
    // The role is that of the machine whose accounts are shown.
    let role = if matches!(keeper, Keeper::Directory(_)) {
        "PRIMARY"
    } else if of(world, session.device).is_some_and(|windows| windows.edition.contains("Server")) {
        "SERVER"
    } else {
        "WORKSTATION"
    };
    let Some(accounts) = write(world, session, &keeper) else { return system_error(5) };
    let policy = &mut accounts.policy;
    for (name, value) in &changes {
        let number: Option<u16> = value.parse().ok();
        let minutes = number.map(|number| Span::minutes(number.into()));
        match (name.as_str(), number, minutes) {
            ("lockoutthreshold", Some(number), _) => policy.lockout_threshold = number,
            ("lockoutthreshold", None, _) if value == "never" => policy.lockout_threshold = 0,
            ("lockoutduration", _, Some(span)) => policy.lockout_duration = span,
            ("lockoutwindow", _, Some(span)) => policy.lockout_window = span,
            ("maxpwage", Some(days), _) => policy.maximum_age = Span::days(days.into()),
            ("maxpwage", None, _) if value == "unlimited" => policy.maximum_age = Span::ZERO,
            ("minpwlen", Some(length), _) => policy.minimum_length = u8::try_from(length).unwrap_or(policy.minimum_length),
            ("uniquepw", Some(count), _) => policy.history = u8::try_from(count).unwrap_or(policy.history),
            _ => {
                return Output::failed(
                    1,
                    "The syntax of this command is:\n\nNET ACCOUNTS\n[/FORCELOGOFF:{minutes | NO}] [/MINPWLEN:length]\n              [/MAXPWAGE:{days | UNLIMITED}] [/MINPWAGE:days]\n              [/UNIQUEPW:number] [/DOMAIN]\n\n",
                );
            }
        }
    }
    if !changes.is_empty() {
        return Output::ok(head + DONE);
    }
    let days = |span: Span| if span == Span::ZERO { "Unlimited".to_owned() } else { (span.as_seconds() / 86_400).to_string() };
    let or_none = |number: u64, word: &str| if number == 0 { word.to_owned() } else { number.to_string() };
    let mut text = head;
    for (label, value) in [
        ("Force user logoff how long after time expires?:", "Never".to_owned()),
        ("Minimum password age (days):", "0".to_owned()),
        ("Maximum password age (days):", days(policy.maximum_age)),
        ("Minimum password length:", policy.minimum_length.to_string()),
        ("Length of password history maintained:", or_none(policy.history.into(), "None")),
        ("Lockout threshold:", or_none(policy.lockout_threshold.into(), "Never")),
        ("Lockout duration (minutes):", (policy.lockout_duration.as_seconds() / 60).to_string()),
        ("Lockout observation window (minutes):", (policy.lockout_window.as_seconds() / 60).to_string()),
        ("Computer role:", role.to_owned()),
    ] {
        _ = writeln!(text, "{label:<54}{value}");
    }
    Output::ok(text + DONE)
}
