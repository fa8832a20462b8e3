//! What was served once can be shown again.

use domain::ids::{ItemId, ItemVersion};
use firstline::content::{Catalog, Files, store_versions};
use sqlx::PgPool;

use super::built_in;

/// The bank now, and the bank after an author has changed one item.
fn before_and_after() -> (Catalog, Catalog, ItemId) {
    let files = built_in();
    let (path, text) = files.iter().find(|(path, _)| path.starts_with("network-plus/items/")).unwrap();
    let changed = text.replace("source = \"", "source = \"Second edition; ");
    let mut later: Files = files.clone();
    later.insert(path.clone(), changed);
    let (before, _) = Catalog::from_files(&files).unwrap();
    let (after, _) = Catalog::from_files(&later).unwrap();
    let exam = "network-plus".into();
    let id = before.items_of(&exam).find(|item| after.item(&item.id).unwrap().version != item.version).unwrap().id.clone();
    (before, after, id)
}

async fn rows(db: &PgPool) -> i64 {
    sqlx::query_scalar("select count(*) from item_versions").fetch_one(db).await.unwrap()
}

#[sqlx::test]
async fn storing_twice_keeps_one_row_per_version(db: PgPool) {
    let (before, after, _) = before_and_after();
    store_versions(&db, &before).await.unwrap();
    let first = rows(&db).await;
    store_versions(&db, &before).await.unwrap();
    assert_eq!(rows(&db).await, first);
    store_versions(&db, &after).await.unwrap();
    assert_eq!(rows(&db).await, first + 1);
}

#[sqlx::test]
async fn an_old_version_is_read_as_it_was(db: PgPool) {
    let (before, after, id) = before_and_after();
    store_versions(&db, &before).await.unwrap();
    store_versions(&db, &after).await.unwrap();
    let old = before.item(&id).unwrap();
    let new = after.item(&id).unwrap();
    let wanted = [(id.clone(), new.version.clone()), (id.clone(), old.version.clone()), (id.clone(), new.version.clone())];
    let mut connection = db.acquire().await.unwrap();
    // The second round is answered from memory.
    for _ in 0..2 {
        let items = after.versions(&mut connection, &wanted).await.unwrap();
        let sources: Vec<_> = items.iter().map(|item| item.source.as_str()).collect();
        assert_eq!(sources, [&new.source, &old.source, &new.source]);
        assert_eq!(items[1].version, old.version);
        assert_eq!(items[1].stem, old.stem);
    }
    sqlx::query("delete from item_versions").execute(&db).await.unwrap();
    assert_eq!(after.version(&mut connection, id, old.version.clone()).await.unwrap().source, old.source);
}

#[sqlx::test]
async fn a_version_that_never_was_is_not_found(db: PgPool) {
    let (catalog, _, id) = before_and_after();
    let mut connection = db.acquire().await.unwrap();
    let missing = catalog.version(&mut connection, id, ItemVersion("0".repeat(64))).await;
    assert!(matches!(missing, Err(sqlx::Error::RowNotFound)), "{missing:?}");
}

#[sqlx::test]
async fn a_text_that_cannot_be_read_any_more_is_a_decode_error(db: PgPool) {
    let (catalog, _, id) = before_and_after();
    let version = "0".repeat(64);
    sqlx::query(
        "insert into item_versions (item_id, version, exam_id, objective_id, source) values ($1, $2, 'x', '1', 'nonsense')",
    )
    .bind(id.as_str())
    .bind(&version)
    .execute(&db)
    .await
    .unwrap();
    let mut connection = db.acquire().await.unwrap();
    let unreadable = catalog.version(&mut connection, id, ItemVersion(version)).await;
    assert!(matches!(unreadable, Err(sqlx::Error::Decode(_))), "{unreadable:?}");
}
