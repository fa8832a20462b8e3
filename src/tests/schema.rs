//! The shape of the database: keys that can be spread by organisation, rights of the serving role, migrations both ways.

use std::collections::BTreeMap;

use sqlx::migrate::Migrator;
use sqlx::{PgPool, Row};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Every table says which class it belongs to: the word before the colon of its comment.
async fn classes(db: &PgPool) -> BTreeMap<String, String> {
    let rows = sqlx::query(
        "select relname::text as name, coalesce(split_part(obj_description(oid, 'pg_class'), ':', 1), '') as class
         from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_sqlx_migrations'",
    );
    rows.fetch_all(db).await.unwrap().iter().map(|row| (row.get("name"), row.get("class"))).collect()
}

#[sqlx::test]
async fn every_table_declares_its_class(db: PgPool) {
    let classes = classes(&db).await;
    assert!(classes.len() >= 10, "{classes:?}");
    for (table, class) in classes {
        assert!(["tenant", "reference", "global"].contains(&class.as_str()), "{table} declares no class");
    }
}

#[sqlx::test]
async fn tenant_keys_begin_with_the_organisation(db: PgPool) {
    let rows = sqlx::query(
        "select c.relname::text as table, i.relname::text as index, a.attname::text as first
         from pg_index x
         join pg_class c on c.oid = x.indrelid
         join pg_class i on i.oid = x.indexrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
         where c.relnamespace = 'public'::regnamespace and (x.indisunique or x.indisprimary)",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let classes = classes(&db).await;
    let mut primary_keys = 0;
    for row in rows {
        let (table, index, first): (String, String, String) = (row.get("table"), row.get("index"), row.get("first"));
        if classes.get(&table).is_some_and(|class| class == "tenant") {
            assert_eq!(first, "org_id", "{index} on {table}");
            primary_keys += 1;
        }
    }
    assert!(primary_keys >= 7);
}

#[sqlx::test]
async fn tenant_foreign_keys_stay_in_the_organisation(db: PgPool) {
    let rows = sqlx::query(
        "select c.relname::text as table, f.relname::text as target, k.conname::text as name,
                (select attname::text from pg_attribute where attrelid = c.oid and attnum = k.conkey[1]) as first,
                (select attname::text from pg_attribute where attrelid = f.oid and attnum = k.confkey[1]) as target_first
         from pg_constraint k
         join pg_class c on c.oid = k.conrelid
         join pg_class f on f.oid = k.confrelid
         where k.contype = 'f' and c.relnamespace = 'public'::regnamespace",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let classes = classes(&db).await;
    let mut seen = 0;
    for row in rows {
        let (table, target, name): (String, String, String) = (row.get("table"), row.get("target"), row.get("name"));
        if classes[&table] != "tenant" {
            assert_ne!(classes[&target], "tenant", "{name}: a {} table must not point into a tenant's", classes[&table]);
            continue;
        }
        seen += 1;
        if classes[&target] != "reference" {
            let columns: (String, String) = (row.get("first"), row.get("target_first"));
            assert_eq!(columns, ("org_id".into(), "org_id".into()), "{name} on {table}");
        }
    }
    assert!(seen >= 6);
}

#[sqlx::test]
async fn a_connection_can_move_its_own_time_and_no_other(db: PgPool) {
    let mut moved = db.acquire().await.unwrap();
    let mut other = db.acquire().await.unwrap();
    sqlx::query("set firstline.time_offset = '40 days'").execute(&mut *moved).await.unwrap();
    let days = "select extract(day from firstline_now() - now())::int";
    assert_eq!(sqlx::query_scalar::<_, i32>(days).fetch_one(&mut *moved).await.unwrap(), 40);
    assert_eq!(sqlx::query_scalar::<_, i32>(days).fetch_one(&mut *other).await.unwrap(), 0);
}

#[sqlx::test]
async fn sql_takes_the_time_from_one_function(db: PgPool) {
    let defaults: Vec<String> = sqlx::query_scalar(
        "select pg_get_expr(adbin, adrelid) from pg_attrdef d join pg_class c on c.oid = d.adrelid
         where c.relnamespace = 'public'::regnamespace and c.relname <> '_sqlx_migrations'",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert!(defaults.iter().any(|default| default.contains("firstline_now()")));
    for default in defaults {
        assert!(!default.contains(" now()") && !default.starts_with("now()") && !default.contains("CURRENT_"), "{default}");
    }
}

#[sqlx::test]
async fn the_serving_role_can_serve_and_nothing_else(db: PgPool) {
    // Roles are shared by the whole cluster: a name of its own for each test database.
    let role: String = sqlx::query_scalar("select 'serving_' || current_database()").fetch_one(&db).await.unwrap();
    let mut connection = db.acquire().await.unwrap();
    sqlx::query("do $$ begin execute format('create role %I', 'serving_' || current_database()); end $$")
        .execute(&mut *connection)
        .await
        .unwrap();
    sqlx::query("call grant_serving_rights($1::text::name)").bind(&role).execute(&mut *connection).await.unwrap();
    sqlx::query("select set_config('role', $1, false)").bind(&role).execute(&mut *connection).await.unwrap();
    for allowed in ["select count(*) from attempts", "select firstline_now()", "select count(*) from accounts"] {
        sqlx::query(allowed).execute(&mut *connection).await.unwrap();
    }
    for refused in [
        "create table mine (id int)",
        "delete from responses",
        "update responses set correct = true",
        "truncate attempts",
        "delete from attempt_items",
        "update item_versions set source = ''",
        "drop table sessions",
        "call grant_serving_rights('postgres')",
    ] {
        let error = sqlx::query(refused).execute(&mut *connection).await.expect_err(refused);
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default().into_owned();
        assert_eq!(code, "42501", "{refused}: {error}");
    }
    sqlx::query("select set_config('role', 'none', false)").execute(&mut *connection).await.unwrap();
    sqlx::query("do $$ begin execute format('drop owned by %1$I; drop role %1$I', 'serving_' || current_database()); end $$")
        .execute(&mut *connection)
        .await
        .unwrap();
}

#[sqlx::test(migrations = false)]
async fn migrations_go_up_down_and_up_again(db: PgPool) {
    MIGRATIONS.run(&db).await.unwrap();
    let first = columns(&db).await;
    MIGRATIONS.undo(&db, 0).await.unwrap();
    assert_eq!(columns(&db).await, Vec::<String>::new());
    MIGRATIONS.run(&db).await.unwrap();
    assert_eq!(columns(&db).await, first);
}

async fn columns(db: &PgPool) -> Vec<String> {
    sqlx::query_scalar(
        "select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default)
         from information_schema.columns where table_schema = 'public' and table_name <> '_sqlx_migrations'
         union all
         select format('function %s', proname) from pg_proc where pronamespace = 'public'::regnamespace
         order by 1",
    )
    .fetch_all(db)
    .await
    .unwrap()
}
