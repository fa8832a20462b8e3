//! `icacls`.

use std::fmt::Write;

use super::{below, entries, known, may_change, qualified, right};
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::World;
use crate::world::files::{AccessEntry, Right};

const USAGE: &str = "\nICACLS name /grant[:r] Sid:perm [...]\nICACLS name /deny Sid:perm [...]\nICACLS name /remove[:[g|d]] Sid [...]\nICACLS name /inheritance:e|d|r\nICACLS name /reset\nICACLS name /setowner user\n\n    /T  also on everything below the folder\n    /C  go on after an error\n    /Q  no success messages\n\n    perm is F (full access), M (modify access), RX (read and execute access)\n    or R (read-only access), with (OI)(CI) before it for folders.\n";

/// One change to a list of entries.
enum Change {
    Grant {
        replace: bool,
        who: String,
        right: Right,
    },
    Deny {
        who: String,
        right: Right,
    },
    Remove {
        who: String,
        granted: bool,
        denied: bool,
    },
    /// Forgets the path's own entries.
    Reset,
    /// What came from above goes.
    Protect,
    /// What came from above becomes the path's own.
    Keep,
    Owner(String),
}

enum Wrong {
    Parameter(String),
    NoSuchName(String),
    NotModelled(String),
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some((path, rest)) = arguments.split_first().filter(|(path, _)| !path.starts_with('/')) else {
        return Output::ok(USAGE);
    };
    let (changes, deep, quiet) = match read(world, session, rest) {
        Ok(read) => read,
        Err(Wrong::Parameter(given)) => return Output::failed(87, format!("Invalid parameter \"{given}\"\n")),
        Err(Wrong::NoSuchName(name)) => {
            let why = format!("{name}: No mapping between account names and security IDs was done.\n");
            return Output::failed(1332, why + &summary(0, 1));
        }
        Err(Wrong::NotModelled(option)) => return Output::not_modelled(world, &format!("icacls {option}")),
    };
    let located = disk::locate(world, session, path).and_then(|spot| {
        let there = disk::is_folder(world, &spot) || disk::is_file(world, &spot);
        if there { Ok(spot) } else { Err(DiskError::NotFound) }
    });
    let top = match located {
        Ok(spot) => spot,
        Err(error) => return Output::failed(2, format!("{path}: {}\n{}", error.text(), summary(0, 1))),
    };
    let all = if deep { below(world, &top) } else { vec![top.clone()] };
    let (mut text, mut done, mut failed) = (String::new(), 0, 0);
    for one in all {
        let shown = format!("{path}{}", one.shown.get(top.shown.len()..).unwrap_or_default());
        let reads = changes.is_empty() && right(world, session, &one) >= Right::Read;
        let allowed = reads || may_change(world, session, &one);
        if !allowed {
            failed += 1;
            let _ = writeln!(text, "{shown}: Access is denied.");
            continue;
        }
        done += 1;
        if changes.is_empty() {
            text.push_str(&listed(world, &one, &shown));
            continue;
        }
        apply(world, &one, &changes);
        if !quiet {
            let _ = writeln!(text, "processed file: {shown}");
        }
    }
    text.push_str(&summary(done, failed));
    Output { text, exit: if failed == 0 { 0 } else { 5 }, opens: None }
}

fn summary(done: u32, failed: u32) -> String {
    format!("Successfully processed {done} files; Failed processing {failed} files\n")
}

fn read(world: &World, session: &Session, words: &[String]) -> Result<(Vec<Change>, bool, bool), Wrong> {
    let (mut changes, mut deep, mut quiet) = (Vec::new(), false, false);
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let lower = word.to_lowercase();
        let mut names = Vec::new();
        if ["/grant", "/deny", "/remove", "/setowner"].iter().any(|known| lower.starts_with(known)) {
            while let Some(next) = words.next_if(|next| !next.starts_with('/')) {
                names.push(next.clone());
            }
            if names.is_empty() {
                return Err(Wrong::Parameter(word.clone()));
            }
        }
        match lower.as_str() {
            "/t" => deep = true,
            "/q" => quiet = true,
            "/c" | "/l" => {}
            "/reset" | "/inheritance:e" => changes.push(Change::Reset),
            "/inheritance:d" => changes.push(Change::Keep),
            "/inheritance:r" => changes.push(Change::Protect),
            "/grant" | "/grant:r" | "/deny" => {
                for name in &names {
                    changes.push(entry(world, session, &lower, name)?);
                }
            }
            "/remove" | "/remove:g" | "/remove:d" => {
                for name in &names {
                    let who = name_of(world, session, name)?;
                    changes.push(Change::Remove { who, granted: lower != "/remove:d", denied: lower != "/remove:g" });
                }
            }
            "/setowner" => changes.push(Change::Owner(name_of(world, session, &names.concat())?)),
            _ if ["/save", "/restore", "/substitute", "/findsid", "/verify", "/setintegritylevel"].contains(&lower.as_str()) => {
                return Err(Wrong::NotModelled(word.clone()));
            }
            _ => return Err(Wrong::Parameter(word.clone())),
        }
    }
    let protects = changes.iter().any(|change| matches!(change, Change::Protect));
    if protects && !changes.iter().any(|change| matches!(change, Change::Grant { .. })) {
        return Err(Wrong::NotModelled("/inheritance:r without /grant, after which nobody has access".to_owned()));
    }
    // What came from above goes last: what is granted in the same call stays.
    sorted::by_key(&mut changes, |change| matches!(change, Change::Protect));
    Ok((changes, deep, quiet))
}

fn name_of(world: &World, session: &Session, name: &str) -> Result<String, Wrong> {
    known(world, session.device, name).ok_or_else(|| Wrong::NoSuchName(name.to_owned()))
}

/// `CLINIC\ada:(OI)(CI)M`: who, and the right behind the marks of inheritance, which the model always has for folders.
fn entry(world: &World, session: &Session, option: &str, written: &str) -> Result<Change, Wrong> {
    let wrong = || Wrong::Parameter(written.to_owned());
    let (name, permission) = written.rsplit_once(':').ok_or_else(wrong)?;
    let mut permission = permission.to_uppercase();
    for mark in ["(OI)", "(CI)"] {
        permission = permission.replace(mark, "");
    }
    let deny = option == "/deny";
    let right = match (permission.trim_matches(['(', ')']), deny) {
        // Full and modify access both begin with reading: without it nothing is left.
        ("F" | "M", true) | ("RX" | "R", _) => Right::Read,
        ("W", true) | ("M", false) => Right::Modify,
        ("F", false) => Right::Full,
        ("W" | "D" | "N" | "GA" | "GR" | "GW" | "GE", _) => {
            return Err(Wrong::NotModelled(format!("{option} with the right {permission}")));
        }
        _ => return Err(wrong()),
    };
    let who = name_of(world, session, name)?;
    Ok(if deny { Change::Deny { who, right } } else { Change::Grant { replace: option == "/grant:r", who, right } })
}

fn above(world: &World, spot: &Spot) -> Vec<AccessEntry> {
    spot.parent().map(|parent| entries(world, &parent)).unwrap_or_default()
}

fn apply(world: &mut World, spot: &Spot, changes: &[Change]) {
    let shared = world.device(spot.device).roles.shares.iter().any(|share| share.folder.eq_ignore_ascii_case(&spot.path));
    let granted: Vec<&String> =
        changes.iter().filter_map(|change| if let Change::Grant { who, .. } = change { Some(who) } else { None }).collect();
    for change in changes {
        let mut list = entries(world, spot);
        match change {
            Change::Owner(name) => {
                disk::set_access(world, spot, None, Some(name));
                continue;
            }
            // The entries of a shared folder are kept with the share, where none would mean nobody.
            Change::Reset if shared => list = above(world, spot),
            Change::Reset => list.clear(),
            Change::Keep => {}
            Change::Protect => {
                let above = above(world, spot);
                list.retain(|entry| !above.contains(entry) || granted.iter().any(|who| who.eq_ignore_ascii_case(&entry.who)));
            }
            Change::Grant { replace, who, right } => {
                let same = |entry: &AccessEntry| entry.allow && entry.who.eq_ignore_ascii_case(who);
                // Without `:r` a weaker right adds nothing to a stronger one.
                let before = list.iter().filter(|entry| same(entry)).map(|entry| entry.right).max();
                let right = if *replace { *right } else { before.map_or(*right, |before| before.max(*right)) };
                list.retain(|entry| !same(entry));
                list.insert(0, AccessEntry { who: who.clone(), right, allow: true });
            }
            Change::Deny { who, right } => {
                // What is denied goes out of the grants; without reading nothing stays.
                list.retain(|entry| !entry.who.eq_ignore_ascii_case(who) || (entry.allow && *right > Right::Read));
                for entry in list.iter_mut().filter(|entry| entry.who.eq_ignore_ascii_case(who)) {
                    entry.right = entry.right.min(Right::Read);
                }
                list.insert(0, AccessEntry { who: who.clone(), right: *right, allow: false });
            }
            Change::Remove { who, granted, denied } => {
                list.retain(|entry| !entry.who.eq_ignore_ascii_case(who) || !(if entry.allow { *granted } else { *denied }));
            }
        }
        disk::set_access(world, spot, Some(list), None);
    }
}

/// The path, and behind it one entry a line.
fn listed(world: &World, spot: &Spot, shown: &str) -> String {
    let folder = disk::is_folder(world, spot);
    let above = above(world, spot);
    let mut text = shown.to_owned();
    let width = shown.chars().count();
    for (number, entry) in entries(world, spot).iter().enumerate() {
        let inherited = if above.contains(entry) { "(I)" } else { "" };
        let marks = if folder { "(OI)(CI)" } else { "" };
        let right = match (entry.right, entry.allow) {
            (Right::Full, true) => "(F)",
            (Right::Modify, true) => "(M)",
            (Right::Read, true) => "(RX)",
            (Right::None, _) | (Right::Read, false) => "(N)",
            (Right::Modify | Right::Full, false) => "(DENY)(W)",
        };
        let gap = if number == 0 { 1 } else { width + 1 };
        let _ = writeln!(text, "{:gap$}{}:{inherited}{marks}{right}", "", qualified(world, spot.device, &entry.who));
    }
    text.push('\n');
    text
}
