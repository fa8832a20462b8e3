//! Arrays of disks and sets of backups.

use super::chance::Chance;
use super::{Drawn, Generator};

pub static GENERATORS: &[Generator] = &[
    Generator { id: "raid-5-capacity", draw: raid_5 },
    Generator { id: "raid-6-capacity", draw: raid_6 },
    Generator { id: "raid-10-capacity", draw: raid_10 },
    Generator { id: "backup-incremental", draw: incremental },
];

/// In terabytes, as disks are sold.
const SIZES: [u32; 7] = [1, 2, 4, 6, 8, 10, 12];

/// A number of disks and the size of each.
struct Array {
    disks: u32,
    size: u32,
}

impl Array {
    /// An even number of disks, since mirrors want pairs.
    fn drawn(chance: &mut Chance) -> Self {
        Self { disks: 2 * chance.between(2, 6), size: chance.one_of(SIZES) }
    }

    fn given(&self) -> Vec<(&'static str, String)> {
        vec![("disks", self.disks.to_string()), ("size", self.size.to_string())]
    }

    /// Of so many disks.
    fn terabytes(&self, disks: u32) -> String {
        (disks * self.size).to_string()
    }
}

fn raid_5(chance: &mut Chance) -> Option<Drawn> {
    let array = Array::drawn(chance);
    Some(Drawn {
        given: array.given(),
        answer: array.terabytes(array.disks - 1),
        slips: vec![
            ("no-parity", array.terabytes(array.disks)),
            ("double-parity", array.terabytes(array.disks - 2)),
            ("mirrored", array.terabytes(array.disks / 2)),
        ],
        told: vec![("data-disks", (array.disks - 1).to_string())],
    })
}

fn raid_6(chance: &mut Chance) -> Option<Drawn> {
    let array = Array::drawn(chance);
    Some(Drawn {
        given: array.given(),
        answer: array.terabytes(array.disks - 2),
        slips: vec![
            ("no-parity", array.terabytes(array.disks)),
            ("single-parity", array.terabytes(array.disks - 1)),
            ("mirrored", array.terabytes(array.disks / 2)),
        ],
        told: vec![("data-disks", (array.disks - 2).to_string())],
    })
}

fn raid_10(chance: &mut Chance) -> Option<Drawn> {
    let array = Array::drawn(chance);
    Some(Drawn {
        given: array.given(),
        answer: array.terabytes(array.disks / 2),
        slips: vec![
            ("no-mirror", array.terabytes(array.disks)),
            ("single-parity", array.terabytes(array.disks - 1)),
            ("one-disk", array.terabytes(1)),
        ],
        told: vec![("pairs", (array.disks / 2).to_string())],
    })
}

/// A full set on Sunday, an incremental one every other night: what a restore needs after the night of `day`.
fn incremental(chance: &mut Chance) -> Option<Drawn> {
    const DAYS: [&str; 6] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let (nights, day) = chance.one_of([(3_u32, DAYS[2]), (4, DAYS[3]), (5, DAYS[4]), (6, DAYS[5])]);
    let hours = chance.between(1, 5);
    Some(Drawn {
        given: vec![("day", day.to_owned()), ("hours", hours.to_string())],
        answer: (nights + 1).to_string(),
        slips: vec![("no-full", nights.to_string()), ("as-differential", 2.to_string()), ("latest-only", 1.to_string())],
        told: vec![],
    })
}
