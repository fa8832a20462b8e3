//! Programs of the system: `sc`, `net`, `tasklist`, `sfc`, …

mod accounts;
mod boot;
mod chkdsk;
mod clock;
mod diskpart;
pub(super) mod events;
mod format;
mod inventory;
mod policy;
mod power;
mod processes;
mod registry;
mod regsvr32;
mod repair;
mod schtasks;
mod services;
mod sessions;
#[cfg(test)]
mod tests;

use super::{Command, answered, ask};
use crate::shell::{Output, Session};
use crate::world::windows::Windows;
use crate::world::{DeviceId, World};

pub const COMMANDS: &[Command] = &[
    Command { name: "bcdboot", run: boot::bcdboot },
    Command { name: "bcdedit", run: boot::bcdedit },
    Command { name: "bootrec", run: boot::bootrec },
    Command { name: "chkdsk", run: chkdsk::run },
    Command { name: "diskpart", run: diskpart::run },
    Command { name: "dism", run: repair::dism },
    Command { name: "eventvwr", run: events::eventvwr },
    Command { name: "format", run: format::run },
    Command { name: "gpresult", run: policy::gpresult },
    Command { name: "gpupdate", run: policy::gpupdate },
    Command { name: "logoff", run: sessions::logoff },
    Command { name: "manage-bde", run: inventory::manage_bde },
    Command { name: "powercfg", run: power::powercfg },
    Command { name: "query", run: sessions::query },
    Command { name: "quser", run: sessions::quser },
    Command { name: "reg", run: registry::run },
    Command { name: "regsvr32", run: regsvr32::run },
    Command { name: "sc", run: services::sc },
    Command { name: "schtasks", run: schtasks::run },
    Command { name: "sfc", run: repair::sfc },
    Command { name: "shutdown", run: power::shutdown },
    Command { name: "systeminfo", run: inventory::systeminfo },
    Command { name: "taskkill", run: processes::taskkill },
    Command { name: "tasklist", run: processes::tasklist },
    Command { name: "w32tm", run: clock::w32tm },
    Command { name: "wevtutil", run: events::wevtutil },
];

/// The parts of `net` that are about this computer; `None`: another part of `net`.
pub fn net(world: &mut World, session: &mut Session, arguments: &[String]) -> Option<Output> {
    let (first, rest) = arguments.split_first()?;
    Some(match first.to_lowercase().as_str() {
        "user" | "users" => accounts::user(world, session, rest),
        "localgroup" => accounts::localgroup(world, session, rest),
        "accounts" => accounts::accounts(world, session, rest),
        "start" => services::net_start(world, session, rest),
        "stop" => services::net_stop(world, session, rest),
        _ => return None,
    })
}

/// Whether an option is among the arguments, with `/` or `-`, in any case: `given(arguments, "f")`.
fn given(arguments: &[String], option: &str) -> bool {
    arguments.iter().any(|argument| plain(argument).is_some_and(|name| name.eq_ignore_ascii_case(option)))
}

/// The text after an option's colon: `/c:5` for `c`.
fn after_colon<'a>(arguments: &'a [String], option: &str) -> Option<&'a str> {
    arguments.iter().find_map(|argument| {
        let (name, value) = plain(argument)?.split_once(':')?;
        name.eq_ignore_ascii_case(option).then_some(value)
    })
}

/// The word after an option: `/pid 512` for `pid`.
fn word_after<'a>(arguments: &'a [String], option: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| plain(argument).is_some_and(|name| name.eq_ignore_ascii_case(option)))?;
    arguments.get(at.saturating_add(1)).map(String::as_str)
}

/// An option without the sign before it.
fn plain(argument: &str) -> Option<&str> {
    argument.strip_prefix(['/', '-'])
}

/// The drive letter of `c:` or `C:\`.
fn letter(text: &str) -> Option<char> {
    let mut signs = text.chars();
    let letter = signs.next().filter(char::is_ascii_alphabetic)?.to_ascii_uppercase();
    matches!(signs.as_str(), ":" | ":\\").then_some(letter)
}

fn of(world: &World, device: DeviceId) -> Option<&Windows> {
    world.device(device).windows()
}

/// The machine's name as a domain knows it.
fn full_name(world: &World, device: DeviceId) -> String {
    let name = world.device(device).name.clone();
    match of(world, device).and_then(|windows| windows.joined.as_ref()) {
        Some(joined) => format!("{name}.{}", joined.domain),
        None => name,
    }
}

/// `1,234,567`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
