//! The answers again: by enumeration, by text, by single bits; never with the arithmetic of the generators.

use std::net::Ipv4Addr;

type Method = fn(&dyn Fn(&str) -> String) -> String;

pub const METHODS: [(&str, Method); 24] = [
    ("ipv4-network", |given| subnet(given)[0].to_string()),
    ("ipv4-broadcast", |given| subnet(given).last().unwrap().to_string()),
    ("ipv4-last-host", |given| subnet(given)[subnet(given).len() - 2].to_string()),
    ("ipv4-neighbour", |given| {
        let all = subnet(given);
        let inside = |name: &str| all[1..all.len() - 1].contains(&given(name).parse().unwrap());
        let wrong = ["network", "broadcast", "next-block"].map(inside);
        assert!(inside("answer") && wrong == [false; 3] && given("answer") != given("host"));
        given("answer")
    }),
    ("ipv4-host-count", |given| {
        let network = "10.0.0.0".parse().unwrap();
        (same_bits(network, number(given, "prefix")).len() - 2).to_string()
    }),
    ("ipv4-prefix-for-hosts", |given| {
        let fits = |prefix: &u32| (1_u64..1 << (32 - prefix)).count() > number(given, "hosts") as usize;
        format!("/{}", (16..=30).rev().find(fits).unwrap())
    }),
    ("ipv4-mask", |given| mask(number(given, "prefix"))),
    ("ipv4-mask-bits", |given| (0..=32).find(|bits| mask(*bits) == given("mask")).unwrap().to_string()),
    ("ipv4-split", |given| {
        let first: Ipv4Addr = given("network").parse().unwrap();
        let shared = number(given, "prefix") as usize;
        let same = |address: u32| bits(address)[..shared] == bits(first.to_bits())[..shared];
        let starts = std::iter::successors(Some(first.to_bits()), |start| Some(after(*start, number(given, "longer"))));
        starts.take_while(|start| same(*start)).count().to_string()
    }),
    ("binary-to-decimal", |given| given("binary").chars().fold(0, |sum, bit| sum * 2 + bit.to_digit(2).unwrap()).to_string()),
    ("decimal-to-binary", |given| {
        let mut left = number(given, "decimal");
        let bit = |weight: u32| {
            let one = left >= weight;
            left -= if one { weight } else { 0 };
            if one { '1' } else { '0' }
        };
        [128, 64, 32, 16, 8, 4, 2, 1].map(bit).iter().collect()
    }),
    ("hex-to-decimal", |given| u8::from_str_radix(&given("hex"), 16).unwrap().to_string()),
    ("mac-oui", |given| given("mac")[.."00:00:00".len()].to_owned()),
    ("ipv6-eui-64", |given| {
        let mac = given("mac").to_lowercase().replace(':', "");
        // The second lowest bit of the first octet, in the second hexadecimal digit.
        let flipped = "0123456789abcdef".find(&mac[1..2]).map(|digit| &"23016745ab89efcd"[digit..=digit]).unwrap();
        let groups = [format!("{}{flipped}{}", &mac[..1], &mac[2..4]), format!("{}ff", &mac[4..6]), format!("fe{}", &mac[6..8])];
        let groups = groups.iter().map(String::as_str).chain([&mac[8..]]).map(|group| group.trim_start_matches('0'));
        format!("fe80::{}", groups.collect::<Vec<_>>().join(":"))
    }),
    ("linux-mode-octal", |given| {
        let symbolic = given("symbolic");
        (0..0o1000).map(|mode| format!("{mode:03o}")).find(|octal| ls(octal) == symbolic).unwrap()
    }),
    ("linux-mode-symbolic", |given| ls(&given("octal"))),
    ("linux-umask", |given| {
        let umask = ls(&given("umask")[1..]);
        let left = "rw-rw-rw-".chars().zip(umask.chars()).map(|(asked, taken)| if asked == taken { '-' } else { asked });
        let left: String = left.collect();
        (0..0o1000).map(|mode| format!("{mode:03o}")).find(|octal| ls(octal) == left).unwrap()
    }),
    ("raid-5-capacity", |given| array(given, |disk| disk != 0)),
    ("raid-6-capacity", |given| array(given, |disk| disk > 1)),
    ("raid-10-capacity", |given| array(given, |disk| disk % 2 == 0)),
    ("backup-incremental", |given| {
        let week = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
        (week.iter().take_while(|day| **day != given("day")).count() + 1).to_string()
    }),
    ("transfer-time", |given| {
        let mut left = i64::from(number(given, "megabytes")) * 8;
        let seconds = std::iter::from_fn(|| {
            left -= i64::from(number(given, "megabits"));
            (left >= 0).then_some(())
        });
        seconds.count().to_string()
    }),
    ("dhcp-renewal", |given| {
        (1..=number(given, "lease")).find(|hours| hours + hours == number(given, "lease")).unwrap().to_string()
    }),
    ("poe-budget", |given| {
        (1..=number(given, "budget")).take_while(|ports| ports * 30 <= number(given, "budget")).count().to_string()
    }),
];

fn number(given: &dyn Fn(&str) -> String, name: &str) -> u32 {
    given(name).parse().unwrap()
}

/// Every address of the host's subnet.
fn subnet(given: &dyn Fn(&str) -> String) -> Vec<Ipv4Addr> {
    same_bits(given("host").parse().unwrap(), number(given, "prefix"))
}

/// Every address whose first bits, as text, are those of this one, in order.
fn same_bits(address: Ipv4Addr, prefix: u32) -> Vec<Ipv4Addr> {
    let wanted = bits(address.to_bits())[..prefix as usize].to_owned();
    let host_bits = 32 - prefix as usize;
    let first = u32::from_str_radix(&format!("{wanted}{}", "0".repeat(host_bits)), 2).unwrap();
    let all = (first..).take_while(|next| bits(*next).starts_with(&wanted));
    all.map(Ipv4Addr::from_bits).collect()
}

fn bits(address: u32) -> String {
    format!("{address:032b}")
}

/// The address after the subnet of this one: behind the one whose text ends in ones only.
fn after(address: u32, prefix: u32) -> u32 {
    let ones = "1".repeat(32 - prefix as usize);
    u32::from_str_radix(&format!("{}{ones}", &bits(address)[..prefix as usize]), 2).unwrap() + 1
}

/// From a text of ones and zeros.
fn mask(prefix: u32) -> String {
    let bits: String = (0..32).map(|bit| if bit < prefix { '1' } else { '0' }).collect();
    let octets = [0, 8, 16, 24].map(|at| u8::from_str_radix(&bits[at..at + 8], 2).unwrap().to_string());
    octets.join(".")
}

/// Three octal digits as `ls -l` prints them.
fn ls(octal: &str) -> String {
    const CLASSES: [&str; 8] = ["---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"];
    octal.chars().map(|digit| CLASSES[digit.to_digit(8).unwrap() as usize]).collect()
}

/// The terabytes of the disks, counted from 0, that hold data once.
fn array(given: &dyn Fn(&str) -> String, holds_data: fn(u32) -> bool) -> String {
    let disks = number(given, "disks");
    let data = (0..disks).filter(|disk| holds_data(*disk));
    data.map(|_| number(given, "size")).sum::<u32>().to_string()
}
