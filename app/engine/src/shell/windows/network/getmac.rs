//! `getmac`.

use std::fmt::Write;

use super::adapters;
use super::arguments::wants_help;
use crate::shell::{Output, Session};
use crate::world::World;

const USAGE: &str = "
GETMAC [/V]

Description:
    This tool enables an administrator to display the MAC address
    for network adapters on a system.

Parameter List:
    /V             Specifies that verbose output is displayed.
    /?             Displays this help message.
";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if wants_help(arguments) {
        return Output::ok(USAGE);
    }
    let verbose = match arguments {
        [] => false,
        [one] if one.eq_ignore_ascii_case("/v") => true,
        [one, ..] if ["/s", "/u", "/p", "/fo", "/nh", "/v"].iter().any(|known| one.eq_ignore_ascii_case(known)) => {
            return Output::not_modelled(world, &format!("getmac {}", arguments.join(" ")));
        }
        [one, ..] => {
            return Output::failed(1, format!("ERROR: Invalid argument/option - '{one}'.\nType \"GETMAC /?\" for usage.\n"));
        }
    };
    let mut text = "\n".to_owned();
    let head = |text: &mut String, label: &str, width: usize| {
        let _ = write!(text, "{label:<width$} ");
    };
    let widths: &[(&str, usize)] = if verbose {
        &[("Connection Name", 15), ("Network Adapter", 15), ("Physical Address", 19), ("Transport Name", 58)]
    } else {
        &[("Physical Address", 19), ("Transport Name", 58)]
    };
    for (label, width) in widths {
        head(&mut text, label, *width);
    }
    text = format!("{}\n", text.strip_suffix(' ').unwrap_or(&text));
    let rule: Vec<String> = widths.iter().map(|(_, width)| "=".repeat(*width)).collect();
    let _ = writeln!(text, "{}", rule.join(" "));
    for adapter in adapters::enabled(world, session.device) {
        let transport =
            if adapter.connected { format!("\\Device\\Tcpip_{}", adapter.guid()) } else { "Media disconnected".to_owned() };
        if verbose {
            let short = |text: &str| text.chars().take(15).collect::<String>();
            let _ = write!(text, "{:<15} {:<15} ", short(&adapter.name), short(&adapter.description));
        }
        let _ = writeln!(text, "{:<19} {transport:<58}", adapter.mac.hyphens_upper());
    }
    Output::ok(text)
}
