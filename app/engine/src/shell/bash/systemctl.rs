//! `systemctl`, `service` and the tests of settings that programs offer (`nginx -t`, `sshd -t`).

mod list;
mod program;
mod status;

use super::call::{Call, Done, has, options};
use super::{Command, command};
use crate::machine::units;
use crate::machine::units::{StartError, boot, check};
use crate::time::Span;
use crate::world::linux::UnitState;
use crate::world::{DeviceId, World};

use list::{list_files, list_units, overall, unit_file};
use program::{nginx, service, sshd};
use status::{enabled_word, state_word, status, words_of};

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
