//! The host's packet filter: `ufw`, `iptables`, `nft list ruleset`, all over the same rules.

mod iptables;

use std::fmt::Write;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::call::{Call, Done};
use super::{Command, command};
use crate::sorted::Set;
use crate::world::interface::{Direction, Filter, Protocol, Rule, Verdict};

pub const COMMANDS: &[Command] =
    &[command("ufw", "ufw", ufw), command("iptables", "iptables", iptables::iptables), command("nft", "nftables", nft)];

/// On: it denies by default, or at least one rule is in force.
fn active(filter: &Filter) -> bool {
    filter.default_deny || filter.rules.iter().any(|rule| rule.enabled)
}

fn ufw(call: &mut Call<'_>, args: &[String]) -> Done {
    if !call.is_root() {
        return Done::failed(1, "ERROR: You need to be root to run this script\n");
    }
    let words: Vec<&str> = args.iter().map(String::as_str).filter(|word| *word != "--force").collect();
    match words.as_slice() {
        [] => Done::failed(1, "ERROR: not enough args\n"),
        ["status", rest @ ..] => Done::ok(status(&call.device().stack.filter, rest.first().copied().unwrap_or_default())),
        ["enable"] => {
            switch(call, true);
            Done::ok("Firewall is active and enabled on system startup\n")
        }
        ["disable"] => {
            switch(call, false);
            Done::ok("Firewall stopped and disabled on system startup\n")
        }
        ["reload"] => Done::ok("Firewall reloaded\n"),
        ["default", what, ..] => {
            let deny = matches!(*what, "deny" | "reject");
            call.device_mut().stack.filter.default_deny = deny;
            Done::ok(format!("Default incoming policy changed to '{what}'\n(be sure to update your rules accordingly)\n"))
        }
        ["delete", number] if number.parse::<usize>().is_ok() => {
            let at = number.parse::<usize>().unwrap_or(0);
            let rules = &mut call.device_mut().stack.filter.rules;
            if at == 0 || at > rules.len() {
                return Done::failed(1, "ERROR: Could not find rule\n");
            }
            rules.remove(at - 1);
            Done::ok("Rule deleted\n")
        }
        ["delete", rest @ ..] => delete(call, rest),
        [verb @ ("allow" | "deny" | "reject"), rest @ ..] => add(call, verb, rest),
        [other, ..] => Done::failed(1, format!("ERROR: Invalid syntax\n\nUsage: ufw COMMAND\n(unknown command: {other})\n")),
    }
}

fn switch(call: &mut Call<'_>, on: bool) {
    let filter = &mut call.device_mut().stack.filter;
    filter.default_deny = on;
    for rule in &mut filter.rules {
        rule.enabled = on;
    }
}

fn protocol_of(text: &str) -> Option<Protocol> {
    match text {
        "tcp" => Some(Protocol::Tcp),
        "udp" => Some(Protocol::Udp),
        _ => None,
    }
}

/// What a rule is about: from where, to which ports, by which protocol.
#[derive(Default)]
struct About {
    from: Option<Ipv4Net>,
    ports: Option<(u16, u16)>,
    protocol: Option<Protocol>,
}

/// `22`, `22/tcp`, `ssh`.
fn simple(text: &str) -> Option<About> {
    let (port, protocol) = text.split_once('/').map_or((text, None), |(port, word)| (port, protocol_of(word)));
    // `/etc/services` names that technicians type.
    let port = match port {
        "ssh" | "OpenSSH" => Some(22),
        "http" | "Nginx HTTP" => Some(80),
        "https" => Some(443),
        "mysql" => Some(3306),
        other => other.parse().ok(),
    }?;
    Some(About { ports: Some((port, port)), protocol, from: None })
}

/// `from 10.0.0.0/24 to any port 3306 proto tcp`.
fn full(words: &[&str]) -> Option<About> {
    let mut about = About::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "from" => {
                let text = words.next()?;
                about.from = if *text == "any" {
                    None
                } else {
                    Some(text.parse().ok().or_else(|| text.parse::<Ipv4Addr>().ok().map(Ipv4Net::from))?)
                };
            }
            "to" => {
                words.next().filter(|to| **to == "any")?;
            }
            "port" => {
                let port = words.next()?.parse().ok()?;
                about.ports = Some((port, port));
            }
            "proto" => about.protocol = Some(protocol_of(words.next()?)?),
            _ => return None,
        }
    }
    Some(about)
}

/// The rules that a line stands for: a port without a protocol is one of TCP and one of UDP.
fn rules(verb: &str, words: &[&str]) -> Option<Vec<Rule>> {
    let verdict = match verb {
        "allow" => Verdict::Accept,
        "deny" => Verdict::Drop,
        _ => Verdict::Reject,
    };
    let words = words.strip_prefix(&["in"]).unwrap_or(words);
    let About { from, ports, protocol } = if let [text] = words { simple(text)? } else { full(words)? };
    let protocols = match (protocol, ports) {
        (Some(protocol), _) => vec![Some(protocol)],
        (None, Some(_)) => vec![Some(Protocol::Tcp), Some(Protocol::Udp)],
        (None, None) => vec![None],
    };
    let rule = |protocol| Rule {
        name: String::new(),
        enabled: true,
        verdict,
        direction: Direction::In,
        protocol,
        from,
        to: None,
        ports,
        profiles: Set::new(),
        hits: 0,
    };
    Some(protocols.into_iter().map(rule).collect())
}

fn same(a: &Rule, b: &Rule) -> bool {
    (a.verdict, a.direction, a.protocol, a.from, a.ports) == (b.verdict, b.direction, b.protocol, b.from, b.ports)
}

fn add(call: &mut Call<'_>, verb: &str, words: &[&str]) -> Done {
    let Some(new) = rules(verb, words) else { return Done::failed(1, "ERROR: Could not find a profile matching, or bad port\n") };
    let on = active(&call.device().stack.filter);
    let held = &mut call.device_mut().stack.filter.rules;
    let mut added = false;
    for mut rule in new {
        if !held.iter().any(|known| same(known, &rule)) {
            rule.enabled = on;
            held.push(rule);
            added = true;
        }
    }
    Done::ok(match (added, on) {
        (false, _) => "Skipping adding existing rule\n",
        (true, true) => "Rule added\n",
        (true, false) => "Rules updated\n",
    })
}

fn delete(call: &mut Call<'_>, words: &[&str]) -> Done {
    let Some((verb, rest)) = words.split_first() else { return Done::failed(1, "ERROR: Invalid syntax\n") };
    let Some(old) = rules(verb, rest) else { return Done::failed(1, "ERROR: Invalid syntax\n") };
    let held = &mut call.device_mut().stack.filter.rules;
    let before = held.len();
    held.retain(|known| !old.iter().any(|rule| same(known, rule)));
    Done::ok(if held.len() < before { "Rule deleted\n" } else { "Could not delete non-existent rule\n" })
}

fn word(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
        Protocol::Icmp => "icmp",
    }
}

fn status(filter: &Filter, detail: &str) -> String {
    if !active(filter) {
        return "Status: inactive\n".to_owned();
    }
    let mut out = "Status: active\n".to_owned();
    if detail == "verbose" {
        let policy = if filter.default_deny { "deny" } else { "allow" };
        let _ = writeln!(
            out,
            "Logging: on (low)\nDefault: {policy} (incoming), allow (outgoing), disabled (routed)\nNew profiles: skip"
        );
    }
    let gap = if detail == "numbered" { "     " } else { "" };
    let _ = write!(out, "\n{gap}{:<26} {:<12}From\n{gap}{:<26} {:<12}----\n", "To", "Action", "--", "------");
    for (at, rule) in filter.rules.iter().enumerate() {
        let port = rule.ports.map_or_else(
            || "Anywhere".to_owned(),
            |(low, high)| if low == high { low.to_string() } else { format!("{low}:{high}") },
        );
        let to = rule.protocol.map_or_else(|| port.clone(), |protocol| format!("{port}/{}", word(protocol)));
        let action = match rule.verdict {
            Verdict::Accept => "ALLOW",
            Verdict::Drop => "DENY",
            Verdict::Reject => "REJECT",
        };
        let action = if detail.is_empty() { action.to_owned() } else { format!("{action} IN") };
        let from = rule.from.map_or_else(
            || "Anywhere".to_owned(),
            |net| if net.prefix_len() == 32 { net.addr().to_string() } else { net.to_string() },
        );
        let number = if detail == "numbered" { format!("[{:>2}] ", at + 1) } else { String::new() };
        let _ = writeln!(out, "{number}{to:<26} {action:<12}{from:<26}");
    }
    out + "\n"
}

fn nft(call: &mut Call<'_>, args: &[String]) -> Done {
    if !call.is_root() {
        return Done::failed(
            1,
            "Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed: Operation not permitted\n",
        );
    }
    if args.first().map(String::as_str) != Some("list") {
        return call.not_modelled("changes by nft; use ufw or iptables");
    }
    let filter = &call.device().stack.filter;
    if !active(filter) {
        return Done::default();
    }
    let policy = if filter.default_deny { "drop" } else { "accept" };
    let mut out = format!(
        "table ip filter {{\n\tchain INPUT {{\n\t\ttype filter hook input priority filter; policy {policy};\n\t\tct state established,related accept\n"
    );
    for rule in filter.rules.iter().filter(|rule| rule.enabled && rule.direction == Direction::In) {
        let verdict = match rule.verdict {
            Verdict::Accept => "accept",
            Verdict::Drop => "drop",
            Verdict::Reject if rule.protocol == Some(Protocol::Tcp) => "reject with tcp reset",
            Verdict::Reject => "reject",
        };
        let from = rule.from.map_or_else(String::new, |net| format!("ip saddr {net} "));
        let port = match (rule.protocol, rule.ports) {
            (Some(protocol), Some((low, high))) if low == high => format!("{} dport {low} ", word(protocol)),
            (Some(protocol), Some((low, high))) => format!("{} dport {low}-{high} ", word(protocol)),
            (Some(protocol), None) => format!("ip protocol {} ", word(protocol)),
            (None, _) => String::new(),
        };
        let _ = writeln!(out, "\t\t{from}{port}{verdict}");
    }
    Done::ok(out + "\t}\n}\n")
}
