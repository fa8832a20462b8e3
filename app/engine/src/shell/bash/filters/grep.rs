//! `grep`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options, push_line, value};
use super::super::regex::Regex;
use crate::machine::linux_files;
use crate::machine::linux_files::{FileError, path};
use crate::sorted;

pub(super) fn egrep(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut all = vec!["-E".to_owned()];
    all.extend_from_slice(args);
    grep(call, &all)
}

/// Lines around a match that are printed too.
struct Context {
    before: usize,
    after: usize,
}

const KNOWN: &[&str] = &[
    "i",
    "v",
    "n",
    "c",
    "r",
    "R",
    "E",
    "F",
    "l",
    "w",
    "o",
    "h",
    "H",
    "q",
    "s",
    "e",
    "A",
    "B",
    "C",
    "m",
    "a",
    "--color",
    "--include",
];

const USAGE: &str = "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";

pub(super) fn grep(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, mut names) = options(args, "eABCm");
    if let Some((name, _)) = given.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
        let long = name.starts_with("--");
        let complaint =
            if long { format!("grep: unrecognized option '{name}'\n") } else { format!("grep: invalid option -- '{name}'\n") };
        return Done::failed(2, complaint + USAGE);
    }
    let pattern = match value(&given, &["e"]) {
        Some(pattern) => pattern.to_owned(),
        None if names.is_empty() => return Done::failed(2, USAGE),
        None => names.remove(0),
    };
    let insensitive = has(&given, &["i"]);
    let regex = if has(&given, &["F"]) {
        Regex::literal(&pattern, insensitive)
    } else {
        Regex::new(&pattern, has(&given, &["E"]), insensitive)
    };
    let recursive = has(&given, &["r", "R"]);
    if names.is_empty() && recursive {
        names.push(".".to_owned());
    }
    if names.is_empty() {
        let text = call.stdin.take().unwrap_or_default();
        let found = matches(&text, None, &regex, &given);
        return Done { exit: i32::from(found.is_none()), out: found.unwrap_or_default(), ..Done::default() };
    }
    let files = if recursive { below(call, &names) } else { names };
    let labelled = (files.len() > 1 || recursive || has(&given, &["H"])) && !has(&given, &["h"]);
    in_files(call, &files, labelled, &regex, &given)
}

fn in_files(call: &mut Call<'_>, files: &[String], labelled: bool, regex: &Regex, given: &[(String, String)]) -> Done {
    let mut done = Done { exit: 1, ..Done::default() };
    let mut failed = false;
    for name in files {
        match call.read(name) {
            Ok(text) => {
                if let Some(found) = matches(&text, labelled.then_some(name.as_str()), regex, given) {
                    done.exit = 0;
                    if has(given, &["l"]) { push_line(&mut done.out, name) } else { done.out.push_str(&found) }
                } else if has(given, &["c"]) {
                    push_line(&mut done.out, &if labelled { format!("{name}:0") } else { "0".to_owned() });
                }
            }
            Err(error) if has(given, &["s"]) => failed |= error != FileError::IsFolder,
            Err(FileError::IsFolder) => push_line(&mut done.err, &format!("grep: {name}: Is a directory")),
            Err(error) => {
                failed = true;
                push_line(&mut done.err, &format!("grep: {name}: {}", error.text()));
            }
        }
    }
    if failed {
        done.exit = 2;
    }
    if has(given, &["q"]) {
        done.out.clear();
    }
    done
}

/// The matching lines as grep prints them; `None`: none.
pub(super) fn matches(text: &str, name: Option<&str>, regex: &Regex, given: &[(String, String)]) -> Option<String> {
    let number = |names: &[&str]| value(given, names).and_then(|count| count.parse().ok());
    let context = Context { before: number(&["B", "C"]).unwrap_or(0), after: number(&["A", "C"]).unwrap_or(0) };
    let lines: Vec<&str> = text.lines().collect();
    let whole_word = |line: &str| {
        let chars: Vec<char> = line.chars().collect();
        let word = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric() || *c == '_');
        let mut from = 0;
        while let Some((start, end)) = regex.find(&chars, from) {
            if !word(start.checked_sub(1).and_then(|at| chars.get(at))) && !word(chars.get(end)) {
                return true;
            }
            from = start + 1;
        }
        false
    };
    let wanted = |line: &str| (if has(given, &["w"]) { whole_word(line) } else { regex.is_match(line) }) != has(given, &["v"]);
    let most = number(&["m"]).unwrap_or(usize::MAX);
    let hits: Vec<usize> = lines.iter().enumerate().filter(|(_, line)| wanted(line)).map(|(at, _)| at).take(most).collect();
    if hits.is_empty() {
        return None;
    }
    if has(given, &["c"]) {
        return Some(name.map_or_else(String::new, |name| format!("{name}:")) + &format!("{}\n", hits.len()));
    }
    let mut out = String::new();
    let mut last: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let hit = hits.binary_search(&at).is_ok();
        let near = hits.iter().any(|hit| at + context.before >= *hit && at <= hit + context.after);
        if !near {
            continue;
        }
        if last.is_some_and(|last| at > last + 1) && (context.before > 0 || context.after > 0) {
            out.push_str("--\n");
        }
        last = Some(at);
        let sign = if hit { ':' } else { '-' };
        let mut prefix = name.map_or_else(String::new, |name| format!("{name}{sign}"));
        if has(given, &["n"]) {
            let _ = write!(prefix, "{}{sign}", at + 1);
        }
        if has(given, &["o"]) && !has(given, &["v"]) {
            only(&mut out, &prefix, line, regex);
        } else {
            let _ = writeln!(out, "{prefix}{line}");
        }
    }
    Some(out)
}

/// Only the matched parts, one a line.
fn only(out: &mut String, prefix: &str, line: &str, regex: &Regex) {
    let chars: Vec<char> = line.chars().collect();
    let mut from = 0;
    while let Some((start, end)) = regex.find(&chars, from) {
        if end > start {
            let part: String = chars.get(start..end).unwrap_or_default().iter().collect();
            let _ = writeln!(out, "{prefix}{part}");
        }
        from = end.max(start + 1);
    }
}

/// Every file below these names, as they would be typed.
pub fn below(call: &Call<'_>, names: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for name in names {
        let at = call.path(name);
        let linux = call.linux();
        if linux_files::entry(linux, &at).is_none_or(|file| !file.folder) {
            found.push(name.clone());
            continue;
        }
        let explicit = linux.files.0.iter().filter(|(_, file)| !file.folder && !file.deleted).map(|(path, _)| path.as_str());
        let generated = linux_files::generated::PATHS.iter().copied();
        let mut here: Vec<&str> = explicit.chain(generated).filter(|path| path::is_within(path, &at)).collect();
        sorted::sort(&mut here);
        let shown = |path: &str| {
            let rest = if at == "/" { path } else { path.strip_prefix(&at).unwrap_or(path) };
            format!("{}{rest}", name.trim_end_matches('/'))
        };
        found.extend(here.into_iter().map(shown));
    }
    found
}
