//! Modes of Linux files: POSIX.1-2017, `chmod` and `umask`.

use super::chance::Chance;
use super::{Drawn, Generator};

pub static GENERATORS: &[Generator] = &[
    Generator { id: "linux-mode-octal", draw: octal },
    Generator { id: "linux-mode-symbolic", draw: symbolic },
    Generator { id: "linux-umask", draw: umask },
];

/// Rights of owner, group and others, as people give them: no class has more than the one before, and all may differ.
fn mode(chance: &mut Chance) -> Option<[u32; 3]> {
    let [owner, group, others] = [chance.between(1, 7), chance.between(0, 7), chance.between(0, 7)];
    (owner & 4 != 0 && owner | group == owner && group | others == group && owner != others).then_some([owner, group, others])
}

fn digits(mode: [u32; 3]) -> String {
    mode.iter().map(ToString::to_string).collect()
}

fn letters(mode: [u32; 3]) -> String {
    let class = |bits: u32| [(4, 'r'), (2, 'w'), (1, 'x')].map(|(bit, letter)| if bits & bit == 0 { '-' } else { letter });
    mode.into_iter().flat_map(class).collect()
}

/// Counts the bits of a class from the wrong end.
fn mirrored(bits: u32) -> u32 {
    (bits & 1) << 2 | (bits & 2) | (bits & 4) >> 2
}

fn octal(chance: &mut Chance) -> Option<Drawn> {
    let mode = mode(chance)?;
    let [owner, group, others] = mode;
    Some(Drawn {
        given: vec![("symbolic", letters(mode))],
        answer: digits(mode),
        slips: vec![
            ("classes-reversed", digits([others, group, owner])),
            ("weights-reversed", digits(mode.map(mirrored))),
            ("denied-counted", digits(mode.map(|bits| 7 - bits))),
        ],
        told: vec![("owner", letters([owner; 3])[..3].to_owned()), ("owner-digit", owner.to_string())],
    })
}

fn symbolic(chance: &mut Chance) -> Option<Drawn> {
    let mode = mode(chance)?;
    let [owner, group, others] = mode;
    Some(Drawn {
        given: vec![("octal", digits(mode))],
        answer: letters(mode),
        slips: vec![
            ("classes-reversed", letters([others, group, owner])),
            ("weights-reversed", letters(mode.map(mirrored))),
            ("denied-counted", letters(mode.map(|bits| 7 - bits))),
        ],
        told: vec![],
    })
}

/// The mode of a new file: programs ask for 666, directories for 777.
fn umask(chance: &mut Chance) -> Option<Drawn> {
    let mask = [0, chance.between(0, 7), chance.between(1, 7)];
    Some(Drawn {
        given: vec![("umask", format!("0{}", digits(mask)))],
        answer: digits(mask.map(|bits| 6 & !bits)),
        slips: vec![
            ("as-directory", digits(mask.map(|bits| 7 & !bits))),
            ("mask-as-mode", digits(mask)),
            ("bits-added", digits(mask.map(|bits| 6 | bits))),
        ],
        told: vec![],
    })
}
