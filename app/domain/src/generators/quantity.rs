//! Times and budgets: bits and bytes, leases (RFC 2131), power over Ethernet (IEEE 802.3af, at).

use super::chance::Chance;
use super::{Drawn, Generator};

pub static GENERATORS: &[Generator] = &[
    Generator { id: "transfer-time", draw: transfer_time },
    Generator { id: "dhcp-renewal", draw: renewal },
    Generator { id: "poe-budget", draw: poe },
];

const BITS_PER_BYTE: u32 = 8;

/// Seconds for a file in megabytes over a line in megabits a second.
fn transfer_time(chance: &mut Chance) -> Option<Drawn> {
    let speed = chance.one_of([20, 50, 100, 200, 250, 500]);
    // So that the time is whole even where bits are taken for bytes and divided once more.
    let size = speed * BITS_PER_BYTE * chance.between(2, 12);
    let seconds = size * BITS_PER_BYTE / speed;
    Some(Drawn {
        given: vec![("megabytes", size.to_string()), ("megabits", speed.to_string())],
        answer: seconds.to_string(),
        slips: vec![
            ("bytes-as-bits", (size / speed).to_string()),
            ("divided-by-eight", (size / speed / BITS_PER_BYTE).to_string()),
            ("ten-bits", (size * 10 / speed).to_string()),
        ],
        told: vec![("bits", (size * BITS_PER_BYTE).to_string())],
    })
}

/// Hours after which a client first asks for its lease again: half of it (T1), then seven eighths (T2).
fn renewal(chance: &mut Chance) -> Option<Drawn> {
    let lease = 8 * chance.between(1, 24);
    Some(Drawn {
        given: vec![("lease", lease.to_string())],
        answer: (lease / 2).to_string(),
        slips: vec![
            ("rebinding", (lease / 8 * 7).to_string()),
            ("expiry", lease.to_string()),
            ("quarter", (lease / 4).to_string()),
        ],
        told: vec![],
    })
}

/// Milliwatts that a port gives out by 802.3af, that its device may count on, and that a port gives out by 802.3at.
const AF_PORT: u32 = 15_400;
const AF_DEVICE: u32 = 12_950;
const AT_PORT: u32 = 30_000;

/// How many ports of 802.3at a switch can feed at full power, with something left that is too little for another.
fn poe(chance: &mut Chance) -> Option<Drawn> {
    let budget = chance.between(12, 48) * 10;
    let fed = |port: u32| budget * 1_000 / port;
    if (budget * 1_000).is_multiple_of(AT_PORT) {
        return None;
    }
    Some(Drawn {
        given: vec![("budget", budget.to_string())],
        answer: fed(AT_PORT).to_string(),
        slips: vec![
            ("older-standard", fed(AF_PORT).to_string()),
            ("older-device", fed(AF_DEVICE).to_string()),
            ("rounded-up", (fed(AT_PORT) + 1).to_string()),
        ],
        told: vec![("used", (fed(AT_PORT) * AT_PORT / 1_000).to_string())],
    })
}
