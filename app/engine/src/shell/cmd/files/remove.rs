//! `del` and `rd`.

use std::fmt::Write;

use super::{SYNTAX, failed, matching, split};
use crate::shell::cmd::wildcard;
use crate::shell::windows::ask;
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::shell::{Output, Session};
use crate::world::World;

/// Everything in a folder is only deleted after a question, unless `/q` says so.
pub fn del(world: &mut World, session: &mut Session, arguments: &[String], answer: Option<bool>) -> Output {
    let (switches, paths) = split(arguments);
    if paths.is_empty() {
        return Output::failed(1, SYNTAX);
    }
    if let Some(switch) = switches.iter().find(|switch| !["/q", "/f", "/s", "/p"].contains(&switch.as_str())) {
        return Output::not_modelled(world, &format!("del {switch}"));
    }
    let has = |name: &str| switches.iter().any(|switch| switch == name);
    let (quiet, deep) = (has("/q"), has("/s"));
    if has("/p") {
        return one_by_one(world, session, &paths, deep, answer);
    }
    for path in paths {
        let spot = match disk::locate(world, session, path) {
            Ok(spot) => spot,
            Err(error) => return failed(error),
        };
        let everything = disk::is_folder(world, &spot) || matches!(spot.name(), "*" | "*.*");
        match answer {
            None if everything && !quiet => {
                let shown = if disk::is_folder(world, &spot) { format!("{}\\*", spot.shown) } else { spot.shown.clone() };
                let again = format!("del {}\"{path}\"", if deep { "/s " } else { "" });
                return ask(session, "", &format!("{shown}, Are you sure (Y/N)? "), &again);
            }
            Some(false) => return Output::default(),
            _ => {}
        }
        let found = match meant(world, session, path, deep) {
            Ok(found) if !found.is_empty() => found,
            Ok(_) | Err(DiskError::NotFound | DiskError::PathNotFound) => {
                return Output::failed(0, format!("Could Not Find {}\n", spot.shown));
            }
            Err(error) => return failed(error),
        };
        let output = delete(world, session, &found, deep);
        if output.exit != 0 || deep {
            return output;
        }
    }
    Output::default()
}

/// The files that a path means; with `/s` also those of the same name in the folders below.
fn meant(world: &mut World, session: &Session, path: &str, deep: bool) -> Result<Vec<Spot>, DiskError> {
    if !deep {
        return matching(world, session, path);
    }
    let spot = disk::locate(world, session, path)?;
    let (folder, pattern) = if disk::is_folder(world, &spot) {
        (spot, "*".to_owned())
    } else {
        (spot.parent().ok_or(DiskError::PathNotFound)?, spot.name().to_owned())
    };
    let below = super::copy::tree(world, &folder, true).into_iter().map(|(file, _)| file);
    Ok(below.filter(|file| wildcard::matches(&pattern, file.name())).collect())
}

/// `/s` names every file that goes.
fn delete(world: &mut World, session: &Session, found: &[Spot], named: bool) -> Output {
    let mut text = String::new();
    let mut exit = 0;
    for one in found {
        match disk::remove(world, session, one) {
            Ok(()) if named => _ = writeln!(text, "Deleted file - {}", one.shown),
            Ok(()) => {}
            Err(error) => {
                _ = writeln!(text, "{}\n{}", one.shown, error.text());
                exit = 1;
            }
        }
    }
    Output { text, exit, opens: None }
}

/// `/p`: a question for each file; the answer is about the first of those that are left.
fn one_by_one(world: &mut World, session: &mut Session, paths: &[&str], deep: bool, answer: Option<bool>) -> Output {
    let mut found = Vec::new();
    for path in paths {
        match meant(world, session, path, deep) {
            Ok(some) => found.extend(some),
            Err(error) => return failed(error),
        }
    }
    let mut left = found.as_slice();
    let mut output = Output::default();
    if let (Some(yes), Some((first, rest))) = (answer, found.split_first()) {
        if yes {
            output = delete(world, session, std::slice::from_ref(first), false);
        }
        left = rest;
    }
    let Some(next) = left.first() else { return output };
    let names = left.iter().map(|spot| format!(" \"{}\"", spot.shown)).collect::<Vec<_>>().concat();
    ask(session, &output.text, &format!("{}, Delete (Y/N)? ", next.shown), &format!("del /p{names}"))
}

pub fn rd(world: &mut World, session: &mut Session, arguments: &[String], answer: Option<bool>) -> Output {
    let (switches, paths) = split(arguments);
    let all = switches.iter().any(|switch| switch == "/s");
    let quiet = switches.iter().any(|switch| switch == "/q");
    let Some(path) = paths.first().filter(|path| !wildcard::is_pattern(path)) else { return Output::failed(1, SYNTAX) };
    if answer == Some(false) {
        return Output::default();
    }
    if all && !quiet && answer.is_none() {
        return ask(session, "", &format!("{path}, Are you sure (Y/N)? "), &format!("rd /s \"{path}\""));
    }
    match disk::locate(world, session, path).and_then(|spot| disk::remove_tree(world, session, &spot, all)) {
        Ok(()) => Output::default(),
        Err(error) => failed(error),
    }
}
