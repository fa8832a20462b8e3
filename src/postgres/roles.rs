//! The roles and the database inside the private Postgres.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};

/// Makes what is missing. The database comes last: when it is there, so is the rest.
pub async fn ensure(superuser: &PgConnectOptions) -> sqlx::Result<()> {
    let mut connection = superuser.connect().await?;
    let made = sqlx::query_scalar!("select exists (select from pg_database where datname = 'firstline')")
        .fetch_one(&mut connection)
        .await?;
    if made != Some(true) {
        sqlx::query!(
            "do $$ begin
                 if not exists (select from pg_roles where rolname = 'firstline_owner') then
                     create role firstline_owner login;
                 end if;
                 if not exists (select from pg_roles where rolname = 'firstline_app') then
                     create role firstline_app login;
                 end if;
             end $$",
        )
        .execute(&mut connection)
        .await?;
        sqlx::query!("create database firstline owner firstline_owner").execute(&mut connection).await?;
    }
    connection.close().await
}
