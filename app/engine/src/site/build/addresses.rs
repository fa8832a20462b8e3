//! Reads addresses, with the seed's draw in them.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Builder;
use crate::time::Time;
use crate::world::interface::{Address, Protocol};

/// `2026-09-07 08:30`.
pub fn moment(text: &str) -> Option<Time> {
    let (date, time) = text.split_once(' ')?;
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (date.next()?.parse().ok()?, date.next()?.parse().ok()?, date.next()?.parse().ok()?);
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    ((1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60)
        .then(|| Time::from_civil(year, month, day, hour, minute))
}

/// `tcp`, `udp` or `icmp`.
pub fn protocol(text: &str) -> Option<Protocol> {
    match text {
        "tcp" => Some(Protocol::Tcp),
        "udp" => Some(Protocol::Udp),
        "icmp" => Some(Protocol::Icmp),
        _ => None,
    }
}

impl Builder<'_> {
    /// The text with `{a}` and its kin replaced.
    pub(super) fn drawn(&self, text: &str) -> String {
        self.drawn
            .iter()
            .fold(text.to_owned(), |text, (letter, number)| text.replace(&format!("{{{letter}}}"), &number.to_string()))
    }

    pub(super) fn ip(&mut self, path: &str, text: &str) -> Option<Ipv4Addr> {
        let parsed = self.drawn(text).parse().ok();
        if parsed.is_none() {
            self.complain(path, format!("“{text}” is no IPv4 address. Write one such as 192.168.10.5."));
        }
        parsed
    }

    pub(super) fn ips(&mut self, path: &str, texts: &[String]) -> Vec<Ipv4Addr> {
        texts.iter().filter_map(|text| self.ip(path, text)).collect()
    }

    /// An address with its prefix that a host may have: not the network's own and not its broadcast address.
    pub(super) fn host(&mut self, path: &str, text: &str) -> Option<Address> {
        let drawn = self.drawn(text);
        let parsed =
            drawn.split_once('/').and_then(|(ip, prefix)| Some(Address { ip: ip.parse().ok()?, prefix: prefix.parse().ok()? }));
        let Some(address) = parsed.filter(|address| address.prefix <= 32) else {
            self.complain(path, format!("“{text}” is no address with a prefix. Write one such as 192.168.10.5/24, or \"dhcp\"."));
            return None;
        };
        let network = address.network();
        if address.prefix < 31 && (address.ip == network.network() || address.ip == network.broadcast()) {
            self.complain(
                path,
                format!("{drawn} is the network's own or its broadcast address: a host cannot have it. Take one between."),
            );
            return None;
        }
        Some(address)
    }

    pub(super) fn network(&mut self, path: &str, text: &str) -> Option<Ipv4Net> {
        let parsed: Option<Ipv4Net> = self.drawn(text).parse().ok();
        match parsed {
            Some(net) if net == net.trunc() => Some(net),
            Some(net) => {
                self.complain(path, format!("{net} has host bits set. Write the network: {}.", net.trunc()));
                None
            }
            None => {
                self.complain(path, format!("“{text}” is no network. Write one such as 192.168.10.0/24."));
                None
            }
        }
    }
}
