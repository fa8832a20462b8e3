//! `ls`, `cd`, `pwd`, `stat`.

use std::fmt::Write;

use super::call::{Call, Done, has, human_bytes, options, stranger};
use super::{Command, command};
use crate::machine::linux_files::{self, ENTER, FileError, READ, path};
use crate::sorted;
use crate::text;
use crate::time::{MONTHS, Span, Time};
use crate::world::files::File;

pub const COMMANDS: &[Command] =
    &[command("ls", "", ls), command("cd", "", cd), command("pwd", "", pwd), command("stat", "", stat), command("dir", "", ls)];

/// Names of a pile that are shown one by one; the rest is said to be there.
const SHOWN: u64 = 2000;

fn ls(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, mut names) = options(args, "");
    let known =
        ["l", "a", "A", "h", "d", "R", "t", "S", "r", "1", "n", "i", "F", "U", "f", "--all", "--human-readable", "--directory"];
    if let Some(complaint) = stranger("ls", &given, &known) {
        return complaint;
    }
    if names.is_empty() {
        names.push(".".to_owned());
    }
    let mut done = Done::default();
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for name in &names {
        let at = call.path(name);
        match linux_files::open(call.linux(), &at, &call.actor(), 0) {
            Ok(file) if file.folder && !has(&given, &["d", "--directory"]) => folders.push((name.clone(), at)),
            Ok(file) => files.push(Row { shown: name.clone(), file: measured(call, &at, file), path: at }),
            Err(error) => done.complain(2, format!("ls: cannot access '{name}': {}\n", error.text())),
        }
    }
    let several = names.len() > 1 || has(&given, &["R"]);
    let mut blocks = Vec::new();
    if !files.is_empty() {
        sort(call, &mut files, &given);
        blocks.push(rows(call, &files, &given));
    }
    while let Some((name, at)) = (!folders.is_empty()).then(|| folders.remove(0)) {
        match listing(call, &name, &at, &given) {
            Ok((text, below)) => {
                blocks.push(if several { format!("{name}:\n{text}") } else { text });
                if has(&given, &["R"]) {
                    folders.splice(0..0, below);
                }
            }
            Err(error) => done.complain(2, format!("ls: cannot open directory '{name}': {}\n", error.text())),
        }
    }
    done.out = blocks.join("\n");
    done
}

struct Row {
    shown: String,
    path: String,
    file: File,
}

/// A generated file is as long as its text now.
fn measured(call: &Call<'_>, at: &str, file: File) -> File {
    match linux_files::generated::text(call.world, call.session.device, at) {
        Some(text) if !at.starts_with("/proc") => File { text, ..file },
        _ => file,
    }
}

type Listing = (String, Vec<(String, String)>);

fn listing(call: &Call<'_>, name: &str, at: &str, given: &[(String, String)]) -> Result<Listing, FileError> {
    let linux = call.linux();
    linux_files::open(linux, at, &call.actor(), READ)?;
    let all = has(given, &["a", "f", "--all"]);
    let mut found: Vec<Row> = linux_files::children(linux, at)
        .into_iter()
        .filter(|child| all || has(given, &["A"]) || !child.starts_with('.'))
        .filter_map(|child| {
            let path = path::join(at, &child);
            Some(Row { file: measured(call, &path, linux_files::entry(linux, &path)?), shown: child, path })
        })
        .collect();
    let pile = linux_files::many(linux, at).unwrap_or(0);
    found.extend((0..pile.min(SHOWN)).map(|number| pile_row(at, number)));
    sort(call, &mut found, given);
    if all {
        let above = path::parent(at);
        for (shown, path) in [("..", above.as_str()), (".", at)] {
            if let Some(file) = linux_files::entry(linux, path) {
                found.insert(0, Row { shown: shown.to_owned(), path: path.to_owned(), file });
            }
        }
    }
    let below = found.iter().filter(|row| row.file.folder && !matches!(row.shown.as_str(), "." | ".."));
    let below = below.map(|row| (path::join(name.trim_end_matches('/'), &row.shown), row.path.clone())).collect();
    let total: u64 = found.iter().map(|row| linux_files::kib(&row.file)).sum();
    let mut text = if has(given, &["l", "n"]) {
        let total = total + pile.saturating_sub(SHOWN) * 4;
        if has(given, &["h", "--human-readable"]) {
            format!("total {}\n", super::call::human(total))
        } else {
            format!("total {total}\n")
        }
    } else {
        String::new()
    };
    text.push_str(&rows(call, &found, given));
    if pile > SHOWN {
        let _ = writeln!(text, "[simulation] and {} more files like these", pile - SHOWN);
    }
    Ok((text, below))
}

/// A file of a pile: one block, named by its number.
fn pile_row(folder: &str, number: u64) -> Row {
    let shown = format!("sess_{number:08x}");
    let file = File { owner: "www-data".to_owned(), group: "www-data".to_owned(), mode: 0o600, size: 312, ..File::default() };
    Row { path: path::join(folder, &shown), shown, file }
}

fn sort(call: &Call<'_>, rows: &mut [Row], given: &[(String, String)]) {
    let _ = call;
    if has(given, &["t"]) {
        sorted::by_key(rows, |row| std::cmp::Reverse(row.file.modified));
    } else if has(given, &["S"]) {
        sorted::by_key(rows, |row| std::cmp::Reverse(linux_files::bytes(&row.file)));
    } else if !has(given, &["U", "f"]) {
        sorted::by(rows, |a, b| a.shown.cmp(&b.shown));
    }
    if has(given, &["r"]) {
        rows.reverse();
    }
}

fn rows(call: &Call<'_>, rows: &[Row], given: &[(String, String)]) -> String {
    if has(given, &["l", "n"]) {
        return long(call, rows, given);
    }
    let mark = |row: &Row| {
        let number = if has(given, &["i"]) { format!("{} ", super::processes::inode(&row.path)) } else { String::new() };
        let slash = if has(given, &["F"]) && row.file.folder { "/" } else { "" };
        format!("{number}{}{slash}", row.shown)
    };
    let names: Vec<String> = rows.iter().map(mark).collect();
    if call.piped || has(given, &["1"]) {
        return names.iter().fold(String::new(), |text, name| text + name + "\n");
    }
    columns(&names)
}

/// Down the columns of an 80-character screen, as `ls` does.
fn columns(names: &[String]) -> String {
    const SCREEN: usize = 80;
    if names.is_empty() {
        return String::new();
    }
    let lengths: Vec<usize> = names.iter().map(|name| name.chars().count()).collect();
    let mut lines = 1;
    let widths = loop {
        let widths: Vec<usize> =
            lengths.chunks(lines).map(|column| column.iter().max().map_or(0, |longest| longest + 2)).collect();
        if widths.iter().sum::<usize>() <= SCREEN + 2 || lines >= names.len() {
            break widths;
        }
        lines += 1;
    };
    let mut text = String::new();
    for line in 0..lines {
        let mut row = String::new();
        for (column, width) in widths.iter().enumerate() {
            if let Some(name) = names.get(column * lines + line) {
                let _ = write!(row, "{name:<width$}");
            }
        }
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}

/// `drwxr-xr-x`, with the set-id and sticky bits in their places.
pub fn mode_text(file: &File) -> String {
    let mut text = String::from(if file.folder { 'd' } else { '-' });
    for (shift, special, letter) in [(6, 0o4000, 's'), (3, 0o2000, 's'), (0, 0o1000, 't')] {
        let bits = file.mode >> shift;
        text.push(if bits & 4 == 0 { '-' } else { 'r' });
        text.push(if bits & 2 == 0 { '-' } else { 'w' });
        text.push(match (bits & 1 != 0, file.mode & special != 0) {
            (true, true) => letter,
            (false, true) => letter.to_ascii_uppercase(),
            (true, false) => 'x',
            (false, false) => '-',
        });
    }
    text
}

fn long(call: &Call<'_>, rows: &[Row], given: &[(String, String)]) -> String {
    let human = has(given, &["h", "--human-readable"]);
    let cells: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let linux = call.linux();
            let links = if row.file.folder {
                2 + linux_files::children(linux, &row.path)
                    .iter()
                    .filter(|child| linux_files::entry(linux, &path::join(&row.path, child)).is_some_and(|file| file.folder))
                    .count()
            } else {
                1
            };
            let size = linux_files::bytes(&row.file);
            let (owner, group) = owners(call, &row.file, has(given, &["n"]));
            [links.to_string(), owner, group, if human { human_bytes(size) } else { size.to_string() }]
        })
        .collect();
    let width = |at: usize| cells.iter().map(|cell| cell[at].len()).max().unwrap_or(0);
    let (links, owner, group, size) = (width(0), width(1), width(2), width(3));
    let mut text = String::new();
    for (row, cell) in rows.iter().zip(&cells) {
        let when = date(call, row.file.modified);
        let _ = writeln!(
            text,
            "{} {:>links$} {:<owner$} {:<group$} {:>size$} {when} {}",
            mode_text(&row.file),
            cell[0],
            cell[1],
            cell[2],
            cell[3],
            row.shown
        );
    }
    text
}

/// Names, or numbers where they are wanted or the account is gone.
fn owners(call: &Call<'_>, file: &File, numbers: bool) -> (String, String) {
    let accounts = &call.linux().accounts;
    if numbers {
        let owner = accounts.user(&file.owner).map_or(0, |user| user.uid);
        let group = accounts.groups.get(&file.group).map_or(0, |group| group.gid);
        return (owner.to_string(), group.to_string());
    }
    (file.owner.clone(), file.group.clone())
}

/// What was never written since the machine was set up counts from its start.
fn modified(call: &Call<'_>, at: Time) -> Time {
    if at == Time::default() { call.device().started } else { at }
}

/// `Nov 24 18:53`, or with the year when it is more than half a year away (ls(1)).
fn date(call: &Call<'_>, at: Time) -> String {
    let at = modified(call, at);
    let civil = call.local(at);
    let month = MONTHS[usize::from(civil.month.clamp(1, 12) - 1)].get(..3).unwrap_or_default();
    // 365.2425 / 2 days.
    let half_a_year = Span::seconds(15_778_476);
    if call.world.now - at > half_a_year {
        format!("{month} {:>2}  {}", civil.day, civil.year)
    } else {
        format!("{month} {:>2} {:02}:{:02}", civil.day, civil.hour, civil.minute)
    }
}

fn cd(call: &mut Call<'_>, args: &[String]) -> Done {
    if args.len() > 1 {
        return Done::failed(1, "bash: cd: too many arguments\n");
    }
    let home = call.home();
    let name = args.first().cloned().unwrap_or(home);
    if name == "-" {
        let old = call.session.bash.variables.iter().find(|(name, _)| name == "OLDPWD").map(|(_, value)| value.clone());
        let Some(old) = old else { return Done::failed(1, "bash: cd: OLDPWD not set\n") };
        let _ = cd(call, std::slice::from_ref(&old));
        return Done::ok(format!("{old}\n"));
    }
    let at = call.path(&name);
    match linux_files::open(call.linux(), &at, &call.actor(), ENTER) {
        Ok(file) if !file.folder => Done::failed(1, format!("bash: cd: {name}: Not a directory\n")),
        Ok(_) => {
            let old = std::mem::replace(&mut call.session.folder, at);
            super::execute::set_variable(call, "OLDPWD", &old);
            Done::default()
        }
        Err(FileError::Denied) if linux_files::entry(call.linux(), &at).is_some_and(|file| !file.folder) => {
            Done::failed(1, format!("bash: cd: {name}: Not a directory\n"))
        }
        Err(error) => Done::failed(1, format!("bash: cd: {name}: {}\n", error.text())),
    }
}

fn pwd(call: &mut Call<'_>, _args: &[String]) -> Done {
    Done::ok(format!("{}\n", call.session.folder))
}

fn stat(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "c");
    let format = super::call::value(&given, &["c", "--format"]).map(str::to_owned);
    if given.len() > 1 || (given.len() == 1 && format.is_none()) {
        return call.not_modelled("options of stat beside -c");
    }
    if names.is_empty() {
        return Done::failed(1, "stat: missing operand\nTry 'stat --help' for more information.\n");
    }
    let mut done = Done::default();
    for name in &names {
        let at = call.path(name);
        let file = match linux_files::open(call.linux(), &at, &call.actor(), 0) {
            Ok(file) => file,
            Err(error) => {
                done.complain(1, format!("stat: cannot statx '{name}': {}\n", error.text()));
                continue;
            }
        };
        let (uid, gid) = owners(call, &file, true);
        let (size, blocks) = (linux_files::bytes(&file), linux_files::kib(&file) * 2);
        let kind = if file.folder { "directory" } else { "regular file" };
        let when = text::iso(call.local(modified(call, file.modified)));
        if let Some(format) = &format {
            let cells = [
                ("%a", format!("{:o}", file.mode)),
                ("%A", mode_text(&file)),
                ("%U", file.owner.clone()),
                ("%G", file.group.clone()),
                ("%u", uid.clone()),
                ("%g", gid.clone()),
                ("%s", size.to_string()),
                ("%F", kind.to_owned()),
                ("%n", name.clone()),
            ];
            let line = cells.iter().fold(format.clone(), |line, (sign, cell)| line.replace(sign, cell));
            let _ = writeln!(done.out, "{line}");
            continue;
        }
        let _ = write!(
            done.out,
            "  File: {name}\n  Size: {size:<10}\tBlocks: {blocks:<10} IO Block: 4096   {kind}\nAccess: ({:04o}/{})  Uid: ({uid:>5}/{:>8})   Gid: ({gid:>5}/{:>8})\nModify: {when}\n",
            file.mode,
            mode_text(&file),
            file.owner,
            file.group
        );
    }
    done
}
