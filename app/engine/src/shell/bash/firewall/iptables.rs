//! `iptables`, the table `filter`: `-L`, `-S`, and `-A`, `-I`, `-D`, `-F`, `-P` with the matches that a rule of the model has.
//! Bytes are not counted by rule, so `-v` is not there.

use std::fmt::Write;

use ipnet::Ipv4Net;

use super::super::call::{Call, Done};
use super::super::sockets::service_name;
use super::word;
use crate::sorted::Set;
use crate::world::interface::{Direction, Filter, Protocol, Rule, Verdict};

const CHAINS: [(&str, Direction); 3] = [("INPUT", Direction::In), ("FORWARD", Direction::Forward), ("OUTPUT", Direction::Out)];

/// Behind a word that iptables does not take.
const HINT: &str = "Try `iptables -h' or 'iptables --help' for more information.\n";

fn problem(text: &str) -> Done {
    Done::failed(2, format!("iptables v1.8.9 (nf_tables): {text}\n{HINT}"))
}

pub fn iptables(call: &mut Call<'_>, args: &[String]) -> Done {
    if !call.is_root() {
        return Done::failed(
            4,
            "iptables v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n",
        );
    }
    // `-nL`, `-vnL` are letters of their own.
    let mut words: Vec<&str> = Vec::new();
    for arg in args.iter().map(String::as_str).filter(|arg| *arg != "-w") {
        match arg.strip_prefix('-').filter(|letters| letters.len() > 1 && letters.chars().all(|c| "nvLSx".contains(c))) {
            Some(letters) => words.extend(letters.chars().map(|letter| match letter {
                'L' => "-L",
                'S' => "-S",
                'v' => "-v",
                _ => "-n",
            })),
            None => words.push(arg),
        }
    }
    if words.contains(&"-v") || words.contains(&"--line-numbers") || words.contains(&"-t") {
        return call.not_modelled("counters, numbers of lines and other tables of iptables");
    }
    let numbers = words.contains(&"-n");
    words.retain(|word| *word != "-n");
    let filter = &call.device().stack.filter;
    match words.as_slice() {
        ["-L" | "--list", chain @ ..] => listed(filter, chain.first().copied(), numbers),
        ["-S" | "--list-rules", chain @ ..] => specified(filter, chain.first().copied()),
        ["-F" | "--flush", chain @ ..] => flush(call, chain.first().copied()),
        ["-P" | "--policy", "INPUT", target @ ("ACCEPT" | "DROP")] => {
            call.device_mut().stack.filter.default_deny = *target == "DROP";
            Done::default()
        }
        ["-P" | "--policy", ..] => call.not_modelled("policies of other chains than INPUT"),
        ["-A" | "--append", chain, rest @ ..] => add(call, chain, None, rest),
        ["-I" | "--insert", chain, place, rest @ ..] if place.parse::<usize>().is_ok() => {
            add(call, chain, place.parse().ok(), rest)
        }
        ["-I" | "--insert", chain, rest @ ..] => add(call, chain, Some(1), rest),
        ["-D" | "--delete", chain, rest @ ..] => delete(call, chain, rest),
        [] => problem("no command specified"),
        [other, ..] => problem(&format!("unknown option \"{other}\"")),
    }
}

fn direction(chain: &str) -> Option<Direction> {
    CHAINS.iter().find(|(name, _)| *name == chain).map(|(_, direction)| *direction)
}

fn no_chain() -> Done {
    Done::failed(1, "iptables: No chain/target/match by that name.\n")
}

fn policy(filter: &Filter, chain: &str) -> &'static str {
    if chain == "INPUT" && filter.default_deny { "DROP" } else { "ACCEPT" }
}

fn target(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Accept => "ACCEPT",
        Verdict::Drop => "DROP",
        Verdict::Reject => "REJECT",
    }
}

/// How a refused packet is answered.
fn answer(rule: &Rule) -> Option<&'static str> {
    match (rule.verdict, rule.protocol) {
        (Verdict::Reject, Some(Protocol::Tcp)) => Some("tcp-reset"),
        (Verdict::Reject, _) => Some("icmp-port-unreachable"),
        _ => None,
    }
}

fn of(filter: &Filter, direction: Direction) -> impl Iterator<Item = &Rule> {
    filter.rules.iter().filter(move |rule| rule.enabled && rule.direction == direction)
}

fn listed(filter: &Filter, only: Option<&str>, numbers: bool) -> Done {
    if only.is_some_and(|chain| direction(chain).is_none()) {
        return no_chain();
    }
    let mut out = String::new();
    for (chain, direction) in CHAINS.into_iter().filter(|(chain, _)| only.is_none_or(|only| only == *chain)) {
        let gap = if out.is_empty() { "" } else { "\n" };
        let policy = policy(filter, chain);
        let _ =
            write!(out, "{gap}Chain {chain} (policy {policy})\ntarget     prot opt source               destination         \n");
        for rule in of(filter, direction) {
            let net = |net: Option<Ipv4Net>| match (net, numbers) {
                (None, true) => "0.0.0.0/0".to_owned(),
                (None, false) => "anywhere".to_owned(),
                (Some(net), _) if net.prefix_len() == 32 => net.addr().to_string(),
                (Some(net), _) => net.to_string(),
            };
            let protocol = rule.protocol.map_or("all", word);
            let name = |port: u16| service_name(port, numbers);
            let port = match rule.ports {
                Some((low, high)) if low == high => format!(" {protocol} dpt:{}", name(low)),
                Some((low, high)) => format!(" {protocol} dpts:{}:{}", name(low), name(high)),
                None => String::new(),
            };
            let with = answer(rule).map_or_else(String::new, |answer| format!(" reject-with {answer}"));
            let (from, to) = (net(rule.from), net(rule.to));
            let _ = writeln!(out, "{:<10} {protocol:<4} --  {from:<20} {to:<20}{port}{with}", target(rule.verdict));
        }
    }
    Done::ok(out)
}

/// `-S`: policies and rules as they would be typed.
fn specified(filter: &Filter, only: Option<&str>) -> Done {
    if only.is_some_and(|chain| direction(chain).is_none()) {
        return no_chain();
    }
    let wanted = |chain: &str| only.is_none_or(|only| only == chain);
    let mut out = String::new();
    for (chain, _) in CHAINS.into_iter().filter(|(chain, _)| wanted(chain)) {
        let _ = writeln!(out, "-P {chain} {}", policy(filter, chain));
    }
    for (chain, direction) in CHAINS.into_iter().filter(|(chain, _)| wanted(chain)) {
        for rule in of(filter, direction) {
            let _ = write!(out, "-A {chain}");
            for (flag, net) in [("-s", rule.from), ("-d", rule.to)] {
                let _ = net.map_or(Ok(()), |net| write!(out, " {flag} {net}"));
            }
            if let Some(protocol) = rule.protocol.map(word) {
                let _ = write!(out, " -p {protocol}");
                let _ = match rule.ports {
                    Some((low, high)) if low == high => write!(out, " -m {protocol} --dport {low}"),
                    Some((low, high)) => write!(out, " -m {protocol} --dport {low}:{high}"),
                    None => Ok(()),
                };
            }
            let with = answer(rule).map_or_else(String::new, |answer| format!(" --reject-with {answer}"));
            let _ = writeln!(out, " -j {}{with}", target(rule.verdict));
        }
    }
    Done::ok(out)
}

fn flush(call: &mut Call<'_>, only: Option<&str>) -> Done {
    let only = match only.map(direction) {
        Some(None) => return no_chain(),
        wanted => wanted.flatten(),
    };
    call.device_mut().stack.filter.rules.retain(|rule| only.is_some_and(|only| rule.direction != only));
    Done::default()
}

/// A rule as it is typed behind the chain, or the complaint about it.
fn rule(call: &mut Call<'_>, direction: Direction, words: &[&str]) -> Result<Rule, Done> {
    let mut made = Rule {
        name: words.join(" "),
        enabled: true,
        verdict: Verdict::Accept,
        direction,
        protocol: None,
        from: None,
        to: None,
        ports: None,
        profiles: Set::new(),
        hits: 0,
    };
    let mut jumps = false;
    let mut words = words.iter().copied();
    while let Some(word) = words.next() {
        let Some(value) = words.next() else { return Err(problem(&format!("option \"{word}\" requires an argument"))) };
        let net = || value.parse::<Ipv4Net>().ok().or_else(|| value.parse::<std::net::Ipv4Addr>().ok().map(Ipv4Net::from));
        match word {
            "-p" | "--protocol" => {
                made.protocol = match value {
                    "tcp" => Some(Protocol::Tcp),
                    "udp" => Some(Protocol::Udp),
                    "icmp" => Some(Protocol::Icmp),
                    "all" => None,
                    _ => return Err(problem(&format!("unknown protocol \"{value}\" specified"))),
                }
            }
            "-s" | "--source" | "-d" | "--destination" => {
                let Some(net) = net() else { return Err(problem(&format!("host/network `{value}' not found"))) };
                let end = if matches!(word, "-s" | "--source") { &mut made.from } else { &mut made.to };
                *end = Some(net);
            }
            "--dport" | "--destination-port" => {
                if made.protocol.is_none_or(|protocol| protocol == Protocol::Icmp) {
                    return Err(problem(&format!("unknown option \"{word}\"")));
                }
                let (low, high) = value.split_once(':').unwrap_or((value, value));
                match (low.parse(), high.parse()) {
                    (Ok(low), Ok(high)) => made.ports = Some((low, high)),
                    _ => return Err(problem(&format!("invalid port/service `{value}' specified"))),
                }
            }
            "-m" | "--match" if matches!(value, "tcp" | "udp" | "icmp") => {}
            "--reject-with" => {}
            "-j" | "--jump" => {
                jumps = true;
                made.verdict = match value {
                    "ACCEPT" => Verdict::Accept,
                    "DROP" => Verdict::Drop,
                    "REJECT" => Verdict::Reject,
                    _ => return Err(call.not_modelled(&format!("iptables -j {value}"))),
                };
            }
            _ => return Err(call.not_modelled(&format!("iptables {word} {value}"))),
        }
    }
    // A rule without a target only counts.
    if jumps { Ok(made) } else { Err(call.not_modelled("iptables rules without -j")) }
}

/// At the end, or before the rule of that number in its chain.
fn add(call: &mut Call<'_>, chain: &str, place: Option<usize>, words: &[&str]) -> Done {
    let Some(direction) = direction(chain) else { return no_chain() };
    let made = match rule(call, direction, words) {
        Ok(made) => made,
        Err(done) => return done,
    };
    let rules = &mut call.device_mut().stack.filter.rules;
    let places: Vec<usize> = positions(rules, direction);
    match place {
        None => rules.push(made),
        Some(number) => match number.checked_sub(1).map(|before| (places.get(before), before == places.len())) {
            Some((Some(at), _)) => rules.insert(*at, made),
            Some((None, true)) => rules.push(made),
            _ => return Done::failed(1, "iptables: Index of insertion too big.\n"),
        },
    }
    Done::default()
}

fn positions(rules: &[Rule], direction: Direction) -> Vec<usize> {
    rules.iter().enumerate().filter(|(_, rule)| rule.enabled && rule.direction == direction).map(|(at, _)| at).collect()
}

/// By its number in the chain, or as it was typed.
fn delete(call: &mut Call<'_>, chain: &str, words: &[&str]) -> Done {
    let Some(direction) = direction(chain) else { return no_chain() };
    if let [number] = words
        && let Ok(number) = number.parse::<usize>()
    {
        let rules = &mut call.device_mut().stack.filter.rules;
        let found = number.checked_sub(1).and_then(|place| positions(rules, direction).get(place).copied());
        return match found {
            Some(at) => {
                rules.remove(at);
                Done::default()
            }
            None => Done::failed(1, "iptables: Index of deletion too big.\n"),
        };
    }
    let wanted = match rule(call, direction, words) {
        Ok(wanted) => wanted,
        Err(done) => return done,
    };
    let rules = &mut call.device_mut().stack.filter.rules;
    let same = |rule: &Rule| Rule { name: wanted.name.clone(), hits: wanted.hits, ..rule.clone() } == wanted;
    match rules.iter().position(same) {
        Some(at) => {
            rules.remove(at);
            Done::default()
        }
        None => Done::failed(1, "iptables: Bad rule (does a matching rule exist in that chain?).\n"),
    }
}
