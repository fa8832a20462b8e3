//! Generators: the values of items whose numbers differ from attempt to attempt, with their wrong answers.
//!
//! A generator computes a right answer and, for each slip that people make, the answer that this slip leads to. It draws again
//! where two of them would be the same, so every item built on it has exactly one right option. The texts stay in `content/`.
//!
//! An attempt stores its seed and the text of its items, not their values. So what a generator gives for a seed never changes; a
//! generator that has to change gets another id, and the old one stays for the attempts that used it.

#![expect(clippy::unnecessary_wraps, reason = "all draws have one type, also those that always make a good question")]

mod chance;
mod ipv4;
mod notation;
mod permission;
mod quantity;
mod storage;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chance::Chance;

/// The name of the right answer among the values.
pub const ANSWER: &str = "answer";

/// Values by the names that an item writes in braces.
pub type Values = BTreeMap<String, String>;

pub struct Generator {
    /// How an item names it in `generator = "…"`.
    pub id: &'static str,
    /// `None` where the numbers drawn make no good question; drawn again then.
    draw: fn(&mut Chance) -> Option<Drawn>,
}

/// What one draw comes to. Names are in kebab-case and the same for every seed.
struct Drawn {
    /// What the question must state.
    given: Vec<(&'static str, String)>,
    answer: String,
    /// The wrong answer that each slip leads to, by the name of the slip.
    slips: Vec<(&'static str, String)>,
    /// What an explanation may tell.
    told: Vec<(&'static str, String)>,
}

/// Which part each value plays.
pub struct Names {
    pub given: Vec<&'static str>,
    pub slips: Vec<&'static str>,
    pub told: Vec<&'static str>,
}

static ALL: &[&[Generator]] =
    &[ipv4::GENERATORS, notation::GENERATORS, permission::GENERATORS, storage::GENERATORS, quantity::GENERATORS];

/// In the order of the authors' table.
pub fn all() -> impl Iterator<Item = &'static Generator> {
    ALL.iter().copied().flatten()
}

#[must_use]
pub fn ids() -> Vec<&'static str> {
    all().map(|generator| generator.id).collect()
}

#[must_use]
pub fn generator(id: &str) -> Option<&'static Generator> {
    all().find(|generator| generator.id == id)
}

impl Names {
    /// Without the answer's.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        self.given.iter().chain(&self.slips).chain(&self.told).copied()
    }
}

impl Generator {
    /// The right answer, a different wrong one for each slip, and whatever the texts may tell. The same seed gives the same.
    #[must_use]
    pub fn values(&self, seed: u64) -> Values {
        let drawn = self.drawn(seed);
        let named = drawn.given.into_iter().chain(drawn.slips).chain(drawn.told).chain([(ANSWER, drawn.answer)]);
        named.map(|(name, text)| (name.to_owned(), text)).collect()
    }

    #[must_use]
    pub fn names(&self) -> Names {
        let drawn = self.drawn(0);
        let names = |values: Vec<(&'static str, String)>| values.into_iter().map(|(name, _)| name).collect();
        Names { given: names(drawn.given), slips: names(drawn.slips), told: names(drawn.told) }
    }

    fn drawn(&self, seed: u64) -> Drawn {
        let mut chance = Chance::new(seed);
        // Ends: a test counts the draws of each generator over 1,000 seeds, and none takes many.
        loop {
            if let Some(drawn) = (self.draw)(&mut chance).filter(Drawn::answers_differ) {
                return drawn;
            }
        }
    }
}

impl Drawn {
    /// No slip leads to the right answer, and no two slips to the same wrong one.
    fn answers_differ(&self) -> bool {
        let answers: Vec<&String> = self.slips.iter().map(|(_, text)| text).chain([&self.answer]).collect();
        answers.iter().enumerate().all(|(at, answer)| !answers.iter().take(at).any(|other| other == answer))
    }
}

impl std::fmt::Debug for Generator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Generator({})", self.id)
    }
}
