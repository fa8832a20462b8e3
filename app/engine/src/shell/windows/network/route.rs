//! `route`: the IPv4 table, and routes written by hand.

mod change;
mod print;

use super::arguments::wants_help;
use crate::shell::{Output, Session};
use crate::world::{DeviceId, World};

const USAGE: &str = "
Manipulates network routing tables.

ROUTE [-f] [-p] [-4|-6] command [destination]
                  [MASK netmask]  [gateway] [METRIC metric]  [IF interface]

  -p           When used with the ADD command, makes a route persistent across
               boots of the system.

  command      One of these:
                 PRINT     Prints  a route
                 ADD       Adds    a route
                 DELETE    Deletes a route
                 CHANGE    Modifies an existing route
  destination  Specifies the host.
  MASK         Specifies that the next parameter is the 'netmask' value.
  netmask      Specifies a subnet mask value for this route entry.
               If not specified, it defaults to 255.255.255.255.
  gateway      Specifies gateway.
  interface    the interface number for the specified route.
  METRIC       specifies the metric, ie. cost for the destination.

";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if arguments.is_empty() || wants_help(arguments) {
        return Output::ok(USAGE);
    }
    let mut persistent = false;
    let mut words: Vec<&str> = Vec::new();
    for argument in arguments {
        match argument.to_lowercase().as_str() {
            "-p" | "/p" => persistent = true,
            "-4" | "/4" => {}
            "-6" | "/6" | "-f" | "/f" => return Output::not_modelled(world, &format!("route {argument}")),
            _ => words.push(argument),
        }
    }
    let rest = words.get(1..).unwrap_or_default();
    match words.first().map(|word| word.to_lowercase()).as_deref() {
        Some("print") => match rest.first() {
            None => Output::ok(print::table(world, session.device, None)),
            Some(pattern) => Output::ok(print::table(world, session.device, Some(pattern))),
        },
        Some("add") => change::add(world, session, rest, persistent),
        Some("delete") => change::delete(world, session, rest),
        Some("change") => change::change(world, session, rest, persistent),
        _ => Output::failed(1, USAGE),
    }
}

pub use print::active;

/// Also `netstat -r`.
pub fn table(world: &World, device: DeviceId) -> String {
    print::table(world, device, None)
}
