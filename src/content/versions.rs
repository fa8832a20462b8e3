//! Every text of an item that was ever served, so that an attempt shows and scores what it was drawn with.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use domain::content::item::{self, Item};
use domain::ids::{ExamId, ItemId, ItemVersion};
use sqlx::{PgConnection, PgPool};

use super::Catalog;

/// An item and the version that an attempt was drawn with.
pub type Pinned = (ItemId, ItemVersion);

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
    /// An item as it was when it had this version; see [`Catalog::versions`].
    pub async fn version(&self, db: &mut PgConnection, id: ItemId, version: ItemVersion) -> Result<Arc<Item>, sqlx::Error> {
        self.versions(db, &[(id, version)]).await?.pop().ok_or(sqlx::Error::RowNotFound)
    }

    /// Items as they were when they had these versions, in the order asked for: the present ones where nothing changed since,
    /// the others in one query.
    ///
    /// # Errors
    /// [`sqlx::Error::RowNotFound`] for a version that was never stored, [`sqlx::Error::Decode`] for a text that this program
    /// can no longer read, and whatever the database says.
    pub async fn versions(&self, db: &mut PgConnection, wanted: &[Pinned]) -> Result<Vec<Arc<Item>>, sqlx::Error> {
        let mut items: BTreeMap<&Pinned, Arc<Item>> =
            wanted.iter().filter_map(|pinned| Some((pinned, self.known(pinned)?))).collect();
        let unknown: Vec<&Pinned> = wanted.iter().filter(|pinned| !items.contains_key(pinned)).collect();
        if !unknown.is_empty() {
            let stored = read(db, &unknown).await?;
            items.extend(unknown.iter().filter_map(|pinned| Some((*pinned, Arc::clone(stored.get(pinned)?)))));
            self.remember(stored);
        }
        wanted.iter().map(|pinned| items.get(pinned).map(Arc::clone).ok_or(sqlx::Error::RowNotFound)).collect()
    }

    fn known(&self, pinned: &Pinned) -> Option<Arc<Item>> {
        let current = self.item(&pinned.0).filter(|item| item.version == pinned.1).map(Arc::clone);
        current.or_else(|| self.old_versions.lock().unwrap_or_else(PoisonError::into_inner).get(pinned).map(Arc::clone))
    }

    fn remember(&self, stored: BTreeMap<Pinned, Arc<Item>>) {
        let mut old_versions = self.old_versions.lock().unwrap_or_else(PoisonError::into_inner);
        if old_versions.len() + stored.len() > CACHED_VERSIONS {
            old_versions.clear();
        }
        old_versions.extend(stored);
    }
}

async fn read(db: &mut PgConnection, wanted: &[&Pinned]) -> Result<BTreeMap<Pinned, Arc<Item>>, sqlx::Error> {
    let ids: Vec<_> = wanted.iter().map(|(id, _)| id.to_string()).collect();
    let versions: Vec<_> = wanted.iter().map(|(_, version)| version.to_string()).collect();
    let rows = sqlx::query!(
        "select v.item_id, v.version, v.exam_id, v.source
         from unnest($1::text[], $2::text[]) as wanted (item_id, version)
         join item_versions v on v.item_id = wanted.item_id and v.version = wanted.version",
        &ids,
        &versions
    )
    .fetch_all(db)
    .await?;
    let mut items = BTreeMap::new();
    for row in rows {
        // Rules may have become stricter since; what can be read is what was served.
        let parsed = item::parse(&ExamId(row.exam_id), &row.source).value;
        let item = parsed.ok_or_else(|| sqlx::Error::Decode(format!("item {} {}", row.item_id, row.version).into()))?;
        items.insert((ItemId(row.item_id), ItemVersion(row.version)), Arc::new(item));
    }
    Ok(items)
}
