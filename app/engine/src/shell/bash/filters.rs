//! Programs that text runs through: `grep`, `head`, `tail`, `wc`, `sort`, `uniq`, `cut`, `tee`, `less`; and `echo`.

mod grep;
mod order;

use std::fmt::Write;

use super::call::{Call, Done, has, options, stranger, value};
use super::{Command, command};
use crate::machine::linux_files::FileError;

use grep::{egrep, grep};
use order::{sort, uniq};

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
