//! `ipconfig`: what is in force on the adapters, leases, the resolver's cache.

mod cache;
mod lease;
mod show;

use super::arguments::{NEEDS_ELEVATION, option, wants_help};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::World;

const USAGE: &str = "
USAGE:
    ipconfig [/allcompartments] [/? | /all |
                                 /renew [adapter] | /release [adapter] |
                                 /flushdns | /displaydns | /registerdns]

where
    adapter             Connection name
                       (wildcard characters * and ? allowed)

    Options:
       /?               Display this help message
       /all             Display full configuration information.
       /release         Release the IPv4 address for the specified adapter.
       /renew           Renew the IPv4 address for the specified adapter.
       /flushdns        Purges the DNS Resolver cache.
       /registerdns     Refreshes all DHCP leases and re-registers DNS names
       /displaydns      Display the contents of the DNS Resolver Cache.
";

pub(super) const TITLE: &str = "\nWindows IP Configuration\n\n";

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if wants_help(arguments) {
        return Output::ok(USAGE);
    }
    let Some(first) = arguments.first() else { return Output::ok(show::short(world, session.device)) };
    let adapter = arguments.get(1).map(String::as_str);
    match option(first).map(str::to_lowercase).as_deref() {
        Some("all") => Output::ok(show::all(world, session.device)),
        Some("allcompartments") => Output::ok(show::short(world, session.device)),
        Some("release") => lease::release(world, session.device, adapter),
        Some("renew") => lease::renew(world, session.device, adapter),
        Some("flushdns") => cache::flush(world, session.device),
        Some("displaydns") => cache::display(world, session.device),
        Some("registerdns") => register(world, session),
        Some(option @ ("release6" | "renew6" | "showclassid" | "setclassid" | "showclassid6" | "setclassid6")) => {
            Output::not_modelled(world, &format!("ipconfig /{option}"))
        }
        _ => Output::failed(1, format!("\nError: unrecognized or incomplete command line.\n{USAGE}")),
    }
}

/// Asks for fresh leases and registers the host's names. The model's DNS zones are kept by DHCP and by administrators, so only
/// the leases change here.
fn register(world: &mut World, session: &Session) -> Output {
    if !session.elevated {
        return Output::failed(1, format!("{TITLE}{NEEDS_ELEVATION}"));
    }
    world.wait(Span::seconds(1));
    for adapter in super::adapters::enabled(world, session.device) {
        if adapter.dhcp && adapter.connected {
            crate::net::dhcp::renew(world, session.device, adapter.interface);
        }
    }
    Output::ok(format!(
        "{TITLE}Registration of the DNS resource records for all adapters of this computer has been initiated. Any errors will be \
         reported in the Event Viewer in 15 minutes.\n"
    ))
}
