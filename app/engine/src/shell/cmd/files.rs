//! Commands for folders and files, as `cmd` has them built in, and `xcopy`, `robocopy`, `tree`, `where`.

mod copy;
mod dir;
mod remove;
mod robocopy;
#[cfg(test)]
mod tests;
mod tree;
mod xcopy;

use std::fmt::Write;

use super::wildcard;
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::shell::{Output, Session};
use crate::world::World;

const SYNTAX: &str = "The syntax of the command is incorrect.\n";

/// `None`: there is no such command.
pub fn run(world: &mut World, session: &mut Session, name: &str, arguments: &[String]) -> Option<Output> {
    let lower = name.to_lowercase();
    // `D:` alone changes the drive.
    if let Some(letter) = lower.strip_suffix(':').filter(|letter| letter.len() == 1) {
        return Some(change_folder(world, session, &format!("{letter}:\\"), true));
    }
    let (arguments, answer) = match crate::shell::windows::answered(arguments) {
        Some((answer, rest)) => (rest, Some(answer.to_owned())),
        None => (arguments, None),
    };
    let yes = answer.as_deref().map(|answer| answer.to_lowercase().starts_with(['y', 'a']));
    Some(match lower.as_str() {
        "cd" | "chdir" => cd(world, session, arguments),
        "pushd" => pushd(world, session, arguments),
        "popd" => session.windows.folders.pop().map_or_else(Output::default, |path| change_folder(world, session, &path, true)),
        "dir" => dir::run(world, session, arguments),
        "type" => type_out(world, session, arguments),
        "copy" => copy::copy(world, session, arguments, yes),
        "move" => copy::rename_to(world, session, arguments, yes),
        "ren" | "rename" => copy::ren(world, session, arguments),
        "del" | "erase" => remove::del(world, session, arguments, yes),
        "md" | "mkdir" => md(world, session, arguments),
        "rd" | "rmdir" => remove::rd(world, session, arguments, yes),
        _ => return None,
    })
}

/// Programs for files, from the system's folder.
pub fn program(world: &mut World, session: &mut Session, name: &str, arguments: &[String]) -> Option<Output> {
    match name {
        "xcopy" => Some(xcopy::run(world, session, arguments)),
        "robocopy" => Some(robocopy::run(world, session, arguments)),
        "tree" => Some(tree::run(world, session, arguments)),
        "where" => Some(find_program(world, session, arguments)),
        _ => None,
    }
}

fn failed(error: DiskError) -> Output {
    Output::failed(1, format!("{}\n", error.text()))
}

/// Switches in lower case, and the rest.
fn split(arguments: &[String]) -> (Vec<String>, Vec<&str>) {
    let mut switches = Vec::new();
    let mut others = Vec::new();
    for argument in arguments {
        if argument.starts_with('/') && argument.len() > 1 {
            // `/s/q` is two switches.
            switches.extend(argument.to_lowercase().split('/').filter(|part| !part.is_empty()).map(|part| format!("/{part}")));
        } else {
            others.push(argument.as_str());
        }
    }
    (switches, others)
}

fn cd(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (switches, others) = split(arguments);
    if others.is_empty() {
        return Output::ok(format!("{}\n", session.folder));
    }
    // Names with blanks need no quotes here.
    change_folder(world, session, &others.join(" "), switches.iter().any(|switch| switch == "/d"))
}

/// The prompt follows to another drive only where `/d` was given; `cmd` keeps a folder for each drive, the model one.
fn change_folder(world: &mut World, session: &mut Session, path: &str, any_drive: bool) -> Output {
    let spot = match disk::locate(world, session, path) {
        Ok(spot) => spot,
        Err(error) => return failed(error),
    };
    if spot.shown.starts_with("\\\\") {
        return Output::failed(1, format!("'{path}'\nCMD does not support UNC paths as current directories.\n"));
    }
    if !disk::is_folder(world, &spot) {
        let what = if disk::is_file(world, &spot) {
            "The directory name is invalid.\n"
        } else {
            "The system cannot find the path specified.\n"
        };
        return Output::failed(1, what);
    }
    if spot.right(world, session) == crate::world::files::Right::None {
        return failed(DiskError::Denied);
    }
    let same =
        spot.shown.get(..2).is_some_and(|drive| session.folder.get(..2).is_some_and(|own| own.eq_ignore_ascii_case(drive)));
    if same || any_drive {
        session.folder = spelled(world, &spot);
    }
    Output::default()
}

/// The folder's name as it is stored, not as it was typed.
fn spelled(world: &World, spot: &Spot) -> String {
    let Some(parent) = spot.parent() else { return spot.shown.clone() };
    let above = spelled(world, &parent);
    let name = disk::list(world, &parent).into_iter().find(|one| one.name.eq_ignore_ascii_case(spot.name()));
    let name = name.map_or_else(|| spot.name().to_owned(), |one| one.name);
    // On a share the path on the server is another one: its last part is the same only below the share.
    if spot.shown.rsplit('\\').next().is_some_and(|shown| shown.eq_ignore_ascii_case(&name)) {
        format!("{}\\{name}", above.trim_end_matches('\\'))
    } else {
        spot.shown.clone()
    }
}

/// Without a path, the folders that wait for `popd`.
fn pushd(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let Some(path) = arguments.first() else {
        return Output::ok(session.windows.folders.iter().rev().fold(String::new(), |text, folder| text + folder + "\n"));
    };
    let before = session.folder.clone();
    let output = change_folder(world, session, path, true);
    if output.exit == 0 {
        session.windows.folders.push(before);
    }
    output
}

/// `where`: the programs of that name, in the current folder and in the system's.
fn find_program(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let mut text = String::new();
    for name in arguments {
        if let Ok(found) = matching(world, session, name) {
            for spot in found {
                let _ = writeln!(text, "{}", spot.shown);
            }
        }
        if let Some(program) = crate::shell::windows::program(name) {
            let _ = writeln!(text, "{}\\{}.exe", crate::shell::windows::SYSTEM_FOLDER, program.name);
        }
    }
    if text.is_empty() {
        return Output::failed(1, "INFO: Could not find files for the given pattern(s).\n");
    }
    Output::ok(text)
}

fn type_out(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    if arguments.is_empty() {
        return Output::failed(1, SYNTAX);
    }
    let mut text = String::new();
    let mut exit = 0;
    for path in arguments {
        match disk::locate(world, session, path).and_then(|spot| disk::read(world, session, &spot)) {
            Ok(found) => {
                if arguments.len() > 1 {
                    let _ = writeln!(text, "\n{path}\n\n");
                }
                text.push_str(&found);
                if !found.ends_with('\n') && !found.is_empty() {
                    text.push('\n');
                }
            }
            Err(error) => {
                exit = 1;
                let _ = writeln!(text, "{}", error.text());
            }
        }
    }
    Output { text, exit, opens: None }
}

fn md(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    if arguments.is_empty() {
        return Output::failed(1, SYNTAX);
    }
    for path in arguments {
        match disk::locate(world, session, path).and_then(|spot| disk::make_folder(world, session, &spot)) {
            Ok(()) => {}
            Err(DiskError::Exists) => return Output::failed(1, format!("A subdirectory or file {path} already exists.\n")),
            Err(error) => return failed(error),
        }
    }
    Output::default()
}

/// The files that a path with `*` or `?` in its last part means, or the one file.
fn matching(world: &mut World, session: &Session, path: &str) -> Result<Vec<Spot>, DiskError> {
    let spot = disk::locate(world, session, path)?;
    if disk::is_folder(world, &spot) {
        let inside = disk::list(world, &spot).into_iter().filter(|one| !one.folder);
        return Ok(inside.map(|one| spot.below(&one.name)).collect());
    }
    let pattern = spot.name().to_owned();
    if !wildcard::is_pattern(&pattern) {
        return if disk::is_file(world, &spot) { Ok(vec![spot]) } else { Err(DiskError::NotFound) };
    }
    let parent = spot.parent().ok_or(DiskError::PathNotFound)?;
    let inside = disk::list(world, &parent).into_iter().filter(|one| !one.folder && wildcard::matches(&pattern, &one.name));
    Ok(inside.map(|one| parent.below(&one.name)).collect())
}
