//! `tree`: the folders below one, drawn.

use std::fmt::Write;

use super::{failed, split};
use crate::shell::cmd::builtin::label_and_serial;
use crate::shell::windows::disk::{self, Spot};
use crate::shell::{Output, Session};
use crate::world::World;
use crate::world::files::Right;

/// The signs of the drawing: a branch, the last branch, a line that goes on, and nothing; `/a` has plain ones.
struct Signs([&'static str; 4]);

const DRAWN: Signs = Signs(["├───", "└───", "│   ", "    "]);
const PLAIN: Signs = Signs(["+---", "\\---", "|   ", "    "]);

pub fn run(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let (switches, paths) = split(arguments);
    if let Some(switch) = switches.iter().find(|switch| !["/f", "/a"].contains(&switch.as_str())) {
        return Output::failed(1, format!("Invalid switch - {switch}\n"));
    }
    let spot = match disk::locate(world, session, paths.first().copied().unwrap_or(".")) {
        Ok(spot) => spot,
        Err(error) => return failed(error),
    };
    if !disk::is_folder(world, &spot) {
        return Output::failed(1, format!("Invalid path - {}\nNo subfolders exist \n\n", spot.shown.to_uppercase()));
    }
    let letter = spot.shown.chars().next().unwrap_or('C');
    let (label, serial) = label_and_serial(world, session, letter).unwrap_or_default();
    let mut text = format!("Folder PATH listing for volume {label}\nVolume serial number is {serial}\n{}\n", spot.shown);
    let signs = if switches.iter().any(|switch| switch == "/a") { PLAIN } else { DRAWN };
    let files = switches.iter().any(|switch| switch == "/f");
    let before = text.len();
    draw(&mut text, world, session, &spot, "", files, &signs);
    if text.len() == before {
        text.push_str("No subfolders exist \n\n");
    }
    Output::ok(text)
}

fn draw(text: &mut String, world: &World, session: &Session, at: &Spot, line: &str, files: bool, signs: &Signs) {
    let Signs([branch, last, on, nothing]) = signs;
    if at.right(world, session) < Right::Read {
        return;
    }
    let inside = disk::list(world, at);
    let folders: Vec<_> = inside.iter().filter(|one| one.folder).collect();
    if files {
        let beside = if folders.is_empty() { nothing } else { on };
        for one in inside.iter().filter(|one| !one.folder) {
            let _ = writeln!(text, "{line}{beside}{}", one.name);
        }
        if inside.iter().any(|one| !one.folder) {
            let _ = writeln!(text, "{line}{}", beside.trim_end());
        }
    }
    for (place, one) in folders.iter().enumerate() {
        let end = place + 1 == folders.len();
        let _ = writeln!(text, "{line}{}{}", if end { last } else { branch }, one.name);
        let below = format!("{line}{}", if end { nothing } else { on });
        draw(text, world, session, &at.below(&one.name), &below, files, signs);
    }
}
