//! `xcopy`: files and folders with what is below them. It asks whether a new target is a file or a folder, and before it overwrites.

use std::fmt::Write;

use super::copy::{takes_time, tree};
use super::{failed, matching, split};
use crate::shell::cmd::wildcard;
use crate::shell::windows::ask;
use crate::shell::windows::disk::{self, DiskError, Spot};
use crate::shell::{Output, Session};
use crate::world::World;

/// `/h`, `/c`, `/k`, `/r` and `/v` change nothing here: the model has no attributes, and goes on after an error anyway.
const KNOWN: &[&str] = &["/s", "/e", "/i", "/y", "/-y", "/h", "/c", "/q", "/k", "/r", "/v", "/f", "/l", "/d", "/t"];

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let (answers, words): (Vec<String>, Vec<String>) = arguments.iter().cloned().partition(|word| word.starts_with('<'));
    let (switches, paths) = split(&words);
    if let Some(switch) = switches.iter().find(|switch| !KNOWN.contains(&switch.as_str())) {
        return Output::not_modelled(world, &format!("xcopy {switch}"));
    }
    let has = |name: &str| switches.iter().any(|switch| switch == name);
    let Some(from) = paths.first() else { return Output::failed(4, "Invalid number of parameters\n0 File(s) copied\n") };
    let to = paths.get(1).copied().unwrap_or(".");
    let source = match disk::locate(world, session, from) {
        Ok(source) => source,
        Err(error) => return failed(error),
    };
    let folder = disk::is_folder(world, &source);
    let files = if folder {
        tree(world, &source, has("/s") || has("/e"))
    } else {
        let found = matching(world, session, from).unwrap_or_default();
        found.into_iter().map(|spot| (spot.clone(), spot.name().to_owned())).collect()
    };
    if files.is_empty() {
        return Output::failed(4, format!("File not found - {}\n0 File(s) copied\n", source.name()));
    }
    let target = match disk::locate(world, session, to) {
        Ok(target) => target,
        Err(error) => return failed(error),
    };
    let mut questions = Questions { line: again(&words), answers, at: 0 };
    let one_file = !folder && !wildcard::is_pattern(from);
    let as_folder = disk::is_folder(world, &target) || to.ends_with('\\') || (has("/i") && !one_file);
    let as_file = if disk::is_file(world, &target) {
        one_file
    } else if as_folder {
        false
    } else if let Some(answer) = questions.next() {
        answer.eq_ignore_ascii_case("f")
    } else {
        let before = format!("Does {to} specify a file name\nor directory name on the target\n");
        return questions.ask(session, &before, "(F = file, D = directory)?");
    };
    let mut pairs: Vec<(Spot, Spot)> = files
        .into_iter()
        .map(|(file, below)| if as_file { (file, target.clone()) } else { (file, target.below(&below)) })
        .collect();
    if has("/d") {
        pairs.retain(|(file, to)| newer(world, file, to));
    }
    match agreed(world, &mut questions, pairs, has("/y") || has("/l") || has("/t")) {
        Ok(pairs) => carry(world, session, &pairs, &has),
        Err(asked) => questions.ask(session, "", &asked),
    }
}

/// The line as it stands before the answers.
fn again(words: &[String]) -> String {
    format!("xcopy{}", words.iter().map(|word| format!(" \"{word}\"")).collect::<Vec<_>>().concat())
}

/// The answers that were given so far, in the order of the questions.
struct Questions {
    line: String,
    answers: Vec<String>,
    at: usize,
}

impl Questions {
    fn next(&mut self) -> Option<String> {
        let answer = self.answers.get(self.at)?.trim_start_matches('<').to_owned();
        self.at += 1;
        Some(answer)
    }

    fn ask(&self, session: &mut Session, before: &str, asked: &str) -> Output {
        let given = self.answers.iter().map(|answer| format!(" \"{answer}\"")).collect::<Vec<_>>().concat();
        ask(session, before, asked, &format!("{}{given}", self.line))
    }
}

fn newer(world: &World, file: &Spot, to: &Spot) -> bool {
    let modified = |spot: &Spot| disk::entry(world, spot).map(|(_, file)| file.modified);
    modified(to).is_none_or(|there| modified(file).is_some_and(|here| here > there))
}

/// The pairs that may be copied; `Err` is the next question about a file that is there.
fn agreed(world: &World, questions: &mut Questions, pairs: Vec<(Spot, Spot)>, sure: bool) -> Result<Vec<(Spot, Spot)>, String> {
    let mut all = sure;
    let mut kept = Vec::new();
    for (file, to) in pairs {
        if !all && disk::is_file(world, &to) {
            let Some(answer) = questions.next() else { return Err(format!("Overwrite {} (Yes/No/All)? ", to.shown)) };
            match answer.to_lowercase().chars().next() {
                Some('a') => all = true,
                Some('y') => {}
                _ => continue,
            }
        }
        kept.push((file, to));
    }
    Ok(kept)
}

/// Copies one by one, with the folders on the way; `/l` only lists, `/t` only makes the folders.
fn carry(world: &mut World, session: &Session, pairs: &[(Spot, Spot)], has: &dyn Fn(&str) -> bool) -> Output {
    let (mut text, mut count, mut exit) = (String::new(), 0, 0);
    for (file, to) in pairs {
        let result = if has("/l") { Ok(()) } else { copy_one(world, session, file, to, has("/t")) };
        match result {
            Ok(()) if has("/t") => {}
            Ok(()) => {
                count += 1;
                if has("/f") {
                    let _ = writeln!(text, "{} -> {}", file.shown, to.shown);
                } else if !has("/q") {
                    let _ = writeln!(text, "{}", file.shown);
                }
            }
            Err(error) => {
                let _ = writeln!(text, "{}", error.text());
                exit = 4;
            }
        }
    }
    if !has("/t") {
        let _ = writeln!(text, "{count} File(s){}", if has("/l") { "" } else { " copied" });
    }
    Output { text, exit, opens: None }
}

fn copy_one(world: &mut World, session: &Session, file: &Spot, to: &Spot, only_folders: bool) -> Result<(), DiskError> {
    if let Some(parent) = to.parent().filter(|parent| !disk::is_folder(world, parent)) {
        disk::make_folder(world, session, &parent)?;
    }
    if only_folders {
        return Ok(());
    }
    takes_time(world, file);
    disk::copy(world, session, file, to)
}
