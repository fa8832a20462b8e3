//! `del` and `rd`.

use std::fmt::Write;

use super::{SYNTAX, failed, matching, split};
use crate::shell::cmd::wildcard;
use crate::shell::windows::ask;
use crate::shell::windows::disk::{self, DiskError};
use crate::shell::{Output, Session};
use crate::world::World;

/// Everything in a folder is only deleted after a question, unless `/q` says so.
pub fn del(world: &mut World, session: &mut Session, arguments: &[String], answer: Option<bool>) -> Output {
    let (switches, paths) = split(arguments);
    if paths.is_empty() {
        return Output::failed(1, SYNTAX);
    }
    if let Some(switch) = switches.iter().find(|switch| !["/q", "/f"].contains(&switch.as_str())) {
        return Output::not_modelled(world, &format!("del {switch}"));
    }
    let quiet = switches.iter().any(|switch| switch == "/q");
    for path in paths {
        let spot = match disk::locate(world, session, path) {
            Ok(spot) => spot,
            Err(error) => return failed(error),
        };
        let everything = disk::is_folder(world, &spot) || matches!(spot.name(), "*" | "*.*");
        match answer {
            None if everything && !quiet => {
                let shown = if disk::is_folder(world, &spot) { format!("{}\\*", spot.shown) } else { spot.shown.clone() };
                return ask(session, "", &format!("{shown}, Are you sure (Y/N)? "), &format!("del \"{path}\""));
            }
            Some(false) => return Output::default(),
            _ => {}
        }
        let found = match matching(world, session, path) {
            Ok(found) if !found.is_empty() => found,
            Ok(_) | Err(DiskError::NotFound | DiskError::PathNotFound) => {
                return Output::failed(0, format!("Could Not Find {}\n", spot.shown));
            }
            Err(error) => return failed(error),
        };
        let mut text = String::new();
        for one in found {
            if let Err(error) = disk::remove(world, session, &one) {
                let _ = writeln!(text, "{}\n{}", one.shown, error.text());
            }
        }
        if !text.is_empty() {
            return Output::failed(1, text);
        }
    }
    Output::default()
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
