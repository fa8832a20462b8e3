//! Every text of an item that was ever served, so that an attempt shows and scores what it was drawn with.

use std::sync::{Arc, PoisonError};

use domain::content::item::{self, Item};
use domain::ids::{ExamId, ItemId, ItemVersion};
use sqlx::PgPool;

use super::Catalog;

/// Old versions kept parsed; with 30 KB each, no more than 15 MB.
const CACHED_VERSIONS: usize = 500;

/// Writes the current text of every item, before the first one is served. One statement; texts that are there stay.
pub async fn store_versions(db: &PgPool, catalog: &Catalog) -> Result<(), sqlx::Error> {
    let current = || catalog.entries.values();
    let items: Vec<_> = current().map(|entry| entry.item.id.to_string()).collect();
    let versions: Vec<_> = current().map(|entry| entry.item.version.to_string()).collect();
    let exams: Vec<_> = current().map(|entry| entry.item.exam.to_string()).collect();
    let objectives: Vec<_> = current().map(|entry| entry.item.objective.to_string()).collect();
    let sources: Vec<_> = current().map(|entry| entry.source.clone()).collect();
    sqlx::query!(
        "insert into item_versions (item_id, version, exam_id, objective_id, source)
         select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
         on conflict do nothing",
        &items,
        &versions,
        &exams,
        &objectives,
        &sources
    )
    .execute(db)
    .await?;
    Ok(())
}

impl Catalog {
    /// An item as it was when it had this version: the present one if nothing changed since, otherwise read from the database.
    ///
    /// # Errors
    /// [`sqlx::Error::RowNotFound`] for a version that was never stored, [`sqlx::Error::Decode`] for a text that this program
    /// can no longer read, and whatever the database says.
    pub async fn version(&self, db: &PgPool, id: &ItemId, version: &ItemVersion) -> Result<Arc<Item>, sqlx::Error> {
        if let Some(item) = self.item(id).filter(|item| item.version == *version) {
            return Ok(Arc::clone(item));
        }
        let key = (id.clone(), version.clone());
        if let Some(item) = self.old_versions.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(item));
        }
        let stored = sqlx::query!(
            "select exam_id, source from item_versions where item_id = $1 and version = $2",
            id.as_str(),
            version.as_str()
        )
        .fetch_one(db)
        .await?;
        // Rules may have become stricter since; what can be read is what was served.
        let parsed = item::parse(&ExamId(stored.exam_id), &stored.source);
        let item = Arc::new(parsed.value.ok_or_else(|| sqlx::Error::Decode(format!("item {id} {version}").into()))?);
        let mut old_versions = self.old_versions.lock().unwrap_or_else(PoisonError::into_inner);
        if old_versions.len() >= CACHED_VERSIONS {
            old_versions.clear();
        }
        old_versions.insert(key, Arc::clone(&item));
        Ok(item)
    }
}
