//! `pathping`: a trace, then the loss at each hop.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::adapters;
use super::tracing::{Begun, Wish, begin, place};
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

/// What is known of one hop.
struct Measured {
    address: Ipv4Addr,
    micros: u32,
    lost: u32,
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    let device = session.device;
    let Begun { wish, address, mut text } = match begin(world, device, arguments, "nhq4", USAGE) {
        Ok(begun) => begun,
        Err(output) => return output,
    };
    let Some(next) = route::lookup(world, device, address) else {
        return Output::failed(1, format!("{text}  0  General failure.\n\nTrace complete.\n"));
    };
    let _ = writeln!(text, "  0  {}", place(world, device, next.source, wish.names));
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

/// The hops that answer, up to the first silence.
fn path(world: &mut World, device: DeviceId, address: Ipv4Addr, wish: &Wish<'_>, text: &mut String) -> Vec<Ipv4Addr> {
    let mut hops = Vec::new();
    for hop in trace(world, device, address, TraceProbe::Echo, wish.limit) {
        match hop.outcome {
            EchoOutcome::Reply { from, .. } | EchoOutcome::TimeExceeded { from } => {
                let _ = writeln!(text, "{:>3}  {}", hop.ttl, place(world, device, from, wish.names));
                hops.push(from);
            }
            EchoOutcome::Unreachable { from, .. } | EchoOutcome::NeighbourUnreachable { own: from } => {
                let at = place(world, device, from, wish.names);
                let _ = writeln!(text, "{:>3}  {at}  reports: Destination host unreachable.", hop.ttl);
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
    let own = if wish.names { format!("{} [{source}]", adapters::full_name(world, device)) } else { source.to_string() };
    let _ = writeln!(text, "{:>3}{:43}{own}", 0, "");
    let share = |lost: u32| {
        let percent = lost.saturating_mul(100).checked_div(wish.queries).unwrap_or(0);
        format!("{lost:>4}/{:>4} ={percent:>3}%", wish.queries)
    };
    for (hop, one) in (1u32..).zip(measured) {
        let _ = writeln!(text, "{:29}{}   |", "", share(0));
        let rtt = if one.lost == 0 { format!("{}ms", one.micros / 1000) } else { "---".to_owned() };
        let at = place(world, device, one.address, wish.names);
        let _ = writeln!(text, "{hop:>3}{rtt:>7}  {}  {}  {at}", share(one.lost), share(one.lost));
    }
}
