//! `net use`: mapped drives.

use std::fmt::Write;

use super::{COMPLETED, RULE, system_error};
use crate::shell::windows::network::shares::{self, SystemError};
use crate::shell::windows::{ask, drives, drives_mut, is_own};
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::World;
use crate::world::accounts::{SignIn, password_number};
use crate::world::windows::{MappedDrive, StoredCredential};

pub const USAGE: &str = "The syntax of this command is:

NET USE
[devicename | *] [\\\\computername\\sharename [password | *]]
        [/USER:[domainname\\]username]
        [[/DELETE] | [/PERSISTENT:{YES | NO}]]

";

/// What stands behind `net use`.
#[derive(Default)]
struct Wish {
    letter: Option<char>,
    /// `*`: the next free letter, or every connection.
    any: bool,
    path: Option<String>,
    /// As typed; `*` asks for it.
    password: Option<String>,
    user: Option<String>,
    delete: bool,
    yes: bool,
    temporary: bool,
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String], answer: Option<&str>) -> Output {
    let wish = match read(arguments) {
        Ok(wish) => wish,
        Err(Some(option)) => return Output::not_modelled(world, &format!("net use {option}")),
        Err(None) => return Output::failed(1, USAGE),
    };
    match wish {
        Wish { delete: true, any: true, .. } => delete_all(world, session, wish.yes, answer),
        Wish { delete: true, .. } => delete(world, session, &wish),
        Wish { path: Some(ref path), .. } => {
            let typed = answer.or(wish.password.as_deref().filter(|password| *password != "*"));
            if typed.is_none() && (wish.password.is_some() || wish.user.is_some()) {
                return ask_password(world, session, path, &wish, arguments);
            }
            connect(world, session, path, &wish, typed)
        }
        Wish { letter: Some(letter), .. } => details(world, session, letter),
        _ if arguments.iter().all(|argument| argument.starts_with('/')) => list(world, session),
        _ => Output::failed(1, USAGE),
    }
}

fn read(arguments: &[String]) -> Result<Wish, Option<String>> {
    let mut wish = Wish::default();
    for argument in arguments {
        let lower = argument.to_lowercase();
        if let Some(user) = lower.strip_prefix("/user:") {
            // The domain before the name is the company's own: there is no other.
            wish.user = user.rsplit('\\').next().and_then(|user| user.split('@').next()).map(str::to_owned);
        } else if lower.starts_with("/d") && "/delete".starts_with(&lower) {
            wish.delete = true;
        } else if let Some(value) = lower.strip_prefix("/persistent:").or_else(|| lower.strip_prefix("/p:")) {
            wish.temporary = matches!(value, "no" | "n");
        } else if lower == "/y" || lower == "/yes" {
            wish.yes = true;
        } else if lower.starts_with('/') {
            let known = ["/savecred", "/smartcard", "/home", "/global", "/requireintegrity", "/requireprivacy", "/transport"];
            return Err(known.iter().any(|known| lower.starts_with(known)).then(|| argument.clone()));
        } else if lower.starts_with("\\\\") {
            wish.path = Some(argument.trim_end_matches('\\').to_owned());
        } else if let Some(letter) = drive(&lower) {
            wish.letter = Some(letter);
        } else if lower == "*" && wish.path.is_none() {
            wish.any = true;
        } else if wish.path.is_some() && wish.password.is_none() {
            wish.password = Some(argument.clone());
        } else {
            return Err(None);
        }
    }
    Ok(wish)
}

/// `z:` is `Z`.
fn drive(text: &str) -> Option<char> {
    let mut chars = text.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(letter), Some(':'), None) if letter.is_ascii_alphabetic() => Some(letter.to_ascii_uppercase()),
        _ => None,
    }
}

fn list(world: &World, session: &Session) -> Output {
    let mut text = "New connections will be remembered.\n\n".to_owned();
    let drives = drives(world, session);
    if drives.is_empty() {
        text.push_str("There are no entries in the list.\n\n");
        return Output::ok(text);
    }
    let _ = write!(text, "\nStatus       Local     Remote                    Network\n\n{RULE}");
    for drive in drives {
        let status = shares::drive_status(world, session.device, drive);
        let local = format!("{}:", drive.letter);
        if drive.path.chars().count() > 25 {
            let _ = writeln!(text, "{status:<13}{local:<10}{}\n{:49}Microsoft Windows Network", drive.path, "");
        } else {
            let _ = writeln!(text, "{status:<13}{local:<10}{:<26}Microsoft Windows Network", drive.path);
        }
    }
    text.push_str(COMPLETED);
    Output::ok(text)
}

fn details(world: &World, session: &Session, letter: char) -> Output {
    let Some(drive) = drives(world, session).iter().find(|drive| drive.letter.eq_ignore_ascii_case(&letter)) else {
        return system_error(SystemError::NotConnected);
    };
    let status = shares::drive_status(world, session.device, drive);
    Output::ok(format!(
        "Local name        {}:\nRemote name       {}\nResource type     Disk\nStatus            {status}\n{COMPLETED}",
        drive.letter, drive.path
    ))
}

/// The password is asked for without showing it; a server that does not answer is found out before.
fn ask_password(world: &mut World, session: &mut Session, path: &str, wish: &Wish, arguments: &[String]) -> Output {
    let host = shares::parts(path).map_or("", |(host, ..)| host).to_owned();
    if let Err(error) = shares::server(world, session.device, &host) {
        return system_error(error);
    }
    let asked = match &wish.user {
        Some(user) => format!("Enter the password for '{user}' to connect to '{host}': "),
        None => format!("Type the password for {path}: "),
    };
    ask(session, "", &asked, &format!("net use {}", arguments.join(" ")))
}

fn connect(world: &mut World, session: &mut Session, path: &str, wish: &Wish, password: Option<&str>) -> Output {
    let Some((host, share, _)) = shares::parts(path).filter(|(_, share, _)| !share.is_empty()) else {
        return system_error(SystemError::NameNotFound);
    };
    let host = host.to_owned();
    let taken = |letter: char| {
        let windows = world.device(session.device).windows();
        let volume = windows.is_some_and(|windows| windows.volumes.iter().any(|volume| volume.letter == Some(letter)));
        volume || drives(world, session).iter().any(|drive| drive.letter == letter)
    };
    if wish.letter.is_some_and(taken) {
        return system_error(SystemError::LocalNameInUse);
    }
    let letter = wish.letter.or_else(|| if wish.any { ('D'..='Z').rev().find(|letter| !taken(*letter)) } else { None });
    let _ = share;
    let user = match who(world, session, &host, wish, password) {
        Ok(user) => user,
        Err(output) => return output,
    };
    if let Err(error) = shares::access(world, session.device, &user, path) {
        return system_error(error);
    }
    let Some(letter) = letter else { return Output::ok(COMPLETED) };
    let added = MappedDrive { letter, path: path.to_owned(), user, persistent: !wish.temporary };
    if let Some(drives) = drives_mut(world, session) {
        drives.push(added);
        sorted::by_key(drives, |drive| drive.letter);
    }
    if wish.any {
        return Output::ok(format!("Drive {letter}: is now connected to {path}.\n\n{COMPLETED}"));
    }
    Output::ok(COMPLETED)
}

/// As whom the server is asked: a name and a password that were typed, what Credential Manager keeps for the server, or the one
/// who is signed in.
fn who(world: &mut World, session: &Session, host: &str, wish: &Wish, password: Option<&str>) -> Result<String, Output> {
    let same_server = |path: &str| shares::parts(path).is_some_and(|(known, ..)| known.eq_ignore_ascii_case(host));
    if wish.user.is_some() || password.is_some() {
        let user = wish.user.clone().unwrap_or_else(|| session.user.clone());
        let other = |drive: &&MappedDrive| same_server(&drive.path) && !drive.user.eq_ignore_ascii_case(&user);
        if drives(world, session).iter().any(|drive| other(&drive)) {
            return Err(system_error(SystemError::MultipleConnections));
        }
        return sign_in(world, session, host, &user, password_number(password.unwrap_or_default())).map(|()| user);
    }
    let stored =
        world.device(session.device).windows().filter(|_| is_own(world, session)).and_then(|windows| {
            windows.credentials.iter().find(|credential| credential.target.eq_ignore_ascii_case(host)).cloned()
        });
    match stored {
        Some(StoredCredential { user, password, .. }) => sign_in(world, session, host, &user, password).map(|()| user),
        None => Ok(session.user.clone()),
    }
}

/// A password is tried where the server looks accounts up: the directory, or its own list where there is none. A wrong one counts
/// there as any other.
fn sign_in(world: &mut World, session: &Session, host: &str, user: &str, password: u32) -> Result<(), Output> {
    let from = world.device(session.device).name.clone();
    let now = world.now;
    let own = shares::server(world, session.device, host).map_err(system_error)?;
    let directory = world.devices.iter_mut().find_map(|device| device.roles.directory.as_mut());
    let accounts = match directory {
        Some(directory) => Some(&mut directory.accounts),
        None => world.device_mut(own).windows_mut().map(|windows| &mut *windows.accounts),
    };
    // A storage box has no list of accounts in the model: it lets everybody in whom its shares name.
    let Some(accounts) = accounts else { return Ok(()) };
    match accounts.try_sign_in(user, password, &from, now) {
        SignIn::Accepted => Ok(()),
        refused => Err(refusal(refused)),
    }
}

/// Why a server does not take a sign-in, by the numbers of winerror.h.
fn refusal(why: SignIn) -> Output {
    let (number, text) = match why {
        SignIn::Accepted | SignIn::UnknownOrWrong => return system_error(SystemError::LogonFailure),
        SignIn::Locked => (1909, "The referenced account is currently locked out and may not be logged on to."),
        SignIn::Disabled => (1331, "This user can't sign in because this account is currently disabled."),
        SignIn::NoTrust => (1789, "The trust relationship between this workstation and the primary domain failed."),
        SignIn::NoLogonServer => (1311, "We can't sign you in with this credential because your domain isn't available."),
        SignIn::PasswordExpired => (1330, "The password for this account has expired."),
        SignIn::MustChange => (1907, "The user's password must be changed before signing in."),
        SignIn::AccountExpired => (1793, "The user's account has expired."),
    };
    Output::failed(2, format!("System error {number} has occurred.\n\n{text}\n\n"))
}

fn delete(world: &mut World, session: &mut Session, wish: &Wish) -> Output {
    let Some(drives) = drives_mut(world, session) else { return system_error(SystemError::NotConnected) };
    let chosen = |drive: &MappedDrive| {
        wish.letter == Some(drive.letter) || wish.path.as_deref().is_some_and(|path| path.eq_ignore_ascii_case(&drive.path))
    };
    let before = drives.len();
    drives.retain(|drive| !chosen(drive));
    if drives.len() == before {
        return system_error(SystemError::NotConnected);
    }
    let name = wish.letter.map_or_else(|| wish.path.clone().unwrap_or_default(), |letter| format!("{letter}:"));
    Output::ok(format!("{name} was deleted successfully.\n\n"))
}

fn delete_all(world: &mut World, session: &mut Session, yes: bool, answer: Option<&str>) -> Output {
    let drives = drives(world, session);
    if drives.is_empty() {
        return Output::ok("There are no entries in the list.\n\n");
    }
    let agreed = answer.is_some_and(|answer| answer.trim().to_lowercase().starts_with('y'));
    if answer.is_some() && !agreed {
        return Output::failed(1, "\nNo valid response was provided.\n\n");
    }
    if !yes && !agreed {
        let mut before = "You have these remote connections:\n\n".to_owned();
        for drive in drives {
            let _ = writeln!(before, "    {:<18}{}", format!("{}:", drive.letter), drive.path);
        }
        before.push_str("Continuing will cancel the connections.\n\n");
        let asked = "Do you want to continue this operation? (Y/N) [N]: ";
        return ask(session, &before, asked, "net use * /delete");
    }
    if let Some(drives) = drives_mut(world, session) {
        drives.clear();
    }
    Output::ok(COMPLETED)
}
