//! `dir`.

use std::fmt::Write;

use super::super::builtin::{twelve, volume_lines};
use super::{failed, split};
use crate::shell::cmd::wildcard;
use crate::shell::windows::disk::{self, Listed, Spot};
use crate::shell::windows::network::adapters::local_time;
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::World;
use crate::world::files::Right;

struct Wish {
    bare: bool,
    deep: bool,
    lower: bool,
    /// `/-c`: sizes without commas.
    plain_numbers: bool,
    only: Option<bool>,
    order: Vec<Key>,
}

/// A letter of `/o`, and whether `-` turns it around.
#[derive(Clone, Copy)]
struct Key {
    by: char,
    reverse: bool,
}

/// `n-s` of `/on-s`: name, size, extension, date, folders first.
fn order(text: &str) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let mut reverse = false;
    for letter in text.trim_start_matches(':').chars() {
        match letter {
            '-' => reverse = true,
            'n' | 's' | 'e' | 'd' | 'g' => {
                keys.push(Key { by: letter, reverse });
                reverse = false;
            }
            _ => return None,
        }
    }
    // Folders first and by name, as `/o` alone.
    if keys.is_empty() {
        keys = ['g', 'n'].map(|by| Key { by, reverse: false }).to_vec();
    }
    Some(keys)
}

/// What a name is sorted by under one letter: a number, then a text.
fn rank(key: Key, one: &Listed) -> (u64, String) {
    let name = one.name.to_lowercase();
    match key.by {
        's' => (one.size, String::new()),
        'd' => (one.modified.0, String::new()),
        'e' => (0, name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_owned())),
        'g' => (u64::from(!one.folder), String::new()),
        _ => (0, name),
    }
}

/// The least important letter is sorted by first, so that the order under the first one stands.
fn sort(shown: &mut [&Listed], keys: &[Key]) {
    for key in keys.iter().rev() {
        if key.reverse {
            shown.reverse();
        }
        sorted::by_key(shown, |one| rank(*key, one));
        if key.reverse {
            shown.reverse();
        }
    }
}

impl Wish {
    fn number(&self, number: u64) -> String {
        if self.plain_numbers { number.to_string() } else { grouped(number) }
    }
}

pub fn run(world: &mut World, session: &Session, arguments: &[String]) -> Output {
    let (switches, others) = split(arguments);
    let mut wish = Wish { bare: false, deep: false, lower: false, plain_numbers: false, only: None, order: Vec::new() };
    for switch in &switches {
        if let Some(keys) = switch.strip_prefix("/o").and_then(order) {
            wish.order = keys;
            continue;
        }
        match switch.as_str() {
            "/b" => wish.bare = true,
            "/s" => wish.deep = true,
            "/l" => wish.lower = true,
            "/-c" => wish.plain_numbers = true,
            // Hidden and system files are not told apart in the model; the other letters ask for what is shown anyway.
            "/a" | "/p" | "/n" | "/a:h" | "/ah" | "/c" | "/4" | "/tw" | "/t:w" => {}
            "/ad" | "/a:d" => wish.only = Some(true),
            "/a-d" | "/a:-d" => wish.only = Some(false),
            _ if ["/w", "/q", "/t", "/x", "/r", "/d", "/o", "/a"].iter().any(|known| switch.starts_with(known)) => {
                return Output::not_modelled(world, &format!("dir {switch}"));
            }
            _ => return Output::failed(1, format!("Parameter format not correct - \"{}\".\n", switch.trim_start_matches('/'))),
        }
    }
    let path = others.first().copied().unwrap_or(".");
    let spot = match disk::locate(world, session, path) {
        Ok(spot) => spot,
        Err(error) => return failed(error),
    };
    let (folder, pattern) = if disk::is_folder(world, &spot) {
        (spot, "*".to_owned())
    } else {
        match spot.parent() {
            Some(parent) => {
                let pattern = spot.name().to_owned();
                (parent, pattern)
            }
            None => return Output::failed(1, "File Not Found\n"),
        }
    };
    if !disk::is_folder(world, &folder) {
        return Output::failed(1, "The system cannot find the path specified.\n");
    }
    if folder.right(world, session) < Right::Read {
        let head = if wish.bare { String::new() } else { head(world, session, &folder) };
        return Output::failed(1, format!("{head}File Not Found\n"));
    }
    listing(world, session, &folder, &pattern, &wish)
}

fn head(world: &World, session: &Session, folder: &Spot) -> String {
    let letter = folder.shown.chars().next().unwrap_or('C');
    let volume = volume_lines(world, session, letter).unwrap_or_default();
    format!("{volume}\n")
}

fn listing(world: &World, session: &Session, folder: &Spot, pattern: &str, wish: &Wish) -> Output {
    let mut text = String::new();
    if !wish.bare {
        text.push_str(&head(world, session, folder));
    }
    let (mut files, mut folders, mut bytes) = (0u64, 0u64, 0u64);
    let mut open = vec![folder.clone()];
    while let Some(at) = open.pop() {
        let inside = disk::list(world, &at);
        if wish.deep {
            let below = inside.iter().rev().filter(|one| one.folder).map(|one| at.below(&one.name));
            open.extend(below.filter(|spot| spot.right(world, session) >= Right::Read));
        }
        let mut shown: Vec<&Listed> = inside
            .iter()
            .filter(|one| wildcard::matches(pattern, &one.name) && wish.only.is_none_or(|folder| folder == one.folder))
            .collect();
        if shown.is_empty() && (wish.deep || pattern != "*") {
            continue;
        }
        sort(&mut shown, &wish.order);
        if wish.bare {
            for one in shown {
                let name = if wish.deep { at.below(&one.name).shown } else { one.name.clone() };
                let _ = writeln!(text, "{}", if wish.lower { name.to_lowercase() } else { name });
                files += 1;
            }
            continue;
        }
        if files + folders > 0 {
            text.push('\n');
        }
        let counted = block(&mut text, world, session, &at, pattern, &shown, wish);
        files += counted.0;
        folders += counted.1;
        bytes = bytes.saturating_add(counted.2);
    }
    if files + folders == 0 && (wish.deep || pattern != "*") {
        if !wish.bare {
            let _ = writeln!(text, " Directory of {}\n", folder.shown);
        }
        text.push_str("File Not Found\n");
        return Output::failed(1, text);
    }
    if !wish.bare {
        if wish.deep {
            let _ = writeln!(text, "\n     Total Files Listed:\n{:>16} File(s) {:>14} bytes", files, wish.number(bytes));
        }
        let _ = writeln!(text, "{folders:>16} Dir(s) {:>15} bytes free", wish.number(disk::free(world, folder)));
    }
    Output::ok(text)
}

/// One folder: its heading, its lines, its count of files, folders and bytes.
fn block(
    text: &mut String,
    world: &World,
    session: &Session,
    at: &Spot,
    pattern: &str,
    shown: &[&Listed],
    wish: &Wish,
) -> (u64, u64, u64) {
    let _ = writeln!(text, " Directory of {}\n", at.shown);
    let (mut files, mut folders, mut bytes) = (0u64, 0u64, 0u64);
    let line = |text: &mut String, one: &Listed| {
        let date = local_time(world, session.device, one.modified).civil();
        let (hour, half) = twelve(date.hour);
        let size = if one.folder { "<DIR>         ".to_owned() } else { wish.number(one.size) };
        let name = if wish.lower { one.name.to_lowercase() } else { one.name.clone() };
        let (month, day, year, minute) = (date.month, date.day, date.year, date.minute);
        let _ = writeln!(text, "{month:02}/{day:02}/{year}  {hour:02}:{minute:02} {half} {size:>17} {name}");
    };
    if pattern == "*" && at.parent().is_some() {
        for name in [".", ".."] {
            let modified = disk::entry(world, at).map_or(world.device(at.device).started, |(_, file)| file.modified);
            line(text, &Listed { name: name.to_owned(), folder: true, size: 0, modified });
            folders += 1;
        }
    }
    for one in shown {
        line(text, one);
        if one.folder {
            folders += 1;
        } else {
            files += 1;
            bytes = bytes.saturating_add(one.size);
        }
    }
    let _ = writeln!(text, "{files:>16} File(s) {:>14} bytes", wish.number(bytes));
    (files, folders, bytes)
}

/// `1234567` is `1,234,567`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
