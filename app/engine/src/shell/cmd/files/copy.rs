//! `copy`, `move`, `ren`.

use std::fmt::Write;

use super::{SYNTAX, failed, matching, split};
use crate::shell::cmd::wildcard;
use crate::shell::windows::ask;
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::World;

/// Sources and where each goes: into a folder under its own name, or to the one path that was given.
fn pairs(world: &mut World, session: &Session, from: &str, to: &str) -> Result<Vec<(Spot, Spot)>, DiskError> {
    let sources = matching(world, session, from)?;
    let target = disk::locate(world, session, to)?;
    let folder = disk::is_folder(world, &target);
    Ok(sources
        .into_iter()
        .map(|source| if folder { (source.clone(), target.below(source.name())) } else { (source, target.clone()) })
        .collect())
}

/// Bytes take time: about 50 MB a second.
pub fn takes_time(world: &mut World, spot: &Spot) {
    let bytes = disk::entry(world, spot).map_or(0, |(_, file)| disk::size(file));
    world.wait(Span::millis(bytes / 50_000));
}

pub fn copy(world: &mut World, session: &mut Session, arguments: &[String], answer: Option<bool>) -> Output {
    let (switches, paths) = split(arguments);
    let (from, to) = match paths.as_slice() {
        [from] => (*from, "."),
        [from, to] => (*from, *to),
        _ => return Output::failed(1, SYNTAX),
    };
    if from.contains('+') {
        return join(world, session, from, to);
    }
    let pairs = match pairs(world, session, from, to) {
        Ok(pairs) if pairs.is_empty() => {
            return Output::failed(1, format!("{}\n        0 file(s) copied.\n", DiskError::NotFound.text()));
        }
        Ok(pairs) => pairs,
        Err(error) => return failed(error),
    };
    let sure = switches.iter().any(|switch| switch == "/y") || answer == Some(true);
    if answer == Some(false) {
        return Output::failed(1, "        0 file(s) copied.\n");
    }
    if let Some((_, there)) = pairs.iter().find(|(_, to)| !sure && disk::is_file(world, to)) {
        let asked = format!("Overwrite {}? (Yes/No/All): ", there.shown);
        return ask(session, "", &asked, &format!("copy \"{from}\" \"{to}\""));
    }
    let many = pairs.len() > 1 || wildcard::is_pattern(from);
    let (mut text, mut count) = (String::new(), 0);
    for (source, target) in pairs {
        if many {
            let _ = writeln!(text, "{}", source.shown);
        }
        if source.path.eq_ignore_ascii_case(&target.path) && source.device == target.device {
            text.push_str("The file cannot be copied onto itself.\n");
            continue;
        }
        takes_time(world, &source);
        match disk::copy(world, session, &source, &target) {
            Ok(()) => count += 1,
            Err(error) => {
                let _ = writeln!(text, "{}", error.text());
            }
        }
    }
    let _ = writeln!(text, "{count:>9} file(s) copied.");
    Output { text, exit: i32::from(count == 0), opens: None }
}

/// `copy a+b c`: the texts one after the other; without a target, at the end of the first.
fn join(world: &mut World, session: &Session, from: &str, to: &str) -> Output {
    let names: Vec<&str> = from.split('+').collect();
    let to = if to == "." { names.first().copied().unwrap_or_default() } else { to };
    let (mut shown, mut text) = (String::new(), String::new());
    for name in names {
        // A file that is missing is left out, as `cmd` does.
        if let Ok(found) = disk::locate(world, session, name).and_then(|spot| disk::read(world, session, &spot)) {
            let _ = writeln!(shown, "{name}");
            text.push_str(&found);
        }
    }
    if shown.is_empty() {
        return Output::failed(1, format!("{}\n        0 file(s) copied.\n", DiskError::NotFound.text()));
    }
    match disk::locate(world, session, to).and_then(|spot| disk::write(world, session, &spot, &text, false)) {
        Ok(()) => Output::ok(format!("{shown}        1 file(s) copied.\n")),
        Err(error) => failed(error),
    }
}

pub fn rename_to(world: &mut World, session: &mut Session, arguments: &[String], answer: Option<bool>) -> Output {
    let (switches, paths) = split(arguments);
    let [from, to] = paths.as_slice() else { return Output::failed(1, SYNTAX) };
    let source = match disk::locate(world, session, from) {
        Ok(source) => source,
        Err(error) => return failed(error),
    };
    let folder = disk::is_folder(world, &source);
    let pairs = if folder {
        match disk::locate(world, session, to) {
            Ok(target) if disk::is_folder(world, &target) => vec![(source.clone(), target.below(source.name()))],
            Ok(target) => vec![(source.clone(), target)],
            Err(error) => return failed(error),
        }
    } else {
        match pairs(world, session, from, to) {
            Ok(pairs) => pairs,
            Err(error) => return failed(error),
        }
    };
    let sure = switches.iter().any(|switch| switch == "/y") || answer == Some(true);
    if answer == Some(false) {
        return Output::failed(1, "        0 file(s) moved.\n");
    }
    if let Some((_, there)) = pairs.iter().find(|(_, to)| !sure && disk::is_file(world, to)) {
        let asked = format!("Overwrite {}? (Yes/No/All): ", there.shown);
        return ask(session, "", &asked, &format!("move \"{from}\" \"{to}\""));
    }
    let mut count = 0;
    for (source, target) in pairs {
        if disk::is_file(world, &target)
            && let Err(error) = disk::remove(world, session, &target)
        {
            return failed(error);
        }
        takes_time(world, &source);
        if let Err(error) = disk::rename(world, session, &source, &target) {
            return Output::failed(1, format!("{}\n{count:>9} file(s) moved.\n", error.text()));
        }
        count += 1;
    }
    let what = if folder { "dir" } else { "file" };
    Output::ok(format!("{count:>9} {what}(s) moved.\n"))
}

/// The new name has no folder.
pub fn ren(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let [from, to] = arguments else { return Output::failed(1, SYNTAX) };
    if to.contains(['\\', ':', '/']) {
        return Output::failed(1, SYNTAX);
    }
    let sources = if wildcard::is_pattern(from) {
        matching(world, session, from)
    } else {
        disk::locate(world, session, from).map(|source| vec![source])
    };
    let sources = match sources {
        Ok(sources) if sources.is_empty() => return failed(DiskError::NotFound),
        Ok(sources) => sources,
        Err(error) => return failed(error),
    };
    for source in sources {
        let name = wildcard::renamed(to, source.name());
        let Some(target) = source.parent().map(|parent| parent.below(&name)) else { return Output::failed(1, SYNTAX) };
        if let Err(error) = disk::rename(world, session, &source, &target) {
            return failed(error);
        }
    }
    Output::default()
}

/// Every file below a folder, with the path from that folder.
pub fn tree(world: &World, folder: &Spot, deep: bool) -> Vec<(Spot, String)> {
    let mut found = Vec::new();
    let mut open = vec![(folder.clone(), String::new())];
    while let Some((at, below)) = open.pop() {
        for one in disk::list(world, &at) {
            let path = if below.is_empty() { one.name.clone() } else { format!("{below}\\{}", one.name) };
            if !one.folder {
                found.push((at.below(&one.name), path));
            } else if deep {
                open.push((at.below(&one.name), path));
            }
        }
    }
    found
}
