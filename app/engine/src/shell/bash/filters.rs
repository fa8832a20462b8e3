//! Programs that text runs through: `grep`, `head`, `tail`, `wc`, `sort`, `uniq`, `cut`, `tee`, `less`; and `echo`.

use std::fmt::Write;

use super::call::{Call, Done, has, options, push_line, stranger, value};
use super::regex::Regex;
use super::{Command, command};
use crate::machine::linux_files::{self, FileError, path};
use crate::sorted;

pub const COMMANDS: &[Command] = &[
    command("echo", "", echo),
    command("grep", "", grep),
    command("egrep", "", egrep),
    command("zgrep", "", grep),
    command("head", "", head),
    command("tail", "", tail),
    command("wc", "", wc),
    command("sort", "", sort),
    command("uniq", "", uniq),
    command("cut", "", cut),
    command("tee", "", tee),
    command("less", "", less),
    command("more", "", less),
];

fn echo(_call: &mut Call<'_>, args: &[String]) -> Done {
    let flags = args.iter().take_while(|arg| matches!(arg.as_str(), "-n" | "-e" | "-ne" | "-en" | "-E")).count();
    let (flags, words) = args.split_at(flags);
    let mut text = words.join(" ");
    if flags.iter().any(|flag| flag.contains('e')) {
        text = text.replace("\\n", "\n").replace("\\t", "\t");
    }
    if !flags.iter().any(|flag| flag.contains('n')) {
        text.push('\n');
    }
    Done::ok(text)
}

fn egrep(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut all = vec!["-E".to_owned()];
    all.extend_from_slice(args);
    grep(call, &all)
}

/// Lines around a match that are printed too.
struct Context {
    before: usize,
    after: usize,
}

fn grep(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, mut names) = options(args, "eABCm");
    let known = [
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
    if let Some((name, _)) = given.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        let long = name.starts_with("--");
        let complaint =
            if long { format!("grep: unrecognized option '{name}'\n") } else { format!("grep: invalid option -- '{name}'\n") };
        return Done::failed(
            2,
            complaint + "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n",
        );
    }
    let pattern = match value(&given, &["e"]) {
        Some(pattern) => pattern.to_owned(),
        None if names.is_empty() => {
            return Done::failed(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
        }
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
    let mut done = Done { exit: 1, ..Done::default() };
    if names.is_empty() {
        let text = call.stdin.take().unwrap_or_default();
        let found = matches(&text, None, &regex, &given);
        done.exit = i32::from(found.is_none());
        done.out = found.unwrap_or_default();
        return done;
    }
    let files = if recursive { below(call, &names) } else { names.clone() };
    let labelled = (files.len() > 1 || recursive || has(&given, &["H"])) && !has(&given, &["h"]);
    let mut failed = false;
    for name in &files {
        match call.read(name) {
            Ok(text) => {
                if let Some(found) = matches(&text, labelled.then_some(name.as_str()), &regex, &given) {
                    done.exit = 0;
                    if has(&given, &["l"]) { push_line(&mut done.out, name) } else { done.out.push_str(&found) }
                } else if has(&given, &["c"]) {
                    push_line(&mut done.out, &if labelled { format!("{name}:0") } else { "0".to_owned() });
                }
            }
            Err(error) if has(&given, &["s"]) => failed |= error != FileError::IsFolder,
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
    if has(&given, &["q"]) {
        done.out.clear();
    }
    done
}

/// The matching lines as grep prints them; `None`: none.
fn matches(text: &str, name: Option<&str>, regex: &Regex, given: &[(String, String)]) -> Option<String> {
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

/// `-5`, `-n 5`, `-n5`, `--lines=5`, `+3`: how many lines.
fn count(args: &[String]) -> (String, Vec<String>, Vec<(String, String)>) {
    let plain = |arg: &String| arg.strip_prefix('-').is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
    let short = args.iter().find(|arg| plain(arg)).and_then(|arg| arg.strip_prefix('-')).map(str::to_owned);
    let rest: Vec<String> = args.iter().filter(|arg| !plain(arg)).cloned().collect();
    let (given, names) = options(&rest, "nc");
    let lines = value(&given, &["n", "--lines"]).map(str::to_owned).or(short).unwrap_or_else(|| "10".to_owned());
    (lines, names, given)
}

/// With a heading where there are several files.
fn several(call: &mut Call<'_>, program: &str, names: &[String], cut: &dyn Fn(&str) -> String) -> Done {
    if names.len() < 2 {
        let (text, mut done) = read_one(call, program, names);
        done.out = cut(&text);
        return done;
    }
    let mut done = Done::default();
    for name in names {
        let (text, part) = read_one(call, program, std::slice::from_ref(name));
        if part.exit == 0 {
            let gap = if done.out.is_empty() { "" } else { "\n" };
            let _ = write!(done.out, "{gap}==> {name} <==\n{}", cut(&text));
        }
        done.add(part);
    }
    done
}

fn read_one(call: &mut Call<'_>, program: &str, names: &[String]) -> (String, Done) {
    let Some(name) = names.first() else { return (call.stdin.take().unwrap_or_default(), Done::default()) };
    match call.read(name) {
        Ok(text) => (text, Done::default()),
        Err(FileError::IsFolder) => {
            (String::new(), Done::failed(1, format!("{program}: error reading '{name}': Is a directory\n")))
        }
        Err(error) => {
            (String::new(), Done::failed(1, format!("{program}: cannot open '{name}' for reading: {}\n", error.text())))
        }
    }
}

fn head(call: &mut Call<'_>, args: &[String]) -> Done {
    let (lines, names, given) = count(args);
    if let Some(complaint) = stranger("head", &given, &["n", "c", "q", "v", "--lines"]) {
        return complaint;
    }
    let Ok(lines) = lines.parse::<usize>() else { return Done::failed(1, format!("head: invalid number of lines: '{lines}'\n")) };
    several(call, "head", &names, &|text| text.lines().take(lines).fold(String::new(), |all, line| all + line + "\n"))
}

/// `-f` follows a file; nothing is written while one line of a terminal runs, so it ends at once.
fn tail(call: &mut Call<'_>, args: &[String]) -> Done {
    let (lines, names, given) = count(args);
    if let Some(complaint) = stranger("tail", &given, &["n", "c", "q", "v", "f", "F", "--lines", "--follow"]) {
        return complaint;
    }
    let from_top = lines.strip_prefix('+').map(str::to_owned);
    let Ok(number) = from_top.as_ref().unwrap_or(&lines).parse::<usize>() else {
        return Done::failed(1, format!("tail: invalid number of lines: '{lines}'\n"));
    };
    several(call, "tail", &names, &|text| {
        let all: Vec<&str> = text.lines().collect();
        let skip = if from_top.is_some() { number.saturating_sub(1) } else { all.len().saturating_sub(number) };
        all.iter().skip(skip).fold(String::new(), |text, line| text + line + "\n")
    })
}

fn wc(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("wc", &given, &["l", "w", "c", "m"]) {
        return complaint;
    }
    let counts = |text: &str| -> Vec<usize> {
        let all = given.is_empty();
        let mut found = Vec::new();
        if all || has(&given, &["l"]) {
            found.push(text.matches('\n').count());
        }
        if all || has(&given, &["w"]) {
            found.push(text.split_whitespace().count());
        }
        if all || has(&given, &["c", "m"]) {
            found.push(text.len());
        }
        found
    };
    let mut done = Done::default();
    let mut rows = Vec::new();
    if names.is_empty() {
        rows.push((counts(&call.stdin.take().unwrap_or_default()), String::new()));
    }
    for name in &names {
        let (text, part) = call.input("wc", std::slice::from_ref(name));
        if part.exit == 0 {
            rows.push((counts(&text), format!(" {name}")));
        }
        done.add(part);
    }
    if names.len() > 1 {
        let columns = rows.first().map_or(0, |(row, _)| row.len());
        let total = (0..columns).map(|at| rows.iter().filter_map(|(row, _)| row.get(at)).sum()).collect();
        rows.push((total, " total".to_owned()));
    }
    // A pipe gives no size beforehand, so several columns are 7 wide (coreutils); files are as wide as the largest number.
    let largest = rows.iter().flat_map(|(row, _)| row).max().map_or(1, |number| number.to_string().len());
    let single = rows.iter().all(|(row, _)| row.len() == 1) && rows.len() == 1;
    let width = if single {
        1
    } else if names.is_empty() {
        7
    } else {
        largest
    };
    for (row, name) in rows {
        let cells: Vec<String> = row.iter().map(|number| format!("{number:>width$}")).collect();
        let _ = writeln!(done.out, "{}{name}", cells.join(" "));
    }
    done
}

/// The number a line begins with, for `sort -n`; with `-h`, sizes such as `1.5G` too, in tenths.
fn leading(line: &str, human: bool) -> i128 {
    let text = line.trim_start();
    let negative = text.starts_with('-');
    let digits = text.trim_start_matches('-');
    let whole: String = digits.chars().take_while(char::is_ascii_digit).collect();
    let rest = digits.get(whole.len()..).unwrap_or_default();
    let tenth = rest.strip_prefix('.').and_then(|rest| rest.chars().next()).and_then(|c| c.to_digit(10)).unwrap_or(0);
    let after = rest.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit());
    let unit: i128 = match after.chars().next().filter(|_| human) {
        Some('K') => 1 << 10,
        Some('M') => 1 << 20,
        Some('G') => 1 << 30,
        Some('T') => 1 << 40,
        _ => 1,
    };
    let value = (whole.parse::<i64>().map_or(0, i128::from) * 10 + i128::from(tenth)) * unit;
    if negative { -value } else { value }
}

fn sort(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "kt");
    if let Some(complaint) = stranger("sort", &given, &["n", "r", "u", "h", "k", "t", "f"]) {
        return complaint;
    }
    let (text, mut done) = call.input("sort", &names);
    let key = value(&given, &["k"])
        .and_then(|key| key.split([',', '.', 'n', 'r', 'h']).next())
        .and_then(|key| key.parse::<usize>().ok());
    let flags = value(&given, &["k"]).unwrap_or_default().to_owned();
    let numeric = has(&given, &["n"]) || flags.contains('n');
    let human = has(&given, &["h"]) || flags.contains('h');
    let between = value(&given, &["t"]).and_then(|between| between.chars().next());
    let field = |line: &str| -> String {
        match (key, between) {
            (None, _) => line.to_owned(),
            (Some(key), Some(between)) => line.split(between).skip(key.saturating_sub(1)).collect::<Vec<_>>().join(" "),
            (Some(key), None) => line.split_whitespace().skip(key.saturating_sub(1)).collect::<Vec<_>>().join(" "),
        }
    };
    let mut lines: Vec<&str> = text.lines().collect();
    sorted::by(&mut lines, |a, b| {
        let (a_key, b_key) = (field(a), field(b));
        let order = if numeric || human {
            leading(&a_key, human).cmp(&leading(&b_key, human))
        } else if has(&given, &["f"]) {
            a_key.to_lowercase().cmp(&b_key.to_lowercase())
        } else {
            a_key.cmp(&b_key)
        };
        order.then_with(|| a.cmp(b))
    });
    if has(&given, &["r"]) || flags.contains('r') {
        lines.reverse();
    }
    if has(&given, &["u"]) {
        lines.dedup();
    }
    done.out = lines.iter().fold(String::new(), |all, line| all + line + "\n");
    done
}

fn uniq(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("uniq", &given, &["c", "d", "u", "i"]) {
        return complaint;
    }
    let (text, mut done) = call.input("uniq", &names);
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for line in text.lines() {
        match runs.last_mut() {
            Some((count, last)) if *last == line => *count += 1,
            _ => runs.push((1, line)),
        }
    }
    let wanted = |count: usize| (!has(&given, &["d"]) || count > 1) && (!has(&given, &["u"]) || count == 1);
    for (count, line) in runs.into_iter().filter(|(count, _)| wanted(*count)) {
        let _ = if has(&given, &["c"]) { writeln!(done.out, "{count:>7} {line}") } else { writeln!(done.out, "{line}") };
    }
    done
}

fn cut(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "dfc");
    if let Some(complaint) = stranger("cut", &given, &["d", "f", "c", "s"]) {
        return complaint;
    }
    let Some(list) = value(&given, &["f", "c"]) else {
        return Done::failed(
            1,
            "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.\n",
        );
    };
    let wanted = |at: usize| {
        list.split(',').any(|range| match range.split_once('-') {
            Some((low, high)) => at >= low.parse().unwrap_or(1) && at <= high.parse().unwrap_or(usize::MAX),
            None => range.parse() == Ok(at),
        })
    };
    let by_char = has(&given, &["c"]);
    let between = value(&given, &["d"]).and_then(|between| between.chars().next()).unwrap_or('\t');
    let (text, mut done) = call.input("cut", &names);
    for line in text.lines() {
        let cut: String = if by_char {
            line.chars().enumerate().filter(|(at, _)| wanted(at + 1)).map(|(_, c)| c).collect()
        } else if line.contains(between) {
            let fields = line.split(between).enumerate().filter(|(at, _)| wanted(at + 1)).map(|(_, field)| field);
            fields.collect::<Vec<_>>().join(&between.to_string())
        } else {
            line.to_owned()
        };
        let _ = writeln!(done.out, "{cut}");
    }
    done
}

fn tee(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "");
    if let Some(complaint) = stranger("tee", &given, &["a", "--append"]) {
        return complaint;
    }
    let text = call.stdin.take().unwrap_or_default();
    let mut done = Done::ok(text.clone());
    for name in &names {
        if let Err(error) = call.write(name, &text, has(&given, &["a", "--append"])) {
            done.complain(1, format!("tee: {name}: {}\n", error.text()));
        }
    }
    done
}

/// All pages at once: the page itself scrolls.
fn less(call: &mut Call<'_>, args: &[String]) -> Done {
    let (_, names) = options(args, "");
    if names.is_empty() && call.stdin.is_none() {
        return Done::failed(1, "Missing filename (\"less --help\" for help)\n");
    }
    if let Some(name) = names.first() {
        return match call.read(name) {
            Ok(text) => Done::ok(text),
            Err(FileError::IsFolder) => Done::failed(1, format!("{name} is a directory\n")),
            Err(error) => Done::failed(1, format!("{name}: {}\n", error.text())),
        };
    }
    Done::ok(call.stdin.take().unwrap_or_default())
}
