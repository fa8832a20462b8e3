//! IPv4 subnets: RFC 791, RFC 950, RFC 4632.

use std::net::Ipv4Addr;

use super::chance::Chance;
use super::{Drawn, Generator};

pub static GENERATORS: &[Generator] = &[Generator { id: "ipv4-network", draw: network }];

/// An address with the length of its subnet's prefix, in bits.
#[derive(Clone, Copy)]
struct Host {
    address: u32,
    prefix: u32,
}

impl Host {
    /// In a private network (RFC 1918), and neither the network address nor the broadcast address of its subnet.
    fn drawn(chance: &mut Chance, shortest: u32, longest: u32) -> Option<Self> {
        let [second, third, fourth] = [chance.octet(), chance.octet(), chance.octet()];
        let address = match chance.between(0, 2) {
            0 => Ipv4Addr::new(10, second, third, fourth),
            1 => Ipv4Addr::new(172, 16 + second % 16, third, fourth),
            _ => Ipv4Addr::new(192, 168, third, fourth),
        };
        let host = Self { address: address.to_bits(), prefix: chance.between(shortest, longest) };
        (host.address != host.network() && host.address != host.broadcast()).then_some(host)
    }

    fn with_prefix(self, prefix: u32) -> Self {
        Self { prefix, ..self }
    }

    fn network(self) -> u32 {
        self.address & mask(self.prefix)
    }

    fn broadcast(self) -> u32 {
        self.address | !mask(self.prefix)
    }

    /// What every question about a host states.
    fn given(self) -> Vec<(&'static str, String)> {
        vec![("host", text(self.address)), ("prefix", self.prefix.to_string())]
    }

    /// The step from one subnet to the next in the last octet, for prefixes from /24 on.
    fn block(self) -> u32 {
        1 << (32 - self.prefix)
    }
}

fn network(chance: &mut Chance) -> Option<Drawn> {
    let host = Host::drawn(chance, 26, 29)?;
    Some(Drawn {
        given: host.given(),
        answer: text(host.network()),
        slips: vec![
            ("first-host", text(host.network() + 1)),
            ("block-too-small", text(host.with_prefix(host.prefix + 1).network())),
            ("block-too-large", text(host.with_prefix(host.prefix - 1).network())),
        ],
        told: vec![
            ("block", host.block().to_string()),
            ("half-block", (host.block() / 2).to_string()),
            ("double-block", (host.block() * 2).to_string()),
            ("octet", (host.address & 0xff).to_string()),
        ],
    })
}

fn mask(prefix: u32) -> u32 {
    u32::MAX.checked_shl(32 - prefix).unwrap_or_default()
}

fn text(address: u32) -> String {
    Ipv4Addr::from_bits(address).to_string()
}
