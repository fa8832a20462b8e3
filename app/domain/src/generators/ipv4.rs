//! IPv4 subnets: RFC 791, RFC 950, RFC 4632.

use std::net::Ipv4Addr;

use super::chance::Chance;
use super::{Drawn, Generator};

pub static GENERATORS: &[Generator] = &[
    Generator { id: "ipv4-network", draw: network },
    Generator { id: "ipv4-broadcast", draw: broadcast },
    Generator { id: "ipv4-last-host", draw: last_host },
    Generator { id: "ipv4-neighbour", draw: neighbour },
    Generator { id: "ipv4-host-count", draw: host_count },
    Generator { id: "ipv4-prefix-for-hosts", draw: prefix_for_hosts },
    Generator { id: "ipv4-mask", draw: mask_of_prefix },
    Generator { id: "ipv4-mask-bits", draw: bits_of_mask },
    Generator { id: "ipv4-split", draw: split },
];

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

fn broadcast(chance: &mut Chance) -> Option<Drawn> {
    let host = Host::drawn(chance, 26, 29)?;
    Some(Drawn {
        given: host.given(),
        answer: text(host.broadcast()),
        slips: vec![
            ("last-host", text(host.broadcast() - 1)),
            ("end-of-octet", text(host.address | 0xff)),
            ("block-too-small", text(host.with_prefix(host.prefix + 1).broadcast())),
            ("block-too-large", text(host.with_prefix(host.prefix - 1).broadcast())),
        ],
        told: vec![("network", text(host.network())), ("block", host.block().to_string())],
    })
}

fn last_host(chance: &mut Chance) -> Option<Drawn> {
    let host = Host::drawn(chance, 26, 29)?;
    Some(Drawn {
        given: host.given(),
        answer: text(host.broadcast() - 1),
        slips: vec![
            ("broadcast", text(host.broadcast())),
            ("block-too-small", text(host.with_prefix(host.prefix + 1).broadcast() - 1)),
            ("block-too-large", text(host.with_prefix(host.prefix - 1).broadcast() - 1)),
        ],
        told: vec![("network", text(host.network())), ("block", host.block().to_string())],
    })
}

/// Another host of the same subnet.
fn neighbour(chance: &mut Chance) -> Option<Drawn> {
    let host = Host::drawn(chance, 26, 29)?;
    let other = chance.between(host.network() + 1, host.broadcast() - 1);
    if other == host.address {
        return None;
    }
    // In the same 256 addresses, so that the third octet does not tell.
    let next_block = other ^ host.block();
    Some(Drawn {
        given: host.given(),
        answer: text(other),
        slips: vec![("network", text(host.network())), ("broadcast", text(host.broadcast())), ("next-block", text(next_block))],
        told: vec![("block", host.block().to_string())],
    })
}

fn host_count(chance: &mut Chance) -> Option<Drawn> {
    let prefix = chance.between(20, 29);
    let addresses = |prefix: u32| 1_u32 << (32 - prefix);
    Some(Drawn {
        given: vec![("prefix", prefix.to_string())],
        answer: (addresses(prefix) - 2).to_string(),
        slips: vec![
            ("all-addresses", addresses(prefix).to_string()),
            ("one-bit-few", (addresses(prefix + 1) - 2).to_string()),
            ("one-bit-many", (addresses(prefix - 1) - 2).to_string()),
        ],
        told: vec![("bits", (32 - prefix).to_string())],
    })
}

/// The longest prefix whose subnet has room for so many hosts.
fn prefix_for_hosts(chance: &mut Chance) -> Option<Drawn> {
    let bits = chance.between(4, 10);
    let most = (1 << bits) - 2;
    // Fewer would fit a subnet of half the size.
    let hosts = chance.between(most / 2, most);
    Some(Drawn {
        given: vec![("hosts", hosts.to_string())],
        answer: format!("/{}", 32 - bits),
        slips: vec![
            ("one-longer", format!("/{}", 33 - bits)),
            ("one-shorter", format!("/{}", 31 - bits)),
            ("bits-as-prefix", format!("/{bits}")),
        ],
        told: vec![("bits", bits.to_string()), ("room", most.to_string()), ("half-room", (most / 2 - 1).to_string())],
    })
}

fn mask_of_prefix(chance: &mut Chance) -> Option<Drawn> {
    let prefix = chance.between(17, 29);
    Some(Drawn {
        given: vec![("prefix", prefix.to_string())],
        answer: text(mask(prefix)),
        slips: vec![
            ("one-bit-few", text(mask(prefix - 1))),
            ("one-bit-many", text(mask(prefix + 1))),
            ("wildcard", text(!mask(prefix))),
        ],
        told: vec![
            ("bits", (32 - prefix).to_string()),
            ("shorter", (prefix - 1).to_string()),
            ("longer", (prefix + 1).to_string()),
        ],
    })
}

fn bits_of_mask(chance: &mut Chance) -> Option<Drawn> {
    let prefix = chance.between(17, 30);
    Some(Drawn {
        given: vec![("mask", text(mask(prefix)))],
        answer: prefix.to_string(),
        slips: vec![
            ("host-bits", (32 - prefix).to_string()),
            ("one-bit-few", (prefix - 1).to_string()),
            ("one-bit-many", (prefix + 1).to_string()),
        ],
        told: vec![],
    })
}

/// Into how many subnets of one length a network divides.
fn split(chance: &mut Chance) -> Option<Drawn> {
    let prefix = chance.between(16, 23);
    let borrowed = chance.between(3, 7);
    let [second, third] = [chance.octet(), chance.octet()];
    let network = Ipv4Addr::new(10, second, third, 0).to_bits() & mask(prefix);
    Some(Drawn {
        given: vec![("network", text(network)), ("prefix", prefix.to_string()), ("longer", (prefix + borrowed).to_string())],
        answer: (1 << borrowed).to_string(),
        slips: vec![
            ("bits", borrowed.to_string()),
            ("twice-bits", (borrowed * 2).to_string()),
            ("one-bit-many", (2 << borrowed).to_string()),
        ],
        told: vec![],
    })
}

fn mask(prefix: u32) -> u32 {
    u32::MAX.checked_shl(32 - prefix).unwrap_or_default()
}

fn text(address: u32) -> String {
    Ipv4Addr::from_bits(address).to_string()
}
