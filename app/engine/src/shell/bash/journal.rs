//! `journalctl` and `dmesg`.

use std::fmt::Write;

use super::call::{Call, Done, has, options, value};
use super::regex::Regex;
use super::{Command, command};
use crate::machine::linux_files::generated;
use crate::machine::units;
use crate::text;
use crate::time::{Span, Time};
use crate::world::linux::JournalLine;

pub const COMMANDS: &[Command] = &[command("journalctl", "", journalctl), command("dmesg", "", dmesg)];

const KNOWN: &[&str] = &[
    "u",
    "n",
    "b",
    "p",
    "x",
    "e",
    "f",
    "r",
    "k",
    "g",
    "t",
    "q",
    "a",
    "o",
    "--unit",
    "--lines",
    "--boot",
    "--priority",
    "--since",
    "--until",
    "--no-pager",
    "--grep",
    "--follow",
    "--list-boots",
    "--disk-usage",
    "--dmesg",
    "S",
];

fn journalctl(call: &mut Call<'_>, args: &[String]) -> Done {
    let args = separate(args);
    let (mut given, _) = options(&args, "unpgtSo");
    // `-b` takes a value only when a number follows: 0, -1 …
    let boot = args.iter().position(|arg| arg == "-b").and_then(|at| args.get(at + 1)).and_then(|next| next.parse::<i32>().ok());
    // `-xeu`: everything but `u` is a flag.
    given.retain(|(name, _)| !name.chars().all(|c| c.is_ascii_digit()));
    if let Some((name, _)) = given.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
        return match name.strip_prefix("--") {
            Some(_) => Done::failed(1, format!("journalctl: unrecognized option '{name}'\n")),
            None => Done::failed(1, format!("journalctl: invalid option -- '{name}'\n")),
        };
    }
    let may = call.actor().groups.iter().any(|group| matches!(group.as_str(), "adm" | "systemd-journal" | "root"));
    if !may {
        return Done::failed(
            1,
            "Hint: You are currently not seeing messages from other users and the system.\n      Users in groups 'adm', 'systemd-journal' can see all messages.\n      Pass -q to turn off this notice.\nNo journal files were opened due to insufficient permissions.\n",
        );
    }
    if has(&given, &["--disk-usage", "--list-boots", "o"]) {
        return call.not_modelled("this option of journalctl");
    }
    let wanted = match wanted(call, &given, boot) {
        Ok(wanted) => wanted,
        Err(complaint) => return Done::failed(1, complaint),
    };
    let mut lines: Vec<&JournalLine> = call.linux().journal.iter().filter(|line| wanted.fits(call, line)).collect();
    let count = value(&given, &["n", "--lines"]).map(|count| count.parse().unwrap_or(10));
    let count = count.or_else(|| has(&given, &["f", "--follow"]).then_some(10)).or_else(|| has(&given, &["e"]).then_some(1000));
    if let Some(count) = count {
        lines.drain(..lines.len().saturating_sub(count));
    }
    if has(&given, &["r"]) {
        lines.reverse();
    }
    if lines.is_empty() {
        return Done::ok("-- No entries --\n");
    }
    let explained = has(&given, &["x"]);
    let mut out = String::new();
    for line in lines {
        out.push_str(&render(call, line));
        if explained {
            explain(&mut out, line);
        }
    }
    Done::ok(out)
}

/// Which lines the options select; `boot` is the number behind `-b`.
fn wanted(call: &Call<'_>, given: &[(String, String)], boot: Option<i32>) -> Result<Wanted, String> {
    let since = match value(given, &["--since", "S"]).map(|text| moment(call, text)) {
        Some(None) => {
            return Err(format!("Failed to parse timestamp: {}\n", value(given, &["--since", "S"]).unwrap_or_default()));
        }
        Some(found) => found,
        None => None,
    };
    let priority = match value(given, &["p", "--priority"]).map(level) {
        Some(None) => {
            return Err(format!("Unknown log level {}\n", value(given, &["p", "--priority"]).unwrap_or_default()));
        }
        Some(found) => found,
        None => None,
    };
    Ok(Wanted {
        units: given
            .iter()
            .filter(|(name, _)| name == "u" || name == "--unit")
            .map(|(_, unit)| units::full_name(call.linux(), unit))
            .collect(),
        identifier: value(given, &["t"]).map(str::to_owned),
        kernel: has(given, &["k", "--dmesg"]),
        boot: if has(given, &["b", "k", "--boot", "--dmesg"]) { Some(boot.unwrap_or(0)) } else { None },
        since,
        priority,
        pattern: value(given, &["g", "--grep"]).map(|pattern| Regex::new(pattern, true, pattern.chars().all(char::is_lowercase))),
    })
}

/// `-xeu app` and `--since today` in the forms that [`options`] reads; `-n` without a number means 10.
fn separate(args: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut args = args.iter().peekable();
    while let Some(arg) = args.next() {
        let long = matches!(arg.as_str(), "--since" | "--until" | "--unit" | "--lines" | "--priority" | "--grep");
        if long && args.peek().is_some() {
            out.push(format!("{arg}={}", args.next().map_or("", String::as_str)));
        } else if arg == "-n" && args.peek().is_none_or(|next| next.parse::<u32>().is_err()) {
            out.push("-n10".to_owned());
        } else {
            out.push(arg.clone());
        }
    }
    out
}

struct Wanted {
    units: Vec<String>,
    identifier: Option<String>,
    kernel: bool,
    boot: Option<i32>,
    since: Option<Time>,
    priority: Option<u8>,
    pattern: Option<Regex>,
}

impl Wanted {
    fn fits(&self, call: &Call<'_>, line: &JournalLine) -> bool {
        let started = call.device().started;
        (self.units.is_empty() || self.units.contains(&line.unit))
            && self.identifier.as_ref().is_none_or(|wanted| *wanted == line.identifier)
            && (!self.kernel || line.identifier == "kernel")
            && self.boot.is_none_or(|boot| if boot == 0 { line.at >= started } else { line.at < started })
            && self.since.is_none_or(|since| line.at >= since)
            && self.priority.is_none_or(|most| line.priority <= most)
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(&line.text))
    }
}

/// syslog(3) names and numbers; `-p` shows this level and everything worse.
fn level(text: &str) -> Option<u8> {
    const NAMES: [&str; 8] = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
    let text = match text {
        "error" => "err",
        "warn" => "warning",
        other => other.rsplit("..").next().unwrap_or(other),
    };
    NAMES
        .iter()
        .position(|name| *name == text)
        .and_then(|at| u8::try_from(at).ok())
        .or_else(|| text.parse().ok().filter(|level| *level < 8))
}

/// `today`, `yesterday`, `1 hour ago`, `-2h`, `2026-11-24 08:00`, `08:00`.
fn moment(call: &Call<'_>, text: &str) -> Option<Time> {
    let now = call.world.now;
    let midnight = |time: Time| {
        let civil = call.local(time);
        let into = Span::seconds(u64::from(civil.hour) * 3600 + u64::from(civil.minute) * 60 + u64::from(civil.second));
        time - into
    };
    match text {
        "now" => return Some(now),
        "today" => return Some(midnight(now)),
        "yesterday" => return Some(midnight(now) - Span::days(1)),
        _ => {}
    }
    let relative = text.strip_suffix(" ago").map(str::to_owned).or_else(|| text.strip_prefix('-').map(str::to_owned));
    if let Some(relative) = relative {
        let digits: String = relative.chars().take_while(char::is_ascii_digit).collect();
        let unit = relative.get(digits.len()..).unwrap_or_default().trim();
        let count: u64 = digits.parse().ok()?;
        let span = match unit {
            "s" | "sec" | "second" | "seconds" => Span::seconds(count),
            "m" | "min" | "minute" | "minutes" => Span::minutes(count),
            "h" | "hour" | "hours" => Span::hours(count),
            "d" | "day" | "days" => Span::days(count),
            _ => return None,
        };
        return Some(now - span);
    }
    let (date, clock) = match text.split_once(' ') {
        Some((date, clock)) => (Some(date), Some(clock)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let mut at = match date {
        None => midnight(now),
        Some(date) => {
            let parts: Vec<i64> = date.split('-').filter_map(|part| part.parse().ok()).collect();
            let [year, month, day] = parts.as_slice() else { return None };
            if !(1970..3000).contains(year) {
                return None;
            }
            let (month, day) = (
                u8::try_from(*month).ok().filter(|m| (1..=12).contains(m))?,
                u8::try_from(*day).ok().filter(|d| (1..=31).contains(d))?,
            );
            Time::from_civil(*year, month, day, 0, 0).shifted(-i64::from(call.world.zone_minutes) * 60_000)
        }
    };
    if let Some(clock) = clock {
        let parts: Vec<u64> = clock.split(':').filter_map(|part| part.parse().ok()).collect();
        let factor = [3600, 60, 1];
        at += Span::seconds(parts.iter().zip(factor).map(|(part, factor)| part.saturating_mul(factor)).sum());
    }
    Some(at)
}

fn render(call: &Call<'_>, line: &JournalLine) -> String {
    let host = generated::host_name(call.device());
    let pid = if line.pid == 0 { String::new() } else { format!("[{}]", line.pid) };
    format!("{} {host} {}{pid}: {}\n", text::syslog(call.local(line.at)), line.identifier, line.text)
}

/// The catalogue texts of `-x` for the messages that have one here.
fn explain(out: &mut String, line: &JournalLine) {
    let (subject, body) = if line.text.starts_with("Failed to start") {
        (
            format!("A start job for unit {} has failed", line.unit),
            format!("A start job for unit {} has finished with a failure.", line.unit),
        )
    } else if line.text.starts_with("Dependency failed") {
        (
            format!("A start job for unit {} has failed", line.unit),
            format!("A start job for unit {} has finished with a failure because a dependency failed.", line.unit),
        )
    } else if line.text.starts_with("Started ") {
        (
            format!("A start job for unit {} has finished successfully", line.unit),
            format!("A start job for unit {} has finished successfully.", line.unit),
        )
    } else if line.text.contains("Failed with result") {
        ("Unit failed".to_owned(), format!("The unit {} has entered the 'failed' state with result 'exit-code'.", line.unit))
    } else {
        return;
    };
    let _ = write!(
        out,
        "░░ Subject: {subject}\n░░ Defined-By: systemd\n░░ Support: https://www.debian.org/support\n░░ \n░░ {body}\n"
    );
}

/// The last lines of one unit, for `systemctl status`.
pub fn of_unit(call: &Call<'_>, name: &str, count: usize) -> String {
    let lines: Vec<&JournalLine> = call.linux().journal.iter().filter(|line| line.unit == name).collect();
    lines.iter().skip(lines.len().saturating_sub(count)).map(|line| render(call, line)).collect()
}

fn dmesg(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "l");
    if !call.is_root() {
        return Done::failed(1, "dmesg: read kernel buffer failed: Operation not permitted\n");
    }
    let started = call.device().started;
    let mut out = String::new();
    for line in call.linux().journal.iter().filter(|line| line.identifier == "kernel" && line.at >= started) {
        let since = line.at - started;
        if has(&given, &["T"]) {
            let when = text::unix(call.local(line.at)).replacen(" UTC", "", 1);
            let _ = writeln!(out, "[{when}] {}", line.text);
        } else {
            let _ = writeln!(out, "[{:>5}.{:06}] {}", since.as_seconds(), since.0 % 1000 * 1000, line.text);
        }
    }
    Done::ok(out)
}
