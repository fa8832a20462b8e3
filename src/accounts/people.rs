//! Accounts in the database: find one, make one, and what a new password must pass.

use app::accounts::words;
use app::error::AppError;
use domain::accounts::{AccountName, Password, PasswordProblem, Role};
use domain::ids::{AccountId, OrgId};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::attempts;
use crate::caller::Caller;
use crate::error::OrInternal as _;

pub(super) struct Account {
    pub id: AccountId,
    pub home: OrgId,
    pub name_key: String,
    /// `None`: no password yet.
    pub password_hash: Option<String>,
}

pub(super) async fn by_name(db: &PgPool, name_key: &str) -> Result<Option<Account>, sqlx::Error> {
    let row = sqlx::query!("select account_id, home_org_id, password_hash from accounts where name_key = $1", name_key)
        .fetch_optional(db)
        .await?;
    Ok(row.map(|row| Account {
        id: AccountId(row.account_id),
        home: OrgId(row.home_org_id),
        name_key: name_key.to_owned(),
        password_hash: row.password_hash,
    }))
}

pub(super) async fn by_id(db: &PgPool, id: AccountId) -> Result<Account, sqlx::Error> {
    let row = sqlx::query!("select name_key, home_org_id, password_hash from accounts where account_id = $1", id.0)
        .fetch_one(db)
        .await?;
    Ok(Account { id, home: OrgId(row.home_org_id), name_key: row.name_key, password_hash: row.password_hash })
}

/// A new account with an organisation of one, named after the person.
pub(super) async fn create(
    conn: &mut PgConnection,
    name: &AccountName,
    password_hash: Option<&str>,
    role: Role,
) -> Result<Account, sqlx::Error> {
    let account = Account {
        id: AccountId(Uuid::now_v7()),
        home: OrgId(Uuid::now_v7()),
        name_key: name.key().to_owned(),
        password_hash: None,
    };
    sqlx::query!(
        "insert into accounts (account_id, name, name_key, password_hash, home_org_id) values ($1, $2, $3, $4, $5)",
        account.id.0,
        name.as_str(),
        name.key(),
        password_hash,
        account.home.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("insert into organisations (org_id, name) values ($1, $2)", account.home.0, name.as_str())
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "insert into memberships (org_id, account_id, role) values ($1, $2, $3)",
        account.home.0,
        account.id.0,
        role.as_str()
    )
    .execute(&mut *conn)
    .await?;
    // Whoever tried this name before it existed must not have shut the door on its owner.
    attempts::forget(conn, name.key()).await?;
    Ok(account)
}

/// Whether creating an account failed because its name is in use.
pub(super) fn is_taken(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(sqlx::error::DatabaseError::constraint) == Some("accounts_name_key")
}

/// The rules for a new password; `about` are the words about the person that it must not be built from. The inner error belongs
/// at the form's field.
pub(super) async fn check_new_password(
    caller: &Caller,
    text: &str,
    about: Vec<String>,
) -> Result<Result<Password, PasswordProblem>, AppError> {
    let password = match Password::chosen(text) {
        Ok(password) => password,
        Err(problem) => return Ok(Err(problem)),
    };
    let guessable = caller.server.hasher.is_guessable(password.clone(), about).await.or_internal(caller)?;
    Ok(if guessable { Err(PasswordProblem::Guessable) } else { Ok(password) })
}

/// The same for forms where the password is the only field that can be wrong.
pub(super) async fn new_password(caller: &Caller, field: &str, text: &str, about: Vec<String>) -> Result<Password, AppError> {
    check_new_password(caller, text, about).await?.map_err(|problem| AppError::invalid(field, words::password_problem(problem)))
}
