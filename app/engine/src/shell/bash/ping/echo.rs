//! `ping` in the words of iputils.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done, options, stranger, value};
use super::{fixed, millis, target};
use crate::net;
use crate::net::{Echo, EchoOutcome};
use crate::time::Span;

pub(super) fn ping(call: &mut Call<'_>, args: &[String]) -> Done {
    /// Without -c it runs until Ctrl-C; a technician looks at four.
    const UNTIL_STOPPED: u32 = 4;
    /// Enough to see loss; longer runs would only cost time.
    const MOST: u32 = 100;
    let (given, names) = options(args, "cWMstiIw");
    if let Some(complaint) = stranger("ping", &given, &["c", "W", "M", "s", "t", "i", "I", "w", "n", "q", "4", "b"]) {
        return complaint;
    }
    let Some(name) = names.last().cloned() else { return Done::failed(1, "ping: usage error: Destination address required\n") };
    let number = |names: &[&str]| value(&given, names).map(str::parse::<u32>);
    let count = match number(&["c"]) {
        Some(Err(_) | Ok(0)) => {
            return Done::failed(1, format!("ping: invalid argument: '{}'\n", value(&given, &["c"]).unwrap_or_default()));
        }
        Some(Ok(count)) => count.min(MOST),
        None => UNTIL_STOPPED,
    };
    let size = match number(&["s"]) {
        None => 56,
        // 65,507 = 65,535 less the headers of IPv4 and UDP or ICMP.
        Some(Ok(size)) if size <= 65_507 => u16::try_from(size).unwrap_or(u16::MAX),
        Some(_) => {
            return Done::failed(
                1,
                format!(
                    "ping: invalid argument: '{}': out of range: 0 <= value <= 2147483647\n",
                    value(&given, &["s"]).unwrap_or_default()
                ),
            );
        }
    };
    let ttl = number(&["t"]).and_then(Result::ok).and_then(|ttl| u8::try_from(ttl).ok());
    let wait = number(&["W"]).and_then(Result::ok).unwrap_or(10);
    let address = match target(call, "ping", &name) {
        Ok(address) => address,
        Err(done) => return done,
    };
    let echo = Echo { ttl, size, do_not_fragment: value(&given, &["M"]) == Some("do") };
    run(call, &name, address, echo, count, wait)
}

/// What the requests of one `ping` came to.
#[derive(Default)]
struct Tally {
    /// Microseconds of the replies.
    times: Vec<u32>,
    errors: u32,
    unreachable: u32,
    /// What went to the error stream.
    local: String,
}

fn run(call: &mut Call<'_>, name: &str, address: Ipv4Addr, echo: Echo, count: u32, wait: u32) -> Done {
    let mut out = format!("PING {name} ({address}) {}({}) bytes of data.\n", echo.size, u32::from(echo.size) + 28);
    let mut tally = Tally::default();
    let mut known = None;
    let began = call.world.now;
    for sequence in 1..=count {
        let outcome = net::ping(call.world, call.session.device, address, echo);
        match outcome {
            EchoOutcome::NoRoute => return Done::failed(2, "ping: connect: Network is unreachable\n"),
            EchoOutcome::Broadcast => {
                return Done::failed(
                    2,
                    "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n",
                );
            }
            EchoOutcome::Reply { from, ttl, micros } => {
                let shown = shown(call, name, from, &mut known);
                let bytes = u32::from(echo.size) + 8;
                let _ = writeln!(out, "{bytes} bytes from {shown}: icmp_seq={sequence} ttl={ttl} time={} ms", millis(micros));
                tally.times.push(micros);
            }
            other => out += &no_reply(call, other, sequence, &mut tally),
        }
        if sequence < count {
            call.world.wait(Span::seconds(1));
        } else if !matches!(outcome, EchoOutcome::Reply { .. }) {
            let left = if matches!(outcome, EchoOutcome::NeighbourUnreachable { .. }) { 3 } else { wait };
            call.world.wait(Span::seconds(u64::from(left.min(60))));
        }
    }
    let elapsed = (call.world.now - began).0;
    let all = usize::try_from(count).is_ok_and(|count| count == tally.times.len());
    out += &summary(name, count, elapsed.saturating_sub(if all { 0 } else { u64::from(wait) }), &tally);
    Done { out, exit: i32::from(tally.times.is_empty()), err: tally.local }
}

/// Who answered: with its name where a name was typed; it is looked up once.
fn shown(call: &mut Call<'_>, name: &str, from: Ipv4Addr, known: &mut Option<(Ipv4Addr, String)>) -> String {
    if name.parse::<Ipv4Addr>().is_ok() {
        return from.to_string();
    }
    if let Some((address, text)) = known.as_ref()
        && *address == from
    {
        return text.clone();
    }
    let host = net::dns::name_of(call.world, call.session.device, from);
    let text = host.map_or_else(|| from.to_string(), |host| format!("{host} ({from})"));
    *known = Some((from, text.clone()));
    text
}

/// The line of an error; silence has none.
fn no_reply(call: &Call<'_>, outcome: EchoOutcome, sequence: u32, tally: &mut Tally) -> String {
    match outcome {
        EchoOutcome::Silence => String::new(),
        EchoOutcome::Prohibited => {
            tally.local.push_str("ping: sendmsg: Operation not permitted\n");
            String::new()
        }
        EchoOutcome::TooBig { from, mtu } if is_own(call, from) => {
            tally.errors += 1;
            let _ = writeln!(tally.local, "ping: local error: message too long, mtu={mtu}");
            String::new()
        }
        other => {
            tally.errors += 1;
            tally.unreachable += u32::from(matches!(other, EchoOutcome::NeighbourUnreachable { .. }));
            let (from, words) = error(other);
            format!("From {from} icmp_seq={sequence} {words}\n")
        }
    }
}

fn summary(name: &str, count: u32, elapsed: u64, tally: &Tally) -> String {
    let received = u32::try_from(tally.times.len()).unwrap_or(0);
    let loss = count.saturating_sub(received) * 100 / count.max(1);
    let mistakes = if tally.errors > 0 { format!("+{} errors, ", tally.errors) } else { String::new() };
    let mut out = format!(
        "\n--- {name} ping statistics ---\n{count} packets transmitted, {received} received, {mistakes}{loss}% packet loss, time {elapsed}ms\n"
    );
    if received > 0 {
        let all: Vec<u64> = tally.times.iter().map(|micros| u64::from(*micros)).collect();
        let (low, high) = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(0));
        let mean = all.iter().sum::<u64>() / u64::from(received);
        let variance = all.iter().map(|micros| micros.abs_diff(mean).saturating_pow(2)).sum::<u64>() / u64::from(received);
        let _ =
            writeln!(out, "rtt min/avg/max/mdev = {}/{}/{}/{} ms", fixed(low), fixed(mean), fixed(high), fixed(variance.isqrt()));
    } else if tally.unreachable > 1 {
        let _ = writeln!(out, "pipe {}", tally.unreachable.min(4));
    } else {
        out.push('\n');
    }
    out
}

fn is_own(call: &Call<'_>, ip: Ipv4Addr) -> bool {
    call.device().stack.interfaces.iter().flat_map(|interface| &interface.addresses).any(|own| own.ip == ip)
}

/// The sender of an ICMP error and iputils' words for it.
fn error(outcome: EchoOutcome) -> (Ipv4Addr, String) {
    match outcome {
        EchoOutcome::NeighbourUnreachable { own } => (own, "Destination Host Unreachable".to_owned()),
        EchoOutcome::Unreachable { from, code } => (
            from,
            match code {
                0 => "Destination Net Unreachable",
                1 => "Destination Host Unreachable",
                3 => "Destination Port Unreachable",
                10 => "Destination Host Prohibited",
                13 => "Packet filtered",
                _ => "Destination Unreachable, Bad Code",
            }
            .to_owned(),
        ),
        EchoOutcome::TimeExceeded { from } => (from, "Time to live exceeded".to_owned()),
        EchoOutcome::TooBig { from, mtu } => (from, format!("Frag needed and DF set (mtu = {mtu})")),
        _ => (Ipv4Addr::UNSPECIFIED, String::new()),
    }
}
