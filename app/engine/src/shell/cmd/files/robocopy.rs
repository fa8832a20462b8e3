//! `robocopy`: a folder is brought to the state of another one, file by file, with a report.

use crate::sorted::{self, Set};
use std::fmt::Write;

use super::copy::{takes_time, tree};
use super::split;
use crate::shell::cmd::wildcard;
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::shell::windows::network::adapters::local_time;
use crate::shell::{Output, Session};
use crate::text::windows_long;
use crate::world::World;

/// Switches that change nothing here: the model has no attributes, threads or restarts.
const WITHOUT_EFFECT: &[&str] = &["/z", "/b", "/zb", "/copyall", "/np", "/ndl", "/dcopy:t", "/dcopy:da", "/copy:dat"];

#[derive(Default)]
struct Wish {
    deep: bool,
    purge: bool,
    only_list: bool,
    move_files: bool,
    no_names: bool,
    no_header: bool,
    no_summary: bool,
    /// The folders go too.
    move_folders: bool,
    /// Which names; none is all.
    names: Vec<String>,
    /// `/xf`: names that are left out.
    without_files: Vec<String>,
    /// `/xd`: names of folders that are left out.
    without_folders: Vec<String>,
    /// `/log:` and `/log+:`: the file for the report, and whether it is added to.
    log: Option<(String, bool)>,
    /// As the report repeats it.
    options: String,
}

/// What happened to the files.
#[derive(Default)]
struct Count {
    total: u64,
    copied: u64,
    skipped: u64,
    failed: u64,
    extras: u64,
    bytes: u64,
    bytes_copied: u64,
}

pub fn run(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let rule = "-".repeat(79);
    let now = |world: &World| windows_long(local_time(world, session.device, world.now).civil());
    let title = format!("\n{rule}\n   ROBOCOPY     ::     Robust File Copy for Windows\n{rule}\n\n");
    let (arguments, without_files, without_folders) = take_lists(arguments);
    let (switches, paths) = split(&arguments);
    let [from, to, names @ ..] = paths.as_slice() else {
        let usage = "       Simple Usage :: ROBOCOPY source destination /MIR\n\n             source :: Source Directory (drive:\\path or \\\\server\\share\\path).\n        destination :: Destination Dir  (drive:\\path or \\\\server\\share\\path).\n               /MIR :: Mirror a complete directory tree.\n\n    For more usage information run ROBOCOPY /?\n\n****  /MIR can DELETE files as well as copy them !\n";
        return Output::failed(16, format!("{title}  Started : {}\n{usage}", now(world)));
    };
    let wish = match read(&switches, names) {
        Ok(wish) => Wish { without_files, without_folders, log: arguments.iter().find_map(|word| log_file(word)), ..wish },
        Err(switch) => return Output::not_modelled(world, &format!("robocopy {switch}")),
    };
    let mut text = String::new();
    if !wish.no_header {
        let files = if wish.names.is_empty() { "*.*".to_owned() } else { wish.names.join(" ") };
        let _ = write!(
            text,
            "{title}  Started : {}\n   Source : {}\\\n     Dest : {}\\\n\n    Files : {files}\n\n  Options : {files} {}\n\n{rule}\n\n",
            now(world),
            disk::absolute(session, from).trim_end_matches('\\'),
            disk::absolute(session, to).trim_end_matches('\\'),
            wish.options
        );
    }
    let (source, target) = match ends(world, session, from, to) {
        Ok(ends) => ends,
        Err((number, what)) => {
            let folder = disk::absolute(session, from);
            let _ = write!(
                text,
                "{} ERROR {number} (0x{number:08X}) Accessing Source Directory {folder}\\\n{what}\n",
                stamp(world, session)
            );
            return Output::failed(16, text);
        }
    };
    let count = carry(world, session, &wish, (&source, &target), &mut text);
    if !wish.no_summary {
        text.push_str(&summary(&rule, &count, &now(world)));
    }
    // Added up: 1 copied, 2 extras, 8 failed; below 8 nothing went wrong.
    let exit = i32::from(count.copied > 0) + 2 * i32::from(count.extras > 0) + 8 * i32::from(count.failed > 0);
    match &wish.log {
        Some((path, append)) => into_log(world, session, path, &text, *append, exit),
        None => Output { text, exit, opens: None },
    }
}

fn log_file(argument: &str) -> Option<(String, bool)> {
    let (form, path) = argument.split_once(':')?;
    let append = form.eq_ignore_ascii_case("/log+");
    (append || form.eq_ignore_ascii_case("/log")).then(|| (path.to_owned(), append))
}

/// The report goes into a file; the screen shows where.
fn into_log(world: &mut World, session: &Session, path: &str, text: &str, append: bool, exit: i32) -> Output {
    match disk::locate(world, session, path).and_then(|spot| disk::write(world, session, &spot, text, append).map(|()| spot)) {
        Ok(spot) => Output { text: format!("\n Log File : {}\n", spot.shown), exit, opens: None },
        Err(error) => Output::failed(16, format!("\nERROR : Could not open log file {path}\n{}\n", error.text())),
    }
}

/// The names behind `/xf` and `/xd`, taken out of the arguments: they reach to the next switch.
fn take_lists(arguments: &[String]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let (mut rest, mut files, mut folders) = (Vec::new(), Vec::new(), Vec::new());
    let mut list = ' ';
    for argument in arguments {
        match argument.to_lowercase().as_str() {
            "/xf" => list = 'f',
            "/xd" => list = 'd',
            other if other.starts_with('/') => {
                list = ' ';
                rest.push(argument.clone());
            }
            _ if list == 'f' => files.push(argument.clone()),
            _ if list == 'd' => folders.push(argument.clone()),
            _ => rest.push(argument.clone()),
        }
    }
    (rest, files, folders)
}

fn stamp(world: &World, session: &Session) -> String {
    crate::text::iso(local_time(world, session.device, world.now).civil()).replace('-', "/")
}

fn read(switches: &[String], names: &[&str]) -> Result<Wish, String> {
    let mut wish = Wish { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Wish::default() };
    let (mut retries, mut pause) = ("1000000".to_owned(), "30".to_owned());
    let mut shown = String::new();
    for switch in switches {
        match switch.as_str() {
            "/s" => (wish.deep, shown) = (true, shown + "/S "),
            "/e" => (wish.deep, shown) = (true, shown + "/S /E "),
            "/purge" => (wish.purge, shown) = (true, shown + "/PURGE "),
            "/mir" => (wish.deep, wish.purge, shown) = (true, true, shown + "/S /E /PURGE /MIR "),
            "/l" => (wish.only_list, shown) = (true, shown + "/L "),
            "/mov" => (wish.move_files, shown) = (true, shown + "/MOV "),
            "/move" => (wish.move_files, wish.move_folders, shown) = (true, true, shown + "/MOVE "),
            "/nfl" => (wish.no_names, shown) = (true, shown + "/NFL "),
            "/njh" => wish.no_header = true,
            "/njs" => wish.no_summary = true,
            other if WITHOUT_EFFECT.contains(&other) || other.starts_with("/mt") => {}
            other => match other.split_once(':') {
                Some(("/r", number)) => number.clone_into(&mut retries),
                Some(("/w", number)) => number.clone_into(&mut pause),
                // [`log_file`] has the name as it was typed.
                Some(("/log" | "/log+", _)) => {}
                _ => return Err(other.to_owned()),
            },
        }
    }
    wish.options = format!("{shown}/DCOPY:DA /COPY:DAT /R:{retries} /W:{pause}");
    Ok(wish)
}

/// Both folders, or the system error's number and words.
fn ends(world: &mut World, session: &Session, from: &str, to: &str) -> Result<(Spot, Spot), (u16, &'static str)> {
    let failed = |error: DiskError| match error {
        DiskError::Denied => (5, error.text()),
        DiskError::DriveNotFound | DiskError::PathNotFound => (3, error.text()),
        DiskError::Network(network) => (network.number(), network.text()),
        _ => (2, DiskError::NotFound.text()),
    };
    let source = disk::locate(world, session, from).map_err(failed)?;
    let target = disk::locate(world, session, to).map_err(failed)?;
    if !disk::is_folder(world, &source) {
        return Err(failed(DiskError::NotFound));
    }
    if source.right(world, session) < crate::world::files::Right::Read {
        return Err(failed(DiskError::Denied));
    }
    Ok((source, target))
}

fn carry(world: &mut World, session: &Session, wish: &Wish, ends: (&Spot, &Spot), text: &mut String) -> Count {
    let (source, target) = ends;
    let mut count = Count::default();
    let wanted = |path: &str| {
        let (above, name) = path.rsplit_once('\\').unwrap_or(("", path));
        let among = |patterns: &[String], name: &str| patterns.iter().any(|pattern| wildcard::matches(pattern, name));
        (wish.names.is_empty() || among(&wish.names, name))
            && !among(&wish.without_files, name)
            && !above.split('\\').any(|folder| among(&wish.without_folders, folder))
    };
    let mut files = tree(world, source, wish.deep);
    files.retain(|(_, path)| wanted(path));
    sorted::by_key(&mut files, |(_, path)| path.to_lowercase());
    let _ = writeln!(text, "\t                   {}\t{}\\", files.len(), source.shown.trim_end_matches('\\'));
    let kept: Set<String> = files.iter().map(|(_, path)| path.to_lowercase()).collect();
    let mut extras = tree(world, target, wish.deep);
    extras.retain(|(_, path)| !kept.contains(&path.to_lowercase()) && wanted(path));
    for (extra, path) in extras {
        count.extras += 1;
        if !wish.no_names {
            let _ = writeln!(text, "\t  *EXTRA File \t\t{:>9}\t{path}", size(world, &extra));
        }
        if wish.purge && !wish.only_list && disk::remove(world, session, &extra).is_err() {
            count.failed += 1;
        }
    }
    for (file, path) in files {
        one(world, session, wish, (&file, &target.below(&path), path.as_str()), &mut count, text);
    }
    // `/move` takes the folders away once nothing is left in them.
    if wish.move_folders && !wish.only_list && tree(world, source, true).is_empty() {
        _ = disk::remove_tree(world, session, source, true);
    }
    count
}

fn size(world: &World, spot: &Spot) -> u64 {
    disk::entry(world, spot).map_or(0, |(_, file)| disk::size(file))
}

/// The same size and time is the same file.
fn same(world: &World, one: &Spot, other: &Spot) -> bool {
    let mark = |spot: &Spot| disk::entry(world, spot).map(|(_, file)| (disk::size(file), file.modified));
    mark(one).is_some() && mark(one) == mark(other)
}

fn one(world: &mut World, session: &Session, wish: &Wish, way: (&Spot, &Spot, &str), count: &mut Count, text: &mut String) {
    let (file, to, path) = way;
    let bytes = size(world, file);
    count.total += 1;
    count.bytes = count.bytes.saturating_add(bytes);
    if same(world, file, to) {
        count.skipped += 1;
        return;
    }
    if !wish.no_names {
        let kind = if disk::is_file(world, to) { "Newer     " } else { "New File  " };
        let _ = writeln!(text, "\t    {kind}\t\t{bytes:>9}\t{path}");
    }
    if wish.only_list {
        count.copied += 1;
        return;
    }
    let missing = to.parent().filter(|parent| !disk::is_folder(world, parent));
    let made = missing.map_or(Ok(()), |parent| disk::make_folder(world, session, &parent));
    takes_time(world, file);
    let moved = made
        .and_then(|()| disk::copy(world, session, file, to))
        .and_then(|()| if wish.move_files { disk::remove(world, session, file) } else { Ok(()) });
    match moved {
        Ok(()) => {
            count.copied += 1;
            count.bytes_copied = count.bytes_copied.saturating_add(bytes);
        }
        Err(error) => {
            count.failed += 1;
            let number = if error == DiskError::Denied { 5 } else { 2 };
            let at = stamp(world, session);
            let _ = writeln!(text, "{at} ERROR {number} (0x{number:08X}) Copying File {}\n{}\n", file.shown, error.text());
        }
    }
}

fn summary(rule: &str, count: &Count, ended: &str) -> String {
    let line = |label: &str, numbers: [u64; 6]| {
        let columns = numbers.iter().fold(label.to_owned(), |mut columns, number| {
            let _ = write!(columns, "{number:>10}");
            columns
        });
        columns + "\n"
    };
    let mut text = format!("\n{rule}\n\n               Total    Copied   Skipped  Mismatch    FAILED    Extras\n");
    text.push_str(&line("   Files :", [count.total, count.copied, count.skipped, 0, count.failed, count.extras]));
    let skipped = count.bytes.saturating_sub(count.bytes_copied);
    text.push_str(&line("   Bytes :", [count.bytes, count.bytes_copied, skipped, 0, 0, 0]));
    let _ = write!(text, "   Ended : {ended}\n\n");
    text
}

#[cfg(test)]
mod tests;
