//! The machine as a whole: `uname`, `hostname`, `hostnamectl`, `reboot`, and small builtins of the shell.

use std::fmt::Write;

use super::call::{Call, Done, has, options};
use super::{Command, command, execute};
use crate::machine::linux_files::generated;
use crate::time::Span;
use crate::world::device::Kind;

pub const COMMANDS: &[Command] = &[
    command("uname", "", uname),
    command("hostname", "", hostname),
    command("hostnamectl", "", hostnamectl),
    command("reboot", "", |call, _| restart(call)),
    command("poweroff", "", |call, _| power_off(call)),
    command("shutdown", "", shutdown),
    command("true", "", |_, _| Done::default()),
    command("false", "", |_, _| Done { exit: 1, ..Done::default() }),
    command("clear", "", |_, _| Done::default()),
    command("export", "", export),
    command("unset", "", unset),
    command("which", "", which),
    command("type", "", type_of),
    command("sleep", "", sleep),
    command("sync", "", |_, _| Done::default()),
    command("history", "", |call, _| call.not_modelled("history of the shell; the ticket keeps the log of all actions")),
    command("help", "", help),
    command("man", "", |call, _| call.not_modelled("manual pages")),
];

fn uname(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, _) = options(args, "");
    if let Some(complaint) = super::call::stranger("uname", &given, &["a", "r", "s", "n", "m", "v", "o", "--all"]) {
        return complaint;
    }
    let kernel = call.linux().kernel.clone();
    let host = generated::host_name(call.device());
    if has(&given, &["a", "--all"]) {
        return Done::ok(format!("Linux {host} {kernel} x86_64 GNU/Linux\n"));
    }
    let mut parts = Vec::new();
    let release = kernel.split(' ').next().unwrap_or_default().to_owned();
    for (letter, text) in [("s", "Linux"), ("n", host.as_str()), ("r", release.as_str()), ("m", "x86_64"), ("o", "GNU/Linux")] {
        if has(&given, &[letter]) {
            parts.push(text.to_owned());
        }
    }
    Done::ok(if parts.is_empty() { "Linux\n".to_owned() } else { parts.join(" ") + "\n" })
}

fn hostname(call: &mut Call<'_>, args: &[String]) -> Done {
    let host = generated::host_name(call.device());
    match args.first().map(String::as_str) {
        None | Some("-s") => Done::ok(format!("{host}\n")),
        Some("-f" | "--fqdn") => Done::ok(match call.device().stack.resolver.suffixes.first() {
            Some(suffix) => format!("{host}.{suffix}\n"),
            None => format!("{host}\n"),
        }),
        Some("-d" | "--domain") => Done::ok(
            call.device().stack.resolver.suffixes.first().map_or_else(|| "\n".to_owned(), |suffix| format!("{suffix}\n")),
        ),
        Some("-I") => {
            let addresses = call
                .device()
                .stack
                .interfaces
                .iter()
                .filter(|interface| interface.enabled)
                .flat_map(|interface| &interface.addresses);
            let list: Vec<String> =
                addresses.filter(|address| !address.ip.is_loopback()).map(|address| address.ip.to_string()).collect();
            Done::ok(list.join(" ") + " \n")
        }
        Some(option) if option.starts_with('-') => call.not_modelled(&format!("hostname {option}")),
        Some(_) if !call.is_root() => Done::failed(1, "hostname: you must be root to change the host name\n"),
        Some(name) if is_host_name(name) => {
            name.clone_into(&mut call.linux_mut().host_name);
            Done::default()
        }
        Some(_) => Done::failed(1, "hostname: the specified hostname is invalid\n"),
    }
}

/// RFC 1123: letters, digits and hyphens in labels of at most 63, 64 in all as Linux allows.
fn is_host_name(name: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.len() <= 64 && name.split('.').all(label)
}

/// `hostnamectl set-hostname NAME`, and `hostname NAME` since systemd 249.
fn set_host_name(call: &mut Call<'_>, name: &str) -> Done {
    // systemd takes anything as a name for people to read and makes a host name of it.
    if !is_host_name(name) {
        return call.not_modelled("a host name for people (--pretty)");
    }
    if !call.is_root() {
        return Done::failed(1, "Could not set static hostname: Interactive authentication required.\n");
    }
    name.clone_into(&mut call.linux_mut().host_name);
    Done::default()
}

fn hostnamectl(call: &mut Call<'_>, args: &[String]) -> Done {
    match args.first().map(String::as_str) {
        None | Some("status") => {}
        Some(verb @ ("hostname" | "set-hostname")) => match args.get(1) {
            Some(name) => return set_host_name(call, name),
            None if verb == "hostname" => return hostname(call, &[]),
            None => return Done::failed(1, "Too few arguments.\n"),
        },
        Some(option) if option.starts_with('-') => return call.not_modelled(&format!("hostnamectl {option}")),
        Some(
            verb @ ("chassis" | "icon-name" | "deployment" | "location" | "set-chassis" | "set-icon-name" | "set-deployment"
            | "set-location"),
        ) => {
            return call.not_modelled(&format!("hostnamectl {verb}"));
        }
        Some(verb) => return Done::failed(1, format!("Unknown command verb {verb}.\n")),
    }
    let chassis = match call.device().kind {
        Kind::Server => "server",
        Kind::Laptop => "laptop",
        _ => "desktop",
    };
    let kernel = call.linux().kernel.split(' ').next().unwrap_or_default().to_owned();
    let mut out = String::new();
    let _ = writeln!(out, " Static hostname: {}", generated::host_name(call.device()));
    let _ = writeln!(out, "       Icon name: computer-{chassis}");
    let _ = writeln!(out, "         Chassis: {chassis}");
    let _ = writeln!(out, "Operating System: {}", call.linux().distribution);
    let _ = writeln!(out, "          Kernel: Linux {kernel}");
    let _ = writeln!(out, "    Architecture: x86-64");
    let _ = writeln!(out, "  Hardware Model: {}", call.device().model);
    Done::ok(out)
}

/// Down at once, up again when the timer fires; whoever is signed in is thrown out.
pub fn restart(call: &mut Call<'_>) -> Done {
    if !call.is_root() {
        return Done::failed(
            1,
            "Failed to set wall message, ignoring: Interactive authentication required.\nFailed to reboot system via logind: Interactive authentication required.\n",
        );
    }
    let device = call.session.device;
    leave(call);
    crate::machine::power::restart(call.world, device);
    Done::default()
}

pub fn power_off(call: &mut Call<'_>) -> Done {
    if !call.is_root() {
        return Done::failed(
            1,
            "Failed to set wall message, ignoring: Interactive authentication required.\nFailed to power off system via logind: Interactive authentication required.\n",
        );
    }
    let device = call.session.device;
    leave(call);
    crate::machine::power::shut_down(call.world, device);
    Done::default()
}

/// The terminal closes; the next one is a new sign-in.
fn leave(call: &mut Call<'_>) {
    if let Some(outermost) = call.session.bash.outer.first().cloned() {
        call.session.user = outermost.user;
    }
    call.session.elevated = false;
    call.session.bash = super::Memory::default();
    call.session.folder = super::call::home(call.linux(), &call.session.user);
}

fn shutdown(call: &mut Call<'_>, args: &[String]) -> Done {
    let now = args.iter().any(|arg| matches!(arg.as_str(), "now" | "+0"));
    if args.iter().any(|arg| arg == "-c") {
        return Done::default();
    }
    if !now {
        return call.not_modelled("shutdown at a later time; use: shutdown now, shutdown -r now");
    }
    if args.iter().any(|arg| arg == "-r") { restart(call) } else { power_off(call) }
}

fn export(call: &mut Call<'_>, args: &[String]) -> Done {
    for arg in args {
        if let Some((name, value)) = arg.split_once('=') {
            execute::set_variable(call, name, value);
        }
    }
    Done::default()
}

fn unset(call: &mut Call<'_>, args: &[String]) -> Done {
    call.session.bash.variables.retain(|(name, _)| !args.contains(name));
    Done::default()
}

fn which(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut done = Done::default();
    for name in args {
        if execute::known(call, name) {
            let folder = if execute::is_admin(name) { "/usr/sbin" } else { "/usr/bin" };
            let _ = writeln!(done.out, "{folder}/{name}");
        } else {
            done.exit = 1;
        }
    }
    done
}

fn type_of(call: &mut Call<'_>, args: &[String]) -> Done {
    let mut done = Done::default();
    for name in args {
        if matches!(name.as_str(), "cd" | "echo" | "exit" | "export" | "kill" | "pwd" | "type" | "unset" | "true" | "false") {
            let _ = writeln!(done.out, "{name} is a shell builtin");
        } else if execute::known(call, name) {
            let folder = if execute::is_admin(name) { "/usr/sbin" } else { "/usr/bin" };
            let _ = writeln!(done.out, "{name} is {folder}/{name}");
        } else {
            done.complain(1, format!("bash: type: {name}: not found\n"));
        }
    }
    done
}

fn sleep(call: &mut Call<'_>, args: &[String]) -> Done {
    /// An hour: longer waits have an action of their own.
    const LONGEST: u64 = 3600;
    let text = args.first().map_or("", String::as_str);
    let digits = text.trim_end_matches(['s', 'm', 'h']);
    let Ok(count) = digits.parse::<u64>() else {
        return Done::failed(1, format!("sleep: invalid time interval '{text}'\nTry 'sleep --help' for more information.\n"));
    };
    let seconds = match text.chars().last() {
        Some('m') => count.saturating_mul(60),
        Some('h') => count.saturating_mul(3600),
        _ => count,
    };
    call.world.wait(Span::seconds(seconds.min(LONGEST)));
    Done::default()
}

fn help(call: &mut Call<'_>, _args: &[String]) -> Done {
    let names: Vec<&str> = super::NAMES.iter().copied().filter(|name| execute::known(call, name)).collect();
    Done::ok(format!("[simulation] commands here: {}\n", names.join(" ")))
}
