//! Programs that read what comes through the pipe: `find`, `findstr`, `more`, `sort`, `clip`.

use std::fmt::Write;

use super::parse;
use crate::shell::windows::disk;
use crate::shell::{Output, Session};
use crate::sorted;
use crate::world::World;

/// `None`: another command.
pub fn run(world: &mut World, session: &Session, name: &str, rest: &str, input: Option<&str>) -> Option<Output> {
    let lower = name.to_lowercase();
    let bare = lower.strip_suffix(".exe").unwrap_or(&lower);
    let words = parse::words(rest);
    if words.iter().any(|word| word == "/?") {
        return None;
    }
    Some(match bare {
        "find" => find(world, session, rest, &words, input),
        "findstr" => findstr(world, session, &words, input),
        "more" | "sort" => whole(world, session, &words, input, bare == "sort"),
        "clip" => Output::default(),
        _ => return None,
    })
}

/// The text of the pipe, or of the files that were named: each with its name above or before its lines.
fn sources(world: &mut World, session: &Session, paths: &[String], input: Option<&str>) -> Result<Vec<(String, String)>, Output> {
    if paths.is_empty() {
        return Ok(vec![(String::new(), input.unwrap_or_default().to_owned())]);
    }
    let mut found = Vec::new();
    for path in paths {
        match disk::locate(world, session, path).and_then(|spot| disk::read(world, session, &spot)) {
            Ok(text) => found.push((path.clone(), text)),
            Err(_) => return Err(Output::failed(1, format!("File not found - {}\n", path.to_uppercase()))),
        }
    }
    Ok(found)
}

/// `find "text" [/i] [/v] [/c] [/n] [file]`: the text must stand in quotes.
fn find(world: &mut World, session: &Session, rest: &str, words: &[String], input: Option<&str>) -> Output {
    let (switches, others): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.starts_with('/'));
    let (mut ignore, mut invert, mut count, mut number) = (false, false, false, false);
    for switch in switches {
        match switch.to_lowercase().as_str() {
            "/i" => ignore = true,
            "/v" => invert = true,
            "/c" => count = true,
            "/n" => number = true,
            _ => return Output::failed(2, "FIND: Invalid switch\n"),
        }
    }
    let Some((wanted, paths)) = others.split_first().filter(|_| rest.contains('"')) else {
        return Output::failed(2, "FIND: Parameter format not correct\n");
    };
    let paths: Vec<String> = paths.iter().map(|path| (*path).clone()).collect();
    let sources = match sources(world, session, &paths, input) {
        Ok(sources) => sources,
        Err(output) => return output,
    };
    let mut text = String::new();
    let mut any = false;
    for (name, source) in sources {
        let lines: Vec<(usize, &str)> =
            source.lines().enumerate().filter(|(_, line)| holds(line, wanted, ignore) != invert).collect();
        any |= !lines.is_empty();
        if count {
            let before = if name.is_empty() { String::new() } else { format!("\n---------- {}: ", name.to_uppercase()) };
            let _ = writeln!(text, "{before}{}", lines.len());
            continue;
        }
        if !name.is_empty() {
            let _ = writeln!(text, "\n---------- {}", name.to_uppercase());
        }
        for (at, line) in lines {
            let before = if number { format!("[{}]", at + 1) } else { String::new() };
            let _ = writeln!(text, "{before}{line}");
        }
    }
    Output { text, exit: i32::from(!any), opens: None }
}

fn holds(line: &str, wanted: &str, ignore: bool) -> bool {
    if ignore { line.to_lowercase().contains(&wanted.to_lowercase()) } else { line.contains(wanted) }
}

/// `findstr [/i] [/v] [/n] [/c:"a b"] words [files]`: any of the words; `.` and `*` of its patterns are not modelled.
fn findstr(world: &mut World, session: &Session, words: &[String], input: Option<&str>) -> Output {
    let (mut ignore, mut invert, mut number) = (false, false, false);
    let mut wanted: Option<Vec<String>> = None;
    let mut paths = Vec::new();
    for word in words {
        let lower = word.to_lowercase();
        match lower.as_str() {
            "/i" => ignore = true,
            "/v" => invert = true,
            "/n" => number = true,
            "/l" | "/p" => {}
            _ if lower.starts_with("/c:") => {
                let literal: String = word.chars().skip(3).collect();
                wanted.get_or_insert_default().push(literal.trim_matches('"').to_owned());
            }
            _ if word.starts_with('/') => return Output::not_modelled(world, &format!("findstr {word}")),
            _ if wanted.is_none() => wanted = Some(word.split_whitespace().map(str::to_owned).collect()),
            _ => paths.push(word.clone()),
        }
    }
    let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) else {
        return Output::failed(2, "FINDSTR: Bad command line\n");
    };
    let Ok(sources) = sources(world, session, &paths, input) else {
        return Output::failed(1, format!("FINDSTR: Cannot open {}\n", paths.first().map_or("", String::as_str)));
    };
    let many = sources.len() > 1;
    let mut text = String::new();
    for (name, source) in sources {
        for (at, line) in source.lines().enumerate() {
            if wanted.iter().any(|word| holds(line, word, ignore)) != invert {
                let file = if many { format!("{name}:") } else { String::new() };
                let line_number = if number { format!("{}:", at + 1) } else { String::new() };
                let _ = writeln!(text, "{file}{line_number}{line}");
            }
        }
    }
    let exit = i32::from(text.is_empty());
    Output { text, exit, opens: None }
}

/// All of it: pages are not turned here.
fn whole(world: &mut World, session: &Session, words: &[String], input: Option<&str>, sorted: bool) -> Output {
    let backwards = words.iter().any(|word| word.eq_ignore_ascii_case("/r"));
    let paths: Vec<String> = words.iter().filter(|word| !word.starts_with('/')).cloned().collect();
    let Ok(sources) = sources(world, session, &paths, input) else {
        return Output::failed(1, format!("Cannot access file {}\n", paths.first().map_or("", String::as_str)));
    };
    let text: String = sources.into_iter().map(|(_, text)| text).collect();
    if !sorted {
        return Output::ok(text);
    }
    let mut lines: Vec<&str> = text.lines().collect();
    sorted::by_key(&mut lines, |line| line.to_lowercase());
    if backwards {
        lines.reverse();
    }
    Output::ok(lines.iter().fold(String::new(), |text, line| text + line + "\n"))
}
