//! `ps`.

use std::fmt::Write;

use super::super::call::{Call, Done};
use super::{cpu_seconds, memory_permille, short, tenths};
use crate::sorted;
use crate::time::MONTHS;
use crate::world::linux::Process;

pub(super) fn ps(call: &mut Call<'_>, args: &[String]) -> Done {
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
    let mut out = "    PID TTY          TIME CMD\n".to_owned();
    for process in found.iter().filter(|process| everything || (process.user == user && process.unit.is_empty())) {
        let _ = writeln!(out, "{:>7} {:<8} {} {}", process.pid, "?", clock(cpu_seconds(call, process)), short(process));
    }
    Done::ok(out)
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
