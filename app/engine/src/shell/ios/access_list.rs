//! Access lists as text: what `show` and the configuration print, and what is typed.
//!
//! The ordered filter of a firewall appears as the list `FIREWALL` (packets through it) and `LOCAL` (packets to itself).

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::sorted::Set;
use crate::world::interface::{Direction, Filter, Protocol, Rule, Verdict};

/// Names of the filter's two halves.
pub const NAMED: [(&str, Direction); 2] = [("FIREWALL", Direction::Forward), ("LOCAL", Direction::In)];

/// 1–99 name a source only.
pub fn is_standard(number: u16) -> bool {
    number < 100
}

/// The halves of the filter that have rules, with them.
pub fn named(filter: &Filter) -> Vec<(&'static str, Vec<&Rule>)> {
    if filter.profiles.is_some() {
        return Vec::new();
    }
    let halves = NAMED
        .iter()
        .map(|(name, direction)| (*name, filter.rules.iter().filter(|rule| rule.direction == *direction).collect::<Vec<_>>()));
    halves.filter(|(_, rules)| !rules.is_empty()).collect()
}

/// Ports that IOS writes by name.
const PORTS: [(u16, &str); 13] = [
    (20, "ftp-data"),
    (21, "ftp"),
    (23, "telnet"),
    (25, "smtp"),
    (53, "domain"),
    (67, "bootps"),
    (68, "bootpc"),
    (69, "tftp"),
    (80, "www"),
    (110, "pop3"),
    (123, "ntp"),
    (161, "snmp"),
    (514, "syslog"),
];

fn port_text(port: u16) -> String {
    PORTS.iter().find(|(known, _)| *known == port).map_or_else(|| port.to_string(), |(_, name)| (*name).to_owned())
}

fn port(text: &str) -> Option<u16> {
    PORTS.iter().find(|(_, name)| *name == text).map(|(port, _)| *port).or_else(|| text.parse().ok())
}

fn net_text(net: Option<Ipv4Net>) -> String {
    match net {
        None => "any".to_owned(),
        Some(net) if net.prefix_len() == 32 => format!("host {}", net.addr()),
        Some(net) => format!("{} {}", net.network(), net.hostmask()),
    }
}

fn action(rule: &Rule) -> &'static str {
    if rule.verdict == Verdict::Accept { "permit" } else { "deny" }
}

/// `permit tcp 10.0.0.0 0.0.0.255 any eq www`, or the source alone for a standard list.
pub fn line(rule: &Rule, standard: bool) -> String {
    if standard {
        let source = match rule.from {
            Some(net) if net.prefix_len() == 32 => net.addr().to_string(),
            other => net_text(other),
        };
        return format!("{} {source}", action(rule));
    }
    let protocol = match rule.protocol {
        None => "ip",
        Some(Protocol::Icmp) => "icmp",
        Some(Protocol::Tcp) => "tcp",
        Some(Protocol::Udp) => "udp",
    };
    let ports = match rule.ports {
        None => String::new(),
        Some((low, high)) if low == high => format!(" eq {}", port_text(low)),
        Some((low, high)) => format!(" range {} {}", port_text(low), port_text(high)),
    };
    format!("{} {protocol} {} {}{ports}", action(rule), net_text(rule.from), net_text(rule.to))
}

/// As `show access-lists` prints it, with what it has met.
pub fn line_with_hits(rule: &Rule, standard: bool) -> String {
    let text = match (standard, rule.from) {
        (true, Some(net)) if net.prefix_len() < 32 => {
            format!("{} {}, wildcard bits {}", action(rule), net.network(), net.hostmask())
        }
        _ => line(rule, standard),
    };
    match rule.hits {
        0 => text,
        1 => format!("{text} (1 match)"),
        hits => format!("{text} ({hits} matches)"),
    }
}

/// Where a typed rule goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The number of the word that cannot be.
    Word(usize),
    Incomplete,
    /// A wildcard whose bits are not together; the model keeps prefixes.
    Wildcard,
}

struct Words<'w> {
    words: Vec<&'w str>,
    at: usize,
}

impl<'w> Words<'w> {
    fn next(&mut self) -> Result<&'w str, Wrong> {
        let word = self.words.get(self.at).ok_or(Wrong::Incomplete)?;
        self.at += 1;
        Ok(word)
    }

    fn wrong(&self) -> Wrong {
        Wrong::Word(self.at.saturating_sub(1))
    }

    /// `any`, `host 10.0.0.1`, `10.0.0.0 0.0.0.255`; a standard list also takes a bare address.
    fn net(&mut self, bare: bool) -> Result<Option<Ipv4Net>, Wrong> {
        let word = self.next()?;
        if word == "any" {
            return Ok(None);
        }
        if word == "host" {
            let address = self.next()?.parse::<Ipv4Addr>().map_err(|_| self.wrong())?;
            return Ok(Ipv4Net::new(address, 32).ok());
        }
        let address = word.parse::<Ipv4Addr>().map_err(|_| self.wrong())?;
        let Some(wildcard) = self.words.get(self.at) else {
            return if bare { Ok(Ipv4Net::new(address, 32).ok()) } else { Err(Wrong::Incomplete) };
        };
        let Ok(wildcard) = wildcard.parse::<Ipv4Addr>() else {
            return if bare { Ok(Ipv4Net::new(address, 32).ok()) } else { Err(Wrong::Word(self.at)) };
        };
        self.at += 1;
        let mask = Ipv4Addr::from(!u32::from(wildcard));
        let net = Ipv4Net::with_netmask(address, mask).map_err(|_| Wrong::Wildcard)?;
        Ok(Some(net.trunc()))
    }

    fn ports(&mut self) -> Result<Option<(u16, u16)>, Wrong> {
        match self.words.get(self.at) {
            Some(&"eq") => {
                self.at += 1;
                let only = port(self.next()?).ok_or_else(|| self.wrong())?;
                Ok(Some((only, only)))
            }
            Some(&"range") => {
                self.at += 1;
                let low = port(self.next()?).ok_or_else(|| self.wrong())?;
                let high = port(self.next()?).ok_or_else(|| self.wrong())?;
                Ok(Some((low, high)))
            }
            Some(&"gt") => {
                self.at += 1;
                let low = port(self.next()?).ok_or_else(|| self.wrong())?;
                Ok(Some((low.saturating_add(1), u16::MAX)))
            }
            _ => Ok(None),
        }
    }
}

/// Reads a rule as it is typed after the list's number or name.
pub fn parse(text: &str, standard: bool, direction: Direction) -> Result<Rule, Wrong> {
    let lower = text.to_ascii_lowercase();
    let mut words = Words { words: lower.split_whitespace().collect(), at: 0 };
    let verdict = match words.next()? {
        "permit" => Verdict::Accept,
        "deny" => Verdict::Drop,
        _ => return Err(words.wrong()),
    };
    let protocol = if standard {
        None
    } else {
        match words.next()? {
            "ip" => None,
            "icmp" => Some(Protocol::Icmp),
            "tcp" => Some(Protocol::Tcp),
            "udp" => Some(Protocol::Udp),
            _ => return Err(words.wrong()),
        }
    };
    let from = words.net(standard)?;
    let to = if standard { None } else { words.net(false)? };
    let ported = matches!(protocol, Some(Protocol::Tcp | Protocol::Udp));
    let ports = if ported { words.ports()? } else { None };
    match words.words.get(words.at) {
        None | Some(&"log") => {}
        Some(_) => return Err(Wrong::Word(words.at)),
    }
    Ok(Rule { name: String::new(), enabled: true, verdict, direction, protocol, from, to, ports, profiles: Set::new(), hits: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_and_written() {
        for (text, standard) in [
            ("permit tcp 10.0.0.0 0.0.0.255 any eq www", false),
            ("deny ip any host 10.0.0.5", false),
            ("permit udp any any range 5000 5010", false),
            ("permit 10.1.0.0 0.0.255.255", true),
            ("deny 10.1.0.9", true),
            ("permit any", true),
        ] {
            let rule = parse(text, standard, Direction::Forward).unwrap();
            assert_eq!(line(&rule, standard), text);
        }
        assert_eq!(parse("permit tcp any", false, Direction::Forward), Err(Wrong::Incomplete));
        assert_eq!(parse("permit ipx any any", false, Direction::Forward), Err(Wrong::Word(1)));
        assert_eq!(parse("permit ip 10.0.0.0 0.255.0.255 any", false, Direction::Forward), Err(Wrong::Wildcard));
        assert_eq!(parse("permit ip any any eq 80", false, Direction::Forward), Err(Wrong::Word(4)));
    }
}
