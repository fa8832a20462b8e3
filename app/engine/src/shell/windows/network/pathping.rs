//! `pathping`: a trace, then the loss at each hop.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::arguments::{option, wants_help};
use super::{adapters, tracert};
use crate::net::dns::{Resolution, resolve};
use crate::net::{Echo, EchoOutcome, TraceProbe, ping, route, trace};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::{DeviceId, World};

const USAGE: &str = "
Usage: pathping [-h maximum_hops] [-n] [-q num_queries] [-4] target_name

Options:
    -h maximum_hops  Maximum number of hops to search for target.
    -n               Do not resolve addresses to hostnames.
    -q num_queries   Number of queries per hop.
    -4               Force using IPv4.
";

struct Wish<'a> {
    target: &'a str,
    names: bool,
    limit: u8,
    queries: u32,
}

/// What is known of one hop.
struct Measured {
    address: Ipv4Addr,
    micros: u32,
    lost: u32,
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
    let mut text = tracert::heading(world, device, wish.target, address, wish.names, wish.limit);
    let Some(next) = route::lookup(world, device, address) else {
        return Output::failed(1, format!("{text}  0  General failure.\n\nTrace complete.\n"));
    };
    let _ = writeln!(text, "  0  {}", tracert::place(world, device, next.source, wish.names));
    let hops = path(world, device, address, &wish, &mut text);
    // A quarter of a second for each query to each hop: 25 s a hop at a hundred queries.
    let seconds = u64::from(wish.queries).saturating_mul(hops.len() as u64) / 4;
    let _ = writeln!(text, "\nComputing statistics for {seconds} seconds...");
    world.wait(Span::seconds(seconds));
    let measured = measure(world, device, &hops, wish.queries);
    table(&mut text, world, device, (next.source, &wish), &measured);
    text.push_str("\nTrace complete.\n");
    Output::ok(text)
}

fn read(arguments: &[String]) -> Result<Wish<'_>, String> {
    let mut wish = Wish { target: "", names: true, limit: 30, queries: 100 };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(letter) = option(argument) else {
            wish.target = argument;
            continue;
        };
        let mut value = |most: u32| {
            let value = rest.next().and_then(|value| value.parse::<u32>().ok());
            value.filter(|value| (1..=most).contains(value)).ok_or_else(|| format!("Bad value for option -{letter}.\n"))
        };
        match letter {
            "n" => wish.names = false,
            "h" => wish.limit = u8::try_from(value(255)?).unwrap_or(30),
            "q" => wish.queries = value(255)?,
            "4" => {}
            _ => return Err(format!("{argument} is not a valid command option.\n{USAGE}")),
        }
    }
    if wish.target.is_empty() { Err("A target name or address must be specified.\n".to_owned()) } else { Ok(wish) }
}

/// The hops that answer, up to the first silence.
fn path(world: &mut World, device: DeviceId, address: Ipv4Addr, wish: &Wish<'_>, text: &mut String) -> Vec<Ipv4Addr> {
    let mut hops = Vec::new();
    for hop in trace(world, device, address, TraceProbe::Echo, wish.limit) {
        match hop.outcome {
            EchoOutcome::Reply { from, .. } | EchoOutcome::TimeExceeded { from } => {
                let _ = writeln!(text, "{:>3}  {}", hop.ttl, tracert::place(world, device, from, wish.names));
                hops.push(from);
            }
            EchoOutcome::Unreachable { from, .. } | EchoOutcome::NeighbourUnreachable { own: from } => {
                let place = tracert::place(world, device, from, wish.names);
                let _ = writeln!(text, "{:>3}  {place}  reports: Destination host unreachable.", hop.ttl);
                break;
            }
            _ => {
                world.wait(Span::seconds(12));
                let _ = writeln!(text, "{:>3}     *        *        *     ", hop.ttl);
                break;
            }
        }
    }
    hops
}

/// The model has no chance loss: one question tells what a hundred would.
fn measure(world: &mut World, device: DeviceId, hops: &[Ipv4Addr], queries: u32) -> Vec<Measured> {
    hops.iter()
        .map(|address| match ping(world, device, *address, Echo::default()) {
            EchoOutcome::Reply { micros, .. } => Measured { address: *address, micros, lost: 0 },
            _ => Measured { address: *address, micros: 0, lost: queries },
        })
        .collect()
}

fn table(text: &mut String, world: &mut World, device: DeviceId, own: (Ipv4Addr, &Wish<'_>), measured: &[Measured]) {
    let (source, wish) = own;
    text.push_str("            Source to Here   This Node/Link\nHop  RTT    Lost/Sent = Pct  Lost/Sent = Pct  Address\n");
    let place = if wish.names { format!("{} [{source}]", adapters::full_name(world, device)) } else { source.to_string() };
    let _ = writeln!(text, "{:>3}{:43}{place}", 0, "");
    let share = |lost: u32| {
        let percent = lost.saturating_mul(100).checked_div(wish.queries).unwrap_or(0);
        format!("{lost:>4}/{:>4} ={percent:>3}%", wish.queries)
    };
    for (hop, one) in (1u32..).zip(measured) {
        let _ = writeln!(text, "{:29}{}   |", "", share(0));
        let rtt = if one.lost == 0 { format!("{}ms", one.micros / 1000) } else { "---".to_owned() };
        let place = tracert::place(world, device, one.address, wish.names);
        let _ = writeln!(text, "{hop:>3}{rtt:>7}  {}  {}  {place}", share(one.lost), share(one.lost));
    }
}
