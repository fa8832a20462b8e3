//! Whether every exhibit can be made, and shows what its author says, for as many seeds as are tried.

use std::collections::BTreeMap;

use engine::site::build::{self, Built};

use super::Source;
use crate::content::bank::{Bank, Mistake};

/// Seeds that `firstline content check` tries: one takes some milliseconds.
pub const SEEDS: u64 = 20;
/// Seeds that a server tries when it starts.
pub const SEEDS_AT_START: u64 = 1;

/// What is wrong with the exhibits of a bank, each file once. The companies are built once for all of them.
#[must_use]
pub fn check(bank: &Bank, seeds: u64) -> Vec<Mistake> {
    let cases = bank.cases.iter().map(|case| (&case.file, &case.source));
    let items = bank.items.iter().filter(|item| item.authored.item.case.is_none());
    let items = items.filter_map(|item| Some((&item.file, &**item.authored.item.exhibit.as_ref()?)));
    let mut built = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (file, source) in cases.chain(items) {
        // The complaints of one seed are enough to mend.
        let complaints = (0..seeds).find_map(|seed| render(source, seed, &mut built)).unwrap_or_default();
        mistakes.extend(complaints.into_iter().map(|complaint| Mistake { file: file.clone(), complaint }));
    }
    mistakes.sort();
    mistakes
}

fn render<'s>(
    source: &'s Source,
    seed: u64,
    known: &mut BTreeMap<(&'s str, u64), Built>,
) -> Option<Vec<crate::content::Complaint>> {
    let key = (source.site.id.as_str(), seed);
    if !known.contains_key(&key) {
        // A site that does not build is complained about where sites are checked.
        known.insert(key, build::build(&source.site, seed).ok()?);
    }
    source.render_in(known.get(&key)?, seed).err()
}
