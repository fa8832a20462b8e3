//! `netsh`: Wi-Fi, addresses, firewall, and the resets.

mod firewall;
mod interface;
mod reset;
mod wlan;

use crate::shell::{Output, Session};
use crate::world::World;

/// What `netsh` says to a user without rights.
pub(super) const NEEDS_ELEVATION: &str = "The requested operation requires elevation (Run as administrator).\n\n";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let lower: Vec<String> = arguments.iter().map(|word| word.to_lowercase()).collect();
    let verbs: Vec<&str> = lower.iter().map(String::as_str).collect();
    match verbs.as_slice() {
        [] => Output::not_modelled(world, "the netsh> prompt"),
        ["wlan", rest @ ..] => wlan::run(world, session, rest, words.get(1..).unwrap_or_default()),
        ["winsock", "reset", ..] => reset::winsock(world, session),
        ["winsock", ..] => Output::not_modelled(world, &format!("netsh {}", words.join(" "))),
        ["int" | "interface", rest @ ..] => interface::run(world, session, rest, words.get(1..).unwrap_or_default()),
        ["advfirewall", rest @ ..] => firewall::run(world, session, rest, words.get(1..).unwrap_or_default()),
        [first, ..]
            if [
                "trace",
                "dhcpclient",
                "dnsclient",
                "http",
                "lan",
                "mbn",
                "nlm",
                "p2p",
                "ras",
                "rpc",
                "winhttp",
                "firewall",
                "bridge",
                "branchcache",
                "wfp",
                "add",
                "delete",
                "dump",
                "exec",
                "set",
                "show",
                "help",
                "?",
                "/?",
            ]
            .contains(first) =>
        {
            Output::not_modelled(world, &format!("netsh {}", words.join(" ")))
        }
        _ => not_found(&words.join(" ")),
    }
}

/// What the real tool says to words it does not know.
pub(super) fn not_found(line: &str) -> Output {
    Output::failed(1, format!("The following command was not found: {line}.\n"))
}

/// `name="Wi-Fi"`: the value behind a tag, in any case.
pub(super) fn tag<'a>(words: &[&'a str], name: &str) -> Option<&'a str> {
    words.iter().find_map(|word| {
        let (tag, value) = word.split_once('=')?;
        tag.eq_ignore_ascii_case(name).then(|| value.trim_matches('"'))
    })
}
