//! `tracert`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::ping::unreachable;
use super::tracing::{Begun, begin, place};
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

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let device = session.device;
    let Begun { wish, address, mut text } = match begin(world, device, arguments, "dhw4", USAGE) {
        Ok(begun) => begun,
        Err(output) => return output,
    };
    text.push('\n');
    for hop in trace(world, device, address, TraceProbe::Echo, wish.limit) {
        let line = line(world, device, hop, wish.names);
        world.wait(cost(hop.outcome, wish.timeout));
        let _ = writeln!(text, "{:>3}{line}", hop.ttl);
    }
    text.push_str("\nTrace complete.\n");
    Output::ok(text)
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
