//! `kill`, `pkill`, `pgrep`.

use std::fmt::Write;

use super::super::call::{Call, Done, has, options, value};
use super::short;
use crate::machine::units;
use crate::world::linux::Process;

pub(super) fn may_signal(call: &Call<'_>, process: &Process) -> bool {
    call.is_root() || process.user == call.user()
}

/// KILL by number or name; everything else ends a program in the ordinary way, but HUP, which only makes it read its settings.
enum Signal {
    Term,
    Kill,
    Hup,
    Nothing,
}

fn signal(text: &str) -> Option<Signal> {
    Some(match text.trim_start_matches("SIG") {
        "9" | "KILL" => Signal::Kill,
        "15" | "TERM" | "2" | "INT" | "3" | "QUIT" => Signal::Term,
        "1" | "HUP" => Signal::Hup,
        "0" => Signal::Nothing,
        _ => return None,
    })
}

fn send(call: &mut Call<'_>, pid: u32, signal: &Signal) {
    let device = call.session.device;
    match signal {
        Signal::Kill => units::signal(call.world, device, pid, true),
        Signal::Term => units::signal(call.world, device, pid, false),
        Signal::Hup | Signal::Nothing => {}
    }
}

pub(super) fn kill(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = Signal::Term;
    let mut pids = Vec::new();
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        if arg == "-s" {
            let name = rest.next().cloned().unwrap_or_default();
            let Some(found) = signal(&name) else {
                return Done::failed(1, format!("bash: kill: {name}: invalid signal specification\n"));
            };
            wanted = found;
        } else if let Some(name) = arg.strip_prefix('-') {
            let Some(found) = signal(name) else {
                return Done::failed(1, format!("bash: kill: {name}: invalid signal specification\n"));
            };
            wanted = found;
        } else {
            pids.push(arg.clone());
        }
    }
    if pids.is_empty() {
        return Done::failed(2, "kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n");
    }
    let mut done = Done::default();
    for pid in pids {
        let job = call.session.bash.job.as_ref().filter(|_| matches!(pid.as_str(), "%1" | "%%" | "%+")).map(|job| job.pid);
        if job.is_none() && pid.starts_with('%') {
            done.complain(1, format!("bash: kill: {pid}: no such job\n"));
            continue;
        }
        let pid = job.map_or(pid, |job| job.to_string());
        let Ok(number) = pid.parse::<u32>() else {
            done.complain(1, format!("bash: kill: {pid}: arguments must be process or job IDs\n"));
            continue;
        };
        let Some(process) = call.linux().processes.iter().find(|process| process.pid == number).cloned() else {
            done.complain(1, format!("bash: kill: ({pid}) - No such process\n"));
            continue;
        };
        if !may_signal(call, &process) {
            done.complain(1, format!("bash: kill: ({pid}) - Operation not permitted\n"));
        } else if number != 1 {
            send(call, number, &wanted);
        }
    }
    done
}

pub(super) fn pkill(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut wanted = Signal::Term;
    let (mut user, mut name, mut whole) = (None, None, false);
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "-u" | "-U" => user = rest.next().cloned(),
            "-f" => whole = true,
            "-x" | "-e" => {}
            other => match other.strip_prefix('-') {
                Some(text) => match signal(text) {
                    Some(found) => wanted = found,
                    None => return Done::failed(2, format!("pkill: invalid option -- '{text}'\n")),
                },
                None => name = Some(other.to_owned()),
            },
        }
    }
    if user.is_none() && name.is_none() {
        return Done::failed(2, "pkill: no matching criteria specified\nTry `pkill --help' for more information.\n");
    }
    let fits = |process: &&Process| {
        user.as_ref().is_none_or(|user| process.user == *user)
            && name.as_ref().is_none_or(|name| if whole { process.command.contains(name) } else { short(process).contains(name) })
            && process.pid != 1
    };
    let found: Vec<Process> = call.linux().processes.iter().filter(fits).cloned().collect();
    if name.is_none() && call.is_root() {
        // Ending everything of a person ends the sign-in too.
        call.linux_mut().logins.retain(|login| user.as_ref() != Some(&login.user));
    }
    let mut done = Done { exit: i32::from(found.is_empty()), ..Done::default() };
    for process in found {
        if may_signal(call, &process) {
            send(call, process.pid, &wanted);
        } else {
            done.complain(1, format!("pkill: killing pid {} failed: Operation not permitted\n", process.pid));
        }
    }
    done
}

pub(super) fn pgrep(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "u");
    let Some(name) = names.first() else {
        return Done::failed(2, "pgrep: no matching criteria specified\nTry `pgrep --help' for more information.\n");
    };
    let whole = has(&given, &["f"]);
    let mut out = String::new();
    for process in &call.linux().processes {
        let fits = if whole { process.command.contains(name.as_str()) } else { short(process).contains(name.as_str()) };
        if fits && value(&given, &["u"]).is_none_or(|user| process.user == user) {
            let shown = if has(&given, &["a"]) {
                format!(" {}", process.command)
            } else if has(&given, &["l"]) {
                format!(" {}", short(process))
            } else {
                String::new()
            };
            let _ = writeln!(out, "{}{shown}", process.pid);
        }
    }
    Done { exit: i32::from(out.is_empty()), out, ..Done::default() }
}

/// `pkill` by whole names, which also says when there is none.
pub(super) fn killall(call: &mut Call<'_>, args: &[String]) -> Done {
    let Some(name) = args.iter().find(|arg| !arg.starts_with('-')) else {
        return Done::failed(1, "Usage: killall [OPTION]... [--] NAME...\n");
    };
    let done = pkill(call, args);
    if done.exit == 1 && done.err.is_empty() {
        return Done::failed(1, format!("{name}: no process found\n"));
    }
    done
}
