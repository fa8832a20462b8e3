//! `ping`, `traceroute`, `mtr`: what comes back when packets walk.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::call::{Call, Done, has, options, stranger, value};
use super::{Command, command};
use crate::net::dns::Resolution;
use crate::net::{self, Echo, EchoOutcome, Hop, TraceProbe};
use crate::time::Span;

pub const COMMANDS: &[Command] =
    &[command("ping", "", ping), command("traceroute", "traceroute", traceroute), command("mtr", "mtr-tiny", mtr)];

/// A name or an address to an address, or what the tool says.
pub fn target(call: &mut Call<'_>, program: &str, name: &str) -> Result<Ipv4Addr, Done> {
    let device = call.session.device;
    match net::dns::resolve(call.world, device, name) {
        Resolution::Address(address) => Ok(address),
        Resolution::NotFound => Err(Done::failed(2, format!("{program}: {name}: Name or service not known\n"))),
        Resolution::Failed => {
            // The stub's three tries of five seconds.
            call.world.wait(Span::seconds(10));
            Err(Done::failed(2, format!("{program}: {name}: Temporary failure in name resolution\n")))
        }
    }
}

/// Microseconds as iputils prints milliseconds: three figures or more.
pub fn millis(micros: u32) -> String {
    if micros < 1000 {
        format!("0.{micros:03}")
    } else if micros < 10_000 {
        format!("{}.{:02}", micros / 1000, micros % 1000 / 10)
    } else if micros < 100_000 {
        format!("{}.{}", micros / 1000, micros % 1000 / 100)
    } else {
        (micros / 1000).to_string()
    }
}

fn fixed(micros: u64) -> String {
    format!("{}.{:03}", micros / 1000, micros % 1000)
}

fn ping(call: &mut Call<'_>, args: &[String]) -> Done {
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

fn run(call: &mut Call<'_>, name: &str, address: Ipv4Addr, echo: Echo, count: u32, wait: u32) -> Done {
    let device = call.session.device;
    let mut out = format!("PING {name} ({address}) {}({}) bytes of data.\n", echo.size, u32::from(echo.size) + 28);
    let mut times: Vec<u32> = Vec::new();
    let (mut errors, mut local) = (0_u32, String::new());
    let mut reverse = None;
    let mut unreachable = 0;
    let began = call.world.now;
    for sequence in 1..=count {
        let outcome = net::ping(call.world, device, address, echo);
        match outcome {
            EchoOutcome::NoRoute => return Done::failed(2, "ping: connect: Network is unreachable\n"),
            EchoOutcome::Broadcast => {
                return Done::failed(
                    2,
                    "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n",
                );
            }
            EchoOutcome::Prohibited => local.push_str("ping: sendmsg: Operation not permitted\n"),
            EchoOutcome::TooBig { from, mtu } if is_own(call, from) => {
                errors += 1;
                let _ = writeln!(local, "ping: local error: message too long, mtu={mtu}");
            }
            EchoOutcome::Reply { from, ttl, micros } => {
                let shown = if name.parse::<Ipv4Addr>().is_ok() {
                    from.to_string()
                } else {
                    let known = reverse.get_or_insert_with(|| net::dns::name_of(call.world, device, from));
                    known.as_ref().map_or_else(|| from.to_string(), |host| format!("{host} ({from})"))
                };
                let _ = writeln!(
                    out,
                    "{} bytes from {shown}: icmp_seq={sequence} ttl={ttl} time={} ms",
                    u32::from(echo.size) + 8,
                    millis(micros)
                );
                times.push(micros);
            }
            EchoOutcome::Silence => {}
            other => {
                errors += 1;
                unreachable += u32::from(matches!(other, EchoOutcome::NeighbourUnreachable { .. }));
                let (from, words) = error(other);
                let _ = writeln!(out, "From {from} icmp_seq={sequence} {words}");
            }
        }
        let quick = matches!(outcome, EchoOutcome::Reply { .. });
        if sequence < count {
            call.world.wait(Span::seconds(1));
        } else if !quick {
            let left = if matches!(outcome, EchoOutcome::NeighbourUnreachable { .. }) { 3 } else { wait };
            call.world.wait(Span::seconds(u64::from(left.min(60))));
        }
    }
    let elapsed = (call.world.now - began).0;
    let received = u32::try_from(times.len()).unwrap_or(0);
    let loss = (count - received) * 100 / count.max(1);
    let mistakes = if errors > 0 { format!("+{errors} errors, ") } else { String::new() };
    let _ = writeln!(
        out,
        "\n--- {name} ping statistics ---\n{count} packets transmitted, {received} received, {mistakes}{loss}% packet loss, time {}ms",
        elapsed.saturating_sub(if received == count { 0 } else { u64::from(wait) })
    );
    if received > 0 {
        let all: Vec<u64> = times.iter().map(|micros| u64::from(*micros)).collect();
        let (low, high) = (all.iter().min().copied().unwrap_or(0), all.iter().max().copied().unwrap_or(0));
        let mean = all.iter().sum::<u64>() / all.len().max(1) as u64;
        let variance = all.iter().map(|micros| micros.abs_diff(mean).saturating_pow(2)).sum::<u64>() / all.len().max(1) as u64;
        let _ =
            writeln!(out, "rtt min/avg/max/mdev = {}/{}/{}/{} ms", fixed(low), fixed(mean), fixed(high), fixed(variance.isqrt()));
    } else if unreachable > 1 {
        let _ = writeln!(out, "pipe {}", unreachable.min(4));
    } else {
        out.push('\n');
    }
    Done { out, err: local, exit: i32::from(received == 0) }
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

/// How far a hop is, and what it said: `!H`, `!N`, `!X` as traceroute(8) marks it.
fn answer(hop: &Hop) -> Option<(Ipv4Addr, u32, &'static str)> {
    let micros = hop.micros;
    match hop.outcome {
        EchoOutcome::Reply { from, micros, .. } => Some((from, micros, "")),
        EchoOutcome::TimeExceeded { from } => Some((from, micros, "")),
        EchoOutcome::Unreachable { from, code } => Some((
            from,
            micros,
            match code {
                0 => " !N",
                1 => " !H",
                10 | 13 => " !X",
                _ => "",
            },
        )),
        EchoOutcome::NeighbourUnreachable { own } => Some((own, 3_000_000, " !H")),
        EchoOutcome::TooBig { from, .. } => Some((from, micros, " !F")),
        _ => None,
    }
}

fn traceroute(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "mqwf");
    if let Some(complaint) = stranger("traceroute", &given, &["n", "I", "m", "q", "w", "4", "U", "f"]) {
        return complaint;
    }
    let Some(name) = names.first().cloned() else {
        return Done::failed(2, "Usage:\n  traceroute [ -46dFITnreAUDV ] host [ packetlen ]\n");
    };
    let limit = value(&given, &["m"]).and_then(|hops| hops.parse::<u8>().ok()).unwrap_or(30).clamp(1, 64);
    if has(&given, &["I"]) && !call.is_root() {
        return Done::failed(
            1,
            "You do not have enough privileges to use this traceroute method.\nsocket: Operation not permitted\n",
        );
    }
    let Ok(address) = target(call, "traceroute", &name) else {
        return Done::failed(
            2,
            format!("{name}: Name or service not known\nCannot handle \"host\" cmdline arg `{name}' on position 1 (argc 1)\n"),
        );
    };
    let device = call.session.device;
    let probe = if has(&given, &["I"]) { TraceProbe::Echo } else { TraceProbe::Udp };
    let hops = net::trace(call.world, device, address, probe, limit);
    if hops.is_empty() || hops.iter().any(|hop| hop.outcome == EchoOutcome::NoRoute) {
        return Done {
            out: format!("traceroute to {name} ({address}), {limit} hops max, 60 byte packets\n"),
            err: "connect: Network is unreachable\n".to_owned(),
            exit: 1,
        };
    }
    let mut out = format!("traceroute to {name} ({address}), {limit} hops max, 60 byte packets\n");
    for hop in &hops {
        let Some((from, micros, mark)) = answer(hop) else {
            let _ = writeln!(out, "{:>2}  * * *", hop.ttl);
            // Three probes of five seconds, most of them in parallel.
            call.world.wait(Span::seconds(5));
            continue;
        };
        let shown = if has(&given, &["n"]) {
            from.to_string()
        } else {
            let host = net::dns::name_of(call.world, device, from).unwrap_or_else(|| from.to_string());
            format!("{host} ({from})")
        };
        let time = format!("{} ms{mark}", fixed(u64::from(micros)));
        let _ = writeln!(out, "{:>2}  {shown}  {time}  {time}  {time}", hop.ttl);
    }
    Done::ok(out)
}

fn mtr(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "cim");
    if !has(&given, &["r", "w", "--report"]) {
        return call.not_modelled("the full-screen display of mtr; use: mtr -r HOST");
    }
    let Some(name) = names.first().cloned() else { return Done::failed(1, "mtr: no hosts given\n") };
    let count = value(&given, &["c"]).and_then(|count| count.parse::<u32>().ok()).unwrap_or(10).clamp(1, 100);
    let Ok(address) = target(call, "mtr", &name) else {
        return Done::failed(1, format!("mtr: Failed to resolve host: {name}: Name or service not known\n"));
    };
    let device = call.session.device;
    call.world.wait(Span::seconds(u64::from(count)));
    let stamp = crate::text::iso(call.local(call.world.now)).replace(' ', "T");
    let hops = net::trace(call.world, device, address, TraceProbe::Echo, 30);
    let host = crate::machine::linux_files::generated::host_name(&call.device().name);
    let mut out = format!("Start: {stamp}+0000\nHOST: {host:<26} Loss%   Snt   Last   Avg  Best  Wrst StDev\n");
    for hop in &hops {
        let (shown, loss, time) = match answer(hop) {
            Some((from, micros, _)) => {
                let shown = if has(&given, &["n"]) {
                    from.to_string()
                } else {
                    net::dns::name_of(call.world, device, from).unwrap_or_else(|| from.to_string())
                };
                (shown, "0.0%", format!("{}.{}", micros / 1000, micros % 1000 / 100))
            }
            None => ("???".to_owned(), "100.0", "0.0".to_owned()),
        };
        let _ =
            writeln!(out, "{:>3}.|-- {shown:<26} {loss:>5} {count:>5} {time:>6} {time:>5} {time:>5} {time:>5}   0.0", hop.ttl);
    }
    Done::ok(out)
}
