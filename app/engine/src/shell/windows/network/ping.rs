//! `ping`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::adapters;
use super::arguments::{option, wants_help};
use crate::net::dns::{Resolution, resolve};
use crate::net::{Echo, EchoOutcome, ping};
use crate::shell::{Output, Session};
use crate::time::Span;
use crate::world::{DeviceId, World};

const USAGE: &str = "
Usage: ping [-t] [-a] [-n count] [-l size] [-f] [-i TTL]
            [-w timeout] [-4] target_name

Options:
    -t             Ping the specified host until stopped.
                   To see statistics and continue - type Control-Break;
                   To stop - type Control-C.
    -a             Resolve addresses to hostnames.
    -n count       Number of echo requests to send.
    -l size        Send buffer size.
    -f             Set Don't Fragment flag in packet (IPv4-only).
    -i TTL         Time To Live.
    -w timeout     Timeout in milliseconds to wait for each reply.
    -4             Force using IPv4.

";

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wish<'a> {
    target: &'a str,
    count: u32,
    endless: bool,
    names: bool,
    echo: Echo,
    timeout: Span,
}

/// One line of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sent {
    outcome: EchoOutcome,
    own: bool,
}

pub fn run(world: &mut World, session: &mut Session, arguments: &[String]) -> Output {
    if arguments.is_empty() || wants_help(arguments) {
        return Output::ok(USAGE);
    }
    let wish = match read(arguments) {
        Ok(wish) => wish,
        Err(Complaint::Said(text)) => return Output::failed(1, text),
        Err(Complaint::NotModelled(option)) => return Output::not_modelled(world, &format!("ping -{option}")),
    };
    let device = session.device;
    let Resolution::Address(address) = resolve(world, device, wish.target) else {
        // A resolver that gives up takes about ten seconds; one that says no, none.
        return Output::failed(
            1,
            format!("Ping request could not find host {}. Please check the name and try again.\n", wish.target),
        );
    };
    let sent = send(world, device, address, &wish);
    let title = title(world, device, address, &wish);
    let received = sent.iter().any(|one| counts(*one));
    let mut text = format!("\nPinging {title} with {} bytes of data:\n", wish.echo.size);
    for one in &sent {
        let _ = writeln!(text, "{}", line(*one, wish.echo.size));
    }
    statistics(&mut text, address, &sent);
    if wish.endless {
        text.push_str("Control-C\n^C\n");
    }
    Output { text, exit: i32::from(!received), opens: None }
}

enum Complaint {
    Said(String),
    NotModelled(String),
}

fn read(arguments: &[String]) -> Result<Wish<'_>, Complaint> {
    /// As Windows waits for each reply.
    const TIMEOUT: u64 = 4000;
    let said = |text: String| Complaint::Said(text);
    let mut wish =
        Wish { target: "", count: 4, endless: false, names: false, echo: Echo::default(), timeout: Span::millis(TIMEOUT) };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(letter) = option(argument) else {
            if !wish.target.is_empty() {
                return Err(said(format!("Bad parameter {argument}.\n\n")));
            }
            wish.target = argument;
            continue;
        };
        let mut number =
            |range: (u64, u64)| {
                let value = rest.next().ok_or_else(|| said(format!("Value must be supplied for option -{letter}.\n")))?;
                value.parse::<u64>().ok().filter(|value| (range.0..=range.1).contains(value)).ok_or_else(|| {
                    said(format!("Bad value for option -{letter}, valid range is from {} to {}.\n", range.0, range.1))
                })
            };
        match letter {
            "t" => wish.endless = true,
            "a" => wish.names = true,
            "4" => {}
            "f" => wish.echo.do_not_fragment = true,
            "n" => wish.count = u32::try_from(number((1, u32::MAX.into()))?).unwrap_or(u32::MAX),
            "l" => wish.echo.size = u16::try_from(number((0, 65_500))?).unwrap_or(u16::MAX),
            "i" => wish.echo.ttl = u8::try_from(number((1, 255))?).ok(),
            "w" => wish.timeout = Span::millis(number((0, u32::MAX.into()))?),
            "6" | "r" | "s" | "j" | "k" | "R" | "S" | "v" | "c" | "p" => return Err(Complaint::NotModelled(letter.to_owned())),
            _ => return Err(said(format!("Bad option {argument}.\n\n{USAGE}"))),
        }
    }
    if wish.target.is_empty() { Err(said("IP address must be specified.\n".to_owned())) } else { Ok(wish) }
}

/// Sends them one after the other; each takes its time.
fn send(world: &mut World, device: DeviceId, to: Ipv4Addr, wish: &Wish<'_>) -> Vec<Sent> {
    /// `-t` runs until somebody stops it: here after this many.
    const ENDLESS: u32 = 12;
    /// A long run is not worth the wait: nobody watches more than this many lines.
    const MOST: u32 = 200;
    let count = if wish.endless { ENDLESS } else { wish.count.min(MOST) };
    let mut sent = Vec::new();
    for _ in 0..count {
        let outcome = ping(world, device, to, wish.echo);
        let own = match outcome {
            EchoOutcome::TooBig { from, .. } => {
                adapters::all(world, device).iter().any(|adapter| adapter.addresses.iter().any(|address| address.ip == from))
            }
            _ => false,
        };
        world.wait(cost(outcome, wish.timeout));
        sent.push(Sent { outcome, own });
    }
    sent
}

/// A second between two requests; a lost one costs its time-out, a failed ARP about three seconds.
fn cost(outcome: EchoOutcome, timeout: Span) -> Span {
    match outcome {
        EchoOutcome::Silence => timeout.max(Span::seconds(1)),
        EchoOutcome::NeighbourUnreachable { .. } => Span::seconds(3),
        _ => Span::seconds(1),
    }
}

/// The name as it was completed, where a name or `-a` was given.
fn title(world: &mut World, device: DeviceId, address: Ipv4Addr, wish: &Wish<'_>) -> String {
    if wish.target.parse::<Ipv4Addr>().is_err() {
        return format!("{} [{address}]", adapters::completed(world, device, wish.target));
    }
    let name = if wish.names { adapters::name_of(world, device, address) } else { None };
    name.map_or_else(|| address.to_string(), |name| format!("{name} [{address}]"))
}

/// Anything that came back is "received", also an error from a router.
fn counts(sent: Sent) -> bool {
    match sent.outcome {
        EchoOutcome::Reply { .. }
        | EchoOutcome::NeighbourUnreachable { .. }
        | EchoOutcome::Unreachable { .. }
        | EchoOutcome::TimeExceeded { .. } => true,
        EchoOutcome::TooBig { .. } => !sent.own,
        EchoOutcome::Silence | EchoOutcome::NoRoute | EchoOutcome::Prohibited | EchoOutcome::Broadcast => false,
    }
}

fn line(sent: Sent, size: u16) -> String {
    match sent.outcome {
        EchoOutcome::Reply { from, ttl, micros } => {
            format!("Reply from {from}: bytes={size} time{} TTL={ttl}", time(micros))
        }
        EchoOutcome::Silence | EchoOutcome::Broadcast => "Request timed out.".to_owned(),
        EchoOutcome::NeighbourUnreachable { own } => format!("Reply from {own}: Destination host unreachable."),
        EchoOutcome::NoRoute => "PING: transmit failed. General failure.".to_owned(),
        EchoOutcome::Prohibited => "General failure.".to_owned(),
        EchoOutcome::Unreachable { from, code } => format!("Reply from {from}: {}", unreachable(code)),
        EchoOutcome::TimeExceeded { from } => format!("Reply from {from}: TTL expired in transit."),
        EchoOutcome::TooBig { .. } if sent.own => "Packet needs to be fragmented but DF set.".to_owned(),
        EchoOutcome::TooBig { from, .. } => format!("Reply from {from}: Packet needs to be fragmented but DF set."),
    }
}

/// ICMP destination unreachable codes (RFC 792, RFC 1812) as Windows' tools word them; a filter's code 13 is not told apart.
#[must_use]
pub fn unreachable(code: u8) -> &'static str {
    match code {
        1 | 10 => "Destination host unreachable.",
        2 => "Destination protocol unreachable.",
        3 => "Destination port unreachable.",
        _ => "Destination net unreachable.",
    }
}

/// `=5ms`, or `<1ms` below one.
fn time(micros: u32) -> String {
    if micros < 1000 { "<1ms".to_owned() } else { format!("={}ms", micros / 1000) }
}

fn statistics(text: &mut String, address: Ipv4Addr, sent: &[Sent]) {
    let total = sent.len();
    let received = sent.iter().filter(|one| counts(**one)).count();
    let lost = total - received;
    let percent = (lost * 100).checked_div(total).unwrap_or(0);
    let _ = write!(
        text,
        "\nPing statistics for {address}:\n    Packets: Sent = {total}, Received = {received}, Lost = {lost} ({percent}% loss),\n"
    );
    let times: Vec<u32> = sent
        .iter()
        .filter_map(|one| match one.outcome {
            EchoOutcome::Reply { micros, .. } => Some(micros / 1000),
            _ => None,
        })
        .collect();
    if let (Some(least), Some(most)) = (times.iter().min(), times.iter().max()) {
        let sum: u64 = times.iter().map(|time| u64::from(*time)).sum();
        let average = sum.checked_div(times.len() as u64).unwrap_or(0);
        let _ = write!(
            text,
            "Approximate round trip times in milli-seconds:\n    Minimum = {least}ms, Maximum = {most}ms, Average = {average}ms\n"
        );
    }
}
