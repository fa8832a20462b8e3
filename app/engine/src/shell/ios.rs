//! The IOS-like command line of switches, routers and firewalls.
//!
//! The layouts are those of a Catalyst 2960 with IOS 15.2; routers and firewalls print in the same way, with routed ports. The
//! running configuration is not text but the ports, the switching part and the stack: `show running-config` writes it, and every
//! configuration command changes it at once.
//!
//! The line works as with `no ip domain-lookup` and `transport preferred none`: an unknown word is no host to connect to.

mod access_list;
mod call;
mod configure;
mod exec;
mod grammar;
pub mod names;
mod parse;
mod pipe;
mod show;
pub mod status;
#[cfg(test)]
mod tests;

use super::{Mode, Output, Session};
use crate::world::{DeviceId, World};
use call::Call;
use parse::Outcome;

/// What the modes offer, by first words: for "what can I do here?" and Tab.
pub const NAMES: &[&str] = &[
    "access-list",
    "clear",
    "clock",
    "configure",
    "copy",
    "description",
    "disable",
    "do",
    "duplex",
    "enable",
    "end",
    "errdisable",
    "exit",
    "hostname",
    "interface",
    "ip",
    "line",
    "lldp",
    "logout",
    "name",
    "no",
    "ping",
    "power",
    "reload",
    "show",
    "shutdown",
    "spanning-tree",
    "speed",
    "switchport",
    "terminal",
    "traceroute",
    "vlan",
    "write",
];

/// What the device calls itself.
#[must_use]
pub fn hostname(world: &World, device: DeviceId) -> String {
    let found = world.device(device);
    match found.ios() {
        Some(ios) if !ios.hostname.is_empty() => ios.hostname.clone(),
        _ => found.name.clone(),
    }
}

#[must_use]
pub fn prompt(world: &World, session: &Session) -> String {
    let host = hostname(world, session.device);
    match &session.mode {
        Mode::IosPrivileged => format!("{host}#"),
        Mode::IosConfig { section } => format!("{host}(config{})#", suffix(section.as_deref())),
        Mode::Question { asked, .. } => asked.clone(),
        _ => format!("{host}>"),
    }
}

/// What the prompt adds below `(config`.
fn suffix(section: Option<&str>) -> &'static str {
    match section.and_then(|section| section.split(' ').next()) {
        Some("range") => "-if-range",
        Some("interface") if section.is_some_and(|name| name.contains('.')) => "-subif",
        Some("interface") => "-if",
        Some("vlan") => "-vlan",
        Some("pool") => "-dhcp",
        Some("line") => "-line",
        Some("list") => "-ext-nacl",
        _ => "",
    }
}

pub fn run(world: &mut World, session: &mut Session, line: &str) -> Output {
    if let Mode::Question { command, .. } = session.mode.clone() {
        return exec::answer(world, session, &command, line.trim());
    }
    let width = prompt(world, session).chars().count();
    let (command, filter) = pipe::split(line);
    let output = execute(world, session, command, width);
    match filter {
        // Complaints are never filtered.
        Some(filter) if output.exit == 0 => Output { text: pipe::apply(&output.text, filter), ..output },
        _ => output,
    }
}

/// `command` runs in the mode of the session; `do` runs a privileged command from a configuration mode.
fn execute(world: &mut World, session: &mut Session, command: &str, width: usize) -> Output {
    let trimmed = command.trim();
    if trimmed.is_empty() || trimmed.starts_with('!') {
        return Output::ok("");
    }
    if let Some(asked) = command.strip_suffix('?') {
        return Output::ok(parse::help(world, session, asked));
    }
    if matches!(session.mode, Mode::IosConfig { .. })
        && let Some((word, rest)) = trimmed.split_once(' ')
        && word.eq_ignore_ascii_case("do")
    {
        let before = std::mem::replace(&mut session.mode, Mode::IosPrivileged);
        let shift = command.chars().count().saturating_sub(rest.chars().count());
        let output = execute(world, session, rest, width.saturating_add(shift));
        if session.mode == Mode::IosPrivileged {
            session.mode = before;
        }
        return output;
    }
    match parse::line(world, session, command) {
        Outcome::Run { entry, no, args } => {
            let mut call = Call { world, device: session.device, session, no, args, width };
            (entry.run)(&mut call)
        }
        Outcome::Ambiguous => Output::failed(1, format!("% Ambiguous command:  \"{trimmed}\"\n")),
        Outcome::Incomplete => Output::failed(1, "% Incomplete command.\n\n"),
        Outcome::Invalid(at) => {
            // Authors see what learners try that is not here.
            world.note_not_modelled(format!("ios: {trimmed}"));
            Output::failed(1, call::invalid_text(width, at))
        }
    }
}
