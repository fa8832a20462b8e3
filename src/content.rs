//! Content on the server: reads `content/`, hands the text to `domain`, keeps every version that was ever served.

pub(crate) mod files;
pub mod report;
mod scenarios;
pub mod show;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::content::bank::{self, Mistake};
use domain::content::blueprint::Blueprint;
use domain::content::check;
use domain::content::coverage::Coverage;
use domain::content::item::{Item, ItemKind};
use domain::content::tickets;
use domain::exams::enemies;
use domain::ids::{ExamId, ItemId, ItemVersion, ObjectiveId, ScenarioId};
use sha2::{Digest as _, Sha256};

pub use files::{Files, UnreadableContent};
use scenarios::PinnedScenario;
pub use scenarios::{Playable, store_scenarios};
pub use versions::{Pinned, store_versions};

/// How many mistakes a refusal to start names; the rest are counted.
const MISTAKES_SHOWN: usize = 10;

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    Sha256::digest(text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// The bank as it stands now, checked, in memory.
#[derive(Debug, Default)]
pub struct Catalog {
    /// In the order that exams are offered.
    pub exams: Vec<Blueprint>,
    entries: BTreeMap<ItemId, Entry>,
    /// Items that may not stand on one exam form.
    enemies: BTreeMap<ItemId, BTreeSet<ItemId>>,
    coverage: BTreeMap<ExamId, Coverage>,
    old_versions: Mutex<BTreeMap<(ItemId, ItemVersion), Arc<Item>>>,
    scenarios: BTreeMap<ScenarioId, Arc<Playable>>,
    old_scenarios: Mutex<BTreeMap<PinnedScenario, Arc<Playable>>>,
}

#[derive(Debug)]
struct Entry {
    item: Arc<Item>,
    /// The file's text with what its exhibit is made from, as `item_versions` keeps it.
    source: String,
}

/// Why there is no catalog.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    #[error(transparent)]
    Unreadable(#[from] UnreadableContent),
    #[error("{0}")]
    Broken(BrokenContent),
}

/// Content with errors. Shows the first ones and how to see the rest.
#[derive(Debug)]
pub struct BrokenContent(pub Vec<Mistake>);

impl Catalog {
    /// Reads the built-in content with `overlay` laid over it. Refuses a bank with errors; returns the warnings.
    pub fn load(overlay: Option<&Path>) -> Result<(Self, Vec<Mistake>), ContentError> {
        Self::from_files(&files::read(overlay)?)
    }

    /// The same from texts in memory.
    pub fn from_files(files: &Files) -> Result<(Self, Vec<Mistake>), ContentError> {
        let (bank, mut mistakes) = bank::read(files);
        // No date: a server that started yesterday must start today. `firstline content check` compares the dates.
        mistakes.extend(check::check(&bank, None));
        mistakes.extend(check::exhibits::check(&bank, check::exhibits::SEEDS_AT_START));
        let (library, broken) = tickets::read(files);
        mistakes.extend(broken);
        mistakes.extend(tickets::check(&library, &bank));
        let (errors, warnings): (Vec<_>, Vec<_>) = mistakes.into_iter().partition(Mistake::is_error);
        if !errors.is_empty() {
            return Err(ContentError::Broken(BrokenContent(errors)));
        }
        let exams: Vec<Blueprint> = bank.exams.into_iter().map(|exam| exam.blueprint).collect();
        let items = bank.items.iter().map(|file| &file.authored.item);
        let enemies = exams.iter().flat_map(|exam| enemies(items.clone().filter(|item| item.exam == exam.id))).collect();
        let coverage = exams.iter().map(|exam| {
            let items: Vec<_> = items.clone().filter(|item| item.exam == exam.id).collect();
            (exam.id.clone(), Coverage::of(exam, &items))
        });
        let coverage = coverage.collect();
        let entries = bank
            .items
            .into_iter()
            .map(|file| (file.authored.item.id.clone(), Entry { item: Arc::new(file.authored.item), source: file.text }))
            .collect();
        let scenarios = scenarios::playable(library);
        let catalog = Self {
            exams,
            entries,
            enemies,
            coverage,
            old_versions: Mutex::default(),
            scenarios,
            old_scenarios: Mutex::default(),
        };
        Ok((catalog, warnings))
    }

    #[must_use]
    pub fn exam(&self, id: &ExamId) -> Option<&Blueprint> {
        self.exams.iter().find(|exam| exam.id == *id)
    }

    /// The exam's name, or its id where the content no longer has it.
    #[must_use]
    pub fn exam_name(&self, id: &ExamId) -> String {
        self.exam(id).map_or_else(|| id.to_string(), |exam| exam.name.clone())
    }

    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Arc<Item>> {
        self.entries.get(id).map(|entry| &entry.item)
    }

    /// In id order.
    pub fn items_of<'a>(&'a self, exam: &'a ExamId) -> impl Iterator<Item = &'a Arc<Item>> {
        self.entries.values().map(|entry| &entry.item).filter(move |item| item.exam == *exam)
    }

    /// Those that a quiz can ask: a simulation needs an exam.
    pub fn questions_of<'a>(&'a self, exam: &'a ExamId) -> impl Iterator<Item = &'a Arc<Item>> {
        self.items_of(exam).filter(|item| item.kind != ItemKind::Simulation)
    }

    /// `None`: it has none.
    #[must_use]
    pub fn enemies(&self, item: &ItemId) -> Option<&BTreeSet<ItemId>> {
        self.enemies.get(item)
    }

    /// Counted once, when the content was read.
    #[must_use]
    pub fn coverage(&self, exam: &ExamId) -> Option<&Coverage> {
        self.coverage.get(exam)
    }

    #[must_use]
    pub fn count(&self, exam: &ExamId, objective: &ObjectiveId) -> u32 {
        let count = self.questions_of(exam).filter(|item| item.objective == *objective).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for BrokenContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(
            f,
            "the content has {count} {}; `firstline content check` lists all",
            if count == 1 { "error" } else { "errors" }
        )?;
        for mistake in self.0.iter().take(MISTAKES_SHOWN) {
            write!(f, "\n  {mistake}")?;
        }
        if count > MISTAKES_SHOWN {
            write!(f, "\n  and {} more", count - MISTAKES_SHOWN)?;
        }
        Ok(())
    }
}
