//! `ping` and `traceroute` in the words of IOS.

use std::fmt::Write;
use std::net::Ipv4Addr;

use crate::net::dns::{self, Resolution};
use crate::net::packet::{self, Echo, EchoOutcome, TraceProbe};
use crate::shell::Output;
use crate::shell::ios::call::Call;
use crate::time::Span;

/// The time-out of both.
const SECONDS: u64 = 2;
/// Bytes of an IPv4 and an ICMP header: IOS counts the whole packet.
const HEADERS: u16 = 28;

pub fn ping(call: &mut Call) -> Output {
    let count = if call.args.len() > 1 { call.number(1) } else { 5 };
    send(call, count, 100)
}

pub fn ping_size(call: &mut Call) -> Output {
    let size = u16::try_from(call.number(1)).unwrap_or(100);
    send(call, 5, size)
}

/// A name is looked up; what has no address is refused as IOS does.
fn target(call: &mut Call) -> Result<Ipv4Addr, Output> {
    let name = call.text(0).to_owned();
    if let Ok(address) = name.parse() {
        return Ok(address);
    }
    match dns::resolve(call.world, call.device, &name) {
        Resolution::Address(address) => Ok(address),
        _ => Err(Output::failed(
            1,
            format!("% Unrecognized host or address, or protocol not running.\n\nTranslating \"{name}\"\n"),
        )),
    }
}

fn send(call: &mut Call, count: u32, size: u16) -> Output {
    let to = match target(call) {
        Ok(to) => to,
        Err(output) => return output,
    };
    let echo = Echo { ttl: None, size: size.saturating_sub(HEADERS), do_not_fragment: false };
    let (mut marks, mut times) = (String::new(), Vec::new());
    for sent in 0..count {
        if sent > 0 && sent % 70 == 0 {
            marks.push('\n');
        }
        let outcome = packet::ping(call.world, call.device, to, echo);
        marks.push(mark(outcome));
        match outcome {
            EchoOutcome::Reply { micros, .. } => times.push(millis(micros)),
            _ => call.world.wait(Span::seconds(SECONDS)),
        }
    }
    let answered = u32::try_from(times.len()).unwrap_or(u32::MAX);
    let percent = answered.saturating_mul(100).checked_div(count).unwrap_or(0);
    let mut text = format!(
        "Type escape sequence to abort.\nSending {count}, {size}-byte ICMP Echos to {to}, timeout is {SECONDS} seconds:\n{marks}\n\
         Success rate is {percent} percent ({answered}/{count})"
    );
    if let (Some(least), Some(most)) = (times.iter().min(), times.iter().max()) {
        let average = times.iter().sum::<u32>() / answered.max(1);
        text = format!("{text}, round-trip min/avg/max = {least}/{average}/{most} ms");
    }
    Output { text: text + "\n", exit: i32::from(answered == 0), opens: None }
}

/// IOS counts whole milliseconds, a begun one as one.
fn millis(micros: u32) -> u32 {
    micros / 1000 + 1
}

/// One character a packet (Cisco, "Understanding the ping and traceroute commands").
fn mark(outcome: EchoOutcome) -> char {
    match outcome {
        EchoOutcome::Reply { .. } => '!',
        EchoOutcome::Unreachable { .. } | EchoOutcome::Prohibited => 'U',
        EchoOutcome::TooBig { .. } => 'M',
        EchoOutcome::TimeExceeded { .. } => '&',
        EchoOutcome::Silence | EchoOutcome::NeighbourUnreachable { .. } | EchoOutcome::NoRoute | EchoOutcome::Broadcast => '.',
    }
}

pub fn traceroute(call: &mut Call) -> Output {
    let to = match target(call) {
        Ok(to) => to,
        Err(output) => return output,
    };
    let hops = packet::trace(call.world, call.device, to, TraceProbe::Udp, 30);
    let name = call.text(0).to_owned();
    let mut text = format!("Type escape sequence to abort.\nTracing the route to {name}");
    if name.parse::<Ipv4Addr>().is_err() {
        text = format!("{text} ({to})");
    }
    text.push_str("\nVRF info: (vrf in name/id, vrf out name/id)\n");
    for hop in hops {
        let time = millis(hop.micros);
        let line = match hop.outcome {
            EchoOutcome::Reply { from, .. } | EchoOutcome::TimeExceeded { from } => {
                format!("{from} {time} msec {time} msec {time} msec")
            }
            EchoOutcome::Unreachable { from, code } => match code {
                0 => format!("{from} !N  !N  !N"),
                9 | 10 | 13 => format!("{from} !A  *  !A"),
                3 => format!("{from} {time} msec *  {time} msec"),
                _ => format!("{from} !H  !H  !H"),
            },
            _ => {
                call.world.wait(Span::seconds(9));
                " *  *  *".to_owned()
            }
        };
        _ = writeln!(text, "{:>3} {line}", hop.ttl);
    }
    Output::ok(text)
}
