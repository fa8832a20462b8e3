//! `tracert`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::adapters;
use super::arguments::{option, wants_help};
use super::ping::unreachable;
use crate::net::dns::{Resolution, resolve};
use crate::net::{EchoOutcome, Hop, TraceProbe, trace};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::{DeviceId, World};

const USAGE: &str = "
Usage: tracert [-d] [-h maximum_hops] [-w timeout] [-4] target_name

Options:
    -d                 Do not resolve addresses to hostnames.
    -h maximum_hops    Maximum number of hops to search for target.
    -w timeout         Wait timeout milliseconds for each reply.
    -4                 Force using IPv4.
";

/// Probes for each hop.
const PROBES: u64 = 3;

struct Wish<'a> {
    target: &'a str,
    names: bool,
    limit: u8,
    timeout: Span,
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if arguments.is_empty() || wants_help(arguments) {
        return Output::ok(USAGE);
    }
    let wish = match read(arguments) {
        Ok(wish) => wish,
        Err(text) => return Output::failed(1, text),
    };
    let device = session.device;
    let Resolution::Address(address) = resolve(world, device, wish.target) else {
        return Output::failed(1, format!("Unable to resolve target system name {}.\n", wish.target));
    };
    let mut text = heading(world, device, wish.target, address, wish.names, wish.limit);
    text.push('\n');
    for hop in trace(world, device, address, TraceProbe::Echo, wish.limit) {
        let line = line(world, device, hop, wish.names);
        world.wait(cost(hop.outcome, wish.timeout));
        let _ = writeln!(text, "{:>3}{line}", hop.ttl);
    }
    text.push_str("\nTrace complete.\n");
    Output::ok(text)
}

fn read(arguments: &[String]) -> Result<Wish<'_>, String> {
    let mut wish = Wish { target: "", names: true, limit: 30, timeout: Span::seconds(4) };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(letter) = option(argument) else {
            wish.target = argument;
            continue;
        };
        let mut value = |most: u32| {
            let value = rest.next().ok_or_else(|| format!("A value must be supplied for option -{letter}.\n"))?;
            let bad = || format!("Bad value for option -{letter}.\n");
            value.parse::<u32>().ok().filter(|value| (1..=most).contains(value)).ok_or_else(bad)
        };
        match letter {
            "d" => wish.names = false,
            "h" => wish.limit = u8::try_from(value(255)?).unwrap_or(30),
            "w" => wish.timeout = Span::millis(value(u32::MAX)?.into()),
            "4" => {}
            _ => return Err(format!("{argument} is not a valid command option.\n{USAGE}")),
        }
    }
    if wish.target.is_empty() { Err("A target name or address must be specified.\n".to_owned()) } else { Ok(wish) }
}

/// A target with a name has two lines, a bare address one.
pub fn heading(world: &mut World, device: DeviceId, target: &str, address: Ipv4Addr, names: bool, limit: u8) -> String {
    let name = if target.parse::<Ipv4Addr>().is_err() {
        Some(adapters::completed(world, device, target))
    } else if names {
        adapters::name_of(world, device, address)
    } else {
        None
    };
    match name {
        Some(name) => format!("\nTracing route to {name} [{address}]\nover a maximum of {limit} hops:\n"),
        None => format!("\nTracing route to {address} over a maximum of {limit} hops\n"),
    }
}

/// `router [10.0.1.1]`, or the address alone.
pub fn place(world: &mut World, device: DeviceId, address: Ipv4Addr, names: bool) -> String {
    let name = if names { adapters::name_of(world, device, address) } else { None };
    name.map_or_else(|| address.to_string(), |name| format!("{name} [{address}]"))
}

fn line(world: &mut World, device: DeviceId, hop: Hop, names: bool) -> String {
    match hop.outcome {
        EchoOutcome::Reply { from, micros, .. } => times(world, device, from, micros, names),
        EchoOutcome::TimeExceeded { from } => {
            // The walk gives no time for the error itself: an echo to that router takes as long.
            let micros = match crate::net::ping(world, device, from, crate::net::Echo::default()) {
                EchoOutcome::Reply { micros, .. } => micros,
                _ => 1000,
            };
            times(world, device, from, micros, names)
        }
        EchoOutcome::Silence | EchoOutcome::Broadcast => format!("{0}{0}{0}  Request timed out.", "     *   "),
        EchoOutcome::NeighbourUnreachable { own } => {
            format!("  {}  reports: Destination host unreachable.", place(world, device, own, names))
        }
        EchoOutcome::Unreachable { from, code } => {
            format!("  {}  reports: {}", place(world, device, from, names), unreachable(code))
        }
        EchoOutcome::TooBig { from, .. } => {
            format!("  {}  reports: Destination net unreachable.", place(world, device, from, names))
        }
        EchoOutcome::NoRoute | EchoOutcome::Prohibited => "  General failure.".to_owned(),
    }
}

fn times(world: &mut World, device: DeviceId, from: Ipv4Addr, micros: u32, names: bool) -> String {
    let time = if micros < 1000 { "<1".to_owned() } else { (micros / 1000).to_string() };
    let probe = format!("{time:>6} ms");
    format!("{probe}{probe}{probe}  {}", place(world, device, from, names))
}

fn cost(outcome: EchoOutcome, timeout: Span) -> Span {
    match outcome {
        EchoOutcome::Silence => Span::millis(timeout.0.saturating_mul(PROBES)),
        EchoOutcome::NeighbourUnreachable { .. } => Span::seconds(3),
        _ => Span::seconds(1),
    }
}
