//! `ps`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options};
use super::{cpu_seconds, memory_permille, short, tenths};
use crate::sorted;
use crate::time::MONTHS;
use crate::world::linux::Process;

/// What `-u`, `-p`, `-C` and `-o` ask for; `None` where none of them stands there.
struct Selection {
    users: Vec<String>,
    pids: Vec<String>,
    names: Vec<String>,
    columns: Vec<String>,
}

impl Selection {
    fn read(args: &[String]) -> Option<Self> {
        // `ps -aux` is read as `ps aux`.
        if args.iter().any(|arg| arg == "-aux" || arg == "-auxf") || !args.iter().any(|arg| arg.starts_with('-')) {
            return None;
        }
        let (given, _) = options(args, "upCoU");
        let list = |letters: &[&str]| -> Vec<String> {
            let values = given.iter().filter(|(name, _)| letters.contains(&name.as_str()));
            values.flat_map(|(_, text)| text.split(',')).filter(|text| !text.is_empty()).map(str::to_owned).collect()
        };
        let found = Self { users: list(&["u", "U"]), pids: list(&["p"]), names: list(&["C"]), columns: list(&["o"]) };
        let any = [&found.users, &found.pids, &found.names, &found.columns].iter().any(|list| !list.is_empty());
        any.then_some(found)
    }

    /// The processes that any of the lists names; all of them with `-e`, and without a list.
    fn keeps(&self, process: &Process, everything: bool) -> bool {
        let none = self.users.is_empty() && self.pids.is_empty() && self.names.is_empty();
        everything
            || none
            || self.users.contains(&process.user)
            || self.pids.contains(&process.pid.to_string())
            || self.names.iter().any(|name| *name == short(process))
    }
}

const USAGE: &str = "\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n";

/// A column of `-o`: its head, its width, whether it stands to the right.
fn column(name: &str) -> Option<(&'static str, usize, bool)> {
    Some(match name {
        "pid" => ("PID", 7, true),
        "ppid" => ("PPID", 7, true),
        "user" | "uname" => ("USER", 8, false),
        "pcpu" | "%cpu" => ("%CPU", 4, true),
        "pmem" | "%mem" => ("%MEM", 4, true),
        "rss" => ("RSS", 5, true),
        "tty" | "tt" => ("TT", 8, false),
        "time" | "cputime" => ("TIME", 8, true),
        "comm" | "ucmd" => ("COMMAND", 15, false),
        "cmd" => ("CMD", 27, false),
        "args" | "command" => ("COMMAND", 27, false),
        _ => return None,
    })
}

fn cell(call: &Call<'_>, name: &str, process: &Process) -> String {
    match name {
        "pid" => process.pid.to_string(),
        "ppid" => u32::from(process.pid != 1).to_string(),
        "user" | "uname" => process.user.clone(),
        "pcpu" | "%cpu" => tenths(u64::from(process.cpu)),
        "pmem" | "%mem" => tenths(memory_permille(call.linux(), process)),
        "rss" => process.rss_kib.to_string(),
        "tty" | "tt" => "?".to_owned(),
        "time" | "cputime" => clock(cpu_seconds(call, process)),
        "comm" | "ucmd" => short(process),
        _ => process.command.clone(),
    }
}

fn chosen_columns(call: &Call<'_>, found: &[Process], columns: &[String]) -> Done {
    if let Some(unknown) = columns.iter().find(|name| column(name).is_none()) {
        return Done::failed(1, format!("error: unknown user-defined format specifier \"{unknown}\"\n{USAGE}"));
    }
    let line = |cells: Vec<String>| {
        let mut out = String::new();
        for (at, (name, text)) in columns.iter().zip(&cells).enumerate() {
            let (_, width, right) = column(name).unwrap_or(("", 0, false));
            let gap = if at == 0 { "" } else { " " };
            let _ = match (right, at + 1 == columns.len()) {
                (true, _) => write!(out, "{gap}{text:>width$}"),
                (false, true) => write!(out, "{gap}{text}"),
                (false, false) => write!(out, "{gap}{text:<width$}"),
            };
        }
        out + "\n"
    };
    let heads = columns.iter().map(|name| column(name).map_or("", |(head, ..)| head).to_owned()).collect();
    let rows = found.iter().map(|process| line(columns.iter().map(|name| cell(call, name, process)).collect()));
    Done::ok(line(heads) + &rows.collect::<String>())
}

pub(super) fn ps(call: &mut Call<'_>, args: &[String]) -> Done {
    if let Some(selection) = Selection::read(args) {
        let (given, _) = options(args, "upCoU");
        let everything = has(&given, &["e", "A"]);
        let mut found: Vec<Process> = call.linux().processes.clone();
        found.retain(|process| selection.keeps(process, everything));
        sorted::by_key(&mut found, |process| process.pid);
        let exit = i32::from(found.is_empty());
        let done = match (selection.columns.as_slice(), has(&given, &["f"])) {
            ([], true) => Done::ok(full(call, &found, true)),
            ([], false) => Done::ok(plain(call, &found)),
            (columns, _) => chosen_columns(call, &found, columns),
        };
        return Done { exit: done.exit.max(exit), ..done };
    }
    let joined: String =
        args.iter().filter(|arg| !arg.starts_with("--") && !arg.contains('=')).map(|arg| arg.trim_start_matches('-')).collect();
    let sort = args.iter().find_map(|arg| arg.strip_prefix("--sort=")).map(str::to_owned);
    let bsd = args.iter().any(|arg| !arg.starts_with('-') && arg.contains('u'));
    let mut found: Vec<Process> = call.linux().processes.clone();
    sorted::by_key(&mut found, |process| process.pid);
    match sort.as_deref().map(|key| key.trim_start_matches(['-', '+'])) {
        Some("%cpu" | "pcpu") => sorted::by_key(&mut found, |process| std::cmp::Reverse(process.cpu)),
        Some("%mem" | "pmem" | "rss") => sorted::by_key(&mut found, |process| std::cmp::Reverse(process.rss_kib)),
        _ => {}
    }
    if !joined.chars().all(|c| "auxefwlAtp0123456789".contains(c)) {
        return call.not_modelled("this selection of ps");
    }
    if bsd {
        return Done::ok(aux(call, &found));
    }
    let everything = joined.contains(['e', 'A', 'x']);
    if joined.contains('f') {
        return Done::ok(full(call, &found, everything));
    }
    let user = call.user();
    found.retain(|process| everything || (process.user == user && process.unit.is_empty()));
    Done::ok(plain(call, &found))
}

fn plain(call: &Call<'_>, found: &[Process]) -> String {
    let mut out = "    PID TTY          TIME CMD\n".to_owned();
    for process in found {
        let _ = writeln!(out, "{:>7} {:<8} {} {}", process.pid, "?", clock(cpu_seconds(call, process)), short(process));
    }
    out
}

pub(super) fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The time of day when it started today, else the day: `10:04`, `Nov20`.
fn start(call: &Call<'_>, process: &Process) -> String {
    let (at, now) = (call.local(process.started), call.local(call.world.now));
    if (at.year, at.month, at.day) == (now.year, now.month, now.day) {
        format!("{:02}:{:02}", at.hour, at.minute)
    } else {
        format!("{}{:02}", MONTHS[usize::from(at.month.clamp(1, 12) - 1)].get(..3).unwrap_or_default(), at.day)
    }
}

/// Virtual size is not modelled; the resident size is its lower bound and stands in both columns.
fn aux(call: &Call<'_>, found: &[Process]) -> String {
    let mut out = "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n".to_owned();
    for process in found {
        let seconds = cpu_seconds(call, process);
        let state = if process.cpu >= 500 { "R" } else { "Ss" };
        let user: String = if process.user.chars().count() > 8 {
            process.user.chars().take(7).chain(['+']).collect()
        } else {
            process.user.clone()
        };
        let _ = writeln!(
            out,
            "{user:<8} {:>7} {:>4} {:>4} {:>6} {:>5} {:<8} {state:<4} {:>5} {:>6} {}",
            process.pid,
            tenths(u64::from(process.cpu)),
            tenths(memory_permille(call.linux(), process)),
            process.rss_kib,
            process.rss_kib,
            "?",
            start(call, process),
            format!("{}:{:02}", seconds / 60, seconds % 60),
            process.command
        );
    }
    out
}

fn full(call: &Call<'_>, found: &[Process], everything: bool) -> String {
    let user = call.user();
    let mut out = "UID          PID    PPID  C STIME TTY          TIME CMD\n".to_owned();
    for process in found.iter().filter(|process| everything || process.user == user) {
        let parent = u32::from(process.pid != 1);
        let _ = writeln!(
            out,
            "{:<8} {:>7} {parent:>7} {:>2} {:>5} {:<8} {} {}",
            process.user,
            process.pid,
            process.cpu / 10,
            start(call, process),
            "?",
            clock(cpu_seconds(call, process)),
            process.command
        );
    }
    out
}
