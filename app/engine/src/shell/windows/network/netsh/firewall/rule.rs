//! `netsh advfirewall firewall … rule`.

use std::fmt::Write;

use super::NEEDS_ELEVATION;
use crate::shell::windows::network::netsh::tag;
use crate::shell::{Output, Session};
use crate::sorted::Set;
use crate::world::World;
use crate::world::interface::{Direction, Profile, Protocol, Rule, Verdict};

const NO_MATCH: &str = "\nNo rules match the specified criteria.\n\n";

/// What selects rules: `name=… dir=in`.
fn chosen(rule: &Rule, words: &[&str]) -> bool {
    let name = tag(words, "name").unwrap_or("all");
    let named = name.eq_ignore_ascii_case("all") || rule.name.eq_ignore_ascii_case(name);
    let direction = tag(words, "dir").is_none_or(|dir| {
        matches!((dir.to_lowercase().as_str(), rule.direction), ("in", Direction::In) | ("out", Direction::Out))
    });
    named && direction && rule.direction != Direction::Forward
}

pub fn show(world: &World, session: &Session, words: &[&str]) -> Output {
    let rules = &world.device(session.device).stack.filter.rules;
    let found: Vec<&Rule> = rules.iter().filter(|rule| chosen(rule, words)).collect();
    if found.is_empty() {
        return Output::failed(1, NO_MATCH);
    }
    let mut text = String::new();
    for rule in found {
        block(&mut text, rule);
    }
    text.push_str("Ok.\n\n");
    Output::ok(text)
}

fn block(text: &mut String, rule: &Rule) {
    let profiles: Vec<&str> = [(Profile::Domain, "Domain"), (Profile::Private, "Private"), (Profile::Public, "Public")]
        .iter()
        .filter(|(profile, _)| rule.profiles.is_empty() || rule.profiles.contains(profile))
        .map(|(_, name)| *name)
        .collect();
    let address = |net: Option<ipnet::Ipv4Net>| net.map_or_else(|| "Any".to_owned(), |net| net.to_string());
    let _ = writeln!(text, "\n{:<38}{}\n{}", "Rule Name:", rule.name, "-".repeat(70));
    let mut row = |label: &str, value: &str| {
        let _ = writeln!(text, "{label:<38}{value}");
    };
    row("Enabled:", if rule.enabled { "Yes" } else { "No" });
    row("Direction:", if rule.direction == Direction::Out { "Out" } else { "In" });
    row("Profiles:", &profiles.join(","));
    row("Grouping:", "");
    let (local, remote) = if rule.direction == Direction::Out { (rule.from, rule.to) } else { (rule.to, rule.from) };
    row("LocalIP:", &address(local));
    row("RemoteIP:", &address(remote));
    row("Protocol:", protocol(rule.protocol));
    if matches!(rule.protocol, Some(Protocol::Tcp | Protocol::Udp)) {
        let ports = match rule.ports {
            None => "Any".to_owned(),
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first}-{last}"),
        };
        let any = "Any".to_owned();
        let (local, remote) = if rule.direction == Direction::Out { (&any, &ports) } else { (&ports, &any) };
        row("LocalPort:", local);
        row("RemotePort:", remote);
    }
    row("Edge traversal:", "No");
    row("Action:", if rule.verdict == Verdict::Accept { "Allow" } else { "Block" });
}

fn protocol(protocol: Option<Protocol>) -> &'static str {
    match protocol {
        None => "Any",
        Some(Protocol::Tcp) => "TCP",
        Some(Protocol::Udp) => "UDP",
        Some(Protocol::Icmp) => "ICMPv4",
    }
}

pub fn add(world: &mut World, session: &Session, words: &[&str]) -> Output {
    if !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    match read(words) {
        Some(rule) => {
            world.device_mut(session.device).stack.filter.rules.push(rule);
            Output::ok("Ok.\n\n")
        }
        None => Output::failed(
            1,
            "\nA specified value is not valid.\n\nUsage: add rule name=<string>\n      dir=in|out\n      action=allow|block|bypass\n      \
             [localip=any|<IPv4 address>]\n      [remoteip=any|<IPv4 address>]\n      [localport=0-65535|any]\n      \
             [remoteport=0-65535|any]\n      [protocol=tcp|udp|icmpv4|any]\n      [profile=public|private|domain|any]\n      \
             [enable=yes|no]\n\n",
        ),
    }
}

fn read(words: &[&str]) -> Option<Rule> {
    let lower = |name: &str| tag(words, name).map(str::to_lowercase);
    let direction = match lower("dir")?.as_str() {
        "in" => Direction::In,
        "out" => Direction::Out,
        _ => return None,
    };
    let verdict = match lower("action")?.as_str() {
        "allow" => Verdict::Accept,
        "block" => Verdict::Drop,
        _ => return None,
    };
    let protocol = match lower("protocol").as_deref() {
        None | Some("any") => None,
        Some("tcp" | "6") => Some(Protocol::Tcp),
        Some("udp" | "17") => Some(Protocol::Udp),
        Some("icmpv4" | "1" | "icmpv4:any,any" | "icmpv4:8,any") => Some(Protocol::Icmp),
        _ => return None,
    };
    let port = if direction == Direction::In { "localport" } else { "remoteport" };
    let ports = match lower(port).as_deref() {
        None | Some("any") => None,
        Some(text) => Some(range(text)?),
    };
    let (from, to) = if direction == Direction::In { ("remoteip", "localip") } else { ("localip", "remoteip") };
    Some(Rule {
        name: tag(words, "name")?.to_owned(),
        enabled: lower("enable").as_deref() != Some("no"),
        verdict,
        direction,
        protocol,
        from: address(lower(from).as_deref())?,
        to: address(lower(to).as_deref())?,
        ports,
        profiles: profiles(lower("profile").as_deref())?,
        hits: 0,
    })
}

/// `80` or `5000-5010`.
pub(crate) fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first <= last).then_some((first, last))
}

/// `any`, `10.0.0.5` or `10.0.0.0/24`; the outer `None` is a mistake.
#[expect(clippy::option_option, reason = "no address and a mistake are two things")]
fn address(text: Option<&str>) -> Option<Option<ipnet::Ipv4Net>> {
    match text {
        None | Some("any") => Some(None),
        Some(text) if text.contains('/') => text.parse().ok().map(Some),
        Some(text) => Some(Some(ipnet::Ipv4Net::new(text.parse().ok()?, 32).ok()?)),
    }
}

fn profiles(text: Option<&str>) -> Option<Set<Profile>> {
    let Some(text) = text.filter(|text| *text != "any") else { return Some(Set::new()) };
    text.split(',')
        .map(|name| match name.trim() {
            "domain" => Some(Profile::Domain),
            "private" => Some(Profile::Private),
            "public" => Some(Profile::Public),
            _ => None,
        })
        .collect()
}

pub fn delete(world: &mut World, session: &Session, words: &[&str]) -> Output {
    if !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    let rules = &mut world.device_mut(session.device).stack.filter.rules;
    let before = rules.len();
    if tag(words, "name").is_some() {
        rules.retain(|rule| !chosen(rule, words));
    }
    match before - rules.len() {
        0 => Output::failed(1, NO_MATCH),
        count => Output::ok(format!("\nDeleted {count} rule(s).\nOk.\n\n")),
    }
}

/// `set rule name="…" new enable=yes`.
pub fn set(world: &mut World, session: &Session, words: &[&str]) -> Output {
    if !session.elevated {
        return Output::failed(1, NEEDS_ELEVATION);
    }
    let Some(at) = words.iter().position(|word| word.eq_ignore_ascii_case("new")) else {
        return Output::failed(1, "\nA specified value is not valid.\n\n");
    };
    let (select, new) = words.split_at(at);
    let enable = tag(new, "enable").map(|value| value.eq_ignore_ascii_case("yes"));
    let action =
        tag(new, "action").map(|value| if value.eq_ignore_ascii_case("allow") { Verdict::Accept } else { Verdict::Drop });
    if enable.is_none() && action.is_none() {
        return Output::not_modelled(world, &format!("netsh advfirewall firewall set rule {}", words.join(" ")));
    }
    let mut count = 0;
    for rule in world.device_mut(session.device).stack.filter.rules.iter_mut().filter(|rule| chosen(rule, select)) {
        rule.enabled = enable.unwrap_or(rule.enabled);
        rule.verdict = action.unwrap_or(rule.verdict);
        count += 1;
    }
    if count == 0 { Output::failed(1, NO_MATCH) } else { Output::ok(format!("\nUpdated {count} rule(s).\nOk.\n\n")) }
}
