//! Binary, hexadecimal, MAC addresses (IEEE 802) and interface identifiers made from them (RFC 4291 appendix A).

use super::chance::Chance;
use super::{Drawn, Generator};

pub static GENERATORS: &[Generator] = &[
    Generator { id: "binary-to-decimal", draw: binary_to_decimal },
    Generator { id: "decimal-to-binary", draw: decimal_to_binary },
    Generator { id: "hex-to-decimal", draw: hex_to_decimal },
    Generator { id: "mac-oui", draw: mac_oui },
    Generator { id: "ipv6-eui-64", draw: eui_64 },
];

/// Eight binary digits without a zero in front, and not all of them ones.
fn octet(chance: &mut Chance) -> Option<u8> {
    let octet = chance.octet();
    (octet > 0x80 && octet < 0xff).then_some(octet)
}

fn binary_to_decimal(chance: &mut Chance) -> Option<Drawn> {
    let octet = octet(chance)?;
    Some(Drawn {
        given: vec![("binary", format!("{octet:08b}"))],
        answer: octet.to_string(),
        slips: vec![
            ("reversed", octet.reverse_bits().to_string()),
            ("half", (octet >> 1).to_string()),
            ("inverted", (!octet).to_string()),
        ],
        told: vec![("weights", weights(octet))],
    })
}

fn decimal_to_binary(chance: &mut Chance) -> Option<Drawn> {
    let octet = octet(chance)?;
    let binary = |octet: u8| format!("{octet:08b}");
    Some(Drawn {
        given: vec![("decimal", octet.to_string())],
        answer: binary(octet),
        slips: vec![("reversed", binary(octet.reverse_bits())), ("inverted", binary(!octet)), ("shifted", binary(octet >> 1))],
        told: vec![("weights", weights(octet))],
    })
}

/// `128 + 8 + 1`
fn weights(octet: u8) -> String {
    let ones = (0..8).rev().map(|bit| 1_u8 << bit).filter(|weight| octet & weight != 0);
    ones.map(|weight| weight.to_string()).collect::<Vec<_>>().join(" + ")
}

fn hex_to_decimal(chance: &mut Chance) -> Option<Drawn> {
    let (high, low) = (chance.between(1, 15), chance.between(1, 15));
    Some(Drawn {
        given: vec![("hex", format!("{high:X}{low:X}"))],
        answer: (high * 16 + low).to_string(),
        slips: vec![
            ("digits-swapped", (low * 16 + high).to_string()),
            ("base-ten", (high * 10 + low).to_string()),
            ("digits-added", (high + low).to_string()),
        ],
        told: vec![("high", high.to_string()), ("low", low.to_string())],
    })
}

/// Of one interface, administered universally: the two lowest bits of the first octet are zero.
fn mac(chance: &mut Chance) -> [u8; 6] {
    let mut mac = [0; 6].map(|_: u8| chance.octet());
    mac[0] &= 0xfc;
    mac
}

fn joined(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02X}")).collect::<Vec<_>>().join(":")
}

fn mac_oui(chance: &mut Chance) -> Option<Drawn> {
    let mac = mac(chance);
    Some(Drawn {
        given: vec![("mac", joined(&mac))],
        answer: joined(&mac[..3]),
        slips: vec![
            ("last-three", joined(&mac[3..])),
            ("middle-three", joined(&mac[1..4])),
            ("bit-flipped", joined(&[mac[0] ^ 2, mac[1], mac[2]])),
        ],
        told: vec![],
    })
}

/// The link-local address of an interface, written in full groups without leading zeros.
fn eui_64(chance: &mut Chance) -> Option<Drawn> {
    let mac = mac(chance);
    let [first, second, third, fourth, fifth, sixth] = mac;
    // A group of zeros would be shortened, which is another question.
    let groups = |octets: [u8; 8]| {
        let groups = octets.chunks_exact(2).map(|pair| u16::from(pair[0]) << 8 | u16::from(pair[1]));
        let groups: Vec<u16> = groups.collect();
        let written: Vec<String> = groups.iter().map(|group| format!("{group:x}")).collect();
        (!groups.contains(&0)).then(|| format!("fe80::{}", written.join(":")))
    };
    Some(Drawn {
        given: vec![("mac", joined(&mac))],
        answer: groups([first ^ 2, second, third, 0xff, 0xfe, fourth, fifth, sixth])?,
        slips: vec![
            ("bit-not-flipped", groups([first, second, third, 0xff, 0xfe, fourth, fifth, sixth])?),
            ("filled-in-front", groups([0xff, 0xfe, first ^ 2, second, third, fourth, fifth, sixth])?),
            ("filled-behind", groups([first ^ 2, second, third, fourth, fifth, sixth, 0xff, 0xfe])?),
        ],
        told: vec![("first", format!("{first:02x}")), ("flipped", format!("{:02x}", first ^ 2))],
    })
}
