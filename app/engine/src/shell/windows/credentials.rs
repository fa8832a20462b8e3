//! `cmdkey`: what Credential Manager keeps for the account that runs it.

use std::fmt::Write;

use super::{Command, is_own};
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::accounts::password_number;
use crate::world::windows::StoredCredential;

pub const COMMANDS: &[Command] = &[Command { name: "cmdkey", run }];

/// Who keeps it, where the store itself does.
const STORE: &str = "Credential Manager";

const USAGE: &str = "\nCMDKEY: Element not found.\n\nThe command line parameters are incorrect.\n\nTo list available credentials:\n   To list all credentials:   cmdkey /list\n   To list a specific one:    cmdkey /list:targetname\nTo create domain credentials:   cmdkey /add:targetname /user:username /pass:password\nTo delete a credential:    cmdkey /delete:targetname\n";

fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    arguments.iter().find_map(|argument| {
        let rest = argument.strip_prefix(['/', '-'])?;
        let (given, value) = rest.split_once(':').unwrap_or((rest, ""));
        given.eq_ignore_ascii_case(name).then_some(value)
    })
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if let Some(target) = option(arguments, "delete") {
        return delete(world, session, target);
    }
    if let Some(target) = option(arguments, "add") {
        let (Some(user), Some(password)) = (option(arguments, "user"), option(arguments, "pass")) else {
            return Output::not_modelled(world, "cmdkey /add that asks for the password");
        };
        return add(world, session, target, user, password);
    }
    match option(arguments, "list") {
        Some(target) => list(world, session, target),
        None => Output::failed(1, USAGE),
    }
}

fn list(world: &World, session: &Session, target: &str) -> Output {
    let own = world.device(session.device).windows().filter(|_| is_own(world, session));
    let kept = own.map(|windows| windows.credentials.as_slice()).unwrap_or_default();
    let mut text = if target.is_empty() {
        "\nCurrently stored credentials:\n\n".to_owned()
    } else {
        format!("\nCurrently stored credentials for {target}:\n\n")
    };
    let mut any = false;
    for credential in
        kept.iter().filter(|kept| kept.used_by == STORE && (target.is_empty() || kept.target.eq_ignore_ascii_case(target)))
    {
        any = true;
        _ = write!(
            text,
            "    Target: Domain:target={}\n    Type: Domain Password\n    User: {}\n\n",
            credential.target, credential.user
        );
    }
    if !any {
        text.push_str("* NONE *\n");
    }
    Output::ok(text)
}

fn delete(world: &mut World, session: &Session, target: &str) -> Output {
    let target = target.rsplit('=').next().unwrap_or(target).to_owned();
    if !is_own(world, session) {
        return Output::failed(1, "\nCMDKEY: Element not found.\n");
    }
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return Output::failed(1, USAGE) };
    let before = windows.credentials.len();
    windows.credentials.retain(|kept| kept.used_by != STORE || !kept.target.eq_ignore_ascii_case(&target));
    if windows.credentials.len() == before {
        return Output::failed(1, "\nCMDKEY: Element not found.\n");
    }
    Output::ok("\nCMDKEY: Credential deleted successfully.\n")
}

fn add(world: &mut World, session: &Session, target: &str, user: &str, password: &str) -> Output {
    if !is_own(world, session) {
        return Output::not_modelled(world, "stored credentials of an account that is not signed in at the screen");
    }
    let Some(windows) = world.device_mut(session.device).windows_mut() else { return Output::failed(1, USAGE) };
    let retries = windows.credentials.iter().any(|kept| kept.target.eq_ignore_ascii_case(target) && kept.retries);
    windows.credentials.retain(|kept| kept.used_by != STORE || !kept.target.eq_ignore_ascii_case(target));
    windows.credentials.push(StoredCredential {
        target: target.to_owned(),
        user: user.to_owned(),
        password: password_number(password),
        used_by: STORE.to_owned(),
        retries,
    });
    Output::ok("\nCMDKEY: Credential added successfully.\n")
}
