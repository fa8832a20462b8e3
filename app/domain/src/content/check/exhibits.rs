//! Exhibits, tried over many seeds: whether each can be made and shows what its author says, and whether the items that are asked
//! about it are right with the values that it gives.

use std::collections::{BTreeMap, BTreeSet};

use engine::site::build::{self, Built};

use super::super::bank::{Bank, ItemFile, Mistake};
use super::super::complaint::Complaint;
use super::super::exhibit::{Rendered, Setup};
use super::super::item::Item;
use super::subject::{Exam, Subject};
use super::{ItemRule, parts};

/// Seeds that `firstline content check` tries: one takes some milliseconds.
pub const SEEDS: u64 = 20;
/// Seeds that a server tries when it starts.
pub const SEEDS_AT_START: u64 = 1;

/// E4: texts name values that the exhibit gives, all of them, and options differ.
const VALUES: &str = "E4";

/// Rules that values can break for one seed and not for another.
const RULES: &[ItemRule] = &[parts::p2_parts_differ, parts::p4_answers_can_be_read];

/// What is asked about one exhibit: an item, or the parts of a case.
struct Use<'b> {
    /// Where the exhibit is written.
    file: &'b str,
    setup: &'b Setup,
    items: Vec<&'b ItemFile>,
}

/// What is wrong with the exhibits of a bank. Companies are built once for all of them.
#[must_use]
pub fn check(bank: &Bank, seeds: u64) -> Vec<Mistake> {
    let mut built = BTreeMap::new();
    let mut mistakes = Vec::new();
    for one in uses(bank) {
        // The complaints of one seed are enough to mend.
        let found = (0..seeds).map(|seed| one.try_seed(bank, seed, &mut built)).find(|found| !found.is_empty());
        mistakes.extend(found.unwrap_or_default());
    }
    mistakes.sort();
    mistakes
}

fn uses(bank: &Bank) -> Vec<Use<'_>> {
    let of_case =
        |case: &'_ crate::ids::CaseId| bank.items.iter().filter(|file| file.authored.item.case.as_ref() == Some(case)).collect();
    let cases = bank.cases.iter().map(|case| Use { file: &case.file, setup: &case.setup, items: of_case(&case.case.id) });
    let items = bank.items.iter().filter(|file| file.authored.item.case.is_none());
    let items = items.filter_map(|file| Some(Use { file: &file.file, setup: file.authored.item.exhibit()?, items: vec![file] }));
    cases.chain(items).collect()
}

impl<'b> Use<'b> {
    fn try_seed(&self, bank: &Bank, seed: u64, known: &mut BTreeMap<(&'b str, u64), Built>) -> Vec<Mistake> {
        let key = (self.setup.site.id.as_str(), seed);
        let built = match known.entry(key) {
            std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::btree_map::Entry::Vacant(entry) => match build::build(&self.setup.site, seed) {
                Ok(built) => entry.insert(built),
                // Complained about where sites are checked.
                Err(_) => return Vec::new(),
            },
        };
        match self.setup.render_in(built, seed) {
            Ok(rendered) => self.items(bank, &rendered),
            Err(complaints) => complaints.into_iter().map(|complaint| self.mistake(complaint)).collect(),
        }
    }

    fn mistake(&self, complaint: Complaint) -> Mistake {
        Mistake { file: self.file.to_owned(), complaint }
    }

    fn items(&self, bank: &Bank, rendered: &Rendered) -> Vec<Mistake> {
        let mut used = BTreeSet::new();
        let mut mistakes = Vec::new();
        for file in &self.items {
            used.extend(file.authored.item.names());
            mistakes.extend(with_values(bank, file, rendered));
        }
        let idle = self.setup.plan.values().filter(|(name, _)| !used.contains(*name));
        mistakes.extend(idle.map(|(name, line)| {
            self.mistake(Complaint::error(VALUES, line, format!("no text names the value `{name}`: leave it out")))
        }));
        mistakes
    }
}

/// What is wrong with the item that a learner would get.
fn with_values(bank: &Bank, file: &ItemFile, rendered: &Rendered) -> Vec<Mistake> {
    let Some(exam) = bank.exam(&file.authored.item.exam) else { return Vec::new() };
    let mut file = file.clone();
    file.authored.item = file.authored.item.with(&rendered.values, Some(rendered.exhibit.clone()));
    let exam = Exam::new(exam, std::iter::once(&file));
    let subject = Subject::new(&exam, &file);
    let left = subject.item.names();
    let unknown = left.iter().map(|name| {
        let known: Vec<_> = rendered.values.keys().map(String::as_str).collect();
        format!("there is no value `{name}`: the exhibit gives {}", known.join(", "))
    });
    let unknown = unknown.map(|message| Complaint::error(VALUES, subject.places.stem, message));
    let rules = RULES.iter().flat_map(|rule| rule(&subject));
    unknown.chain(equal_options(subject.item, &subject)).chain(rules).map(|complaint| subject.mistake(complaint)).collect()
}

fn equal_options(item: &Item, subject: &Subject<'_>) -> Option<Complaint> {
    let texts: Vec<_> = item.options().iter().map(|option| option.text.plain_text()).collect();
    let twice = (1..texts.len()).find(|at| texts.iter().take(*at).any(|before| texts.get(*at) == Some(before)))?;
    let message = format!("two options become “{}” for some seed", texts.get(twice)?);
    Some(Complaint::error(VALUES, subject.parts_line(), message))
}
