//! Content on the server: reads `content/`, hands the text to `domain`, keeps every version that was ever served.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::content::blueprint::Blueprint;
use domain::content::item::Item;
use domain::ids::{ExamId, ItemId, ObjectiveId};

/// The bank as it stands now, checked, in memory.
#[derive(Default)]
pub struct Catalog {
    /// In the order that exams are offered.
    pub exams: Vec<Blueprint>,
    items: BTreeMap<ItemId, Arc<Item>>,
}

impl Catalog {
    #[must_use]
    pub fn exam(&self, id: &ExamId) -> Option<&Blueprint> {
        self.exams.iter().find(|exam| exam.id == *id)
    }

    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Arc<Item>> {
        self.items.get(id)
    }

    /// In id order.
    pub fn items_of<'a>(&'a self, exam: &'a ExamId) -> impl Iterator<Item = &'a Arc<Item>> {
        self.items.values().filter(move |item| item.exam == *exam)
    }

    #[must_use]
    pub fn count(&self, exam: &ExamId, objective: &ObjectiveId) -> u32 {
        let count = self.items_of(exam).filter(|item| item.objective == *objective).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}
