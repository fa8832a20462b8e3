//! `net share`: the shares of this machine.

use std::fmt::Write;

use super::{COMPLETED, RULE, system_error};
use crate::shell::windows::disk;
use crate::shell::windows::network::shares::SystemError;
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::files::{AccessEntry, Right};
use crate::world::server::Share;

pub const USAGE: &str = "The syntax of this command is:

NET SHARE
sharename
          sharename=drive:path [/GRANT:user,[READ | CHANGE | FULL]]
          sharename /DELETE

";

pub fn run(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let Some(first) = arguments.first() else { return list(world, session) };
    let rest = arguments.get(1..).unwrap_or_default();
    if let Some((name, folder)) = first.split_once('=') {
        return add(world, session, name, folder, rest);
    }
    match rest {
        [] => details(world, session, first),
        [option] if option.eq_ignore_ascii_case("/delete") || option.eq_ignore_ascii_case("/d") => delete(world, session, first),
        [option, ..] if option.starts_with('/') => Output::not_modelled(world, &format!("net share {}", arguments.join(" "))),
        _ => Output::failed(1, USAGE),
    }
}

fn list(world: &World, session: &Session) -> Output {
    let mut text = format!("\nShare name   Resource                        Remark\n\n{RULE}");
    for share in &world.device(session.device).roles.shares {
        let _ = writeln!(text, "{:<13}{}", share.name, share.folder);
    }
    text.push_str(COMPLETED);
    Output::ok(text)
}

/// 2310, `NERR_NetNameNotFound`.
fn not_shared() -> Output {
    Output::failed(2, "This shared resource does not exist.\n\nMore help is available by typing NET HELPMSG 2310.\n\n")
}

fn details(world: &World, session: &Session, name: &str) -> Output {
    let roles = &world.device(session.device).roles;
    let Some(share) = roles.shares.iter().find(|share| share.name.eq_ignore_ascii_case(name)) else { return not_shared() };
    let users: Vec<String> = roles
        .open_files
        .iter()
        .filter(|file| file.path.to_lowercase().starts_with(&share.folder.to_lowercase()))
        .map(|file| file.user.clone())
        .collect();
    let permissions: Vec<String> = share
        .permissions
        .iter()
        .map(|entry| format!("{}, {}", entry.who, if entry.allow { word(entry.right) } else { "DENY" }))
        .collect();
    let mut text = String::new();
    let mut row = |label: &str, value: &str| {
        let line = format!("{label:<18}{value}");
        let _ = writeln!(text, "{}", line.trim_end());
    };
    row("Share name", &share.name);
    row("Path", &share.folder);
    row("Remark", "");
    row("Maximum users", "No limit");
    row("Users", &users.join("  "));
    row("Caching", "Manual caching of documents");
    row("Permission", &permissions.join(&format!("\n{:18}", "")));
    Output::ok(format!("{text}\n{COMPLETED}"))
}

fn word(right: Right) -> &'static str {
    match right {
        Right::None => "NONE",
        Right::Read => "READ",
        Right::Modify => "CHANGE",
        Right::Full => "FULL",
    }
}

fn add(world: &mut World, session: &Session, name: &str, folder: &str, options: &[String]) -> Output {
    if !session.elevated {
        return system_error(SystemError::AccessDenied);
    }
    let mut permissions = Vec::new();
    for option in options {
        let lower = option.to_lowercase();
        let Some(grant) = lower.strip_prefix("/grant:") else {
            return Output::not_modelled(world, &format!("net share {option}"));
        };
        let (_, right) = grant.split_once(',').unwrap_or((grant, ""));
        let right = match right {
            "read" => Right::Read,
            "change" => Right::Modify,
            "full" => Right::Full,
            _ => return Output::failed(1, USAGE),
        };
        let who: String = option.chars().skip("/grant:".len()).take_while(|c| *c != ',').collect();
        permissions.push(AccessEntry { who, right, allow: true });
    }
    if permissions.is_empty() {
        permissions.push(AccessEntry { who: "Everyone".to_owned(), right: Right::Read, allow: true });
    }
    let shares = &world.device(session.device).roles.shares;
    if shares.iter().any(|share| share.name.eq_ignore_ascii_case(name)) {
        return Output::failed(2, "The name has already been shared.\n\nMore help is available by typing NET HELPMSG 2118.\n\n");
    }
    let folder = folder.trim_matches('"').trim_end_matches('\\').to_owned();
    let spot = disk::locate(world, session, &folder).ok().filter(|spot| disk::is_folder(world, spot));
    let Some(spot) = spot.filter(|spot| spot.device == session.device) else {
        return Output::failed(
            2,
            "The device or directory does not exist.\n\nMore help is available by typing NET HELPMSG 2116.\n\n",
        );
    };
    // A folder without entries of its own takes those of the folder above it into the share.
    let ntfs = disk::entries(world, session.device, &spot.path);
    let shares = &mut world.device_mut(session.device).roles.shares;
    shares.push(Share { name: name.to_owned(), folder: spot.path, permissions, ntfs });
    Output::ok(format!("{name} was shared successfully.\n\n"))
}

fn delete(world: &mut World, session: &Session, name: &str) -> Output {
    if !session.elevated {
        return system_error(SystemError::AccessDenied);
    }
    let shares = &mut world.device_mut(session.device).roles.shares;
    let before = shares.len();
    shares.retain(|share| !share.name.eq_ignore_ascii_case(name));
    if shares.len() == before { not_shared() } else { Output::ok(format!("{name} was deleted successfully.\n\n")) }
}
