//! Filter expressions of pcap-filter(7), as far as they are typed by hand: terms joined by `and`, each of them perhaps with `not`.

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use crate::net::event::{Cargo, Content, Frame};
use crate::world::interface::Protocol;

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    not: bool,
    protocol: Option<Kind>,
    /// Of the sender, of the receiver, or of either.
    side: Side,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    Arp,
    Ip,
    Icmp,
    Tcp,
    Udp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Side {
    Source,
    Destination,
    Either,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum What {
    Anything,
    Host(Ipv4Addr),
    Port(u16),
}

pub enum Problem {
    Syntax,
    /// It is one, with this word in it.
    NotModelled(String),
}

/// Words of the language that the model has no terms for.
const OTHERS: &[&str] = &[
    "or",
    "||",
    "net",
    "portrange",
    "ether",
    "vlan",
    "ip6",
    "icmp6",
    "(",
    "less",
    "greater",
    "broadcast",
    "multicast",
    "gateway",
    "proto",
];

pub fn parse(words: &[String]) -> Result<Vec<Term>, Problem> {
    let words: Vec<String> = words.iter().flat_map(|word| word.split_whitespace()).map(str::to_lowercase).collect();
    if let Some(word) = words.iter().find(|word| OTHERS.contains(&word.as_str()) || word.contains(['[', '('])) {
        return Err(Problem::NotModelled(format!("filter expressions with {word} (tcpdump)")));
    }
    if words.is_empty() {
        return Ok(Vec::new());
    }
    words.split(|word| word == "and" || word == "&&").map(|words| term(words).ok_or(Problem::Syntax)).collect()
}

fn term(words: &[String]) -> Option<Term> {
    let mut words = words.iter().map(String::as_str).peekable();
    let not = words.next_if(|word| matches!(*word, "not" | "!")).is_some();
    let protocol = words.next_if(|word| kind(word).is_some()).and_then(kind);
    let side = match words.next_if(|word| matches!(*word, "src" | "dst")) {
        Some("src") => Side::Source,
        Some(_) => Side::Destination,
        None => Side::Either,
    };
    let what = match words.next() {
        None if protocol.is_some() && side == Side::Either => What::Anything,
        Some("host") => What::Host(words.next()?.parse().ok()?),
        Some("port") => What::Port(port(words.next()?)?),
        // An address alone is a host.
        Some(address) => What::Host(address.parse().ok()?),
        None => return None,
    };
    words.next().is_none().then_some(Term { not, protocol, side, what })
}

fn kind(word: &str) -> Option<Kind> {
    Some(match word {
        "arp" => Kind::Arp,
        "ip" => Kind::Ip,
        "icmp" => Kind::Icmp,
        "tcp" => Kind::Tcp,
        "udp" => Kind::Udp,
        _ => return None,
    })
}

/// A number, or a name of /etc/services that people use here.
fn port(text: &str) -> Option<u16> {
    Some(match text {
        "ssh" => 22,
        "domain" => 53,
        "bootps" => 67,
        "bootpc" => 68,
        "http" => 80,
        "https" => 443,
        number => return number.parse().ok(),
    })
}

pub fn fits(expression: &[Term], frame: &Frame) -> bool {
    expression.iter().all(|term| matches(term, frame) != term.not)
}

fn matches(term: &Term, frame: &Frame) -> bool {
    let here = ends(frame);
    let protocol = term.protocol.is_none_or(|wanted| here.kinds.contains(&wanted));
    let side = |source: bool, destination: bool| match term.side {
        Side::Source => source,
        Side::Destination => destination,
        Side::Either => source || destination,
    };
    let what = match term.what {
        What::Anything => true,
        What::Host(host) => side(here.from == Some(host), here.to == Some(host)),
        What::Port(port) => side(here.from_port == Some(port), here.to_port == Some(port)),
    };
    protocol && what
}

/// What a term can be about.
#[derive(Default)]
struct Ends {
    kinds: Vec<Kind>,
    from: Option<Ipv4Addr>,
    to: Option<Ipv4Addr>,
    from_port: Option<u16>,
    to_port: Option<u16>,
}

fn ends(frame: &Frame) -> Ends {
    /// BOOTP's ports of the server and the client (RFC 2131).
    const BOOTP: (u16, u16) = (67, 68);
    match frame.cargo {
        Cargo::ArpRequest { sender, target } | Cargo::ArpReply { sender, target } => {
            Ends { kinds: vec![Kind::Arp], from: Some(sender), to: Some(target), ..Ends::default() }
        }
        Cargo::Dhcp { from_server } => {
            let (from, to) = if from_server { BOOTP } else { (BOOTP.1, BOOTP.0) };
            Ends { kinds: vec![Kind::Ip, Kind::Udp], from_port: Some(from), to_port: Some(to), ..Ends::default() }
        }
        Cargo::Ip(packet) => {
            let flow = packet.flow;
            let protocol = if matches!(packet.content, Content::Error(..)) { Protocol::Icmp } else { flow.protocol };
            let kind = match protocol {
                Protocol::Icmp => Kind::Icmp,
                Protocol::Tcp => Kind::Tcp,
                Protocol::Udp => Kind::Udp,
            };
            let ports = protocol != Protocol::Icmp;
            Ends {
                kinds: vec![Kind::Ip, kind],
                from: Some(flow.from),
                to: Some(flow.to),
                from_port: ports.then_some(flow.from_port),
                to_port: ports.then_some(flow.to_port),
            }
        }
    }
}
