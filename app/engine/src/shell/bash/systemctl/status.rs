//! What `systemctl` says of a unit.

use std::fmt::Write;

use super::super::call::{Call, Done, human};
use crate::machine::units;
use crate::text;
use crate::time::{Span, Time};
use crate::world::linux::{Linux, Unit, UnitState};

pub(super) fn state_word(unit: &Unit) -> &'static str {
    match unit.state {
        UnitState::Active => "active",
        UnitState::Inactive => "inactive",
        UnitState::Failed => "failed",
        UnitState::Activating => "activating",
    }
}

pub(super) fn sub_word(unit: &Unit) -> &'static str {
    match unit.state {
        UnitState::Active => "running",
        UnitState::Inactive => "dead",
        UnitState::Failed => "failed",
        UnitState::Activating => "auto-restart",
    }
}

pub(super) fn enabled_word(unit: &Unit) -> &'static str {
    if unit.masked {
        "masked"
    } else if unit.enabled {
        "enabled"
    } else {
        "disabled"
    }
}

pub(super) fn words_of(call: &Call<'_>, names: &[String], exit: i32, word: fn(&Unit) -> &'static str, good: &str) -> Done {
    let mut done = Done::default();
    for name in names {
        let found = call.linux().units.get(name).map(word);
        match found {
            None if good == "enabled" => {
                done.complain(1, format!("Failed to get unit file state for {name}: No such file or directory\n"));
            }
            found => {
                let word = found.unwrap_or("inactive");
                let _ = writeln!(done.out, "{word}");
                if word != good {
                    done.exit = exit;
                }
            }
        }
    }
    done
}

/// `8h ago`, `2min 5s ago`, `3 days ago`, as systemd rounds relative times.
pub fn ago(span: Span) -> String {
    let seconds = span.as_seconds();
    let (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    if days >= 7 {
        let (weeks, days) = (days / 7, days % 7);
        let plural = |count: u64, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
        return if days > 0 {
            format!("{} {} ago", plural(weeks, "week"), plural(days, "day"))
        } else {
            format!("{} ago", plural(weeks, "week"))
        };
    }
    if days > 0 {
        let word = if days == 1 { "day" } else { "days" };
        return format!("{days} {word} ago");
    }
    if hours > 0 {
        return if hours < 6 && minutes > 0 { format!("{hours}h {minutes}min ago") } else { format!("{hours}h ago") };
    }
    if minutes > 0 {
        return if minutes < 5 && rest > 0 { format!("{minutes}min {rest}s ago") } else { format!("{minutes}min ago") };
    }
    format!("{rest}s ago")
}

/// `Tue 2026-11-24 18:53:33 UTC`.
pub fn stamp(call: &Call<'_>, at: Time) -> String {
    let civil = call.local(at);
    let day = crate::time::WEEKDAYS[usize::from(civil.weekday.min(6))].get(..3).unwrap_or_default();
    format!("{day} {} {}", text::iso(civil), call.zone())
}

pub(super) fn status(call: &Call<'_>, name: &str, given: &[(String, String)]) -> Done {
    let linux = call.linux();
    let Some(unit) = linux.units.get(name) else {
        return mount_status(linux, name);
    };
    let dot = match unit.state {
        UnitState::Active | UnitState::Activating => "●",
        UnitState::Inactive => "○",
        UnitState::Failed => "×",
    };
    let mut out = format!("{dot} {name} - {}\n", unit.description);
    if unit.masked {
        let _ = writeln!(out, "     Loaded: masked (Reason: Unit {name} is masked.)");
    } else {
        let _ = writeln!(out, "     Loaded: loaded (/lib/systemd/system/{name}; {}; preset: enabled)", enabled_word(unit));
    }
    out += &activity(call, name, unit);
    let lines = super::super::call::value(given, &["n"]).and_then(|lines| lines.parse().ok()).unwrap_or(10);
    let tail = super::super::journal::of_unit(call, name, lines);
    if !tail.is_empty() {
        out.push('\n');
        out.push_str(&tail);
    }
    Done { out, exit: if unit.state == UnitState::Active { 0 } else { 3 }, ..Done::default() }
}

/// A mount's unit is made from `/etc/fstab`.
fn mount_status(linux: &Linux, name: &str) -> Done {
    let Some(mount) = linux.mounts.iter().find(|mount| units::mount_unit(&mount.target) == name) else {
        return Done::failed(4, format!("Unit {name} could not be found.\n"));
    };
    let (dot, active, exit) = if mount.mounted { ("●", "active (mounted)", 0) } else { ("○", "inactive (dead)", 3) };
    let out = format!(
        "{dot} {name} - {0}\n     Loaded: loaded (/etc/fstab; generated)\n     Active: {active}\n      Where: {0}\n       What: {1}\n       Docs: man:fstab(5)\n             man:systemd-fstab-generator(8)\n",
        mount.target, mount.source
    );
    Done { out, exit, ..Done::default() }
}

/// From `Active:` on: since when, by which processes, or how it ended.
fn activity(call: &Call<'_>, name: &str, unit: &Unit) -> String {
    let mut out = String::new();
    let since = format!("{}; {}", stamp(call, unit.since), ago(call.world.now - unit.since));
    let (word, exit) = (units::exit_word(unit.exit_status), unit.exit_status);
    let program = units::program(&unit.exec);
    match unit.state {
        UnitState::Active => {
            let _ = writeln!(out, "     Active: active (running) since {since}");
            let _ = writeln!(out, "   Main PID: {} ({program})", unit.pid);
            let members: Vec<_> = call.linux().processes.iter().filter(|process| process.unit == name).collect();
            let memory: u64 = members.iter().map(|process| u64::from(process.rss_kib)).sum();
            let _ = writeln!(out, "      Tasks: {}", members.len());
            let _ = writeln!(out, "     Memory: {}", human(memory));
            let _ = writeln!(out, "     CGroup: /system.slice/{name}");
            for (at, process) in members.iter().enumerate() {
                let branch = if at + 1 == members.len() { "└─" } else { "├─" };
                let _ = writeln!(out, "             {branch}{} {}", process.pid, process.command);
            }
        }
        UnitState::Inactive if unit.since == Time::default() => out.push_str("     Active: inactive (dead)\n"),
        UnitState::Inactive => {
            let _ = writeln!(out, "     Active: inactive (dead) since {since}");
        }
        UnitState::Activating => {
            let _ = writeln!(out, "     Active: activating (auto-restart) since {since}");
        }
        UnitState::Failed if exit == 137 => {
            let _ = writeln!(out, "     Active: failed (Result: signal) since {since}");
            let _ = writeln!(out, "   Main PID: {} (code=killed, signal=KILL)", unit.pid);
        }
        UnitState::Failed => {
            let _ = writeln!(out, "     Active: failed (Result: exit-code) since {since}");
            let _ = writeln!(out, "    Process: {} ExecStart={} (code=exited, status={exit}/{word})", unit.pid, unit.exec);
            let _ = writeln!(out, "   Main PID: {} (code=exited, status={exit}/{word})", unit.pid);
        }
    }
    out
}
