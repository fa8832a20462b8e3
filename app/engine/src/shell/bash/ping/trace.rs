//! `traceroute` and `mtr`.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done, has, options, stranger, value};
use super::{fixed, target};
use crate::net;
use crate::net::{EchoOutcome, Hop, TraceProbe};
use crate::time::Span;

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

pub(super) fn traceroute(call: &mut Call<'_>, args: &[String]) -> Done {
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

pub(super) fn mtr(call: &mut Call<'_>, args: &[String]) -> Done {
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
    let host = crate::machine::linux_files::generated::host_name(call.device());
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
