//! `systemctl`, `service` and the tests of settings that programs offer (`nginx -t`, `sshd -t`).

use std::fmt::Write;

use super::call::{Call, Done, has, human, options};
use super::{Command, command};
use crate::machine::units::{self, StartError, boot, check};
use crate::sorted;
use crate::text;
use crate::time::{Span, Time};
use crate::world::linux::{Unit, UnitState};
use crate::world::{DeviceId, World};

pub const COMMANDS: &[Command] = &[
    command("systemctl", "", systemctl),
    command("service", "", service),
    command("nginx", "nginx", nginx),
    command("sshd", "openssh-server", sshd),
];

fn systemctl(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, words) = options(args, "ntp");
    if let Some((name, _)) = given.iter().find(|(name, _)| !KNOWN.contains(&name.as_str())) {
        return match name.strip_prefix("--") {
            Some(_) => Done::failed(1, format!("systemctl: unrecognized option '{name}'\n")),
            None => Done::failed(1, format!("systemctl: invalid option -- '{name}'\n")),
        };
    }
    let Some((verb, names)) = words.split_first() else { return list_units(call, &given) };
    let names: Vec<String> = names.iter().map(|name| units::full_name(call.linux(), name)).collect();
    match verb.as_str() {
        "list-units" => list_units(call, &given),
        "list-unit-files" => list_files(call),
        "daemon-reload" => change(call, &names, "reload daemon", |call, _| {
            call.linux_mut().fstab_stale = false;
            Done::default()
        }),
        "default" if call.linux().emergency.is_some() => leave_emergency(call),
        "get-default" => Done::ok("multi-user.target\n"),
        "reboot" => super::host::restart(call),
        "poweroff" | "halt" => super::host::power_off(call),
        "reset-failed" => change(call, &names, "reset failed state", reset_failed),
        "status" | "start" | "stop" | "restart" | "reload" | "try-restart" | "reload-or-restart" | "enable" | "disable"
        | "mask" | "unmask" | "is-active" | "is-enabled" | "is-failed" | "cat" | "show" | "kill" => {
            if names.is_empty() {
                return if verb == "status" { overall(call) } else { Done::failed(1, "Too few arguments.\n") };
            }
            verbs(call, verb, &names, &given)
        }
        unknown => Done::failed(1, format!("Unknown command verb {unknown}.\n")),
    }
}

const KNOWN: &[&str] = &[
    "--failed",
    "--all",
    "a",
    "--no-pager",
    "l",
    "--full",
    "n",
    "t",
    "--type",
    "--now",
    "p",
    "--state",
    "q",
    "--quiet",
    "--no-legend",
    "f",
    "--force",
];

fn verbs(call: &mut Call<'_>, verb: &str, names: &[String], given: &[(String, String)]) -> Done {
    match verb {
        "status" => {
            let mut done = Done::default();
            for (at, name) in names.iter().enumerate() {
                if at > 0 {
                    done.out.push('\n');
                }
                let part = status(call, name, given);
                done.add(part);
            }
            done
        }
        "is-active" => words_of(call, names, 3, state_word, "active"),
        "is-failed" => words_of(call, names, 1, state_word, "failed"),
        "is-enabled" => words_of(call, names, 1, enabled_word, "enabled"),
        "cat" => names.iter().fold(Done::default(), |mut done, name| {
            done.add(unit_file(call, name));
            done
        }),
        "start" => change(call, names, "start", |call, name| report(call, name, "start", units::start)),
        "stop" => change(call, names, "stop", |call, name| {
            if !units::stop(call.world, call.session.device, name) {
                return Done::failed(5, format!("Failed to stop {name}: Unit {name} not loaded.\n"));
            }
            Done::default()
        }),
        "restart" | "reload-or-restart" => {
            change(call, names, "restart", |call, name| report(call, name, "restart", units::restart))
        }
        "try-restart" => change(call, names, "restart", |call, name| {
            if call.linux().units.get(name).is_some_and(|unit| unit.state == UnitState::Active) {
                return report(call, name, "restart", units::restart);
            }
            Done::default()
        }),
        "reload" => change(call, names, "reload", reload),
        "enable" | "disable" => {
            let mut done = change(call, names, verb, |call, name| enable(call, name, verb == "enable"));
            if has(given, &["--now"]) && done.exit == 0 {
                done.add(verbs(call, if verb == "enable" { "start" } else { "stop" }, names, &[]));
            }
            done
        }
        "mask" | "unmask" => change(call, names, verb, |call, name| mask(call, name, verb == "mask")),
        _ => call.not_modelled(&format!("systemctl {verb}")),
    }
}

/// Changes need root; polkit would ask for a password that the learner does not type here.
fn change(call: &mut Call<'_>, names: &[String], verb: &str, act: impl Fn(&mut Call<'_>, &str) -> Done) -> Done {
    if !call.is_root() {
        let name = names.first().map_or("", String::as_str);
        let hint =
            if name.is_empty() { String::new() } else { format!("See system logs and 'systemctl status {name}' for details.\n") };
        let about = if name.is_empty() { verb.to_owned() } else { format!("{verb} {name}") };
        return Done::failed(4, format!("Failed to {about}: Interactive authentication required.\n{hint}"));
    }
    if names.is_empty() {
        return act(call, "");
    }
    let mut done = Done::default();
    for name in names {
        done.add(act(call, name));
    }
    done
}

type Starting = fn(&mut World, DeviceId, &str) -> Result<(), StartError>;

fn report(call: &mut Call<'_>, name: &str, verb: &str, act: Starting) -> Done {
    let result = act(call.world, call.session.device, name);
    // A start that reaches readiness or fails takes a moment.
    call.world.wait(Span::seconds(1));
    match result {
        Ok(()) => Done::default(),
        Err(StartError::NotFound) => Done::failed(5, format!("Failed to {verb} {name}: Unit {name} not found.\n")),
        Err(StartError::Masked) => Done::failed(1, format!("Failed to {verb} {name}: Unit {name} is masked.\n")),
        Err(StartError::Dependency) => {
            Done::failed(1, format!("A dependency job for {name} failed. See 'journalctl -xe' for details.\n"))
        }
        Err(StartError::Failed) => Done::failed(
            1,
            format!(
                "Job for {name} failed because the control process exited with error code.\nSee \"systemctl status {name}\" and \"journalctl -xeu {name}\" for details.\n"
            ),
        ),
    }
}

/// A reload with bad settings keeps the old ones running (nginx, sshd), and says so.
fn reload(call: &mut Call<'_>, name: &str) -> Done {
    let Some(unit) = call.linux().units.get(name).cloned() else {
        return Done::failed(5, format!("Failed to reload {name}: Unit {name} not found.\n"));
    };
    if unit.state != UnitState::Active {
        return Done::failed(1, format!("{name} is not active, cannot reload.\n"));
    }
    let program = units::program(&unit.exec).to_owned();
    if !matches!(program.as_str(), "nginx" | "sshd" | "app-server") {
        return Done::failed(1, format!("Failed to reload {name}: Job type reload is not applicable for unit {name}.\n"));
    }
    if let Some(failure) = check::settings(call.linux(), &unit) {
        for line in &failure.lines {
            call.log(name, &program, 3, line);
        }
        call.log(name, "systemd", 5, &format!("{name}: Control process exited, code=exited, status={}/FAILURE", failure.status));
        return Done::failed(
            1,
            format!("Job for {name} failed.\nSee \"systemctl status {name}\" and \"journalctl -xeu {name}\" for details.\n"),
        );
    }
    units::ports::open(call.world, call.session.device, name);
    call.log(name, "systemd", 6, &format!("Reloaded {name} - {}.", unit.description));
    Done::default()
}

fn enable(call: &mut Call<'_>, name: &str, enabled: bool) -> Done {
    let verb = if enabled { "enable" } else { "disable" };
    let Some(unit) = call.linux_mut().units.get_mut(name) else {
        return Done::failed(1, format!("Failed to {verb} unit: Unit file {name} does not exist.\n"));
    };
    if unit.masked && enabled {
        return Done::failed(1, format!("Failed to enable unit: Unit file /etc/systemd/system/{name} is masked.\n"));
    }
    if unit.enabled == enabled {
        return Done::default();
    }
    unit.enabled = enabled;
    let link = format!("/etc/systemd/system/multi-user.target.wants/{name}");
    // systemctl reports links on the error stream.
    Done {
        err: if enabled {
            format!("Created symlink {link} → /lib/systemd/system/{name}.\n")
        } else {
            format!("Removed \"{link}\".\n")
        },
        ..Done::default()
    }
}

fn mask(call: &mut Call<'_>, name: &str, masked: bool) -> Done {
    let Some(unit) = call.linux_mut().units.get_mut(name) else {
        return Done::failed(1, format!("Unit {name} does not exist, proceeding anyway.\n"));
    };
    if unit.masked == masked {
        return Done::default();
    }
    unit.masked = masked;
    let link = format!("/etc/systemd/system/{name}");
    Done {
        err: if masked { format!("Created symlink {link} → /dev/null.\n") } else { format!("Removed \"{link}\".\n") },
        ..Done::default()
    }
}

fn reset_failed(call: &mut Call<'_>, name: &str) -> Done {
    for (unit, held) in &mut call.linux_mut().units {
        if held.state == UnitState::Failed && (name.is_empty() || unit == name) {
            held.state = UnitState::Inactive;
        }
    }
    Done::default()
}

/// `exit` or `systemctl default` in the emergency shell.
pub fn leave_emergency(call: &mut Call<'_>) -> Done {
    if boot::resume(call.world, call.session.device) {
        call.session.elevated = false;
        call.session.bash.groups = None;
        return Done::ok("Reloading system manager configuration.\nStarting default target.\n");
    }
    Done::failed(
        1,
        "Reloading system manager configuration.\nStarting default target.\nYou are in emergency mode. After logging in, type \"journalctl -xb\" to view\nsystem logs, \"systemctl reboot\" to reboot, \"systemctl default\" or \"exit\"\nto boot into default mode.\n",
    )
}

fn state_word(unit: &Unit) -> &'static str {
    match unit.state {
        UnitState::Active => "active",
        UnitState::Inactive => "inactive",
        UnitState::Failed => "failed",
        UnitState::Activating => "activating",
    }
}

fn sub_word(unit: &Unit) -> &'static str {
    match unit.state {
        UnitState::Active => "running",
        UnitState::Inactive => "dead",
        UnitState::Failed => "failed",
        UnitState::Activating => "auto-restart",
    }
}

fn enabled_word(unit: &Unit) -> &'static str {
    if unit.masked {
        "masked"
    } else if unit.enabled {
        "enabled"
    } else {
        "disabled"
    }
}

fn words_of(call: &Call<'_>, names: &[String], exit: i32, word: fn(&Unit) -> &'static str, good: &str) -> Done {
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

fn status(call: &Call<'_>, name: &str, given: &[(String, String)]) -> Done {
    let linux = call.linux();
    let Some(unit) = linux.units.get(name) else {
        if let Some(mount) = linux.mounts.iter().find(|mount| units::mount_unit(&mount.target) == name) {
            let (dot, active, exit) = if mount.mounted { ("●", "active (mounted)", 0) } else { ("○", "inactive (dead)", 3) };
            return Done {
                out: format!(
                    "{dot} {name} - {0}\n     Loaded: loaded (/etc/fstab; generated)\n     Active: {active}\n      Where: {0}\n       What: {1}\n       Docs: man:fstab(5)\n             man:systemd-fstab-generator(8)\n",
                    mount.target, mount.source
                ),
                exit,
                ..Done::default()
            };
        }
        return Done::failed(4, format!("Unit {name} could not be found.\n"));
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
    let since = format!("{}; {}", stamp(call, unit.since), ago(call.world.now - unit.since));
    let (word, exit) = (units::exit_word(unit.exit_status), unit.exit_status);
    let program = units::program(&unit.exec);
    match unit.state {
        UnitState::Active => {
            let _ = writeln!(out, "     Active: active (running) since {since}");
            let _ = writeln!(out, "   Main PID: {} ({program})", unit.pid);
            let members: Vec<_> = linux.processes.iter().filter(|process| process.unit == name).collect();
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
    let lines = super::call::value(given, &["n"]).and_then(|lines| lines.parse().ok()).unwrap_or(10);
    let tail = super::journal::of_unit(call, name, lines);
    if !tail.is_empty() {
        out.push('\n');
        out.push_str(&tail);
    }
    Done { out, exit: if unit.state == UnitState::Active { 0 } else { 3 }, ..Done::default() }
}

fn overall(call: &Call<'_>) -> Done {
    let linux = call.linux();
    let failed = linux.units.values().filter(|unit| unit.state == UnitState::Failed).count();
    let state = if linux.emergency.is_some() {
        "maintenance"
    } else if failed > 0 {
        "degraded"
    } else {
        "running"
    };
    let host = crate::machine::linux_files::generated::host_name(&call.device().name);
    let started = call.device().started;
    Done::ok(format!(
        "● {host}\n    State: {state}\n    Units: {} loaded (incl. loaded aliases)\n     Jobs: 0 queued\n   Failed: {failed} units\n    Since: {}; {}\n",
        linux.units.len(),
        stamp(call, started),
        ago(call.world.now - started)
    ))
}

/// What systemd lists: name, mark, and the four words after it.
struct Row {
    mark: &'static str,
    cells: [String; 4],
    description: String,
}

fn list_units(call: &Call<'_>, given: &[(String, String)]) -> Done {
    let linux = call.linux();
    let failed_only = has(given, &["--failed"]) || super::call::value(given, &["--state"]) == Some("failed");
    let all = has(given, &["--all", "a"]);
    let kind = super::call::value(given, &["t", "--type"]).map(str::to_owned);
    let mut rows: Vec<Row> = Vec::new();
    for mount in linux.mounts.iter().filter(|mount| mount.mounted && mount.file_system != "swap" && !failed_only) {
        let description = if mount.target == "/" { "Root Mount".to_owned() } else { mount.target.clone() };
        let cells = [units::mount_unit(&mount.target), "loaded".to_owned(), "active".to_owned(), "mounted".to_owned()];
        rows.push(Row { mark: " ", cells, description });
    }
    for (name, unit) in &linux.units {
        let failed = unit.state == UnitState::Failed;
        if if failed_only { !failed } else { !all && unit.state == UnitState::Inactive } {
            continue;
        }
        let load = if unit.masked { "masked" } else { "loaded" };
        let cells = [name.clone(), load.to_owned(), state_word(unit).to_owned(), sub_word(unit).to_owned()];
        rows.push(Row { mark: if failed || unit.masked { "●" } else { " " }, cells, description: unit.description.clone() });
    }
    rows.retain(|row| kind.as_ref().is_none_or(|kind| row.cells[0].ends_with(&format!(".{kind}"))));
    if rows.is_empty() && failed_only {
        return Done::ok("  UNIT LOAD ACTIVE SUB DESCRIPTION\n0 loaded units listed.\n");
    }
    sorted::by(&mut rows, |a, b| a.cells[0].cmp(&b.cells[0]));
    let heads = ["UNIT", "LOAD", "ACTIVE", "SUB"];
    let width = |at: usize| rows.iter().map(|row| row.cells[at].len()).max().unwrap_or(0).max(heads[at].len());
    let (unit, load, active, sub) = (width(0), width(1), width(2), width(3));
    let mut out = format!("  {:<unit$} {:<load$} {:<active$} {:<sub$} DESCRIPTION\n", heads[0], heads[1], heads[2], heads[3]);
    for row in &rows {
        let [name, loaded, state, below] = &row.cells;
        let _ = writeln!(out, "{} {name:<unit$} {loaded:<load$} {state:<active$} {below:<sub$} {}", row.mark, row.description);
    }
    out.push_str("\nLOAD   = Reflects whether the unit definition was properly loaded.\n");
    out.push_str("ACTIVE = The high-level unit activation state, i.e. generalization of SUB.\n");
    out.push_str("SUB    = The low-level unit activation state, values depend on unit type.\n");
    let _ = write!(out, "{} loaded units listed.", rows.len());
    if !failed_only && !all {
        out.push_str(" Pass --all to see loaded but inactive units, too.\nTo show all installed unit files use 'systemctl list-unit-files'.");
    }
    Done::ok(out + "\n")
}

fn list_files(call: &Call<'_>) -> Done {
    let units = &call.linux().units;
    let width = units.keys().map(String::len).max().unwrap_or(0).max("UNIT FILE".len());
    let mut out = format!("{:<width$} {:<8} PRESET\n", "UNIT FILE", "STATE");
    for (name, unit) in units {
        let _ = writeln!(out, "{name:<width$} {:<8} enabled", enabled_word(unit));
    }
    Done::ok(format!("{out}\n{} unit files listed.\n", units.len()))
}

/// The unit file as the model's unit says it.
fn unit_file(call: &Call<'_>, name: &str) -> Done {
    let Some(unit) = call.linux().units.get(name) else {
        return Done::failed(1, format!("No files found for {name}.\n"));
    };
    let mut out = format!("# /lib/systemd/system/{name}\n[Unit]\nDescription={}\n", unit.description);
    if !unit.requires.is_empty() {
        let list = unit.requires.join(" ");
        let _ = write!(out, "Requires={list}\nAfter={list}\n");
    }
    let _ = write!(out, "\n[Service]\nType=notify\nExecStart={}\n", unit.exec);
    if unit.user != "root" {
        let _ = writeln!(out, "User={}", unit.user);
    }
    Done::ok(out + "\n[Install]\nWantedBy=multi-user.target\n")
}

fn service(call: &mut Call<'_>, args: &[String]) -> Done {
    match args {
        [all] if all == "--status-all" => {
            let mut out = String::new();
            for (name, unit) in &call.linux().units {
                let sign = if unit.state == UnitState::Active { '+' } else { '-' };
                let _ = writeln!(out, " [ {sign} ]  {}", name.trim_end_matches(".service"));
            }
            Done::ok(out)
        }
        [name, verb] => {
            let full = units::full_name(call.linux(), name);
            if !call.linux().units.contains_key(&full) {
                return Done::failed(1, format!("{name}: unrecognized service\n"));
            }
            systemctl(call, &[verb.clone(), full])
        }
        _ => Done::failed(1, "Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n"),
    }
}

/// `nginx -t`, `nginx -s reload`, `nginx -v`.
fn nginx(call: &mut Call<'_>, args: &[String]) -> Done {
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["-t" | "-T"] => {
            let conf = "/etc/nginx/nginx.conf";
            if !call.is_root() {
                return Done::failed(
                    1,
                    format!(
                        "nginx: [emerg] open() \"/run/nginx.pid\" failed (13: Permission denied)\nnginx: configuration file {conf} test failed\n"
                    ),
                );
            }
            match check::nginx(call.linux()) {
                None => Done {
                    err: format!(
                        "nginx: the configuration file {conf} syntax is ok\nnginx: configuration file {conf} test is successful\n"
                    ),
                    ..Done::default()
                },
                Some(failure) => {
                    Done::failed(1, format!("{}\nnginx: configuration file {conf} test failed\n", failure.lines.join("\n")))
                }
            }
        }
        ["-s", "reload"] => reload(call, "nginx.service"),
        ["-v"] => {
            let version = call.linux().packages.get("nginx").map_or("", |package| package.version.as_str());
            Done { err: format!("nginx version: nginx/{}\n", version.split('-').next().unwrap_or_default()), ..Done::default() }
        }
        _ => call.not_modelled("options of nginx beside -t, -s reload and -v"),
    }
}

fn sshd(call: &mut Call<'_>, args: &[String]) -> Done {
    if args.first().map(String::as_str) != Some("-t") {
        return call.not_modelled("sshd beside -t");
    }
    let unit = call.linux().units.get("ssh.service").cloned().unwrap_or_default();
    match check::settings(call.linux(), &unit) {
        None => Done::default(),
        Some(failure) => Done::failed(255, failure.lines.join("\n") + "\n"),
    }
}
