//! `nc` and `nmap`: which ports answer.

use std::fmt::Write;
use std::net::Ipv4Addr;

use super::super::call::{Call, Done, has, options, value};
use crate::net;
use crate::net::{Connection, Echo, EchoOutcome};
use crate::time::Span;

/// `nc -vz HOST PORT`: whether a port answers.
pub(super) fn nc(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "wp");
    if !has(&given, &["z"]) {
        return call.not_modelled("nc beside -z");
    }
    let [host, ports] = names.as_slice() else {
        return Done::failed(1, "usage: nc [-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]\n");
    };
    let (low, high) = ports.split_once('-').map_or((ports.as_str(), ports.as_str()), |(low, high)| (low, high));
    let (Ok(low), Ok(high)) = (low.parse::<u16>(), high.parse::<u16>()) else {
        return Done::failed(1, format!("nc: port number invalid: {ports}\n"));
    };
    let Ok(address) = super::super::ping::target(call, "nc", host) else {
        return Done::failed(1, format!("nc: getaddrinfo for host \"{host}\" port {ports}: Name or service not known\n"));
    };
    let device = call.session.device;
    let udp = has(&given, &["u"]);
    let kind = if udp { "udp" } else { "tcp" };
    let mut done = Done::default();
    for port in (low..=high).take(100) {
        let outcome =
            if udp { net::udp(call.world, device, address, port) } else { net::connect(call.world, device, address, port) };
        let why = match outcome {
            Connection::Connected { .. } => {
                let _ = writeln!(done.err, "Connection to {host} ({address}) {port} port [{kind}/*] succeeded!");
                continue;
            }
            // What the kernel makes of ICMP codes (icmp_err_convert in net/ipv4/icmp.c): 3 refuses, 0 is the network's fault, the
            // rest, "prohibited" among them, the host's.
            Connection::Refused | Connection::Unreachable { code: 3, .. } => "Connection refused",
            Connection::TimedOut => {
                let limit = value(&given, &["w"]).and_then(|seconds| seconds.parse().ok()).unwrap_or(130);
                call.world.wait(Span::seconds(limit.min(130)));
                "Connection timed out"
            }
            Connection::NoRoute | Connection::Unreachable { code: 0, .. } => "Network is unreachable",
            Connection::Unreachable { .. } => "No route to host",
        };
        done.complain(1, format!("nc: connect to {host} ({address}) port {port} ({kind}) failed: {why}\n"));
    }
    done
}

/// The ports of services that occur in small companies, out of nmap's thousand.
const USUAL: &[(u16, &str)] = &[
    (21, "ftp"),
    (22, "ssh"),
    (23, "telnet"),
    (25, "smtp"),
    (53, "domain"),
    (80, "http"),
    (110, "pop3"),
    (135, "msrpc"),
    (139, "netbios-ssn"),
    (143, "imap"),
    (389, "ldap"),
    (443, "https"),
    (445, "microsoft-ds"),
    (587, "submission"),
    (631, "ipp"),
    (993, "imaps"),
    (1433, "ms-sql-s"),
    (3306, "mysql"),
    (3389, "ms-wbt-server"),
    (8080, "http-proxy"),
    (9100, "jetdirect"),
];

/// Which of the usual ports answer; nothing else of nmap.
pub(super) fn nmap(call: &mut Call<'_>, args: &[String]) -> Done {
    let (given, names) = options(args, "p");
    if let Some((name, _)) = given.iter().find(|(name, _)| !["p", "P", "n", "n", "T", "4", "s"].contains(&name.as_str())) {
        return call.not_modelled(&format!("nmap option {name}"));
    }
    let Some(host) = names.first().cloned() else {
        return Done::failed(
            255,
            "Nmap 7.93 ( https://nmap.org )\nUsage: nmap [Scan Type(s)] [Options] {target specification}\n",
        );
    };
    let Ok(address) = super::super::ping::target(call, "nmap", &host) else {
        return Done {
            out: format!(
                "Starting Nmap 7.93 ( https://nmap.org )\nFailed to resolve \"{host}\".\nWARNING: No targets were specified, so 0 hosts scanned.\nNmap done: 0 IP addresses (0 hosts up) scanned\n"
            ),
            ..Done::default()
        };
    };
    let wanted: Vec<u16> = match value(&given, &["p"]) {
        Some(list) => list.split(',').filter_map(|port| port.parse().ok()).take(50).collect(),
        None => USUAL.iter().map(|(port, _)| *port).collect(),
    };
    let device = call.session.device;
    let up = matches!(net::ping(call.world, device, address, Echo::default()), EchoOutcome::Reply { .. });
    let results: Vec<(u16, Connection)> =
        wanted.iter().map(|port| (*port, net::connect(call.world, device, address, *port))).collect();
    call.world.wait(Span::seconds(2));
    let answers = up || results.iter().any(|(_, outcome)| matches!(outcome, Connection::Connected { .. } | Connection::Refused));
    let mut out = "Starting Nmap 7.93 ( https://nmap.org )\n".to_owned();
    if !answers {
        let _ = write!(
            out,
            "Note: Host seems down. If it is really up, but blocking our ping probes, try -Pn\nNmap done: 1 IP address (0 hosts up) scanned\n"
        );
        return Done::ok(out);
    }
    let shown = if host.parse::<Ipv4Addr>().is_ok() { host.clone() } else { format!("{host} ({address})") };
    let _ = write!(out, "Nmap scan report for {shown}\nHost is up.\n\nPORT     STATE    SERVICE\n");
    out += &table(&results, has(&given, &["p"]));
    out.push_str("\nNmap done: 1 IP address (1 host up) scanned\n");
    Done::ok(out)
}

/// Closed ports are shown where they were asked for.
fn table(results: &[(u16, Connection)], closed: bool) -> String {
    let mut out = String::new();
    for (port, outcome) in results {
        let state = match outcome {
            Connection::Connected { .. } => "open",
            Connection::Refused => "closed",
            _ => "filtered",
        };
        if state != "closed" || closed {
            let name = USUAL.iter().find(|(known, _)| known == port).map_or("unknown", |(_, name)| name);
            let _ = writeln!(out, "{:<8} {state:<8} {name}", format!("{port}/tcp"));
        }
    }
    out
}
